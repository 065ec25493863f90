// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Counting and adding along the columns of records.

#include "evaluate/count_rule.hpp"

#include <algorithm>
#include <numeric>

#include "base/checked.hpp"
#include "base/columns_at_once.hpp"
#include "base/parallel.hpp"
#include "evaluate/batch.hpp"
#include "evaluate/lived_part.hpp"

namespace headrope {
namespace {

// After so many the caller may stop.
constexpr std::size_t subjects_at_once = std::size_t{1} << 14U;

bool has_shape(const PackRule& rule) {
  if (rule.subjects.type != Thing::unit || rule.force == Force::report ||
      !rule.subjects.where.empty() || !rule.exempt.empty() ||
      !rule.subjects.inherited_by.ids.empty() ||
      rule.require.op != Condition::Op::compare ||
      rule.window.type == WindowSpec::Type::within) {
    return false;
  }
  using Compare = Condition::Compare;
  const Condition& require = rule.require;
  switch (require.compare) {
    case Compare::at_least:
    case Compare::at_most:
    case Compare::more_than:
    case Compare::less_than:
      break;
    default:
      return false;
  }
  const Amount& left = require.amounts[0];
  const Amount::Op right = require.amounts[1].op;
  if ((left.op != Amount::Op::count && left.op != Amount::Op::sum) ||
      !left.parts.empty() ||
      (right != Amount::Op::number && right != Amount::Op::parameter)) {
    return false;
  }
  const Selection& items = left.selection.front();
  return items.source == Selection::Source::records &&
         items.reach == Selection::Reach::own && items.where.empty() &&
         items.about.empty() && items.credited.empty() &&
         items.counts == Selection::Counts::begun;
}

// From which number on a requirement is met, or no longer met.
struct Pivot {
  std::int64_t from = 0;
  bool is_met_from = true;
};

std::int64_t floor_of(int128 numerator, int128 denominator) {
  int128 whole = numerator / denominator;
  if (numerator < 0 && whole * denominator != numerator) --whole;
  return static_cast<std::int64_t>(whole);
}

// The pivot of numerators over `scale`; nothing if it does not fit.
std::optional<Pivot> pivot_of(const Condition& require,
                              const Fraction& threshold, std::int64_t scale,
                              bool is_exclusive) {
  const int128 wanted = int128{threshold.numerator} * scale;
  constexpr int128 largest = std::int64_t{1} << 62;
  if (wanted > largest || wanted < -largest) return std::nullopt;
  const std::int64_t floor = floor_of(wanted, threshold.denominator);
  const bool is_whole = int128{floor} * threshold.denominator == wanted;
  const std::int64_t ceiling = is_whole ? floor : floor + 1;
  using Compare = Condition::Compare;
  switch (require.compare) {
    case Compare::at_least:
      return Pivot{ceiling, true};
    case Compare::more_than:
      return Pivot{floor + 1, true};
    case Compare::at_most:
      return Pivot{is_exclusive ? ceiling : floor + 1, false};
    default:
      return Pivot{ceiling, false};
  }
}

// One window as the passes need it.
struct WindowPlan {
  Interval window;
  std::int32_t from = 0;
  std::int32_t until = 0;  // Cut to the day of the snapshot.
  bool is_open = false;
  bool is_in_force = true;
  Fraction threshold;
  Pivot pivot;

  // The status at and above the pivot, and below it. In an open window a count
  // can only grow.
  [[nodiscard]] Status above() const {
    return pivot.is_met_from ? Status::met : Status::unmet;
  }
  [[nodiscard]] Status below() const {
    return is_open             ? Status::pending
           : pivot.is_met_from ? Status::unmet
                               : Status::met;
  }
  [[nodiscard]] Status judged(std::int64_t from_number,
                              std::int64_t value) const {
    return value >= from_number ? above() : below();
  }
};

bool is_exclusive(const PackRule& rule, const BoundPack& bound) {
  return rule.require.follows_below &&
         bound.pack->model().readings.below_is_exclusive;
}

class Counter {
 public:
  Counter(const BoundPack& bound, const Sources& sources, const PackRule& rule,
          std::vector<WindowPlan> plans, std::int64_t scale, RuleAssessment& to)
      : snapshot_(sources.snapshot()),
        rule_(rule),
        left_(rule.require.amounts[0]),
        plans_(std::move(plans)),
        scale_(scale),
        is_exclusive_(is_exclusive(rule, bound)),
        to_(to) {
    for (const std::uint32_t id : left_.selection.front().names.ids) {
      columns_.push_back(&snapshot_.unit_records({id}));
    }
  }

