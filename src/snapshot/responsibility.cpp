// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Posts, holders, ties, duties and assignments of the day, in the numbers of
// the snapshot.

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

DutyReach placed(const Freezer& freezer, DutyId duty, const Scope& scope) {
  return {duty, scope.type, index_of(freezer, scope.unit), scope.kind,
          scope.hierarchy};
}

template <typename Rows, typename KeyOf>
void sort_by(Rows& rows, const KeyOf& key_of) {
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const auto& left, const auto& right) {
                     return key_of(left) < key_of(right);
                   });
}

}  // namespace

void freeze_responsibility(Freezer& freezer) {
  const Registry::Tables& t = freezer.tables;
  Snapshot::Columns& columns = freezer.columns;
  const auto posts = t.post_index.all();
  columns.post_identity.assign(posts.begin(), posts.end());
  const auto duties = t.duty_index.all();
  columns.duty_identity.assign(duties.begin(), duties.end());
  for (const Post& row : t.posts) {
    if (!freezer.holds(row)) continue;
    columns.posts.push_back({row.post, index_of(freezer, row.unit), row.role,
                             row.seats, row.valid});
  }
  for (const Holding& row : t.holdings) {
    if (!freezer.holds(row)) continue;
    columns.holders.push_back({row.post, row.person, row.acting, row.valid});
  }
  for (const Pairing& row : t.pairings) {
    if (!freezer.holds(row)) continue;
    columns.ties.push_back({row.pairing, placed(freezer, row.holder),
                            index_of(freezer, row.unit), row.valid});
  }
  for (const Duty& row : t.duties) {
    if (!freezer.holds(row)) continue;
    columns.duties.push_back({row.duty, row.name, row.clause, row.valid});
  }
  for (const DutyScope& row : t.duty_scopes) {
    if (!freezer.holds(row)) continue;
    columns.duty_reaches.push_back(placed(freezer, row.duty, row.scope));
  }
  for (const Assignment& row : t.assignments) {
    if (!freezer.holds(row)) continue;
    AssignmentState state{row.duty,
                          row.role,
                          placed(freezer, row.holder),
                          row.scope.has_value(),
                          {},
                          row.clause,
                          row.valid};
    if (row.scope) state.scope = placed(freezer, row.duty, *row.scope);
    columns.assignments.push_back(state);
  }
  sort_by(columns.posts,
          [](const PostState& row) { return std::tuple(row.unit, row.post); });
  sort_by(columns.holders, [](const PostHolder& row) {
    return std::tuple(row.post, row.person);
  });
  sort_by(columns.ties, [](const Tie& row) {
    return std::tuple(row.unit, row.pairing, row.holder);
  });
  sort_by(columns.duties, [](const DutyState& row) { return row.duty; });
  sort_by(columns.duty_reaches, [](const DutyReach& row) { return row.duty; });
  sort_by(columns.assignments, [](const AssignmentState& row) {
    return std::tuple(row.duty, row.role, row.holder);
  });
}

}  // namespace headrope
