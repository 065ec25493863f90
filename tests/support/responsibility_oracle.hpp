// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The oracle for responsibility: each sentence of docs/design/responsibility.md
// as a plain scan of the rows of a Registry for one day, and days joined into
// runs. A snapshot only tells which numbers the living units have, on which
// day, and as known when.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/oracle.hpp"
#include <headrope/responsibility.hpp>

namespace headrope::oracle {

/// An assignment that holds for a unit, and how it reaches it.
struct Near {
  const Assignment* row = nullptr;
  Reached reached = Reached::all;
  UnitIndex from{};
  std::uint32_t steps = 0;

  /// Of two assignments the nearer is the smaller.
  [[nodiscard]] std::pair<Reached, std::uint32_t> nearness() const {
    return {reached, steps};
  }
};

/// A unit of a hierarchy as of the day: what is directly above and below it.
struct Node {
  bool is_placed = false;
  bool is_root = false;
  std::vector<UnitIndex> above, below;
  std::map<UnitIndex, std::uint32_t> steps_up;  ///< itself too, 0 steps
};

/// The rows of a Registry about responsibility, asked day by day.
class Responsible {
 public:
  /// Sees the Registry on the snapshot's day, as known on the snapshot's.
  Responsible(const Registry& registry, const Snapshot& snapshot);

  [[nodiscard]] const Registry& registry() const { return registry_; }
  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  /// Every day from two before the first date that occurs to two after the
  /// last.
  [[nodiscard]] const std::vector<Date>& days() const { return days_; }
  [[nodiscard]] const std::vector<UnitIndex>& units() const { return units_; }

  // Rows that stood in the books.
  template <typename Row>
  [[nodiscard]] bool known(const Row& row) const {
    return row.recorded.contains(snapshot_.known_on());
  }
  template <typename Row>
  [[nodiscard]] bool holds(const Row& row, Date day) const {
    return known(row) && row.valid.contains(day);
  }

  // Structure.
  [[nodiscard]] bool lives(UnitIndex unit, Date day) const;
  [[nodiscard]] UnitIndex index_of(UnitId unit) const;
  /// The same entity in the numbers of the snapshot.
  [[nodiscard]] Entity placed(const Entity& entity) const;
  [[nodiscard]] const Node& node(HierarchyId hierarchy, UnitIndex unit) const {
    return nodes_[hierarchy.value][unit.value];
  }
  /// Whether a unit is another or stands below it in some hierarchy.
  [[nodiscard]] bool at_or_below(UnitIndex unit, UnitIndex above) const;
  [[nodiscard]] bool covers(const Scope& scope, UnitIndex unit) const;

  // Posts.
  [[nodiscard]] const Post* post_on(PostId post, Date day) const;
  [[nodiscard]] std::vector<const Post*> posts_on(Date day) const;
  [[nodiscard]] std::set<PersonId> titular(PostId post, Date day) const;
  [[nodiscard]] std::set<PersonId> acting(PostId post, Date day) const;
  /// Titular or acting.
  [[nodiscard]] std::set<PersonId> anyhow(PostId post, Date day) const;

  // Duties.
  [[nodiscard]] std::vector<DutyId> duties() const;
  [[nodiscard]] const Duty* duty_on(DutyId duty, Date day) const;
  /// The row that tells of which division a duty is and along what it is
  /// inherited: of the snapshot's day, else the first; none without a row.
  [[nodiscard]] const Duty* main_row(DutyId duty) const;
  [[nodiscard]] std::string_view division(DutyId duty) const;
  [[nodiscard]] bool is_whole(DutyId duty) const;
  /// No unit: whether it holds and is a duty as a whole.
  [[nodiscard]] bool reaches(DutyId duty, UnitIndex unit, Date day) const;
  [[nodiscard]] RoleFunction function(RoleId role) const;
  [[nodiscard]] bool same_group(RoleId one, RoleId other) const;
  /// How an assignment covers a unit on a day; nothing if it does not.
  [[nodiscard]] std::optional<Near> reach(const Assignment& row, UnitIndex unit,
                                          Date day) const;
  /// The nearest of a role group for a unit; without one, of the whole duty.
  [[nodiscard]] std::vector<Near> nearest(DutyId duty, RoleFunction function,
                                          std::optional<RoleId> role,
                                          UnitIndex unit, Date day) const;
  /// Those of the group of a role.
  [[nodiscard]] std::vector<Near> nearest(DutyId duty, RoleId role,
                                          UnitIndex unit, Date day) const;
  /// Those of the group `lead`.
  [[nodiscard]] std::vector<Near> leads(DutyId duty, UnitIndex unit,
                                        Date day) const;

