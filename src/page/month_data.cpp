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

void add_figure(MonthFigures::Of& of, const Coverage* coverage,
                PlaceIndex place) {
  if (coverage == nullptr || place.is_none()) {
    of.met.push_back(0);
    of.eligible.push_back(0);
    return;
  }
  const StatusCounts counts = coverage->at(place);
  of.met.push_back(counts.of(Status::met));
  of.eligible.push_back(counts.eligible() + 1);
}

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
         std::span<const RuleAssessment> assessments,
         std::span<const std::vector<std::uint32_t>> places)
      : snapshot_(snapshot),
        question_(question),
        assessments_(assessments),
        places_(places),
        figures_(assessments.size() * places.size()) {}

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

  std::vector<MonthFigures::Of> take() { return std::move(figures_); }

 private:
  // Adds a month of a rule: coverage of an assessment of `snapshot`, at the
  // units of the page's own snapshot.
  Result<void> add(std::size_t rule, const Snapshot& snapshot,
                   const RuleAssessment* assessment) {
    for (std::size_t at = 0; at < places_.size(); ++at) {
      if (places_[at].empty()) continue;
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
      MonthFigures::Of& of = figures_[at * assessments_.size() + rule];
      for (const std::uint32_t place : places_[at]) {
        const auto unit =
            snapshot.find_unit(snapshot_.identity(shown.unit({place})));
        add_figure(
            of, is_known ? &coverage : nullptr,
            is_known && unit ? forest->first_place(*unit) : PlaceIndex{});
      }
    }
    return {};
  }

  const Snapshot& snapshot_;
  const ReportQuestion& question_;
  std::span<const RuleAssessment> assessments_;
  std::span<const std::vector<std::uint32_t>> places_;
  std::vector<MonthFigures::Of> figures_;
};

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

Result<MonthFigures> month_figures(
    const Registry& registry, const Snapshot& snapshot,
    const ReportQuestion& question, std::size_t months_max,
    std::span<const RuleAssessment> assessments,
    std::span<const std::vector<std::uint32_t>> places) {
  MonthFigures figures;
  figures.months = months_of(question.range, snapshot.as_of(), months_max);
  if (figures.months.empty()) return figures;
  Months months(snapshot, question, assessments, places);
  std::vector<std::size_t> by_day;
  for (std::size_t rule = 0; rule < assessments.size(); ++rule) {
    figures.by_window.push_back(is_monthly(assessments[rule]) ? 1 : 0);
    if (figures.by_window.back() == 0) {
      by_day.push_back(rule);
    } else if (const auto done = months.add_windows(rule, figures.months);
               !done) {
      return done.error();
    }
  }
  for (const Interval& month : figures.months) {
    if (by_day.empty()) break;
    Diagnostics findings;
    FreezeOptions freezing;
    freezing.as_of = add_days(month.valid_until, -1);
    freezing.known_on = snapshot.known_on();
    const auto then = freeze(registry, freezing, findings);
    if (!then) return then.error();
    if (const auto done = months.add_day(by_day, **then); !done) {
      return done.error();
    }
  }
  figures.of = months.take();
  return figures;
}

void write_months(const Sink& sink, const MonthFigures& figures,
                  std::size_t forests, std::size_t units_max) {
  if (figures.months.empty()) return;
  write_script(sink, "months", [&](JsonWriter& json) {
    json.object().key("days").array();
    for (const Interval& month : figures.months) {
      json.text(to_string(add_days(month.valid_until, -1)));
    }
    json.end().key("units").count(units_max).key("by_window").array();
    for (const std::uint8_t one : figures.by_window) json.count(one);
    json.end().end();
  });
  const std::size_t rules = figures.by_window.size();
  for (std::size_t at = 0; at < forests * rules; ++at) {
    const MonthFigures::Of& of = figures.of[at];
    const std::string id = fmt::format("m{}r{}", at / rules, at % rules);
    write_script(sink, id, [&](JsonWriter& json) {
      json.object().key("met");
      write_runs(json, of.met.size(),
                 [&](std::size_t one) { return of.met[one]; });
      json.key("eligible");
      write_runs(json, of.eligible.size(),
                 [&](std::size_t one) { return of.eligible[one]; });
      json.end();
    });
  }
}

}  // namespace headrope
