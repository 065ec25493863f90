// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Random organisations with everything about responsibility: posts, holdings,
// duties, scopes, assignments, needs and pairings, as plain rows that print,
// shrink and can be added in another order. The dates come from a few days
// that meet often, so that an oracle can look at every one of them.

#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

#include <rapidcheck.h>

#include "support/organisation.hpp"
#include "support/random_organisation.hpp"

namespace headrope::testing {

/// A scope by names.
struct NamedScope {
  Scope::Type type = Scope::Type::all;
  Name subject;  // A unit or a kind; empty for all.
  Name hierarchy;
};
struct NamedEntity {
  EntityType type = EntityType::unit;
  Name identity;
};

struct PostRow {
  Name post, unit, role;
  std::uint32_t seats;
  Name ex_officio;
  Clocks clocks;
};
struct HoldingRow {
  Name post, person;
  bool acting;
  Clocks clocks;
};
struct DutyRow {
  Name duty, inherited, division;
  Clocks clocks;
};
struct DutyScopeRow {
  Name duty;
  NamedScope scope;
  Clocks clocks;
};
struct AssignmentRow {
  Name duty, role;
  NamedEntity holder;
  std::optional<NamedScope> scope;
  Clocks clocks;
};
struct PairingRow {
  Name pairing;
  NamedEntity holder;
  Name unit;
  Clocks clocks;
};
struct NeedRow {
  Need::Type type;
  Name duty, role, pairing, measure;
  std::optional<NamedScope> scope;
  std::uint32_t at_least;
  std::optional<std::uint32_t> at_most;
  Clocks clocks;
};

/// An organisation and who answers for what in it.
struct Answerable {
  Organisation organisation;
  std::vector<Name> posts, duties;  // All identities, also without a row.
  std::vector<PostRow> post_rows;
  std::vector<HoldingRow> holdings;
  std::vector<DutyRow> duty_rows;
  std::vector<DutyScopeRow> scopes;
  std::vector<AssignmentRow> assignments;
  std::vector<PairingRow> pairings;
  std::vector<NeedRow> needs;
};

/// Prints the rows, one a line.
std::ostream& operator<<(std::ostream& out, const Answerable& rows);

/// A role of the test vocabulary.
struct RoleRow {
  std::string_view id;
  RoleFunction function;
  std::optional<std::uint32_t> holders_max;
  std::optional<EntityType> holder_type;  // Nothing: any.
  std::string_view holder_kind;           // Empty: any.
};
extern const std::array<RoleRow, 10> role_rows;

/// Builds a Registry row by row; a refused row fails the property.
[[nodiscard]] Registry build(const Answerable& rows);
/// Builds and freezes; an error fails the property.
[[nodiscard]] Frozen frozen(const Answerable& rows);
/// The same with the rows of each table in another order.
[[nodiscard]] Answerable shuffled(Answerable rows, std::uint32_t seed);

/// Organisations of up to 25 units with up to 6 duties.
[[nodiscard]] rc::Gen<Answerable> answerables();
/// A day from the few from which all dates are drawn.
[[nodiscard]] rc::Gen<Date> meeting_days();
/// An interval of such days, open or not, never empty.
[[nodiscard]] rc::Gen<Interval> meeting_intervals();

}  // namespace headrope::testing
