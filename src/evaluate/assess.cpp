// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessing a rule: for each subject, in each window, a test of a tally.

#include <algorithm>
#include <string>

#include "base/checked.hpp"
#include "evaluate/overall.hpp"
#include "evaluate/reduce.hpp"
#include "headrope/answers.hpp"
#include "headrope/damaged.hpp"
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

// The range with its open end closed the day after the snapshot's.
Interval closed(Interval range, Date as_of) {
  if (range.valid_until.is_open()) range.valid_until = day_after(as_of);
  return range;
}

// The part of a window that lies before tomorrow.
Interval until_today(const Interval& window, Date as_of) {
  return window.intersected({Date::open_start(), day_after(as_of)});
}

class SubjectFilter {
 public:
  SubjectFilter(const Snapshot& snapshot, const Subjects& subjects)
      : snapshot_(snapshot), subjects_(subjects) {
    kind_counts_.assign(snapshot.kinds().size(), subjects.kinds.empty());
    for (std::uint32_t kind = 0; kind < kind_counts_.size(); ++kind) {
      for (const KindId wanted : subjects.kinds) {
        if (snapshot.is_a({kind}, wanted)) kind_counts_[kind] = true;
      }
    }
  }

  // The subjects, ascending.
  [[nodiscard]] std::vector<std::uint32_t> all() const {
    std::vector<std::uint32_t> subjects =
        subjects_.type == Subjects::Type::units ? units() : persons();
    std::erase_if(subjects, [&](std::uint32_t subject) {
      return !std::all_of(
          subjects_.attributes.begin(), subjects_.attributes.end(),
          [&](const AttributeTest& test) { return holds(test, subject); });
    });
    return subjects;
  }

  [[nodiscard]] bool is_exempt(std::uint32_t subject) const {
    return std::any_of(
        subjects_.exempt.begin(), subjects_.exempt.end(),
        [&](const AttributeTest& test) { return holds(test, subject); });
  }

 private:
  [[nodiscard]] std::vector<std::uint32_t> units() const {
    std::vector<std::uint32_t> units;
    for (std::uint32_t unit = 0; unit < snapshot_.unit_count(); ++unit) {
      if (kind_counts_[snapshot_.kind({unit}).value]) units.push_back(unit);
    }
    return units;
  }

  // Members on the day of the snapshot, by any membership.
  [[nodiscard]] std::vector<std::uint32_t> persons() const {
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

  [[nodiscard]] bool holds(const AttributeTest& test,
                           std::uint32_t subject) const {
    const EntityType type = subjects_.type == Subjects::Type::units
                                ? EntityType::unit
                                : EntityType::person;
    const auto value = snapshot_.attribute({type, subject}, test.attribute);
    const bool listed =
        value && std::find(test.values.begin(), test.values.end(), *value) !=
                     test.values.end();
    return listed != test.none_of;
  }

  const Snapshot& snapshot_;
  const Subjects& subjects_;
  std::vector<bool> kind_counts_;  // By KindId.
};

// A threshold for one window, as a fraction.
struct Threshold {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

// How a value stands to a threshold: -1 below, 0 at, 1 above it.
int order(std::int64_t value, const Threshold& threshold) {
  const int128 left = int128{value} * threshold.denominator;
  return left < threshold.numerator ? -1 : left > threshold.numerator ? 1 : 0;
}

class Assessor {
 public:
  Assessor(const Snapshot& snapshot, const Rule& rule, Assessment& assessment)
      : snapshot_(snapshot), rule_(rule), assessment_(assessment) {}

  Result<void> run() {
    const SubjectFilter filter(snapshot_, rule_.subjects);
    assessment_.subjects = filter.all();
    const std::size_t cells =
        assessment_.subjects.size() * assessment_.windows.size();
    assessment_.values.assign(cells, 0);
    assessment_.has_value.assign(cells, 0);
    assessment_.threshold_numerator.assign(cells, 0);
    assessment_.threshold_denominator.assign(cells, 1);
    assessment_.statuses.assign(cells, Status::not_applicable);
    ItemReader reader(snapshot_, rule_.tally, rule_.subjects.type);
    for (std::size_t at = 0; at < assessment_.subjects.size(); ++at) {
      const std::uint32_t subject = assessment_.subjects[at];
      const bool exempt = filter.is_exempt(subject);
      const auto items = reader.of(subject);
      for (std::size_t w = 0; w < assessment_.windows.size(); ++w) {
        const std::size_t cell = assessment_.at(at, w);
        if (auto done = fill_value(cell, w, items); !done) return done;
        assessment_.statuses[cell] = status_of(cell, w, subject, exempt);
      }
    }
    return {};
  }

