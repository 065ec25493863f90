// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The status of a rule at each boundary: of the window, of the threshold, of
// the life of a unit, and of the day that it is looked at.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/answers.hpp>

namespace headrope {

using unit::day;
using unit::Model;
using unit::span_of;

namespace {

const Interval year_2013{Date{15706}, Date{16071}};

Rule days_at_least(const Model& model, std::int64_t threshold) {
  Rule rule;
  rule.tally.measures = {model.flow};
  rule.tally.reduction = Reduction::distinct_days;
  rule.requirement.threshold = threshold;
  return rule;
}

Status status_on(Model& model, const Rule& rule, std::string_view as_of,
                 const Interval& range = year_2013) {
  const auto assessment = assess(*model.frozen_on(as_of), rule, range);
  if (!assessment) FAIL(assessment.error().message);
  REQUIRE(assessment->subjects.size() == 1);
  return assessment->overall(0);
}

// One unit that lives in an interval, with one record of seven days.
Model with_seven_days(const Interval& life = {}) {
  Model model;
  model.unit("U", life);
  model.record("U", span_of("2013-10-10", "2013-10-17"));
  return model;
}

}  // namespace

TEST_CASE(
    "a threshold that cannot be reached any more is unmet from the day "
    "on which too few days are left",
    "[evaluate]") {
  Model model = with_seven_days();
  const Rule rule = days_at_least(model, 8);
  CHECK(status_on(model, rule, "2013-12-30") == Status::pending);
  CHECK(status_on(model, rule, "2013-12-31") == Status::unmet);
  const Rule nine = days_at_least(model, 9);
  CHECK(status_on(model, nine, "2013-12-29") == Status::pending);
  CHECK(status_on(model, nine, "2013-12-30") == Status::unmet);
}

TEST_CASE("a threshold is met from the day on which it is reached",
          "[evaluate]") {
  Model model = with_seven_days();
  const Rule rule = days_at_least(model, 7);
  CHECK(status_on(model, rule, "2013-10-15") == Status::pending);
  CHECK(status_on(model, rule, "2013-10-16") == Status::met);
  CHECK(status_on(model, rule, "2014-06-01") == Status::met);
}

TEST_CASE("at most is met only when the window has closed, and unmet at once",
          "[evaluate]") {
  Model model = with_seven_days();
  Rule rule = days_at_least(model, 7);
  rule.requirement.comparison = Comparison::at_most;
  CHECK(status_on(model, rule, "2013-12-30") == Status::pending);
  CHECK(status_on(model, rule, "2013-12-31") == Status::met);
  rule.requirement.threshold = 6;
  CHECK(status_on(model, rule, "2013-10-15") == Status::pending);
  CHECK(status_on(model, rule, "2013-10-16") == Status::unmet);
}

TEST_CASE("equal is pending until the window has closed or it is passed",
          "[evaluate]") {
  Model model = with_seven_days();
  Rule rule = days_at_least(model, 7);
  rule.requirement.comparison = Comparison::equal;
  CHECK(status_on(model, rule, "2013-12-30") == Status::pending);
  CHECK(status_on(model, rule, "2013-12-31") == Status::met);
  rule.requirement.threshold = 6;
  CHECK(status_on(model, rule, "2013-10-16") == Status::unmet);
  rule.requirement.threshold = 8;
  CHECK(status_on(model, rule, "2013-12-31") == Status::unmet);
}

TEST_CASE("275 of 365 days make 8 into 6.03: seven are met and six are not",
          "[evaluate]") {
  const Interval life = span_of("2013-04-01", "");
  Model seven = with_seven_days(life);
  Model six;
  six.unit("U", life);
  six.record("U", span_of("2013-10-10", "2013-10-16"));
  Rule rule = days_at_least(seven, 8);
  CHECK(status_on(seven, rule, "2013-12-31") == Status::unmet);
  rule.partial = PartialWindow::pro_rata;
  CHECK(status_on(seven, rule, "2013-12-31") == Status::met);
  CHECK(status_on(six, rule, "2013-12-31") == Status::unmet);
  const auto assessment =
      assess(*seven.frozen_on("2013-12-31"), rule, year_2013);
  REQUIRE(assessment);
  CHECK(assessment->threshold(0) == make_fraction(2200, 365));
}

TEST_CASE("a pro rata threshold that comes out whole is met at exactly that",
          "[evaluate]") {
  // 73 of 365 days: a fifth.
  Model model;
  model.unit("U", span_of("2013-10-20", ""));
  model.record("U", span_of("2013-11-01", "2013-11-03"));
  Rule rule = days_at_least(model, 10);
  rule.partial = PartialWindow::pro_rata;
  CHECK(status_on(model, rule, "2013-12-31") == Status::met);
  rule.requirement.threshold = 11;
  CHECK(status_on(model, rule, "2013-12-31") == Status::unmet);
}

TEST_CASE(
    "a window is full for a unit that lives from its first day to its "
    "last",
    "[evaluate]") {
  struct Case {
    Interval life;
    bool full;
    bool at_end;
  };
  for (const Case& one :
       std::vector<Case>{{span_of("2013-01-01", "2014-01-01"), true, true},
                         {span_of("2012-12-31", "2014-01-02"), true, true},
                         {span_of("2013-01-02", "2014-01-01"), false, true},
                         {span_of("2013-12-31", "2014-01-01"), false, true}}) {
    Model model;
    model.unit("U", one.life);
    Rule rule = days_at_least(model, 1);
    rule.partial = PartialWindow::full_only;
    CHECK(status_on(model, rule, "2013-12-31") ==
          (one.full ? Status::unmet : Status::not_applicable));
    rule.partial = PartialWindow::at_end;
    CHECK(status_on(model, rule, "2013-12-31") ==
          (one.at_end ? Status::unmet : Status::not_applicable));
    rule.partial = PartialWindow::any_day;
    CHECK(status_on(model, rule, "2013-12-31") == Status::unmet);
  }
}

TEST_CASE("a rule does not apply in a window on no day of which the unit lived",
          "[evaluate]") {
  Model model;
  model.unit("U", span_of("2014-01-01", ""));
  for (const PartialWindow partial :
       {PartialWindow::full_only, PartialWindow::any_day,
        PartialWindow::pro_rata, PartialWindow::at_end}) {
    Rule rule = days_at_least(model, 1);
    rule.partial = partial;
    CHECK(status_on(model, rule, "2014-01-01") == Status::not_applicable);
    CHECK(status_on(model, rule, "2014-01-01",
                    span_of("2013-01-01", "2014-01-02")) !=
          (partial == PartialWindow::full_only ? Status::unmet
                                               : Status::not_applicable));
  }
}

TEST_CASE("windows that begin outside a rule's time are not in force",
          "[evaluate]") {
  Model model = with_seven_days();
  Rule rule = days_at_least(model, 8);
  rule.in_force = span_of("2013-01-01", "2013-01-02");
  CHECK(status_on(model, rule, "2013-12-31") == Status::unmet);
  rule.in_force = span_of("2013-01-02", "");
  CHECK(status_on(model, rule, "2013-12-31") == Status::not_in_force);
  rule.in_force = span_of("", "2013-01-01");
  CHECK(status_on(model, rule, "2013-12-31") == Status::not_in_force);
}

TEST_CASE("a rule without a threshold cannot be evaluated, but has a value",
          "[evaluate]") {
  Model model = with_seven_days();
  Rule rule = days_at_least(model, 0);
  rule.requirement.threshold.reset();
  const auto assessment =
      assess(*model.frozen_on("2013-12-31"), rule, year_2013);
  REQUIRE(assessment);
  CHECK(assessment->statuses[0] == Status::not_evaluable);
  CHECK(assessment->values[0] == 7);
  CHECK(assessment->has_value[0] == 1);
}

TEST_CASE("a stock that was never reported is pending, then not evaluable",
          "[evaluate]") {
  Model model;
  model.unit("U");
  const MeasureId area =
      *model.registry.add(Measure{"area", Nature::stock, "m2", 0, {}});
  Rule rule = days_at_least(model, 50);
  rule.tally.measures = {area};
  rule.tally.reduction = Reduction::last;
  CHECK(status_on(model, rule, "2013-12-30") == Status::pending);
  CHECK(status_on(model, rule, "2013-12-31") == Status::not_evaluable);
}

TEST_CASE("who is exempt is neither met nor unmet", "[evaluate]") {
  Model model = with_seven_days();
  const AttributeId form = *model.registry.make_attribute("form");
  REQUIRE(model.registry.add(Attribute{
      {EntityType::unit, 0}, form, "joint", span_of("2013-07-01", ""), {}}));
  Rule rule = days_at_least(model, 8);
  rule.subjects.exempt = {{form, {"single", "joint"}, false}};
  CHECK(status_on(model, rule, "2013-12-31") == Status::exempt);
  rule.subjects.exempt = {{form, {"joint"}, true}};
  CHECK(status_on(model, rule, "2013-12-31") == Status::unmet);
  // A subject without the attribute is in no list.
  CHECK(status_on(model, rule, "2013-06-30") == Status::exempt);
}

TEST_CASE("what comes after the day of the snapshot does not count",
          "[evaluate]") {
  Model model = with_seven_days();
  const Rule rule = days_at_least(model, 8);
  const auto value_on = [&](std::string_view as_of) {
    return assess(*model.frozen_on(as_of), rule, year_2013)->values[0];
  };
  CHECK(value_on("2013-10-09") == 0);
  CHECK(value_on("2013-10-10") == 1);
  CHECK(value_on("2013-10-15") == 6);
  CHECK(value_on("2013-10-16") == 7);
}

TEST_CASE("an unmet window makes the whole unmet, whatever the others",
          "[evaluate]") {
  Model model = with_seven_days();
  Rule rule = days_at_least(model, 1);
  rule.period = Period::month;
  const auto assessment = assess(*model.frozen_on("2013-10-31"), rule,
                                 span_of("2013-09-01", "2013-12-01"));
  REQUIRE(assessment);
  CHECK(assessment->statuses ==
        std::vector<Status>{Status::unmet, Status::met, Status::pending});
  CHECK(assessment->overall(0) == Status::unmet);
}

TEST_CASE("a range that is empty, or open where it must be cut, is refused",
          "[evaluate][HDR-RULE-403]") {
  Model model = with_seven_days();
  Rule rule = days_at_least(model, 1);
  const auto snapshot = model.frozen_on("2013-12-31");
  const auto code = [&](const Interval& range) {
    const auto assessment = assess(*snapshot, rule, range);
    return assessment ? Code::internal : assessment.error().code;
  };
  CHECK(code(span_of("2013-01-01", "2013-01-01")) == Code::window_invalid);
  CHECK(code(span_of("2014-01-01", "")) == Code::window_invalid);
  CHECK(code({}) == Code::internal);
  rule.period = Period::month;
  CHECK(code({}) == Code::window_invalid);
  CHECK(code(span_of("2013-01-01", "")) == Code::internal);
}

TEST_CASE("a threshold that cannot be read pro rata exactly is refused",
          "[evaluate][HDR-RULE-401]") {
  Model model = with_seven_days();
  const auto snapshot = model.frozen_on("2013-12-31");
  Rule rule = days_at_least(model, std::int64_t{1} << 40U);
  rule.partial = PartialWindow::pro_rata;
  CHECK(assess(*snapshot, rule, year_2013));
  rule.requirement.threshold = (std::int64_t{1} << 40U) + 1;
  CHECK(assess(*snapshot, rule, year_2013).error().code == Code::rule_invalid);
  rule.partial = PartialWindow::any_day;
  CHECK(assess(*snapshot, rule, year_2013));
}

}  // namespace headrope
