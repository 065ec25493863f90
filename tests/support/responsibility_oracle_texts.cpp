// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Answers about responsibility as lines of names: those members of a finding
// that the document settles for its type.

#include "support/responsibility_oracle.hpp"

namespace headrope::oracle {
namespace {

const std::array<std::string, gap_type_count> gap_names{
    "no_lead",
    "two_leads",
    "self_lead",
    "vacancy",
    "assignment_expired",
    "holder_left",
    "holder_absent",
    "holder_not_allowed",
    "holders_too_many",
    "holders_too_few",
    "member_without_task",
    "task_without_member",
    "tasks_overlap",
    "designated_person_missing",
    "pairing_missing",
    "pairing_double",
    "contact_point_missing",
    "leader_without_contact_point",
    "turn_skipped",
    "ex_officio_not_followed",
    "office_gone",
    "delegation_cycle"};

// Which members are told: duty, role, unit, post, person, holder, other unit
// or holder, other duty, count, limit, text.
const std::array<std::string, gap_type_count> told{
    "du",     "duhoc",  "duh",   "rupncl", "druh",  "drupn", "druht",  "druh",
    "drupcl", "drucl",  "druh",  "d",      "duxho", "drucl", "runtcl", "runtcl",
    "rutcl",  "runtcl", "runcl", "rupno",  "rup",   "duoc"};

template <typename Id>
std::string named(const Snapshot& snapshot, Id id) {
  return id.is_none() ? std::string("-") : std::string(snapshot.identity(id));
}

std::string named(const Snapshot& snapshot, RoleId role) {
  return role.is_none() ? std::string("-")
                        : std::string(snapshot.roles()[role.value].id);
}

std::string member(const Snapshot& snapshot, const Gap& gap, char which) {
  switch (which) {
    case 'd':
      return "duty=" + named(snapshot, gap.duty);
    case 'r':
      return "role=" + named(snapshot, gap.role);
    case 'u':
      return "unit=" + named(snapshot, gap.unit);
    case 'p':
      return "post=" + named(snapshot, gap.post);
    case 'n':
      return "person=" + named(snapshot, gap.person);
    case 'h':
      return "holder=" + text(snapshot, gap.holder);
    case 'o':
      return "other=" + text(snapshot, gap.other);
    case 'x':
      return "other_duty=" + named(snapshot, gap.other_duty);
    case 'c':
      return "count=" + std::to_string(gap.count);
    case 'l':
      return "limit=" + std::to_string(gap.limit);
    default:
      return "text=" + std::string(gap.text);
  }
}

}  // namespace

std::string text(const Snapshot& snapshot, const Entity& entity) {
  if (entity.index == UnitIndex::none_value) {
    return "-";
  }
  switch (entity.type) {
    case EntityType::unit:
      return named(snapshot, UnitIndex{entity.index});
    case EntityType::person:
      return named(snapshot, PersonId{entity.index});
    case EntityType::post:
      return named(snapshot, PostId{entity.index});
    default:
      return "record?";
  }
}

std::string text(const Snapshot& snapshot, const Gap& gap) {
  const auto type = static_cast<std::size_t>(gap.type);
  std::string line = gap_names[type];
  for (const char which : told[type]) {
    line += ' ' + member(snapshot, gap, which);
  }
  return line;
}

std::string text(const Interval& days) {
  const auto end = [](Date day) {
    return day.is_open() ? std::string("open") : to_string(day);
  };
  return " [" + end(days.valid_from) + ',' + end(days.valid_until) + ')';
}

std::string text(const Snapshot& snapshot, const Holder& holder) {
  const std::array<std::string, 5> ways{"unit", "above", "kind", "all",
                                        "own_post"};
  std::string line =
      named(snapshot, holder.duty) + " for " + named(snapshot, holder.unit) +
      ": " + named(snapshot, holder.role) + ' ' +
      text(snapshot, holder.holder) + " by " + named(snapshot, holder.person) +
      (holder.acting ? " acting " : " ") +
      ways[static_cast<std::size_t>(holder.reached)];
  if (holder.reached == Reached::unit || holder.reached == Reached::above) {
    line += " from " + named(snapshot, holder.from) + ' ' +
            std::to_string(holder.steps);
  }
  return line;
}

}  // namespace headrope::oracle
