// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sums of one value for each unit, at every place or at one.

#include <algorithm>
#include <limits>
#include <string>

#include "base/checked.hpp"
#include "evaluate/add_up.hpp"
#include "headrope/answers.hpp"

namespace headrope {
namespace {

Error wrong_size(std::size_t given) {
  return {Code::invalid_argument,
          std::to_string(given) +
              " values were given, which is not one for each unit"};
}

// The number of units that the values must have: places refer to them all.
bool fits(const Forest& forest, std::span<const std::int64_t> per_unit) {
  if (forest.is_identity()) return per_unit.size() >= forest.place_count();
  for (const std::uint32_t unit : forest.unit_column()) {
    if (unit >= per_unit.size()) return false;
  }
  return true;
}

// A plain sum in 64 bits; nothing if one addition did not fit.
template <typename ValueAt>
bool sum_plainly(const Forest& forest, const ValueAt& value_at,
                 std::uint32_t thread_count, std::span<std::int64_t> sums) {
  const auto store = [&](std::size_t place, std::int64_t total) {
    sums[place] = total;
  };
  const auto increase = [&](std::size_t place, std::int64_t amount) {
    return !add_checked(sums[place], amount);
  };
  return !add_up<std::int64_t>(forest, thread_count, value_at, store, increase);
}

// The same in 128 bits, which cannot overflow: only totals that do not fit are
// errors, not sums on the way to them.
Result<void> sum_widely(const Forest& forest,
                        std::span<const std::int64_t> per_unit,
                        std::span<std::int64_t> sums) {
  const std::vector<int128> wide(per_unit.begin(), per_unit.end());
  const std::vector<int128> deltas =
      place_deltas<int128>(forest, std::span<const int128>(wide));
  bool fits_all = true;
  const auto store = [&](std::size_t place, int128 total) {
    fits_all = fits_all && total >= std::numeric_limits<std::int64_t>::min() &&
               total <= std::numeric_limits<std::int64_t>::max();
    sums[place] = static_cast<std::int64_t>(total);
  };
  add_up<int128>(
      forest, 1, [&](std::size_t place) { return deltas[place]; }, store,
      [](std::size_t, int128) { return false; });
  if (fits_all) return {};
  return Error{Code::sum_overflow,
               "a sum is beyond 64 bits (-2^63 to 2^63 - 1)"};
}

}  // namespace

Result<void> roll_up_into(const Forest& forest,
                          std::span<const std::int64_t> per_unit,
                          std::span<std::int64_t> sums, Threads threads) {
  if (!fits(forest, per_unit)) return wrong_size(per_unit.size());
  if (sums.size() != forest.place_count()) {
    return Error{Code::invalid_argument,
                 "there must be room for one sum for each place"};
  }
  bool done = false;
  if (forest.is_identity()) {
    done = sum_plainly(
        forest, [&](std::size_t place) { return per_unit[place]; },
        threads.count, sums);
  } else if (forest.is_tree()) {
    const auto units = forest.unit_column();
    done = sum_plainly(
        forest, [&](std::size_t place) { return per_unit[units[place]]; },
        threads.count, sums);
  }
  // With several places, taking away where they meet may overflow though no sum
  // does, so those are added widely at once.
  if (done) return {};
  return sum_widely(forest, per_unit, sums);
}

Result<std::vector<std::int64_t>> roll_up(
    const Forest& forest, std::span<const std::int64_t> per_unit,
    Threads threads) {
  std::vector<std::int64_t> sums(forest.place_count());
  if (auto done = roll_up_into(forest, per_unit, sums, threads); !done) {
    return done.error();
  }
  return sums;
}

Result<SubtreeSums> SubtreeSums::make(std::shared_ptr<const Snapshot> snapshot,
                                      const Forest& forest,
                                      std::span<const std::int64_t> per_unit) {
  if (per_unit.size() != snapshot->unit_count()) {
    return wrong_size(per_unit.size());
  }
  // The sums of all places are looked at once, so that the differences below
  // are known to fit; the running sum itself may wrap around.
  if (auto sums = roll_up(forest, per_unit); !sums) return sums.error();
  SubtreeSums result;
  result.snapshot_ = std::move(snapshot);
  result.forest_ = &forest;
  result.before_.reserve(forest.place_count() + 1);
  std::uint64_t sum = 0;
  const std::vector<std::uint64_t> wrapped(per_unit.begin(), per_unit.end());
  for (const std::uint64_t delta :
       place_deltas<std::uint64_t>(forest, std::span(wrapped))) {
    result.before_.push_back(static_cast<std::int64_t>(sum));
    sum += delta;
  }
  result.before_.push_back(static_cast<std::int64_t>(sum));
  return result;
}

std::int64_t SubtreeSums::at(UnitIndex unit) const {
  const PlaceIndex place = forest_->first_place(unit);
  if (place.is_none()) return 0;
  const auto after =
      static_cast<std::uint64_t>(before_[forest_->end(place).value]);
  const auto before = static_cast<std::uint64_t>(before_[place.value]);
  return static_cast<std::int64_t>(after - before);
}

UnitTally count_units(const Snapshot& snapshot, std::span<const KindId> kinds) {
  UnitTally counted;
  counted.value.reserve(snapshot.unit_count());
  for (const KindId kind : snapshot.kind_column()) {
    const bool counts =
        kinds.empty() ||
        std::any_of(kinds.begin(), kinds.end(),
                    [&](KindId wider) { return snapshot.is_a(kind, wider); });
    counted.value.push_back(counts ? 1 : 0);
  }
  counted.has_value.assign(counted.value.size(), 1);
  return counted;
}

int decimals_of(const Snapshot& snapshot, const Tally& tally) {
  const bool counts = tally.reduction == Reduction::count ||
                      tally.reduction == Reduction::distinct_days;
  return counts || tally.measures.empty()
             ? 0
             : snapshot.measures()[tally.measures.front().value].decimals;
}

}  // namespace headrope
