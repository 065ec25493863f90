// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sets of days as disjoint intervals in order: what holds and what does not is
// added and taken away, and the runs of a finding are what is left.

#pragma once

#include <span>
#include <vector>

#include "headrope/date.hpp"

namespace headrope {

/// A set of days. Intervals that touch are joined, so each one is a longest
/// run.
class DaySet {
 public:
  /// No day.
  DaySet() = default;
  /// The days of one interval.
  explicit DaySet(const Interval& days);
  /// The days of any of some intervals. @complexity O(n log n).
  explicit DaySet(std::vector<Interval> days);

  /// The runs, in order.
  [[nodiscard]] std::span<const Interval> runs() const { return runs_; }
  /// True if it has no day.
  [[nodiscard]] bool is_empty() const { return runs_.empty(); }
  /// True if it has the day. @complexity O(log runs).
  [[nodiscard]] bool contains(Date day) const;

  /// The days of both. @complexity O(runs of both).
  [[nodiscard]] DaySet and_in(const DaySet& other) const;
  /// The days that the other does not have. @complexity O(runs of both).
  [[nodiscard]] DaySet without(const DaySet& other) const;

 private:
  std::vector<Interval> runs_;
};

}  // namespace headrope
