// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The organisation of a case file: lists of rows with the columns of the data
// package, and the short forms.

#include <algorithm>

#include "base/utf8.hpp"
#include "cases/case_reader.hpp"
#include "load/feed.hpp"

namespace headrope {
namespace {

// Tables whose further columns are attributes.
bool takes_attributes(std::string_view table) {
  return table == "units" || table == "persons" || table == "posts" ||
         table == "records";
}

// Keys of a row that are no columns of the table.
std::vector<std::string_view> short_forms(std::string_view table) {
  if (table == "units") return {"parent", "party_parent"};
  if (table == "persons") return {"unit"};
  if (table == "records") return {"attendance"};
  return {};
}

std::vector<std::string_view> known_keys(const TableSpec& table) {
  std::vector<std::string_view> known = short_forms(table.name);
  for (const ColumnSpec& column : table.columns) known.push_back(column.name);
  for (const std::string_view clock :
       {"valid_from", "valid_until", "recorded_from", "recorded_until"}) {
    if (has_column(table, clock)) known.push_back(clock);
  }
  return known;
}

class RowReader {
 public:
  RowReader(const TableSpec& table, NodeReader& reader)
      : table_(table),
        reader_(reader),
        known_(known_keys(table)),
        takes_attributes_(takes_attributes(table.name)) {}

  CaseRow read(const YamlNode& node) {
    CaseRow row;
    row.line = node.line;
    row.column = node.column;
    const std::string what = "a row of " + in_quotes(table_.name);
    if (takes_attributes_ ? !check_is_map(node, what)
                          : !reader_.check_map(node, what, known_)) {
      return row;
    }
    for (const ColumnSpec& column : table_.columns) {
      // A link without a parent makes a root.
      const bool is_link = table_.name == "links" && column.name == "parent";
      if (column.is_required && !is_link) reader_.need(node, column.name);
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      read_cell(node.keys[at], node.items[at], row);
    }
    return row;
  }

 private:
  bool check_is_map(const YamlNode& node, const std::string& what) {
    if (node.is_map()) return true;
    reader_.tell(Code::case_invalid, node, what + " is a map");
    return false;
  }

  void read_cell(const YamlKey& key, const YamlNode& value, CaseRow& row) {
    if (table_.name == "records" && key.text == "attendance") {
      read_marks(value, row);
      return;
    }
    if (table_.name == "persons" &&
        (key.text == "valid_from" || key.text == "valid_until")) {
      reader_.tell(Code::case_invalid, key,
                   "a person has no days; give a row of 'memberships'");
      return;
    }
    if (value.is_null()) {
      row.cells.push_back({key.text, {}, true});
    } else if (value.is_scalar()) {
      row.cells.push_back({key.text, value.text, false});
    } else {
      reader_.tell(Code::case_invalid, value, "a text or number is expected");
    }
  }

  void read_marks(const YamlNode& node, CaseRow& row) {
    if (!reader_.check_map(node, "'attendance'", words<Presence>)) return;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      for (std::string& person : reader_.read_texts(node.items[at])) {
        row.marks.emplace_back(node.keys[at].text, std::move(person));
      }
    }
  }

  const TableSpec& table_;
  NodeReader& reader_;
  std::vector<std::string_view> known_;
  bool takes_attributes_;
};

}  // namespace

const CaseCell* CaseRow::find(std::string_view name) const {
  const auto found =
      std::find_if(cells.begin(), cells.end(),
                   [&](const CaseCell& cell) { return cell.column == name; });
  return found == cells.end() ? nullptr : &*found;
}

CaseOrganisation read_organisation(const YamlNode& node, NodeReader& reader) {
  CaseOrganisation organisation;
  std::vector<std::string_view> known{"package"};
  for (const TableSpec& table : table_specs()) known.push_back(table.name);
  if (!reader.check_map(node, "an organisation", known)) return organisation;
  if (const YamlNode* package = node.find("package")) {
    organisation.package = reader.read_text(*package).value_or("");
    organisation.package_line = package->line;
  }
  for (const TableSpec& table : table_specs()) {
    const YamlNode* list = node.find(table.name);
    if (list == nullptr) continue;
    RowReader rows(table, reader);
    auto& to = organisation.tables[std::string(table.name)];
    for (const YamlNode& row : reader.read_list(*list)) {
      to.push_back(rows.read(row));
    }
  }
  return organisation;
}

}  // namespace headrope
