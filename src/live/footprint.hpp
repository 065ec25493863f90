// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The places at which a unit or a person counts: its own and those above, each
// as often as it counts there.

#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "live/rows.hpp"

namespace headrope {

/// Appends the places of a unit and those above them, each once. Nothing for a
/// unit outside the hierarchy. @complexity O(places of the unit × depth).
inline void append_footprint(const Forest& forest, UnitIndex unit,
                             std::vector<std::uint32_t>& places) {
  const auto climb = [&](PlaceIndex place) {
    for (; !place.is_none(); place = forest.parent(place)) {
      places.push_back(place.value);
    }
  };
  const std::size_t begin = places.size();
  const PlaceIndex first = forest.first_place(unit);
  if (first.is_none()) return;
  climb(first);
  if (forest.is_tree()) return;
  const auto more = forest.more_places(unit);
  if (more.empty()) return;
  for (const std::uint32_t place : more) climb({place});
  const auto own = places.begin() + static_cast<std::ptrdiff_t>(begin);
  std::sort(own, places.end());
  places.erase(std::unique(own, places.end()), places.end());
}

/// Appends the places at which a person of these memberships counts: once at
/// and above each, but on the basis `every` once for each membership.
inline void append_footprint(const Forest& forest,
                             std::span<const Belonging> memberships,
                             CountBasis basis,
                             std::vector<std::uint32_t>& places) {
  const std::size_t begin = places.size();
  std::size_t counted = 0;
  for (const Belonging& belonging : memberships) {
    if (basis == CountBasis::primary &&
        belonging.standing != Standing::primary) {
      continue;
    }
    const std::size_t before = places.size();
    append_footprint(forest, UnitIndex{belonging.unit}, places);
    counted += places.size() > before ? 1U : 0U;
  }
  if (basis != CountBasis::any || counted < 2) return;
  const auto own = places.begin() + static_cast<std::ptrdiff_t>(begin);
  std::sort(own, places.end());
  places.erase(std::unique(own, places.end()), places.end());
}

/// Appends the units below a unit; one below by several paths comes several
/// times. @complexity O(places below).
inline void append_below(const Forest& forest, UnitIndex unit,
                         std::vector<std::uint32_t>& units) {
  const auto below = [&](PlaceIndex place) {
    const std::uint32_t end = forest.end(place).value;
    for (std::uint32_t at = place.value + 1; at < end; ++at) {
      units.push_back(forest.unit({at}).value);
    }
  };
  const PlaceIndex first = forest.first_place(unit);
  if (first.is_none()) return;
  below(first);
  for (const std::uint32_t place : forest.more_places(unit)) below({place});
}

}  // namespace headrope
