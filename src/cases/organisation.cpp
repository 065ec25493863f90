// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/organisation.hpp"

#include <array>
#include <optional>
#include <span>

#include "base/utf8.hpp"
#include "cases/expansion.hpp"
#include "headrope/load.hpp"
#include "load/feed.hpp"

namespace headrope {
namespace {

constexpr std::array<std::string_view, 2> valid_columns{"valid_from",
                                                        "valid_until"};
constexpr std::array<std::string_view, 2> recorded_columns{"recorded_from",
                                                           "recorded_until"};

// The hierarchy that a column of `units` names the parent in.
std::string_view hierarchy_of(std::string_view column) {
  if (column == "parent") return "administrative";
  return column == "party_parent" ? "party" : "";
}

// What entity a row of a table makes, whose attributes its other columns are.
std::string_view entity_of(std::string_view table) {
  if (table == "units") return "unit";
  if (table == "persons") return "person";
  return table == "posts" ? "post" : "record";
}

// A row without its ranges.
struct PlainRow {
  const CaseRow& from;
  std::vector<CaseCell> cells;

  [[nodiscard]] std::string text(std::string_view column) const {
    for (const CaseCell& cell : cells) {
      if (cell.column == column) return cell.text;
    }
    return {};
  }
};

// Writes the rows of a case out, table by table: ranges and short forms.
class RowWriter {
 public:
  RowWriter(std::string_view file, Diagnostics& findings)
      : file_(file), findings_(findings) {}

  // False past the limit of rows.
  bool write(const TableSpec& table, const CaseRow& row) {
    std::vector<RangeText> texts;
    texts.reserve(row.cells.size());
    for (const CaseCell& cell : row.cells) {
      texts.push_back(parsed(cell.text, row));
    }
    const std::size_t count = common_count(row, texts);
    for (std::size_t at = 0; at < count; ++at) {
      PlainRow plain{row, row.cells};
      for (std::size_t cell = 0; cell < texts.size(); ++cell) {
        plain.cells[cell].text = texts[cell].at(at);
      }
      write_plain(table, plain);
      if (is_full_) return false;
    }
    return true;
  }

  [[nodiscard]] std::span<const FedRow> rows(std::string_view table) const {
    const auto found = rows_of_.find(table);
    return found == rows_of_.end() ? std::span<const FedRow>()
                                   : std::span<const FedRow>(found->second);
  }

 private:
  void tell(Code code, const CaseRow& row, std::string message) {
    findings_.add({code,
                   Severity::error,
                   std::string(file_),
                   static_cast<std::uint64_t>(row.line),
                   std::to_string(row.column),
                   {},
                   std::move(message)});
  }

  RangeText parsed(std::string_view text, const CaseRow& row) {
    auto made = RangeText::parse(text);
    if (made) return *std::move(made);
    tell(made.error().code, row, made.error().message);
    return {};
  }

  // How many rows a row stands for; ranges run together, so they are of one
  // length. None if they are not, which is told.
  std::size_t common_count(const CaseRow& row,
                           const std::vector<RangeText>& texts) {
    std::optional<std::size_t> count;
    for (const RangeText& text : texts) {
      const std::optional<std::size_t> own = text.count();
      if (!own) continue;
      if (count && *count != *own) {
        tell(Code::case_invalid, row,
             "the ranges of a row run together; one has " +
                 std::to_string(*count) + " numbers, another " +
                 std::to_string(*own));
        return 0;
      }
      count = own;
    }
    return count.value_or(1);
  }

  FedRow& add(std::string_view table, const PlainRow& row) {
    if (++row_count_ > case_rows_max && !is_full_) {
      is_full_ = true;
      tell(Code::limit_exceeded, row.from,
           "a case has at most " + std::to_string(case_rows_max) + " rows");
    }
    FedRow& made = rows_of_[std::string(table)].emplace_back();
    made.row = static_cast<std::uint64_t>(row.from.line);
    return made;
  }

  static void copy(const PlainRow& row,
                   std::span<const std::string_view> columns, FedRow& to) {
    for (const std::string_view column : columns) {
      to.set(std::string(column), row.text(column));
    }
  }

  void write_plain(const TableSpec& table, const PlainRow& row) {
    FedRow own;
    std::vector<const CaseCell*> others;
    for (const CaseCell& cell : row.cells) {
      if (has_column(table, cell.column)) {
        own.set(cell.column, cell.text);
      } else {
        others.push_back(&cell);
      }
    }
    std::string identity = row.text(table.columns.front().name);
    if (table.name == "records" && identity.empty()) {
      identity = "record~" + std::to_string(++unnamed_count_);
      own.set("record", identity);
    }
    add(table.name, row).values = std::move(own.values);
    for (const CaseCell* cell : others) {
      write_other(table, row, identity, *cell);
    }
    for (const auto& [presence, person] : row.from.marks) {
      write_marks(row, identity, presence, person);
    }
  }

