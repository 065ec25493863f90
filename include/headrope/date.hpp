// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Civil dates, half-open intervals and calendar windows. A date is a day
// number; the library never reads the clock, and "no end known" is a value of
// our own.

#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/result.hpp"

namespace headrope {

/// A civil day, as days since 1970-01-01.
///
/// Dates that can be written run from 1400-01-01 to 9999-12-31. Two values
/// lie outside: `open_start()` is before every day, `open_end()` after.
struct Date {
  std::int32_t days = 0;

  /// Before every day: no start known.
  [[nodiscard]] static constexpr Date open_start() {
    return {std::numeric_limits<std::int32_t>::min()};
  }
  /// After every day: no end known.
  [[nodiscard]] static constexpr Date open_end() {
    return {std::numeric_limits<std::int32_t>::max()};
  }
  /// True for the two values outside.
  [[nodiscard]] constexpr bool is_open() const {
    return *this == open_start() || *this == open_end();
  }
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// The latest day there is: as `known_on` it means "as known now".
inline constexpr Date latest_day{std::numeric_limits<std::int32_t>::max() - 1};

/// Year, month 1..12 and day 1..31 of a date.
struct CivilDate {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
  friend constexpr auto operator<=>(const CivilDate&,
                                    const CivilDate&) = default;
};

/// Gives the date of a civil day.
/// @returns `value_out_of_range` if the year is outside 1400..9999 or the day
///   does not exist (2011-02-30).
/// @threads Any thread. @complexity O(1).
[[nodiscard]] Result<Date> make_date(std::int32_t year, std::int32_t month,
                                     std::int32_t day);

/// Reads `YYYY-MM-DD`, strictly: ten characters, ASCII digits, a real day.
/// @threads Any thread. @complexity O(1).
[[nodiscard]] Result<Date> parse_date(std::string_view text);

/// True from 1400-01-01 to 9999-12-31.
[[nodiscard]] bool is_civil(Date date);

/// Gives year, month and day. `is_civil(date)` must hold.
[[nodiscard]] CivilDate civil(Date date);

/// Writes `YYYY-MM-DD`; an open end gives an empty text, and a day outside the
/// years 1400 to 9999 its number, as `day 2932897`.
[[nodiscard]] std::string to_string(Date date);

/// The day `count` days later (earlier if negative). Open ends stay open.
[[nodiscard]] constexpr Date add_days(Date date, std::int32_t count) {
  return date.is_open() ? date : Date{date.days + count};
}

/// The days from `valid_from` up to, not including, `valid_until`.
///
/// The default holds on every day. An interval whose end is not after its
/// start is empty.
struct Interval {
  Date valid_from = Date::open_start();
  Date valid_until = Date::open_end();

  /// True if the interval holds on a day.
  [[nodiscard]] constexpr bool contains(Date day) const {
    return valid_from <= day && day < valid_until;
  }
  /// True if the interval holds on all days of another.
  [[nodiscard]] constexpr bool contains(const Interval& other) const {
    return valid_from <= other.valid_from && other.valid_until <= valid_until;
  }
  /// True if it holds on no day.
  [[nodiscard]] constexpr bool is_empty() const {
    return valid_until <= valid_from;
  }
  /// True if both hold on some day; neither may be empty.
  [[nodiscard]] constexpr bool overlaps(const Interval& other) const {
    return valid_from < other.valid_until && other.valid_from < valid_until;
  }
  /// The days on which both hold; possibly empty.
  [[nodiscard]] constexpr Interval intersected(const Interval& other) const {
    return {valid_from < other.valid_from ? other.valid_from : valid_from,
            valid_until < other.valid_until ? valid_until : other.valid_until};
  }
  /// Number of days; 0 for an empty interval. Both ends must be known.
  [[nodiscard]] constexpr std::int64_t day_count() const {
    return is_empty()
               ? 0
               : std::int64_t{valid_until.days} - std::int64_t{valid_from.days};
  }
  friend constexpr auto operator<=>(const Interval&, const Interval&) = default;
};

/// Calendar periods. Weeks begin on Monday; `whole` is the range itself.
enum class Period : std::uint8_t {
  week,
  month,
  quarter,
  half_year,
  year,
  whole
};

/// Gives the calendar periods that share a day with `range`, whole (not cut to
/// the range), in order. `whole` gives the range itself.
/// @returns `window_invalid` if the range is empty, or if it is open or outside
///   the years 1400 to 9999 and the period is not `whole`.
/// @complexity O(periods).
[[nodiscard]] Result<std::vector<Interval>> windows_in(const Interval& range,
                                                       Period period);

/// The calendar period that holds a day. The period must not be `whole`, and
/// `is_civil(day)` must hold.
[[nodiscard]] Interval period_of(Date day, Period period);

}  // namespace headrope
