// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The one pass behind every roll-up. Going backwards through the pre-order, the
// places below a place come just before it, so one running sum for each depth
// is all that has to be remembered: one pass, no pointer is followed, and two
// bytes are read for each place besides its value.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/parallel.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {

/// The lowest place that holds both, or none if they are in different trees.
/// `earlier` must not come after `later`. @complexity O(depth).
[[nodiscard]] inline PlaceIndex common_place(const Forest& forest,
                                             PlaceIndex earlier,
                                             PlaceIndex later) {
  // A place above `later` that does not come after `earlier` holds it too: it
  // begins before `earlier` and ends after `later`.
  while (!later.is_none() && later > earlier) later = forest.parent(later);
  return later;
}

/// Adds up one range of places, backwards, and leaves in `pending[d]` what is
/// owed to the place at depth d - 1 above the start of the range.
/// @returns true if an addition overflowed.
template <typename Number, typename ValueAt, typename Store>
bool add_up_range(std::span<const std::uint16_t> depth, std::size_t first,
                  std::size_t last, const ValueAt& value_at, const Store& store,
                  std::vector<Number>& pending) {
  bool overflowed = false;
  Number* const sums = pending.data();
  for (std::size_t place = last; place-- > first;) {
    const std::size_t at = depth[place];
    Number total{};
    overflowed |= __builtin_add_overflow(value_at(place), sums[at + 1], &total);
    sums[at + 1] = Number{};
    overflowed |= __builtin_add_overflow(sums[at], total, &sums[at]);
    store(place, total);
  }
  return overflowed;
}

/// Adds `value_at(place)` up over the whole forest; `store(place, total)` is
/// called once for each place, `increase(place, amount)` for places above the
/// start of a thread's range.
/// @returns true if an addition overflowed, in which case totals are wrong.
template <typename Number, typename ValueAt, typename Store, typename Increase>
bool add_up(const Forest& forest, std::uint32_t thread_count,
            const ValueAt& value_at, const Store& store,
            const Increase& increase) {
  const std::size_t count = forest.place_count();
  const auto depth = forest.depth_column();
  const std::size_t ranges =
      std::clamp<std::size_t>(thread_count, 1, count / 4096 + 1);
  std::vector<std::vector<Number>> pending(
      ranges, std::vector<Number>(std::size_t{forest.depth_max()} + 2));
  std::vector<std::uint8_t> overflowed(ranges, 0);
  const auto start_of = [&](std::size_t range) {
    return count * range / ranges;
  };
  const auto run = [&](std::size_t range) {
    overflowed[range] =
        add_up_range(depth, start_of(range), start_of(range + 1), value_at,
                     store, pending[range])
            ? 1
            : 0;
  };
  run_in_parallel(ranges, run);

  bool any =
      std::find(overflowed.begin(), overflowed.end(), 1) != overflowed.end();
  for (std::size_t range = 1; range < ranges; ++range) {
    PlaceIndex place{static_cast<std::uint32_t>(start_of(range))};
    if (place.value >= count) continue;
    Number owed{};
    for (std::size_t at = forest.depth(place); at > 0; --at) {
      place = forest.parent(place);
      any |= __builtin_add_overflow(owed, pending[range][at], &owed);
      any |= increase(place.value, owed);
    }
  }
  return any;
}

/// What each place adds to a sum in which every unit counts once: its value
/// at each of its places, and its value taken away again where two of its
/// places meet.
template <typename Number>
std::vector<Number> place_deltas(const Forest& forest,
                                 std::span<const Number> per_unit) {
  std::vector<Number> deltas(forest.place_count());
  std::vector<std::uint32_t> last;
  if (!forest.is_tree()) {
    last.assign(per_unit.size(), PlaceIndex::none_value);
  }
  for (std::uint32_t place = 0; place < deltas.size(); ++place) {
    const std::uint32_t unit = forest.unit({place}).value;
    deltas[place] += per_unit[unit];
    if (last.empty()) continue;
    if (last[unit] != PlaceIndex::none_value) {
      const PlaceIndex meet = common_place(forest, {last[unit]}, {place});
      if (!meet.is_none()) deltas[meet.value] -= per_unit[unit];
    }
    last[unit] = place;
  }
  return deltas;
}

}  // namespace headrope
