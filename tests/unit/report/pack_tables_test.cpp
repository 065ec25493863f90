// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The answers of packs as tables: columns, wording, what is missing.

#include "headrope/pack_tables.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/packs.hpp"

namespace headrope {
namespace {

using unit::assessed;
using unit::day;
using unit::in_2012;
using unit::one_rule;
using unit::Organisation;
using unit::pack_text;
using unit::parsed;
using unit::rule_text;

using Texts = std::vector<std::string>;

Texts columns_of(const Table& table) {
  Texts names;
  for (const Column& column : table.columns) {
    names.emplace_back(column.name);
  }
  return names;
}

Texts row_of(const Table& table, std::size_t row) {
  Texts cells;
  for (const Column& column : table.columns) {
    cells.push_back(display_text(column, row));
  }
  return cells;
}

constexpr std::string_view parameters =
    "parameters:\n"
    "  often: {title: {zh: 次数, en: times}, unit: meeting, values: []}\n"
    "  share: {values: [{from: 2010-01-01, value: 90 %, clause: 二}]}\n";

}  // namespace

TEST_CASE("rules and parameters in both languages", "[report]") {
  const PackPointer pack = parsed(pack_text(
      std::string(parameters) +
      "rules:\n- {id: R1, clause: 三, phrase: 每年, title: {zh: 学习, en: "
      "study}, forms: [F02, F32], force: aspiration, subjects: {units: all}, "
      "require: {count: study_session, at_least: often}}\n"));
  const Table zh = rules_table(*pack, Language::zh);
  CHECK(columns_of(zh) ==
        Texts{"rule", "clause", "title", "force", "forms", "phrase", "pack"});
  CHECK(row_of(zh, 0) ==
        Texts{"R1", "三", "学习", "aspiration", "F02 F32", "每年", "P"});
  CHECK(row_of(rules_table(*pack, Language::en), 0)[2] == "study");
  const Table table = parameters_table(*pack, day("2012-01-01"), Language::zh);
  CHECK(row_of(table, 0) == Texts{"often", "次数", "–", "meeting", ""});
  CHECK(row_of(table, 1)[2] == "0.9");
  CHECK(row_of(parameters_table(*pack, day("2009-12-31"), Language::en),
               1)[2] == "–");
}

TEST_CASE("cells of an assessment with the style of their rule", "[report]") {
  Organisation o;
  o.unit("A", {}, "party_branch", "甲");
  for (const char* id : {"p", "q", "r"}) o.member(id, "A");
  o.attribute(EntityType::person, "p", "x", "y");
  o.record("study_session", "A", "2012-03-05");
  const auto snapshot = o.on("2013-05-01");
  const auto cells = [&](const std::string& rest) {
    const Table table = assessment_table(
        *snapshot, std::vector{assessed(*snapshot, one_rule(rest), in_2012)});
    REQUIRE(table.row_count() == 1);
    std::string text;
    for (const char* name : {"value", "threshold", "margin", "status"}) {
      const Column* column = table.find(name);
      REQUIRE(column != nullptr);
      text += display_text(*column, 0) + "|";
    }
    return text;
  };
  CHECK(cells("require: {share: {of: {members: own}, where: {attribute: x, "
              "present: true}}, at_least: 50 %}") ==
        "33.3 %|50.0 %|-16.7 %|unmet|");
  CHECK(cells("window: {each: year}, require: {first_day: study_session, "
              "at_most: 2012-03-01}") == "2012-03-05|2012-03-01|4|unmet|");
  CHECK(cells("window: {each: year}, require: {greatest: article, at_least: "
              "1}") == "–|1|–|not_evaluable|");
  CHECK(cells("require: {quotient: [1, 3], at_least: 1/4}") ==
        "≈0.33|0.25|≈0.08|met|");
  const Table whole = assessment_table(
      *snapshot, std::vector{assessed(
                     *snapshot, one_rule("require: {count: study_session, "
                                         "at_least: 9000000000000000000}"))});
  CHECK(display_text(*whole.find("threshold"), 0) == "9000000000000000000");
  CHECK(display_text(*whole.find("name"), 0) == "甲");
  CHECK(
      assessment_table(*snapshot, std::vector<RuleAssessment>()).row_count() ==
      0);
}

TEST_CASE("counts of rules, groups and changes", "[report]") {
  Organisation o;
  o.unit("A");
  o.unit("B");
  o.record("study_session", "A", "2012-03-05");
  const auto snapshot = o.on("2013-05-01");
  const PackPointer one = one_rule(
      "window: {each: year}, require: {count: study_session, "
      "at_least: 1}");
  const PackPointer none = one_rule(
      "window: {each: year}, require: {count: study_session, "
      "at_least: 0}");
  const auto answer = assessed(*snapshot, one, in_2012);
  const Table pack = pack_table(std::vector{answer}, Language::en);
  REQUIRE(pack.row_count() == 1);
  CHECK(display_text(*pack.find("eligible"), 0) == "2");
  CHECK(display_text(*pack.find("met"), 0) == "1");
  CHECK(display_text(*pack.find("rate"), 0) == "50.0 %");
  const auto groups = cover_groups(*snapshot, answer, {});
  REQUIRE(groups);
  CHECK(row_of(groups_table(*groups), 0)[0] == "party_branch");
  CHECK(row_of(groups_table(std::vector{GroupCounts{}}), 0)[0] == "–");
  CHECK(display_text(*groups_table(std::vector{GroupCounts{}}).find("rate"),
                     0) == "–");
  const auto changes = compare(*snapshot, one, none, in_2012);
  REQUIRE(changes);
  const Table who = comparison_table(*snapshot, *changes);
  REQUIRE(who.row_count() == 1);
  CHECK(display_text(*who.find("subject"), 0) == "B");
  CHECK(display_text(*who.find("transition"), 0) == "entered");
  const Table summary = comparison_summary_table(*changes);
  CHECK(display_text(*summary.find("rate_before"), 0) == "50.0 %");
  CHECK(display_text(*summary.find("entered"), 0) == "1");
  CHECK(display_text(*summary.find("unchanged"), 0) == "1");
  const auto points = spectrum(answer);
  REQUIRE(points);
  const Table steps = spectrum_table(*snapshot, answer, *points);
  REQUIRE(steps.row_count() == 2);
  CHECK(display_text(*steps.find("who"), 0) == "B");
  CHECK(display_text(*steps.find("leave_next"), 1) == "1");
}

// A frame of nothing still has to have its columns.
TEST_CASE("tables of packs without rows keep their columns", "[report]") {
  Registry registry;
  FreezeOptions options;
  options.as_of = Date{15706};
  Diagnostics findings;
  const auto nothing = freeze(registry, options, findings);
  REQUIRE(nothing);
  CHECK(comparison_table(**nothing, {}).columns.size() == 7);
  CHECK(comparison_summary_table({}).columns.size() == 9);
  CHECK(assessment_table(**nothing, std::span<const RuleAssessment>{})
            .columns.size() == 14);
  CHECK(groups_table({}).columns.size() == 10);
  CHECK(pack_table({}, Language::en).columns.size() == 12);
  for (const Column& one : comparison_table(**nothing, {}).columns) {
    CHECK_FALSE(one.name.empty());
  }
}

TEST_CASE("an explanation is a tree of steps", "[report]") {
  Organisation o;
  o.unit("A");
  for (int at = 0; at < 3; ++at) o.record("study_session", "A", "2012-03-05");
  const auto answer =
      explain(*o.on("2013-05-01"),
              one_rule("window: {each: year}, require: {count: study_session, "
                       "at_least: 1}"),
              0, "A", in_2012, {2});
  REQUIRE(answer);
  const Table table = explanation_table(*answer, Language::en);
  CHECK(table.depth == std::vector<std::uint16_t>{0, 1, 2, 3, 4, 4, 4});
  CHECK(display_text(*table.find("step"), 6) == "…");
  CHECK(display_text(*table.find("value"), 6) == "1");
  CHECK(explanation_table(*answer, Language::zh).row_count() == 7);
}

TEST_CASE("audits and overlays as tables", "[report]") {
  const PackPointer pack = parsed(pack_text(
      std::string(parameters) +
      "reported:\n- {id: a, clause: c, value: 3}\nchecks:\n- {id: A, clause: "
      "c, title: {zh: 题, en: title}, require: {figure: a, equals: 4}}\n"));
  const Table table = audit_table(audit(*pack), Language::en);
  CHECK(row_of(table, 0) ==
        Texts{"A", "c", "title", "4", "3", "contradicted", "3 - 4 = -1"});
  CHECK(row_of(audit_table(audit(*pack), Language::zh), 0)[2] == "题");
  CHECK(changes_table(*pack).row_count() == 0);
  const auto changed =
      with_parameter(pack, "share", {19, 20}, day("2014-01-01"));
  REQUIRE(changed);
  const Table changes = changes_table(**changed);
  REQUIRE(changes.row_count() == 1);
  CHECK(row_of(changes, 0) ==
        Texts{"share", "2014-01-01", "0.9", "0.95", "changed", ""});
}

}  // namespace headrope
