// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the records of one subject to one number.

#include "evaluate/reduce.hpp"

#include <limits>
#include <optional>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {
namespace {

using Number = std::optional<std::int64_t>;
using Items = std::vector<Item>;

const Interval window{Date{100}, Date{110}};

Number reduced(const Items& items, Reduction reduction,
               const Interval& over = window) {
  const auto value = reduce(items, reduction, over);
  REQUIRE(value);
  return *value;
}

}  // namespace

TEST_CASE("of no records, counts and days are 0 and values unknown",
          "[evaluate]") {
  CHECK(reduced({}, Reduction::count) == 0);
  CHECK(reduced({}, Reduction::sum) == 0);
  CHECK(reduced({}, Reduction::distinct_days) == 0);
  CHECK_FALSE(reduced({}, Reduction::last));
  CHECK_FALSE(reduced({}, Reduction::least));
  CHECK_FALSE(reduced({}, Reduction::greatest));
}

TEST_CASE("a record counts in the window in which it begins", "[evaluate]") {
  const Items items{
      {99, 105, 1, 0}, {100, 101, 2, 1}, {109, 120, 4, 2}, {110, 111, 8, 3}};
  CHECK(reduced(items, Reduction::count) == 2);
  CHECK(reduced(items, Reduction::sum) == 6);
  CHECK(reduced(items, Reduction::least) == 2);
  CHECK(reduced(items, Reduction::greatest) == 4);
}

TEST_CASE("days are cut to the window and counted once", "[evaluate]") {
  CHECK(reduced({{90, 101, 1, 0}}, Reduction::distinct_days) == 1);
  CHECK(reduced({{109, 200, 1, 0}}, Reduction::distinct_days) == 1);
  CHECK(reduced({{90, 200, 1, 0}}, Reduction::distinct_days) == 10);
  CHECK(reduced({{90, 100, 1, 0}, {110, 111, 1, 1}},
                Reduction::distinct_days) == 0);
  CHECK(reduced({{101, 104, 1, 0},
                 {101, 102, 1, 1},
                 {103, 106, 1, 2},
                 {106, 107, 1, 3},
                 {108, 109, 1, 4}},
                Reduction::distinct_days) == 7);
}

TEST_CASE("a long record that holds short ones counts its days once",
          "[evaluate]") {
  CHECK(reduced({{100, 109, 1, 0}, {101, 102, 1, 1}, {108, 110, 1, 2}},
                Reduction::distinct_days) == 10);
}

TEST_CASE("the last value holds, also from before the window", "[evaluate]") {
  const Items items{{50, 51, 5, 0}, {99, 100, 7, 1}, {110, 111, 9, 2}};
  CHECK(reduced(items, Reduction::last) == 7);
  CHECK(reduced(items, Reduction::last, {Date{100}, Date{111}}) == 9);
  CHECK(reduced(items, Reduction::last, {Date{10}, Date{51}}) == 5);
  CHECK_FALSE(reduced(items, Reduction::last, {Date{10}, Date{50}}));
}

TEST_CASE("a window that has not begun holds nothing", "[evaluate]") {
  const Items items{{100, 105, 3, 0}};
  const Interval empty{Date{110}, Date{101}};
  CHECK(reduced(items, Reduction::count, empty) == 0);
  CHECK(reduced(items, Reduction::sum, empty) == 0);
  CHECK(reduced(items, Reduction::distinct_days, empty) == 0);
}

TEST_CASE("an open window takes all", "[evaluate]") {
  const Items items{{-208'000, -207'999, 1, 0}, {2'932'895, 2'932'896, 1, 1}};
  CHECK(reduced(items, Reduction::count, {}) == 2);
  CHECK(reduced(items, Reduction::distinct_days, {}) == 2);
}

TEST_CASE("a sum that fits is given whatever the sums on the way to it",
          "[evaluate][HDR-ANSWER-501]") {
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
  CHECK(reduced({{100, 101, largest, 0},
                 {100, 101, largest, 1},
                 {100, 101, smallest, 2},
                 {100, 101, 1, 3}},
                Reduction::sum) == largest);
  CHECK(reduced({{100, 101, smallest, 0}}, Reduction::sum) == smallest);
  const Items above{{100, 101, largest, 0}, {100, 101, 1, 1}};
  const Items below{{100, 101, smallest, 0}, {100, 101, -1, 1}};
  for (const Items& items : {above, below}) {
    const auto value = reduce(items, Reduction::sum, window);
    REQUIRE_FALSE(value);
    CHECK(value.error().code == Code::sum_overflow);
  }
}

}  // namespace headrope
