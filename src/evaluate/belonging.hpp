// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Who was expected at a unit's records: who belonged to it, or to one below it,
// on that day.

#pragma once

#include <algorithm>

#include "headrope/snapshot.hpp"

namespace headrope {

/// True if a place is the upper one or stands below it.
inline bool lies_within(const Forest& forest, PlaceIndex place,
                        PlaceIndex upper) {
  return upper <= place && place < forest.end(upper);
}

/// Calls `use` for each place of a unit until it says true.
template <typename Use>
bool any_place(const Forest& forest, UnitIndex unit, const Use& use) {
  const PlaceIndex first = forest.first_place(unit);
  if (first.is_none()) return false;
  if (use(first)) return true;
  const auto more = forest.more_places(unit);
  return std::any_of(more.begin(), more.end(), [&](std::uint32_t place) {
    return use(PlaceIndex{place});
  });
}

/// True if a unit is the upper one, or stands below one of its places.
inline bool is_at_or_below(const Forest& forest, UnitIndex unit,
                           UnitIndex upper) {
  if (unit == upper) return true;
  return any_place(forest, unit, [&](PlaceIndex place) {
    return any_place(forest, upper, [&](PlaceIndex above) {
      return lies_within(forest, place, above);
    });
  });
}

/// True if a person belonged, on a day, to a unit or to one below it.
inline bool belonged(const Snapshot& snapshot, const Forest& forest,
                     PersonId person, UnitIndex unit, Date day) {
  const auto history = snapshot.history(person);
  return std::any_of(
      history.begin(), history.end(), [&](const MembershipSpan& span) {
        return span.valid.contains(day) && !span.unit.is_none() &&
               is_at_or_below(forest, span.unit, unit);
      });
}

}  // namespace headrope
