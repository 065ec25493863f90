// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows of the data package (docs/formats/data-package.md) that stand in no
// file: given one by one, or as Arrow batches. They pass every check of a load.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "headrope/arrow.hpp"
#include "headrope/diagnostics.hpp"
#include "headrope/progress.hpp"
#include "headrope/registry.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// A value of a row, as the format writes it: `2013-01-01`, `12.5`, `true`.
struct Cell {
  std::string_view column;
  std::string_view text;  ///< empty: no value
};

/// How rows are read.
struct RowOptions {
  /// The ends of intervals are last days, not the days after.
  bool ends_are_inclusive = false;
  /// A membership, holding or record may name a person for the first time.
  bool makes_persons = true;
  Progress progress{};  ///< of streams
};

/// Adds a row to a table of the format, such as `units` or `memberships`.
///
/// What a row names must be there already, so tables are filled in the order of
/// the format. Rows are not compared with each other: `Registry::check` does.
/// @returns `table_unknown`, `column_unknown`, `column_repeated`,
///   `text_not_utf8`, `field_too_long`, or the first of the errors of the row,
///   which are in `findings`. The Registry is then as it was before.
/// @complexity O(cells × columns).
[[nodiscard]] Result<void> add_row(Registry& registry, std::string_view table,
                                   std::span<const Cell> cells,
                                   Diagnostics& findings,
                                   const RowOptions& options = {});

/// Adds all rows of an Arrow stream to a table of the format, all or none.
///
/// The columns of the stream are found by their names; one that the table does
/// not have is a warning and is not read. Texts are UTF-8 with 32 or 64-bit
/// offsets or as views; integers, floating-point numbers, booleans, days, and
/// moments without a time zone that begin a day are read as the format writes
/// them; so are dictionaries of those; a column of nulls has no values.
/// Everything in the batches is checked before it is used: lengths, offsets,
/// UTF-8.
/// Findings name the row of the stream, from 1.
/// @returns how many rows were added; `format_unsupported` for another type;
///   `invalid_argument` for a stream that is released or breaks Arrow's rules;
///   `file_unreadable` with the producer's words if it fails; `cancelled`;
///   otherwise as `add_row`.
/// @ownership The stream stays the caller's, to release; it is read to its end
///   or to the first fault.
/// @complexity O(bytes).
[[nodiscard]] Result<std::uint64_t> add_rows(Registry& registry,
                                             std::string_view table,
                                             ArrowArrayStream& stream,
                                             Diagnostics& findings,
                                             const RowOptions& options = {});

/// Counts the rows of a table of the format; of `persons` and of the vocabulary
/// the entries. @returns `table_unknown`. @complexity O(1).
[[nodiscard]] Result<std::uint64_t> row_count(const Registry& registry,
                                              std::string_view table);

}  // namespace headrope