 private:
  Result<void> fill_value(std::size_t cell, std::size_t w,
                          std::span<const Item> items) {
    const auto value =
        reduce(items, rule_.tally.reduction,
               until_today(assessment_.windows[w], snapshot_.as_of()));
    if (!value) return value.error();
    assessment_.has_value[cell] = value->has_value() ? 1 : 0;
    assessment_.values[cell] = value->value_or(0);
    return {};
  }

  Status status_of(std::size_t cell, std::size_t w, std::uint32_t subject,
                   bool exempt) {
    const Interval& window = assessment_.windows[w];
    if (!rule_.in_force.contains(window.valid_from)) {
      return Status::not_in_force;
    }
    if (exempt) return Status::exempt;
    const auto threshold = threshold_for(window, subject);
    if (!threshold) return Status::not_applicable;
    if (!rule_.requirement.threshold) return Status::not_evaluable;
    assessment_.threshold_numerator[cell] = threshold->numerator;
    assessment_.threshold_denominator[cell] = threshold->denominator;
    if (assessment_.has_value[cell] == 0) {
      return is_open(window) ? Status::pending : Status::not_evaluable;
    }
    return tested(assessment_.values[cell], *threshold, window);
  }

  [[nodiscard]] bool is_open(const Interval& window) const {
    return window.valid_until > day_after(snapshot_.as_of());
  }

  // Days of a bounded window on which a unit lives.
  [[nodiscard]] std::int64_t lived_days(const Interval& window,
                                        UnitIndex unit) const {
    std::int64_t days = 0;
    for (const Interval& span : snapshot_.life(unit)) {
      days += span.intersected(window).day_count();
    }
    return days;
  }

  // What the policy for partial windows makes of the threshold; nothing if the
  // rule does not apply to the subject in this window.
  [[nodiscard]] std::optional<Threshold> threshold_for(
      const Interval& window, std::uint32_t subject) const {
    const Threshold whole{rule_.requirement.threshold.value_or(0), 1};
    if (rule_.subjects.type == Subjects::Type::persons) return whole;
    const UnitIndex unit{subject};
    if (rule_.partial == PartialWindow::at_end) {
      const Date last = add_days(window.valid_until, -1);
      const auto life = snapshot_.life(unit);
      const bool lives = std::any_of(
          life.begin(), life.end(),
          [&](const Interval& span) { return span.contains(last); });
      return lives ? std::optional(whole) : std::nullopt;
    }
    if (window.valid_from.is_open())
      return threshold_without_start(window, unit);
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
  [[nodiscard]] std::optional<Threshold> threshold_without_start(
      const Interval& window, UnitIndex unit) const {
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

  // The smallest and the greatest value that there can be once the window has
  // closed; nothing: without bound. Corrections aside, what has been counted or
  // added stays.
  struct Reachable {
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> greatest;
  };

  [[nodiscard]] Reachable reachable(std::int64_t value,
                                    const Interval& window) const {
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

  // Met if every value that is still possible meets the requirement, unmet if
  // none does: both are final. Anything else is pending.
  [[nodiscard]] Status tested(std::int64_t value, const Threshold& threshold,
                              const Interval& window) const {
    const Reachable possible = reachable(value, window);
    const int least = possible.least ? order(*possible.least, threshold) : -1;
    const int greatest =
        possible.greatest ? order(*possible.greatest, threshold) : 1;
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
    return all_meet     ? Status::met
           : none_meets ? Status::unmet
                        : Status::pending;
  }

  const Snapshot& snapshot_;
  const Rule& rule_;
  Assessment& assessment_;
};

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

Status Assessment::overall(std::size_t subject) const {
  return overall_of(
      std::span(statuses).subspan(at(subject, 0), windows.size()));
}

Result<Assessment> assess(const Snapshot& snapshot, const Rule& rule,
                          const Interval& range) try {
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
  auto windows = windows_in(closed(range, snapshot.as_of()), rule.period);
  if (!windows) return windows.error();
  Assessment assessment;
  assessment.rule = rule;
  assessment.windows = *std::move(windows);
  if (auto done = Assessor(snapshot, rule, assessment).run(); !done) {
    return done.error();
  }
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
      until_today(closed(window, snapshot.as_of()), snapshot.as_of());
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
