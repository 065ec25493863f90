// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Finding rows of one subject that hold at the same time and stood in the books
// at the same time. Built so that many rows of one subject, honest or hostile,
// cost no more than sorting them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "headrope/date.hpp"

namespace headrope {

/// A row's two clocks, and where it stands.
struct ClockedRow {
  Interval valid;
  Interval recorded;
  std::uint32_t row = 0;
};

/// Calls `report(earlier, later)` with the row numbers of each row that
/// overlaps, on both clocks, one that begins no later and was not itself
/// reported as `later`: taking the reported rows away leaves no overlap. Sorts
/// `rows`.
/// @complexity O(rows log rows).
void for_each_overlap(
    std::span<ClockedRow> rows,
    const std::function<void(std::uint32_t, std::uint32_t)>& report);

/// Row numbers grouped by a key, for the keys that have at least
/// `group_size_min` rows.
///
/// Groups come in the order of the keys, rows of a group in the order of the
/// rows.
class RowGroups {
 public:
  /// @param key_of gives the key of a row, below `key_count`, or `key_count`
  ///   for a row that is left out.
  template <typename KeyOf>
  RowGroups(std::size_t row_count, std::size_t key_count,
            std::uint32_t group_size_min, const KeyOf& key_of)
      : begin_(key_count + 1, 0) {
    for (std::size_t row = 0; row < row_count; ++row) {
      if (const std::size_t key = key_of(row); key < key_count) ++begin_[key];
    }
    std::uint32_t total = 0;
    for (std::uint32_t& count : begin_) {
      const std::uint32_t size = count >= group_size_min ? count : 0;
      count = total;
      total += size;
    }
    rows_.resize(total);
    if (total == 0) return;
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (std::size_t row = 0; row < row_count; ++row) {
      const std::size_t key = key_of(row);
      if (key < key_count && begin_[key] < begin_[key + 1]) {
        rows_[next[key]++] = static_cast<std::uint32_t>(row);
      }
    }
  }

  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] std::size_t key_count() const { return begin_.size() - 1; }
  /// The rows of a key; empty if it has too few.
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t key) const {
    return std::span(rows_).subspan(begin_[key], begin_[key + 1] - begin_[key]);
  }

 private:
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace headrope
