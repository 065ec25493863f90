// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables as sheets of an .xlsx workbook, by libxlsxwriter. Only in programs
// that were built with it (`HEADROPE_HAS_XLSX`). The same tables give the same
// bytes.

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "headrope/table.hpp"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace headrope::tool {

/// One figure of a summary: who is asked, and who of them meets the rule.
struct SummaryFigure {
  std::int64_t met = 0;
  std::int64_t eligible = 0;
};

/// A summary sheet (汇总表): units are rows, rules are columns.
struct Summary {
  std::string title;
  std::string subtitle;
  std::vector<std::string> rules;
  /// A row: what the unit is, and a figure for each rule.
  struct Row {
    std::string_view identity;
    std::string_view name;
    std::string_view kind;
    std::uint32_t depth = 0;
    std::vector<SummaryFigure> figures;
  };
};

/// A workbook that is written to a file. Ends the command with a UsageError if
/// it cannot be written.
class Workbook {
 public:
  /// @param day the day that the file tells as its making.
  Workbook(std::string path, Language language, Date day);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  /// Adds a table under its headings, which stay when one scrolls. Rows that a
  /// sheet cannot hold are left out, and the last row says so.
  void add(std::string_view name, const Table& table);

  /// Begins a summary; rows follow by `add_row`.
  void begin_summary(std::string_view name, const Summary& summary);
  /// Adds a row to the summary.
  void add_row(const Summary::Row& row);

  /// Ends the file.
  void close();

 private:
  void write_cell(std::uint32_t row, std::uint16_t column, const Column& from,
                  std::size_t at);
  void text(std::uint32_t row, std::uint16_t column, std::string_view text,
            lxw_format* format = nullptr);
  lxw_format* number_format(const char* format);
  lxw_format* indented(std::uint32_t depth);
  [[noreturn]] void fail(const std::string& why) const;
  /// Adds a sheet of a name like the given one, of which Excel allows not all
  /// characters, 31 at most, and none twice.
  void add_sheet(std::string_view name);

  std::string path_;
  std::string part_;  ///< what is written, until it is whole
  std::set<std::string> names_;
  Language language_;
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  std::uint32_t next_row_ = 0;
  lxw_format* heading_ = nullptr;
  lxw_format* title_ = nullptr;
  lxw_format* plain_ = nullptr;
  std::map<std::string, lxw_format*> formats_;
  std::map<std::uint32_t, lxw_format*> indents_;
};

}  // namespace headrope::tool
