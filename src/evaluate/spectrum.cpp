// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every threshold at once, over all subjects.

#include <algorithm>
#include <string>

#include "evaluate/hardest.hpp"
#include "evaluate/overall.hpp"
#include "rules/pack_model.hpp"

namespace headrope {
namespace {

// The one comparison of a rule with a number; nullptr if it is of another
// shape.
const Condition* only_comparison(const PackRule& rule) {
  if (rule.force == Force::report) return nullptr;
  const Condition& require = rule.require;
  if (require.op != Condition::Op::compare) return nullptr;
  const Amount::Op right = require.amounts[1].op;
  return right == Amount::Op::number || right == Amount::Op::parameter ||
                 right == Amount::Op::date || right == Amount::Op::all
             ? &require
             : nullptr;
}

}  // namespace

Result<bool> compares_at_most(const RuleAssessment& assessment) {
  if (assessment.pack == nullptr) {
    return Error{Code::invalid_argument, "a pack is missing"};
  }
  const PackRule& rule = assessment.pack->model().rules[assessment.rule];
  const Condition* comparison = only_comparison(rule);
  using Compare = Condition::Compare;
  if (comparison == nullptr || (comparison->compare != Compare::at_least &&
                                comparison->compare != Compare::at_most &&
                                comparison->compare != Compare::range)) {
    return Error{Code::rule_invalid,
                 "rule '" + rule.id +
                     "' does not compare one amount with one number; only "
                     "such a rule has a spectrum"};
  }
  return comparison->compare == Compare::at_most;
}

HardestValue hardest_value(const RuleAssessment& assessment,
                           std::size_t subject, bool at_most) {
  HardestValue hardest;
  for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
    const std::size_t cell = assessment.at(subject, w);
    if (!is_asked(assessment.statuses[cell])) continue;
    hardest.is_asked = true;
    const auto value = assessment.value(cell);
    if (!value) continue;
    hardest.value = !hardest.value ? *value
                    : at_most      ? std::max(*hardest.value, *value)
                                   : std::min(*hardest.value, *value);
  }
  return hardest;
}

std::optional<Fraction> Spectrum::threshold_for(std::int64_t part,
                                                std::int64_t whole) const {
  std::optional<Fraction> hardest;
  for (const SpectrumPoint& point : points) {
    const auto share =
        make_fraction(point.met, std::max<std::int64_t>(1, eligible));
    const auto wanted = make_fraction(part, whole);
    if (share && wanted && *share >= *wanted) hardest = point.threshold;
  }
  return hardest;
}

Result<Spectrum> spectrum(const RuleAssessment& assessment) {
  const auto at_most = compares_at_most(assessment);
  if (!at_most) return at_most.error();
  Spectrum result;
  result.at_most = *at_most;
  struct Entry {
    Fraction value;
    std::uint32_t subject;
  };
  std::vector<Entry> entries;
  for (std::size_t at = 0; at < assessment.subjects.size(); ++at) {
    const auto hardest = hardest_value(assessment, at, result.at_most).value;
    if (hardest) entries.push_back({*hardest, assessment.subjects[at]});
  }
  std::sort(entries.begin(), entries.end(),
            [&](const Entry& left, const Entry& right) {
              if (left.value != right.value) {
                return result.at_most ? left.value > right.value
                                      : left.value < right.value;
              }
              return left.subject < right.subject;
            });
  result.eligible = static_cast<std::int64_t>(entries.size());
  for (std::size_t at = 0; at < entries.size(); ++at) {
    if (result.points.empty() ||
        result.points.back().threshold != entries[at].value) {
      result.points.push_back({entries[at].value,
                               static_cast<std::int64_t>(entries.size() - at),
                               {}});
    }
    result.points.back().leave.push_back(entries[at].subject);
  }
  return result;
}

}  // namespace headrope
