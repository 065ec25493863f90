// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The closed table of codes.

#include "headrope/code.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

std::string area_of(unsigned number) {
  switch (number / 100) {
    case 0:
      return "BASE";
    case 1:
      return "LOAD";
    case 2:
      return "MODEL";
    case 3:
      return "FREEZE";
    case 4:
      return "RULE";
    case 5:
      return "ANSWER";
    default:
      return "?";
  }
}

}  // namespace

TEST_CASE("codes ascend strictly, so that none is there twice", "[base]") {
  const auto table = code_table();
  REQUIRE_FALSE(table.empty());
  CHECK(std::is_sorted(table.begin(), table.end(),
                       [](const CodeInfo& left, const CodeInfo& right) {
                         return left.code <= right.code;
                       }));
}

TEST_CASE("an id says the area and the number of its code, once", "[base]") {
  std::set<std::string_view> ids;
  for (const CodeInfo& info : code_table()) {
    const auto number = static_cast<unsigned>(info.code);
    std::string digits = std::to_string(number);
    digits.insert(0, 3 - std::min<std::size_t>(3, digits.size()), '0');
    CHECK(info.id == "HDR-" + area_of(number) + "-" + digits);
    CHECK_FALSE(info.title.empty());
    CHECK(ids.insert(info.id).second);
  }
}

TEST_CASE("a code gives its own row, an unknown number that of internal",
          "[base]") {
  for (const CodeInfo& info : code_table()) {
    CHECK(code_info(info.code).id == info.id);
  }
  for (const unsigned number : {0U, 11U, 100U, 304U, 503U, 65535U}) {
    CHECK(code_info(static_cast<Code>(number)).code == Code::internal);
  }
}

TEST_CASE("every code has a row in docs/errors.md", "[base]") {
  std::ifstream file(std::filesystem::path(HEADROPE_SOURCE_DIR) /
                     "docs/errors.md");
  if (!file) {
    WARN("docs/errors.md is not there yet");
    return;
  }
  std::set<std::string> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('|')) rows.insert(line);
  }
  for (const CodeInfo& info : code_table()) {
    CAPTURE(info.id);
    CHECK(std::any_of(rows.begin(), rows.end(), [&](const std::string& row) {
      return row.find(info.id) != std::string::npos;
    }));
  }
}

}  // namespace headrope
