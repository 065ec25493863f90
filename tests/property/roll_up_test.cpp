// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sums over subtrees against sums over sets of descendants.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include <headrope/answers.hpp>

namespace headrope {
namespace {

using oracle::Name;
using oracle::Oracle;
using oracle::Shape;
using oracle::Wide;
using testing::Frozen;

using Values = std::vector<std::int64_t>;

rc::Gen<Values> small_values(std::size_t count) {
  return rc::gen::container<Values>(
      count, rc::gen::map(testing::below<std::int64_t>(20),
                          [](std::int64_t value) { return value - 5; }));
}

rc::Gen<Values> large_values(std::size_t count) {
  constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
  return rc::gen::container<Values>(
      count, rc::gen::elementOf(Values{0, 1, -1, top, -top, -top - 1, top / 2,
                                       top / 2 + 1, -(top / 2) - 1}));
}

Shape shape_of(const Frozen& it, const Forest& forest) {
  return Oracle(it.registry, it.snapshot->as_of(), it.snapshot->known_on())
      .shape(forest.hierarchy());
}

// The exact sum at and below every place.
std::vector<Wide> expected_sums(const Frozen& it, const Forest& forest,
                                const Values& per_unit) {
  const Shape shape = shape_of(it, forest);
  std::vector<Wide> sums;
  for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
    Wide sum = 0;
    for (const Name& unit : descendants(
             shape, Name(it.snapshot->identity(forest.unit(PlaceIndex{p}))))) {
      sum += per_unit[it.snapshot->find_unit(unit)->value];
    }
    sums.push_back(sum);
  }
  return sums;
}

bool all_fit(const std::vector<Wide>& sums) {
  return std::all_of(sums.begin(), sums.end(), oracle::fits_int64);
}

Values narrowed(const std::vector<Wide>& sums) {
  Values values;
  for (const Wide sum : sums) {
    values.push_back(static_cast<std::int64_t>(sum));
  }
  return values;
}

TEST_CASE("A roll-up counts each descendant once", "[evaluate]") {
  const bool holds = rc::check("roll_up", [] {
    const Frozen it = frozen(*testing::organisations());
    const Values per_unit = *small_values(it.snapshot->unit_count());
    for (const Forest& forest : it.snapshot->forests()) {
      const auto sums = roll_up(forest, per_unit);
      RC_ASSERT(sums.has_value());
      RC_ASSERT(*sums == narrowed(expected_sums(it, forest, per_unit)));
    }
  });
  REQUIRE(holds);
}

TEST_CASE("In a tree a sum is the own value and the sums of the children",
          "[evaluate]") {
  const bool holds = rc::check("parent = own + children", [] {
    const Frozen it = frozen(*testing::organisations());
    const Values per_unit = *small_values(it.snapshot->unit_count());
    for (const Forest& forest : it.snapshot->forests()) {
      if (!forest.is_tree()) {
        continue;
      }
      const auto sums = roll_up(forest, per_unit);
      RC_ASSERT(sums.has_value());
      Values rest = *sums;
      for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
        const PlaceIndex parent = forest.parent(PlaceIndex{p});
        if (!parent.is_none()) {
          rest[parent.value] -= (*sums)[p];
        }
      }
      for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
        RC_ASSERT(rest[p] == per_unit[forest.unit(PlaceIndex{p}).value]);
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("A roll-up overflows only if a sum passes int64", "[evaluate]") {
  const bool holds = rc::check("sum_overflow of roll_up", [] {
    const Frozen it = frozen(*testing::organisations());
    const Values per_unit = *large_values(it.snapshot->unit_count());
    for (const Forest& forest : it.snapshot->forests()) {
      const std::vector<Wide> expected = expected_sums(it, forest, per_unit);
      for (const std::uint32_t threads : {1U, 3U}) {
        const auto sums = roll_up(forest, per_unit, {threads});
        RC_ASSERT(sums.has_value() == all_fit(expected));
        if (sums) {
          RC_ASSERT(*sums == narrowed(expected));
        } else {
          RC_ASSERT(sums.error().code == Code::sum_overflow);
        }
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Fewer values than units are refused", "[evaluate]") {
  const bool holds = rc::check("sizes", [] {
    const Frozen it = frozen(*testing::organisations());
    for (const Forest& forest : it.snapshot->forests()) {
      const auto sums = roll_up(forest, {});
      RC_ASSERT((!sums && sums.error().code == Code::invalid_argument));
      const auto subtree = SubtreeSums::make(it.snapshot, forest, {});
      RC_ASSERT((!subtree && subtree.error().code == Code::invalid_argument));
    }
  });
  REQUIRE(holds);
}

TEST_CASE("The sum below one unit is that of the roll-up", "[evaluate]") {
  const bool holds = rc::check("SubtreeSums", [] {
    const Frozen it = frozen(*testing::organisations());
    const std::size_t count = it.snapshot->unit_count();
    const bool large = *rc::gen::arbitrary<bool>();
    const Values per_unit = large ? *large_values(count) : *small_values(count);
    for (const Forest& forest : it.snapshot->forests()) {
      const std::vector<Wide> expected = expected_sums(it, forest, per_unit);
      const auto sums = SubtreeSums::make(it.snapshot, forest, per_unit);
      if (!sums) {
        RC_ASSERT(sums.error().code == Code::sum_overflow);
        RC_ASSERT(!all_fit(expected));
        continue;
      }
      for (std::uint32_t u = 0; u < count; ++u) {
        const PlaceIndex place = forest.first_place(UnitIndex{u});
        const Wide sum = place.is_none() ? 0 : expected[place.value];
        if (oracle::fits_int64(sum)) {
          RC_ASSERT(sums->at(UnitIndex{u}) == static_cast<std::int64_t>(sum));
        } else {
          RC_FAIL("a sum past int64 was not refused");
        }
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
