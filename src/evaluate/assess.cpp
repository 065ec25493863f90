// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessing a rule: for each subject, in each window, a test of a tally.

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "base/checked.hpp"
#include "base/columns_at_once.hpp"
#include "base/parallel.hpp"
#include "evaluate/batch.hpp"
#include "evaluate/overall.hpp"
#include "evaluate/reduce.hpp"
#include "headrope/answers.hpp"
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
    if (subjects_.attributes.empty()) return subjects;
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

constexpr std::size_t threads_max = 64;

std::size_t chunk_count(std::size_t thread_count, std::size_t subjects) {
  return std::clamp<std::size_t>(std::min(thread_count, threads_max), 1,
                                 std::max<std::size_t>(1, subjects));
}

// No record is as good as none for these: the value is then 0.
bool has_always_a_value(const Tally& tally) {
  return tally.reduction == Reduction::count ||
         tally.reduction == Reduction::sum ||
         tally.reduction == Reduction::distinct_days;
}

// The pass through the records of a tally; it has no windows where the tally is
// not of its kind.
BatchTally make_batch(const Snapshot& snapshot, const Tally& tally,
                      Subjects::Type type, std::vector<BatchWindow> windows,
                      std::span<const std::uint32_t> subjects) {
  std::vector<MeasureId> measures = tally.measures;
  std::sort(measures.begin(), measures.end());
  measures.erase(std::unique(measures.begin(), measures.end()), measures.end());
  std::vector<const RecordColumns*> columns;
  for (const MeasureId measure : measures) {
    columns.push_back(type == Subjects::Type::units
                          ? &snapshot.unit_records(measure)
                          : &snapshot.person_records(measure));
  }
  return {std::move(columns), tally.reduction, std::move(windows), subjects};
}

// The values of a run of subjects, from columns that hold 0 and, counts and
// sums aside, no value.
Result<void> fill_values(const Snapshot& snapshot, const Tally& tally,
                         Subjects::Type type, const BatchTally& batch,
                         std::size_t first, std::size_t last,
                         const BatchCells& cells) {
  const bool is_batch = tally.source == Tally::Source::records &&
                        tally.credit_along.is_none() && batch.is_possible();
  if (first == last || (is_batch && batch.fill(first, last, cells))) return {};
  // One by one; so too where a sum left 64 bits on its way, since it may come
  // back.
  const auto subjects = batch.subjects();
  const auto windows = batch.windows();
  ItemReader reader(snapshot, tally, type, subjects[first]);
  for (std::size_t at = first; at < last; ++at) {
    const auto items = reader.of(subjects[at]);
    for (std::size_t w = 0; w < windows.size(); ++w) {
      const auto value =
          reduce(items, tally.reduction,
                 {Date{windows[w].from}, Date{windows[w].until}});
      if (!value) return value.error();
      const std::size_t cell = at * windows.size() + w;
      cells.has_value[cell] = value->has_value() ? 1 : 0;
      cells.values[cell] = value->value_or(0);
    }
  }
  return {};
}

// What a window makes of every subject that lives throughout.
struct WindowPlan {
  BatchWindow cut;
  bool is_in_force = true;
  // By the order of value and threshold, below, at, above it; nothing where
  // more than that decides.
  std::optional<std::array<Status, 3>> by_order;
  Status absent = Status::not_evaluable;  // Without a value.
};

class Assessor {
 public:
  Assessor(const Snapshot& snapshot, const Rule& rule, Assessment& assessment)
      : snapshot_(snapshot),
        rule_(rule),
        filter_(snapshot, rule.subjects),
        assessment_(assessment) {}

  Result<void> run(std::size_t thread_count) {
    make_columns(thread_count);
    for (const Interval& window : assessment_.windows) {
      plans_.push_back(plan_of(window));
    }
    const BatchTally batch = batch_of(rule_.tally);
    const std::size_t subjects = assessment_.subjects.size();
    const std::size_t count = chunk_count(thread_count, subjects);
    std::vector<Result<void>> done(count);
    run_in_parallel(count, [&](std::size_t at) {
      const std::size_t last = subjects * (at + 1) / count;
      for (std::size_t first = subjects * at / count; first < last && done[at];
           first += subjects_at_once) {
        done[at] = fill(batch, first, std::min(last, first + subjects_at_once));
      }
    });
    for (const Result<void>& one : done) {
      if (!one) return one;
    }
    return {};
  }

