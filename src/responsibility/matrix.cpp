// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Holders for many units, for a person, and on the due days of what was missed.

#include <algorithm>

#include "headrope/damaged.hpp"
#include "responsibility/list_holders.hpp"
#include "responsibility/reach.hpp"

namespace headrope {
namespace {

// The unit of a person's primary membership on a day; none if it does not live
// on the day of the snapshot.
UnitIndex primary_unit(const Snapshot& snapshot, PersonId person, Date day) {
  for (const MembershipSpan& span : snapshot.history(person)) {
    if (span.standing == Standing::primary && span.valid.contains(day)) {
      return span.unit;
    }
  }
  return {};
}

// Adds the row of a duty that reaches a unit and has no lead there.
void add_gap(const Responsibility::Index& index, const HolderQuestion& question,
             DutyId duty, UnitIndex unit, std::size_t first,
             std::vector<Holder>& to) {
  const bool has_lead =
      std::any_of(to.begin() + static_cast<std::ptrdiff_t>(first), to.end(),
                  [&](const Holder& one) {
                    return index.has_function(one.role, RoleFunction::lead);
                  });
  const bool asks_leads =
      question.roles.empty() ||
      std::any_of(question.roles.begin(), question.roles.end(),
                  [&](RoleId role) {
                    return index.has_function(role, RoleFunction::lead);
                  });
  if (has_lead || !asks_leads) return;
  const Holder gap{.duty = duty,
                   .unit = unit,
                   .holder = {EntityType::unit, UnitIndex::none_value}};
  to.insert(to.begin() + static_cast<std::ptrdiff_t>(first), gap);
}

}  // namespace

Result<std::vector<Holder>> matrix(const Responsibility& responsibility,
                                   const MatrixQuestion& question) try {
  const Responsibility::Index& index = responsibility.index();
  const Date day = index.day_or_today(question.holders.day);
  std::vector<Holder> list;
  const Error too_many{Code::limit_exceeded,
                       "the matrix has more than " +
                           std::to_string(question.rows_max) + " rows"};
  const auto add = [&](DutyId duty, UnitIndex unit) {
    const std::size_t first = list.size();
    list_duty_holders(index, duty, unit, day, question.holders.roles, list);
    if (question.with_gaps) {
      add_gap(index, question.holders, duty, unit, first, list);
    }
    return list.size() <= question.rows_max;
  };
  const UnitFilter filter(index, question.forest, question.top, question.kind);
  for (std::uint32_t number = 0; number < index.traits.size(); ++number) {
    const DutyId duty{number};
    if (question.holders.duty && *question.holders.duty != duty) continue;
    if (!index.holds_on(duty, day)) continue;
    if (!index.traits[number].has_scopes) {
      if (filter.is_all() && !add(duty, UnitIndex{})) return too_many;
      continue;
    }
    const std::vector<std::uint8_t> reached =
        units_reached(index, duty, {day, add_days(day, 1)});
    for (std::uint32_t unit = 0; unit < reached.size(); ++unit) {
      if (reached[unit] == 0 || !filter.has(UnitIndex{unit})) continue;
      if (!add(duty, UnitIndex{unit})) return too_many;
    }
  }
  return list;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

std::vector<Holder> holders_for_person(const Responsibility& responsibility,
                                       PersonId person,
                                       const HolderQuestion& question,
                                       std::span<const RuleAssessment> rules) {
  const Responsibility::Index& index = responsibility.index();
  const Snapshot& snapshot = *index.snapshot;
  if (person.value >= snapshot.person_count()) return {};
  HolderQuestion leads = question;
  if (leads.roles.empty()) {
    for (std::uint32_t role = 0; role < index.functions.size(); ++role) {
      if (index.functions[role] == RoleFunction::lead) {
        leads.roles.push_back(RoleId{role});
      }
    }
  }
  leads.day = index.day_or_today(question.day);
  const UnitIndex unit = primary_unit(snapshot, person, leads.day);
  std::vector<Holder> list;
  for (std::uint32_t duty = 0; duty < index.traits.size(); ++duty) {
    if (unit.is_none() || (leads.duty && leads.duty->value != duty)) continue;
    list_duty_holders(index, DutyId{duty}, unit, leads.day, leads.roles, list);
  }
  for (const RuleAssessment& rule : rules) {
    if (rule.subject_type != SubjectType::persons) continue;
    const auto at = std::lower_bound(rule.subjects.begin(), rule.subjects.end(),
                                     person.value);
    if (at == rule.subjects.end() || *at != person.value) continue;
    const auto id = rule.pack->rule(rule.rule).id;
    for (const DutyInfo& duty : rule.pack->duties()) {
      const auto known =
          duty.subjects_of == id ? snapshot.find_duty(duty.id) : std::nullopt;
      if (!known || (leads.duty && *leads.duty != *known)) continue;
      list_duty_holders(index, *known, UnitIndex{}, leads.day, leads.roles,
                        list);
    }
  }
  return list;
}

std::vector<Missed> responsible_for_missed(const Responsibility& responsibility,
                                           const RuleAssessment& assessment,
                                           const HolderQuestion& question) {
  const Responsibility::Index& index = responsibility.index();
  const Snapshot& snapshot = *index.snapshot;
  std::vector<RoleId> heads;
  for (std::uint32_t role = 0; role < index.functions.size(); ++role) {
    if (index.functions[role] == RoleFunction::head) {
      heads.push_back(RoleId{role});
    }
  }
  const auto unit_of = [&](std::uint32_t subject, Date day) {
    const std::uint32_t id = assessment.subjects[subject];
    switch (assessment.subject_type) {
      case SubjectType::units:
        return UnitIndex{id};
      case SubjectType::persons:
        return primary_unit(snapshot, PersonId{id}, day);
      default:
        return subject < assessment.subject_units.size()
                   ? UnitIndex{assessment.subject_units[subject]}
                   : UnitIndex{};
    }
  };
  std::vector<Missed> list;
  for (std::uint32_t s = 0; s < assessment.subjects.size(); ++s) {
    for (std::uint32_t w = 0; w < assessment.windows.size(); ++w) {
      if (assessment.statuses[assessment.at(s, w)] != Status::unmet) continue;
      Missed missed{s, w, {}, {}};
      const Date end = assessment.window(s, w).valid_until;
      missed.due =
          end == Date::open_end() ? snapshot.as_of() : add_days(end, -1);
      HolderQuestion on_due = question;
      on_due.day = missed.due;
      const UnitIndex unit = unit_of(s, missed.due);
      if (assessment.subject_type == SubjectType::duties) {
        on_due.duty = DutyId{assessment.subjects[s]};
        missed.holders = responsibility.holders(UnitIndex{}, on_due);
      } else if (!unit.is_none()) {
        missed.holders = responsibility.holders(unit, on_due);
      }
      if (!unit.is_none() && !question.duty && question.roles.empty()) {
        list_post_holders(index, unit, missed.due, heads, missed.holders);
      }
      list.push_back(std::move(missed));
    }
  }
  return list;
}

}  // namespace headrope
