// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A Snapshot is a Registry frozen as of a date: dense columns, each hierarchy
// in pre-order. One that exists is valid, so nothing that reads it has a branch
// for bad data.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "headrope/diagnostics.hpp"
#include "headrope/frozen_column.hpp"
#include "headrope/model.hpp"
#include "headrope/progress.hpp"
#include "headrope/registry.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// A hierarchy as of a day, laid out in pre-order.
///
/// A *place* is one occurrence of a unit: a unit with several parents has a
/// place under each of them, and so has everything below it. The places below
/// a place p are the range p+1 .. end(p). Siblings stand in the order of their
/// units' identities, compared byte by byte. An empty hierarchy has no places.
/// @threads Immutable; any thread.
class Forest {
 public:
  /// Which hierarchy it is.
  [[nodiscard]] HierarchyId hierarchy() const { return hierarchy_; }
  /// How many places there are.
  [[nodiscard]] std::size_t place_count() const { return depth_.size(); }

  /// True if every unit has at most one place.
  [[nodiscard]] bool is_tree() const { return more_places_.empty(); }
  /// True if place p is the place of unit p, for every p.
  [[nodiscard]] bool is_identity() const { return unit_of_place_.empty(); }

  /// The unit that stands at a place.
  [[nodiscard]] UnitIndex unit(PlaceIndex place) const {
    return {is_identity() ? place.value : unit_of_place_[place.value]};
  }
  /// The place above; none for a root.
  [[nodiscard]] PlaceIndex parent(PlaceIndex place) const {
    return {parent_[place.value]};
  }
  /// One past the last place below.
  [[nodiscard]] PlaceIndex end(PlaceIndex place) const {
    return {end_[place.value]};
  }
  /// 0 for a root.
  [[nodiscard]] std::uint32_t depth(PlaceIndex place) const {
    return depth_[place.value];
  }
  /// The greatest depth of a place.
  [[nodiscard]] std::uint32_t depth_max() const { return depth_max_; }

  /// The first place of a unit; none if it is not in this hierarchy.
  [[nodiscard]] PlaceIndex first_place(UnitIndex unit) const {
    if (is_identity()) {
      return unit.value < place_count() ? PlaceIndex{unit.value} : PlaceIndex{};
    }
    return {place_of_unit_[unit.value]};
  }
  /// The other places of a unit, in order; empty in a tree.
  /// @complexity O(log units with several places).
  [[nodiscard]] std::span<const std::uint32_t> more_places(
      UnitIndex unit) const;

  // The columns themselves.
  /// UnitIndex by place; empty if `is_identity()`.
  [[nodiscard]] std::span<const std::uint32_t> unit_column() const {
    return unit_of_place_;
  }
  /// Place above, by place; PlaceIndex::none_value for a root.
  [[nodiscard]] std::span<const std::uint32_t> parent_column() const {
    return parent_;
  }
  /// One past the last place below, by place.
  [[nodiscard]] std::span<const std::uint32_t> end_column() const {
    return end_;
  }
  /// Depth by place.
  [[nodiscard]] std::span<const std::uint16_t> depth_column() const {
    return depth_;
  }

 private:
  friend class ForestBuilder;
  friend struct ForestColumns;

  HierarchyId hierarchy_;
  FrozenColumn<std::uint32_t> unit_of_place_;  // Empty: the identity.
  FrozenColumn<std::uint32_t> place_of_unit_;  // Empty: the identity.
  FrozenColumn<std::uint32_t> parent_;
  FrozenColumn<std::uint32_t> end_;
  FrozenColumn<std::uint16_t> depth_;
  std::uint32_t depth_max_ = 0;
  // Units with several places: sorted units, and where their further places
  // begin in `more_places_`.
  FrozenColumn<std::uint32_t> many_units_;
  FrozenColumn<std::uint32_t> many_begin_;
  FrozenColumn<std::uint32_t> more_places_;
};

/// The records of one measure whose subject is a unit (or a person), sorted by
/// subject, first day, last day, value, row. Subjects that do not live on the
/// day of the snapshot come last, as `none`.
struct RecordColumns {
  FrozenColumn<std::uint32_t> subject;  ///< UnitIndex, or PersonId
  FrozenColumn<std::int32_t> valid_from;
  FrozenColumn<std::int32_t> valid_until;
  FrozenColumn<std::int64_t> value;
  FrozenColumn<std::uint32_t> record;  ///< RecordId in the Registry
  /// Positions of the records that reach the subtree, ascending.
  FrozenColumn<std::uint32_t> reaching;

