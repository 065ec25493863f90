// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The heat map of a page: for units of the upper levels, how far each rule is
// met in or at the end of each month.

#pragma once

#include <memory>
#include <span>
#include <vector>

#include "headrope/report.hpp"
#include "page/forest_data.hpp"

namespace headrope {

/// The months of a range up to a day, the last `count_max` of them; the last
/// one ends with the day. Empty if the range does not begin.
[[nodiscard]] std::vector<Interval> months_of(const Interval& range, Date day,
                                              std::size_t count_max);

/// Writes `months`, which tells the months and what the figures of each rule
/// are, and a script `m<forest>r<rule>` with met and eligible subjects by month
/// and place; `eligible` is one more than there are, and 0 where there was no
/// such place.
[[nodiscard]] Result<void> write_months(
    const Sink& sink, const Registry& registry, const Snapshot& snapshot,
    const ReportQuestion& question, const ReportOptions& options,
    std::span<const RuleAssessment> assessments,
    std::span<const LevelOrder> orders);

}  // namespace headrope
