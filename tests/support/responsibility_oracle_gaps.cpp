// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What holds on a day about leads, posts, assignments and divisions of work,
// row by row of the table in docs/design/responsibility.md, and the joining of
// days into runs. Needs are in a file of their own.

#include <algorithm>
#include <tuple>

#include "support/responsibility_oracle.hpp"
#include "support/responsibility_oracle_needs.hpp"

namespace headrope::oracle {
namespace {

using Gaps = std::vector<Found>;

Gap gap_of(GapType type, UnitIndex unit = {}) {
  Gap gap;
  gap.type = type;
  gap.unit = unit;
  return gap;
}

// The units that a duty reaches, or one "none" for a duty as a whole.
std::vector<UnitIndex> asked_units(const Responsible& rows, DutyId duty,
                                   Date day) {
  std::vector<UnitIndex> found;
  for (const UnitIndex unit : rows.units()) {
    if (rows.reaches(duty, unit, day)) {
      found.push_back(unit);
    }
  }
  if (rows.reaches(duty, {}, day)) {
    found.push_back({});
  }
  return found;
}

// Holders in the order of two_leads: unit, person, post, then id.
std::vector<Entity> in_order(const Responsible& rows,
                             const std::set<Entity>& holders) {
  std::vector<Entity> found;
  for (const Entity& holder : holders) {
    found.push_back(rows.placed(holder));
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Whether a need says, on whatever day, how many leads a duty has.
bool is_counted(const Responsible& rows, DutyId duty) {
  const auto& needs = rows.registry().needs();
  return std::any_of(needs.begin(), needs.end(), [&](const Need& need) {
    return rows.known(need) && need.type == Need::Type::holders &&
           need.duty == duty && rows.function(need.role) == RoleFunction::lead;
  });
}

void add_lead_gaps(const Responsible& rows, Date day, Gaps& to) {
  for (const DutyId duty : rows.duties()) {
    for (const UnitIndex unit : asked_units(rows, duty, day)) {
      const std::vector<Near> nearest = rows.leads(duty, unit, day);
      const std::set<Entity> holders = holders_of(nearest);
      const bool in_parts =
          unit.is_none() && !nearest.empty() &&
          nearest.front().reached == Reached::above;  // Never two leads.
      Gap gap = gap_of(GapType::no_lead, unit);
      gap.duty = duty;
      if (holders.empty()) {
        to.push_back(gap);
      }
      const std::vector<Entity> ordered = in_order(rows, holders);
      if (ordered.size() > 1 && !in_parts && !is_counted(rows, duty)) {
        gap.type = GapType::two_leads;
        gap.holder = ordered[0];
        gap.other = ordered[1];
        gap.count = static_cast<std::int64_t>(ordered.size());
        to.push_back(gap);
      }
      const Entity itself{EntityType::unit, unit.value};
      if (!unit.is_none() &&
          std::find(ordered.begin(), ordered.end(), itself) != ordered.end()) {
        gap.type = GapType::self_lead;
        gap.holder = itself;
        to.push_back(gap);
      }
    }
  }
}

void add_post_gaps(const Responsible& rows, Date day, Gaps& to) {
  for (const Post* post : rows.posts_on(day)) {
    const UnitIndex unit = rows.index_of(post->unit);
    if (unit.is_none()) {
      continue;
    }
    const std::set<PersonId> titular = rows.titular(post->post, day);
    Gap gap = gap_of(GapType::vacancy, unit);
    gap.post = post->post;
    gap.role = post->role;
    gap.count = static_cast<std::int64_t>(titular.size());
    gap.limit = post->seats;
    if (gap.count > gap.limit) {
      gap.type = GapType::holders_too_many;
      to.push_back(gap);
    } else if (gap.count < gap.limit) {
      const std::set<PersonId> acting = rows.acting(post->post, day);
      gap.person = acting.empty() ? PersonId{} : *acting.begin();
      to.push_back(gap);
    }
    if (post->ex_officio.is_none()) {
      continue;
    }
    Gap office = gap_of(GapType::office_gone, unit);
    office.post = post->post;
    office.role = post->role;
    if (rows.post_on(post->ex_officio, day) == nullptr) {
      to.push_back(office);
    } else if (const std::set<PersonId> others =
                   rows.titular(post->ex_officio, day);
               others != titular) {
      const auto first_without = [](const std::set<PersonId>& one,
                                    const std::set<PersonId>& other) {
        const auto found = std::find_if(
            one.begin(), one.end(),
            [&](PersonId person) { return !other.contains(person); });
        return found == one.end() ? PersonId{} : *found;
      };
      office.person = first_without(titular, others);
      const PersonId missing = first_without(others, titular);
      if (!missing.is_none()) {
        office.other = {EntityType::person, missing.value};
      }
      office.type = GapType::ex_officio_not_followed;
      to.push_back(office);
    }
  }
}

// Without a scope means all.
bool same_scope(const std::optional<Scope>& one,
                const std::optional<Scope>& other) {
  if (!one || !other) {
    return same_scope(one.value_or(Scope{}), other.value_or(Scope{}));
  }
  if (one->type != other->type) {
    return false;
  }
  switch (one->type) {
    case Scope::Type::all:
      return true;
    case Scope::Type::unit:
      return one->unit == other->unit;
    case Scope::Type::subtree:
      return one->unit == other->unit && one->hierarchy == other->hierarchy;
    case Scope::Type::kind:
      return one->kind == other->kind;
  }
  return false;
}

// The unit that an assignment is for, and whether there is one that the
// snapshot does not have.
struct ScopeUnit {
  UnitIndex unit{};
  bool is_unplaced = false;
};
ScopeUnit scope_unit(const Responsible& rows, const Assignment& row) {
  if (!row.scope || row.scope->unit.is_none()) {
    return {};
  }
  const UnitIndex unit = rows.index_of(row.scope->unit);
  return {unit, unit.is_none()};
}

// Whether it has ended and nothing has taken its place up to the day.
bool has_expired(const Responsible& rows, const Assignment& ended, Date day) {
  const Date end = ended.valid.valid_until;
  if (!rows.known(ended) || day < end) {
    return false;
  }
  for (Date since = end; since <= day; since = add_days(since, 1)) {
    if (rows.duty_on(ended.duty, since) == nullptr) {
      return false;
    }
  }
  const Interval since{end, add_days(day, 1)};
  const auto& all = rows.registry().assignments();
  return std::none_of(all.begin(), all.end(), [&](const Assignment& row) {
    return &row != &ended && rows.known(row) && row.duty == ended.duty &&
           rows.same_group(row.role, ended.role) &&
           same_scope(row.scope, ended.scope) && row.valid.overlaps(since);
  });
}

Gap gap_of(const Responsible& rows, GapType type, const Assignment& row) {
  Gap gap = gap_of(type, scope_unit(rows, row).unit);
  gap.duty = row.duty;
  gap.role = row.role;
  gap.holder = rows.placed(row.holder);
  return gap;
}

bool is_absent(const Responsible& rows, const Entity& holder, Date day) {
  if (holder.type == EntityType::post) {
    return rows.post_on(PostId{holder.index}, day) == nullptr;
  }
  if (holder.type == EntityType::person) {
    return false;
  }
  const UnitIndex unit = rows.index_of(UnitId{holder.index});
  return unit.is_none() || !rows.lives(unit, day);
}

bool is_allowed(const Responsible& rows, const Assignment& row) {
  const Role& role = rows.registry().roles()[row.role.value];
  const auto& types = role.holder_types;
  if (!types.empty() &&
      std::find(types.begin(), types.end(), row.holder.type) == types.end()) {
    return false;
  }
  const UnitIndex unit{rows.placed(row.holder).index};
  if (row.holder.type != EntityType::unit || unit.is_none() ||
      role.holder_kinds.empty()) {
    return true;
  }
  return std::any_of(
      role.holder_kinds.begin(), role.holder_kinds.end(), [&](KindId kind) {
        return rows.registry().is_a(rows.snapshot().kind(unit), kind);
      });
}

void add_assignment_gaps(const Responsible& rows, Date day, Gaps& to) {
  for (const Assignment& row : rows.registry().assignments()) {
    if (scope_unit(rows, row).is_unplaced) {
      continue;
    }
    if (has_expired(rows, row, day)) {
      to.push_back({gap_of(rows, GapType::assignment_expired, row), &row});
    }
    if (!rows.holds(row, day)) {
      continue;
    }
    if (is_absent(rows, row.holder, day)) {
      Gap gap = gap_of(rows, GapType::holder_absent, row);
      if (row.holder.type == EntityType::unit &&
          UnitIndex{gap.holder.index}.is_none()) {
        gap.text = rows.registry().unit_identities()[row.holder.index];
      }
      to.push_back({gap, &row});
    }
    if (!is_allowed(rows, row)) {
      to.push_back({gap_of(rows, GapType::holder_not_allowed, row), &row});
    }
  }
}

// Whether somebody was once a member there, and is not on the day.
bool has_left(const Responsible& rows, PersonId person, UnitIndex unit,
              Date day) {
  bool was = false;
  for (const Membership& row : rows.registry().memberships()) {
    const UnitIndex at = rows.index_of(row.unit);
    if (row.person != person || !rows.known(row) || at.is_none() ||
        !rows.at_or_below(at, unit)) {
      continue;
    }
    if (row.valid.contains(day)) {
      return false;
    }
    was = was || row.valid.valid_from < day;
  }
  return was;
}

void add_left(const Responsible& rows, Date day, Gaps& to) {
  for (const Post* post : rows.posts_on(day)) {
    const UnitIndex unit = rows.index_of(post->unit);
    for (const Holding& row : rows.registry().holdings()) {
      if (row.post == post->post && rows.holds(row, day) && !unit.is_none() &&
          has_left(rows, row.person, unit, day)) {
        Gap gap = gap_of(GapType::holder_left, unit);
        gap.post = post->post;
        gap.role = post->role;
        gap.person = row.person;
        to.push_back({gap, &row, post});
      }
    }
  }
  for (const Assignment& row : rows.registry().assignments()) {
    const UnitIndex unit = scope_unit(rows, row).unit;
    const PersonId person{row.holder.index};
    if (row.holder.type == EntityType::person && rows.holds(row, day) &&
        !unit.is_none() && has_left(rows, person, unit, day)) {
      Gap gap = gap_of(rows, GapType::holder_left, row);
      gap.person = person;
      to.push_back({gap, &row});
    }
  }
}

// A party is a unit that lives on the snapshot's day, or a person.
std::set<Entity> party(const Responsible& rows, const Entity& holder,
                       Date day) {
  std::set<Entity> found;
  const auto add_unit = [&](UnitId unit) {
    if (!rows.index_of(unit).is_none()) {
      found.insert({EntityType::unit, unit.value});
    }
  };
  if (holder.type == EntityType::unit) {
    add_unit(UnitId{holder.index});
  }
  if (holder.type == EntityType::person) {
    found.insert(holder);
  }
  for (const Post* post : rows.posts_on(day)) {
    const bool is_its =
        holder.type == EntityType::post
            ? post->post.value == holder.index
            : holder.type == EntityType::person &&
                  rows.anyhow(post->post, day).contains(PersonId{holder.index});
    if (is_its) {
      add_unit(post->unit);
    }
  }
  return found;
}

bool meet(const std::set<Entity>& one, const std::set<Entity>& other) {
  return std::any_of(one.begin(), one.end(),
                     [&](const Entity& item) { return other.contains(item); });
}

bool is_member(const Responsible& rows, const Assignment& row) {
  return rows.function(row.role) == RoleFunction::member;
}

// The unit of a member that is a unit or a post; of a post, as its row of the
// snapshot's day says, else its first.
UnitIndex home(const Responsible& rows, const Entity& holder) {
  if (holder.type == EntityType::unit) {
    return rows.index_of(UnitId{holder.index});
  }
  if (holder.type == EntityType::person) {
    return {};
  }
  const PostId post{holder.index};
  const Post* found = rows.post_on(post, rows.snapshot().as_of());
  if (found == nullptr) {
    for (const Post& row : rows.registry().posts()) {
      if (row.post == post && rows.known(row) &&
          (found == nullptr || row.valid < found->valid)) {
        found = &row;
      }
    }
  }
  return found == nullptr ? UnitIndex{} : rows.index_of(found->unit);
}

// Whether a member is a unit or a post that has no place in the organisation of
// the snapshot's day.
bool is_gone(const Responsible& rows, const Entity& holder) {
  return holder.type != EntityType::person && home(rows, holder).is_none();
}

void add_members_without_task(const Responsible& rows, Date day, Gaps& to) {
  const auto& all = rows.registry().assignments();
  for (const Assignment& row : all) {
    if (!rows.holds(row, day) || !is_member(rows, row)) {
      continue;
    }
    const std::string_view in = rows.division(row.duty);
    const bool has_task =
        std::any_of(all.begin(), all.end(), [&](const Assignment& task) {
          return rows.holds(task, day) && !is_member(rows, task) &&
                 (in.empty() || rows.division(task.duty) == in) &&
                 meet(party(rows, row.holder, day),
                      party(rows, task.holder, day));
        });
    if (!has_task && !is_gone(rows, row.holder)) {
      Gap gap = gap_of(rows, GapType::member_without_task, row);
      gap.unit = home(rows, row.holder);
      to.push_back({gap, &row});
    }
  }
}

void add_tasks_without_member(const Responsible& rows, Date day, Gaps& to) {
  for (const DutyId duty : rows.duties()) {
    if (rows.duty_on(duty, day) == nullptr) {
      continue;
    }
    const std::string_view in = rows.division(duty);
    std::set<Entity> members;
    bool has_members = false;
    std::set<Entity> holders;
    bool has_holders = false;
    bool is_task = true;  // Those that ever have members are none.
    for (const Assignment& row : rows.registry().assignments()) {
      is_task = is_task &&
                (row.duty != duty || !is_member(rows, row) || !rows.known(row));
      if (!rows.holds(row, day)) {
        continue;
      }
      if (!is_member(rows, row) && row.duty == duty) {
        has_holders = true;
        holders.merge(party(rows, row.holder, day));
      }
      if (is_member(rows, row) && !in.empty() &&
          rows.division(row.duty) == in) {
        has_members = has_members || row.holder.type != EntityType::unit ||
                      !is_gone(rows, row.holder);
        members.merge(party(rows, row.holder, day));
      }
    }
    if (is_task && (!has_holders || (has_members && !meet(holders, members)))) {
      Gap gap = gap_of(GapType::task_without_member);
      gap.duty = duty;
      to.push_back(gap);
    }
  }
}

void add_overlaps(const Responsible& rows, Date day, Gaps& to) {
  for (const DutyId one : rows.duties()) {
    for (const DutyId other : rows.duties()) {
      const std::string_view in = rows.division(one);
      if (other <= one || in.empty() || rows.division(other) != in) {
        continue;
      }
      for (const UnitIndex unit : rows.units()) {
        const auto leads = holders_of(rows.leads(one, unit, day));
        const auto others = holders_of(rows.leads(other, unit, day));
        if (!leads.empty() && !others.empty() && leads != others) {
          Gap gap = gap_of(GapType::tasks_overlap, unit);
          gap.duty = one;
          gap.other_duty = other;
          gap.holder = in_order(rows, leads).front();
          gap.other = in_order(rows, others).front();
          to.push_back(gap);
        }
      }
    }
  }
}

// A lead of a duty by one unit for another, on a day.
struct Delegation {
  UnitIndex scope, holder;
  Interval valid;
};

std::vector<Delegation> delegations(const Responsible& rows, DutyId duty,
                                    Date day) {
  std::vector<Delegation> found;
  for (const Assignment& row : rows.registry().assignments()) {
    const UnitIndex scope = scope_unit(rows, row).unit;
    const UnitIndex holder{rows.placed(row.holder).index};
    if (row.duty == duty && rows.holds(row, day) &&
        rows.function(row.role) == RoleFunction::lead &&
        row.holder.type == EntityType::unit && !scope.is_none() &&
        !holder.is_none() && scope != holder) {
      found.push_back({scope, holder, row.valid});
    }
  }
  return found;
}

// All units that answer for a unit, or for one that does, and so on.
std::set<UnitIndex> behind(const std::vector<Delegation>& all, UnitIndex unit) {
  std::set<UnitIndex> found;
  bool grows = true;
  while (grows) {
    grows = false;
    for (const Delegation& one : all) {
      if (one.scope == unit || found.contains(one.scope)) {
        grows = found.insert(one.holder).second || grows;
      }
    }
  }
  return found;
}

void add_delegation(const Responsible& rows, Date day, Gaps& to) {
  for (const DutyId duty : rows.duties()) {
    const std::vector<Delegation> all = delegations(rows, duty, day);
    for (const UnitIndex unit : rows.units()) {
      std::set<UnitIndex> circle;
      for (const UnitIndex other : behind(all, unit)) {
        if (behind(all, other).contains(unit)) {
          circle.insert(other);
        }
      }
      if (circle.size() < 2 || *circle.begin() != unit) {
        continue;
      }
      Gap gap = gap_of(GapType::delegation_cycle, unit);
      gap.duty = duty;
      gap.count = static_cast<std::int64_t>(circle.size());
      UnitIndex next{};
      for (const Delegation& one : all) {
        if (circle.contains(one.scope) && circle.contains(one.holder)) {
          gap.days = gap.days.intersected(one.valid);
          next = one.scope == unit ? std::min(next, one.holder) : next;
        }
      }
      gap.other = {EntityType::unit, next.value};
      to.push_back(gap);
    }
  }
}

// What is found of one row, and on which of the days.
struct Run {
  Gap gap;
  std::vector<bool> holds;
};

// The runs of days of a finding that touch the days asked about.
void add_runs(const Responsible& rows, const Run& run, const Interval& asked,
              std::vector<Interval>& to) {
  const std::vector<Date>& days = rows.days();
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (!run.holds[i] || (i > 0 && run.holds[i - 1])) {
      continue;
    }
    std::size_t end = i;
    while (end < days.size() && run.holds[end]) {
      ++end;
    }
    Interval found{i == 0 ? Date::open_start() : days[i],
                   end == days.size() ? Date::open_end() : days[end]};
    // Days that are set bound the run: a year of turns, or those on which
    // all rows of a circle hold.
    found = found.intersected(run.gap.days);
    if (found.overlaps(asked)) {
      to.push_back(found);
    }
  }
}

// Intervals that overlap or touch become one.
std::vector<Interval> joined(std::vector<Interval> days) {
  std::sort(days.begin(), days.end());
  std::vector<Interval> found;
  for (const Interval& one : days) {
    if (!found.empty() && one.valid_from <= found.back().valid_until) {
      found.back().valid_until =
          std::max(found.back().valid_until, one.valid_until);
    } else {
      found.push_back(one);
    }
  }
  return found;
}

}  // namespace

std::vector<Found> gaps_on(const Responsible& rows, Date day) {
  Gaps found;
  add_lead_gaps(rows, day, found);
  add_post_gaps(rows, day, found);
  add_assignment_gaps(rows, day, found);
  add_left(rows, day, found);
  add_members_without_task(rows, day, found);
  add_tasks_without_member(rows, day, found);
  add_overlaps(rows, day, found);
  add_delegation(rows, day, found);
  add_role_limits(rows, day, found);
  add_need_gaps(rows, day, found);
  std::erase_if(found, [&](const Found& one) {
    return !one.gap.unit.is_none() && !rows.lives(one.gap.unit, day);
  });
  return found;
}

std::vector<Gap> gaps_in(const Responsible& rows, const Interval& asked) {
  // By what is said, and by the rows that it is said of. Years are told apart.
  using Rows = std::tuple<const void*, const void*, Interval>;
  std::map<std::string, std::map<Rows, Run>> runs;
  for (std::size_t i = 0; i < rows.days().size(); ++i) {
    for (const Found& one : gaps_on(rows, rows.days()[i])) {
      std::string said = text(rows.snapshot(), one.gap);
      if (one.gap.type == GapType::turn_skipped) {
        said += text(one.gap.days);
      }
      Run& run = runs[said][{one.row, one.other_row, one.gap.days}];
      run.gap = one.gap;
      run.holds.resize(rows.days().size());
      run.holds[i] = true;
    }
  }
  std::vector<Gap> found;
  for (const auto& [said, by_row] : runs) {
    std::vector<Interval> days;
    for (const auto& [row, run] : by_row) {
      add_runs(rows, run, asked, days);
    }
    for (const Interval& one : joined(days)) {
      found.push_back(by_row.begin()->second.gap);
      found.back().days = one;
    }
  }
  return found;
}

}  // namespace headrope::oracle
