// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Building the pre-order of one hierarchy from its links of a day.

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/pace.hpp"
#include "headrope/limits.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {

/// The links of one hierarchy on one day, between units by rank (the position
/// of a unit among the living ones in the order of identities).
struct DayLinks {
  std::vector<std::uint32_t> child;
  std::vector<std::uint32_t> parent;
  /// Units that belong to the hierarchy with no parent.
  std::vector<std::uint32_t> roots;
};

/// Lays the links out in pre-order. They must be free of cycles.
class ForestBuilder {
 public:
  /// @param rank_count number of living units.
  /// @returns the forest, its units given by rank; `depth_exceeded`,
  ///   `paths_too_many`.
  /// @complexity O(ranks + places). @throws Stopped.
  [[nodiscard]] static Result<Forest> build(HierarchyId hierarchy,
                                            const DayLinks& links,
                                            std::size_t rank_count,
                                            const Limits& limits, Pace& pace);

  /// Gives every unit another number and fills the columns that are looked up
  /// by unit. @param number by rank. @throws Stopped.
  static void renumber(Forest& forest, const std::vector<std::uint32_t>& number,
                       Pace& pace);
};

}  // namespace headrope
