// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Attendance marks along a hierarchy, with those set apart that belong to
// nobody who was expected there.

#include "base/checked.hpp"
#include "evaluate/belonging.hpp"
#include "headrope/answers.hpp"
#include "headrope/damaged.hpp"

namespace headrope {

Ratio mean_of_rates(std::span<const std::int64_t> numerators,
                    std::span<const std::int64_t> denominators) {
  constexpr std::int64_t nano = 1'000'000'000;
  Ratio mean;
  for (std::size_t at = 0; at < numerators.size(); ++at) {
    const std::int64_t whole = denominators[at];
    if (whole <= 0) continue;
    const int128 doubled = int128{numerators[at]} * nano * 2 + whole;
    mean.numerator += static_cast<std::int64_t>(doubled / (int128{whole} * 2));
    mean.denominator += nano;
  }
  return mean;
}

Result<AttendanceCounts> count_attendance(const Snapshot& snapshot,
                                          const Forest& forest,
                                          std::span<const MeasureId> measures,
                                          const Interval& window) try {
  std::vector<bool> counts_measure(snapshot.measures().size(), false);
  for (const MeasureId measure : measures) {
    if (measure.value >= counts_measure.size()) {
      return Error{Code::measure_unknown, "no such measure"};
    }
    counts_measure[measure.value] = true;
  }
  AttendanceCounts result;
  for (auto& column : result.own) column.assign(snapshot.unit_count(), 0);
  const Interval cut =
      window.intersected({Date::open_start(), add_days(snapshot.as_of(), 1)});
  for (const Mark& mark : snapshot.marks()) {
    const AttendedRecord& record = snapshot.attended_records()[mark.attended];
    const Date day = record.valid.valid_from;
    if (!counts_measure[record.measure.value] || !cut.contains(day)) continue;
    if (record.unit.is_none() || forest.first_place(record.unit).is_none()) {
      ++result.unplaced;
    } else if (belonged(snapshot, forest, mark.person, record.unit, day)) {
      ++result.own[static_cast<std::size_t>(mark.presence)][record.unit.value];
    } else {
      result.strangers.push_back(mark);
    }
  }
  for (std::size_t at = 0; at < result.own.size(); ++at) {
    auto sums = roll_up(forest, result.own[at]);
    if (!sums) return sums.error();
    result.by_presence[at] = *std::move(sums);
  }
  return result;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