  /// How many records there are.
  [[nodiscard]] std::size_t size() const { return subject.size(); }
};

/// A record that has attendance marks.
struct AttendedRecord {
  RecordId record;
  MeasureId measure;
  UnitIndex unit;  ///< none if it does not live on the day of the snapshot
  Interval valid;
  std::int64_t value = 0;
};

/// A mark of a person at an attended record.
struct Mark {
  PersonId person;
  std::uint32_t attended;  ///< position in `attended_records()`
  Presence presence;
};

/// A membership with its dates, for questions about another day.
struct MembershipSpan {
  UnitIndex unit;
  Standing standing;
  Interval valid;
};

/// A post, in an interval in which it exists.
struct PostState {
  PostId post;
  UnitIndex unit;  ///< none if it does not live on the day of the snapshot
  RoleId role;
  std::uint32_t seats = 1;
  Interval valid;
  PostId ex_officio;  ///< the office whose holder holds it too; or none
};

/// A person who holds a post in an interval.
struct PostHolder {
  PostId post;
  PersonId person;
  bool acting = false;
  Interval valid;
};

/// A pairing in an interval. A holder that is a unit has its UnitIndex,
/// none if it does not live on the day.
struct Tie {
  std::string_view pairing;
  Entity holder;
  UnitIndex unit;
  Interval valid;
};

/// A duty in an interval.
struct DutyState {
  DutyId duty;
  std::string_view name;
  std::string_view clause;
  Interval valid;
  HierarchyId inherited;  ///< along which it is answered for below; or none
  std::string_view division;
};

/// Whom a duty must be answered for, or a Scope in the numbers of a snapshot.
struct DutyReach {
  DutyId duty;
  Scope::Type type = Scope::Type::all;
  /// For `unit` and `subtree`; none if it does not live on the day.
  UnitIndex unit;
  KindId kind;
  HierarchyId hierarchy;
  Interval valid;
};

/// An assignment in an interval. A holder that is a unit has its UnitIndex,
/// none if it does not live on the day of the snapshot.
struct AssignmentState {
  DutyId duty;
  RoleId role;
  Entity holder;
  bool has_scope = false;  ///< false: for all of the duty
  DutyReach scope;
  std::string_view clause;
  Interval valid;
};

/// A need in an interval, with its scope in the numbers of the snapshot.
struct NeedState {
  Need::Type type = Need::Type::holders;
  DutyId duty;
  RoleId role;
  std::string_view pairing;
  MeasureId measure;
  bool has_scope = false;  ///< false: where the duty must be answered
  DutyReach scope;
  std::uint32_t at_least = 1;
  std::optional<std::uint32_t> at_most;
  std::string_view clause;
  Interval valid;
};

/// A figure of every unit, kept beside a snapshot in its file.
struct SavedFigure {
  std::string_view name{};                 ///< one of its own
  Date day{};                              ///< what the caller says it is of
  std::uint8_t decimals = 0;               ///< 0..9
  std::span<const std::int64_t> values{};  ///< by UnitIndex
  /// By UnitIndex, 0 or 1; empty: every unit has a value.
  std::span<const std::uint8_t> has_value{};
};

/// Which rows about responsibility: those that hold on the day of the
/// snapshot, or those that hold on other days only.
enum class Days : std::uint8_t { today, other };

/// How to freeze.
struct FreezeOptions {
  Date as_of{};                ///< the day whose structure is frozen
  Date known_on = latest_day;  ///< only rows that stood in the books that day
  Progress progress{};
};

/// The organisation as of a day.
///
/// Units are the living ones, numbered in the pre-order of the hierarchy with
/// the most places, then the others by identity. Texts belong to the snapshot
/// and live as long as it does, whatever happens to the Registry.
///
/// A snapshot that was opened with `Verify::as_needed` (snapshot_file.hpp) may
/// throw `SnapshotDamaged` from any of its accessors but `as_of`, `known_on`,
/// the counts of units, persons and memberships, and the vocabulary.
/// @threads Immutable; any thread. Shared by `std::shared_ptr`.
class Snapshot {
 public:
  /// The columns themselves, for the modules of the library.
  struct Columns;
  /// Takes filled columns; `freeze` is the way to make one.
  explicit Snapshot(std::unique_ptr<const Columns> columns);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  /// The day whose structure was frozen.
  [[nodiscard]] Date as_of() const;
  /// The day whose knowledge was frozen.
  [[nodiscard]] Date known_on() const;

