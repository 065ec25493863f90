// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The calendar of the oracle: every day there is, one after the other.

#pragma once

#include <cstdint>
#include <vector>

#include <headrope/date.hpp>

namespace headrope::oracle {

/// Every civil day from 1400-01-01 to 9999-12-31, made by walking day by day
/// from Thursday 1970-01-01.
class Calendar {
 public:
  static const Calendar& instance();

  [[nodiscard]] Date first() const { return {first_}; }
  [[nodiscard]] Date last() const;
  [[nodiscard]] const CivilDate& civil(Date day) const;
  /// 0 is Monday.
  [[nodiscard]] int weekday(Date day) const;
  /// True if a period begins on this day.
  [[nodiscard]] bool begins(Date day, Period period) const;
  /// The period that holds a day, found by walking to both of its ends.
  [[nodiscard]] Interval period_of(Date day, Period period) const;
  /// The periods of every day of a bounded range.
  [[nodiscard]] std::vector<Interval> windows(const Interval& range,
                                              Period period) const;

 private:
  Calendar();

  std::int32_t first_ = 0;
  std::vector<CivilDate> days_;
};

}  // namespace headrope::oracle
