// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "responsibility/index.hpp"

#include <algorithm>
#include <tuple>

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// The scope of an assignment; nullptr if it has none.
const DutyReach* scope_of(const AssignmentState& row) {
  return row.has_scope ? &row.scope : nullptr;
}

// What the rows of a duty say for all days.
std::vector<DutyTraits> traits_of(const Snapshot& snapshot,
                                  const AllDays<DutyState>& duties,
                                  const AllDays<DutyReach>& reaches) {
  std::vector<DutyTraits> traits(snapshot.duty_count());
  // Rows of the day come first, the others in the order of their days.
  std::vector<std::uint32_t> order(duties.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) order[at] = at;
  const std::size_t today = snapshot.duties().size();
  std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(today),
                   order.end(), [&](std::uint32_t left, std::uint32_t right) {
                     return duties[left].valid < duties[right].valid;
                   });
  for (const std::uint32_t at : order) {
    DutyTraits& one = traits[duties[at].duty.value];
    if (one.is_known) continue;
    one.is_known = true;
    one.inherited = duties[at].inherited;
    one.division = duties[at].division;
    one.clause = duties[at].clause;
  }
  for (std::size_t at = 0; at < reaches.size(); ++at) {
    traits[reaches[at].duty.value].has_scopes = true;
  }
  return traits;
}

}  // namespace

Responsibility::Index::Index(std::shared_ptr<const Snapshot> frozen)
    : snapshot(std::move(frozen)) {
  const Snapshot& s = *snapshot;
  assignments = {s.assignments(), s.assignments(Days::other)};
  duties = {s.duties(), s.duties(Days::other)};
  reaches = {s.duty_reaches(), s.duty_reaches(Days::other)};
  posts = {s.posts(), s.posts(Days::other)};
  holders = {s.holders(), s.holders(Days::other)};
  ties = {s.ties(), s.ties(Days::other)};
  needs = {s.needs(), s.needs(Days::other)};
  traits = traits_of(s, duties, reaches);
  for (const Role& role : s.roles()) functions.push_back(role.function);
  for (std::size_t at = 0; at < needs.size(); ++at) {
    const NeedState& need = needs[at];
    if (need.type == Need::Type::holders && !need.duty.is_none() &&
        has_function(need.role, RoleFunction::lead)) {
      traits[need.duty.value].counts_leads = true;
    }
  }

  assignments_by_scope = ScopeIndex(s, assignments.size(), [&](std::size_t at) {
    return ScopedRow{assignments[at].duty, scope_of(assignments[at])};
  });
  reaches_by_scope = ScopeIndex(s, reaches.size(), [&](std::size_t at) {
    return ScopedRow{reaches[at].duty, &reaches[at]};
  });
  for (std::uint32_t duty = 0; duty < traits.size(); ++duty) {
    if (const auto forest = forest_of(traits[duty].inherited)) {
      assignments_by_scope.inherit(DutyId{duty}, *forest);
    }
  }
  const auto by = [](const auto& rows, std::size_t key_count,
                     const auto& key_of) {
    return RowsByKey(rows.size(), key_count, [&](std::size_t at) {
      return std::size_t{key_of(rows[at]).value};
    });
  };
  const auto duty_of = [](const auto& row) { return row.duty; };
  const auto post_of = [](const auto& row) { return row.post; };
  assignments_of_duty = by(assignments, s.duty_count(), duty_of);
  reaches_of_duty = by(reaches, s.duty_count(), duty_of);
  rows_of_duty = by(duties, s.duty_count(), duty_of);
  posts_of_unit =
      by(posts, s.unit_count(), [](const PostState& row) { return row.unit; });
  rows_of_post = by(posts, s.post_count(), post_of);
  holders_of_post = by(holders, s.post_count(), post_of);
  holdings_of_person = by(holders, s.person_count(),
                          [](const PostHolder& row) { return row.person; });
  ties_of_unit =
      by(ties, s.unit_count(), [](const Tie& row) { return row.unit; });
  const std::array<std::size_t, 3> holder_counts{
      s.unit_count(), s.person_count(), s.post_count()};
  for (std::size_t type = 0; type < holder_counts.size(); ++type) {
    assignments_of_holder[type] =
        RowsByKey(assignments.size(), holder_counts[type], [&](std::size_t at) {
          const Entity& holder = assignments[at].holder;
          return static_cast<std::size_t>(holder.type) == type
                     ? std::size_t{holder.index}
                     : holder_counts[type];
        });
  }
  const auto ties_held = [&](EntityType type, std::size_t count) {
    return RowsByKey(ties.size(), count, [&](std::size_t at) {
      const Entity& holder = ties[at].holder;
      return holder.type == type ? std::size_t{holder.index} : count;
    });
  };
  ties_of_unit_holder = ties_held(EntityType::unit, s.unit_count());
  ties_of_person = ties_held(EntityType::person, s.person_count());
  ties_of_post = ties_held(EntityType::post, s.post_count());
}

