// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The steps of freezing, one function for each group of columns. They run in
// the order in which they stand here; each relies on those before it.

#pragma once

#include <vector>

#include "base/pace.hpp"
#include "headrope/snapshot.hpp"
#include "model/tables.hpp"
#include "snapshot/columns.hpp"

namespace headrope {

/// What the steps share: where they read, what they fill, whom they tell.
struct Freezer {
  const Registry& registry;
  const Registry::Tables& tables;
  const FreezeOptions& options;
  Diagnostics& findings;
  Snapshot::Columns& columns;
  Pace& pace;

  /// UnitIndex of each unit of the Registry; none where it does not live.
  std::vector<std::uint32_t> index_of_unit;

  // Every loop over rows asks one of these, which makes it one to be stopped.
  /// @throws Stopped.
  [[nodiscard]] bool knows(const Interval& recorded) const {
    pace.step();
    return recorded.contains(options.known_on);
  }
  /// @throws Stopped.
  template <typename Row>
  [[nodiscard]] bool holds(const Row& row) const {
    return row.valid.contains(options.as_of) && knows(row.recorded);
  }
};

/// The living units by identity, and their rank by UnitId.
struct LivingUnits {
  std::vector<std::uint32_t> units;  ///< UnitId, in the order of identities
  std::vector<std::uint32_t> rank;   ///< by UnitId; none if it does not live
  std::vector<std::uint32_t> state;  ///< by UnitId, the state of the day
};

/// Finds the living units and sorts them by identity.
[[nodiscard]] Result<LivingUnits> find_living_units(Freezer& freezer);

/// Lays out every hierarchy; units are still ranks.
[[nodiscard]] Result<void> freeze_hierarchies(Freezer& freezer,
                                              const LivingUnits& living);

/// Numbers the units and fills their columns.
void freeze_units(Freezer& freezer, const LivingUnits& living);

/// Fills persons, the members of the day and, for attendance, the history.
[[nodiscard]] Result<void> freeze_members(Freezer& freezer);

/// Fills the records of each measure.
[[nodiscard]] Result<void> freeze_records(Freezer& freezer);

/// Fills attended records and marks.
[[nodiscard]] Result<void> freeze_attendance(Freezer& freezer);

/// Fills posts, holders, ties, duties and assignments of the day.
void freeze_responsibility(Freezer& freezer);

/// Fills the attributes of the day.
[[nodiscard]] Result<void> freeze_attributes(Freezer& freezer);

/// Sorts strings that are not in order yet; gives positions in their order, or
/// nothing if they stand in order. @complexity O(n) if so, else O(n log n).
/// @throws Stopped.
[[nodiscard]] std::vector<std::uint32_t> order_of(
    std::span<const std::string_view> texts, Pace& pace);

}  // namespace headrope
