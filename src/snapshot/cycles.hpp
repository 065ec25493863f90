// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Cycles of a hierarchy over all dates: units that would stand below themselves
// on some day, today or not.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/pace.hpp"
#include "headrope/date.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// A link as the cycle search sees it; nodes are dense numbers.
struct DatedEdge {
  std::uint32_t child = 0;
  std::uint32_t parent = 0;
  Interval valid;
};

/// Positions of edges.
using EdgeList = std::vector<std::uint32_t>;

/// The edges inside each strongly connected part of the graph that `chosen`
/// edges make, whatever their days; parts without an edge are left out.
/// @complexity O(chosen).
[[nodiscard]] std::vector<EdgeList> connected_parts(
    std::span<const DatedEdge> edges, const EdgeList& chosen);

/// A cycle: the edges in order, each edge's parent the child of the next, and
/// the days on which all of them hold.
struct DatedCycle {
  std::vector<std::uint32_t> edges;
  Interval valid;
  std::uint32_t youngest = 0;  ///< the edge that was begun last
};

/// Finds cycles until none is left when the youngest edge of each is taken
/// away. Of edges begun on one day, the one with the greatest `rank` is
/// youngest.
/// @param rank orders edges independently of the order of input.
/// @returns the cycles; `limit_exceeded` if the links that close upon
///   themselves are so many and so often dated that looking at every date
///   would take too long.
/// @complexity O(edges) where there is no cycle in all dates together.
/// @throws Stopped.
[[nodiscard]] Result<std::vector<DatedCycle>> find_cycles(
    std::span<const DatedEdge> edges, std::size_t node_count,
    std::span<const std::uint32_t> rank, Pace& pace);

}  // namespace headrope
