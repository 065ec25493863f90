// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Holders, ties and turns of a day, counted row by row against what roles and
// needs say.

#include "support/responsibility_oracle_needs.hpp"

#include <algorithm>

namespace headrope::oracle {
namespace {

using Gaps = std::vector<Found>;

std::int64_t count_of(std::size_t size) {
  return static_cast<std::int64_t>(size);
}

// Persons who hold posts of a role in a unit.
std::set<PersonId> post_persons(const Responsible& rows, UnitIndex unit,
                                RoleId role, Date day, bool with_acting) {
  std::set<PersonId> found;
  for (const Post* post : rows.posts_on(day)) {
    if (post->role == role && rows.index_of(post->unit) == unit) {
      found.merge(with_acting ? rows.anyhow(post->post, day)
                              : rows.titular(post->post, day));
    }
  }
  return found;
}

// Units that a need is for; one "none" for a duty as a whole.
std::vector<UnitIndex> asked_units(const Responsible& rows, const Need& need,
                                   Date day) {
  std::vector<UnitIndex> found;
  for (const UnitIndex unit : rows.units()) {
    const bool is_asked =
        need.scope ? rows.covers(*need.scope, unit)
                   : need.duty.is_none() || rows.reaches(need.duty, unit, day);
    if (is_asked) {
      found.push_back(unit);
    }
  }
  if (!need.scope && !need.duty.is_none() && rows.reaches(need.duty, {}, day)) {
    found.push_back({});
  }
  return found;
}

Gap gap_of(const Need& need, UnitIndex unit, std::int64_t count) {
  Gap gap;
  gap.duty = need.duty;
  gap.role = need.role;
  gap.unit = unit;
  gap.count = count;
  gap.text = need.pairing;
  return gap;
}

// Adds the finding if the count is out of the bounds of the need.
void judge(const Need& need, Gap gap, GapType few, GapType many, Gaps& to) {
  if (gap.count < std::int64_t{need.at_least}) {
    gap.type = few;
    gap.limit = need.at_least;
    to.push_back({gap, &need});
  } else if (need.at_most && gap.count > std::int64_t{*need.at_most}) {
    gap.type = many;
    gap.limit = *need.at_most;
    to.push_back({gap, &need});
  }
}

void add_holder_need(const Responsible& rows, const Need& need, Date day,
                     Gaps& to) {
  const GapType few = rows.function(need.role) == RoleFunction::contact
                          ? GapType::designated_person_missing
                          : GapType::holders_too_few;
  for (const UnitIndex unit : asked_units(rows, need, day)) {
    std::size_t count = 0;
    if (!need.duty.is_none()) {
      count = holders_of(rows.nearest(need.duty, need.role, unit, day)).size();
    }
    if (count == 0 && !unit.is_none()) {
      count = post_persons(rows, unit, need.role, day, true).size();
    }
    judge(need, gap_of(need, unit, count_of(count)), few,
          GapType::holders_too_many, to);
  }
}

std::size_t ties(const Responsible& rows, std::string_view pairing,
                 const std::set<Entity>& holders, Date day) {
  const auto& all = rows.registry().pairings();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const Pairing& row) {
        return rows.holds(row, day) && row.pairing == pairing &&
               holders.contains(row.holder);
      }));
}

Entity registry_unit(const Responsible& rows, UnitIndex unit) {
  return {EntityType::unit, rows.snapshot().registry_unit(unit).value};
}

void add_pairing_need(const Responsible& rows, const Need& need, Date day,
                      Gaps& to) {
  const GapType few = need.pairing == "contact_point"
                          ? GapType::contact_point_missing
                          : GapType::pairing_missing;
  for (const UnitIndex unit : asked_units(rows, need, day)) {
    const auto& all = rows.registry().pairings();
    const auto count =
        std::count_if(all.begin(), all.end(), [&](const Pairing& row) {
          return rows.holds(row, day) && row.pairing == need.pairing &&
                 rows.index_of(row.unit) == unit;
        });
    judge(need, gap_of(need, unit, count), few, GapType::pairing_double, to);
  }
}

// Who holds posts of a role in a unit, each with the person and the posts as
// those who may hold a tie.
std::map<PersonId, std::set<Entity>> leaders(const Responsible& rows,
                                             UnitIndex unit, RoleId role,
                                             Date day) {
  std::map<PersonId, std::set<Entity>> found;
  for (const Post* post : rows.posts_on(day)) {
    if (post->role != role || rows.index_of(post->unit) != unit) {
      continue;
    }
    for (const PersonId person : rows.anyhow(post->post, day)) {
      found[person].insert({EntityType::person, person.value});
      found[person].insert({EntityType::post, post->post.value});
    }
  }
  return found;
}

