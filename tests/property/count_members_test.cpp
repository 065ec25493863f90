// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Distinct members under every node against sets of persons.

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
using testing::Frozen;

TEST_CASE("Members are counted as sets of persons", "[evaluate]") {
  const bool holds = rc::check("count_members", [] {
    const Frozen it = frozen(*testing::organisations());
    const Oracle oracle(it.registry, it.snapshot->as_of(),
                        it.snapshot->known_on());
    for (const Forest& forest : it.snapshot->forests()) {
      const Shape shape = oracle.shape(forest.hierarchy());
      for (const CountBasis basis :
           {CountBasis::primary, CountBasis::any, CountBasis::every}) {
        std::vector<std::int64_t> expected;
        for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
          const Name unit(it.snapshot->identity(forest.unit(PlaceIndex{p})));
          expected.push_back(
              oracle.count_members(descendants(shape, unit), basis));
        }
        RC_LOG() << "basis " << static_cast<int>(basis) << " in hierarchy "
                 << forest.hierarchy().value << '\n';
        RC_ASSERT(count_members(*it.snapshot, forest, basis) == expected);
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Primary counts at most as many as any, any at most every",
          "[evaluate]") {
  const bool holds = rc::check("primary <= any <= every", [] {
    const Frozen it = frozen(*testing::organisations());
    for (const Forest& forest : it.snapshot->forests()) {
      const auto counts = [&](CountBasis basis) {
        return count_members(*it.snapshot, forest, basis);
      };
      const auto primary = counts(CountBasis::primary);
      const auto any = counts(CountBasis::any);
      const auto every = counts(CountBasis::every);
      for (std::size_t p = 0; p < forest.place_count(); ++p) {
        RC_ASSERT(primary[p] <= any[p]);
        RC_ASSERT(any[p] <= every[p]);
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