 private:
  // So many cells lie in the processor's own memory from one pass to the next.
  static constexpr std::size_t subjects_at_once = std::size_t{1} << 14U;

  // Filled with what most cells have.
  void make_columns(std::size_t thread_count) {
    Assessment& to = assessment_;
    to.subjects = filter_.all();
    const std::size_t cells = to.subjects.size() * to.windows.size();
    const std::int64_t threshold = rule_.requirement.threshold.value_or(0);
    const std::uint8_t has_value = has_always_a_value(rule_.tally) ? 1 : 0;
    do_at_once(
        thread_count,
        {[&] { fill_column<std::int64_t>(to.values, cells, 0); },
         [&] { fill_column(to.threshold_numerator, cells, threshold); },
         [&] { fill_column<std::int64_t>(to.threshold_denominator, cells, 1); },
         [&] { fill_column(to.has_value, cells, has_value); },
         [&] { fill_column(to.statuses, cells, Status::not_applicable); }});
  }

  [[nodiscard]] WindowPlan plan_of(const Interval& window) const {
    WindowPlan plan;
    const Interval cut = until_today(window, snapshot_.as_of());
    plan.cut = {cut.valid_from.days, cut.valid_until.days};
    plan.is_in_force = rule_.in_force.contains(window.valid_from);
    plan.absent = is_open(window) ? Status::pending : Status::not_evaluable;
    const Reduction reduction = rule_.tally.reduction;
    if (!rule_.requirement.threshold) {
      plan.absent = Status::not_evaluable;
      plan.by_order = {Status::not_evaluable, Status::not_evaluable,
                       Status::not_evaluable};
    } else if (!is_open(window) || reduction != Reduction::distinct_days) {
      const bool falls = is_open(window) && (reduction == Reduction::last ||
                                             reduction == Reduction::least);
      const bool rises = is_open(window) && reduction != Reduction::least;
      plan.by_order.emplace();
      for (int order = -1; order <= 1; ++order) {
        (*plan.by_order)[static_cast<std::size_t>(order + 1)] =
            decided(falls ? -1 : order, rises ? 1 : order, window);
      }
    }
    return plan;
  }

  [[nodiscard]] BatchTally batch_of(const Tally& tally) const {
    std::vector<BatchWindow> windows;
    windows.reserve(plans_.size());
    for (const WindowPlan& plan : plans_) windows.push_back(plan.cut);
    return make_batch(snapshot_, tally, rule_.subjects.type, std::move(windows),
                      assessment_.subjects);
  }

  // A run of subjects.
  Result<void> fill(const BatchTally& batch, std::size_t first,
                    std::size_t last) {
    const BatchCells cells{assessment_.values, assessment_.has_value};
    if (auto done = fill_values(snapshot_, rule_.tally, rule_.subjects.type,
                                batch, first, last, cells);
        !done) {
      return done;
    }
    for (std::size_t w = 0; w < plans_.size(); ++w) judge(w, first, last);
    return {};
  }

  // The statuses of a run of subjects in one window: first as if all lived
  // throughout, then one by one those that did not.
  void judge(std::size_t w, std::size_t first, std::size_t last) {
    const WindowPlan& plan = plans_[w];
    if (!plan.is_in_force || !plan.by_order || !rule_.subjects.exempt.empty()) {
      for (std::size_t at = first; at < last; ++at) judge_one(at, w);
      return;
    }
    const auto [below, at_it, above] = *plan.by_order;
    const std::int64_t threshold = rule_.requirement.threshold.value_or(0);
    const std::size_t width = plans_.size();
    const std::int64_t* values = assessment_.values.data();
    const std::uint8_t* has_value = assessment_.has_value.data();
    Status* statuses = assessment_.statuses.data();
    for (std::size_t at = first; at < last; ++at) {
      const std::size_t cell = at * width + w;
      const Status at_least = values[cell] > threshold ? above : at_it;
      const Status found = values[cell] < threshold ? below : at_least;
      statuses[cell] = has_value[cell] != 0 ? found : plan.absent;
    }
    if (rule_.subjects.type == Subjects::Type::persons) return;
    const auto lives = snapshot_.life_column();
    const auto begin = snapshot_.life_begin();
    const Interval window = assessment_.windows[w];
    const std::uint32_t* units = assessment_.subjects.data();
    for (std::size_t at = first; at < last; ++at) {
      const std::size_t unit = units[at];
      const std::uint32_t life = begin[unit];
      if (begin[unit + 1] - life != 1 || !lives[life].contains(window)) {
        judge_one(at, w);
      }
    }
  }

