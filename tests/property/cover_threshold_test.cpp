// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Coverage of a threshold at every node against sets of descendants.

#include <cstdint>
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
using testing::below;
using testing::Frozen;

TEST_CASE("A threshold is covered as a set of descendants", "[evaluate]") {
  const bool holds = rc::check("cover_threshold", [] {
    const Frozen it = frozen(*testing::organisations());
    const Snapshot& snapshot = *it.snapshot;
    const auto per_unit = *rc::gen::container<std::vector<std::int64_t>>(
        snapshot.unit_count(), below<std::int64_t>(6));
    const auto has_value = *rc::gen::container<std::vector<std::uint8_t>>(
        snapshot.unit_count(), below<std::uint8_t>(2));
    const auto threshold = *below<std::int64_t>(7);
    const Oracle oracle(it.registry, snapshot.as_of(), snapshot.known_on());
    for (const Forest& forest : snapshot.forests()) {
      const Shape shape = oracle.shape(forest.hierarchy());
      std::vector<std::uint32_t> eligible(forest.place_count());
      std::vector<std::uint32_t> met(forest.place_count());
      for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
        const Name unit(snapshot.identity(forest.unit(PlaceIndex{p})));
        for (const Name& below_it : descendants(shape, unit)) {
          const std::uint32_t u = snapshot.find_unit(below_it)->value;
          eligible[p] += has_value[u];
          met[p] += has_value[u] != 0 && per_unit[u] >= threshold ? 1U : 0U;
        }
      }
      for (const std::uint32_t threads : {1U, 3U}) {
        const auto found =
            cover_threshold(forest, per_unit, has_value, threshold, {threads});
        RC_ASSERT(found.has_value());
        RC_ASSERT(found->eligible == eligible);
        RC_ASSERT(found->met == met);
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
