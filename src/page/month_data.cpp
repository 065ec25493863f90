// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Coverage month by month: of windows, or as of the last day of each month.

#include "page/month_data.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "headrope/date.hpp"

namespace headrope {
namespace {

// Figures of one rule in one hierarchy, month by month, place by place.
struct Figures {
  std::vector<std::int64_t> met;
  std::vector<std::int64_t> eligible;  // One more; 0: no such place.

  void add(const Coverage* coverage, PlaceIndex place) {
    if (coverage == nullptr || place.is_none()) {
      met.push_back(0);
      eligible.push_back(0);
      return;
    }
    const StatusCounts counts = coverage->at(place);
    met.push_back(counts.of(Status::met));
    eligible.push_back(counts.eligible() + 1);
  }
};

// Whether every window of a rule is a calendar month.
bool is_monthly(const RuleAssessment& assessment) {
  return assessment.windows.size() > 1 && assessment.own_windows.empty() &&
         std::all_of(assessment.windows.begin(), assessment.windows.end(),
                     [](const Interval& window) {
                       return !window.valid_from.is_open() &&
                              window ==
                                  period_of(window.valid_from, Period::month);
                     });
}

// The window of a monthly rule that a month lies in; the count if in none.
std::size_t window_of(const RuleAssessment& assessment, const Interval& month) {
  return static_cast<std::size_t>(
      std::find_if(assessment.windows.begin(), assessment.windows.end(),
                   [&](const Interval& window) {
                     return window.contains(month.valid_from);
                   }) -
      assessment.windows.begin());
}

// One window of an assessment, as far as coverage reads it.
RuleAssessment one_window(const RuleAssessment& assessment,
                          std::size_t window) {
  RuleAssessment one;
  one.pack = assessment.pack;
  one.rule = assessment.rule;
  one.subject_type = assessment.subject_type;
  one.subjects = assessment.subjects;
  one.subject_units = assessment.subject_units;
  one.windows = {assessment.windows[window]};
  one.statuses.reserve(assessment.subjects.size());
  for (std::size_t at = 0; at < assessment.subjects.size(); ++at) {
    one.statuses.push_back(assessment.statuses[assessment.at(at, window)]);
  }
  return one;
}

class Months {
 public:
  Months(const Snapshot& snapshot, const ReportQuestion& question,
         std::size_t units_max, std::span<const RuleAssessment> assessments,
         std::span<const LevelOrder> orders)
      : snapshot_(snapshot),
        question_(question),
        units_max_(units_max),
        assessments_(assessments),
        orders_(orders),
        figures_(assessments.size() * orders.size()) {}

  // The windows of a monthly rule, as of the day of the snapshot.
  Result<void> add_windows(std::size_t rule, std::span<const Interval> months) {
    const RuleAssessment& assessment = assessments_[rule];
    for (const Interval& month : months) {
      const std::size_t window = window_of(assessment, month);
      if (window == assessment.windows.size()) {
        if (const auto none = add(rule, snapshot_, nullptr); !none) return none;
        continue;
      }
      const RuleAssessment one = one_window(assessment, window);
      if (const auto done = add(rule, snapshot_, &one); !done) return done;
    }
    return {};
  }

  // Coverage as of a day, in the structure of that day.
  Result<void> add_day(std::span<const std::size_t> rules,
                       const Snapshot& snapshot) {
    const RuleQuestion asked{question_.range, false, question_.threads};
    std::vector<std::size_t> in_pack;
    for (const std::size_t rule : rules) {
      in_pack.push_back(assessments_[rule].rule);
    }
    const auto then = assess(snapshot, question_.pack, in_pack, asked);
    if (!then) return then.error();
    for (std::size_t at = 0; at < rules.size(); ++at) {
      if (const auto done = add(rules[at], snapshot, &(*then)[at]); !done) {
        return done;
      }
    }
    return {};
  }

  void write(const Sink& sink) const {
    for (std::size_t forest = 0; forest < orders_.size(); ++forest) {
      for (std::size_t rule = 0; rule < assessments_.size(); ++rule) {
        const Figures& figures = figures_[forest * assessments_.size() + rule];
        write_script(
            sink, fmt::format("m{}r{}", forest, rule), [&](JsonWriter& json) {
              json.object().key("met");
              write_runs(json, figures.met.size(),
                         [&](std::size_t at) { return figures.met[at]; });
              json.key("eligible");
              write_runs(json, figures.eligible.size(),
                         [&](std::size_t at) { return figures.eligible[at]; });
              json.end();
            });
      }
    }
  }

