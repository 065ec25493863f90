// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Posts, holders, ties, duties, assignments and needs, in the numbers of the
// snapshot: those of the day, and behind them those of other days.

#include <algorithm>
#include <tuple>

#include "snapshot/freezer.hpp"

namespace headrope {
namespace {

UnitIndex index_of(const Freezer& freezer, UnitId unit) {
  return unit.is_none() ? UnitIndex{}
                        : UnitIndex{freezer.index_of_unit[unit.value]};
}

// An entity in the numbers of the snapshot.
Entity placed(const Freezer& freezer, Entity entity) {
  if (entity.type == EntityType::unit) {
    entity.index = index_of(freezer, UnitId{entity.index}).value;
  }
  return entity;
}

DutyReach placed(const Freezer& freezer, DutyId duty, const Scope& scope,
                 const Interval& valid) {
  return {duty,       scope.type,      index_of(freezer, scope.unit),
          scope.kind, scope.hierarchy, valid};
}

// Keeps the known rows, those of the day first, each part in the order of the
// keys.
template <typename Rows, typename State, typename Place, typename KeyOf>
void fill(const Freezer& freezer, const Rows& rows, DatedRows<State>& to,
          const Place& place, const KeyOf& key_of) {
  const auto part = [&](bool is_today) {
    const auto first = to.rows.size();
    for (const auto& row : rows) {
      if (freezer.knows(row.recorded) &&
          row.valid.contains(freezer.options.as_of) == is_today) {
        to.rows.push_back(place(row));
      }
    }
    const auto begin = to.rows.begin() + static_cast<std::ptrdiff_t>(first);
    const auto before = [&](const State& left, const State& right) {
      return key_of(left) < key_of(right);
    };
    if (!std::is_sorted(begin, to.rows.end(), before)) {
      std::stable_sort(begin, to.rows.end(), before);
    }
  };
  part(true);
  to.today = to.rows.size();
  part(false);
}

void fill_posts(const Freezer& freezer) {
  const Registry::Tables& t = freezer.tables;
  Snapshot::Columns& columns = freezer.columns;
  fill(
      freezer, t.posts, columns.posts,
      [&](const Post& row) {
        return PostState{row.post,  index_of(freezer, row.unit),
                         row.role,  row.seats,
                         row.valid, row.ex_officio};
      },
      [](const PostState& row) { return std::tuple(row.unit, row.post); });
  fill(
      freezer, t.holdings, columns.holders,
      [](const Holding& row) {
        return PostHolder{row.post, row.person, row.acting, row.valid};
      },
      [](const PostHolder& row) { return std::tuple(row.post, row.person); });
  fill(
      freezer, t.pairings, columns.ties,
      [&](const Pairing& row) {
        return Tie{row.pairing, placed(freezer, row.holder),
                   index_of(freezer, row.unit), row.valid};
      },
      [](const Tie& row) {
        return std::tuple(row.unit, row.pairing, row.holder);
      });
}

void fill_duties(const Freezer& freezer) {
  const Registry::Tables& t = freezer.tables;
  Snapshot::Columns& columns = freezer.columns;
  fill(
      freezer, t.duties, columns.duties,
      [](const Duty& row) {
        return DutyState{row.duty,  row.name,      row.clause,
                         row.valid, row.inherited, row.division};
      },
      [](const DutyState& row) { return row.duty; });
  fill(
      freezer, t.duty_scopes, columns.duty_reaches,
      [&](const DutyScope& row) {
        return placed(freezer, row.duty, row.scope, row.valid);
      },
      [](const DutyReach& row) { return row.duty; });
  fill(
      freezer, t.needs, columns.needs,
      [&](const Need& row) {
        NeedState state{row.type,    row.duty,     row.role,
                        row.pairing, row.measure,  row.scope.has_value(),
                        {},          row.at_least, row.at_most,
                        row.clause,  row.valid};
        if (row.scope) {
          state.scope = placed(freezer, row.duty, *row.scope, row.valid);
        }
        return state;
      },
      [](const NeedState& row) {
        return std::tuple(row.type, row.duty, row.role);
      });
}

// An assignment and the row it comes from, until they stand in order.
struct PlacedAssignment {
  AssignmentState state;
  std::uint32_t row = 0;
};

PlacedAssignment placed(const Freezer& freezer, const Assignment& row) {
  PlacedAssignment made{
      {row.duty,
       row.role,
       placed(freezer, row.holder),
       row.scope.has_value(),
       {},
       row.clause,
       row.valid},
      static_cast<std::uint32_t>(&row - freezer.tables.assignments.data())};
  if (row.scope) {
    made.state.scope = placed(freezer, row.duty, *row.scope, row.valid);
  }
  return made;
}

void fill_assignments(const Freezer& freezer) {
  const Registry::Tables& t = freezer.tables;
  Snapshot::Columns& columns = freezer.columns;
  DatedRows<PlacedAssignment> made;
  fill(
      freezer, t.assignments, made,
      [&](const Assignment& row) { return placed(freezer, row); },
      [](const PlacedAssignment& row) {
        return std::tuple(row.state.duty, row.state.role, row.state.holder);
      });
  columns.assignments.today = made.today;
  columns.assignments.rows.reserve(made.rows.size());
  for (const PlacedAssignment& one : made.rows) {
    if (one.state.holder.type == EntityType::unit &&
        UnitIndex{one.state.holder.index}.is_none()) {
      columns.absent_holders.emplace_back(
          static_cast<std::uint32_t>(columns.assignments.rows.size()),
          t.identity(t.assignments[one.row].holder));
    }
    columns.assignments.rows.push_back(one.state);
  }
}

}  // namespace

void freeze_responsibility(Freezer& freezer) {
  Snapshot::Columns& columns = freezer.columns;
  const auto posts = freezer.tables.post_index.all();
  columns.post_identity.assign(posts.begin(), posts.end());
  columns.posts_by_identity = order_of(posts, freezer.pace);
  const auto duties = freezer.tables.duty_index.all();
  columns.duty_identity.assign(duties.begin(), duties.end());
  fill_posts(freezer);
  fill_duties(freezer);
  fill_assignments(freezer);
}

}  // namespace headrope
