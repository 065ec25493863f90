// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessing a rule: for each subject, in each window, a test of a tally.

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include <fmt/format.h>

#include "base/columns_at_once.hpp"
#include "base/parallel.hpp"
#include "evaluate/assess_subject.hpp"
#include "evaluate/batch.hpp"
#include "evaluate/overall.hpp"
#include "evaluate/reduce.hpp"
#include "headrope/answers.hpp"
#include "headrope/damaged.hpp"
#include "rules/tally.hpp"

namespace headrope {
namespace {

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

// The records that a tally reads, measure by measure.
std::vector<const RecordColumns*> columns_of(const Snapshot& snapshot,
                                             const Tally& tally,
                                             Subjects::Type type) {
  std::vector<MeasureId> measures = tally.measures;
  std::sort(measures.begin(), measures.end());
  measures.erase(std::unique(measures.begin(), measures.end()), measures.end());
  std::vector<const RecordColumns*> columns;
  columns.reserve(measures.size());
  for (const MeasureId measure : measures) {
    columns.push_back(type == Subjects::Type::units
                          ? &snapshot.unit_records(measure)
                          : &snapshot.person_records(measure));
  }
  return columns;
}

// The pass through the records of every unit in one window.
BatchTally batch_of_units(const Snapshot& snapshot, const Tally& tally,
                          const Interval& cut) {
  return {columns_of(snapshot, tally, Subjects::Type::units),
          tally.reduction,
          {{cut.valid_from.days, cut.valid_until.days}}};
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
  const auto windows = batch.windows();
  ItemReader reader(snapshot, tally, type, batch.subject(first));
  for (std::size_t at = first; at < last; ++at) {
    const auto items = reader.of(batch.subject(at));
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
        assessor_(snapshot, rule),
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
    std::vector<PartThresholds> parts(count);
    run_in_parallel(count, [&](std::size_t at) {
      const std::size_t last = subjects * (at + 1) / count;
      for (std::size_t first = subjects * at / count; first < last && done[at];
           first += subjects_at_once) {
        done[at] = fill(batch, first, std::min(last, first + subjects_at_once),
                        parts[at]);
      }
      std::sort(parts[at].begin(), parts[at].end(),
                [](const PartThreshold& left, const PartThreshold& right) {
                  return left.cell < right.cell;
                });
    });
    for (std::size_t at = 0; at < count; ++at) {
      if (!done[at]) return done[at];
      assessment_.part_thresholds.insert(assessment_.part_thresholds.end(),
                                         parts[at].begin(), parts[at].end());
    }
    return {};
  }

 private:
  // So many cells lie in the processor's own memory from one pass to the next.
  static constexpr std::size_t subjects_at_once = std::size_t{1} << 14U;

  using PartThreshold = Assessment::PartThreshold;
  using PartThresholds = std::vector<PartThreshold>;

  // Filled with what most cells have.
  void make_columns(std::size_t thread_count) {
    Assessment& to = assessment_;
    const bool is_every_unit = filter_.is_every_unit();
    if (!is_every_unit) to.subjects = filter_.all();
    const std::size_t cells =
        (is_every_unit ? snapshot_.unit_count() : to.subjects.size()) *
        to.windows.size();
    const std::uint8_t has_value = has_always_a_value(rule_.tally) ? 1 : 0;
    do_at_once(
        thread_count,
        {[&] { fill_column<std::int64_t>(to.values, cells, 0); },
         [&] {
           if (is_every_unit) to.subjects = filter_.all();
         },
         [&] { fill_column(to.has_value, cells, has_value); },
         [&] { fill_column(to.statuses, cells, Status::not_applicable); }});
  }

  [[nodiscard]] WindowPlan plan_of(const Interval& window) const {
    WindowPlan plan;
    const Interval cut = cut_to_day(window, snapshot_.as_of());
    plan.cut = {cut.valid_from.days, cut.valid_until.days};
    plan.is_in_force = rule_.in_force.contains(window.valid_from);
    plan.absent =
        assessor_.is_open(window) ? Status::pending : Status::not_evaluable;
    const Reduction reduction = rule_.tally.reduction;
    if (!rule_.requirement.threshold) {
      plan.absent = Status::not_evaluable;
      plan.by_order = {Status::not_evaluable, Status::not_evaluable,
                       Status::not_evaluable};
    } else if (!assessor_.is_open(window) ||
               reduction != Reduction::distinct_days) {
      const bool falls =
          assessor_.is_open(window) &&
          (reduction == Reduction::last || reduction == Reduction::least);
      const bool rises =
          assessor_.is_open(window) && reduction != Reduction::least;
      plan.by_order.emplace();
      for (std::size_t at = 0; at < plan.by_order->size(); ++at) {
        const int order = static_cast<int>(at) - 1;
        (*plan.by_order)[at] =
            assessor_.decided(falls ? -1 : order, rises ? 1 : order, window);
      }
    }
    return plan;
  }

  [[nodiscard]] BatchTally batch_of(const Tally& tally) const {
    std::vector<BatchWindow> windows;
    windows.reserve(plans_.size());
    for (const WindowPlan& plan : plans_) windows.push_back(plan.cut);
    return {columns_of(snapshot_, tally, rule_.subjects.type), tally.reduction,
            std::move(windows), assessment_.subjects};
  }

  // A run of subjects.
  Result<void> fill(const BatchTally& batch, std::size_t first,
                    std::size_t last, PartThresholds& parts) {
    const BatchCells cells{assessment_.values, assessment_.has_value};
    if (auto done = fill_values(snapshot_, rule_.tally, rule_.subjects.type,
                                batch, first, last, cells);
        !done) {
      return done;
    }
    for (std::size_t w = 0; w < plans_.size(); ++w)
      judge(w, first, last, parts);
    return {};
  }

  // The statuses of a run of subjects in one window: first as if all lived
  // throughout, then one by one those that did not.
  void judge(std::size_t w, std::size_t first, std::size_t last,
             PartThresholds& parts) {
    const WindowPlan& plan = plans_[w];
    if (!plan.is_in_force || !plan.by_order || !rule_.subjects.exempt.empty()) {
      for (std::size_t at = first; at < last; ++at) judge_one(at, w, parts);
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
        judge_one(at, w, parts);
      }
    }
  }

