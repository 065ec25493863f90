// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows are drawn as lists of plain numbers and then assembled, each row left
// out that would contradict one before it. Thus cases shrink by losing rows,
// and every number shrinks towards the plainest choice.

#include "support/random_responsibility.hpp"

#include <algorithm>
#include <random>
#include <tuple>
#include <utility>

namespace headrope::testing {
namespace {

constexpr std::size_t unit_count_max = 25;
constexpr std::size_t person_count_max = 7;
constexpr std::size_t post_count_max = 9;
constexpr std::size_t duty_count_max = 6;

struct Draw {
  std::array<std::uint32_t, 8> n{};
  Clocks clocks{};
};

// As likely long as short, also in the first cases.
template <typename T>
rc::Gen<std::vector<T>> list_of(std::size_t count_max, rc::Gen<T> item) {
  return rc::gen::resize(static_cast<int>(count_max),
                         rc::gen::container<std::vector<T>>(std::move(item)));
}

rc::Gen<Interval> book_intervals() {
  return rc::gen::mapcat(below<int>(7), [](int choice) {
    return choice < 6 ? rc::gen::just(Interval{}) : meeting_intervals();
  });
}

rc::Gen<Draw> draws() {
  return rc::gen::build<Draw>(
      rc::gen::set(&Draw::n, rc::gen::container<std::array<std::uint32_t, 8>>(
                                 below<std::uint32_t>(5040))),
      rc::gen::set(
          &Draw::clocks,
          rc::gen::map(rc::gen::pair(meeting_intervals(), book_intervals()),
                       [](const std::pair<Interval, Interval>& ends) {
                         return Clocks{ends.first, ends.second};
                       })));
}

bool meet(const Clocks& a, const Clocks& b) {
  return a.valid.overlaps(b.valid) && a.recorded.overlaps(b.recorded);
}

template <typename List>
const auto& pick(const List& list, std::uint32_t number) {
  return list[number % list.size()];
}

// Identities whose byte order is not the order in which they are made.
std::vector<Name> names(const Name& stem, std::size_t count) {
  std::vector<Name> made;
  for (std::size_t i = 0; i < count; ++i) {
    made.push_back(stem + std::to_string((i * 7 + 3) % 26));
  }
  return made;
}

void add_life(Answerable& rows, const Name& unit, const Draw& draw) {
  std::vector<StateRow>& states = rows.organisation.states;
  const Name& kind = pick(kind_names, draw.n[0]);
  const Date day = draw.clocks.valid.valid_from.is_open()
                       ? add_days(middle, 2)
                       : draw.clocks.valid.valid_from;
  const Date later = add_days(day, static_cast<std::int32_t>(draw.n[1] % 4));
  switch (draw.n[2] % 10) {
    case 6:  // Closed and opened again, or only of another kind.
      states.push_back({unit, kind, "", {{Date::open_start(), day}, {}}});
      states.push_back({unit,
                        pick(kind_names, draw.n[3]),
                        "",
                        {{later, Date::open_end()}, {}}});
      break;
    case 7:
      states.push_back({unit, kind, "", {{Date::open_start(), later}, {}}});
      break;
    case 8:
      states.push_back({unit, kind, "", {{day, Date::open_end()}, {}}});
      break;
    case 9:  // Perhaps not in the books.
      states.push_back({unit, kind, "", {{}, draw.clocks.recorded}});
      break;
    default:
      states.push_back({unit, kind, "", {}});
  }
}

// Parents come earlier in the order of units (later in `line`), so no cycle
// can be; in `line` units of odd number are leaves, of which several parents
// are allowed.
void add_link(Answerable& rows, std::size_t hierarchy, std::size_t unit,
              std::uint32_t number, const Clocks& clocks) {
  Organisation& organisation = rows.organisation;
  const std::size_t count = organisation.units.size();
  const std::size_t parent = number % (unit + 1);
  const bool is_line = hierarchy == 1;
  if (is_line && parent != unit && parent % 2 == 1) {
    return;
  }
  const auto named = [&](std::size_t i) {
    return organisation.units[is_line ? count - 1 - i : i];
  };
  LinkRow row{hierarchy_names[hierarchy], named(unit),
              parent == unit ? Name{} : named(parent), clocks};
  const bool several = hierarchy == 2 || (is_line && unit % 2 == 1);
  for (const LinkRow& other : organisation.links) {
    if (other.hierarchy == row.hierarchy && other.unit == row.unit &&
        meet(other.clocks, clocks) &&
        (!several || other.parent == row.parent || other.parent.empty() ||
         row.parent.empty())) {
      return;
    }
  }
  organisation.links.push_back(std::move(row));
}

void add_links(Answerable& rows, std::size_t unit, const Draw& draw) {
  const std::array<std::size_t, 5> hierarchies{0, 2, 1, 2, 1};
  for (std::size_t i = 0; i < hierarchies.size(); ++i) {
    const std::uint32_t number = draw.n[3 + i];
    const std::uint32_t choice = number % 6;
    if (choice == 5 || (i >= 3 && choice >= 3)) {
      continue;
    }
    const bool below_last = choice % 2 == 1 && unit > 0;
    const auto parent =
        below_last ? static_cast<std::uint32_t>(unit - 1) : number / 6;
    add_link(rows, hierarchies[i], unit, parent,
             choice == 4 ? draw.clocks : Clocks{});
  }
}

void add_membership(Answerable& rows, const Draw& draw) {
  Organisation& organisation = rows.organisation;
  if (organisation.persons.empty()) {
    return;
  }
  MembershipRow row{
      pick(organisation.persons, draw.n[0]),
      pick(organisation.units, draw.n[1]),
      draw.n[2] % 3 == 2 ? Standing::secondary : Standing::primary,
      draw.clocks};
  for (const MembershipRow& other : organisation.memberships) {
    const bool both_primary = other.standing == Standing::primary &&
                              row.standing == Standing::primary;
    if (other.person == row.person && meet(other.clocks, row.clocks) &&
        (both_primary || other.unit == row.unit)) {
      return;
    }
  }
  organisation.memberships.push_back(std::move(row));
}

void add_record(Answerable& rows, const Draw& draw) {
  Organisation& organisation = rows.organisation;
  if (organisation.persons.empty()) {
    return;
  }
  const Date day =
      add_days(organisation.as_of, -static_cast<std::int32_t>(draw.n[1] % 7));
  organisation.records.push_back(
      {"r" + std::to_string(organisation.records.size()),
       measure_rows[draw.n[0] % 2].id,
       "",
       pick(organisation.persons, draw.n[2]),
       Reach::own,
       1,
       {{day, add_days(day, 1)}, draw.clocks.recorded}});
}

NamedScope named_scope(const Answerable& rows,
                       const std::array<std::uint32_t, 8>& n,
                       std::uint32_t type) {
  const Name& unit = pick(rows.organisation.units, n[6]);
  switch (type % 7) {
    case 0:
    case 6:
      return {Scope::Type::all, "", ""};
    case 1:
    case 2:
      return {Scope::Type::unit, unit, ""};
    case 3:
    case 4:
      return {Scope::Type::subtree, unit, pick(hierarchy_names, n[7])};
    default:
      return {Scope::Type::kind, pick(kind_names, n[7]), ""};
  }
}

NamedEntity named_holder(const Answerable& rows, std::uint32_t type,
                         std::uint32_t number) {
  if (type % 8 >= 5 && !rows.posts.empty()) {
    return {EntityType::post, pick(rows.posts, number)};
  }
  if (type % 8 >= 3 && !rows.organisation.persons.empty()) {
    return {EntityType::person, pick(rows.organisation.persons, number)};
  }
  return {EntityType::unit, pick(rows.organisation.units, number)};
}

void add_post(Answerable& rows, const Draw& draw) {
  // Heads come most often, since chains go through them.
  const std::uint32_t role = draw.n[2] % 20;
  PostRow row{pick(rows.posts, draw.n[0]),
              pick(rows.organisation.units, draw.n[1]),
              Name(role < 10 ? role_rows[role].id : role_rows[4].id),
              draw.n[3] % 4 == 3 ? draw.n[3] / 4 % 3 + 1 : 1,
              draw.n[4] % 4 == 3 ? pick(rows.posts, draw.n[5]) : Name{},
              draw.clocks};
  for (const PostRow& other : rows.post_rows) {
    if (other.post == row.post && meet(other.clocks, row.clocks)) {
      return;
    }
  }
  rows.post_rows.push_back(std::move(row));
}

void add_duty(Answerable& rows, const Draw& draw) {
  DutyRow row{
      pick(rows.duties, draw.n[0]),
      draw.n[1] % 2 == 1 ? pick(hierarchy_names, draw.n[2]) : Name{},
      draw.n[3] % 3 != 0 ? (draw.n[4] % 4 == 3 ? "works" : "talks") : Name{},
      draw.clocks};
  for (const DutyRow& other : rows.duty_rows) {
    if (other.duty == row.duty && meet(other.clocks, row.clocks)) {
      return;
    }
  }
  rows.duty_rows.push_back(std::move(row));
}

void add_assignment(Answerable& rows, const Draw& draw) {
  const std::uint32_t role = draw.n[1] % 16;  // Leads come most often.
  AssignmentRow row{pick(rows.duties, draw.n[0]),
                    Name(role < 10 ? role_rows[role].id : role_rows[0].id),
                    named_holder(rows, draw.n[2], draw.n[3]), std::nullopt,
                    draw.clocks};
  if (draw.n[4] % 8 != 0) {
    row.scope = named_scope(rows, draw.n, draw.n[4] % 8 - 1);
  }
  // Half of them among the first few units, where they meet.
  if (draw.n[5] % 2 == 1) {
    const std::size_t few =
        std::min<std::size_t>(3, rows.organisation.units.size());
    const std::vector<Name>& units = rows.organisation.units;
    if (row.holder.type == EntityType::unit) {
      row.holder.identity = units[draw.n[3] % few];
    }
    if (row.scope && (row.scope->type == Scope::Type::unit ||
                      row.scope->type == Scope::Type::subtree)) {
      row.scope->subject = units[draw.n[6] % few];
    }
  }
  rows.assignments.push_back(std::move(row));
}

void add_pairing(Answerable& rows, const Draw& draw) {
  PairingRow row{draw.n[0] % 2 == 1 ? "contact_point" : "twins",
                 named_holder(rows, draw.n[1], draw.n[2]),
                 pick(rows.organisation.units, draw.n[3]), draw.clocks};
  for (const PairingRow& other : rows.pairings) {
    if (other.pairing == row.pairing && other.holder.type == row.holder.type &&
        other.holder.identity == row.holder.identity &&
        other.unit == row.unit && meet(other.clocks, row.clocks)) {
      return;
    }
  }
  rows.pairings.push_back(std::move(row));
}

bool is_whole(const Answerable& rows, const Name& duty) {
  return std::none_of(
      rows.scopes.begin(), rows.scopes.end(), [&](const DutyScopeRow& row) {
        return row.duty == duty &&
               row.clocks.recorded.contains(rows.organisation.known_on);
      });
}

void add_need(Answerable& rows, const Draw& draw) {
  NeedRow row{static_cast<Need::Type>(draw.n[0] % 4),
              "",
              "",
              "",
              "",
              std::nullopt,
              draw.n[3] % 3,
              std::nullopt,
              draw.clocks};
  const Name role(pick(role_rows, draw.n[2]).id);
  const bool of_ties =
      row.type == Need::Type::pairings || row.type == Need::Type::pairings_held;
  if (of_ties) {
    row.pairing = draw.n[1] % 2 == 1 ? "contact_point" : "twins";
  }
  if (!of_ties ||
      (row.type == Need::Type::pairings_held && draw.n[2] % 3 != 0)) {
    row.role = role;
  }
  if (row.type == Need::Type::holders && draw.n[1] % 3 != 0) {
    row.duty = pick(rows.duties, draw.n[1] / 3);
  }
  if (row.type == Need::Type::turns) {
    row.measure = measure_rows[draw.n[1] % 2].id;
    row.at_least = draw.n[3] % 3 + 1;
    row.role = draw.n[2] % 4 == 3 ? "lead" : "head";
  }
  if (draw.n[4] % 3 == 2) {
    row.at_most = row.at_least + draw.n[4] / 3 % 2;
  }
  const bool for_whole = !row.duty.empty() && is_whole(rows, row.duty);
  if (draw.n[5] % 3 != 0 && !for_whole) {
    row.scope = named_scope(rows, draw.n, draw.n[5] / 3);
  }
  rows.needs.push_back(std::move(row));
}

template <typename Add>
void each(Answerable& rows, const std::vector<Draw>& drawn, Add add) {
  for (const Draw& draw : drawn) {
    add(rows, draw);
  }
}

using Drawn = std::tuple<std::vector<Draw>, std::array<std::size_t, 3>,
                         std::array<std::vector<Draw>, 10>, std::vector<bool>,
                         Date, Date>;

void add_structure(Answerable& rows, const Drawn& drawn) {
  Organisation& organisation = rows.organisation;
  const std::vector<Draw>& units = std::get<0>(drawn);
  organisation.units = names("u", units.size());
  organisation.persons = names("p", std::get<1>(drawn)[0]);
  rows.posts = names("s", std::get<1>(drawn)[1]);
  rows.duties = names("d", std::get<1>(drawn)[2]);
  for (std::size_t i = 0; i < organisation.orphans.size(); ++i) {
    organisation.orphans[i] =
        std::get<3>(drawn)[i] ? OrphanPolicy::ignore : OrphanPolicy::root;
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    add_life(rows, organisation.units[i], units[i]);
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    add_links(rows, i, units[i]);
  }
}

Answerable assembled(const Drawn& drawn) {
  Answerable rows;
  rows.organisation.as_of = std::get<4>(drawn);
  rows.organisation.known_on = std::get<5>(drawn);
  if (std::get<0>(drawn).empty()) {
    return rows;
  }
  add_structure(rows, drawn);
  const auto& tables = std::get<2>(drawn);
  each(rows, tables[0], add_membership);
  each(rows, tables[1], add_record);
  if (!rows.posts.empty()) {
    each(rows, tables[2], add_post);
    for (const Draw& draw : tables[3]) {
      if (!rows.organisation.persons.empty()) {
        rows.holdings.push_back({pick(rows.posts, draw.n[0]),
                                 pick(rows.organisation.persons, draw.n[1]),
                                 draw.n[2] % 4 == 3, draw.clocks});
      }
    }
  }
  each(rows, tables[4], add_pairing);
  if (!rows.duties.empty()) {
    each(rows, tables[5], add_duty);
    for (const Draw& draw : tables[6]) {
      // Of two duties, one is a duty as a whole more often than not.
      rows.scopes.push_back({rows.duties[draw.n[0] % rows.duties.size() / 2 *
                                         2 % rows.duties.size()],
                             named_scope(rows, draw.n, draw.n[1]),
                             draw.clocks});
    }
    each(rows, tables[7], add_assignment);
    each(rows, tables[8], add_assignment);
    each(rows, tables[9], add_need);
  }
  return rows;
}

}  // namespace

rc::Gen<Date> meeting_days() {
  return rc::gen::map(
      rc::gen::elementOf(
          std::vector<std::int32_t>{0, 1, -1, 2, 3, -2, 5, -4, 7}),
      [](std::int32_t offset) { return add_days(middle, offset); });
}

rc::Gen<Interval> meeting_intervals() {
  return rc::gen::map(
      rc::gen::tuple(below<int>(8), meeting_days(), meeting_days()),
      [](const std::tuple<int, Date, Date>& draw) {
        auto [open, from, until] = draw;
        if (until < from) {
          std::swap(from, until);
        }
        Interval interval{from, until == from ? add_days(until, 1) : until};
        if (open < 3 || open == 4) {
          interval.valid_from = Date::open_start();
        }
        if (open < 3 || open == 3) {
          interval.valid_until = Date::open_end();
        }
        return interval;
      });
}

rc::Gen<Answerable> answerables() {
  const auto lists = [](std::size_t count_max) {
    return list_of(count_max, draws());
  };
  const auto counts = rc::gen::map(
      rc::gen::tuple(below<std::size_t>(person_count_max + 1),
                     below<std::size_t>(post_count_max + 1),
                     below<std::size_t>(duty_count_max + 1)),
      [](const std::tuple<std::size_t, std::size_t, std::size_t>& drawn) {
        return std::array<std::size_t, 3>{
            std::get<0>(drawn), std::get<1>(drawn), std::get<2>(drawn)};
      });
  const auto tables = rc::gen::map(
      rc::gen::tuple(lists(9), lists(12), lists(14), lists(20), lists(9),
                     lists(12), lists(9), lists(12), lists(12), lists(9)),
      [](auto drawn) {
        return std::apply(
            [](auto&&... list) {
              return std::array<std::vector<Draw>, 10>{std::move(list)...};
            },
            std::move(drawn));
      });
  return rc::gen::map(
      rc::gen::tuple(
          rc::gen::mapcat(
              rc::gen::element<std::size_t>(unit_count_max / 2,
                                            unit_count_max / 4, unit_count_max),
              lists),
          counts, tables,
          rc::gen::container<std::vector<bool>>(
              3, rc::gen::map(below<int>(4), [](int i) { return i == 3; })),
          meeting_days(),
          rc::gen::mapcat(below<int>(4),
                          [](int choice) {
                            return choice < 3 ? rc::gen::just(latest_day)
                                              : meeting_days();
                          })),
      assembled);
}

Answerable shuffled(Answerable rows, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto shuffle = [&random](auto& list) {
    std::shuffle(list.begin(), list.end(), random);
  };
  shuffle(rows.organisation.states);
  shuffle(rows.organisation.links);
  shuffle(rows.organisation.memberships);
  shuffle(rows.organisation.records);
  shuffle(rows.post_rows);
  shuffle(rows.holdings);
  shuffle(rows.duty_rows);
  shuffle(rows.scopes);
  shuffle(rows.assignments);
  shuffle(rows.pairings);
  shuffle(rows.needs);
  return rows;
}

}  // namespace headrope::testing
