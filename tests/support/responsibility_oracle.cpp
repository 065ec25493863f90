// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Whom duties reach, and who holds them.

#include "support/responsibility_oracle.hpp"

#include <algorithm>

namespace headrope::oracle {

Responsible::Responsible(const Registry& registry, const Snapshot& snapshot)
    : registry_(registry), snapshot_(snapshot) {
  for (std::uint32_t i = 0; i < snapshot.unit_count(); ++i) {
    units_.push_back(UnitIndex{i});
  }
  for (const std::string_view identity : registry.unit_identities()) {
    index_of_.push_back(snapshot.find_unit(identity).value_or(UnitIndex{}));
  }
  place_units();
  find_days();
}

void Responsible::place_units() {
  const Oracle structure(registry_, snapshot_.as_of(), snapshot_.known_on());
  for (const UnitIndex unit : units_) {
    lives_.push_back(
        structure.life(*registry_.find_unit(snapshot_.identity(unit))));
  }
  const auto numbered = [&](const Name& name) {
    return index_of(*registry_.find_unit(name));
  };
  for (std::uint32_t h = 0; h < registry_.hierarchies().size(); ++h) {
    const Shape shape = structure.shape(HierarchyId{h});
    std::vector<Node> nodes(units_.size());
    for (const Name& name : shape.placed) {
      nodes[numbered(name).value].is_placed = true;
    }
    for (const Name& name : shape.roots) {
      nodes[numbered(name).value].is_root = true;
    }
    for (const auto& [above, children] : shape.children) {
      for (const Name& below : children) {
        if (shape.placed.contains(above)) {
          nodes[numbered(above).value].below.push_back(numbered(below));
          nodes[numbered(below).value].above.push_back(numbered(above));
        }
      }
    }
    for (const UnitIndex unit : units_) {
      std::vector<UnitIndex> layer{unit};
      for (std::uint32_t steps = 0; !layer.empty(); ++steps) {
        std::vector<UnitIndex> next;
        for (const UnitIndex at : layer) {
          if (nodes[unit.value].steps_up.emplace(at, steps).second) {
            next.insert(next.end(), nodes[at.value].above.begin(),
                        nodes[at.value].above.end());
          }
        }
        layer = next;
      }
    }
    for (Node& node : nodes) {
      node.is_root = node.is_placed && node.above.empty();
    }
    nodes_.push_back(std::move(nodes));
  }
}

void Responsible::find_days() {
  Date first = snapshot_.as_of();
  Date last = first;
  const auto look = [&](const auto& rows) {
    for (const auto& row : rows) {
      for (const Date day : {row.valid.valid_from, row.valid.valid_until}) {
        if (!day.is_open()) {
          first = std::min(first, day);
          last = std::max(last, day);
        }
      }
    }
  };
  look(registry_.unit_states());
  look(registry_.memberships());
  look(registry_.posts());
  look(registry_.holdings());
  look(registry_.pairings());
  look(registry_.duties());
  look(registry_.duty_scopes());
  look(registry_.assignments());
  look(registry_.needs());
  look(registry_.records());
  for (Date day = add_days(first, -2); day <= add_days(last, 2);
       day = add_days(day, 1)) {
    days_.push_back(day);
  }
}

bool Responsible::lives(UnitIndex unit, Date day) const {
  return std::any_of(lives_[unit.value].begin(), lives_[unit.value].end(),
                     [&](const Interval& span) { return span.contains(day); });
}

UnitIndex Responsible::index_of(UnitId unit) const {
  return unit.is_none() ? UnitIndex{} : index_of_[unit.value];
}

Entity Responsible::placed(const Entity& entity) const {
  return entity.type == EntityType::unit
             ? Entity{entity.type, index_of(UnitId{entity.index}).value}
             : entity;
}

bool Responsible::at_or_below(UnitIndex unit, UnitIndex above) const {
  return std::any_of(nodes_.begin(), nodes_.end(), [&](const auto& nodes) {
    return nodes[unit.value].steps_up.contains(above);
  });
}

bool Responsible::covers(const Scope& scope, UnitIndex unit) const {
  switch (scope.type) {
    case Scope::Type::all:
      return true;
    case Scope::Type::unit:
      return index_of(scope.unit) == unit;
    case Scope::Type::subtree:
      return node(scope.hierarchy, unit)
          .steps_up.contains(index_of(scope.unit));
    case Scope::Type::kind:
      return registry_.is_a(snapshot_.kind(unit), scope.kind);
  }
  return false;
}

const Post* Responsible::post_on(PostId post, Date day) const {
  for (const Post& row : registry_.posts()) {
    if (row.post == post && holds(row, day)) {
      return &row;
    }
  }
  return nullptr;
}

std::vector<const Post*> Responsible::posts_on(Date day) const {
  std::vector<const Post*> found;
  for (const Post& row : registry_.posts()) {
    if (holds(row, day)) {
      found.push_back(&row);
    }
  }
  return found;
}

std::set<PersonId> Responsible::titular(PostId post, Date day) const {
  std::set<PersonId> found;
  for (const Holding& row : registry_.holdings()) {
    if (row.post == post && !row.acting && holds(row, day)) {
      found.insert(row.person);
    }
  }
  return found;
}

std::set<PersonId> Responsible::acting(PostId post, Date day) const {
  std::set<PersonId> found;
  for (const Holding& row : registry_.holdings()) {
    if (row.post == post && row.acting && holds(row, day)) {
      found.insert(row.person);
    }
  }
  return found;
}

std::set<PersonId> Responsible::anyhow(PostId post, Date day) const {
  std::set<PersonId> found = titular(post, day);
  found.merge(acting(post, day));
  return found;
}

std::vector<DutyId> Responsible::duties() const {
  std::vector<DutyId> all;
  for (std::uint32_t i = 0; i < registry_.duty_identities().size(); ++i) {
    all.push_back(DutyId{i});
  }
  return all;
}

const Duty* Responsible::duty_on(DutyId duty, Date day) const {
  for (const Duty& row : registry_.duties()) {
    if (row.duty == duty && holds(row, day)) {
      return &row;
    }
  }
  return nullptr;
}

const Duty* Responsible::main_row(DutyId duty) const {
  if (const Duty* today = duty_on(duty, snapshot_.as_of())) {
    return today;
  }
  const Duty* first = nullptr;
  for (const Duty& row : registry_.duties()) {
    if (row.duty == duty && known(row) &&
        (first == nullptr || row.valid < first->valid)) {
      first = &row;
    }
  }
  return first;
}

std::string_view Responsible::division(DutyId duty) const {
  const Duty* row = main_row(duty);
  return row == nullptr ? std::string_view{} : row->division;
}

bool Responsible::is_whole(DutyId duty) const {
  return std::none_of(
      registry_.duty_scopes().begin(), registry_.duty_scopes().end(),
      [&](const DutyScope& row) { return row.duty == duty && known(row); });
}

bool Responsible::reaches(DutyId duty, UnitIndex unit, Date day) const {
  if (duty_on(duty, day) == nullptr) {
    return false;
  }
  if (unit.is_none()) {
    return is_whole(duty);
  }
  return std::any_of(registry_.duty_scopes().begin(),
                     registry_.duty_scopes().end(), [&](const DutyScope& row) {
                       return row.duty == duty && holds(row, day) &&
                              covers(row.scope, unit);
                     });
}

RoleFunction Responsible::function(RoleId role) const {
  return registry_.roles()[role.value].function;
}

bool Responsible::same_group(RoleId one, RoleId other) const {
  return one == other || (function(one) == RoleFunction::lead &&
                          function(other) == RoleFunction::lead);
}

std::optional<Near> Responsible::reach(const Assignment& row, UnitIndex unit,
                                       Date day) const {
  if (!holds(row, day) || !reaches(row.duty, unit, day)) {
    return std::nullopt;
  }
  if (!row.scope || row.scope->type == Scope::Type::all) {
    return Near{&row, Reached::all, {}, 0};
  }
  if (unit.is_none()) {
    return Near{&row, Reached::above, {}, 0};
  }
  const HierarchyId inherited = main_row(row.duty)->inherited;
  const Scope& scope = *row.scope;
  const UnitIndex from = index_of(scope.unit);
  const auto above = [&](HierarchyId hierarchy) -> std::optional<Near> {
    const auto& up = node(hierarchy, unit).steps_up;
    const auto found = up.find(from);
    return found == up.end()
               ? std::nullopt
               : std::optional(Near{&row, Reached::above, from, found->second});
  };
  if (scope.type == Scope::Type::unit) {
    if (from == unit) {
      return Near{&row, Reached::unit, from, 0};
    }
    return inherited.is_none() ? std::nullopt : above(inherited);
  }
  if (scope.type == Scope::Type::subtree) {
    return above(scope.hierarchy);
  }
  std::uint32_t steps = 0;
  for (KindId kind = snapshot_.kind(unit); !kind.is_none();
       kind = registry_.kinds()[kind.value].parent) {
    if (kind == scope.kind) {
      return Near{&row, Reached::kind, {}, steps};
    }
    ++steps;
  }
  return std::nullopt;
}

std::vector<Near> Responsible::nearest(DutyId duty, RoleFunction function,
                                       std::optional<RoleId> role,
                                       UnitIndex unit, Date day) const {
  std::vector<Near> found;
  for (const Assignment& row : registry_.assignments()) {
    const bool is_asked =
        role ? row.role == *role : this->function(row.role) == function;
    if (row.duty != duty || !is_asked) {
      continue;
    }
    if (const std::optional<Near> near = reach(row, unit, day)) {
      found.push_back(*near);
    }
  }
  std::vector<Near> best;
  for (const Near& near : found) {
    if (std::all_of(found.begin(), found.end(), [&](const Near& other) {
          // Of a duty as a whole, all of it comes before any part.
          return unit.is_none() ? near.reached == Reached::all ||
                                      other.reached == Reached::above
                                : near.nearness() <= other.nearness();
        })) {
      best.push_back(near);
    }
  }
  return best;
}

std::vector<Near> Responsible::nearest(DutyId duty, RoleId role, UnitIndex unit,
                                       Date day) const {
  if (function(role) == RoleFunction::lead) {
    return leads(duty, unit, day);
  }
  return nearest(duty, function(role), role, unit, day);
}

std::vector<Near> Responsible::leads(DutyId duty, UnitIndex unit,
                                     Date day) const {
  return nearest(duty, RoleFunction::lead, std::nullopt, unit, day);
}

void Responsible::add_holder(const Near& near, UnitIndex unit, Date day,
                             std::vector<Holder>& to) const {
  const Assignment& row = *near.row;
  Holder holder{row.duty,   unit,  row.role,     placed(row.holder),
                {},         false, near.reached, near.from,
                near.steps, "",    row.valid};
  if (row.holder.type == EntityType::person) {
    holder.person = PersonId{row.holder.index};
  }
  bool is_held = false;
  for (const Holding& held : registry_.holdings()) {
    if (row.holder.type == EntityType::post &&
        held.post.value == row.holder.index && holds(held, day)) {
      is_held = true;
      Holder one = holder;
      one.person = held.person;
      one.acting = held.acting;
      one.valid = row.valid.intersected(held.valid);
      to.push_back(one);
    }
  }
  if (!is_held) {
    to.push_back(holder);
  }
}

void Responsible::add_own_posts(UnitIndex unit, const HolderQuestion& question,
                                Date day, std::vector<Holder>& to) const {
  for (const Post* post : posts_on(day)) {
    if (index_of(post->unit) != unit ||
        std::find(question.roles.begin(), question.roles.end(), post->role) ==
            question.roles.end()) {
      continue;
    }
    const std::size_t before = to.size();
    const Holder holder{
        {}, unit,  post->role,        {EntityType::post, post->post.value},
        {}, false, Reached::own_post, {},
        0,  "",    post->valid};
    for (const Holding& held : registry_.holdings()) {
      if (held.post == post->post && holds(held, day)) {
        Holder one = holder;
        one.person = held.person;
        one.acting = held.acting;
        one.valid = post->valid.intersected(held.valid);
        to.push_back(one);
      }
    }
    if (to.size() == before) {
      to.push_back(holder);
    }
  }
}

std::vector<Holder> Responsible::holders(UnitIndex unit,
                                         const HolderQuestion& question) const {
  const Date day = question.day.is_open() ? snapshot_.as_of() : question.day;
  const auto is_asked = [&](RoleId role) {
    return question.roles.empty() ||
           std::find(question.roles.begin(), question.roles.end(), role) !=
               question.roles.end();
  };
  std::vector<Holder> found;
  for (const DutyId duty : duties()) {
    if (question.duty && *question.duty != duty) {
      continue;
    }
    for (std::uint32_t r = 0; r < registry_.roles().size(); ++r) {
      if (!is_asked(RoleId{r})) {
        continue;
      }
      for (const Near& near : nearest(duty, RoleId{r}, unit, day)) {
        if (near.row->role == RoleId{r}) {
          add_holder(near, unit, day, found);
        }
      }
    }
  }
  if (!question.duty && !unit.is_none()) {
    add_own_posts(unit, question, day, found);
  }
  return found;
}

UnitIndex Responsible::primary_unit(PersonId person, Date day) const {
  for (const Membership& row : registry_.memberships()) {
    if (row.person == person && row.standing == Standing::primary &&
        holds(row, day)) {
      return index_of(row.unit);
    }
  }
  return {};
}

std::set<Entity> holders_of(const std::vector<Near>& nearest) {
  std::set<Entity> found;
  for (const Near& near : nearest) {
    found.insert(near.row->holder);
  }
  return found;
}

}  // namespace headrope::oracle