  /// How many units live on the day.
  [[nodiscard]] std::size_t unit_count() const;
  /// Finds a living unit by its identity. @complexity O(log units).
  [[nodiscard]] std::optional<UnitIndex> find_unit(
      std::string_view identity) const;
  /// The user's own string for a unit.
  [[nodiscard]] std::string_view identity(UnitIndex unit) const;
  /// Its name on the day; may be empty.
  [[nodiscard]] std::string_view name(UnitIndex unit) const;
  /// Its official code on the day; may be empty.
  [[nodiscard]] std::string_view code(UnitIndex unit) const;
  /// Its kind on the day.
  [[nodiscard]] KindId kind(UnitIndex unit) const;
  /// Kinds by UnitIndex.
  [[nodiscard]] std::span<const KindId> kind_column() const;
  /// The whole life of the unit, in order; touching states are joined.
  [[nodiscard]] std::span<const Interval> life(UnitIndex unit) const;
  /// The lives of all units, one unit after the other.
  [[nodiscard]] std::span<const Interval> life_column() const;
  /// Where the life of each unit begins in `life_column`, and one end.
  [[nodiscard]] std::span<const std::uint32_t> life_begin() const;
  /// Its id in the Registry.
  [[nodiscard]] UnitId registry_unit(UnitIndex unit) const;

  /// Persons keep the ids of the Registry.
  [[nodiscard]] std::size_t person_count() const;
  /// The user's own string for a person.
  [[nodiscard]] std::string_view identity(PersonId person) const;
  /// Finds a person by identity. @complexity O(log persons).
  [[nodiscard]] std::optional<PersonId> find_person(
      std::string_view identity) const;

  /// The members of a unit on the day, by person id.
  [[nodiscard]] std::span<const PersonId> members(UnitIndex unit,
                                                  Standing standing) const;
  /// The members of all units, one unit after the other.
  [[nodiscard]] std::span<const PersonId> member_column(
      Standing standing) const;
  /// Where the members of each unit begin in `member_column`, and one end.
  [[nodiscard]] std::span<const std::uint32_t> member_begin(
      Standing standing) const;
  /// Memberships of the day in living units.
  [[nodiscard]] std::size_t membership_count(Standing standing) const;
  /// Memberships of the day in units that do not live on it.
  [[nodiscard]] std::size_t unplaced_membership_count() const;
  /// All memberships of a person, over all dates; kept only if there are
  /// attendance marks, posts or assignments.
  [[nodiscard]] std::span<const MembershipSpan> history(PersonId person) const;

  /// Hierarchies with at least one place.
  [[nodiscard]] std::span<const Forest> forests() const;
  /// The hierarchy of that name; nullptr if it has no place on the day.
  [[nodiscard]] const Forest* find_forest(std::string_view hierarchy) const;

  // Records of a measure, over all dates.
  /// Records of units, by measure, over all dates. The measure must exist.
  [[nodiscard]] const RecordColumns& unit_records(MeasureId measure) const;
  /// Records of persons, by measure, over all dates. The measure must exist.
  [[nodiscard]] const RecordColumns& person_records(MeasureId measure) const;
  /// Records that have attendance marks, by RecordId.
  [[nodiscard]] std::span<const AttendedRecord> attended_records() const;
  /// All marks, by person, then record.
  [[nodiscard]] std::span<const Mark> marks() const;
  /// The identity of a record; empty if it has none.
  [[nodiscard]] std::string_view record_identity(RecordId record) const;

  /// The value of an attribute on the day of the snapshot; nothing if there
  /// is none. The subject's index is a UnitIndex for a unit. Attributes of
  /// records hold on the record's first day.
  [[nodiscard]] std::optional<std::string_view> attribute(
      Entity subject, AttributeId attribute) const;
  /// Names by AttributeId.
  [[nodiscard]] std::span<const std::string_view> attribute_names() const;
  /// Finds an attribute by name.
  [[nodiscard]] std::optional<AttributeId> find_attribute(
      std::string_view name) const;

