// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The windows of rules: over which days items are taken.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "headrope/date.hpp"

namespace headrope {

/// How the windows of a rule are found.
struct WindowSpec {
  enum class Type : std::uint8_t {
    as_of,      ///< everything up to the day asked about: a state
    once,       ///< from the day the pack takes effect
    each,       ///< calendar periods
    each_day,   ///< days, or days of the week
    each_part,  ///< a part of every year
    fixed,
    by,  ///< everything up to a deadline
    phase,
    rolling,
    within  ///< after the record that is looked at
  };
  /// What `rolling` counts.
  enum class Unit : std::uint8_t { days, months, years };

  Type type = Type::as_of;
  Period period = Period::year;
  std::uint8_t weekdays = 0x7f;  ///< bit 0: Monday
  std::vector<Date> except{};    ///< days left out, ascending
  Interval fixed{};              ///< of fixed, by and phase
  std::int32_t from_month = 1;   ///< of each_part
  std::int32_t from_day = 1;
  std::int32_t until_month = 12;
  std::int32_t until_day = 31;
  std::int32_t length = 0;  ///< of rolling and within
  Unit unit = Unit::days;
  bool after_start = false;  ///< of within: after the first day
  std::string phase{};
  int line = 0;
};

/// What windows are found from.
struct WindowFrame {
  Interval range;    ///< the days asked about, both ends known
  Date as_of;        ///< the day asked about
  Date effective;    ///< first day of the pack
  Interval subject;  ///< days of the record looked at, for `within`
};

/// The windows of a rule, in order. Calendar windows are whole; those of
/// `as_of` and `by` have no start.
/// @returns `window_invalid` if the range is outside the calendar, or gives
///   more than `windows_max` windows.
[[nodiscard]] Result<std::vector<Interval>> find_windows(
    const WindowSpec& spec, const WindowFrame& frame);

/// The window of the same length before one, for `change`: the calendar period
/// before, or the same part a year earlier; nothing where there is none.
[[nodiscard]] std::optional<Interval> window_before(const WindowSpec& spec,
                                                    const Interval& window);

/// True if the value of a parameter is that of the window's first day.
[[nodiscard]] bool reads_at_start(const WindowSpec& spec);

inline constexpr std::size_t windows_max = 100'000;

}  // namespace headrope
