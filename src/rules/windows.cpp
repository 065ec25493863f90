// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the window that a rule names to intervals of days.

#include <algorithm>

#include "rules/window.hpp"

namespace headrope {
namespace {

Error too_many() {
  return {Code::window_invalid, "the range gives more than " +
                                    std::to_string(windows_max) +
                                    " windows; ask for fewer days"};
}

Date day_after(Date day) { return add_days(day, 1); }

// A day of a year; the 29th of February is the 28th where there is none.
Date day_in(std::int32_t year, std::int32_t month, std::int32_t day) {
  auto date = make_date(year, month, day);
  if (!date && month == 2 && day == 29) date = make_date(year, 2, 28);
  return date ? *date : Date::open_end();
}

// Bit of a day in a set of weekdays; 1970-01-05 was a Monday.
unsigned weekday_bit(Date day) {
  return 1U << static_cast<unsigned>(((day.days - 4) % 7 + 7) % 7);
}

Result<std::vector<Interval>> find_days(const WindowSpec& spec,
                                        const Interval& range) {
  std::vector<Interval> windows;
  for (Date day = range.valid_from; day < range.valid_until;
       day = day_after(day)) {
    if ((spec.weekdays & weekday_bit(day)) == 0) continue;
    if (std::binary_search(spec.except.begin(), spec.except.end(), day)) {
      continue;
    }
    if (windows.size() == windows_max) return too_many();
    windows.push_back({day, day_after(day)});
  }
  return windows;
}

Interval part_of(const WindowSpec& spec, std::int32_t year) {
  return {day_in(year, spec.from_month, spec.from_day),
          day_after(day_in(year, spec.until_month, spec.until_day))};
}

std::vector<Interval> find_parts(const WindowSpec& spec,
                                 const Interval& range) {
  std::vector<Interval> windows;
  const std::int32_t first = civil(range.valid_from).year;
  const std::int32_t last = civil(add_days(range.valid_until, -1)).year;
  for (std::int32_t year = first; year <= last; ++year) {
    const Interval part = part_of(spec, year);
    if (part.overlaps(range)) windows.push_back(part);
  }
  return windows;
}

// The day so many months earlier, or the last day of that month.
Date months_before(Date day, std::int32_t months) {
  CivilDate parts = civil(day);
  std::int32_t number = parts.year * 12 + parts.month - 1 - months;
  if (number < 1400 * 12) return Date::open_start();
  for (std::int32_t last = parts.day; last >= 28; --last) {
    const auto date = make_date(number / 12, number % 12 + 1, last);
    if (date) return *date;
  }
  return day_in(number / 12, number % 12 + 1, parts.day);
}

Interval rolled(const WindowSpec& spec, Date as_of) {
  const Date until = day_after(as_of);
  switch (spec.unit) {
    case WindowSpec::Unit::days:
      return {add_days(until, -spec.length), until};
    case WindowSpec::Unit::months:
      return {day_after(months_before(as_of, spec.length)), until};
    case WindowSpec::Unit::years:
      return {day_after(months_before(as_of, spec.length * 12)), until};
  }
  return {until, until};
}

Interval after(const WindowSpec& spec, const Interval& subject) {
  const Date day_zero =
      spec.after_start ? subject.valid_from : add_days(subject.valid_until, -1);
  return {day_after(day_zero), add_days(day_zero, spec.length + 1)};
}

}  // namespace

Result<std::vector<Interval>> find_windows(const WindowSpec& spec,
                                           const WindowFrame& frame) {
  const Date until = day_after(frame.as_of);
  switch (spec.type) {
    case WindowSpec::Type::as_of:
      return std::vector{Interval{Date::open_start(), until}};
    case WindowSpec::Type::once:
      return std::vector{
          Interval{std::min(frame.effective, frame.as_of), until}};
    case WindowSpec::Type::fixed:
    case WindowSpec::Type::by:
    case WindowSpec::Type::phase: {
      Interval window = spec.fixed;
      if (window.valid_until.is_open()) {
        window.valid_until = std::max(until, day_after(window.valid_from));
      }
      return std::vector{window};
    }
    case WindowSpec::Type::rolling:
      return std::vector{rolled(spec, frame.as_of)};
    case WindowSpec::Type::within:
      return std::vector{after(spec, frame.subject)};
    case WindowSpec::Type::each:
    case WindowSpec::Type::each_day:
    case WindowSpec::Type::each_part:
      break;
  }
  if (!is_civil(frame.range.valid_from) ||
      !is_civil(add_days(frame.range.valid_until, -1)) ||
      frame.range.is_empty()) {
    return Error{Code::window_invalid,
                 "a range with both ends in the years 1400 to 9999, and at "
                 "least one day, is needed"};
  }
  if (spec.type == WindowSpec::Type::each_day) {
    return find_days(spec, frame.range);
  }
  if (spec.type == WindowSpec::Type::each_part) {
    return find_parts(spec, frame.range);
  }
  auto windows = windows_in(frame.range, spec.period);
  if (windows && windows->size() > windows_max) return too_many();
  return windows;
}

std::optional<Interval> window_before(const WindowSpec& spec,
                                      const Interval& window) {
  const Date day_before = add_days(window.valid_from, -1);
  if (!is_civil(day_before)) return std::nullopt;
  switch (spec.type) {
    case WindowSpec::Type::each:
      return period_of(day_before, spec.period);
    case WindowSpec::Type::each_part: {
      const Interval part = part_of(spec, civil(window.valid_from).year - 1);
      // Before the year 1400 there is none.
      return part.is_empty() ? std::nullopt : std::optional(part);
    }
    case WindowSpec::Type::each_day:
    case WindowSpec::Type::fixed:
    case WindowSpec::Type::phase:
    case WindowSpec::Type::rolling: {
      const auto days = static_cast<std::int32_t>(window.day_count());
      return Interval{add_days(window.valid_from, -days), window.valid_from};
    }
    default:
      return std::nullopt;
  }
}

bool reads_at_start(const WindowSpec& spec) {
  return spec.type == WindowSpec::Type::each ||
         spec.type == WindowSpec::Type::each_day ||
         spec.type == WindowSpec::Type::each_part;
}

}  // namespace headrope
