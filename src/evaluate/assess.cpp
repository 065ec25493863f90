// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessing a rule: for each subject, in each window, a test of a tally.

#include <algorithm>
#include <string>

#include "evaluate/assess_subject.hpp"
#include "evaluate/overall.hpp"
#include "evaluate/reduce.hpp"
#include "headrope/answers.hpp"
#include "headrope/damaged.hpp"
#include "rules/tally.hpp"

namespace headrope {
namespace {

// Fills the columns of an assessment that has its rule and windows.
Result<void> fill(const Snapshot& snapshot, Assessment& assessment) {
  const Rule& rule = assessment.rule;
  const SubjectFilter filter(snapshot, rule.subjects);
  const SubjectAssessor assessor(snapshot, rule);
  assessment.subjects = filter.all();
  const std::size_t cells =
      assessment.subjects.size() * assessment.windows.size();
  assessment.values.assign(cells, 0);
  assessment.has_value.assign(cells, 0);
  assessment.threshold_numerator.assign(cells, 0);
  assessment.threshold_denominator.assign(cells, 1);
  assessment.statuses.assign(cells, Status::not_applicable);
  ItemReader reader(snapshot, rule.tally, rule.subjects.type);
  for (std::size_t at = 0; at < assessment.subjects.size(); ++at) {
    const std::uint32_t subject = assessment.subjects[at];
    const bool exempt = filter.is_exempt(subject);
    const auto items = reader.of(subject);
    for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
      const auto cell =
          assessor.cell(items, assessment.windows[w], subject, exempt);
      if (!cell) return cell.error();
      const std::size_t row = assessment.at(at, w);
      assessment.values[row] = cell->value;
      assessment.has_value[row] = cell->has_value ? 1 : 0;
      assessment.threshold_numerator[row] = cell->threshold.numerator;
      assessment.threshold_denominator[row] = cell->threshold.denominator;
      assessment.statuses[row] = cell->status;
    }
  }
  return {};
}

}  // namespace

Status Assessment::overall(std::size_t subject) const {
  return overall_of(
      std::span(statuses).subspan(at(subject, 0), windows.size()));
}

Result<Assessment> assess(const Snapshot& snapshot, const Rule& rule,
                          const Interval& range) try {
  auto windows = windows_of_rule(snapshot, rule, range);
  if (!windows) return windows.error();
  Assessment assessment;
  assessment.rule = rule;
  assessment.windows = *std::move(windows);
  if (auto done = fill(snapshot, assessment); !done) return done.error();
  return assessment;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<void> check_tally(const Snapshot& snapshot, const Tally& tally,
                         bool over_units) {
  return check_reduction(tally, snapshot.measures(), over_units);
}

Result<UnitTally> tally_units(const Snapshot& snapshot, const Tally& tally,
                              const Interval& window, bool over_units) try {
  if (auto fine = check_tally(snapshot, tally, over_units); !fine) {
    return fine.error();
  }
  if (tally.source != Tally::Source::records) {
    return Error{Code::rule_invalid,
                 "attendance is tallied for persons, not for units"};
  }
  const Interval cut =
      cut_to_day(closed_until(window, snapshot.as_of()), snapshot.as_of());
  UnitTally result;
  if (auto adds_up = check_tally(snapshot, tally, true); !adds_up) {
    result.refusal = adds_up.error();
  }
  result.value.assign(snapshot.unit_count(), 0);
  result.has_value.assign(snapshot.unit_count(), 0);
  ItemReader reader(snapshot, tally, Subjects::Type::units);
  for (std::uint32_t unit = 0; unit < snapshot.unit_count(); ++unit) {
    const auto value = reduce(reader.of(unit), tally.reduction, cut);
    if (!value) return value.error();
    result.has_value[unit] = value->has_value() ? 1 : 0;
    result.value[unit] = value->value_or(0);
  }
  // Records of units that do not live stand behind all others. They have no
  // unit to be told apart by, so only what adds up is given.
  if (tally.reduction != Reduction::count &&
      tally.reduction != Reduction::sum) {
    return result;
  }
  const auto left = reader.of(UnitIndex::none_value);
  const auto unplaced = reduce(left, tally.reduction, cut);
  if (!unplaced) return unplaced.error();
  result.unplaced = unplaced->value_or(0);
  return result;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
