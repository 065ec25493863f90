// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The Registry: every dated fact that is known about an organisation. It is
// filled by `load_package` or row by row, checked as a whole, and then frozen
// as of a date (snapshot.hpp).

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "headrope/diagnostics.hpp"
#include "headrope/limits.hpp"
#include "headrope/model.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// What a Registry knows before the first row is added.
enum class StartingVocabulary : std::uint8_t {
  shipped,  ///< the Chinese party and government vocabulary of the library
  empty
};

/// The dated facts about an organisation: plain rows and their invariants.
///
/// Adding checks what can be seen from one row: ids exist, intervals are not
/// reversed, identities are well formed. `check` looks at all rows together.
/// A failed `add` changes nothing. Rows are never removed: a row that was wrong
/// ends its `recorded` interval. The views that accessors give live as long as
/// the Registry. Not copyable; a moved-from Registry may only be destroyed.
/// @threads One thread at a time; concurrent reads without a writer are fine.
class Registry {
 public:
  /// Makes an empty Registry, or one that knows the shipped vocabulary.
  explicit Registry(const Limits& limits = {}, StartingVocabulary vocabulary =
                                                   StartingVocabulary::shipped);
  ~Registry();
  Registry(Registry&&) noexcept;
  Registry& operator=(Registry&&) noexcept;

  /// The limits it was made with.
  [[nodiscard]] const Limits& limits() const;

  // Vocabulary. An entry that is there already with the same meaning gives its
  // id; with another meaning `vocabulary_contradicted`.
  /// Adds a kind, or finds it with the same meaning.
  Result<KindId> add(const Kind& kind);
  /// Adds a hierarchy, or finds it with the same meaning.
  Result<HierarchyId> add(const Hierarchy& hierarchy);
  /// Adds a role, or finds it with the same meaning.
  Result<RoleId> add(const Role& role);
  /// Adds a measure, or finds it with the same meaning.
  Result<MeasureId> add(const Measure& measure);

  // Identities: the id of the user's own string, made if it is new.
  /// The id of a unit, made if it is new; `identity_invalid`, `limit_exceeded`.
  Result<UnitId> make_unit(std::string_view identity);
  /// The id of a person, made if it is new; `identity_invalid`,
  /// `limit_exceeded`.
  Result<PersonId> make_person(std::string_view identity);
  /// The id of a post, made if it is new; `identity_invalid`, `limit_exceeded`.
  Result<PostId> make_post(std::string_view identity);
  /// The id of a duty, made if it is new; `identity_invalid`, `limit_exceeded`.
  Result<DutyId> make_duty(std::string_view identity);
  /// The id of an attribute, made if it is new; `identity_invalid`,
  /// `limit_exceeded`.
  Result<AttributeId> make_attribute(std::string_view name);
  /// The id of a change event, made if it is new; `identity_invalid`,
  /// `limit_exceeded`.
  Result<EventId> make_event(std::string_view identity);

  // Rows.
  /// Adds a state of a unit.
  Result<void> add(const UnitState& row);
  /// Adds a link.
  Result<void> add(const Link& row);
  /// Adds a pairing.
  Result<void> add(const Pairing& row);
  /// Adds an attribute.
  Result<void> add(const Attribute& row);
  /// Adds a membership.
  Result<void> add(const Membership& row);
  /// Adds a post.
  Result<void> add(const Post& row);
  /// Adds a holding.
  Result<void> add(const Holding& row);
  /// Adds a duty.
  Result<void> add(const Duty& row);
  /// Adds a scope of a duty.
  Result<void> add(const DutyScope& row);
  /// Adds an assignment.
  Result<void> add(const Assignment& row);
  /// Adds a need.
  Result<void> add(const Need& row);
  /// Adds a record; an empty identity is allowed, a repeated one is
  /// `identity_repeated`.
  Result<RecordId> add(const Record& row, std::string_view identity = {});
  /// Adds an attendance mark.
  Result<void> add(const Attendance& row);
  /// Adds a unit's part in a change event.
  Result<void> add(const EventPart& row);

  /// Checks the rows together: states, parents, memberships, attributes and
  /// attendance that overlap or repeat, kinds that may not be linked, rows
  /// outside the life of their unit or holder, too many holders, holders that
  /// their role does not allow, offices that follow each other in a circle. Two
  /// rows are compared only if they stood in the books at the same time.
  /// Findings name the table in `file` and which of its rows it is, from 1, in
  /// `row`.
  /// @complexity O(rows), and O(k log k) for the k rows of subjects with more
  ///   than one row.
  void check(Diagnostics& findings) const;

