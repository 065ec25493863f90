// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The table of natures and reductions, as refusals with their reasons.

#include "rules/tally.hpp"

#include <string>

#include "base/utf8.hpp"

namespace headrope {
namespace {

bool adds_values(Reduction reduction) {
  return reduction != Reduction::count && reduction != Reduction::distinct_days;
}

// Why values of this nature may not be added over time; empty if they may.
std::string_view why_not_over_time(Nature nature) {
  switch (nature) {
    case Nature::flow:
      return {};
    case Nature::stock:
      return "a stock is not added over time; its last value holds";
    case Nature::ratio:
      return "ratios are never added or averaged; add their numerators and "
             "denominators";
    case Nature::distinct:
      return "numbers of different persons are not added; count the persons";
    case Nature::flag:
      return "a flag is not added; take its last value or count records";
  }
  return {};
}

// Why values of this nature may not be added over units; empty if they may.
std::string_view why_not_over_units(Nature nature) {
  return nature == Nature::ratio || nature == Nature::distinct
             ? why_not_over_time(nature)
             : std::string_view{};
}

Error refused(const Measure& measure, std::string_view why) {
  return {Code::reduction_refused,
          "measure " + in_quotes(measure.id) + ": " + std::string(why)};
}

Result<void> check_attribute_tests(const std::vector<AttributeTest>& tests) {
  for (const AttributeTest& test : tests) {
    if (test.attribute.is_none() || test.values.empty()) {
      return Error{Code::rule_invalid,
                   "a test of an attribute needs the attribute and at least "
                   "one value"};
    }
  }
  return {};
}

}  // namespace

Result<void> check_reduction(const Tally& tally,
                             std::span<const Measure> measures,
                             bool over_units) {
  if (tally.measures.empty()) {
    return Error{Code::rule_invalid, "a tally needs at least one measure"};
  }
  for (const MeasureId id : tally.measures) {
    if (id.value >= measures.size()) {
      return Error{Code::measure_unknown,
                   "no measure has the id " + std::to_string(id.value)};
    }
  }
  if (over_units && !tally.credit_along.is_none()) {
    return Error{Code::reduction_refused,
                 "a joint record credited to several units would be added "
                 "several times; ask for the units one by one"};
  }
  if (!adds_values(tally.reduction)) return {};
  const Measure& first = measures[tally.measures.front().value];
  for (const MeasureId id : tally.measures) {
    const Measure& measure = measures[id.value];
    if (measure.nature != first.nature ||
        measure.unit_of_measure != first.unit_of_measure ||
        measure.decimals != first.decimals) {
      return refused(measure, "it is not measured like " + in_quotes(first.id) +
                                  ", so their values cannot be taken together");
    }
    const std::string_view why =
        tally.reduction == Reduction::sum ? why_not_over_time(measure.nature)
        : over_units                      ? why_not_over_units(measure.nature)
                                          : std::string_view{};
    if (!why.empty()) return refused(measure, why);
  }
  return {};
}

Result<void> check_rule(const Rule& rule, std::span<const Measure> measures,
                        std::size_t kind_count) {
  if (auto fine = check_reduction(rule.tally, measures, false); !fine) {
    return fine;
  }
  const bool persons = rule.subjects.type == Subjects::Type::persons;
  if (rule.tally.source == Tally::Source::attendance && !persons) {
    return Error{Code::rule_invalid,
                 "attendance is tallied for persons, not for units"};
  }
  if (!rule.tally.credit_along.is_none() && persons) {
    return Error{Code::rule_invalid,
                 "joint records are credited to units, not to persons"};
  }
  for (const KindId kind : rule.subjects.kinds) {
    if (kind.value >= kind_count) {
      return Error{Code::kind_unknown,
                   "no kind has the id " + std::to_string(kind.value)};
    }
  }
  if (auto fine = check_attribute_tests(rule.subjects.attributes); !fine) {
    return fine;
  }
  return check_attribute_tests(rule.subjects.exempt);
}

}  // namespace headrope