  // A column that the table does not have.
  void write_other(const TableSpec& table, const PlainRow& row,
                   const std::string& identity, const CaseCell& cell) {
    const std::string_view hierarchy =
        table.name == "units" ? hierarchy_of(cell.column) : "";
    if (!hierarchy.empty()) {
      FedRow& link = add("links", row);
      link.set("hierarchy", std::string(hierarchy));
      link.set("unit", identity);
      link.set("parent", cell.text);
      copy(row, valid_columns, link);
      copy(row, recorded_columns, link);
    } else if (table.name == "persons" && cell.column == "unit") {
      FedRow& membership = add("memberships", row);
      membership.set("person", identity);
      membership.set("unit", cell.text);
    } else if (!cell.is_null) {
      FedRow& attribute = add("attributes", row);
      attribute.set("subject_type", std::string(entity_of(table.name)));
      attribute.set("subject", identity);
      attribute.set("attribute", cell.column);
      attribute.set("value", cell.text);
      // Those of a record hold on its first day, whatever their own days.
      if (table.name != "records") copy(row, valid_columns, attribute);
      copy(row, recorded_columns, attribute);
    }
  }

  void write_marks(const PlainRow& row, const std::string& record,
                   const std::string& presence, std::string_view persons) {
    const RangeText texts = parsed(persons, row.from);
    for (std::size_t at = 0; at < texts.count().value_or(1); ++at) {
      if (is_full_) return;
      FedRow& mark = add("attendance", row);
      mark.set("record", record);
      mark.set("person", texts.at(at));
      mark.set("status", presence);
      copy(row, recorded_columns, mark);
    }
  }

  std::string_view file_;
  Diagnostics& findings_;
  std::size_t row_count_ = 0;
  std::size_t unnamed_count_ = 0;
  bool is_full_ = false;
  std::map<std::string, std::vector<FedRow>, std::less<>> rows_of_;
};

Error first_error(const Diagnostics& findings) {
  for (const Diagnostic& finding : findings.items()) {
    if (finding.severity != Severity::error) continue;
    return {finding.code,
            finding.file + ":" + std::to_string(finding.row) + ": " +
                (finding.value.empty() ? "" : in_quotes(finding.value) + ": ") +
                finding.message};
  }
  return {Code::limit_exceeded, "the findings are full"};
}

// Loads the package of an organisation, or begins with the vocabulary alone.
Result<Registry> load_base(const CaseFile& file, const CaseOrganisation& from,
                           Diagnostics& findings) {
  if (from.package.empty()) return Registry();
  const auto folder = file.path.parent_path() / from.package;
  Diagnostics of_package;
  auto loaded = load_package(folder, of_package);
  for (Diagnostic& finding : of_package.items()) {
    if (finding.severity != Severity::error) continue;
    finding.file = finding.file.empty()
                       ? from.package
                       : (std::filesystem::path(from.package) / finding.file)
                             .generic_string();
    findings.add(std::move(finding));
  }
  return loaded;
}

}  // namespace

Result<std::shared_ptr<Registry>> build_organisation(
    const CaseFile& file, const CaseOrganisation& own, Diagnostics& findings) {
  const CaseOrganisation& shared = file.organisation;
  Diagnostics told;
  if (!shared.package.empty() && !own.package.empty()) {
    told.add({Code::case_invalid,
              Severity::error,
              file.name,
              static_cast<std::uint64_t>(own.package_line),
              {},
              own.package,
              "the file names a package for all cases already"});
    findings.append(told);
    return first_error(told);
  }
  auto registry = load_base(file, own.package.empty() ? shared : own, findings);
  if (!registry) return registry.error();
  RowWriter writer(file.name, told);
  for (const CaseOrganisation* from : {&shared, &own}) {
    for (const TableSpec& table : table_specs()) {
      const auto rows = from->tables.find(table.name);
      if (rows == from->tables.end()) continue;
      for (const CaseRow& row : rows->second) {
        if (!writer.write(table, row)) break;
      }
    }
  }
  if (told.error_count() == 0) {
    const bool names_persons = !writer.rows("persons").empty() ||
                               !shared.package.empty() || !own.package.empty();
    TableFeed feed(*registry, file.name, !names_persons, told);
    for (const TableSpec& table : table_specs()) {
      feed.add_rows(table, writer.rows(table.name));
    }
    if (told.error_count() == 0) feed.check();
  }
  told.sort();
  for (const Diagnostic& finding : told.items()) {
    if (finding.severity == Severity::error) findings.add(finding);
  }
  if (told.error_count() > 0) return first_error(told);
  return std::make_shared<Registry>(*std::move(registry));
}

}  // namespace headrope