  // Look-up. Nothing is found: an empty optional.
  /// Finds a kind; nothing if there is none.
  [[nodiscard]] std::optional<KindId> find_kind(std::string_view id) const;
  /// Finds a hierarchy; nothing if there is none.
  [[nodiscard]] std::optional<HierarchyId> find_hierarchy(
      std::string_view id) const;
  /// Finds a role; nothing if there is none.
  [[nodiscard]] std::optional<RoleId> find_role(std::string_view id) const;
  /// Finds a measure; nothing if there is none.
  [[nodiscard]] std::optional<MeasureId> find_measure(
      std::string_view id) const;
  /// Finds a unit; nothing if there is none.
  [[nodiscard]] std::optional<UnitId> find_unit(std::string_view id) const;
  /// Finds a person; nothing if there is none.
  [[nodiscard]] std::optional<PersonId> find_person(std::string_view id) const;
  /// Finds a post; nothing if there is none.
  [[nodiscard]] std::optional<PostId> find_post(std::string_view id) const;
  /// Finds a duty; nothing if there is none.
  [[nodiscard]] std::optional<DutyId> find_duty(std::string_view id) const;
  /// Finds an attribute; nothing if there is none.
  [[nodiscard]] std::optional<AttributeId> find_attribute(
      std::string_view name) const;
  /// Finds a record; nothing if there is none.
  [[nodiscard]] std::optional<RecordId> find_record(std::string_view id) const;

  // Identities by id.
  /// Identities by UnitId.
  [[nodiscard]] std::span<const std::string_view> unit_identities() const;
  /// Identities by PersonId.
  [[nodiscard]] std::span<const std::string_view> person_identities() const;
  /// Identities by PostId.
  [[nodiscard]] std::span<const std::string_view> post_identities() const;
  /// Identities by DutyId.
  [[nodiscard]] std::span<const std::string_view> duty_identities() const;
  /// Names by AttributeId.
  [[nodiscard]] std::span<const std::string_view> attribute_names() const;
  /// Identities by EventId.
  [[nodiscard]] std::span<const std::string_view> event_identities() const;
  /// The identity of a record; empty if it has none.
  [[nodiscard]] std::string_view record_identity(RecordId record) const;

  // Vocabulary and rows, in the order in which they were added.
  /// All kinds.
  [[nodiscard]] std::span<const Kind> kinds() const;
  /// All hierarchies.
  [[nodiscard]] std::span<const Hierarchy> hierarchies() const;
  /// All roles.
  [[nodiscard]] std::span<const Role> roles() const;
  /// All measures.
  [[nodiscard]] std::span<const Measure> measures() const;
  /// All unit states.
  [[nodiscard]] std::span<const UnitState> unit_states() const;
  /// All links.
  [[nodiscard]] std::span<const Link> links() const;
  /// All pairings.
  [[nodiscard]] std::span<const Pairing> pairings() const;
  /// All attributes.
  [[nodiscard]] std::span<const Attribute> attributes() const;
  /// All memberships.
  [[nodiscard]] std::span<const Membership> memberships() const;
  /// All posts.
  [[nodiscard]] std::span<const Post> posts() const;
  /// All holdings.
  [[nodiscard]] std::span<const Holding> holdings() const;
  /// All duties.
  [[nodiscard]] std::span<const Duty> duties() const;
  /// All duty scopes.
  [[nodiscard]] std::span<const DutyScope> duty_scopes() const;
  /// All assignments.
  [[nodiscard]] std::span<const Assignment> assignments() const;
  /// All needs.
  [[nodiscard]] std::span<const Need> needs() const;
  /// All records.
  [[nodiscard]] std::span<const Record> records() const;
  /// All attendance.
  [[nodiscard]] std::span<const Attendance> attendance() const;
  /// All event parts.
  [[nodiscard]] std::span<const EventPart> event_parts() const;

  /// True if `kind` is `wider` or stands below it in the is-a tree.
  /// @complexity O(depth of the tree).
  [[nodiscard]] bool is_a(KindId kind, KindId wider) const;

  /// The tables themselves, for the modules of the library.
  struct Tables;
  /// To be filled.
  [[nodiscard]] Tables& tables() { return *tables_; }
  /// To be read.
  [[nodiscard]] const Tables& tables() const { return *tables_; }

 private:
  std::unique_ptr<Tables> tables_;
};

}  // namespace headrope
