// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Which units a duty or a need reaches, and which of them are asked about.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "responsibility/index.hpp"

namespace headrope {

/// Marks the units that a scope covers.
void mark_covered(const Snapshot& snapshot, const DutyReach& scope,
                  std::vector<std::uint8_t>& marks);

/// By UnitIndex, 1 for each unit that the duty reaches on some of the days.
/// @complexity O(units × its scopes for kinds or all + units reached).
[[nodiscard]] std::vector<std::uint8_t> units_reached(
    const Responsibility::Index& index, DutyId duty, const Interval& days);

/// The units at and below one of them in a hierarchy, of one kind.
class UnitFilter {
 public:
  /// @param forest nullptr: every unit.
  UnitFilter(const Responsibility::Index& index, const Forest* forest,
             UnitIndex top, std::optional<KindId> kind = std::nullopt);

  /// True if the unit is asked about.
  [[nodiscard]] bool has(UnitIndex unit) const {
    return is_all_ || (!unit.is_none() && marks_[unit.value] != 0);
  }
  /// True if every unit is, and duties as a whole too.
  [[nodiscard]] bool is_all() const { return is_all_; }

 private:
  bool is_all_ = false;
  std::vector<std::uint8_t> marks_;  // By UnitIndex, unless all are.
};

}  // namespace headrope
