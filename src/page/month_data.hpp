// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The heat map of a page: for units of the upper levels, how far each rule is
// met in or at the end of each month.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "headrope/report.hpp"
#include "page/forest_data.hpp"

namespace headrope {

/// The months of a range up to a day, the last `count_max` of them; the last
/// one ends with the day. Empty if the range does not begin.
[[nodiscard]] std::vector<Interval> months_of(const Interval& range, Date day,
                                              std::size_t count_max);

/// Figures of rules, month by month, at some places of each hierarchy.
struct MonthFigures {
  /// Of one rule in one hierarchy: place by place, one month after the other.
  struct Of {
    std::vector<std::int64_t> met;
    std::vector<std::int64_t> eligible;  ///< one more; 0: no such place
  };
  std::vector<Interval> months;
  std::vector<std::uint8_t> by_window;  ///< by rule: 1 for windows of months
  std::vector<Of> of;                   ///< by hierarchy, then rule
};

/// Finds the figures. Without months in the range, all is empty.
/// @param places by position in `snapshot.forests()`.
[[nodiscard]] Result<MonthFigures> month_figures(
    const Registry& registry, const Snapshot& snapshot,
    const ReportQuestion& question, std::size_t months_max,
    std::span<const RuleAssessment> assessments,
    std::span<const std::vector<std::uint32_t>> places);

/// Writes `months`, which tells the months and what the figures of each rule
/// are, and a script `m<forest>r<rule>` with those figures.
void write_months(const Sink& sink, const MonthFigures& figures,
                  std::size_t forests, std::size_t units_max);

}  // namespace headrope
