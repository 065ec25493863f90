// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// On whose side a holder stands: a unit on its own, a post on its unit's, a
// person on the person's own and on that of the units of the posts held.

#pragma once

#include <utility>
#include <vector>

#include "responsibility/index.hpp"

namespace headrope {

/// A unit or a person, and the days on which a holder stands on its side.
using Party = std::vector<std::pair<Entity, DaySet>>;

/// The sides of a holder, sorted by entity; those of units that do not live are
/// left out.
[[nodiscard]] Party party_of(const Responsibility::Index& index,
                             const Entity& holder);

/// The days on which two holders stand on one side.
[[nodiscard]] std::vector<Interval> days_together(const Party& one,
                                                  const Party& other);

}  // namespace headrope