  void judge_one(std::size_t at, std::size_t w, PartThresholds& parts) {
    const std::uint32_t subject = assessment_.subjects[at];
    const std::size_t cell = assessment_.at(at, w);
    const bool exempt =
        !rule_.subjects.exempt.empty() && filter_.is_exempt(subject);
    SubjectAssessor::Cell judged;
    judged.value = assessment_.values[cell];
    judged.has_value = assessment_.has_value[cell] != 0;
    assessor_.judge(judged, assessment_.windows[w], subject, exempt);
    assessment_.statuses[cell] = judged.status;
    const auto [numerator, denominator] = judged.threshold;
    if (denominator == 1) return;
    parts.push_back(
        {cell, make_fraction(numerator, denominator).value_or(Fraction{})});
  }

  const Snapshot& snapshot_;
  const Rule& rule_;
  SubjectFilter filter_;
  SubjectAssessor assessor_;
  Assessment& assessment_;
  std::vector<WindowPlan> plans_;
};

}  // namespace

Fraction Assessment::threshold(std::size_t cell) const {
  switch (statuses[cell]) {
    case Status::not_in_force:
    case Status::exempt:
    case Status::not_applicable:
      return {0, 1};
    default:
      break;
  }
  const auto found = std::lower_bound(
      part_thresholds.begin(), part_thresholds.end(), cell,
      [](const PartThreshold& part, std::size_t at) { return part.cell < at; });
  if (found != part_thresholds.end() && found->cell == cell) {
    return found->threshold;
  }
  return {rule.requirement.threshold.value_or(0), 1};
}

Status Assessment::overall(std::size_t subject) const {
  return overall_of(
      std::span(statuses).subspan(at(subject, 0), windows.size()));
}

Result<Assessment> assess(const Snapshot& snapshot, const Rule& rule,
                          const Interval& range, Threads threads) try {
  auto windows = windows_of_rule(snapshot, rule, range);
  if (!windows) return windows.error();
  Assessment assessment;
  assessment.rule = rule;
  assessment.windows = *std::move(windows);
  if (auto done = Assessor(snapshot, rule, assessment).run(threads.count);
      !done) {
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
                              const Interval& window, bool over_units,
                              Threads threads) try {
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
  const std::size_t units = snapshot.unit_count();
  const std::uint8_t has_value = has_always_a_value(tally) ? 1 : 0;
  do_at_once(threads.count,
             {[&] { fill_column<std::int64_t>(result.value, units, 0); },
              [&] { fill_column(result.has_value, units, has_value); }});
  const BatchTally batch = batch_of_units(snapshot, tally, cut);
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
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<void> add_tally(const Snapshot& snapshot, const Tally& tally,
                       const Interval& window, std::span<std::int64_t> values,
                       Threads threads) try {
  if (auto fine = check_tally(snapshot, tally, true); !fine) return fine;
  if (tally.source != Tally::Source::records) {
    return Error{Code::rule_invalid,
                 "attendance is tallied for persons, not for units"};
  }
  if (tally.reduction != Reduction::count &&
      tally.reduction != Reduction::sum) {
    return Error{Code::reduction_refused,
                 "only counts and sums are added to numbers that there are"};
  }
  const std::size_t units = snapshot.unit_count();
  if (values.size() != units) {
    return Error{Code::invalid_argument,
                 fmt::format("there are {} units, and room for {} numbers",
                             units, values.size())};
  }
  const Interval cut =
      cut_to_day(closed_until(window, snapshot.as_of()), snapshot.as_of());
  const BatchTally batch = batch_of_units(snapshot, tally, cut);
  const std::size_t count = chunk_count(threads.count, units);
  std::vector<std::uint8_t> fits(count);
  run_in_parallel(count, [&](std::size_t at) {
    fits[at] =
        batch.fill(units * at / count, units * (at + 1) / count, {values, {}})
            ? 1
            : 0;
  });
  if (std::find(fits.begin(), fits.end(), 0) == fits.end()) return {};
  return Error{Code::sum_overflow,
               "the sum of a unit's values is beyond 64 bits"};
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
