// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Dense 32-bit ids, one type for each entity, so that a person is never passed
// where a unit is wanted. They are positions in one Registry or one Snapshot;
// the lasting identities are the user's own strings.

#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace headrope {

/// A dense id of the entity that Tag names. The default is "none".
template <typename Tag>
struct Id {
  static constexpr std::uint32_t none_value =
      std::numeric_limits<std::uint32_t>::max();

  std::uint32_t value = none_value;

  /// The id that names nothing.
  [[nodiscard]] static constexpr Id none() { return {}; }
  /// True if it names nothing.
  [[nodiscard]] constexpr bool is_none() const { return value == none_value; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using KindId = Id<struct KindTag>;
using HierarchyId = Id<struct HierarchyTag>;
using RoleId = Id<struct RoleTag>;
using MeasureId = Id<struct MeasureTag>;
using UnitId = Id<struct UnitTag>;
using PersonId = Id<struct PersonTag>;
using PostId = Id<struct PostTag>;
using DutyId = Id<struct DutyTag>;
using RecordId = Id<struct RecordTag>;
using AttributeId = Id<struct AttributeTag>;
using EventId = Id<struct EventTag>;

/// Position of a living unit in one Snapshot (not its UnitId in the Registry).
using UnitIndex = Id<struct UnitIndexTag>;

/// Position in the pre-order of one frozen hierarchy.
using PlaceIndex = Id<struct PlaceIndexTag>;

}  // namespace headrope
