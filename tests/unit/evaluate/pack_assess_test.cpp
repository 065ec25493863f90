// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The columns of an assessment beside the status: deadlines, other readings,
// inheritance, ranges, grades, reasons.

#include <string>

#include <catch2/catch.hpp>

#include "unit/packs.hpp"

namespace headrope {
namespace {

using unit::assessed;
using unit::day;
using unit::in_2012;
using unit::one_rule;
using unit::Organisation;
using unit::span_of;
using unit::told;

std::string counting(const std::string& more) {
  return "window: {each: year}, require: {count: study_session, " + more + "}";
}

}  // namespace

TEST_CASE("a day without the last days that were needed is the first unmet",
          "[rules]") {
  Organisation o;
  o.unit("A");
  const RuleQuestion question{in_2012.range, true, {}};
  const PackPointer pack = one_rule(
      "window: {each: year}, require: {days: study_session, at_least: "
      "3}");
  const auto unmet_from = [&](std::string_view as_of) {
    const auto answer = assessed(*o.on(as_of), pack, question);
    return told(answer) + " " + to_string(answer.unmet_from.at(0));
  };
  CHECK(unmet_from("2012-01-01") == "pending 0 of 3 2012-12-29");
  CHECK(unmet_from("2012-12-28") == "pending 0 of 3 2012-12-29");
  CHECK(unmet_from("2012-12-29") == "unmet 0 of 3 ");
  CHECK(unmet_from("2012-12-30") == "unmet 0 of 3 ");
  const auto count = assessed(*o.on("2012-12-30"),
                              one_rule(counting("at_least: 3")), question);
  CHECK(count.unmet_from.at(0) == day("2012-12-31"));
  CHECK(
      assessed(*o.on("2012-12-30"), one_rule(counting("at_least: 3")), in_2012)
          .unmet_from.empty());
}

TEST_CASE("a unit of half a year is judged by both readings", "[rules]") {
  Organisation o;
  o.unit("A", span_of("2012-07-02", ""));  // 183 of 366 days.
  o.unit("B");
  for (const char* on : {"2012-08-01", "2012-08-02"}) {
    o.record("study_session", "A", on);
    o.record("study_session", "B", on);
  }
  const auto snapshot = o.on("2013-05-01");
  const auto any =
      assessed(*snapshot, one_rule(counting("at_least: 4")), in_2012);
  CHECK(told(any, 0) == "unmet 2 of 4");
  CHECK(any.other_reading == std::vector{Status::met, Status::unmet});
  const auto part = assessed(
      *snapshot, one_rule("partial: pro_rata, " + counting("at_least: 4")),
      in_2012);
  CHECK(told(part, 0) == "met 2 of 2");
  CHECK(told(part, 1) == "unmet 2 of 4");
  CHECK(part.other_reading == std::vector{Status::unmet, Status::unmet});
  CHECK(
      told(assessed(*snapshot,
                    one_rule("partial: full_only, " + counting("at_least: 4")),
                    in_2012)) == "not_applicable");
  // Amounts that do not grow with the days keep their threshold.
  CHECK(told(assessed(*snapshot,
                      one_rule("partial: pro_rata, window: {each: year}, "
                               "require: {greatest: study_session, at_least: "
                               "4}"),
                      in_2012)) == "unmet 1 of 4");
}

TEST_CASE("kinds that follow by reference are told apart", "[rules]") {
  Organisation o;
  o.unit("A");
  o.unit("B", {}, "party_general_branch");
  o.unit("C", {}, "party_committee");
  const auto answer = assessed(
      *o.on("2013-05-01"),
      one_rule(counting("at_least: 0"),
               "{units: [party_branch], inherited_by: [party_general_branch]}"),
      in_2012);
  CHECK(answer.subjects.size() == 2);
  CHECK(answer.inherited == std::vector<std::uint8_t>{0, 1});
}

TEST_CASE("a value above a range is met and said to be above", "[rules]") {
  Organisation o;
  o.unit("A");
  for (const char* on : {"2012-08-01", "2012-08-02", "2012-08-03"}) {
    o.record("study_session", "A", on);
  }
  const auto snapshot = o.on("2013-05-01");
  const auto above =
      assessed(*snapshot, one_rule(counting("range: [1, 2]")), in_2012);
  CHECK(told(above) == "met 3 of 1");
  CHECK(above.above == std::vector<std::uint8_t>{1});
  CHECK(assessed(*snapshot, one_rule(counting("range: [1, 3]")), in_2012)
            .above.empty());
  const auto strict =
      assessed(*snapshot,
               one_rule(counting("range: [1, 2]"), "{units: [party_branch]}",
                        "readings: {range: both_bounds}\n"),
               in_2012);
  CHECK(told(strict) == "unmet 3 of 1");
  CHECK(strict.above.empty());
}

TEST_CASE("grades are those of the highest bound that is reached", "[rules]") {
  const PackPointer pack =
      one_rule(counting("at_least: 60") +
               ", grades: [{at_least: 90, grade: {zh: 优秀, en: excellent}}, "
               "{at_least: 60, grade: {zh: 合格, en: fair}}]");
  CHECK(grade_of(*pack, 0, {90, 1}).en == "excellent");
  CHECK(grade_of(*pack, 0, {179, 2}).zh == "合格");
  CHECK(grade_of(*pack, 0, {59, 1}).en.empty());
}

TEST_CASE("exempt, not in force, and open parameters with a reason",
          "[rules]") {
  Organisation o;
  o.unit("A");
  const auto snapshot = o.on("2012-05-01");
  const RuleQuestion in_2009{span_of("2009-01-01", "2010-01-01"), false, {}};
  CHECK(told(assessed(*snapshot, one_rule(counting("at_least: 1")), in_2009)) ==
        "not_in_force");
  CHECK(told(assessed(*snapshot,
                      one_rule("exempt: {kind: [party_branch]}, " +
                               counting("at_least: 1")),
                      in_2012)) == "exempt");
  const auto open =
      assessed(*snapshot,
               one_rule(counting("at_least: often"), "{units: [party_branch]}",
                        "parameters: {often: {values: []}}\n"),
               in_2012);
  CHECK(open.overall(0) == Status::not_evaluable);
  CHECK(open.reason_texts.at(open.reasons.at(0)) == "parameter missing: often");
  CHECK(open.counts().of(Status::not_evaluable) == 1);
}

TEST_CASE("posts, duties and records are subjects of the day", "[rules]") {
  Organisation o;
  o.unit("A");
  o.unit("gone", span_of("2000-01-01", "2005-01-01"));
  o.member("p", "A");
  o.post("head", "A", "lead", span_of("2010-01-01", "2013-01-01"));
  o.post("lost", "gone");
  o.holding("head", "p", false, span_of("2012-01-01", "2012-06-01"));
  const RecordId record = o.record("study_session", "A", "2012-03-05", 1, "s");
  o.record("study_session", "gone", "2012-03-06");
  o.record("study_session", "", "2012-03-07", 1, "", "p");
  o.record("study_session", "", "2012-03-08", 1, "", "nobody");
  o.mark(record, "p");
  const PackPointer held = one_rule(
      "require: {count: {holders: all}, "
      "at_least: 1}",
      "{posts: all}");
  const auto on_day = [&](const char* as_of) {
    const auto snapshot = o.on(as_of);
    std::string text;
    const auto answer = assessed(*snapshot, held);
    for (std::size_t at = 0; at < answer.subjects.size(); ++at) {
      text += subject_identity(*snapshot, answer.subject_type,
                               answer.subjects[at]) +
              (answer.subject_units[at] == UnitIndex::none_value ? "? " : " ") +
              told(answer, at) + "; ";
    }
    return text;
  };
  CHECK(on_day("2012-05-31") == "head met 1 of 1; lost? unmet 0 of 1; ");
  CHECK(on_day("2012-06-01") == "head unmet 0 of 1; lost? unmet 0 of 1; ");
  CHECK(on_day("2013-01-01") == "lost? unmet 0 of 1; ");
  const auto snapshot = o.on("2012-05-01");
  const auto records = assessed(
      *snapshot,
      one_rule("window: {within: 7 days, after: end}, require: {count: "
               "{attendance: all}, at_least: 1}",
               "{records: [study_session]}"),
      in_2012);
  REQUIRE(records.subjects.size() == 4);
  CHECK(told(records, 0) == "met 1 of 1");
  CHECK(told(records, 1) == "unmet 0 of 1");
  CHECK(records.own_windows.at(0) == span_of("2012-03-06", "2012-03-13"));
  CHECK(records.subject_units.at(0) == snapshot->find_unit("A")->value);
  CHECK(records.subject_units.at(1) == UnitIndex::none_value);
  CHECK(records.subject_units.at(2) == snapshot->find_unit("A")->value);
  CHECK(records.subject_units.at(3) == UnitIndex::none_value);
}

}  // namespace headrope
