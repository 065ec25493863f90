// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The subjects of a flat rule, and the status of one in a window.

#include "evaluate/assess_subject.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/columns_at_once.hpp"
#include "rules/tally.hpp"

namespace headrope {
namespace {

Date day_after(Date day) { return add_days(day, 1); }

// The end of a range may be the day after the last that can be written.
bool is_good_range(const Interval& range) {
  return (range.valid_from.is_open() || is_civil(range.valid_from)) &&
         (range.valid_until.is_open() ||
          is_civil(add_days(range.valid_until, -1)));
}

// How a value stands to a threshold: -1 below, 0 at, 1 above it.
int order(std::int64_t value, const SubjectAssessor::Threshold& threshold) {
  const int128 left = int128{value} * threshold.denominator;
  return left < threshold.numerator ? -1 : left > threshold.numerator ? 1 : 0;
}

// Thresholds are multiplied by days.
Result<void> check_threshold(const Rule& rule) {
  constexpr std::int64_t threshold_max = std::int64_t{1} << 40U;
  const std::int64_t threshold = rule.requirement.threshold.value_or(0);
  if (rule.partial != PartialWindow::pro_rata ||
      (threshold <= threshold_max && threshold >= -threshold_max)) {
    return {};
  }
  return Error{Code::rule_invalid,
               "a threshold read pro rata must lie within 2^40, not " +
                   std::to_string(threshold)};
}

}  // namespace

Result<std::vector<Interval>> windows_of_rule(const Snapshot& snapshot,
                                              const Rule& rule,
                                              const Interval& range) {
  if (auto fine =
          check_rule(rule, snapshot.measures(), snapshot.kinds().size());
      !fine) {
    return fine.error();
  }
  if (auto fine = check_threshold(rule); !fine) return fine.error();
  if (!is_good_range(range)) {
    return Error{Code::window_invalid,
                 "the range must lie in the years 1400 to 9999, or be open"};
  }
  return windows_in(closed_until(range, snapshot.as_of()), rule.period);
}

SubjectFilter::SubjectFilter(const Snapshot& snapshot, const Subjects& subjects)
    : snapshot_(snapshot), subjects_(subjects) {
  kind_counts_.assign(snapshot.kinds().size(), subjects.kinds.empty());
  for (std::uint32_t kind = 0; kind < kind_counts_.size(); ++kind) {
    for (const KindId wanted : subjects.kinds) {
      if (snapshot.is_a({kind}, wanted)) kind_counts_[kind] = true;
    }
  }
}

std::vector<std::uint32_t> SubjectFilter::all() const {
  std::vector<std::uint32_t> subjects =
      subjects_.type == Subjects::Type::units ? units() : persons();
  if (subjects_.attributes.empty()) return subjects;
  std::erase_if(subjects, [&](std::uint32_t subject) {
    return !has_attributes(subject);
  });
  return subjects;
}

bool SubjectFilter::has_attributes(std::uint32_t subject) const {
  return std::all_of(
      subjects_.attributes.begin(), subjects_.attributes.end(),
      [&](const AttributeTest& test) { return holds(test, subject); });
}

bool SubjectFilter::is_exempt(std::uint32_t subject) const {
  return std::any_of(
      subjects_.exempt.begin(), subjects_.exempt.end(),
      [&](const AttributeTest& test) { return holds(test, subject); });
}

std::vector<std::uint32_t> SubjectFilter::units() const {
  const auto kinds = snapshot_.kind_column();
  std::vector<std::uint32_t> units;
  if (subjects_.kinds.empty()) {
    fill_column(units, kinds.size(), 0U);
    std::iota(units.begin(), units.end(), 0U);
    return units;
  }
  for (std::uint32_t unit = 0; unit < kinds.size(); ++unit) {
    if (kind_counts_[kinds[unit].value]) units.push_back(unit);
  }
  return units;
}

// Members on the day of the snapshot, by any membership.
std::vector<std::uint32_t> SubjectFilter::persons() const {
  std::vector<bool> is_member(snapshot_.person_count(), false);
  for (const std::uint32_t unit : units()) {
    for (const Standing standing : {Standing::primary, Standing::secondary}) {
      for (const PersonId person : snapshot_.members({unit}, standing)) {
        is_member[person.value] = true;
      }
    }
  }
  std::vector<std::uint32_t> persons;
  for (std::uint32_t person = 0; person < is_member.size(); ++person) {
    if (is_member[person]) persons.push_back(person);
  }
  return persons;
}

bool SubjectFilter::holds(const AttributeTest& test,
                          std::uint32_t subject) const {
  const EntityType type = subjects_.type == Subjects::Type::units
                              ? EntityType::unit
                              : EntityType::person;
  const auto value = snapshot_.attribute({type, subject}, test.attribute);
  const bool listed = value && std::find(test.values.begin(), test.values.end(),
                                         *value) != test.values.end();
  return listed != test.none_of;
}

Result<SubjectAssessor::Cell> SubjectAssessor::cell(std::span<const Item> items,
                                                    const Interval& window,
                                                    std::uint32_t subject,
                                                    bool is_exempt) const {
  const auto value = reduce(items, rule_.tally.reduction,
                            cut_to_day(window, snapshot_.as_of()));
  if (!value) return value.error();
  Cell cell;
  cell.has_value = value->has_value();
  cell.value = value->value_or(0);
  judge(cell, window, subject, is_exempt);
  return cell;
}

void SubjectAssessor::judge(Cell& cell, const Interval& window,
                            std::uint32_t subject, bool is_exempt) const {
  cell.status = status_of(cell, window, subject, is_exempt);
}

Status SubjectAssessor::status_of(Cell& cell, const Interval& window,
                                  std::uint32_t subject, bool is_exempt) const {
  if (!rule_.in_force.contains(window.valid_from)) {
    return Status::not_in_force;
  }
  if (is_exempt) return Status::exempt;
  const auto threshold = threshold_for(window, subject);
  if (!threshold) return Status::not_applicable;
  if (!rule_.requirement.threshold) return Status::not_evaluable;
  cell.threshold = *threshold;
  if (!cell.has_value) {
    return is_open(window) ? Status::pending : Status::not_evaluable;
  }
  return tested(cell.value, *threshold, window);
}

bool SubjectAssessor::is_open(const Interval& window) const {
  return window.valid_until > day_after(snapshot_.as_of());
}

// Days of a bounded window on which a unit lives.
std::int64_t SubjectAssessor::lived_days(const Interval& window,
                                         UnitIndex unit) const {
  std::int64_t days = 0;
  for (const Interval& span : snapshot_.life(unit)) {
    days += span.intersected(window).day_count();
  }
  return days;
}

// What the policy for partial windows makes of the threshold; nothing if the
// rule does not apply to the subject in this window.
std::optional<SubjectAssessor::Threshold> SubjectAssessor::threshold_for(
    const Interval& window, std::uint32_t subject) const {
  const Threshold whole{rule_.requirement.threshold.value_or(0), 1};
  if (rule_.subjects.type == Subjects::Type::persons) return whole;
  const UnitIndex unit{subject};
  if (rule_.partial == PartialWindow::at_end) {
    const Date last = add_days(window.valid_until, -1);
    const auto life = snapshot_.life(unit);
    const bool lives =
        std::any_of(life.begin(), life.end(),
                    [&](const Interval& span) { return span.contains(last); });
    return lives ? std::optional(whole) : std::nullopt;
  }
  if (window.valid_from.is_open()) return threshold_without_start(window, unit);
  const std::int64_t lived = lived_days(window, unit);
  if (lived == 0) return std::nullopt;
  const std::int64_t days = window.day_count();
  if (lived == days || rule_.partial == PartialWindow::any_day) return whole;
  if (rule_.partial == PartialWindow::full_only) return std::nullopt;
  // Days are below 2^22, so a threshold of up to 2^41 keeps exact here; a
  // larger one is checked by `assess`.
  return Threshold{whole.numerator * lived, days};
}

// A window without a known start has no number of days, so that nothing can
// be read in proportion to it.
std::optional<SubjectAssessor::Threshold>
SubjectAssessor::threshold_without_start(const Interval& window,
                                         UnitIndex unit) const {
  const auto life = snapshot_.life(unit);
  const bool applies =
      std::any_of(life.begin(), life.end(), [&](const Interval& span) {
        return rule_.partial == PartialWindow::full_only
                   ? span.contains(window)
                   : span.overlaps(window);
      });
  if (!applies) return std::nullopt;
  return Threshold{rule_.requirement.threshold.value_or(0), 1};
}

// Corrections aside, what has been counted or added stays.
SubjectAssessor::Reachable SubjectAssessor::reachable(
    std::int64_t value, const Interval& window) const {
  if (!is_open(window)) return {value, value};
  switch (rule_.tally.reduction) {
    case Reduction::count:
    case Reduction::sum:
    case Reduction::greatest:
      return {value, std::nullopt};
    case Reduction::distinct_days: {
      const Interval to_come{
          std::max(window.valid_from, day_after(snapshot_.as_of())),
          window.valid_until};
      return {value, value + to_come.day_count()};
    }
    case Reduction::last:
      return {};
    case Reduction::least:
      return {std::nullopt, value};
  }
  return {};
}

Status SubjectAssessor::tested(std::int64_t value, const Threshold& threshold,
                               const Interval& window) const {
  const Reachable possible = reachable(value, window);
  return decided(possible.least ? order(*possible.least, threshold) : -1,
                 possible.greatest ? order(*possible.greatest, threshold) : 1,
                 window);
}

Status SubjectAssessor::decided(int least, int greatest,
                                const Interval& window) const {
  bool all_meet = false;
  bool none_meets = false;
  switch (rule_.requirement.comparison) {
    case Comparison::at_least:
      all_meet = least >= 0;
      none_meets = greatest < 0;
      break;
    case Comparison::at_most:
      all_meet = greatest <= 0;
      none_meets = least > 0;
      break;
    case Comparison::equal:
      all_meet = least == 0 && greatest == 0 && !is_open(window);
      none_meets = least > 0 || greatest < 0;
      break;
  }
  return all_meet ? Status::met : none_meets ? Status::unmet : Status::pending;
}

}  // namespace headrope
