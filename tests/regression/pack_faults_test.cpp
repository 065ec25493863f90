// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Faults of rules and their answers that were found once, each with the input
// that showed it.

#include <string>

#include <catch2/catch.hpp>

#include "headrope/pack_tables.hpp"
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
using unit::span_of;
using unit::told;

const RuleQuestion deadlines_in_2012{in_2012.range, true, {}};

// A pack that only audits: what is reported, and one check.
AuditResult audited(const std::string& reported, const std::string& require,
                    const std::string& above = {}) {
  const auto results =
      audit(*parsed(pack_text(above + "reported:\n" + reported +
                              "checks:\n- {id: A, clause: c, title: "
                              "t, require: " +
                              require + "}\n")));
  REQUIRE(results.size() == 1);
  return results.front();
}

std::string figure(const std::string& id, const std::string& value,
                   const std::string& more = {}) {
  return "- {id: " + id + ", clause: c, value: " + value + more + "}\n";
}

}  // namespace

TEST_CASE("a rule that an overlay repeals on the first day is never in force",
          "[rules]") {
  Organisation o;
  o.unit("A");
  const PackPointer base = parsed(
      pack_text("rules:\n" + rule_text("window: {each: year}, require: {count: "
                                       "study_session, at_least: 1}"),
                "2012-06-01"));
  const PackPointer above = parsed(
      "format: headrope-pack/1\nid: Q\ntitle: t\noverlays: P\neffective: "
      "2012-06-01\nrepeals: [R1]\n",
      std::vector{base});
  const auto snapshot = o.on("2013-05-01");
  CHECK(told(assessed(*snapshot, base, in_2012)) == "unmet 0 of 1");
  CHECK(told(assessed(*snapshot, above, in_2012)) == "not_in_force");
}

TEST_CASE("a part of the year 1400 has none before it", "[rules]") {
  Organisation o;
  o.unit("A");
  o.record("study_session", "A", "1400-05-02");
  const auto snapshot = o.on("1401-01-01");
  const PackPointer pack = parsed(pack_text(
      "rules:\n" + rule_text("window: {each: year, from: 05-01, until: 05-31}, "
                             "require: {change: {count: study_session}, "
                             "at_least: 0}"),
      "1400-01-01"));
  CHECK(told(assessed(*snapshot, pack,
                      {span_of("1400-01-01", "1401-01-01"), false, {}})) ==
        "not_evaluable of 0");
}

TEST_CASE("parts of a window that lies before the days asked about are none",
          "[rules]") {
  Organisation o;
  o.unit("A");
  const auto snapshot = o.on("2012-05-01");
  const PackPointer pack = one_rule(
      "window: as_of, require: {count: {windows: {each: month}}, "
      "at_least: 1}");
  CHECK(told(assessed(*snapshot, pack,
                      {span_of("2013-01-01", "2014-01-01"), false, {}})) ==
        "unmet 0 of 1");
}

TEST_CASE("a measure that stands twice is counted once", "[rules]") {
  Organisation o;
  o.unit("A");
  o.record("study_session", "A", "2012-03-01");
  const auto snapshot = o.on("2013-05-01");
  for (const std::string where : {"", ", where: {weekday: [thursday]}"}) {
    const PackPointer pack = one_rule(
        "window: {each: year}, require: {count: {records: [study_session, "
        "study_session]" +
        where + "}, at_least: 2}");
    CHECK(told(assessed(*snapshot, pack, in_2012)) == "unmet 1 of 2");
  }
}

TEST_CASE("units that follow by reference are not inherited where all are",
          "[rules]") {
  Organisation o;
  o.unit("A");
  const PackPointer pack =
      one_rule("require: {count: study_session, at_most: 1}",
               "{units: all, inherited_by: [party_branch]}");
  CHECK(assessed(*o.on("2012-05-01"), pack).inherited.empty());
}

