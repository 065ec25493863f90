// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Day numbers and civil dates, by Boost.Date_Time's Gregorian calendar. Texts
// are read by our own strict rule, since Boost accepts sloppy ones, and ranges
// are checked before Boost is called, since it throws.

#include "headrope/date.hpp"

#include <array>

#include <boost/date_time/gregorian/gregorian_types.hpp>

namespace headrope {
namespace {

using boost::gregorian::gregorian_calendar;

constexpr std::int32_t year_min = 1400;
constexpr std::int32_t year_max = 9999;

std::int32_t epoch_day_number() {
  static const auto number =
      static_cast<std::int32_t>(gregorian_calendar::day_number({1970, 1, 1}));
  return number;
}

gregorian_calendar::ymd_type ymd_of(std::int32_t year, std::int32_t month,
                                    std::int32_t day) {
  return {static_cast<unsigned short>(year), static_cast<unsigned short>(month),
          static_cast<unsigned short>(day)};
}

bool is_real_day(std::int32_t year, std::int32_t month, std::int32_t day) {
  return year >= year_min && year <= year_max && month >= 1 && month <= 12 &&
         day >= 1 &&
         day <= gregorian_calendar::end_of_month_day(
                    static_cast<unsigned short>(year),
                    static_cast<unsigned short>(month));
}

Date date_of(std::int32_t year, std::int32_t month, std::int32_t day) {
  const auto number = static_cast<std::int32_t>(
      gregorian_calendar::day_number(ymd_of(year, month, day)));
  return {number - epoch_day_number()};
}

// The number written by some digits; -1 if one of them is none.
std::int32_t digits(std::string_view text) {
  std::int32_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

Error no_such_date(std::string_view text, std::string_view why) {
  return {Code::value_not_a_date,
          "'" + std::string(text) + "' " + std::string(why)};
}

}  // namespace

Result<Date> make_date(std::int32_t year, std::int32_t month,
                       std::int32_t day) {
  if (!is_real_day(year, month, day)) {
    return Error{Code::value_out_of_range, "no day " + std::to_string(year) +
                                               "-" + std::to_string(month) +
                                               "-" + std::to_string(day) +
                                               " in the years 1400 to 9999"};
  }
  return date_of(year, month, day);
}

Result<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return no_such_date(text.substr(0, 40), "is not written YYYY-MM-DD");
  }
  const std::int32_t year = digits(text.substr(0, 4));
  const std::int32_t month = digits(text.substr(5, 2));
  const std::int32_t day = digits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) {
    return no_such_date(text, "is not written YYYY-MM-DD");
  }
  if (!is_real_day(year, month, day)) {
    return no_such_date(text, "is not a day in the years 1400 to 9999");
  }
  return date_of(year, month, day);
}

bool is_civil(Date date) {
  static const Date first = date_of(year_min, 1, 1);
  static const Date last = date_of(year_max, 12, 31);
  return first <= date && date <= last;
}

CivilDate civil(Date date) {
  Expects(is_civil(date));
  const auto ymd = gregorian_calendar::from_day_number(
      static_cast<gregorian_calendar::date_int_type>(date.days +
                                                     epoch_day_number()));
  return {ymd.year, ymd.month, ymd.day};
}

std::string to_string(Date date) {
  if (date.is_open()) return {};
  if (!is_civil(date)) return "day " + std::to_string(date.days);
  const CivilDate parts = civil(date);
  std::array<char, 10> text{};
  const auto put = [&](std::size_t at, std::size_t width, std::int32_t number) {
    for (std::size_t i = width; i-- > 0; number /= 10) {
      text[at + i] = static_cast<char>('0' + number % 10);
    }
  };
  put(0, 4, parts.year);
  text[4] = '-';
  put(5, 2, parts.month);
  text[7] = '-';
  put(8, 2, parts.day);
  return {text.data(), text.size()};
}

}  // namespace headrope
