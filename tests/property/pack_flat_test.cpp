// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A rule of a pack that says what a flat Rule says gets the same statuses and
// values.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/pack_texts.hpp"
#include "support/random_organisation.hpp"
#include "support/random_pack.hpp"
#include "support/random_rule.hpp"
#include <headrope/answers.hpp>
#include <headrope/pack_answers.hpp>

namespace headrope {
namespace {

using testing::Frozen;
using testing::Organisation;
using testing::plan::Amount;
using testing::plan::Condition;
using testing::plan::PackRule;
using testing::plan::Selection;
using testing::plan::Window;

Condition test_of(const AttributeTest& test) {
  Condition condition;
  condition.type = test.none_of ? Condition::Type::not_in : Condition::Type::in;
  condition.name = testing::attribute_names.at(test.attribute.value);
  condition.words = test.values;
  return condition;
}

// None, one, or all of them joined.
std::vector<Condition> joined(const std::vector<AttributeTest>& tests,
                              Condition::Type type) {
  Condition condition;
  condition.type = type;
  for (const AttributeTest& test : tests) {
    condition.parts.push_back(test_of(test));
  }
  return tests.empty() ? std::vector<Condition>{} : std::vector{condition};
}

Selection selection_of(const Tally& tally) {
  Selection selection;
  if (tally.source == Tally::Source::attendance) {
    selection.type = Selection::Type::attended;
    for (std::uint8_t i = 0; i < 5; ++i) {
      if (tally.presences.contains(static_cast<Presence>(i))) {
        selection.presences.push_back(static_cast<Presence>(i));
      }
    }
  }
  for (const MeasureId measure : tally.measures) {
    selection.measures.push_back(testing::measure_rows.at(measure.value).id);
  }
  if (!tally.credit_along.is_none()) {
    selection.credited = testing::hierarchy_names.at(tally.credit_along.value);
  }
  return selection;
}

// Whether the tally is in the measure's own unit, with its decimals.
bool is_of_values(Reduction reduction) {
  return reduction != Reduction::count && reduction != Reduction::distinct_days;
}

std::int64_t scale_of(const Tally& tally) {
  std::int64_t scale = 1;
  if (is_of_values(tally.reduction)) {
    for (int i = 0;
         i < testing::measure_rows.at(tally.measures.at(0).value).decimals;
         ++i) {
      scale *= 10;
    }
  }
  return scale;
}

Condition requirement_of(const Rule& rule) {
  Amount left;
  left.type =
      std::map<Reduction, Amount::Type>{
          {Reduction::count, Amount::Type::count},
          {Reduction::sum, Amount::Type::sum},
          {Reduction::distinct_days, Amount::Type::days},
          {Reduction::last, Amount::Type::last},
          {Reduction::least, Amount::Type::least},
          {Reduction::greatest, Amount::Type::greatest}}
          .at(rule.tally.reduction);
  left.selections = {selection_of(rule.tally)};
  Amount right;
  if (rule.requirement.threshold) {
    right.number =
        *make_fraction(*rule.requirement.threshold, scale_of(rule.tally));
  } else {
    right.type = Amount::Type::parameter;
    right.name = "p3";
  }
  Condition condition;
  condition.sign = rule.requirement.comparison == Comparison::at_least
                       ? Condition::Sign::at_least
                   : rule.requirement.comparison == Comparison::at_most
                       ? Condition::Sign::at_most
                       : Condition::Sign::equals;
  condition.amounts = {left, right};
  return condition;
}

testing::plan::Pack pack_of(const Rule& rule, const Interval& range) {
  testing::plan::Pack pack;
  pack.effective = add_days(testing::middle, -4000);
  pack.parameters = {{"p3", {}}};
  PackRule made;
  made.id = "R1";
  made.subjects = rule.subjects.type == Subjects::Type::units
                      ? SubjectType::units
                      : SubjectType::persons;
  for (const KindId kind : rule.subjects.kinds) {
    made.names.emplace_back(testing::kind_names.at(kind.value));
  }
  made.where = joined(rule.subjects.attributes, Condition::Type::all);
  made.exempt = joined(rule.subjects.exempt, Condition::Type::any);
  if (rule.period == Period::whole) {
    made.window.type = Window::Type::fixed;
    made.window.days = range;
  } else {
    made.window.type = Window::Type::each;
    made.window.period = rule.period;
  }
  made.partial = rule.partial;
  made.require = {requirement_of(rule)};
  pack.rules = {made};
  return pack;
}

// Kinds may repeat in a flat rule, in a pack they would be named once.
Rule without_repeated_kinds(Rule rule) {
  std::vector<KindId> kinds;
  for (const KindId kind : rule.subjects.kinds) {
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
      kinds.push_back(kind);
    }
  }
  rule.subjects.kinds = kinds;
  rule.in_force = {};
  return rule;
}

void compare(const Organisation& organisation, const Rule& rule,
             const Interval& range) {
  const Frozen it = testing::frozen(organisation);
  const auto flat = assess(*it.snapshot, rule, range);
  const testing::plan::Pack plan = pack_of(rule, range);
  RC_LOG() << plan;
  const PackPointer pack = testing::parsed(plan, it.registry);
  const auto found = assess(*it.snapshot, pack, 0, {range, false, {}});
  RC_ASSERT(flat.has_value());
  RC_ASSERT(found.has_value());
  RC_ASSERT(found->windows == flat->windows);
  RC_ASSERT(found->subjects == flat->subjects);
  for (std::size_t i = 0; i < flat->statuses.size(); ++i) {
    RC_ASSERT(std::string(testing::word(found->statuses.at(i))) ==
              testing::word(flat->statuses.at(i)));
    const bool is_judged =
        flat->statuses[i] == Status::met || flat->statuses[i] == Status::unmet;
    if (is_judged) {
      const auto value =
          make_fraction(flat->values.at(i), scale_of(rule.tally));
      RC_ASSERT(found->value(i) == value);
    }
  }
}

void check(const std::string& what, Subjects::Type type) {
  const bool holds = rc::check(what, [type] {
    const Organisation organisation = *testing::organisations();
    const Rule rule = without_repeated_kinds(*testing::rules(type));
    // Of pro rata, a pack spares the amounts that do not grow with the days.
    const Reduction reduction = rule.tally.reduction;
    RC_PRE(rule.partial != PartialWindow::pro_rata ||
           reduction == Reduction::count || reduction == Reduction::sum ||
           reduction == Reduction::distinct_days);
    compare(organisation, rule, *testing::windows());
  });
  REQUIRE(holds);
}

TEST_CASE("A flat rule for units is the same in a pack", "[pack]") {
  check("flat units", Subjects::Type::units);
}

TEST_CASE("A flat rule for persons is the same in a pack", "[pack]") {
  check("flat persons", Subjects::Type::persons);
}

}  // namespace
}  // namespace headrope
