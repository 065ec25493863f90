// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Values as people read them.

#include "headrope/table.hpp"

#include <limits>
#include <string>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::string ratio(std::int64_t numerator, std::int64_t denominator) {
  Column column;
  column.type = Column::Type::ratio;
  column.numbers = {numerator};
  column.denominators = {denominator};
  return display_text(column, 0);
}

}  // namespace

TEST_CASE("a percent has one decimal, rounded half up from the exact ratio",
          "[report]") {
  CHECK(ratio(23, 29) == "79.3 %");
  CHECK(ratio(1, 3) == "33.3 %");
  CHECK(ratio(2, 3) == "66.7 %");
  CHECK(ratio(0, 7) == "0.0 %");
  CHECK(ratio(7, 7) == "100.0 %");
  CHECK(ratio(1, 2000) == "0.1 %");
  CHECK(ratio(1, 2001) == "0.0 %");
  CHECK(ratio(1999, 2000) == "100.0 %");
  CHECK(ratio(1998, 2000) == "99.9 %");
  CHECK(ratio(1, 16) == "6.3 %");
  CHECK(ratio(3, 2) == "150.0 %");
}

TEST_CASE("a ratio over nothing is a dash", "[report]") {
  CHECK(ratio(0, 0) == "–");
  CHECK(ratio(1, 0) == "–");
}

TEST_CASE("percents of the largest numbers are exact", "[report]") {
  CHECK(ratio(largest, largest) == "100.0 %");
  CHECK(ratio(largest / 2, largest) == "50.0 %");
  CHECK(ratio(largest - 1, largest) == "100.0 %");
  CHECK(ratio(1, largest) == "0.0 %");
  CHECK(ratio(0, largest) == "0.0 %");
}

TEST_CASE("each type of column is shown in its way", "[report]") {
  Column column;
  column.numbers = {-1250};
  column.type = Column::Type::integer;
  CHECK(display_text(column, 0) == "-1250");
  column.type = Column::Type::decimal;
  column.decimals = 2;
  CHECK(display_text(column, 0) == "-12.50");
  column.type = Column::Type::date;
  column.numbers = {unit::day("2013-01-01").days};
  CHECK(display_text(column, 0) == "2013-01-01");
  column.missing = {1};
  CHECK(display_text(column, 0) == "–");
  column.type = Column::Type::text;
  column.missing.clear();
  column.texts = {"甲社区"};
  CHECK(display_text(column, 0) == "甲社区");
}

TEST_CASE("a table knows its rows and finds its columns", "[report]") {
  Table table;
  CHECK(table.row_count() == 0);
  CHECK(table.find("unit") == nullptr);
  table.columns.resize(2);
  table.columns[0].name = "unit";
  table.columns[0].texts = {"a", "b"};
  table.columns[1].name = "sum";
  table.columns[1].type = Column::Type::integer;
  table.columns[1].numbers = {1, 2};
  CHECK(table.row_count() == 2);
  CHECK(table.find("sum") == &table.columns[1]);
}

}  // namespace headrope
