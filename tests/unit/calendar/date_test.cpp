// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Civil days and intervals.

#include "headrope/date.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::day;

namespace {

// The plain rule of the Gregorian calendar.
int days_in_month(int year, int month) {
  if (month == 2) {
    const bool leaps = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return leaps ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::vector<Interval> some_intervals() {
  const std::vector<Date> ends{Date::open_start(), day("1400-01-01"),
                               day("2013-01-01"),  day("2013-01-02"),
                               day("2013-01-03"),  day("9999-12-31"),
                               Date::open_end()};
  std::vector<Interval> list;
  for (const Date from : ends) {
    for (const Date until : ends) list.push_back({from, until});
  }
  return list;
}

}  // namespace

TEST_CASE("every day from 1400 to 9999 follows the one before it",
          "[calendar]") {
  Date expected = day("1400-01-01");
  std::size_t wrong = 0;
  for (int year = 1400; year <= 9999; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int of_month = 1; of_month <= days_in_month(year, month);
           ++of_month) {
        const auto made = make_date(year, month, of_month);
        if (!made || *made != expected ||
            civil(*made) != CivilDate{year, month, of_month}) {
          ++wrong;
        }
        expected = add_days(expected, 1);
      }
      if (make_date(year, month, days_in_month(year, month) + 1)) ++wrong;
    }
  }
  CHECK(wrong == 0);
  CHECK(add_days(expected, -1) == day("9999-12-31"));
  CHECK(day("1970-01-01").days == 0);
  CHECK(day("1969-12-31").days == -1);
  CHECK(day("2000-03-01").days == 11017);
}

TEST_CASE("a day is written back as it was read", "[calendar]") {
  const auto text = GENERATE(values<std::string>(
      {"1400-01-01", "1400-12-31", "1582-10-10", "1900-02-28", "2000-02-29",
       "2012-02-29", "2013-12-31", "9999-12-31"}));
  CHECK(to_string(day(text)) == text);
  CHECK(is_civil(day(text)));
}

TEST_CASE("a text that is not written YYYY-MM-DD is no date",
          "[calendar][HDR-LOAD-118]") {
  const auto text = GENERATE(values<std::string>(
      {"", "2013", "2013-1-1", "2013-01-1", "13-01-01", "2013/01/01",
       "2013-01-01 ", " 2013-01-01", "2013-01-01T", "20130101", "2013-01-0a",
       "+013-01-01", "-013-01-01", "2013-0١-1", "01-01-2013", "2013-01-01-",
       "2013--1-01", "2013-01--1", std::string("2013-01-0\0", 10)}));
  CAPTURE(text);
  const auto date = parse_date(text);
  REQUIRE_FALSE(date);
  CHECK(date.error().code == Code::value_not_a_date);
  CHECK(date.error().message.find("is not written YYYY-MM-DD") !=
        std::string::npos);
}

TEST_CASE("a day that does not exist is no date", "[calendar][HDR-LOAD-118]") {
  const auto text = GENERATE(values<std::string>(
      {"2011-02-30", "2011-02-29", "1900-02-29", "2100-02-29", "2013-04-31",
       "2013-00-01", "2013-13-01", "2013-01-00", "2013-01-32", "1399-12-31",
       "0000-01-01", "2013-99-99"}));
  CAPTURE(text);
  const auto date = parse_date(text);
  REQUIRE_FALSE(date);
  CHECK(date.error().code == Code::value_not_a_date);
  CHECK(date.error().message ==
        "'" + text + "' is not a day in the years 1400 to 9999");
}

TEST_CASE("a long text that is no date is quoted in part", "[calendar]") {
  CHECK(parse_date(std::string(1'000'000, 'x')).error().message.size() < 100);
}

