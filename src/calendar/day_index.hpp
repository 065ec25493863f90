// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Which of many intervals hold on a day, without looking at all of them.

#pragma once

#include <cstdint>
#include <vector>

#include "headrope/date.hpp"

namespace headrope {

/// Intervals by the days on which they hold.
/// @threads Immutable; any thread.
class DayIndex {
 public:
  DayIndex() = default;
  /// @complexity O(n log n); nothing is built for a few.
  explicit DayIndex(std::vector<Interval> days);

  /// Gives the positions of the intervals that hold on a day, ascending.
  /// @complexity O(k log n) for the k that hold.
  void on(Date day, std::vector<std::uint32_t>& to) const;

 private:
  void descend(std::size_t node, std::size_t first, std::size_t last,
               std::size_t end, Date day, std::vector<std::uint32_t>& to) const;

  std::vector<Interval> days_;
  std::vector<std::uint32_t> order_;  // By first day; empty for a few.
  std::vector<Date> latest_;  // Latest end below each node of a binary tree.
};

}  // namespace headrope
