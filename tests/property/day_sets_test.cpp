// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sets of days against sets of numbers, and the intervals that hold on a day
// against a look at all of them.

#include <algorithm>
#include <set>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "calendar/day_index.hpp"
#include "calendar/day_set.hpp"
#include "responsibility/runs.hpp"

namespace headrope {
namespace {

constexpr std::int32_t last_day = 40;

// An interval among few days; one end in eight is open.
Interval random_interval() {
  const auto end = [](Date open) {
    return *rc::gen::inRange(0, 8) == 0 ? open
                                        : Date{*rc::gen::inRange(0, last_day)};
  };
  return {end(Date::open_start()), end(Date::open_end())};
}

std::vector<Interval> random_intervals(int most) {
  std::vector<Interval> list(
      static_cast<std::size_t>(*rc::gen::inRange(0, most)));
  for (Interval& one : list) one = random_interval();
  return list;
}

// The days from one before the first to one after the last.
std::set<std::int32_t> days_of(const std::vector<Interval>& list) {
  std::set<std::int32_t> days;
  for (std::int32_t day = -1; day <= last_day + 1; ++day) {
    for (const Interval& one : list) {
      if (one.contains(Date{day})) days.insert(day);
    }
  }
  return days;
}

std::set<std::int32_t> days_of(const DaySet& set) {
  return days_of({set.runs().begin(), set.runs().end()});
}

// Runs are in order, and none touches the next.
bool is_well_made(const DaySet& set) {
  const auto runs = set.runs();
  for (std::size_t at = 0; at < runs.size(); ++at) {
    if (runs[at].is_empty()) return false;
    if (at > 0 && runs[at - 1].valid_until >= runs[at].valid_from) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("sets of days are sets", "[calendar]") {
  const bool holds = rc::check("sets of days", [] {
    const std::vector<Interval> one = random_intervals(6);
    const std::vector<Interval> other = random_intervals(6);
    const DaySet left(one);
    const DaySet right(other);
    RC_ASSERT(is_well_made(left));
    RC_ASSERT(days_of(left) == days_of(one));
    std::set<std::int32_t> both;
    std::set<std::int32_t> rest;
    for (const std::int32_t day : days_of(one)) {
      (days_of(other).contains(day) ? both : rest).insert(day);
    }
    RC_ASSERT(is_well_made(left.and_in(right)));
    RC_ASSERT(days_of(left.and_in(right)) == both);
    RC_ASSERT(is_well_made(left.without(right)));
    RC_ASSERT(days_of(left.without(right)) == rest);
    for (std::int32_t day = -1; day <= last_day + 1; ++day) {
      RC_ASSERT(left.contains(Date{day}) == days_of(one).contains(day));
    }
  });
  REQUIRE(holds);
}

TEST_CASE("an index of days gives what holds", "[calendar]") {
  const bool holds = rc::check("index of days", [] {
    const std::vector<Interval> list = random_intervals(120);
    const DayIndex index(list);
    std::vector<std::uint32_t> got;
    for (std::int32_t day = -1; day <= last_day + 1; ++day) {
      std::vector<std::uint32_t> expected;
      for (std::uint32_t at = 0; at < list.size(); ++at) {
        if (list[at].contains(Date{day})) expected.push_back(at);
      }
      index.on(Date{day}, got);
      RC_ASSERT(got == expected);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("runs are the longest that touch the days asked about",
          "[responsibility]") {
  const bool holds = rc::check("longest runs", [] {
    const std::vector<Interval> parts = random_intervals(6);
    const Interval asked = random_interval();
    const auto value_on = [&](Date day) -> std::optional<std::int64_t> {
      const auto count = std::count_if(
          parts.begin(), parts.end(),
          [&](const Interval& part) { return part.contains(day); });
      if (count == 0) return std::nullopt;
      return count;
    };
    std::vector<std::pair<Interval, std::int64_t>> runs;
    for_each_run(std::span(parts), asked, value_on,
                 [&](const Interval& run, std::int64_t value) {
                   runs.emplace_back(run, value);
                 });
    // Every day asked about with a value is in exactly one run of that value.
    for (std::int32_t day = 0; day < last_day; ++day) {
      if (!asked.contains(Date{day})) continue;
      std::vector<std::int64_t> values;
      for (const auto& [run, value] : runs) {
        if (run.contains(Date{day})) values.push_back(value);
      }
      const auto expected = value_on(Date{day});
      RC_ASSERT(values.size() == (expected ? 1U : 0U));
      if (expected) RC_ASSERT(values.front() == *expected);
    }
    // No run can be made longer, and each has a day asked about.
    for (const auto& [run, value] : runs) {
      RC_ASSERT(touches(run, asked));
      if (!run.valid_from.is_open()) {
        RC_ASSERT(value_on(add_days(run.valid_from, -1)) != value);
      }
      if (!run.valid_until.is_open()) {
        RC_ASSERT(value_on(run.valid_until) != value);
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace headrope
