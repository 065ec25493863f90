// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Making big columns. Most of the time of a quick pass over millions of
// subjects goes to the first touch of the memory it writes, page by page: huge
// pages make that few, and several columns are made by several threads.

#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

#include "base/huge_pages.hpp"
#include "base/parallel.hpp"

namespace headrope {

/// Makes a column of so many equal values in memory of which the system is
/// asked for huge pages, where they pay.
/// @throws std::bad_alloc, std::length_error.
template <typename T>
void fill_column(std::vector<T>& column, std::size_t count, const T& value) {
  column.clear();
  column.reserve(count);
  ask_for_huge_pages(column.data(), count * sizeof(T));
  column.assign(count, value);
}

/// Does some pieces of work, one thread taking every so manieth. They must not
/// touch what another one does.
/// @throws what a piece threw.
inline void do_at_once(std::size_t thread_count,
                       const std::vector<std::function<void()>>& pieces) {
  const std::size_t count =
      std::max<std::size_t>(1, std::min(thread_count, pieces.size()));
  run_in_parallel(count, [&](std::size_t thread) {
    for (std::size_t at = thread; at < pieces.size(); at += count) {
      pieces[at]();
    }
  });
}

}  // namespace headrope
