// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What each place adds to a count of persons below it, whatever the basis.
//
// On the basis `any` a person is added at each of its places in pre-order, and
// taken away where a place meets the person's place before it: below any place
// that leaves exactly one. With several threads the places are cut into ranges;
// each goes through its own with its own memory of where it saw whom. Where a
// person is in two ranges, its last place in the earlier and its first in the
// later meet at a place that holds both sides of the cut, so at one above the
// later range's start: those are few, and are counted by depth.

#pragma once

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/columns_at_once.hpp"
#include "base/parallel.hpp"
#include "base/zeroed_memory.hpp"
#include "evaluate/add_up.hpp"
#include "headrope/answers.hpp"

namespace headrope {

/// Every person weighs 1, so that the sizes of lists are all that is asked.
struct EachOnce {
  constexpr std::uint64_t operator()(PersonId /*person*/) const { return 1; }
};

/// The pass for persons with several places. One object makes one answer.
/// @threads `seen` is called from several at once.
template <typename WeightOf, typename Seen>
class MeetingPass {
 public:
  MeetingPass(const Snapshot& snapshot, const Forest& forest,
              std::size_t thread_count, const WeightOf& weight_of,
              const Seen& seen)
      : snapshot_(snapshot),
        forest_(forest),
        weight_of_(weight_of),
        seen_(seen),
        range_count_(std::clamp<std::size_t>(
            std::min(thread_count, ranges_max), 1,
            std::max<std::size_t>(1, forest.place_count()))),
        ranges_(range_count_) {}

  /// The deltas by place.
  std::vector<std::uint64_t> run() {
    fill_column<std::uint64_t>(deltas_, forest_.place_count(), 0);
    for (std::size_t at = 0; at < range_count_; ++at) lay_out(at);
    run_in_parallel(range_count_, [&](std::size_t at) { sweep(at); });
    if (range_count_ > 1) {
      run_in_parallel(range_count_, [&](std::size_t part) { stitch(part); });
      // Giving so much memory back takes time too.
      run_in_parallel(range_count_, [&](std::size_t at) {
        Places().swap(ranges_[at].places);
      });
    }
    for (const Range& range : ranges_) {
      for (const std::vector<std::uint64_t>& taken : range.taken) {
        for (std::size_t depth = 0; depth < range.above.size(); ++depth) {
          deltas_[range.above[depth]] -= taken[depth];
        }
      }
    }
    return std::move(deltas_);
  }

 private:
  // Each range takes memory for all persons.
  static constexpr std::size_t ranges_max = 4;
  using Places = std::vector<std::uint32_t, ZeroedAllocator<std::uint32_t>>;

  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    // The places above `first`, by depth.
    std::vector<std::uint32_t> above;
    // By who found it (the range itself, then each part of the stitching): what
    // is taken away at the places above, by depth.
    std::vector<std::vector<std::uint64_t>> taken;
    // By person, from 1 on: the last place, and for all but the first range,
    // before which there is none to meet, the first. 0: seen nowhere.
    std::size_t stride = 1;
    Places places;
  };

  struct Column {
    std::span<const PersonId> persons;
    std::span<const std::uint32_t> begin;  // By unit.
  };

  [[nodiscard]] Column column(Standing standing) const {
    return {snapshot_.member_column(standing),
            snapshot_.member_begin(standing)};
  }

  void lay_out(std::size_t at) {
    Range& range = ranges_[at];
    const std::size_t count = forest_.place_count();
    range.first = static_cast<std::uint32_t>(count * at / range_count_);
    range.last = static_cast<std::uint32_t>(count * (at + 1) / range_count_);
    if (at > 0) {
      range.stride = 2;
      for (PlaceIndex place = forest_.parent({range.first}); !place.is_none();
           place = forest_.parent(place)) {
        range.above.push_back(place.value);
      }
      std::reverse(range.above.begin(), range.above.end());
    }
    range.taken.resize(range_count_ + 1);
  }

  void sweep(std::size_t at) {
    Range& range = ranges_[at];
    const std::size_t stride = range.stride;
    range.taken[range_count_].resize(range.above.size());
    range.places = Places(snapshot_.person_count() * stride);
    const std::array<Column, 2> columns{column(Standing::primary),
                                        column(Standing::secondary)};
    for (std::uint32_t place = range.first; place < range.last; ++place) {
      const std::uint32_t unit = forest_.unit({place}).value;
      std::uint64_t own = 0;
      for (const auto& [persons, begin] : columns) {
        for (std::uint32_t row = begin[unit]; row < begin[unit + 1]; ++row) {
          // Which person comes next is known long before its place is wanted.
          if (row + ahead < persons.size()) {
            __builtin_prefetch(
                &range.places[persons[row + ahead].value * stride], 1);
          }
          own += weight_of_(persons[row]);
          meet(range, persons[row], place);
        }
      }
      deltas_[place] += own;
    }
  }

