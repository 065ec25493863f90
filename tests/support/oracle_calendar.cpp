// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/oracle_calendar.hpp"

#include <array>
#include <cstddef>

namespace headrope::oracle {
namespace {

constexpr std::int32_t year_first = 1400;
constexpr std::int32_t year_last = 9999;

bool is_leap(std::int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
  constexpr std::array<std::int32_t, 12> lengths{31, 28, 31, 30, 31, 30,
                                                 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year)
             ? 29
             : lengths[static_cast<std::size_t>(month - 1)];
}

CivilDate day_after(CivilDate date) {
  if (date.day < days_in_month(date.year, date.month)) {
    return {date.year, date.month, date.day + 1};
  }
  return date.month < 12 ? CivilDate{date.year, date.month + 1, 1}
                         : CivilDate{date.year + 1, 1, 1};
}

}  // namespace

const Calendar& Calendar::instance() {
  static const Calendar calendar;
  return calendar;
}

Calendar::Calendar() {
  for (std::int32_t year = year_first; year < 1970; ++year) {
    first_ -= is_leap(year) ? 366 : 365;
  }
  for (CivilDate date{year_first, 1, 1}; date.year <= year_last;
       date = day_after(date)) {
    days_.push_back(date);
  }
}

Date Calendar::last() const {
  return {first_ + static_cast<std::int32_t>(days_.size()) - 1};
}

const CivilDate& Calendar::civil(Date day) const {
  return days_.at(static_cast<std::size_t>(day.days - first_));
}

int Calendar::weekday(Date day) const {
  constexpr int thursday = 3;
  return ((day.days + thursday) % 7 + 7) % 7;
}

bool Calendar::begins(Date day, Period period) const {
  const CivilDate& date = civil(day);
  switch (period) {
    case Period::week:
      return weekday(day) == 0;
    case Period::month:
      return date.day == 1;
    case Period::quarter:
      return date.day == 1 && (date.month == 1 || date.month == 4 ||
                               date.month == 7 || date.month == 10);
    case Period::half_year:
      return date.day == 1 && (date.month == 1 || date.month == 7);
    case Period::year:
      return date.day == 1 && date.month == 1;
    case Period::whole:
      break;
  }
  return false;
}

Interval Calendar::period_of(Date day, Period period) const {
  Date from = day;
  while (!begins(from, period)) {
    from = add_days(from, -1);
  }
  Date until = add_days(day, 1);
  while (!begins(until, period)) {
    until = add_days(until, 1);
  }
  return {from, until};
}

std::vector<Interval> Calendar::windows(const Interval& range,
                                        Period period) const {
  std::vector<Interval> windows;
  for (Date day = range.valid_from; day < range.valid_until;
       day = add_days(day, 1)) {
    if (windows.empty() || windows.back().valid_until <= day) {
      windows.push_back(period_of(day, period));
    }
  }
  return windows;
}

}  // namespace headrope::oracle
