// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Calendar windows over a range of days.

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/date.hpp>

namespace headrope {

using unit::day;
using unit::span_of;

namespace {

std::vector<std::string> written(const Interval& range, Period period) {
  const auto windows = windows_in(range, period);
  REQUIRE(windows);
  std::vector<std::string> list;
  for (const Interval& window : *windows) {
    list.push_back(to_string(window.valid_from) + ".." +
                   to_string(window.valid_until));
  }
  return list;
}

using Texts = std::vector<std::string>;

const Interval year_2013 = {Date{15706}, Date{16071}};

}  // namespace

TEST_CASE(
    "a year has 53 or 54 weeks that share a day with it, 12 months, 4 "
    "quarters, 2 halves",
    "[calendar]") {
  REQUIRE(year_2013 == span_of("2013-01-01", "2014-01-01"));
  CHECK(written(year_2013, Period::week).size() == 53);
  CHECK(written(span_of("2012-01-01", "2013-01-01"), Period::week).size() ==
        54);
  CHECK(written(year_2013, Period::month).size() == 12);
  CHECK(written(year_2013, Period::quarter) ==
        Texts{"2013-01-01..2013-04-01", "2013-04-01..2013-07-01",
              "2013-07-01..2013-10-01", "2013-10-01..2014-01-01"});
  CHECK(written(year_2013, Period::half_year) ==
        Texts{"2013-01-01..2013-07-01", "2013-07-01..2014-01-01"});
  CHECK(written(year_2013, Period::year) == Texts{"2013-01-01..2014-01-01"});
  CHECK(written(year_2013, Period::whole) == Texts{"2013-01-01..2014-01-01"});
}

TEST_CASE("periods are whole, also where the range begins or ends inside them",
          "[calendar]") {
  const Interval range = span_of("2012-02-29", "2012-03-02");
  CHECK(written(range, Period::month) ==
        Texts{"2012-02-01..2012-03-01", "2012-03-01..2012-04-01"});
  CHECK(written(range, Period::quarter) == Texts{"2012-01-01..2012-04-01"});
  CHECK(written(range, Period::half_year) == Texts{"2012-01-01..2012-07-01"});
  CHECK(written(range, Period::year) == Texts{"2012-01-01..2013-01-01"});
  CHECK(written(range, Period::whole) == Texts{"2012-02-29..2012-03-02"});
  CHECK(written(range, Period::week) == Texts{"2012-02-27..2012-03-05"});
}

TEST_CASE("a range that ends with a period does not touch the next one",
          "[calendar]") {
  CHECK(written(span_of("2013-01-31", "2013-02-01"), Period::month).size() ==
        1);
  CHECK(written(span_of("2013-01-31", "2013-02-02"), Period::month).size() ==
        2);
  CHECK(written(span_of("2013-12-31", "2014-01-01"), Period::year).size() == 1);
}

TEST_CASE("weeks begin on Monday, before and after 1970", "[calendar]") {
  CHECK(written(span_of("2013-01-06", "2013-01-08"), Period::week) ==
        Texts{"2012-12-31..2013-01-07", "2013-01-07..2013-01-14"});
  CHECK(written(span_of("1970-01-01", "1970-01-02"), Period::week) ==
        Texts{"1969-12-29..1970-01-05"});
  CHECK(written(span_of("1969-12-28", "1969-12-30"), Period::week) ==
        Texts{"1969-12-22..1969-12-29", "1969-12-29..1970-01-05"});
}

TEST_CASE("windows follow each other without a gap and hold every day",
          "[calendar]") {
  const Period period = GENERATE(Period::week, Period::month, Period::quarter,
                                 Period::half_year, Period::year);
  const Interval range = span_of("1999-11-17", "2005-03-09");
  const auto windows = windows_in(range, period);
  REQUIRE(windows);
  CHECK(windows->front().contains(range.valid_from));
  CHECK(windows->back().contains(add_days(range.valid_until, -1)));
  for (std::size_t at = 1; at < windows->size(); ++at) {
    CHECK((*windows)[at - 1].valid_until == (*windows)[at].valid_from);
  }
  for (const Interval& window : *windows) {
    CHECK(period_of(window.valid_from, period) == window);
    CHECK(period_of(add_days(window.valid_until, -1), period) == window);
  }
}

TEST_CASE("the first and the last year can be cut into windows", "[calendar]") {
  for (const Period period : {Period::week, Period::month, Period::quarter,
                              Period::half_year, Period::year}) {
    CHECK(windows_in(span_of("1400-01-01", "1400-01-02"), period)->size() == 1);
    CHECK(
        windows_in({day("9999-12-31"), add_days(day("9999-12-31"), 1)}, period)
            ->size() == 1);
  }
  CHECK(period_of(day("9999-12-31"), Period::month).valid_from ==
        day("9999-12-01"));
  CHECK(period_of(day("9999-11-30"), Period::month).valid_until ==
        day("9999-12-01"));
}

TEST_CASE("an empty range has no windows", "[calendar][HDR-RULE-403]") {
  const Period period = GENERATE(Period::whole, Period::year, Period::week);
  const auto windows = windows_in(span_of("2013-01-02", "2013-01-02"), period);
  REQUIRE_FALSE(windows);
  CHECK(windows.error().code == Code::window_invalid);
  CHECK(windows.error().message ==
        "the range '2013-01-02' to '2013-01-02' holds no day");
  CHECK(windows_in(span_of("2013-01-03", "2013-01-02"), period).error().code ==
        Code::window_invalid);
}

TEST_CASE("an open range can only be taken whole", "[calendar][HDR-RULE-403]") {
  const auto range =
      GENERATE(values<Interval>({{Date::open_start(), Date{15706}},
                                 {Date{15706}, Date::open_end()},
                                 {Date::open_start(), Date::open_end()},
                                 {Date{15706}, latest_day}}));
  CHECK(windows_in(range, Period::whole)->front() == range);
  const auto cut = windows_in(range, Period::month);
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == Code::window_invalid);
}

}  // namespace headrope
