// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The rows of the model: dated facts about an organisation as plain structs.
// Each row carries both clocks, `valid` (when it was true) and `recorded` (when
// it stood in the books). Texts are views: into the caller's memory on the way
// into a Registry, into the Registry's own on the way out.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "headrope/date.hpp"
#include "headrope/ids.hpp"

namespace headrope {

/// Name for people, in Chinese and English; either may be empty.
struct Label {
  std::string_view zh{};
  std::string_view en{};
};

/// A kind of unit. Kinds form an is-a tree: a `party_branch` is a
/// `basic_party_organisation`.
struct Kind {
  std::string_view id{};
  KindId parent{};  ///< the wider kind; none for a top kind
  Label label{};
};

/// How many parents a unit may have in a hierarchy on one day.
enum class ParentPolicy : std::uint8_t { one, leaves_many, many };
/// What a cycle means: an error, or its youngest link is left out.
enum class CyclePolicy : std::uint8_t { error, break_youngest };
/// What a unit is whose parent does not live, or that has no link of its own.
enum class OrphanPolicy : std::uint8_t { error, root, ignore };
/// What a link outside the life of its units means.
enum class OutsideLifePolicy : std::uint8_t { error, clip };

/// A relation type that forms a hierarchy (块, 条, 党组织隶属), as data.
struct Hierarchy {
  std::string_view id{};
  ParentPolicy parents = ParentPolicy::one;
  CyclePolicy cycles = CyclePolicy::error;
  OrphanPolicy orphans = OrphanPolicy::root;
  OutsideLifePolicy outside_life = OutsideLifePolicy::clip;
  std::vector<KindId> child_kinds{};   ///< empty: any kind
  std::vector<KindId> parent_kinds{};  ///< empty: any kind
  Label label{};
};

/// Which entity a row speaks of.
enum class EntityType : std::uint8_t { unit, person, post, record };

/// What a role does, whatever it is called: by this the library knows a lead
/// from a liaison.
enum class RoleFunction : std::uint8_t {
  other,
  lead,         ///< 牵头, 为主负责: answers for a duty
  cooperating,  ///< 配合, 共同负责: takes part in a duty
  head,         ///< 第一责任人, 组长, 书记: answers for a unit
  member,       ///< 成员: sits in a group whose members have tasks
  contact       ///< 学习联络员, 专人: a named contact of a unit
};

/// A role of posts and assignments.
struct Role {
  std::string_view id{};
  /// At once, in one unit or for one unit; nothing: any number.
  std::optional<std::uint32_t> holders_max{};
  Label label{};
  RoleFunction function = RoleFunction::other;
  /// Which of units, posts and persons may be assigned; empty: any.
  std::vector<EntityType> holder_types{};
  std::vector<KindId> holder_kinds{};  ///< of units that are; empty: any
};

/// What may be done with the values of a measure.
enum class Nature : std::uint8_t {
  flow,      ///< adds over time and over units
  stock,     ///< adds over units; over time the last value holds
  ratio,     ///< never added
  distinct,  ///< a number of different persons; counted, not added
  flag       ///< yes or no; units are counted
};

/// What records count. Values are integers of `decimals` places.
struct Measure {
  std::string_view id{};
  Nature nature = Nature::flow;
  std::string_view unit_of_measure{};
  std::uint8_t decimals = 0;  ///< 0..9
  Label label{};
};

/// The state of a unit in an interval. The unit lives where a state holds.
struct UnitState {
  UnitId unit{};
  KindId kind{};
  std::string_view name{};
  std::string_view code{};
  Interval valid{};
  Interval recorded{};
};

/// A link of a hierarchy; a parent of none makes the unit a root.
struct Link {
  HierarchyId hierarchy{};
  UnitId unit{};
  UnitId parent{};
  Interval valid{};
  Interval recorded{};
};

/// A unit, person, post or record: its type and its dense id.
struct Entity {
  EntityType type = EntityType::unit;
  std::uint32_t index = Id<void>::none_value;
  friend constexpr auto operator<=>(const Entity&, const Entity&) = default;
};

/// A dated tie that is no hierarchy (结对, 联系点).
struct Pairing {
  std::string_view pairing{};
  Entity holder{};
  UnitId unit{};
  Interval valid{};
  Interval recorded{};
};

/// A dated attribute of a unit, person, post or record.
struct Attribute {
  Entity subject{};
  AttributeId attribute{};
  std::string_view value{};
  Interval valid{};
  Interval recorded{};
};

/// Whether a membership is the formal one.
enum class Standing : std::uint8_t { primary, secondary };

/// A person belongs to a unit.
struct Membership {
  PersonId person{};
  UnitId unit{};
  Standing standing = Standing::primary;
  Interval valid{};
  Interval recorded{};
};

/// A post exists whether or not somebody holds it.
struct Post {
  PostId post{};
  UnitId unit{};
  RoleId role{};
  std::uint32_t seats = 1;
  Interval valid{};
  Interval recorded{};
  /// The office whose holder holds this post too (ex officio); none: nobody's.
  PostId ex_officio{};
};

/// A person holds a post.
struct Holding {
  PostId post{};
  PersonId person{};
  bool acting = false;
  Interval valid{};
  Interval recorded{};
};

/// An area of responsibility (责任领域).
struct Duty {
  DutyId duty{};
  std::string_view name{};
  std::string_view clause{};
  Interval valid{};
  Interval recorded{};
  /// The hierarchy along which who answers for a unit also answers for those
  /// below it that name nobody nearer; none: a unit is answered for alone.
  HierarchyId inherited{};
  /// The division of work (分工) it is a part of: duties of one division should
  /// not reach the same unit. Empty: of none.
  std::string_view division{};
};

/// For whom something is said: one unit, a subtree, units of a kind, or all.
struct Scope {
  /// Which of the members below say whom.
  enum class Type : std::uint8_t { all, unit, subtree, kind };
  Type type = Type::all;
  UnitId unit{};            ///< for `unit` and `subtree`
  KindId kind{};            ///< for `kind`
  HierarchyId hierarchy{};  ///< for `subtree`
};

/// A duty must be answered for the units of a scope.
struct DutyScope {
  DutyId duty{};
  Scope scope{};
  std::string_view clause{};
  Interval valid{};
  Interval recorded{};
};

/// A holder answers for a duty in a role; without a scope, for all of it.
struct Assignment {
  DutyId duty{};
  RoleId role{};
  Entity holder{};  ///< unit, post or person
  std::optional<Scope> scope{};
  std::string_view clause{};
  Interval valid{};
  Interval recorded{};
};

/// What must be filled, and how often.
struct Need {
  /// What is counted, for whom.
  enum class Type : std::uint8_t {
    holders,   ///< for each unit, holders of `role`: for `duty`, else of posts
    pairings,  ///< for each unit, the ties in which it is the unit
    pairings_held,  ///< ties of each unit, or of each holder of a post of
                    ///< `role`
    turns           ///< records of `measure` of each holder of a post of `role`
  };
  Type type = Type::holders;
  DutyId duty{};                 ///< for `holders`; none: posts of the unit
  RoleId role{};                 ///< none for `pairings`
  std::string_view pairing{};    ///< for `pairings` and `pairings_held`
  MeasureId measure{};           ///< for `turns`
  std::optional<Scope> scope{};  ///< nothing: where the duty must be answered
  std::uint32_t at_least = 1;
  std::optional<std::uint32_t> at_most{};  ///< nothing: any number
  std::string_view clause{};
  Interval valid{};
  Interval recorded{};
};

/// Whether a record counts for its unit alone or may be credited below.
enum class Reach : std::uint8_t { own, subtree };

/// Something that was done or counted. With a unit and a person, the unit is
/// where it happened and the person whose it is.
struct Record {
  MeasureId measure{};
  UnitId unit{};
  PersonId person{};
  Reach reach = Reach::own;
  std::int64_t value = 1;  ///< fixed-point, with the measure's decimals
  Interval valid{};        ///< the days it covers; never open
  Interval recorded{};
  std::string_view source{};
};

/// How a person stood to a record.
enum class Presence : std::uint8_t { present, late, made_up, excused, absent };

/// An attendance mark.
struct Attendance {
  RecordId record{};
  PersonId person{};
  Presence presence = Presence::present;
  Interval recorded{};
};

/// What happened to an organisation.
enum class Change : std::uint8_t {
  found,
  rename,
  move,
  split,
  merge,
  transfer,
  dissolve
};

/// One unit's part in a change event. Kept for reading figures on a
/// comparable basis; nothing reads it yet.
struct EventPart {
  EventId event{};
  Change change = Change::found;
  Date day{};  ///< the first day of the new state
  bool is_result = false;
  UnitId unit{};
  std::uint32_t share_numerator = 1;
  std::uint32_t share_denominator = 1;
  std::string_view reference{};
  Interval recorded{};
};

}  // namespace headrope
