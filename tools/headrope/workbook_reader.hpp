// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reads the cells of an .xlsx workbook as texts, by minizip and expat. A file
// is not trusted: its parts have a limit, and document types are refused.

#pragma once

#include <string>
#include <vector>

namespace headrope::tool {

/// A sheet as rows of texts. Days are `2013-01-31`, numbers as the file has
/// them, truth values `true` and `false`; rows without cells are left out.
struct Sheet {
  std::string name;
  /// A row, with its number in the sheet, from 1.
  struct Row {
    std::uint32_t number = 0;
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
};

/// All sheets of a workbook. Throws a UsageError for a file that is none, or
/// that is past the limits.
[[nodiscard]] std::vector<Sheet> read_workbook(const std::string& path);

}  // namespace headrope::tool
