// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Holders as rows for people: of a duty for a unit, and of the unit's posts.

#pragma once

#include <span>
#include <vector>

#include "responsibility/index.hpp"

namespace headrope {

/// True if duty and unit are of this snapshot; either may be none.
[[nodiscard]] bool is_asked_well(const Responsibility::Index& index,
                                 DutyId duty, UnitIndex unit);

/// Appends the nearest holders of a duty for a unit (none: as a whole), in some
/// roles (empty: all), by role, holder, person; nothing if it does not reach.
void list_duty_holders(const Responsibility::Index& index, DutyId duty,
                       UnitIndex unit, Date day, std::span<const RoleId> roles,
                       std::vector<Holder>& to);

/// Appends the holders of the unit's own posts of some roles.
void list_post_holders(const Responsibility::Index& index, UnitIndex unit,
                       Date day, std::span<const RoleId> roles,
                       std::vector<Holder>& to);

}  // namespace headrope