 private:
  // Adds a month of a rule: coverage of an assessment of `snapshot`, at the
  // units of the page's own snapshot.
  Result<void> add(std::size_t rule, const Snapshot& snapshot,
                   const RuleAssessment* assessment) {
    for (std::size_t at = 0; at < orders_.size(); ++at) {
      const Forest& shown = snapshot_.forests()[at];
      const Forest* forest = snapshot.find_forest(
          snapshot_.hierarchies()[shown.hierarchy().value].id);
      Coverage coverage;
      const bool is_known = forest != nullptr && assessment != nullptr;
      if (is_known) {
        auto covered = cover(snapshot, *forest, *assessment, question_.basis,
                             question_.threads);
        if (!covered) return covered.error();
        coverage = *std::move(covered);
      }
      Figures& figures = figures_[at * assessments_.size() + rule];
      for (const std::uint32_t place : places(at)) {
        const auto unit =
            snapshot.find_unit(snapshot_.identity(shown.unit({place})));
        figures.add(
            is_known ? &coverage : nullptr,
            is_known && unit ? forest->first_place(*unit) : PlaceIndex{});
      }
    }
    return {};
  }

  std::span<const std::uint32_t> places(std::size_t forest) const {
    const auto all = orders_[forest].places();
    return all.first(std::min(all.size(), units_max_));
  }

  const Snapshot& snapshot_;
  const ReportQuestion& question_;
  std::size_t units_max_;
  std::span<const RuleAssessment> assessments_;
  std::span<const LevelOrder> orders_;
  std::vector<Figures> figures_;
};

void write_head(const Sink& sink, std::span<const Interval> months,
                std::span<const RuleAssessment> assessments,
                std::size_t units_max) {
  write_script(sink, "months", [&](JsonWriter& json) {
    json.object().key("days").array();
    for (const Interval& month : months) {
      json.text(to_string(add_days(month.valid_until, -1)));
    }
    json.end().key("units").count(units_max).key("by_window").array();
    for (const RuleAssessment& one : assessments) {
      json.count(is_monthly(one) ? 1U : 0U);
    }
    json.end().end();
  });
}

}  // namespace

std::vector<Interval> months_of(const Interval& range, Date day,
                                std::size_t count_max) {
  std::vector<Interval> months;
  const Interval asked =
      range.intersected({Date::open_start(), add_days(day, 1)});
  if (asked.valid_from.is_open() || asked.is_empty()) return months;
  Date last = add_days(asked.valid_until, -1);
  while (months.size() < count_max && last >= asked.valid_from) {
    const Interval month = period_of(last, Period::month).intersected(asked);
    months.push_back(month);
    last = add_days(month.valid_from, -1);
  }
  std::reverse(months.begin(), months.end());
  return months;
}

Result<void> write_months(const Sink& sink, const Registry& registry,
                          const Snapshot& snapshot,
                          const ReportQuestion& question,
                          const ReportOptions& options,
                          std::span<const RuleAssessment> assessments,
                          std::span<const LevelOrder> orders) {
  const auto months =
      months_of(question.range, snapshot.as_of(), options.months_max);
  if (months.empty()) return {};
  Months figures(snapshot, question, options.month_units_max, assessments,
                 orders);
  std::vector<std::size_t> by_day;
  for (std::size_t rule = 0; rule < assessments.size(); ++rule) {
    if (!is_monthly(assessments[rule])) {
      by_day.push_back(rule);
    } else if (const auto done = figures.add_windows(rule, months); !done) {
      return done;
    }
  }
  for (const Interval& month : months) {
    if (by_day.empty()) break;
    Diagnostics findings;
    FreezeOptions freezing;
    freezing.as_of = add_days(month.valid_until, -1);
    freezing.known_on = snapshot.known_on();
    const auto then = freeze(registry, freezing, findings);
    if (!then) return then.error();
    if (const auto done = figures.add_day(by_day, **then); !done) return done;
  }
  write_head(sink, months, assessments, options.month_units_max);
  figures.write(sink);
  return {};
}

}  // namespace headrope