  // False if a sum does not fit.
  bool run(std::size_t thread_count, Pace& pace) {
    make_columns(thread_count);
    pace.begin("assess " + rule_.id, to_.subjects.size());
    std::vector<BatchWindow> windows;
    windows.reserve(plans_.size());
    for (const WindowPlan& plan : plans_) {
      windows.push_back({plan.from, plan.until});
    }
    const BatchTally batch(
        columns_,
        left_.op == Amount::Op::sum ? Reduction::sum : Reduction::count,
        std::move(windows), to_.subjects);
    const std::size_t chunks =
        std::max<std::size_t>(1, std::min(thread_count, to_.subjects.size()));
    std::vector<Chunk> found(chunks);
    const auto work = [&](std::size_t at) {
      const std::size_t count = to_.subjects.size();
      const std::size_t last = count * (at + 1) / chunks;
      Lane lane(pace, at, chunks);
      for (std::size_t first = count * at / chunks; first < last;) {
        const std::size_t end = std::min(last, first + subjects_at_once);
        fill(batch, first, end, found[at]);
        lane.advance(end - first);
        lane.tell();
        first = end;
      }
    };
    run_in_parallel(chunks, work);
    for (const Chunk& chunk : found) {
      if (chunk.overflowed) return false;
      if (!chunk.others.empty() && to_.other_reading.empty()) {
        to_.other_reading = to_.statuses;
      }
      for (const auto& [cell, status] : chunk.others) {
        to_.other_reading[cell] = status;
      }
      for (const auto& [cell, threshold] : chunk.scaled) {
        if (to_.thresholds.empty()) own_thresholds();
        to_.thresholds[cell] = threshold;
      }
    }
    return true;
  }

 private:
  // What is only of some cells.
  struct Chunk {
    std::vector<std::pair<std::size_t, Status>> others;
    std::vector<std::pair<std::size_t, Fraction>> scaled;
    bool overflowed = false;
  };

  void make_columns(std::size_t thread_count) {
    const auto make_cells = [&](std::size_t subjects) {
      const std::size_t cells = subjects * plans_.size();
      do_at_once(thread_count,
                 {[&] { fill_column<std::int64_t>(to_.numerators, cells, 0); },
                  [&] {
                    fill_column(to_.statuses, cells, Status::not_applicable);
                    if (rule_.subjects.names.is_all) {
                      count_off(subjects);
                    }
                  }});
    };
    if (rule_.subjects.names.is_all) {
      make_cells(snapshot_.unit_count());
    } else {
      find_subjects();
      make_cells(to_.subjects.size());
    }
  }

  void count_off(std::size_t subjects) {
    fill_column(to_.subjects, subjects, 0U);
    std::iota(to_.subjects.begin(), to_.subjects.end(), 0U);
  }

  void find_subjects() {
    const auto kinds = snapshot_.kind_column();
    const Names& wanted = rule_.subjects.names;
    std::vector<bool> counts(snapshot_.kinds().size(), false);
    for (std::uint32_t kind = 0; kind < counts.size(); ++kind) {
      counts[kind] = std::any_of(
          wanted.ids.begin(), wanted.ids.end(),
          [&](std::uint32_t wider) { return snapshot_.is_a({kind}, {wider}); });
    }
    for (std::uint32_t unit = 0; unit < kinds.size(); ++unit) {
      if (counts[kinds[unit].value]) to_.subjects.push_back(unit);
    }
  }

  void own_thresholds() {
    for (std::size_t at = 0; at < to_.subjects.size(); ++at) {
      for (const WindowPlan& plan : plans_) {
        to_.thresholds.emplace_back(plan.threshold);
      }
    }
  }

  void fill(const BatchTally& batch, std::size_t first, std::size_t last,
            Chunk& chunk) {
    if (first == last) return;
    if (!batch.fill(first, last, {to_.numerators, {}})) chunk.overflowed = true;
    for (std::size_t w = 0; w < plans_.size(); ++w) {
      judge_window(w, first, last, chunk);
    }
  }

  // The status of a run of subjects in one window.
  void judge_window(std::size_t w, std::size_t first, std::size_t last,
                    Chunk& chunk) {
    const WindowPlan& plan = plans_[w];
    const std::size_t width = plans_.size();
    const std::int64_t* numbers = to_.numerators.data();
    Status* statuses = to_.statuses.data();
    const std::int64_t pivot = plan.pivot.from;
    const Status above = plan.above();
    const Status below = plan.below();
    if (width == 1) {
      for (std::size_t at = first; at < last; ++at) {
        statuses[at] = numbers[at] >= pivot ? above : below;
      }
    } else {
      for (std::size_t at = first; at < last; ++at) {
        const std::size_t cell = at * width + w;
        statuses[cell] = numbers[cell] >= pivot ? above : below;
      }
    }
    const auto lives = snapshot_.life_column();
    const auto begin = snapshot_.life_begin();
    const std::uint32_t* units = to_.subjects.data();
    const Interval window = plan.window;
    const bool one_life = lives.size() + 1 == begin.size();
    std::vector<std::size_t> parts;
    for (std::size_t at = first; at < last; ++at) {
      const std::size_t unit = units[at];
      const std::size_t life = one_life ? unit : begin[unit];
      const bool is_whole = lives[life].contains(window) && plan.is_in_force &&
                            (one_life || begin[unit + 1] - begin[unit] == 1);
      if (!is_whole) parts.push_back(at);
    }
    for (const std::size_t at : parts) {
      const std::uint32_t unit = units[at];
      judge_part(plan,
                 lives.subspan(begin[unit], begin[unit + 1] - begin[unit]),
                 at * width + w, chunk);
    }
  }

