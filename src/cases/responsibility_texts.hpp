// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Names of cases and what they stand for in a snapshot: units, holders, roles,
// days, and findings in words.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/responsibility.hpp"

namespace headrope {

/// Writes what a snapshot numbers, and finds what a case names.
class SnapshotNames {
 public:
  explicit SnapshotNames(const Snapshot& snapshot) : snapshot_(snapshot) {}

  /// The identity of a unit; empty for none.
  [[nodiscard]] std::string text(UnitIndex unit) const;
  /// The identity of a post; empty for none.
  [[nodiscard]] std::string text(PostId post) const;
  /// The identity of a duty; empty for none.
  [[nodiscard]] std::string text(DutyId duty) const;
  /// The identity of a person; empty for none.
  [[nodiscard]] std::string text(PersonId person) const;
  /// The name of a role; empty for none.
  [[nodiscard]] std::string text(RoleId role) const;
  /// The identity of a unit, post or person; empty for none.
  [[nodiscard]] std::string text(const Entity& entity) const;

  /// A holder: `U01`, `P001`, `U01/group_head=P001`; with ` acting` behind an
  /// acting one, and `=nobody` for a post that nobody holds.
  [[nodiscard]] std::string text(const Holder& holder) const;
  /// A finding in one line, for failures.
  [[nodiscard]] std::string text(const Gap& gap) const;

  /// The roles of these names; nothing if one of them is unknown.
  [[nodiscard]] std::optional<std::vector<RoleId>> roles(
      const std::vector<std::string>& names) const;
  /// The roles of the function `lead`.
  [[nodiscard]] std::vector<RoleId> leading_roles() const;

 private:
  const Snapshot& snapshot_;
};

/// The first day of an interval: `2013-06-01`, or `open`.
[[nodiscard]] std::string first_day_text(const Interval& days);
/// The last day of an interval: `2013-06-30`, or `open`.
[[nodiscard]] std::string last_day_text(const Interval& days);

}  // namespace headrope
