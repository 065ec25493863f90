// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What adding single rows and adding Arrow batches share: the table that is
// filled, the findings about it, and taking all of it back if any of it fails.

#pragma once

#include <string>
#include <string_view>

#include "headrope/rows.hpp"
#include "load/feed.hpp"
#include "load/table_rows.hpp"
#include "model/mark.hpp"

namespace headrope {

/// The table of a name. @returns `table_unknown`, with the names there are.
[[nodiscard]] Result<const TableSpec*> wanted_table(std::string_view name);

/// Whether a text may be a value: UTF-8, without zero bytes, not too long.
[[nodiscard]] Result<void> check_text(std::string_view text,
                                      const Limits& limits);

/// Rows on their way into a table.
/// @threads One thread at a time.
class RowsInto {
 public:
  RowsInto(Registry& registry, const TableSpec& table,
           const RowOptions& options)
      : mark_(registry.tables()),
        own_(registry.limits().findings_max),
        context_{.registry = registry,
                 .findings = own_,
                 .ends_are_inclusive = options.ends_are_inclusive,
                 .makes_persons = options.makes_persons},
        table_(table),
        rows_(context_, table, std::string(table.name), 1, origins_) {}

  /// To be filled before `add_batch`.
  [[nodiscard]] RowBatch& batch() { return rows_.batch; }
  /// What is found in the rows.
  [[nodiscard]] Diagnostics& own_findings() { return own_; }
  /// Adds the rows of the batch.
  void add_batch() {
    if (rows_.size() > 0) table_.add_rows(rows_);
  }
  /// Keeps the rows if nothing is wrong with any of them.
  /// @returns the first error.
  [[nodiscard]] Result<void> finish();

 private:
  RegistryMark mark_;
  Diagnostics own_;
  LoadContext context_;
  const TableSpec& table_;
  RowOrigins origins_;
  TableRows rows_;
};

}  // namespace headrope