  /// What `holders` is to say; of rows that differ only in their days, all.
  [[nodiscard]] std::vector<Holder> holders(
      UnitIndex unit, const HolderQuestion& question) const;
  /// The unit of a person's primary membership; none without.
  [[nodiscard]] UnitIndex primary_unit(PersonId person, Date day) const;

 private:
  void place_units();
  void find_days();
  void add_holder(const Near& near, UnitIndex unit, Date day,
                  std::vector<Holder>& to) const;
  void add_own_posts(UnitIndex unit, const HolderQuestion& question, Date day,
                     std::vector<Holder>& to) const;

  const Registry& registry_;
  const Snapshot& snapshot_;
  std::vector<UnitIndex> units_;
  std::vector<UnitIndex> index_of_;           // By UnitId.
  std::vector<std::vector<Interval>> lives_;  // By UnitIndex.
  std::vector<std::vector<Node>> nodes_;      // By hierarchy and UnitIndex.
  std::vector<Date> days_;
};

/// Different holders of some assignments, in the Registry's numbers.
[[nodiscard]] std::set<Entity> holders_of(const std::vector<Near>& nearest);

/// A finding on a day, and the rows that it is about: an assignment, a need, or
/// a post and its holding.
struct Found {
  Found(const Gap& what, const void* of = nullptr, const void* with = nullptr)
      : gap(what), row(of), other_row(with) {}

  Gap gap;
  const void* row;
  const void* other_row;
};

/// All findings on a day, without their days and clauses.
[[nodiscard]] std::vector<Found> gaps_on(const Responsible& rows, Date day);

/// The findings with a day among those asked about. Of rows that say the same,
/// those with such a day are joined where their days meet.
[[nodiscard]] std::vector<Gap> gaps_in(const Responsible& rows,
                                       const Interval& asked);

/// A finding as a line of names, of those members that its type settles.
[[nodiscard]] std::string text(const Snapshot& snapshot, const Gap& gap);
/// The days of a finding, as it is told.
[[nodiscard]] std::string text(const Interval& days);
/// A holder as a line of names, without the days.
[[nodiscard]] std::string text(const Snapshot& snapshot, const Holder& holder);
/// An entity in the numbers of a snapshot by its name.
[[nodiscard]] std::string text(const Snapshot& snapshot, const Entity& entity);

/// A break of a chain.
struct Broken {
  LinkState state = LinkState::vacant;
  std::set<PostId> posts;  ///< vacant ones, any of which may be named
  Interval days{};
  std::set<UnitIndex> hanging;
  bool is_first = false;
};

/// The chains of a hierarchy, by plain walks.
class ChainOracle {
 public:
  ChainOracle(const Responsible& rows, const ChainQuestion& question);

  [[nodiscard]] LinkState state(UnitIndex unit) const {
    return states_.at(unit);
  }
  [[nodiscard]] const std::set<UnitIndex>& inside() const { return inside_; }
  [[nodiscard]] const std::set<UnitIndex>& reached() const { return reached_; }
  [[nodiscard]] const std::map<UnitIndex, Broken>& breaks() const {
    return breaks_;
  }
  [[nodiscard]] std::set<UnitIndex> leaves() const;
  /// Units and hanging units of every single point.
  [[nodiscard]] std::map<Entity, std::pair<std::int64_t, std::int64_t>>
  single_points() const;

 private:
  [[nodiscard]] LinkState find_state(UnitIndex unit, Date day) const;
  [[nodiscard]] std::set<PostId> link_posts(UnitIndex unit, Date day) const;
  [[nodiscard]] std::set<UnitIndex> walk(
      const std::set<UnitIndex>& closed) const;
  [[nodiscard]] bool is_break(LinkState state) const;
  [[nodiscard]] Broken broken(UnitIndex unit) const;
  [[nodiscard]] std::map<Entity, std::set<UnitIndex>> alone() const;

  const Responsible& rows_;
  const ChainQuestion& question_;
  Date day_;
  HierarchyId hierarchy_;
  std::set<UnitIndex> inside_, roots_;
  std::map<UnitIndex, LinkState> states_;
  std::set<UnitIndex> broken_, reached_;
  std::map<UnitIndex, Broken> breaks_;
};

/// The units all of whose paths to a root pass through a unit.
[[nodiscard]] std::set<UnitIndex> hanging_below(const Responsible& rows,
                                                HierarchyId hierarchy,
                                                UnitIndex unit);

/// What everybody carries who carries something, by holder, on a day.
[[nodiscard]] std::map<Entity, Burden> burdens(const Responsible& rows,
                                               const LoadQuestion& question,
                                               Date day);

}  // namespace headrope::oracle
