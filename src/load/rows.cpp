// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Adding rows one by one.

#include "load/rows.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace headrope {
namespace {

Result<void> fill(RowBatch& batch, const TableSpec& table,
                  std::span<const Cell> cells, const Limits& limits) {
  batch.row_count = 1;
  batch.row_numbers.assign(1, 0);
  for (auto& column : batch.columns) column.assign(1, {});
  std::vector<bool> seen(batch.columns.size(), false);
  for (const Cell& cell : cells) {
    const auto target = target_of(table, cell.column);
    if (!target) {
      return Error{Code::column_unknown, "table '" + std::string(table.name) +
                                             "' has no column " +
                                             in_quotes(cell.column)};
    }
    if (seen[*target]) {
      return Error{Code::column_repeated,
                   in_quotes(cell.column) + " is given twice"};
    }
    seen[*target] = true;
    if (const auto good = check_text(cell.text, limits); !good) {
      return Error{good.error().code, "column " + in_quotes(cell.column) +
                                          ": " + good.error().message};
    }
    batch.columns[*target][0] = cell.text;
  }
  return {};
}

}  // namespace

Result<const TableSpec*> wanted_table(std::string_view name) {
  if (const TableSpec* found = find_table(name)) return found;
  std::string known;
  for (const TableSpec& table : table_specs()) {
    known += (known.empty() ? "" : ", ") + std::string(table.name);
  }
  return Error{Code::table_unknown,
               in_quotes(name) + " is not one of the tables " + known};
}

Result<void> check_text(std::string_view text, const Limits& limits) {
  if (text.size() > limits.field_bytes_max) {
    return Error{Code::field_too_long,
                 "the text is longer than " +
                     std::to_string(limits.field_bytes_max) + " bytes"};
  }
  const std::size_t good = valid_utf8_size(text);
  if (good != text.size()) {
    return Error{Code::text_not_utf8,
                 "not UTF-8 at byte " + std::to_string(good)};
  }
  return {};
}

Result<void> RowsInto::finish() {
  own_.sort();
  for (const Diagnostic& finding : own_.items()) {
    if (finding.severity != Severity::error) continue;
    const std::string place =
        finding.row == 0 ? "" : "row " + std::to_string(finding.row) + ": ";
    return Error{
        finding.code,
        place + (finding.column.empty() ? "" : finding.column + ": ") +
            (finding.value.empty() ? "" : in_quotes(finding.value) + ": ") +
            finding.message};
  }
  if (own_.error_count() > 0) {
    return Error{Code::limit_exceeded, "the findings are full"};
  }
  mark_.keep();
  return {};
}

Result<void> add_row(Registry& registry, std::string_view table,
                     std::span<const Cell> cells, Diagnostics& findings,
                     const RowOptions& options) {
  const auto wanted = wanted_table(table);
  if (!wanted) return wanted.error();
  RowsInto rows(registry, **wanted, options);
  const auto filled = fill(rows.batch(), **wanted, cells, registry.limits());
  if (!filled) return filled.error();
  rows.add_batch();
  findings.append(rows.own_findings());
  return rows.finish();
}

Result<std::uint64_t> row_count(const Registry& registry,
                                std::string_view table) {
  const Registry::Tables& t = registry.tables();
  const std::array<std::pair<std::string_view, std::size_t>, 18> counts{
      {{"kinds", t.kinds.size()},
       {"hierarchies", t.hierarchies.size()},
       {"roles", t.roles.size()},
       {"measures", t.measures.size()},
       {"units", t.unit_states.size()},
       {"links", t.links.size()},
       {"persons", t.person_index.size()},
       {"memberships", t.memberships.size()},
       {"posts", t.posts.size()},
       {"holdings", t.holdings.size()},
       {"pairings", t.pairings.size()},
       {"duties", t.duties.size()},
       {"duty_scopes", t.duty_scopes.size()},
       {"assignments", t.assignments.size()},
       {"needs", t.needs.size()},
       {"records", t.records.size()},
       {"attendance", t.attendance.size()},
       {"attributes", t.attributes.size()}}};
  const auto wanted = wanted_table(table);
  if (!wanted) return wanted.error();
  for (const auto& [name, count] : counts) {
    if (name == table) return count;
  }
  return t.event_parts.size();
}

}  // namespace headrope
