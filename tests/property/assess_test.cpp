// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The status of random rules for every subject and window against the oracle.

#include <algorithm>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"
#include <headrope/answers.hpp>

namespace headrope {
namespace {

using oracle::Name;
using oracle::Oracle;
using oracle::Verdict;
using oracle::Verdicts;
using oracle::Wide;
using testing::Frozen;
using testing::Organisation;

// Per subject one text for each window, and one for the whole.
using Texts = std::map<Name, std::vector<std::string>>;

const char* word(Status status) {
  constexpr const char* words[] = {
      "met",          "unmet",        "pending", "exempt", "not_applicable",
      "not_in_force", "not_evaluable"};
  return words[static_cast<std::size_t>(status)];
}

bool is_compared(Status status) {
  return status == Status::met || status == Status::unmet ||
         status == Status::pending;
}

// Whether there is a value is asked where no record is not the same as zero.
bool shows_absence(Reduction reduction) {
  return reduction == Reduction::last || reduction == Reduction::least ||
         reduction == Reduction::greatest;
}

// A status with the numbers that led to it; the threshold in lowest terms.
std::string text(Status status, Wide value, bool has_value, Wide numerator,
                 Wide denominator) {
  std::ostringstream out;
  out << word(status);
  if (is_compared(status)) {
    Wide a = numerator < 0 ? -numerator : numerator;
    for (Wide b = denominator; b != 0;) {
      const Wide rest = a % b;
      a = b;
      b = rest;
    }
    out << ' ' << static_cast<std::int64_t>(value)
        << (has_value ? "" : " (no record)") << " against "
        << static_cast<std::int64_t>(numerator / a) << '/'
        << static_cast<std::int64_t>(denominator / a);
  }
  return out.str();
}

Texts texts_of(const Verdicts& verdicts, Reduction reduction) {
  Texts texts;
  for (const auto& [subject, row] : verdicts.by_subject) {
    std::vector<std::string>& list = texts[subject];
    for (const Verdict& verdict : row) {
      list.push_back(text(verdict.status, verdict.number.value,
                          verdict.number.has_value || !shows_absence(reduction),
                          verdict.threshold_numerator,
                          verdict.threshold_denominator));
    }
    list.emplace_back(word(overall(row)));
  }
  return texts;
}

Texts texts_of(const Snapshot& snapshot, const Assessment& assessment) {
  Texts texts;
  for (std::size_t s = 0; s < assessment.subjects.size(); ++s) {
    const std::uint32_t subject = assessment.subjects[s];
    const bool is_unit = assessment.rule.subjects.type == Subjects::Type::units;
    std::vector<std::string>& list =
        texts[Name(is_unit ? snapshot.identity(UnitIndex{subject})
                           : snapshot.identity(PersonId{subject}))];
    for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
      const std::size_t i = assessment.at(s, w);
      list.push_back(text(assessment.statuses.at(i), assessment.values.at(i),
                          assessment.has_value.at(i) != 0 ||
                              !shows_absence(assessment.rule.tally.reduction),
                          assessment.threshold(i).numerator,
                          assessment.threshold(i).denominator));
    }
    list.emplace_back(word(assessment.overall(s)));
  }
  return texts;
}

void compare(const Organisation& organisation, const Rule& rule,
             const Interval& range) {
  const Frozen it = frozen(organisation);
  const auto found = assess(*it.snapshot, rule, range);
  if (!found) {
    RC_FAIL("refused: " + found.error().message);
  }
  const Verdicts expected =
      Oracle(it.registry, organisation.as_of, organisation.known_on)
          .assess(rule, range);
  RC_ASSERT(found->windows == expected.windows);
  RC_ASSERT(std::is_sorted(found->subjects.begin(), found->subjects.end()));
  RC_ASSERT(texts_of(*it.snapshot, *found) ==
            texts_of(expected, rule.tally.reduction));
}

// How long a unit lived in a window without a first day, and whether it begins
// while a rule is in force, the documents do not say; there are none here.
rc::Gen<Interval> ranges(const Rule& rule) {
  return rule.period != Period::whole
             ? testing::windows()
             : rc::gen::oneOf(testing::windows(),
                              rc::gen::map(testing::days(), [](Date day) {
                                return Interval{day, Date::open_end()};
                              }));
}

// The documents do not say what a range is that is empty once its open end
// has become the day after the snapshot.
Interval settled(const Interval& range, Date as_of) {
  return range.valid_until == Date::open_end()
             ? Interval{range.valid_from, add_days(as_of, 1)}
             : range;
}

TEST_CASE("A rule for units is judged as the documents say", "[evaluate]") {
  const bool holds = rc::check("assess units", [] {
    const Organisation organisation = *testing::organisations();
    const Rule rule = *testing::rules(Subjects::Type::units);
    const Interval range = *ranges(rule);
    RC_PRE(!settled(range, organisation.as_of).is_empty());
    compare(organisation, rule, range);
  });
  REQUIRE(holds);
}

TEST_CASE("A rule for persons is judged as the documents say", "[evaluate]") {
  const bool holds = rc::check("assess persons", [] {
    const Organisation organisation = *testing::organisations();
    const Rule rule = *testing::rules(Subjects::Type::persons);
    const Interval range = *ranges(rule);
    RC_PRE(!settled(range, organisation.as_of).is_empty());
    compare(organisation, rule, range);
  });
  REQUIRE(holds);
}

TEST_CASE("A rule that cannot be asked is refused", "[evaluate]") {
  const Frozen it = testing::frozen({});
  const Interval january{testing::middle, add_days(testing::middle, 31)};
  const auto code = [&](const Rule& rule, const Interval& range) {
    const auto found = assess(*it.snapshot, rule, range);
    return found ? Code::internal : found.error().code;
  };
  Rule rule;
  rule.tally.measures = {MeasureId{0}};
  rule.requirement.threshold = 1;
  REQUIRE(code(rule, january) == Code::internal);
  Rule nothing = rule;
  nothing.tally.measures.clear();
  REQUIRE(code(nothing, january) == Code::rule_invalid);
  Rule attended = rule;
  attended.tally.source = Tally::Source::attendance;
  REQUIRE(code(attended, january) == Code::rule_invalid);
  Rule stock = rule;
  stock.tally.measures = {MeasureId{3}};
  stock.tally.reduction = Reduction::sum;
  REQUIRE(code(stock, january) == Code::reduction_refused);
  Rule monthly = rule;
  monthly.period = Period::month;
  REQUIRE(code(monthly, {}) == Code::window_invalid);
  REQUIRE(code(monthly, {testing::middle, testing::middle}) ==
          Code::window_invalid);
}

}  // namespace
}  // namespace headrope
