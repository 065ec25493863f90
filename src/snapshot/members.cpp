// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Who belongs where on the day, and for attendance on any day.

#include <algorithm>
#include <numeric>
#include <string>

#include "base/utf8.hpp"
#include "snapshot/freezer.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// Puts each membership of the day with its unit; in a unit, by person.
void group_members(Freezer& f, Standing standing) {
  Grouped<PersonId> members;
  const auto& rows = f.tables.memberships;
  members.begin.assign(f.columns.unit_kind.size() + 1, 0);
  const auto unit_of = [&](const Membership& row) {
    return row.standing == standing && f.holds(row)
               ? f.index_of_unit[row.unit.value]
               : none;
  };
  for (const Membership& row : rows) {
    if (const std::uint32_t unit = unit_of(row); unit != none) {
      ++members.begin[unit + 1];
    }
  }
  std::partial_sum(members.begin.begin(), members.begin.end(),
                   members.begin.begin());
  members.values.resize(members.begin.back());
  std::vector<std::uint32_t> next(members.begin.begin(),
                                  members.begin.end() - 1);
  for (const Membership& row : rows) {
    if (const std::uint32_t unit = unit_of(row); unit != none) {
      members.values[next[unit]++] = row.person;
    }
  }
  for (std::size_t unit = 0; unit + 1 < members.begin.size(); ++unit) {
    f.pace.step();
    const auto own = std::span(members.values)
                         .subspan(members.begin[unit], members.begin[unit + 1] -
                                                           members.begin[unit]);
    if (!std::is_sorted(own.begin(), own.end())) {
      std::sort(own.begin(), own.end());
    }
  }
  f.columns.members[static_cast<std::size_t>(standing)] = std::move(members);
}

Error twice_in_unit(const Freezer& f, PersonId person, std::size_t unit) {
  return {Code::memberships_overlap,
          "person " + in_quotes(f.tables.person_index[person.value]) +
              " belongs twice to unit " +
              in_quotes(f.columns.unit_identity[unit]) + " on " +
              to_string(f.options.as_of)};
}

// Refuses a person twice in a unit, or with two primary memberships.
Result<void> check_members(const Freezer& f) {
  std::vector<bool> has_primary(f.tables.person_index.size(), false);
  for (std::size_t unit = 0; unit < f.columns.unit_kind.size(); ++unit) {
    f.pace.step();
    const auto primary = f.columns.members[0].of(unit);
    const auto secondary = f.columns.members[1].of(unit);
    for (const auto& own : {primary, secondary}) {
      const auto twice = std::adjacent_find(own.begin(), own.end());
      if (twice != own.end()) return twice_in_unit(f, *twice, unit);
    }
    for (const PersonId person : secondary) {
      if (std::binary_search(primary.begin(), primary.end(), person)) {
        return twice_in_unit(f, person, unit);
      }
    }
    for (const PersonId person : primary) {
      if (has_primary[person.value]) {
        return Error{Code::primary_memberships_overlap,
                     "person " +
                         in_quotes(f.tables.person_index[person.value]) +
                         " has two primary memberships on " +
                         to_string(f.options.as_of)};
      }
      has_primary[person.value] = true;
    }
  }
  return {};
}

std::size_t count_unplaced(const Freezer& f) {
  std::size_t count = 0;
  for (const Membership& row : f.tables.memberships) {
    count += f.holds(row) && f.index_of_unit[row.unit.value] == none ? 1U : 0U;
  }
  return count;
}

// All memberships of each person, in the order of their days.
void group_history(Freezer& f) {
  Grouped<MembershipSpan> history;
  history.begin.assign(f.tables.person_index.size() + 1, 0);
  for (const Membership& row : f.tables.memberships) {
    if (f.knows(row.recorded)) ++history.begin[row.person.value + 1];
  }
  std::partial_sum(history.begin.begin(), history.begin.end(),
                   history.begin.begin());
  history.values.resize(history.begin.back());
  std::vector<std::uint32_t> next(history.begin.begin(),
                                  history.begin.end() - 1);
  for (const Membership& row : f.tables.memberships) {
    if (f.knows(row.recorded)) {
      history.values[next[row.person.value]++] = {
          {f.index_of_unit[row.unit.value]}, row.standing, row.valid};
    }
  }
  for (std::size_t person = 0; person + 1 < history.begin.size(); ++person) {
    f.pace.step();
    const auto own =
        std::span(history.values)
            .subspan(history.begin[person],
                     history.begin[person + 1] - history.begin[person]);
    std::sort(own.begin(), own.end(),
              [](const MembershipSpan& left, const MembershipSpan& right) {
                return std::tuple(left.valid, left.unit) <
                       std::tuple(right.valid, right.unit);
              });
  }
  f.columns.history = std::move(history);
}

}  // namespace

Result<void> freeze_members(Freezer& freezer) {
  const auto persons = freezer.tables.person_index.all();
  freezer.columns.person_identity =
      std::vector<std::string_view>(persons.begin(), persons.end());
  freezer.pace.tell();
  freezer.columns.persons_by_identity = order_of(persons, freezer.pace);
  group_members(freezer, Standing::primary);
  group_members(freezer, Standing::secondary);
  freezer.columns.unplaced_memberships = count_unplaced(freezer);
  if (!freezer.tables.attendance.empty() || !freezer.tables.posts.empty() ||
      !freezer.tables.assignments.empty()) {
    group_history(freezer);
  }
  return check_members(freezer);
}

}  // namespace headrope
