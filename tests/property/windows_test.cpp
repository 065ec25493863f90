// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Calendar windows against a calendar that is walked day by day.

#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle_calendar.hpp"
#include "support/random_organisation.hpp"
#include <headrope/date.hpp>

namespace headrope {
namespace {

using oracle::Calendar;
using testing::below;

rc::Gen<Period> periods() {
  return rc::gen::element(Period::week, Period::month, Period::quarter,
                          Period::half_year, Period::year);
}

// Days with room in the calendar for the periods of a range that begins there.
rc::Gen<Date> any_day() {
  const Calendar& calendar = Calendar::instance();
  const std::int32_t first = calendar.first().days + 366;
  return rc::gen::oneOf(
      testing::days(),
      rc::gen::map(below<std::int32_t>(calendar.last().days - 1300 - first),
                   [first](std::int32_t day) { return Date{first + day}; }));
}

TEST_CASE("The period of a day is found by walking to both of its ends",
          "[calendar]") {
  const bool holds = rc::check("period_of", [] {
    const Date day = *any_day();
    const Period period = *periods();
    const Interval found = period_of(day, period);
    RC_ASSERT(found == Calendar::instance().period_of(day, period));
    RC_ASSERT(found.contains(day));
  });
  REQUIRE(holds);
}

TEST_CASE("Windows are the periods of all the days of a range", "[calendar]") {
  const bool holds = rc::check("windows_in", [] {
    const Date from = *any_day();
    const auto length =
        *rc::gen::oneOf(below<std::int32_t>(900), below<std::int32_t>(9));
    const Period period = *periods();
    const Interval range{from, add_days(from, length)};
    const Result<std::vector<Interval>> found = windows_in(range, period);
    if (range.is_empty()) {
      RC_ASSERT((!found && found.error().code == Code::window_invalid));
      return;
    }
    RC_ASSERT(found.has_value());
    RC_ASSERT(*found == Calendar::instance().windows(range, period));
  });
  REQUIRE(holds);
}

TEST_CASE("A range that is open has no calendar windows", "[calendar]") {
  const bool holds = rc::check("windows_in of an open range", [] {
    const Date day = *testing::days();
    const Period period = *periods();
    for (const Interval& range : {Interval{}, Interval{day, Date::open_end()},
                                  Interval{Date::open_start(), day}}) {
      const auto found = windows_in(range, period);
      RC_ASSERT((!found && found.error().code == Code::window_invalid));
      const auto whole = windows_in(range, Period::whole);
      RC_ASSERT((whole && *whole == std::vector<Interval>{range}));
    }
    RC_ASSERT(!windows_in({day, day}, Period::whole));
    RC_ASSERT(!windows_in({day, add_days(day, -1)}, period));
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
