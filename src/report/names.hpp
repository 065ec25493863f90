// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the rows of a Snapshot are called: identities, names and labels of
// duties, units, posts, persons and roles, empty for none.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "headrope/responsibility.hpp"
#include "headrope/table.hpp"

namespace headrope {

/// The names of one snapshot in one language. Views into the snapshot, which
/// must outlive it.
class ReportNames {
 public:
  /// Indexes posts and duties. @complexity O(posts + duties).
  ReportNames(const Snapshot& snapshot, Language language);

  /// The user's own strings.
  [[nodiscard]] std::string_view identity(DutyId duty) const;
  [[nodiscard]] std::string_view identity(UnitIndex unit) const;
  [[nodiscard]] std::string_view identity(PostId post) const;
  [[nodiscard]] std::string_view identity(PersonId person) const;
  [[nodiscard]] std::string_view identity(const Entity& holder) const;

  /// The name of a duty or unit; may be empty.
  [[nodiscard]] std::string_view name(DutyId duty) const;
  [[nodiscard]] std::string_view name(UnitIndex unit) const;
  /// The kind of a unit, as its identity.
  [[nodiscard]] std::string_view kind(UnitIndex unit) const;
  /// The name of a unit; unit and role of a post; nothing of a person.
  [[nodiscard]] std::string name(const Entity& holder) const;
  /// A name for people: the identity where there is no name.
  [[nodiscard]] std::string shown(const Entity& holder) const;
  [[nodiscard]] std::string_view shown(DutyId duty) const;
  [[nodiscard]] std::string_view shown(UnitIndex unit) const;

  /// The label of a role or kind; its id where it has none.
  [[nodiscard]] std::string_view label(RoleId role) const;
  [[nodiscard]] std::string_view label(KindId kind) const;
  /// Whether the role is a leading one.
  [[nodiscard]] bool leads(RoleId role) const;
  /// A post as it was on the day of the snapshot, or on another; nullptr if it
  /// never existed.
  [[nodiscard]] const PostState* post(PostId post) const;

  /// The language.
  [[nodiscard]] Language language() const { return language_; }
  /// Several texts as one: a、b or a, b.
  [[nodiscard]] std::string_view separator() const {
    return language_ == Language::zh ? "、" : ", ";
  }

 private:
  [[nodiscard]] std::string_view chosen(const Label& label,
                                        std::string_view id) const;

  const Snapshot& snapshot_;
  Language language_;
  std::vector<const PostState*> posts_;   // By PostId.
  std::vector<std::string_view> duties_;  // By DutyId.
};

}  // namespace headrope
