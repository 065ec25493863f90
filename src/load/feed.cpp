// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/feed.hpp"

#include <algorithm>
#include <optional>

namespace headrope {
namespace {

// The number of the fed file; that of a place nobody noted is 0.
constexpr std::size_t fed_file = 1;

}  // namespace

std::optional<std::size_t> target_of(const TableSpec& table,
                                     std::string_view column) {
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    if (table.columns[at].name == column) return at;
  }
  if (table.clocks == Clocks::none) return std::nullopt;
  const std::size_t first = table.clocks == Clocks::both ? 0 : 2;
  for (std::size_t which = first; which < clock_columns.size(); ++which) {
    if (clock_columns[which] == column) return table.columns.size() + which;
  }
  return std::nullopt;
}

const TableSpec* find_table(std::string_view name) {
  for (const TableSpec& table : table_specs()) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

bool has_column(const TableSpec& table, std::string_view column) {
  return target_of(table, column).has_value();
}

TableFeed::TableFeed(Registry& registry, std::string file, bool makes_persons,
                     Diagnostics& findings)
    : context_{.registry = registry,
               .findings = findings,
               .ends_are_inclusive = true,
               .makes_persons = makes_persons},
      file_(std::move(file)) {}

void TableFeed::add_rows(const TableSpec& table, std::span<const FedRow> rows) {
  TableRows loader(context_, table, file_, fed_file,
                   origins_[std::string(table.name)]);
  while (!rows.empty()) {
    const std::size_t count = std::min(rows.size(), RowBatch::rows_max);
    fill(loader.batch, table, rows.first(count));
    table.add_rows(loader);
    rows = rows.subspan(count);
  }
}

void TableFeed::fill(RowBatch& batch, const TableSpec& table,
                     std::span<const FedRow> rows) {
  batch.row_count = rows.size();
  batch.row_numbers.clear();
  for (auto& column : batch.columns) column.assign(rows.size(), {});
  for (std::size_t at = 0; at < rows.size(); ++at) {
    batch.row_numbers.push_back(rows[at].row);
    for (const auto& [column, text] : rows[at].values) {
      const auto target = target_of(table, column);
      if (target) batch.columns[*target][at] = text;
    }
  }
}

void TableFeed::check() {
  Diagnostics together(context_.registry.limits().findings_max);
  context_.registry.check(together);
  for (Diagnostic& finding : together.items()) {
    const auto place = origins_[finding.file].place_of(
        static_cast<std::size_t>(finding.row - 1));
    if (place.file != fed_file) continue;
    finding.file = file_;
    finding.row = place.row;
  }
  context_.findings.append(together);
}

}  // namespace headrope