TEST_CASE("numbers that make no day are out of range",
          "[calendar][HDR-LOAD-120]") {
  CHECK(make_date(1399, 12, 31).error().code == Code::value_out_of_range);
  CHECK(make_date(10000, 1, 1).error().code == Code::value_out_of_range);
  CHECK_FALSE(make_date(2013, 0, 1));
  CHECK_FALSE(make_date(2013, 65537, 1));
  CHECK_FALSE(make_date(2013, -65535, 1));
  CHECK_FALSE(make_date(2013, 1, -1));
  CHECK_FALSE(make_date(67549, 1, 1));
  CHECK_FALSE(make_date(-2147483647, 1, 1));
  CHECK(make_date(2011, 2, 30).error().message ==
        "no day 2011-2-30 in the years 1400 to 9999");
}

TEST_CASE("days one beyond the years 1400 to 9999 are not civil",
          "[calendar]") {
  CHECK_FALSE(is_civil(add_days(day("1400-01-01"), -1)));
  CHECK_FALSE(is_civil(add_days(day("9999-12-31"), 1)));
  CHECK_FALSE(is_civil(Date::open_start()));
  CHECK_FALSE(is_civil(Date::open_end()));
  CHECK_FALSE(is_civil(latest_day));
  CHECK(to_string(add_days(day("9999-12-31"), 1)) == "day 2932897");
}

TEST_CASE("open ends stay open and are written as nothing", "[calendar]") {
  CHECK(add_days(Date::open_end(), 1) == Date::open_end());
  CHECK(add_days(Date::open_start(), -1) == Date::open_start());
  CHECK(to_string(Date::open_start()).empty());
  CHECK(to_string(Date::open_end()).empty());
  CHECK(latest_day < Date::open_end());
  CHECK_FALSE(latest_day.is_open());
}

TEST_CASE("an interval holds its first day and not its end", "[calendar]") {
  const Interval year = unit::span_of("2013-01-01", "2014-01-01");
  CHECK_FALSE(year.contains(day("2012-12-31")));
  CHECK(year.contains(day("2013-01-01")));
  CHECK(year.contains(day("2013-12-31")));
  CHECK_FALSE(year.contains(day("2014-01-01")));
  CHECK(year.day_count() == 365);
  CHECK(Interval{}.contains(day("1400-01-01")));
  CHECK(Interval{}.contains(latest_day));
}

TEST_CASE("an interval whose end is not after its start is empty",
          "[calendar]") {
  const Date first = day("2013-01-01");
  CHECK(Interval{first, first}.is_empty());
  CHECK(Interval{add_days(first, 1), first}.is_empty());
  CHECK_FALSE(Interval{first, add_days(first, 1)}.is_empty());
  CHECK(Interval{add_days(first, 9), first}.day_count() == 0);
}

TEST_CASE(
    "intervals that share a day overlap, and their shared days are "
    "their intersection",
    "[calendar]") {
  const auto list = some_intervals();
  const std::vector<Date> probes{day("1400-01-01"), day("2013-01-01"),
                                 day("2013-01-02"), day("2013-01-03"),
                                 day("9999-12-31")};
  for (const Interval& left : list) {
    for (const Interval& right : list) {
      if (left.is_empty() || right.is_empty()) continue;
      const Interval both = left.intersected(right);
      CHECK(both == right.intersected(left));
      CHECK(left.overlaps(right) == right.overlaps(left));
      CHECK(left.overlaps(right) == !both.is_empty());
      CHECK(left.contains(right) == (both == right));
      for (const Date probe : probes) {
        CHECK(both.contains(probe) ==
              (left.contains(probe) && right.contains(probe)));
      }
    }
    CHECK(left.intersected(left) == left);
    CHECK(Interval{}.intersected(left) == left);
    CHECK(Interval{}.contains(left));
  }
}

TEST_CASE("intervals that touch do not overlap", "[calendar]") {
  const Interval first = unit::span_of("", "2013-01-01");
  const Interval second = unit::span_of("2013-01-01", "");
  CHECK_FALSE(first.overlaps(second));
  CHECK(first.intersected(second).is_empty());
}

}  // namespace headrope
