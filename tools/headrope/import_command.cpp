// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// `headrope import`: the sheets of a workbook as tables of a data package. A
// sheet is a table of the format by its name (`records`); its first row has the
// names of the columns. The tables become CSV files, which are then loaded, so
// that every finding names its row.

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include "headrope/commands.hpp"
#include "headrope/out_file.hpp"
#include "headrope/session.hpp"
#include "headrope/workbook_reader.hpp"

namespace headrope::tool {

#ifdef HEADROPE_READS_XLSX

namespace {

namespace fs = std::filesystem;

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

// Whether the format has a table of that name.
bool is_table(const Registry& registry, const std::string& name) {
  return row_count(registry, name).has_value();
}

void write_csv(const Sheet& sheet, const fs::path& path) {
  OutFile file(path.string(), "--to");
  const std::size_t columns = sheet.rows.front().cells.size();
  for (const Sheet::Row& row : sheet.rows) {
    std::string line;
    for (std::size_t at = 0; at < columns; ++at) {
      if (at > 0) line += ',';
      if (at < row.cells.size()) line += csv_field(row.cells[at]);
    }
    file.sink()(line + "\n");
  }
  file.keep();
}

// What would be written only in part, or in the place of something else.
void check_sheets(const std::vector<const Sheet*>& sheets,
                  const fs::path& folder) {
  std::set<std::string> names;
  for (const Sheet* sheet : sheets) {
    const std::string name = harmless(sheet->name);
    if (!names.insert(sheet->name).second) {
      throw UsageError{"there are two sheets '" + name + "'"};
    }
    const fs::path path = folder / (sheet->name + ".csv");
    if (fs::exists(path)) {
      throw UsageError{"--to: '" + path.string() +
                       "' is there already; take it away, or name another "
                       "folder"};
    }
    for (const Sheet::Row& row : sheet->rows) {
      if (row.cells.size() > sheet->rows.front().cells.size()) {
        throw UsageError{fmt::format(
            "sheet '{}', row {}: a cell stands beyond the last column", name,
            row.number)};
      }
    }
  }
}

// Names the tables. The ends of intervals in workbooks are last days, as
// documents say them.
void write_descriptor(const std::vector<std::string>& tables,
                      const fs::path& folder) {
  std::string text =
      "{\n  \"name\": \"workbook\",\n  \"headrope\": "
      "{\"format\": 1, \"interval_end\": \"inclusive\"},\n"
      "  \"resources\": [";
  for (std::size_t at = 0; at < tables.size(); ++at) {
    text += fmt::format("{}\n    {{\"name\": \"{}\", \"path\": \"{}.csv\"}}",
                        at == 0 ? "" : ",", tables[at], tables[at]);
  }
  OutFile file((folder / "datapackage.json").string(), "--to");
  file.sink()(text + "\n  ]\n}\n");
  file.keep();
}

}  // namespace

int import_workbook(const Options& options) {
  return guarded([&] {
    const std::vector<Sheet> sheets = read_workbook(options.data);
    const fs::path folder(options.out);
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) {
      throw UsageError{"--to: '" + options.out + "' cannot be made"};
    }
    const Registry registry;
    std::vector<std::string> tables;
    std::vector<const Sheet*> wanted;
    for (const Sheet& sheet : sheets) {
      if (!is_table(registry, sheet.name)) {
        say(fmt::format("sheet '{}' is no table of the format; left out",
                        harmless(sheet.name)));
        continue;
      }
      if (!sheet.rows.empty()) wanted.push_back(&sheet);
    }
    check_sheets(wanted, folder);
    for (const Sheet* sheet : wanted) {
      write_csv(*sheet, folder / (sheet->name + ".csv"));
      tables.push_back(sheet->name);
      say(fmt::format("{}: {}", sheet->name,
                      counted(sheet->rows.size() - 1, "row")));
    }
    if (tables.empty()) {
      throw UsageError{"'" + options.data +
                       "' has no sheet that is a table of the format"};
    }
    if (fs::exists(folder / "datapackage.json")) {
      say("datapackage.json is left as it is");
    } else {
      write_descriptor(tables, folder);
    }
  });
}

#else

int import_workbook(const Options&) {
  return guarded([] {
    throw UsageError{"this program was built without minizip and expat"};
  });
}

#endif

}  // namespace headrope::tool