  // Posts, ties and duties. Those of other days are kept for questions about
  // another day and for the dates of findings.
  /// Posts, by unit, then post.
  [[nodiscard]] std::span<const PostState> posts(Days days = Days::today) const;
  /// Holders, by post, then person.
  [[nodiscard]] std::span<const PostHolder> holders(
      Days days = Days::today) const;
  /// Pairings, by unit.
  [[nodiscard]] std::span<const Tie> ties(Days days = Days::today) const;
  /// Duties, by DutyId.
  [[nodiscard]] std::span<const DutyState> duties(
      Days days = Days::today) const;
  /// Scopes of duties, by duty.
  [[nodiscard]] std::span<const DutyReach> duty_reaches(
      Days days = Days::today) const;
  /// Assignments, by duty, role, holder.
  [[nodiscard]] std::span<const AssignmentState> assignments(
      Days days = Days::today) const;
  /// Needs, by type, duty, role.
  [[nodiscard]] std::span<const NeedState> needs(Days days = Days::today) const;
  /// The identity of a unit that does not live on the day but holds the
  /// assignment at this position in `assignments(days)`; else empty.
  [[nodiscard]] std::string_view absent_holder(std::size_t assignment,
                                               Days days = Days::today) const;
  /// The user's own string for a post.
  [[nodiscard]] std::string_view identity(PostId post) const;
  /// The user's own string for a duty.
  [[nodiscard]] std::string_view identity(DutyId duty) const;
  /// How many posts were ever named; a PostId is below it.
  [[nodiscard]] std::size_t post_count() const;
  /// How many duties were ever named; a DutyId is below it.
  [[nodiscard]] std::size_t duty_count() const;
  /// Finds a post by identity. @complexity O(log posts).
  [[nodiscard]] std::optional<PostId> find_post(
      std::string_view identity) const;
  /// Finds a duty by identity. @complexity O(duties).
  [[nodiscard]] std::optional<DutyId> find_duty(
      std::string_view identity) const;

  /// How many figures lie beside the snapshot; 0 unless it was opened.
  [[nodiscard]] std::size_t saved_figure_count() const;
  /// A figure below that count; its views live as long as the snapshot.
  [[nodiscard]] SavedFigure saved_figure(std::size_t at) const;

  // Vocabulary.
  /// The roles, by RoleId.
  [[nodiscard]] std::span<const Role> roles() const;
  /// Finds a role by id.
  [[nodiscard]] std::optional<RoleId> find_role(std::string_view id) const;
  /// The kinds, by KindId.
  [[nodiscard]] std::span<const Kind> kinds() const;
  /// The hierarchies, by HierarchyId.
  [[nodiscard]] std::span<const Hierarchy> hierarchies() const;
  /// The measures, by MeasureId.
  [[nodiscard]] std::span<const Measure> measures() const;
  /// Finds a kind by id.
  [[nodiscard]] std::optional<KindId> find_kind(std::string_view id) const;
  /// Finds a measure by id.
  [[nodiscard]] std::optional<MeasureId> find_measure(
      std::string_view id) const;
  /// True if `kind` is `wider` or below it. @complexity O(depth of the tree).
  [[nodiscard]] bool is_a(KindId kind, KindId wider) const;

  /// What the columns take, in bytes.
  struct Memory {
    std::size_t units = 0;  ///< kinds, lives, hierarchies; without texts
    std::size_t texts = 0;  ///< identities, names, codes of units
    std::size_t members = 0;
    std::size_t records = 0;
    std::size_t attendance = 0;
    std::size_t attributes = 0;
  };
  /// What the columns take now, or in the file. @complexity O(measures +
  /// attributes).
  [[nodiscard]] Memory memory() const;

  /// The columns themselves; a part of them that was not asked for by the
  /// accessors above may be damaged.
  [[nodiscard]] const Columns& columns() const { return *columns_; }

 private:
  // What of the columns a caller is about to read; it is looked at first.
  const Columns& with(std::size_t part) const;

  std::unique_ptr<const Columns> columns_;
};

/// Looks for cycles in every hierarchy over all dates, among the links that
/// stand in the books now, and reports them by the hierarchy's policy: what
/// `freeze` would say on any day.
/// @threads Any thread, while the Registry does not change.
/// @complexity O(links) where there is no cycle.
void check_hierarchies(const Registry& registry, Diagnostics& findings);

/// Freezes a Registry as of a date.
///
/// Each hierarchy is checked for cycles of links that hold together on any day,
/// whether or not their units live then, and for orphans and several parents on
/// the day, by its own policies. On the day a link holds only if both its units
/// live; a unit that has parents is no root, even if it is also named as one.
/// What is found goes to `findings`.
/// @returns the snapshot, or the first error: `cycle`, `orphan`,
///   `parents_too_many`, `depth_exceeded`, `paths_too_many`, `cancelled`; or,
///   for rows that `Registry::check` refuses, its code (`states_overlap` …) if
///   they meet on the day.
/// @threads The caller's; the Registry must not change meanwhile.
/// @complexity O(rows + units log units); units whose identities are in order
///   already are not sorted.
[[nodiscard]] Result<std::shared_ptr<const Snapshot>> freeze(
    const Registry& registry, const FreezeOptions& options,
    Diagnostics& findings);

}  // namespace headrope
