// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows of the format that stand in no table file: given one by one, as texts by
// the name of a column, and read by the loaders of the tables, so that every
// check of a load holds for them.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "load/table_rows.hpp"

namespace headrope {

/// A row and where it came from.
struct FedRow {
  std::uint64_t row = 0;  ///< told by findings
  /// Texts by column; one that the table does not have is not read.
  std::vector<std::pair<std::string, std::string>> values{};

  /// Sets the text of a column.
  void set(std::string column, std::string text) {
    values.emplace_back(std::move(column), std::move(text));
  }
};

/// The table of a name; nullptr if the format has none.
[[nodiscard]] const TableSpec* find_table(std::string_view name);

/// Which column of a batch the values of a name go to.
[[nodiscard]] std::optional<std::size_t> target_of(const TableSpec& table,
                                                   std::string_view column);

/// True if a table has the column, those of its clocks included.
[[nodiscard]] bool has_column(const TableSpec& table, std::string_view column);

/// Adds rows to a Registry, which may hold others already.
///
/// Tables must be fed in the order of `table_specs`. Ends of intervals are last
/// days. Findings name the file, the row and the column.
/// @threads One thread at a time.
class TableFeed {
 public:
  /// @param makes_persons persons may be named first by memberships.
  TableFeed(Registry& registry, std::string file, bool makes_persons,
            Diagnostics& findings);

  /// Adds rows of one table. @complexity O(rows).
  void add_rows(const TableSpec& table, std::span<const FedRow> rows);

  /// Checks all rows of the Registry together; rows that were not fed are told
  /// by the name of their table and their position, from 0.
  void check();

 private:
  static void fill(RowBatch& batch, const TableSpec& table,
                   std::span<const FedRow> rows);

  LoadContext context_;
  std::string file_;
  std::map<std::string, RowOrigins> origins_;  // By table.
};

}  // namespace headrope