std::optional<std::uint32_t> Responsibility::Index::forest_of(
    HierarchyId hierarchy) const {
  const auto forests = snapshot->forests();
  for (std::uint32_t at = 0; at < forests.size(); ++at) {
    if (forests[at].hierarchy() == hierarchy) return at;
  }
  return std::nullopt;
}

CoverList Responsibility::Index::covering(DutyId duty, UnitIndex unit) const {
  CoverList found;
  std::vector<Covering>& list = found.list;
  if (unit.is_none()) {
    for (const std::uint32_t at : assignments_of_duty.of(duty.value)) {
      const DutyReach* scope = scope_of(assignments[at]);
      const bool is_whole = scope == nullptr || scope->type == Scope::Type::all;
      // An assignment for a part comes behind those for all.
      list.push_back({at, is_whole ? Reached::all : Reached::own_post, 0, {}});
    }
  } else {
    for_each_covering(
        assignments_by_scope,
        [&](std::uint32_t at) { return scope_of(assignments[at]); }, duty, unit,
        [&](const Covering& one) { list.push_back(one); });
    // Several paths: the shortest counts.
    std::sort(list.begin(), list.end(),
              [](const Covering& left, const Covering& right) {
                return left.position != right.position
                           ? left.position < right.position
                           : left.is_nearer(right);
              });
    list.erase(std::unique(list.begin(), list.end(),
                           [](const Covering& left, const Covering& right) {
                             return left.position == right.position;
                           }),
               list.end());
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Covering& left, const Covering& right) {
                     return left.is_nearer(right);
                   });
  std::vector<Interval> days;
  days.reserve(list.size());
  for (const Covering& one : list) {
    days.push_back(assignments[one.position].valid);
  }
  found.days = DayIndex(std::move(days));
  return found;
}

DaySet Responsibility::Index::days_of(DutyId duty) const {
  std::vector<Interval> days;
  for (const std::uint32_t at : rows_of_duty.of(duty.value)) {
    days.push_back(duties[at].valid);
  }
  return DaySet(std::move(days));
}

DaySet Responsibility::Index::days_reached(DutyId duty, UnitIndex unit) const {
  const DaySet holds = days_of(duty);
  if (unit.is_none()) {
    return traits[duty.value].has_scopes ? DaySet() : holds;
  }
  std::vector<Interval> days;
  for_each_covering(
      reaches_by_scope, [&](std::uint32_t at) { return &reaches[at]; }, duty,
      unit,
      [&](const Covering& one) {
        days.push_back(reaches[one.position].valid);
      });
  return DaySet(std::move(days)).and_in(holds);
}

bool Responsibility::Index::holds_on(DutyId duty, Date day) const {
  const auto rows = rows_of_duty.of(duty.value);
  return std::any_of(rows.begin(), rows.end(), [&](std::uint32_t at) {
    return duties[at].valid.contains(day);
  });
}

