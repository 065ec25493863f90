// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables as CSV and JSON.

#include <limits>
#include <string>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/table.hpp>

namespace headrope {
namespace {

std::string csv(const Table& table) {
  std::string text;
  write_csv(table, [&](std::string_view piece) { text += piece; });
  return text;
}

std::string json(const Table& table) {
  std::string text;
  write_json(table, [&](std::string_view piece) { text += piece; });
  return text;
}

Table texts(const std::vector<std::string>& values) {
  Table table;
  table.columns.resize(1);
  table.columns[0].name = "name";
  table.columns[0].texts = values;
  return table;
}

// A row of each type, and one with nothing.
Table all_types() {
  Table table = texts({"甲", ""});
  const auto add = [&](std::string name, Column::Type type,
                       std::int64_t value) {
    Column column;
    column.name = std::move(name);
    column.type = type;
    column.numbers = {value, 0};
    column.missing = {0, 1};
    column.decimals = 2;
    if (type == Column::Type::ratio) column.denominators = {29, 0};
    table.columns.push_back(column);
  };
  add("count", Column::Type::integer, std::numeric_limits<std::int64_t>::min());
  add("amount", Column::Type::decimal, 1250);
  add("day", Column::Type::date, unit::day("2013-12-31").days);
  add("rate", Column::Type::ratio, 23);
  return table;
}

}  // namespace

TEST_CASE("fields with commas, quotes and line ends are quoted", "[report]") {
  CHECK(csv(texts({"a", "a,b", "say \"hi\"", "a\nb", "a\rb", "", " a "})) ==
        "name\na\n\"a,b\"\n\"say \"\"hi\"\"\"\n\"a\nb\"\n\"a\rb\"\n\n a \n");
}

TEST_CASE("CSV has plain numbers, exact ratios and nothing for what is missing",
          "[report]") {
  CHECK(csv(all_types()) ==
        "name,count,amount,day,rate\n"
        "甲,-9223372036854775808,12.50,2013-12-31,23/29\n"
        ",,,,\n");
  CHECK(csv(Table{}) == "\n");
}

TEST_CASE("JSON has one object for each row", "[report]") {
  CHECK(json(all_types()) ==
        "[\n "
        R"({"name":"甲","count":-9223372036854775808,"amount":"12.50",)"
        R"("day":"2013-12-31","rate":{"numerator":23,"denominator":29}})"
        ",\n "
        R"({"name":"","count":null,"amount":null,"day":null,"rate":null})"
        "\n]\n");
  CHECK(json(Table{}) == "[\n]\n");
}

TEST_CASE("JSON escapes what it must and replaces what is no text",
          "[report]") {
  CHECK(json(texts({"a\"b\\c\n\t\x01/"})) ==
        "[\n {\"name\":\"a\\\"b\\\\c\\n\\t\\u0001/\"}\n]\n");
  CHECK(json(texts({"a\xFF"
                    "b"})) ==
        "[\n {\"name\":\"a\xEF\xBF\xBD"
        "b\"}\n]\n");
}

TEST_CASE("a large table comes in pieces", "[report]") {
  const Table table = texts(std::vector<std::string>(50'000, "0123456789"));
  std::size_t pieces = 0;
  std::size_t bytes = 0;
  write_csv(table, [&](std::string_view piece) {
    ++pieces;
    bytes += piece.size();
  });
  CHECK(pieces > 2);
  CHECK(bytes == 5 + 50'000 * 11);
}

}  // namespace headrope
