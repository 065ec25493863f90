// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sums near the ends of 64 bits, sizes, and several places.

#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/answers.hpp>

namespace headrope {

using unit::Model;

namespace {

using Values = std::vector<std::int64_t>;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

// A above B, C, D.
std::shared_ptr<const Snapshot> three_below() {
  Model model;
  for (const char* id : {"A", "B", "C", "D"}) model.unit(id);
  for (const char* id : {"B", "C", "D"}) model.link(id, "A");
  return model.frozen_on("2013-01-01");
}

// A above B and C, both above D.
std::shared_ptr<const Snapshot> diamond() {
  Hierarchy policy;
  policy.parents = ParentPolicy::many;
  Model model(policy);
  for (const char* id : {"A", "B", "C", "D"}) model.unit(id);
  model.link("B", "A");
  model.link("C", "A");
  model.link("D", "B");
  model.link("D", "C");
  return model.frozen_on("2013-01-01");
}

}  // namespace

TEST_CASE("a sum is refused exactly if a total does not fit",
          "[evaluate][HDR-ANSWER-501]") {
  const auto snapshot = three_below();
  const Forest& forest = *snapshot->find_forest("line");
  const auto fits = [&](const Values& values) {
    const auto sums = roll_up(forest, values);
    if (!sums) CHECK(sums.error().code == Code::sum_overflow);
    CHECK(SubtreeSums::make(snapshot, forest, values).has_value() ==
          sums.has_value());
    return sums.has_value();
  };
  CHECK(fits({0, largest, 0, 0}));
  CHECK(fits({0, largest - 1, 1, 0}));
  CHECK_FALSE(fits({0, largest, 1, 0}));
  CHECK_FALSE(fits({1, largest, 0, 0}));
  CHECK(fits({0, smallest, 0, 0}));
  CHECK_FALSE(fits({0, smallest, -1, 0}));
  // Only sums on the way are too large.
  CHECK(fits({0, largest, 1, -1}));
  CHECK(fits({0, -1, largest, 1}));
  CHECK(fits({-1, 1, largest, 0}));
  CHECK(fits({largest, smallest, largest, smallest}));
  CHECK(roll_up(forest, Values{0, largest, 1, -1})->front() == largest);
}

TEST_CASE("a unit below by two paths counts once, near the ends too",
          "[evaluate][HDR-ANSWER-501]") {
  const auto snapshot = diamond();
  const Forest& forest = *snapshot->find_forest("line");
  REQUIRE(unit::drawn(*snapshot) == "A .B ..D .C ..D");
  const auto unit = [&](std::string_view id) {
    return snapshot->find_unit(id)->value;
  };
  Values values(4, 0);
  values[unit("D")] = largest;
  CHECK(*roll_up(forest, values) ==
        Values{largest, largest, largest, largest, largest});
  const auto sums = SubtreeSums::make(snapshot, forest, values);
  REQUIRE(sums);
  CHECK(sums->at(*snapshot->find_unit("A")) == largest);
  CHECK(sums->at(*snapshot->find_unit("C")) == largest);
  values[unit("B")] = 1;
  CHECK(roll_up(forest, values).error().code == Code::sum_overflow);
  values[unit("B")] = -1;
  values[unit("C")] = 1;
  CHECK(roll_up(forest, values).error().code == Code::sum_overflow);
  values[unit("C")] = 0;
  CHECK(*roll_up(forest, values) ==
        Values{largest - 1, largest - 1, largest, largest, largest});
}

TEST_CASE("values must be one for each unit", "[evaluate][HDR-BASE-004]") {
  for (const auto& snapshot : {three_below(), diamond()}) {
    const Forest& forest = *snapshot->find_forest("line");
    const Values few(3, 1);
    CHECK(roll_up(forest, few).error().code == Code::invalid_argument);
    CHECK(SubtreeSums::make(snapshot, forest, few).error().code ==
          Code::invalid_argument);
    CHECK(cover_threshold(forest, few, std::vector<std::uint8_t>(3, 1), 0)
              .error()
              .code == Code::invalid_argument);
    CHECK(cover_threshold(forest, Values(4, 1), std::vector<std::uint8_t>(3, 1),
                          0)
              .error()
              .code == Code::invalid_argument);
  }
}

TEST_CASE("a unit outside the hierarchy has no sum there", "[evaluate]") {
  Model model;
  for (const char* id : {"A", "B", "C"}) model.unit(id);
  model.link("B", "A");
  const auto snapshot = model.frozen_on("2013-01-01");
  const Forest& forest = *snapshot->find_forest("line");
  const auto sums = SubtreeSums::make(snapshot, forest, Values{1, 2, 4});
  REQUIRE(sums);
  CHECK(sums->at(*snapshot->find_unit("A")) == 3);
  CHECK(sums->at(*snapshot->find_unit("C")) == 0);
}

TEST_CASE(
    "a threshold is reached at its value, and unknown values count for "
    "nothing",
    "[evaluate]") {
  const auto snapshot = three_below();
  const Forest& forest = *snapshot->find_forest("line");
  const auto coverage = cover_threshold(
      forest, Values{7, 8, 9, 100}, std::vector<std::uint8_t>{1, 1, 1, 0}, 8);
  REQUIRE(coverage);
  CHECK(coverage->eligible == std::vector<std::uint32_t>{3, 1, 1, 0});
  CHECK(coverage->met == std::vector<std::uint32_t>{2, 1, 1, 0});
}

}  // namespace headrope
