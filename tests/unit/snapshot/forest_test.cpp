// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The pre-order of a hierarchy: depth, several parents, limits.

#include "snapshot/forest.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::Model;

namespace {

Result<Forest> built(HierarchyId hierarchy, const DayLinks& links,
                     std::size_t rank_count, const Limits& limits) {
  Pace pace;
  return ForestBuilder::build(hierarchy, links, rank_count, limits, pace);
}

Hierarchy many_parents() {
  Hierarchy policy;
  policy.parents = ParentPolicy::many;
  return policy;
}

// A chain of ranks 0, 1, 2 ….
DayLinks chain(std::uint32_t length) {
  DayLinks links;
  links.roots = {0};
  for (std::uint32_t at = 1; at < length; ++at) {
    links.child.push_back(at);
    links.parent.push_back(at - 1);
  }
  return links;
}

// One diamond above the other: two paths for each, 2^n in all.
DayLinks ladder(std::uint32_t diamonds) {
  DayLinks links;
  links.roots = {0};
  for (std::uint32_t at = 0; at < diamonds; ++at) {
    const std::uint32_t top = 3 * at;
    for (const std::uint32_t side : {top + 1, top + 2}) {
      links.child.push_back(side);
      links.parent.push_back(top);
      links.child.push_back(top + 3);
      links.parent.push_back(side);
    }
  }
  return links;
}

}  // namespace

TEST_CASE("a hierarchy without links has no places", "[snapshot]") {
  const auto forest = built({0}, {}, 3, Limits{});
  REQUIRE(forest);
  CHECK(forest->place_count() == 0);
  CHECK(forest->depth_max() == 0);
}

TEST_CASE("siblings stand in the order of their identities, roots too",
          "[snapshot]") {
  Model model;
  for (const char* id : {"b", "a10", "a9", "B", "党", "a"}) model.unit(id);
  model.link("a9", "b");
  model.link("a10", "b");
  model.link("党", "B");
  model.link("a", "");
  const auto snapshot = model.frozen_on("2013-01-01");
  CHECK(unit::drawn(*snapshot) == "B .党 a b .a10 .a9");
  const Forest& forest = *snapshot->find_forest("line");
  CHECK(forest.is_tree());
  CHECK(forest.end({0}) == PlaceIndex{2});
  CHECK(forest.end({1}) == PlaceIndex{2});
  CHECK(forest.end({3}) == PlaceIndex{6});
  CHECK(forest.parent({0}).is_none());
  CHECK(forest.parent({5}) == PlaceIndex{3});
}

TEST_CASE("a chain may have as many levels as the limit says and no more",
          "[snapshot][HDR-FREEZE-305]") {
  Limits limits;
  limits.depth_max = GENERATE(1U, 2U, 1024U);
  const auto fits = built({0}, chain(limits.depth_max), 2000, limits);
  REQUIRE(fits);
  CHECK(fits->place_count() == limits.depth_max);
  CHECK(fits->depth_max() == limits.depth_max - 1);
  const auto deeper = built({0}, chain(limits.depth_max + 1), 2000, limits);
  REQUIRE_FALSE(deeper);
  CHECK(deeper.error().code == Code::depth_exceeded);
  CHECK(deeper.error().message == "a unit stands more than " +
                                      std::to_string(limits.depth_max) +
                                      " levels deep");
}

TEST_CASE("a chain of a million units is refused and breaks nothing",
          "[snapshot][HDR-FREEZE-305]") {
  const auto forest = built({0}, chain(1'000'000), 1'000'000, Limits{});
  REQUIRE_FALSE(forest);
  CHECK(forest.error().code == Code::depth_exceeded);
}

TEST_CASE("depths are right however deep the limit allows", "[snapshot]") {
  Limits limits;
  limits.depth_max = 100'000;
  const auto refused = built({0}, chain(70'000), 70'000, limits);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::depth_exceeded);
  const auto forest = built({0}, chain(65'535), 65'535, limits);
  REQUIRE(forest);
  std::size_t wrong = 0;
  for (PlaceIndex place{0}; place.value < forest->place_count();
       ++place.value) {
    if (forest->depth(place) != place.value) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE(
    "a unit with two parents has a place under each, and so has all "
    "below it",
    "[snapshot]") {
  Model model(many_parents());
  for (const char* id : {"A", "B", "C", "D", "E"}) model.unit(id);
  model.link("B", "A");
  model.link("C", "A");
  model.link("D", "B");
  model.link("D", "C");
  model.link("E", "D");
  const auto snapshot = model.frozen_on("2013-01-01");
  CHECK(unit::drawn(*snapshot) == "A .B ..D ...E .C ..D ...E");
  const Forest& forest = *snapshot->find_forest("line");
  CHECK_FALSE(forest.is_tree());
  CHECK_FALSE(forest.is_identity());
  const UnitIndex shared = *snapshot->find_unit("D");
  CHECK(forest.first_place(shared) == PlaceIndex{2});
  REQUIRE(forest.more_places(shared).size() == 1);
  CHECK(forest.more_places(shared)[0] == 5);
  CHECK(forest.more_places(*snapshot->find_unit("A")).empty());
}

TEST_CASE("a ladder of diamonds is refused before it fills the memory",
          "[snapshot][HDR-FREEZE-307]") {
  const auto small = built({0}, ladder(10), 31, Limits{});
  REQUIRE(small);
  // 2^0 + … + 2^10 tops, and two sides below each top but the last ones.
  CHECK(small->place_count() == 2047 + 2 * 1023);
  Limits limits;
  limits.depth_max = 10'000;
  const auto large = built({0}, ladder(1000), 3001, limits);
  REQUIRE_FALSE(large);
  CHECK(large.error().code == Code::paths_too_many);
  CHECK(large.error().message ==
        "units with several parents give more than 1000000 paths");
}

TEST_CASE("paths may be as many as the limit says and no more",
          "[snapshot][HDR-FREEZE-307]") {
  // 100,000 units below each of ten heads: 1,000,000 places and the heads.
  DayLinks links;
  for (std::uint32_t head = 0; head < 10; ++head) links.roots.push_back(head);
  constexpr std::uint32_t below = 99'999;
  for (std::uint32_t at = 0; at < below; ++at) {
    for (std::uint32_t head = 0; head < 10; ++head) {
      links.child.push_back(10 + at);
      links.parent.push_back(head);
    }
  }
  Limits limits;
  limits.places_per_unit_max = 1;
  const auto fits = built({0}, links, below + 11, limits);
  REQUIRE(fits);
  CHECK(fits->place_count() == 1'000'000);
  links.child.push_back(10 + below);
  links.parent.push_back(0);
  const auto more = built({0}, links, below + 11, limits);
  REQUIRE_FALSE(more);
  CHECK(more.error().code == Code::paths_too_many);
}

}  // namespace headrope