  // Takes a person away where this place meets its place before in the range.
  void meet(Range& range, PersonId person, std::uint32_t place) {
    std::uint32_t* const places = &range.places[person.value * range.stride];
    const std::uint32_t before = std::exchange(places[0], place + 1);
    if (before == 0) {
      seen_(person);
      if (range.stride > 1) places[1] = place + 1;
      return;
    }
    const PlaceIndex both = common_place(forest_, {before - 1}, {place});
    if (both.is_none()) return;
    if (both.value >= range.first) {
      deltas_[both.value] -= weight_of_(person);
    } else {
      range.taken[range_count_][forest_.depth(both)] += weight_of_(person);
    }
  }

  // Looks at one part of the persons, over all ranges.
  void stitch(std::size_t part) {
    const std::size_t count = snapshot_.person_count();
    const auto last =
        static_cast<std::uint32_t>(count * (part + 1) / range_count_);
    // Made by the thread that counts in it, or two would write one cache line.
    for (Range& range : ranges_) range.taken[part].resize(range.above.size());
    for (auto person = static_cast<std::uint32_t>(count * part / range_count_);
         person < last; ++person) {
      // Most were seen in one range, and none can tell in which.
      std::uint32_t seen = 0;
      for (const Range& range : ranges_) {
        seen += range.places[std::size_t{person} * range.stride] != 0 ? 1U : 0U;
      }
      if (seen > 1) stitch_one(part, PersonId{person});
    }
  }

  void stitch_one(std::size_t part, PersonId person) {
    std::uint32_t before = 0;
    for (Range& range : ranges_) {
      const std::uint32_t* const places =
          &range.places[person.value * range.stride];
      if (places[0] == 0) continue;
      if (before != 0) {
        take_away(range, part, before - 1, places[1] - 1, weight_of_(person));
      }
      before = places[0];
    }
  }

  // The lowest place above the start of the range that holds both.
  void take_away(Range& range, std::size_t part, std::uint32_t before,
                 std::uint32_t place, std::uint64_t weight) {
    for (std::size_t depth = range.above.size(); depth-- > 0;) {
      const PlaceIndex above{range.above[depth]};
      if (above.value <= before && place < forest_.end(above).value) {
        range.taken[part][depth] += weight;
        return;
      }
    }
  }

  static constexpr std::size_t ahead = 24;

  const Snapshot& snapshot_;
  const Forest& forest_;
  const WeightOf& weight_of_;
  const Seen& seen_;
  std::size_t range_count_;
  std::vector<Range> ranges_;
  std::vector<std::uint64_t> deltas_;
};

/// What the members of each unit weigh together, without regard to who has
/// several memberships.
template <typename WeightOf, typename Seen>
std::vector<std::uint64_t> member_weights(
    const Snapshot& snapshot, const Forest& forest, bool wants_secondary,
    std::size_t thread_count, const WeightOf& weight_of, const Seen& seen) {
  std::vector<std::uint64_t> per_unit;
  fill_column<std::uint64_t>(per_unit, snapshot.unit_count(), 0);
  const auto add = [&](std::uint32_t unit, Standing standing) {
    if constexpr (std::is_same_v<WeightOf, EachOnce>) {
      const auto begin = snapshot.member_begin(standing);
      per_unit[unit] += begin[unit + 1] - begin[unit];
    } else {
      for (const PersonId person : snapshot.members({unit}, standing)) {
        per_unit[unit] += weight_of(person);
        seen(person);
      }
    }
  };
  const std::size_t count =
      std::clamp<std::size_t>(thread_count, 1, per_unit.size() / 4096 + 1);
  run_in_parallel(count, [&](std::size_t at) {
    const auto last =
        static_cast<std::uint32_t>(per_unit.size() * (at + 1) / count);
    for (auto unit = static_cast<std::uint32_t>(per_unit.size() * at / count);
         unit < last; ++unit) {
      if (forest.first_place({unit}).is_none()) continue;
      add(unit, Standing::primary);
      if (wants_secondary) add(unit, Standing::secondary);
    }
  });
  return per_unit;
}

/// Deltas over places in which every person counts with `weight_of(person)`,
/// once below each place on the bases `primary` and `any`, once for each
/// membership on the basis `every`. Calls `seen(person)` for persons with a
/// membership in a unit that has a place and is counted on the basis; not for
/// `EachOnce`.
/// @threads `weight_of` and `seen` are called from several at once.
/// @complexity O(places + memberships × depth).
template <typename WeightOf, typename Seen>
std::vector<std::uint64_t> member_deltas(const Snapshot& snapshot,
                                         const Forest& forest, CountBasis basis,
                                         Threads threads,
                                         const WeightOf& weight_of,
                                         const Seen& seen) {
  // With one membership each to look at, persons are as good as units.
  const bool secondary = basis != CountBasis::primary &&
                         snapshot.membership_count(Standing::secondary) > 0;
  if (basis == CountBasis::any && secondary) {
    return MeetingPass(snapshot, forest, threads.count, weight_of, seen).run();
  }
  std::vector<std::uint64_t> per_unit = member_weights(
      snapshot, forest, secondary, threads.count, weight_of, seen);
  if (forest.is_identity() && per_unit.size() == forest.place_count()) {
    return per_unit;
  }
  return place_deltas<std::uint64_t>(forest,
                                     std::span(std::as_const(per_unit)));
}

}  // namespace headrope
