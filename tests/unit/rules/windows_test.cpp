// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The windows of rules at their edges.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "rules/window.hpp"
#include "unit/helpers.hpp"

namespace headrope {
namespace {

using Type = WindowSpec::Type;
using Unit = WindowSpec::Unit;
using Texts = std::vector<std::string>;
using unit::day;
using unit::span_of;

std::string told(const Interval& window) {
  return to_string(window.valid_from) + ".." +
         to_string(add_days(window.valid_until, -1));
}

WindowSpec spec_of(Type type) {
  WindowSpec spec;
  spec.type = type;
  return spec;
}

WindowSpec rolling(std::int32_t length, Unit unit) {
  WindowSpec spec = spec_of(Type::rolling);
  spec.length = length;
  spec.unit = unit;
  return spec;
}

WindowSpec part(std::int32_t from_month, std::int32_t from_day,
                std::int32_t until_month, std::int32_t until_day) {
  WindowSpec spec = spec_of(Type::each_part);
  spec.from_month = from_month;
  spec.from_day = from_day;
  spec.until_month = until_month;
  spec.until_day = until_day;
  return spec;
}

// First and last days of the windows.
Texts found(const WindowSpec& spec, const WindowFrame& frame) {
  const auto windows = find_windows(spec, frame);
  if (!windows) return {std::string(code_info(windows.error().code).id)};
  Texts list;
  for (const Interval& window : *windows) list.push_back(told(window));
  return list;
}

Texts found_in(const WindowSpec& spec, std::string_view from,
               std::string_view until) {
  WindowFrame frame;
  frame.range = span_of(from, until);
  frame.as_of = day("2012-06-15");
  return found(spec, frame);
}

Texts found_on(const WindowSpec& spec, std::string_view as_of) {
  WindowFrame frame;
  frame.as_of = day(as_of);
  frame.effective = day("2010-01-01");
  return found(spec, frame);
}

}  // namespace

TEST_CASE("a week of two years is one window", "[rules]") {
  WindowSpec spec = spec_of(Type::each);
  spec.period = Period::week;
  CHECK(found_in(spec, "2012-12-31", "2013-01-02") ==
        Texts{"2012-12-31..2013-01-06"});
  CHECK(found_in(spec, "2012-01-01", "2012-01-03") ==
        Texts{"2011-12-26..2012-01-01", "2012-01-02..2012-01-08"});
}

TEST_CASE("days of the week without those left out", "[rules]") {
  WindowSpec spec = spec_of(Type::each_day);
  spec.weekdays = 1U << 4U;  // Fridays.
  spec.except = {day("2012-06-08"), day("2012-06-09")};
  CHECK(found_in(spec, "2012-06-01", "2012-06-16") ==
        Texts{"2012-06-01..2012-06-01", "2012-06-15..2012-06-15"});
  CHECK(found_in(spec, "2012-06-02", "2012-06-08").empty());
  spec.weekdays = 0x7f;
  CHECK(found_in(spec, "2012-02-28", "2012-03-02").size() == 3);
  CHECK(found_in(spec, "2012-06-08", "2012-06-10").empty());
  // Mondays before 1970, and the last days that there are.
  spec.weekdays = 1;
  CHECK(found_in(spec, "1969-12-24", "1970-01-06") ==
        Texts{"1969-12-29..1969-12-29", "1970-01-05..1970-01-05"});
  spec.weekdays = 0x7f;
  WindowFrame frame;
  frame.range = {day("9999-12-30"), add_days(day("9999-12-31"), 1)};
  CHECK(found(spec, frame) ==
        Texts{"9999-12-30..9999-12-30", "9999-12-31..9999-12-31"});
}

TEST_CASE("too many windows, an empty range and an open one are refused",
          "[rules]") {
  const WindowSpec days = spec_of(Type::each_day);
  CHECK(found_in(days, "1400-01-01", "9999-12-31") == Texts{"HDR-RULE-403"});
  CHECK(found_in(days, "2012-06-01", "2012-06-01") == Texts{"HDR-RULE-403"});
  CHECK(found_in(days, "2012-06-01", "") == Texts{"HDR-RULE-403"});
  CHECK(found_in(days, "", "2012-06-01") == Texts{"HDR-RULE-403"});
  WindowSpec week = spec_of(Type::each);
  week.period = Period::week;
  CHECK(found_in(week, "1400-01-01", "9999-12-31") == Texts{"HDR-RULE-403"});
}

TEST_CASE("the 29th of February in a part of a year", "[rules]") {
  CHECK(found_in(part(2, 29, 2, 29), "2011-01-01", "2013-01-01") ==
        Texts{"2011-02-28..2011-02-28", "2012-02-29..2012-02-29"});
  CHECK(found_in(part(2, 1, 2, 28), "2012-02-29", "2012-12-01").empty());
  CHECK(found_in(part(2, 1, 2, 29), "2012-02-29", "2012-12-01") ==
        Texts{"2012-02-01..2012-02-29"});
  CHECK(found_in(part(4, 1, 4, 30), "2012-04-30", "2013-04-01") ==
        Texts{"2012-04-01..2012-04-30"});
  CHECK(found_in(part(1, 1, 12, 31), "1400-01-01", "1400-01-02") ==
        Texts{"1400-01-01..1400-12-31"});
}

TEST_CASE("rolling windows at the ends of months", "[rules]") {
  const WindowSpec month = rolling(1, Unit::months);
  CHECK(found_on(month, "2012-03-31") == Texts{"2012-03-01..2012-03-31"});
  CHECK(found_on(month, "2012-03-30") == Texts{"2012-03-01..2012-03-30"});
  CHECK(found_on(month, "2012-03-29") == Texts{"2012-03-01..2012-03-29"});
  CHECK(found_on(month, "2012-03-28") == Texts{"2012-02-29..2012-03-28"});
  CHECK(found_on(month, "2013-02-28") == Texts{"2013-01-29..2013-02-28"});
  CHECK(found_on(rolling(1, Unit::years), "2012-02-29") ==
        Texts{"2011-03-01..2012-02-29"});
  CHECK(found_on(rolling(3, Unit::years), "2013-12-31") ==
        Texts{"2011-01-01..2013-12-31"});
  CHECK(found_on(rolling(1, Unit::days), "2012-02-29") ==
        Texts{"2012-02-29..2012-02-29"});
  // Longer than there are years.
  CHECK(found_on(rolling(100, Unit::years), "1450-01-01") ==
        Texts{"..1450-01-01"});
}

TEST_CASE("windows that hang on the day asked about", "[rules]") {
  CHECK(found_on(spec_of(Type::as_of), "2012-06-15") == Texts{"..2012-06-15"});
  CHECK(found_on(spec_of(Type::once), "2012-06-15") ==
        Texts{"2010-01-01..2012-06-15"});
  // Before the pack takes effect it is the day alone.
  CHECK(found_on(spec_of(Type::once), "2009-06-15") ==
        Texts{"2009-06-15..2009-06-15"});
  WindowSpec fixed = spec_of(Type::fixed);
  fixed.fixed = span_of("2012-06-15", "");
  CHECK(found_on(fixed, "2012-06-14") == Texts{"2012-06-15..2012-06-15"});
  CHECK(found_on(fixed, "2012-06-16") == Texts{"2012-06-15..2012-06-16"});
  WindowSpec by = spec_of(Type::by);
  by.fixed = span_of("", "2012-07-01");
  CHECK(found_on(by, "2013-06-14") == Texts{"..2012-06-30"});
}

TEST_CASE("the days after a record begin on the day after it", "[rules]") {
  WindowSpec spec = spec_of(Type::within);
  spec.length = 7;
  WindowFrame frame;
  frame.as_of = day("2012-06-15");
  frame.subject = span_of("2012-02-27", "2012-03-01");
  CHECK(found(spec, frame) == Texts{"2012-03-01..2012-03-07"});
  spec.after_start = true;
  CHECK(found(spec, frame) == Texts{"2012-02-28..2012-03-05"});
}

TEST_CASE("the window before one is of its own kind", "[rules]") {
  const auto before = [](const WindowSpec& spec, std::string_view from,
                         std::string_view until) {
    const auto found = window_before(spec, span_of(from, until));
    return found ? told(*found) : std::string("none");
  };
  WindowSpec quarter = spec_of(Type::each);
  quarter.period = Period::quarter;
  CHECK(before(quarter, "2012-01-01", "2012-04-01") ==
        "2011-10-01..2011-12-31");
  CHECK(before(part(2, 29, 2, 29), "2012-02-29", "2012-03-01") ==
        "2011-02-28..2011-02-28");
  CHECK(before(rolling(10, Unit::days), "2012-03-01", "2012-03-11") ==
        "2012-02-20..2012-02-29");
  CHECK(before(part(5, 1, 5, 31), "1400-05-01", "1400-06-01") == "none");
  CHECK(before(quarter, "1400-01-01", "1400-04-01") == "none");
  CHECK(before(spec_of(Type::as_of), "", "2012-06-16") == "none");
  CHECK(before(spec_of(Type::once), "2012-01-01", "2012-06-16") == "none");
}

TEST_CASE("calendar windows read parameters on their first day", "[rules]") {
  for (const Type type : {Type::each, Type::each_day, Type::each_part}) {
    CHECK(reads_at_start(spec_of(type)));
  }
  for (const Type type : {Type::as_of, Type::once, Type::fixed, Type::by,
                          Type::phase, Type::rolling, Type::within}) {
    CHECK_FALSE(reads_at_start(spec_of(type)));
  }
}

}  // namespace headrope