  // A window in which the unit lived only in part, or not at all.
  void judge_part(const WindowPlan& plan, std::span<const Interval> life,
                  std::size_t cell, Chunk& chunk) {
    if (!plan.is_in_force) {
      to_.statuses[cell] = Status::not_in_force;
      return;
    }
    const auto status_by = [&](PartialWindow partial) {
      const auto part = lived_part(life, plan.window, partial);
      if (!part) return Status::not_applicable;
      if (*part == Fraction{1, 1}) {
        return plan.judged(plan.pivot.from, to_.numerators[cell]);
      }
      const auto threshold = multiply(plan.threshold, *part);
      const auto pivot =
          threshold ? pivot_of(rule_.require, *threshold, scale_, is_exclusive_)
                    : std::nullopt;
      if (!pivot) {
        chunk.overflowed = true;
        return Status::not_applicable;
      }
      if (partial == rule_.partial) chunk.scaled.emplace_back(cell, *threshold);
      return plan.judged(pivot->from, to_.numerators[cell]);
    };
    to_.statuses[cell] = status_by(rule_.partial);
    const auto part = lived_part(life, plan.window, PartialWindow::pro_rata);
    if (part && *part != Fraction{1, 1}) {
      chunk.others.emplace_back(
          cell, status_by(rule_.partial == PartialWindow::any_day
                              ? PartialWindow::pro_rata
                              : PartialWindow::any_day));
    }
  }

  const Snapshot& snapshot_;
  const PackRule& rule_;
  const Amount& left_;
  std::vector<WindowPlan> plans_;
  std::int64_t scale_;
  bool is_exclusive_;
  RuleAssessment& to_;
  std::vector<const RecordColumns*> columns_;
};

// The windows with their thresholds; nothing where one is open.
std::optional<std::vector<WindowPlan>> plan_windows(
    Evaluator& evaluator, const PackRule& rule,
    const std::vector<Interval>& windows, std::int64_t scale) {
  const Date as_of = evaluator.sources().snapshot().as_of();
  std::vector<WindowPlan> plans;
  for (const Interval& window : windows) {
    WindowPlan plan;
    plan.window = window;
    const Interval cut = evaluator.until_today(window);
    plan.from = cut.valid_from.days;
    plan.until = cut.valid_until.days;
    plan.is_open = window.valid_until > add_days(as_of, 1);
    plan.is_in_force = evaluator.is_in_force(rule, window);
    EvalContext context;
    context.window = window;
    context.spec = &rule.window;
    const Estimate threshold = evaluator.threshold_of(rule.require, context);
    if (threshold.state != Estimate::State::known) return std::nullopt;
    plan.threshold = threshold.now;
    const auto pivot = pivot_of(rule.require, threshold.now, scale,
                                is_exclusive(rule, evaluator.bound()));
    if (!pivot) return std::nullopt;
    plan.pivot = *pivot;
    plans.push_back(plan);
  }
  return plans;
}

}  // namespace

std::optional<Result<void>> count_rule(const BoundPack& bound,
                                       const Sources& sources,
                                       const PackRule& rule,
                                       const Interval& range,
                                       const RuleQuestion& question, Pace& pace,
                                       RuleAssessment& assessment) {
  if (!has_shape(rule) || question.wants_deadlines) return std::nullopt;
  Evaluator evaluator(bound, sources, range);
  const auto windows = evaluator.windows_of(rule, {});
  if (!windows) return Result<void>(windows.error());
  const std::size_t units = sources.snapshot().unit_count();
  if (windows->empty() || units > assessment_cells_max / windows->size()) {
    return std::nullopt;
  }
  std::int64_t scale = 1;
  const Amount& left = rule.require.amounts[0];
  if (left.op == Amount::Op::sum) {
    const std::uint32_t id = left.selection.front().names.ids.front();
    for (int at = 0; at < sources.snapshot().measures()[id].decimals; ++at) {
      scale *= 10;
    }
  }
  auto plans = plan_windows(evaluator, rule, *windows, scale);
  if (!plans || evaluator.error()) return std::nullopt;
  RuleAssessment counted;
  counted.pack = assessment.pack;
  counted.rule = assessment.rule;
  counted.subject_type = assessment.subject_type;
  counted.windows = *windows;
  counted.common_denominator = scale;
  for (const WindowPlan& plan : *plans) {
    counted.window_thresholds.emplace_back(plan.threshold);
  }
  Counter counter(bound, sources, rule, *std::move(plans), scale, counted);
  if (!counter.run(std::min<std::size_t>(question.threads.count, 64), pace))
    return std::nullopt;
  assessment = std::move(counted);
  return Result<void>();
}

}  // namespace headrope