TEST_CASE("what is still to be reported keeps a weighted sum open", "[rules]") {
  Organisation o;
  o.unit("A");
  o.record("study_session", "A", "2012-03-01", 10);
  const std::string items =
      "{weighted: [{weight: 1/2, amount: {greatest: study_session}}, {weight: "
      "1/2, amount: {greatest: research_report}}], missing: ";
  const auto on_day = [&](const std::string& missing, const char* as_of) {
    const PackPointer pack = one_rule(
        "window: {each: year}, require: " + items + missing + ", at_least: 8}");
    return told(assessed(*o.on(as_of), pack, in_2012));
  };
  CHECK(on_day("reweigh", "2012-05-01") == "pending 10 of 8");
  CHECK(on_day("reweigh", "2013-05-01") == "met 10 of 8");
  CHECK(on_day("zero", "2012-05-01") == "pending 5 of 8");
  CHECK(on_day("zero", "2013-05-01") == "unmet 5 of 8");
}

TEST_CASE("different values among members may be others by the end",
          "[rules]") {
  Organisation o;
  o.unit("A");
  o.member("p", "A");
  o.attribute(EntityType::person, "p", "gender", "f");
  const PackPointer pack = one_rule(
      "window: {each: year}, require: {distinct: {members: own}, by: "
      "gender, at_least: 2}");
  CHECK(told(assessed(*o.on("2012-05-01"), pack, in_2012)) == "pending 1 of 2");
  CHECK(told(assessed(*o.on("2012-12-31"), pack, in_2012)) == "unmet 1 of 2");
}

TEST_CASE("what is asked of units below may be of others by the end",
          "[rules]") {
  Organisation o;
  o.unit("A");
  o.unit("B", {}, "party_branch");
  o.link("B", "A", "administrative");
  o.record("study_session", "B", "2012-03-01");
  const std::string each = ": {units: children}, each: {count: study_session}";
  const auto on_day = [&](const std::string& op, const char* as_of) {
    const PackPointer pack = one_rule("window: {each: year}, require: {" + op +
                                      each + ", at_least: 1}");
    const auto snapshot = o.on(as_of);
    const auto answer = assessed(*snapshot, pack, in_2012);
    return told(answer, snapshot->find_unit("A")->value);
  };
  for (const std::string op : {"sum", "least", "greatest"}) {
    INFO(op);
    CHECK(on_day(op, "2012-05-01") == "pending 1 of 1");
    CHECK(on_day(op, "2012-12-31") == "met 1 of 1");
  }
}

