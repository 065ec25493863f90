// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What each place adds to a count of persons below it, whatever the basis.

#pragma once

#include <array>
#include <vector>

#include "evaluate/add_up.hpp"
#include "headrope/answers.hpp"

namespace headrope {

/// Deltas over places in which every person counts with `weight_of(person)`,
/// once below each place on the bases `primary` and `any`, once for each
/// membership on the basis `every`. Calls `seen(person)` for each membership in
/// a unit that has a place and is counted on the basis.
/// @complexity O(places + memberships × depth).
template <typename WeightOf, typename Seen>
std::vector<std::uint64_t> member_deltas(const Snapshot& snapshot,
                                         const Forest& forest, CountBasis basis,
                                         const WeightOf& weight_of,
                                         const Seen& seen) {
  // With one membership each to look at, persons are as good as units.
  const bool secondary = basis != CountBasis::primary &&
                         snapshot.membership_count(Standing::secondary) > 0;
  if (basis != CountBasis::any || !secondary) {
    std::vector<std::uint64_t> per_unit(snapshot.unit_count());
    for (std::uint32_t unit = 0; unit < per_unit.size(); ++unit) {
      if (forest.first_place({unit}).is_none()) continue;
      const auto add = [&](std::span<const PersonId> members) {
        for (const PersonId person : members) {
          per_unit[unit] += weight_of(person);
          seen(person);
        }
      };
      add(snapshot.members({unit}, Standing::primary));
      if (secondary) add(snapshot.members({unit}, Standing::secondary));
    }
    return place_deltas<std::uint64_t>(forest,
                                       std::span(std::as_const(per_unit)));
  }
  // Each person is added at each of its places in pre-order, and taken away
  // where a place meets the person's place before it: below any place that
  // leaves exactly one.
  std::vector<std::uint64_t> deltas(forest.place_count());
  std::vector<std::uint32_t> last(snapshot.person_count(),
                                  PlaceIndex::none_value);
  struct Column {
    std::span<const PersonId> persons;
    std::span<const std::uint32_t> begin;
  };
  const auto column = [&](Standing standing) {
    return Column{snapshot.member_column(standing),
                  snapshot.member_begin(standing)};
  };
  const std::array<Column, 2> columns{column(Standing::primary),
                                      column(Standing::secondary)};
  // Which person comes next is known long before its place is wanted.
  constexpr std::size_t ahead = 24;
  for (std::uint32_t place = 0; place < deltas.size(); ++place) {
    const std::uint32_t unit = forest.unit({place}).value;
    std::uint64_t own = 0;
    for (const Column& list : columns) {
      for (std::uint32_t at = list.begin[unit]; at < list.begin[unit + 1];
           ++at) {
        if (at + ahead < list.persons.size()) {
          __builtin_prefetch(&last[list.persons[at + ahead].value], 1);
        }
        const PersonId person = list.persons[at];
        const std::uint64_t weight = weight_of(person);
        const std::uint32_t before = last[person.value];
        last[person.value] = place;
        own += weight;
        if (before == PlaceIndex::none_value) {
          seen(person);
          continue;
        }
        const PlaceIndex meet = common_place(forest, {before}, {place});
        if (!meet.is_none()) deltas[meet.value] -= weight;
      }
    }
    deltas[place] += own;
  }
  return deltas;
}

}  // namespace headrope
