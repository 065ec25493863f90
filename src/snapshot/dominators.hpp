// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Which units everything below hangs on, where units have several parents.

#pragma once

#include <cstdint>
#include <vector>

#include "headrope/snapshot.hpp"

namespace headrope {

/// By UnitIndex, the nearest other unit that every path to the unit passes
/// (its immediate dominator); none for roots, for units that several roots
/// reach apart, and for units outside.
/// @param top only paths at and below this place; none: from all roots.
/// @complexity O(places + links × depth); no recursion, unlike the
///   Lengauer–Tarjan of Boost.Graph, with which the tests compare it: a
///   hierarchy may be 65,535 levels deep.
[[nodiscard]] std::vector<std::uint32_t> immediate_dominators(
    const Forest& forest, std::size_t unit_count, PlaceIndex top = {});

}  // namespace headrope
