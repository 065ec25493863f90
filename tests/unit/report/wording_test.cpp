// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every name that a table uses has wording in both languages.

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/table.hpp>

namespace headrope {

using unit::day;
using unit::Model;
using unit::span_of;

namespace {

bool has_chinese(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xE4) return true;
  }
  return false;
}

// The tables of all builders, with every column that they can have.
std::vector<Table> all_tables() {
  Model model;
  model.unit("A");
  model.unit("B");
  model.link("B", "A");
  model.member("P", "B");
  const auto snapshot = model.frozen_on("2013-12-31");
  const Forest& forest = *snapshot->find_forest("line");
  const std::vector<std::int64_t> numbers(2, 1);
  Coverage coverage;
  coverage.place_count = 2;
  for (auto& column : coverage.by_status) column = numbers;
  AttendanceCounts attendance;
  for (auto& column : attendance.by_presence) column = numbers;
  for (auto& column : attendance.own) column = numbers;
  Rule rule;
  rule.tally.measures = {model.flow};
  rule.requirement.threshold = 1;
  const auto assessment =
      assess(*snapshot, rule, span_of("2013-01-01", "2014-01-01"));
  REQUIRE(assessment);
  Diagnostics findings;
  findings.add({Code::cycle, Severity::error, "f", 1, "c", "v", "m"});
  return {roll_up_table(*snapshot, forest, numbers, numbers, 2, {}),
          coverage_table(*snapshot, forest, coverage, {}),
          members_table(*snapshot, forest, numbers, {}),
          attendance_table(*snapshot, forest, attendance, {}),
          assessment_table(*snapshot, *assessment),
          findings_table(findings)};
}

}  // namespace

TEST_CASE("every column of every table has wording in both languages",
          "[report]") {
  for (const Table& table : all_tables()) {
    std::set<std::string> names;
    for (const Column& column : table.columns) {
      CAPTURE(column.name);
      CHECK(names.insert(column.name).second);
      CHECK(has_chinese(wording(column.name, Language::zh)));
      const std::string_view english = wording(column.name, Language::en);
      CHECK_FALSE(english.empty());
      CHECK_FALSE(has_chinese(english));
      CHECK(english.find('_') == std::string_view::npos);
    }
  }
}

TEST_CASE("statuses, presences and severities have wording", "[report]") {
  for (const char* word :
       {"met", "unmet", "pending", "exempt", "not_applicable", "not_in_force",
        "not_evaluable", "present", "late", "made_up", "excused", "absent",
        "error", "warning"}) {
    CAPTURE(word);
    CHECK(has_chinese(wording(word, Language::zh)));
    CHECK(wording(word, Language::en).find('_') == std::string_view::npos);
  }
}

TEST_CASE("a word that is not known is given back", "[report]") {
  CHECK(wording("brunch", Language::zh) == "brunch");
  CHECK(wording("", Language::en).empty());
}

TEST_CASE("all columns of a table have as many rows as the table", "[report]") {
  for (const Table& table : all_tables()) {
    for (const Column& column : table.columns) {
      CAPTURE(column.name);
      CHECK(std::max(column.texts.size(), column.numbers.size()) ==
            table.row_count());
      if (column.type == Column::Type::ratio) {
        CHECK(column.denominators.size() == table.row_count());
      }
      CHECK((column.missing.empty() ||
             column.missing.size() == table.row_count()));
    }
    CHECK((table.depth.empty() || table.depth.size() == table.row_count()));
  }
}

}  // namespace headrope
