// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Calendar periods as half-open intervals.

#include "headrope/date.hpp"

namespace headrope {
namespace {

// Months from year 0, so that periods of months are plain division.
std::int32_t month_number(Date day) {
  const CivilDate parts = civil(day);
  return parts.year * 12 + parts.month - 1;
}

// The first day of a month; the one after December 9999 cannot be written, but
// has its number.
Date first_of_month(std::int32_t number) {
  const Result<Date> day = make_date(number / 12, number % 12 + 1, 1);
  return day ? *day : add_days(*make_date(9999, 12, 31), 1);
}

std::int32_t months_of(Period period) {
  switch (period) {
    case Period::quarter:
      return 3;
    case Period::half_year:
      return 6;
    case Period::year:
      return 12;
    default:
      return 1;
  }
}

Interval week_of(Date day) {
  // 1970-01-05 was a Monday.
  const std::int32_t since_monday = ((day.days - 4) % 7 + 7) % 7;
  const Date monday{day.days - since_monday};
  return {monday, add_days(monday, 7)};
}

}  // namespace

Interval period_of(Date day, Period period) {
  Expects(period != Period::whole && is_civil(day));
  if (period == Period::week) return week_of(day);
  const std::int32_t months = months_of(period);
  const std::int32_t first = month_number(day) / months * months;
  return {first_of_month(first), first_of_month(first + months)};
}

Result<std::vector<Interval>> windows_in(const Interval& range, Period period) {
  if (range.is_empty()) {
    return Error{Code::window_invalid,
                 "the range '" + to_string(range.valid_from) + "' to '" +
                     to_string(range.valid_until) + "' holds no day"};
  }
  if (period == Period::whole) return std::vector{range};
  if (!is_civil(range.valid_from) ||
      !is_civil(add_days(range.valid_until, -1))) {
    return Error{
        Code::window_invalid,
        "only a range with both ends known, in the years 1400 to 9999, "
        "can be cut into calendar periods"};
  }
  std::vector<Interval> windows;
  Date next = range.valid_from;
  while (next < range.valid_until) {
    windows.push_back(period_of(next, period));
    next = windows.back().valid_until;
  }
  return windows;
}

}  // namespace headrope