bool Responsibility::Index::reaches_on(DutyId duty, UnitIndex unit,
                                       Date day) const {
  if (!holds_on(duty, day)) return false;
  if (unit.is_none()) return !traits[duty.value].has_scopes;
  // Most duties reach by kind or by a subtree: the first row that covers the
  // unit will do, and none of the others is looked at.
  bool found = false;
  for_each_covering(
      reaches_by_scope, [&](std::uint32_t at) { return &reaches[at]; }, duty,
      unit,
      [&](const Covering& one) {
        found = found || reaches[one.position].valid.contains(day);
      });
  return found;
}

void Responsibility::Index::nearest(const CoverList& covering, RoleGroup group,
                                    Date day, std::vector<Covering>& to,
                                    OnePer one_per) const {
  to.clear();
  std::vector<std::uint32_t> holding;
  covering.days.on(day, holding);
  for (const std::uint32_t at : holding) {
    const Covering& one = covering.list[at];
    if (group_of(assignments[one.position].role) != group) continue;
    // They come nearest first.
    if (!to.empty() && !one.is_as_near(to.front())) break;
    to.push_back(one);
  }
  if (to.size() < 2) return;
  const auto key_of = [&](const Covering& one) {
    const AssignmentState& row = assignments[one.position];
    return std::tuple(row.holder, absent_holder(one.position),
                      one_per == OnePer::holder ? RoleId{} : row.role,
                      one_per == OnePer::source ? one.from : UnitIndex{});
  };
  std::stable_sort(to.begin(), to.end(),
                   [&](const Covering& left, const Covering& right) {
                     return key_of(left) < key_of(right);
                   });
  to.erase(std::unique(to.begin(), to.end(),
                       [&](const Covering& left, const Covering& right) {
                         return key_of(left) == key_of(right);
                       }),
           to.end());
}

std::size_t Responsibility::Index::count_leads(DutyId duty, UnitIndex unit,
                                               Date day, Covering& best) const {
  std::size_t count = 0;
  for_each_covering(
      assignments_by_scope,
      [&](std::uint32_t at) { return scope_of(assignments[at]); }, duty, unit,
      [&](const Covering& one) {
        const AssignmentState& row = assignments[one.position];
        if (!has_function(row.role, RoleFunction::lead) ||
            !row.valid.contains(day)) {
          return;
        }
        if (count > 0 && one.is_as_near(best)) {
          ++count;
        } else if (count == 0 || one.is_nearer(best)) {
          best = one;
          count = 1;
        }
      });
  return count;
}

std::string_view Responsibility::Index::absent_holder(
    std::uint32_t position) const {
  const Entity& holder = assignments[position].holder;
  if (holder.type != EntityType::unit || holder.index != none) return {};
  const Responsibility::Position at = assignments.position(position);
  return snapshot->absent_holder(at.at, at.days);
}

DaySet Responsibility::Index::life(UnitIndex unit) const {
  const auto life = snapshot->life(unit);
  return DaySet(std::vector<Interval>(life.begin(), life.end()));
}

bool Responsibility::Index::is_at_or_below(UnitIndex unit,
                                           UnitIndex upper) const {
  if (unit.is_none() || upper.is_none()) return false;
  if (unit == upper) return true;
  for (const Forest& forest : snapshot->forests()) {
    const auto is_below = [&](PlaceIndex place) {
      for (place = forest.parent(place); !place.is_none();
           place = forest.parent(place)) {
        if (forest.unit(place) == upper) return true;
      }
      return false;
    };
    const PlaceIndex first = forest.first_place(unit);
    if (first.is_none()) continue;
    if (is_below(first)) return true;
    for (const std::uint32_t more : forest.more_places(unit)) {
      if (is_below(PlaceIndex{more})) return true;
    }
  }
  return false;
}

const PostState* Responsibility::Index::post_on(PostId post, Date day) const {
  for (const std::uint32_t at : rows_of_post.of(post.value)) {
    if (posts[at].valid.contains(day)) return &posts[at];
  }
  return nullptr;
}

const PostState* Responsibility::Index::any_post(PostId post) const {
  const PostState* first = nullptr;
  for (const std::uint32_t at : rows_of_post.of(post.value)) {
    if (first == nullptr || posts[at].valid < first->valid) first = &posts[at];
  }
  return first;
}

}  // namespace headrope