  void judge_one(std::size_t at, std::size_t w) {
    const std::uint32_t subject = assessment_.subjects[at];
    const std::size_t cell = assessment_.at(at, w);
    assessment_.threshold_numerator[cell] = 0;
    const bool exempt =
        !rule_.subjects.exempt.empty() && filter_.is_exempt(subject);
    assessment_.statuses[cell] = status_of(cell, w, subject, exempt);
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

  [[nodiscard]] Status tested(std::int64_t value, const Threshold& threshold,
                              const Interval& window) const {
    const Reachable possible = reachable(value, window);
    return decided(possible.least ? order(*possible.least, threshold) : -1,
                   possible.greatest ? order(*possible.greatest, threshold) : 1,
                   window);
  }

  // Met if every value that is still possible meets the requirement, unmet if
  // none does: both are final. Anything else is pending.
  // @param least, greatest how the ends of what is possible stand to the
  //   threshold.
  [[nodiscard]] Status decided(int least, int greatest,
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
    return all_meet     ? Status::met
           : none_meets ? Status::unmet
                        : Status::pending;
  }

  const Snapshot& snapshot_;
  const Rule& rule_;
  SubjectFilter filter_;
  Assessment& assessment_;
  std::vector<WindowPlan> plans_;
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
                          const Interval& range, Threads threads) {
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
  if (auto done = Assessor(snapshot, rule, assessment).run(threads.count);
      !done) {
    return done.error();
  }
  return assessment;
}

Result<void> check_tally(const Snapshot& snapshot, const Tally& tally,
                         bool over_units) {
  return check_reduction(tally, snapshot.measures(), over_units);
}

Result<UnitTally> tally_units(const Snapshot& snapshot, const Tally& tally,
                              const Interval& window, bool over_units,
                              Threads threads) {
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
  const std::size_t units = snapshot.unit_count();
  const std::uint8_t has_value = has_always_a_value(tally) ? 1 : 0;
  do_at_once(threads.count,
             {[&] { fill_column<std::int64_t>(result.value, units, 0); },
              [&] { fill_column(result.has_value, units, has_value); }});
  std::vector<std::uint32_t> subjects(units);
  std::iota(subjects.begin(), subjects.end(), 0U);
  const BatchTally batch =
      make_batch(snapshot, tally, Subjects::Type::units,
                 {{cut.valid_from.days, cut.valid_until.days}}, subjects);
  const std::size_t count = chunk_count(threads.count, units);
  std::vector<Result<void>> done(count);
  run_in_parallel(count, [&](std::size_t at) {
    done[at] = fill_values(snapshot, tally, Subjects::Type::units, batch,
                           units * at / count, units * (at + 1) / count,
                           {result.value, result.has_value});
  });
  for (const Result<void>& one : done) {
    if (!one) return one.error();
  }
  // Records of units that do not live stand behind all others. They have no
  // unit to be told apart by, so only what adds up is given.
  if (tally.reduction != Reduction::count &&
      tally.reduction != Reduction::sum) {
    return result;
  }
  ItemReader reader(snapshot, tally, Subjects::Type::units,
                    UnitIndex::none_value);
  const auto left = reader.of(UnitIndex::none_value);
  const auto unplaced = reduce(left, tally.reduction, cut);
  if (!unplaced) return unplaced.error();
  result.unplaced = unplaced->value_or(0);
  return result;
}

}  // namespace headrope
