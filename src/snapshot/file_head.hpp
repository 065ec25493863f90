// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The two sections of a file that are written value by value: the head, with
// the vocabulary and how many there are of what, and the rows about
// responsibility.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "headrope/result.hpp"
#include "snapshot/columns.hpp"

namespace headrope {

/// How many there are of what; the columns must have these sizes.
struct FileCounts {
  std::uint64_t units = 0;
  std::uint64_t persons = 0;
  std::uint64_t record_identities = 0;
  std::uint64_t records = 0;  ///< every RecordId is below it
  std::uint64_t posts = 0;
  std::uint64_t duties = 0;
};

/// Writes days, vocabulary, counts, and which forests and figures there are.
/// @param figures those that are saved.
[[nodiscard]] std::string write_head(const Snapshot::Columns& columns,
                                     const FileCounts& counts,
                                     std::span<const SavedFigure> figures);

/// Reads what `write_head` wrote; the lists of columns get their lengths.
/// @param bytes outlive the columns.
/// @returns what is wrong; empty: nothing.
[[nodiscard]] std::string_view read_head(std::string_view bytes,
                                         Snapshot::Columns& columns,
                                         FileCounts& counts);

/// Writes posts, holders, ties, duties, assignments and needs.
[[nodiscard]] std::string write_responsibility(
    const Snapshot::Columns& columns);

/// Reads and checks what `write_responsibility` wrote. `columns` has its units,
/// persons and vocabulary.
/// @returns what is wrong; empty: nothing. @complexity O(rows log rows).
[[nodiscard]] std::string_view read_responsibility(std::string_view bytes,
                                                   Snapshot::Columns& columns,
                                                   const FileCounts& counts);

/// True for an interval that a row may have: not empty, both ends days of the
/// years 1400 to 9999 or open.
[[nodiscard]] bool is_good_interval(const Interval& days);

}  // namespace headrope
