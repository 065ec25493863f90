// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading days by the million: what parse_date does for a day that is written
// well, without a call or a branch for each digit.

#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "headrope/date.hpp"

namespace headrope {

/// The number of a civil day, from 1970-01-01, in the Gregorian calendar.
[[nodiscard]] constexpr std::int32_t day_number(std::int32_t year,
                                                std::int32_t month,
                                                std::int32_t day) {
  // Years begin in March, so that the leap day is the last of one.
  const std::int32_t y = year - (month <= 2 ? 1 : 0);
  const std::int32_t era = y / 400;
  const std::int32_t year_of_era = y - era * 400;
  const std::int32_t month_of_year = month > 2 ? month - 3 : month + 9;
  const std::int32_t day_of_year = (153 * month_of_year + 2) / 5 + day - 1;
  const std::int32_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

/// Reads a day as `parse_date` does; false if that would be an error, which it
/// then tells.
/// @threads Any thread. @complexity O(1).
[[nodiscard]] inline bool read_date_quickly(std::string_view text, Date& date) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  std::array<std::uint8_t, 10> digits{};
  std::memcpy(digits.data(), text.data(), digits.size());
  unsigned wrong = 0;
  for (std::uint8_t& digit : digits)
    digit = static_cast<std::uint8_t>(digit - '0');
  for (const std::size_t at : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    wrong |= digits[at] > 9 ? 1U : 0U;
  }
  const std::int32_t year =
      digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  const std::int32_t month = digits[5] * 10 + digits[6];
  const std::int32_t day = digits[8] * 10 + digits[9];
  if (wrong != 0 || year < 1400 || month < 1 || month > 12 || day < 1) {
    return false;
  }
  constexpr std::array<std::int32_t, 13> days{0,  31, 28, 31, 30, 31, 30,
                                              31, 31, 30, 31, 30, 31};
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const std::int32_t last =
      days[static_cast<std::size_t>(month)] + (is_leap && month == 2 ? 1 : 0);
  if (day > last) return false;
  date.days = day_number(year, month, day);
  return true;
}

}  // namespace headrope
