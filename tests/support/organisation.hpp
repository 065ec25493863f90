// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An organisation as plain rows with the user's own identities, so that a test
// can build the same one again in another order and print one that fails; and
// the answers of a Snapshot keyed by those identities.

#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <headrope/registry.hpp>
#include <headrope/snapshot.hpp>

namespace headrope::testing {

using Name = std::string;

struct Clocks {
  Interval valid;
  Interval recorded;
};

struct StateRow {
  Name unit, kind, name;
  Clocks clocks;
};
struct LinkRow {
  Name hierarchy, unit, parent;  // Without a parent it is a root.
  Clocks clocks;
};
struct MembershipRow {
  Name person, unit;
  Standing standing;
  Clocks clocks;
};
struct RecordRow {
  Name record, measure, unit, person;  // One of unit and person may be empty.
  Reach reach;
  std::int64_t value;
  Clocks clocks;
};
struct AttendanceRow {
  Name record, person;
  Presence presence;
  Interval recorded;
};
struct AttributeRow {
  EntityType type;
  Name subject, attribute, value;
  Clocks clocks;
};

/// An organisation as plain rows, and the two days it is looked at.
struct Organisation {
  std::vector<Name> units, persons;  // All identities, also without a row.
  std::array<OrphanPolicy, 3> orphans{OrphanPolicy::root, OrphanPolicy::root,
                                      OrphanPolicy::root};
  OutsideLifePolicy outside_life = OutsideLifePolicy::clip;
  CyclePolicy cycles = CyclePolicy::error;
  std::vector<StateRow> states;
  std::vector<LinkRow> links;
  std::vector<MembershipRow> memberships;
  std::vector<RecordRow> records;
  std::vector<AttendanceRow> attendance;
  std::vector<AttributeRow> attributes;
  Date as_of;
  Date known_on = latest_day;
};

/// Prints the rows that differ from nothing, one a line.
std::ostream& operator<<(std::ostream& out, const Organisation& organisation);

/// The three hierarchies: `block` (one parent), `line` (several parents for
/// leaves) and `net` (several parents).
extern const std::array<Name, 3> hierarchy_names;
extern const std::array<Name, 5> kind_names;
extern const std::array<Name, 2> attribute_names;
extern const std::array<Name, 3> attribute_values;

/// A measure of the test vocabulary.
struct MeasureRow {
  Name id;
  Nature nature;
  Name unit_of_measure;
  std::uint8_t decimals;
};
extern const std::array<MeasureRow, 8> measure_rows;

/// Builds a Registry row by row; a refused row fails the property.
[[nodiscard]] Registry build(const Organisation& organisation,
                             const Limits& limits = {});

/// The same organisation with the rows of each table in another order.
[[nodiscard]] Organisation shuffled(Organisation organisation,
                                    std::uint32_t seed);

/// A Registry and what it froze to.
struct Frozen {
  Registry registry;
  std::shared_ptr<const Snapshot> snapshot;
};

/// Builds and freezes; an error fails the property.
[[nodiscard]] Frozen frozen(const Organisation& organisation);

/// The values of units by identity.
template <typename Values>
[[nodiscard]] auto by_unit(const Snapshot& snapshot, const Values& values) {
  std::map<Name, typename Values::value_type> named;
  for (std::uint32_t i = 0; i < snapshot.unit_count(); ++i) {
    named.emplace(Name(snapshot.identity(UnitIndex{i})), values.at(i));
  }
  return named;
}

/// Identities of the units of a place and of those above it, joined by `/`.
[[nodiscard]] Name path(const Snapshot& snapshot, const Forest& forest,
                        PlaceIndex place);

/// The values of places by path.
template <typename Values>
[[nodiscard]] auto by_path(const Snapshot& snapshot, const Forest& forest,
                           const Values& values) {
  std::map<Name, typename Values::value_type> named;
  for (std::uint32_t i = 0; i < forest.place_count(); ++i) {
    named.emplace(path(snapshot, forest, PlaceIndex{i}), values.at(i));
  }
  return named;
}

}  // namespace headrope::testing

namespace headrope {
std::ostream& operator<<(std::ostream& out, Date date);
std::ostream& operator<<(std::ostream& out, const Interval& interval);
}  // namespace headrope
