// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the nature of a measure allows, each refusal with its reason.

#include "rules/tally.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

const std::vector<Measure> measures{
    {"session", Nature::flow, "session", 0, {}},
    {"area", Nature::stock, "m2", 0, {}},
    {"rate", Nature::ratio, "", 4, {}},
    {"persons", Nature::distinct, "person", 0, {}},
    {"meets", Nature::flag, "", 0, {}},
    {"meeting", Nature::flow, "session", 0, {}},
    {"fee", Nature::flow, "yuan", 2, {}},
    {"fine", Nature::flow, "session", 2, {}},
};

constexpr MeasureId session{0}, area{1}, rate{2}, persons{3}, meets{4},
    meeting{5}, fee{6}, fine{7};

// Nothing if the tally is fine, else the message.
std::string refusal(const std::vector<MeasureId>& ids, Reduction reduction,
                    bool over_units = false) {
  Tally tally;
  tally.measures = ids;
  tally.reduction = reduction;
  const auto fine_tally = check_reduction(tally, measures, over_units);
  if (fine_tally) return {};
  CHECK(fine_tally.error().code == Code::reduction_refused);
  return fine_tally.error().message;
}

Result<void> checked(const Rule& rule) { return check_rule(rule, measures, 3); }

Rule counting() {
  Rule rule;
  rule.tally.measures = {session};
  return rule;
}

}  // namespace

TEST_CASE("records of any nature may be counted, and their days", "[rules]") {
  for (const MeasureId id : {session, area, rate, persons, meets}) {
    for (const bool over_units : {false, true}) {
      CHECK(refusal({id}, Reduction::count, over_units).empty());
      CHECK(refusal({id}, Reduction::distinct_days, over_units).empty());
    }
  }
  CHECK(refusal({session, area, rate}, Reduction::count, true).empty());
}

TEST_CASE("a flow is added over time and over units", "[rules]") {
  CHECK(refusal({session}, Reduction::sum).empty());
  CHECK(refusal({session}, Reduction::sum, true).empty());
  CHECK(refusal({session, meeting}, Reduction::sum, true).empty());
}

TEST_CASE("a stock is not added over time, but over units",
          "[rules][HDR-RULE-402]") {
  CHECK(refusal({area}, Reduction::sum) ==
        "measure 'area': a stock is not added over time; its last value holds");
  CHECK(refusal({area}, Reduction::last, true).empty());
  CHECK(refusal({area}, Reduction::greatest, true).empty());
}

TEST_CASE("ratios are neither added over time nor over units",
          "[rules][HDR-RULE-402]") {
  const std::string why =
      "measure 'rate': ratios are never added or averaged; add their "
      "numerators and denominators";
  CHECK(refusal({rate}, Reduction::sum) == why);
  CHECK(refusal({rate}, Reduction::last).empty());
  CHECK(refusal({rate}, Reduction::last, true) == why);
  CHECK(refusal({rate}, Reduction::least, true) == why);
}

TEST_CASE("numbers of different persons are not added",
          "[rules][HDR-RULE-402]") {
  const std::string why =
      "measure 'persons': numbers of different persons are not added; count "
      "the persons";
  CHECK(refusal({persons}, Reduction::sum) == why);
  CHECK(refusal({persons}, Reduction::greatest).empty());
  CHECK(refusal({persons}, Reduction::greatest, true) == why);
}

TEST_CASE("flags are not added over time, but units that have them are counted",
          "[rules][HDR-RULE-402]") {
  CHECK(refusal({meets}, Reduction::sum) ==
        "measure 'meets': a flag is not added; take its last value or count "
        "records");
  CHECK(refusal({meets}, Reduction::last, true).empty());
}

TEST_CASE("values are taken together only if they are measured alike",
          "[rules][HDR-RULE-402]") {
  const auto unlike = [](const std::string& name) {
    return "measure '" + name +
           "': it is not measured like 'session', so their values cannot be "
           "taken together";
  };
  CHECK(refusal({session, area}, Reduction::greatest) == unlike("area"));
  CHECK(refusal({session, fee}, Reduction::sum) == unlike("fee"));
  CHECK(refusal({session, fine}, Reduction::sum) == unlike("fine"));
  CHECK(refusal({session, fine}, Reduction::count).empty());
}

TEST_CASE("a tally needs measures that are there", "[rules][HDR-RULE-401]") {
  Tally tally;
  CHECK(check_reduction(tally, measures, false).error().code ==
        Code::rule_invalid);
  tally.measures = {session, MeasureId{8}};
  CHECK(check_reduction(tally, measures, false).error().code ==
        Code::measure_unknown);
  tally.measures = {MeasureId::none()};
  CHECK(check_reduction(tally, measures, false).error().code ==
        Code::measure_unknown);
}

TEST_CASE("a rule that contradicts itself is refused",
          "[rules][HDR-RULE-401]") {
  CHECK(checked(counting()));
  Rule attended = counting();
  attended.tally.source = Tally::Source::attendance;
  CHECK(checked(attended).error().message ==
        "attendance is tallied for persons, not for units");
  attended.subjects.type = Subjects::Type::persons;
  CHECK(checked(attended));
  attended.tally.credit_along = HierarchyId{0};
  CHECK(checked(attended).error().message ==
        "joint records are credited to units, not to persons");
}

TEST_CASE("a rule names kinds that are there", "[rules][HDR-MODEL-201]") {
  Rule rule = counting();
  rule.subjects.kinds = {KindId{2}};
  CHECK(checked(rule));
  rule.subjects.kinds = {KindId{2}, KindId{3}};
  CHECK(checked(rule).error().code == Code::kind_unknown);
}

TEST_CASE("a test of an attribute needs the attribute and a value",
          "[rules][HDR-RULE-401]") {
  for (auto member : {&Subjects::attributes, &Subjects::exempt}) {
    Rule rule = counting();
    rule.subjects.*member = {{AttributeId{0}, {"a"}, false}};
    CHECK(checked(rule));
    rule.subjects.*member = {{AttributeId{0}, {}, false}};
    CHECK(checked(rule).error().code == Code::rule_invalid);
    rule.subjects.*member = {{AttributeId{}, {"a"}, true}};
    CHECK(checked(rule).error().code == Code::rule_invalid);
  }
}

}  // namespace headrope