void add_held_need(const Responsible& rows, const Need& need, Date day,
                   Gaps& to) {
  const GapType few = need.pairing == "contact_point"
                          ? GapType::leader_without_contact_point
                          : GapType::pairing_missing;
  for (const UnitIndex unit : asked_units(rows, need, day)) {
    if (need.role.is_none()) {
      const std::size_t count =
          ties(rows, need.pairing, {registry_unit(rows, unit)}, day);
      judge(need, gap_of(need, unit, count_of(count)), few,
            GapType::pairing_double, to);
      continue;
    }
    for (const auto& [person, holders] : leaders(rows, unit, need.role, day)) {
      Gap gap =
          gap_of(need, unit, count_of(ties(rows, need.pairing, holders, day)));
      gap.person = person;
      judge(need, gap, few, GapType::pairing_double, to);
    }
  }
}

std::int64_t turns(const Responsible& rows, MeasureId measure, PersonId person,
                   const Interval& year) {
  const auto& all = rows.registry().records();
  return std::count_if(all.begin(), all.end(), [&](const Record& row) {
    return rows.known(row) && row.measure == measure && row.person == person &&
           year.contains(row.valid.valid_from);
  });
}

void add_turn_need(const Responsible& rows, const Need& need, Date day,
                   Gaps& to) {
  if (day > rows.snapshot().as_of()) {
    return;
  }
  const Interval year = period_of(day, Period::year);
  for (const UnitIndex unit : asked_units(rows, need, day)) {
    const std::set<PersonId> persons =
        post_persons(rows, unit, need.role, day, true);
    std::int64_t most = 0;
    for (const PersonId person : persons) {
      most = std::max(most, turns(rows, need.measure, person, year));
    }
    for (const PersonId person : persons) {
      const std::int64_t count = turns(rows, need.measure, person, year);
      if (count < std::int64_t{need.at_least} && count < most) {
        Gap gap = gap_of(need, unit, count);
        gap.type = GapType::turn_skipped;
        gap.person = person;
        gap.limit = need.at_least;
        gap.days = year;
        to.push_back({gap, &need});
      }
    }
  }
}

// Different nearest holders in a role of a duty for one unit.
void add_duty_limit(const Responsible& rows, RoleId role, Date day, Gaps& to) {
  const std::int64_t limit = *rows.registry().roles()[role.value].holders_max;
  for (const DutyId duty : rows.duties()) {
    std::vector<UnitIndex> units = rows.units();
    units.push_back({});
    for (const UnitIndex unit : units) {
      std::vector<Near> nearest = rows.nearest(duty, role, unit, day);
      std::erase_if(nearest,
                    [&](const Near& near) { return near.row->role != role; });
      Gap gap;
      gap.type = GapType::holders_too_many;
      gap.duty = duty;
      gap.role = role;
      gap.unit = unit;
      gap.count = count_of(holders_of(nearest).size());
      gap.limit = limit;
      if (gap.count > limit) {
        to.push_back(gap);
      }
    }
  }
}

}  // namespace

void add_role_limits(const Responsible& rows, Date day,
                     std::vector<Found>& to) {
  for (std::uint32_t r = 0; r < rows.registry().roles().size(); ++r) {
    const RoleId role{r};
    const auto& limit = rows.registry().roles()[r].holders_max;
    if (!limit) {
      continue;
    }
    for (const UnitIndex unit : rows.units()) {
      Gap gap;
      gap.type = GapType::holders_too_many;
      gap.role = role;
      gap.unit = unit;
      gap.count = count_of(post_persons(rows, unit, role, day, false).size());
      gap.limit = *limit;
      if (gap.count > gap.limit) {
        to.push_back(gap);
      }
    }
    add_duty_limit(rows, role, day, to);
  }
}

void add_need_gaps(const Responsible& rows, Date day, std::vector<Found>& to) {
  for (const Need& need : rows.registry().needs()) {
    if (!rows.holds(need, day)) {
      continue;
    }
    switch (need.type) {
      case Need::Type::holders:
        add_holder_need(rows, need, day, to);
        break;
      case Need::Type::pairings:
        add_pairing_need(rows, need, day, to);
        break;
      case Need::Type::pairings_held:
        add_held_need(rows, need, day, to);
        break;
      case Need::Type::turns:
        add_turn_need(rows, need, day, to);
        break;
    }
  }
}

}  // namespace headrope::oracle