TEST_CASE("a chain of 10,000 rules is refused, not followed to the end",
          "[rules]") {
  Organisation o;
  o.unit("A");
  const auto chain = [](std::size_t count) {
    std::string rules = "rules:\n";
    for (std::size_t at = 0; at + 1 < count; ++at) {
      rules += rule_text("require: {rule: R" + std::to_string(at + 1) + "}",
                         "R" + std::to_string(at));
    }
    rules += rule_text("require: {count: study_session, at_least: 0}",
                       "R" + std::to_string(count - 1));
    return parsed(pack_text(rules));
  };
  const auto snapshot = o.on("2012-05-01");
  CHECK(told(assessed(*snapshot, chain(300))) == "met");
  const auto refused = assess(*snapshot, chain(10'000), 0, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::limit_exceeded);
}

TEST_CASE("a chain that goes to and fro between units and persons is refused",
          "[rules]") {
  Organisation o;
  o.unit("A");
  o.member("p", "A");
  std::string rules = "rules:\n";
  const std::size_t count = 3'000;
  for (std::size_t at = 0; at < count; ++at) {
    const bool is_last = at + 1 == count;
    const std::string items = at % 2 == 0 ? "members: own" : "units: own";
    rules += rule_text(
        "require: {share: {of: {" + items + "}, where: {rule: R" +
            std::to_string(is_last ? at - 1 : at + 1) + "}}, at_least: 1}",
        "R" + std::to_string(at),
        at % 2 == 0 ? "{units: all}" : "{persons: all}");
    if (is_last) rules.resize(rules.rfind("- {id"));
  }
  rules += rule_text("require: {count: study_session, at_least: 0}",
                     "R" + std::to_string(count - 1), "{persons: all}");
  const auto refused =
      assess(*o.on("2012-05-01"), parsed(pack_text(rules)), 0, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::limit_exceeded);
}

TEST_CASE("rules of one id about other things are compared as two", "[rules]") {
  Organisation o;
  for (int at = 0; at < 50; ++at) o.unit("U" + std::to_string(at));
  o.member("p", "U0");
  const std::string rest = "require: {count: study_session, at_least: 1}";
  const PackPointer before = one_rule(rest);
  const PackPointer after = one_rule(rest, "{persons: all}");
  const auto snapshot = o.on("2012-05-01");
  const auto comparisons = compare(*snapshot, before, after, {});
  REQUIRE(comparisons);
  REQUIRE(comparisons->size() == 2);
  CHECK((*comparisons)[0].changed.size() == 50);
  CHECK((*comparisons)[0].changed[0].transition == Transition::no_longer_asked);
  CHECK((*comparisons)[1].changed.size() == 1);
  CHECK((*comparisons)[1].changed[0].transition == Transition::newly_asked);
  const Table table = comparison_table(*snapshot, *comparisons);
  CHECK(table.row_count() == 51);
  CHECK(table.find("subject")->texts[50] == "p");
}

TEST_CASE("an assessment used with another snapshot is refused or unnamed",
          "[rules]") {
  Organisation many;
  many.unit("A");
  for (int at = 0; at < 20; ++at) {
    const std::string id = std::to_string(at);
    many.unit("U" + id);
    many.member("p" + id, "A");
    many.post("q" + id, "U" + id);
    Organisation::must(many.registry.add(
        Duty{*many.registry.make_duty("d" + id), "d", {}, {}, {}}));
  }
  Organisation few;
  const auto other = few.on("2012-05-01");
  for (const std::string subjects :
       {"{units: all}", "{persons: all}", "{posts: all}", "{duties: all}"}) {
    INFO(subjects);
    const PackPointer pack = one_rule(
        "require: {met: {not: {all: [{met: {any: [{product: [1], equals: 1}]}, "
        "equals: 1}]}}, at_least: 1}",
        subjects);
    const auto answer = assessed(*many.on("2012-05-01"), pack);
    CHECK(answer.subjects.size() >= 20);
    CHECK(assessment_table(*other, std::vector{answer}).row_count() ==
          answer.subjects.size());
    const auto groups = cover_groups(*other, answer, {});
    CHECK((!groups || groups->size() == 1));
    GroupBy by;
    by.type = GroupBy::Type::attribute;
    by.attribute = "none";
    CHECK(cover_groups(*other, answer, by));
  }
}

TEST_CASE("answers without a pack are refused", "[rules]") {
  CHECK_FALSE(spectrum(RuleAssessment{}));
  CHECK_FALSE(all_of(std::vector<RuleAssessment>(1)));
}

TEST_CASE("a margin below zero is a percent with one sign", "[rules]") {
  Organisation o;
  o.unit("A");
  for (int at = 0; at < 20; ++at) {
    const std::string id = "p" + std::to_string(at);
    o.member(id, "A");
    if (at > 2) o.attribute(EntityType::person, id, "x", "y");
  }
  const auto sentence = [&](const std::string& threshold) {
    const PackPointer pack = one_rule(
        "require: {share: {of: {members: own}, where: {attribute: x, present: "
        "true}}, at_least: " +
        threshold + "}");
    const auto answer = explain(*o.on("2012-05-01"), pack, 0, "A", {});
    REQUIRE(answer);
    return answer->sentence_en;
  };
  CHECK(sentence("90.5 %").find("margin -5.5 %") != std::string::npos);
  CHECK(sentence("85.2 %").find("margin -0.2 %") != std::string::npos);
  CHECK(sentence("80 %").find("margin 5.0 %") != std::string::npos);
  CHECK(sentence("9000000000000000").find("asked for 900000000000000000.0 %") !=
        std::string::npos);
}

TEST_CASE("steps of an explanation ask for part of the threshold too",
          "[rules]") {
  Organisation o;
  o.unit("A", span_of("2012-07-01", ""));
  for (const char* on : {"2012-08-01", "2012-09-01", "2012-10-01"}) {
    o.record("study_session", "A", on);
  }
  const PackPointer pack = one_rule(
      "window: {each: year}, partial: pro_rata, require: {count: "
      "study_session, at_least: 4}");
  const auto answer = explain(*o.on("2013-05-01"), pack, 0, "A", in_2012);
  REQUIRE(answer);
  const ExplainedWindow& window = answer->windows.at(0);
  CHECK(window.status == Status::met);
  CHECK(window.steps.at(0).status == Status::met);
  CHECK(window.steps.at(0).threshold == window.threshold);
}

TEST_CASE("the greatest of an amount of each item is told with its items",
          "[rules]") {
  Organisation o;
  o.unit("A");
  o.unit("B");
  o.unit("C");
  o.link("B", "A", "administrative");
  o.link("C", "A", "administrative");
  o.record("study_session", "C", "2012-03-01");
  const PackPointer pack = one_rule(
      "window: {each: year}, require: {greatest: {units: children}, "
      "each: {count: study_session}, at_least: 1}");
  const auto answer = explain(*o.on("2013-05-01"), pack, 0, "A", in_2012);
  REQUIRE(answer);
  const auto& items = answer->windows.at(0).steps.at(1).items;
  REQUIRE(items.size() == 2);
  CHECK(items[0].id == "B");
  CHECK(items[0].verdict == ItemVerdict::not_the_last);
  CHECK(items[0].value == Fraction{0, 1});
  CHECK(items[1].verdict == ItemVerdict::counted);
  CHECK(items[1].value == Fraction{1, 1});
}

TEST_CASE("a check that divides by zero or overflows holds nothing",
          "[rules]") {
  const std::string figures = figure("a", "6") + figure("zero", "0") +
                              figure("huge", "9000000000000000000");
  CHECK(audited(figures, "{quotient: [{figure: a}, {figure: zero}], equals: 3}")
            .verdict == AuditVerdict::cannot_be_computed);
  CHECK(
      audited(figures, "{product: [{figure: huge}, {figure: huge}], equals: 3}")
          .verdict == AuditVerdict::cannot_be_computed);
  CHECK(audited(figures, "{total: [{figure: huge}, {figure: huge}], equals: 3}")
            .verdict == AuditVerdict::cannot_be_computed);
}

TEST_CASE("a check may ask for a range", "[rules]") {
  const std::string range = "{figure: a, range: [1, 5]}";
  CHECK(audited(figure("a", "3"), range).verdict == AuditVerdict::holds);
  CHECK(audited(figure("a", "0"), range).verdict == AuditVerdict::contradicted);
  CHECK(audited(figure("a", "6"), range).verdict == AuditVerdict::holds);
  CHECK(audited(figure("a", "6"), range, "readings: {range: both_bounds}\n")
            .verdict == AuditVerdict::contradicted);
}

TEST_CASE("at most so much is not more than so much", "[rules]") {
  const std::string nearly = figure("a", "5", ", approximation: nearly");
  const std::string more = figure("a", "5", ", approximation: more");
  CHECK(audited(nearly, "{figure: a, more_than: 5}").verdict ==
        AuditVerdict::contradicted);
  CHECK(audited(more, "{figure: a, less_than: 5}").verdict ==
        AuditVerdict::contradicted);
  CHECK(audited(more, "{figure: a, more_than: 5}").verdict ==
        AuditVerdict::holds);
}

TEST_CASE("the whole of a share may be above a million", "[rules]") {
  const std::string check = "{part: {figure: a}, share: {figure: s}}";
  const AuditResult large =
      audited(figure("a", "2000000") + figure("s", "50 %"), check);
  CHECK(large.verdict != AuditVerdict::contradicted);
  const AuditResult huge =
      audited(figure("a", "5000000000000000000") + figure("s", "100 %"), check);
  CHECK(huge.verdict != AuditVerdict::contradicted);
  CHECK(audited(figure("a", "9000000000000000000") + figure("s", "1 %"), check)
            .verdict == AuditVerdict::cannot_be_computed);
}

TEST_CASE("what is asked of each item is not asked of the subject", "[rules]") {
  Organisation o;
  for (int at = 0; at < 50; ++at) o.unit("U" + std::to_string(at));
  o.unit("V");
  o.member("p", "V");
  const PackPointer pack = one_rule(
      "require: {sum: {members: own}, each: {count: {attended: "
      "[study_session]}}, at_least: 0}");
  const auto answer = explain(*o.on("2012-05-01"), pack, 0, "V", {});
  REQUIRE(answer);
  CHECK(answer->windows.at(0).steps.size() == 2);
}

}  // namespace headrope
