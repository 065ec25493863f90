// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Dates against a calendar that is walked day by day.

#include <algorithm>
#include <cstdint>
#include <string>
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

TEST_CASE("Every civil day has one date, and back", "[calendar]") {
  const Calendar& calendar = Calendar::instance();
  std::int64_t wrong = 0;
  for (Date day = calendar.first(); day <= calendar.last();
       day = add_days(day, 1)) {
    const CivilDate& expected = calendar.civil(day);
    const Result<Date> made =
        make_date(expected.year, expected.month, expected.day);
    wrong += made && *made == day && civil(day) == expected ? 0 : 1;
  }
  REQUIRE(wrong == 0);
  REQUIRE(to_string(calendar.first()) == "1400-01-01");
  REQUIRE(to_string(calendar.last()) == "9999-12-31");
}

TEST_CASE("Every civil day is read from what is written", "[calendar]") {
  const Calendar& calendar = Calendar::instance();
  std::int64_t wrong = 0;
  std::string before;
  for (Date day = calendar.first(); day <= calendar.last();
       day = add_days(day, 1)) {
    const std::string text = to_string(day);
    const Result<Date> read = parse_date(text);
    wrong += read && *read == day && text.size() == 10 && before < text ? 0 : 1;
    before = text;
  }
  REQUIRE(wrong == 0);
}

TEST_CASE("A day that does not exist is refused", "[calendar]") {
  const Calendar& calendar = Calendar::instance();
  std::vector<std::vector<bool>> exists(10001, std::vector<bool>(14 * 34));
  for (Date day = calendar.first(); day <= calendar.last();
       day = add_days(day, 1)) {
    const CivilDate& date = calendar.civil(day);
    exists[static_cast<std::size_t>(date.year)]
          [static_cast<std::size_t>(date.month * 34 + date.day)] = true;
  }
  const bool holds = rc::check("make_date", [&] {
    const auto year =
        *rc::gen::oneOf(below<std::int32_t>(10001),
                        rc::gen::element<std::int32_t>(1399, 1400, 1900, 2000,
                                                       2012, 9999, 10000));
    const auto month = *below<std::int32_t>(14);
    const auto day = *below<std::int32_t>(34);
    const Result<Date> made = make_date(year, month, day);
    RC_ASSERT(made.has_value() ==
              exists[static_cast<std::size_t>(year)]
                    [static_cast<std::size_t>(month * 34 + day)]);
    RC_ASSERT((made || made.error().code == Code::value_out_of_range));
  });
  REQUIRE(holds);
  for (const std::int32_t year : {INT32_MIN, -1, 0, 10000, INT32_MAX}) {
    REQUIRE_FALSE(make_date(year, 1, 1));
    REQUIRE_FALSE(make_date(2013, year == 0 ? 0 : year, 1));
    REQUIRE_FALSE(make_date(2013, 1, year));
  }
}

TEST_CASE("A date with one byte changed is another date or none",
          "[calendar]") {
  const bool holds = rc::check("parse_date", [] {
    const Date day = *testing::days();
    std::string text = to_string(day);
    const auto at = *below<std::size_t>(text.size() + 1);
    const auto byte = static_cast<char>(*rc::gen::oneOf(
        below<int>(256),
        rc::gen::map(below<int>(10), [](int digit) { return digit + '0'; })));
    if (at == text.size()) {
      text.push_back(byte);
    } else {
      text[at] = byte;
    }
    const Result<Date> read = parse_date(text);
    if (read) {
      RC_ASSERT(to_string(*read) == text);
    } else {
      const bool is_shaped =
          text.size() == 10 && text[4] == '-' && text[7] == '-' &&
          text.find_first_not_of("0123456789-") == std::string::npos &&
          std::count(text.begin(), text.end(), '-') == 2;
      RC_ASSERT(
          (!is_shaped || !make_date(std::stoi(text), std::stoi(text.substr(5)),
                                    std::stoi(text.substr(8)))));
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
