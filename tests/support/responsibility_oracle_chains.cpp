// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Chains, what hangs on their links, and what everybody carries.

#include <algorithm>

#include "support/responsibility_oracle.hpp"

namespace headrope::oracle {
namespace {

// Units of a hierarchy that are reached from its roots without passing a unit
// that is closed.
std::set<UnitIndex> walk_from(const Responsible& rows, HierarchyId hierarchy,
                              const std::set<UnitIndex>& roots,
                              const std::set<UnitIndex>& closed) {
  std::set<UnitIndex> found;
  std::vector<UnitIndex> open(roots.begin(), roots.end());
  while (!open.empty()) {
    const UnitIndex unit = open.back();
    open.pop_back();
    if (closed.contains(unit) || !found.insert(unit).second) {
      continue;
    }
    const auto& below = rows.node(hierarchy, unit).below;
    open.insert(open.end(), below.begin(), below.end());
  }
  return found;
}

std::set<UnitIndex> roots_of(const Responsible& rows, HierarchyId hierarchy) {
  std::set<UnitIndex> found;
  for (const UnitIndex unit : rows.units()) {
    if (rows.node(hierarchy, unit).is_root) {
      found.insert(unit);
    }
  }
  return found;
}

std::set<UnitIndex> without(std::set<UnitIndex> units,
                            const std::set<UnitIndex>& others) {
  std::erase_if(units, [&](UnitIndex unit) { return others.contains(unit); });
  return units;
}

}  // namespace

std::set<UnitIndex> hanging_below(const Responsible& rows,
                                  HierarchyId hierarchy, UnitIndex unit) {
  const std::set<UnitIndex> roots = roots_of(rows, hierarchy);
  std::set<UnitIndex> hanging =
      without(walk_from(rows, hierarchy, roots, {}),
              walk_from(rows, hierarchy, roots, {unit}));
  hanging.erase(unit);
  return hanging;
}

ChainOracle::ChainOracle(const Responsible& rows, const ChainQuestion& question)
    : rows_(rows),
      question_(question),
      day_(question.day.is_open() ? rows.snapshot().as_of() : question.day),
      hierarchy_(question.forest->hierarchy()) {
  if (question.top.is_none()) {
    roots_ = roots_of(rows, hierarchy_);
  } else {
    roots_ = {question.forest->unit(question.top)};
  }
  inside_ = walk({});
  for (const UnitIndex unit : rows.units()) {
    states_[unit] = find_state(unit, day_);
    if (inside_.contains(unit) && is_break(states_[unit])) {
      broken_.insert(unit);
    }
  }
  reached_ = walk(broken_);
  for (const UnitIndex unit : broken_) {
    breaks_[unit] = broken(unit);
  }
}

std::set<UnitIndex> ChainOracle::walk(const std::set<UnitIndex>& closed) const {
  return walk_from(rows_, hierarchy_, roots_, closed);
}

bool ChainOracle::is_break(LinkState state) const {
  return state == LinkState::vacant ||
         (state == LinkState::without && question_.needs_post);
}

// The posts on which the link of a unit rests.
std::set<PostId> ChainOracle::link_posts(UnitIndex unit, Date day) const {
  std::set<PostId> found;
  if (!question_.held.empty()) {
    return found;
  }
  if (question_.duty) {
    for (const Near& near : rows_.leads(*question_.duty, unit, day)) {
      if (near.row->holder.type == EntityType::post) {
        found.insert(PostId{near.row->holder.index});
      }
    }
    return found;
  }
  for (const Post* post : rows_.posts_on(day)) {
    const auto& roles = question_.roles;
    const bool is_asked =
        roles.empty()
            ? rows_.function(post->role) == RoleFunction::head
            : std::find(roles.begin(), roles.end(), post->role) != roles.end();
    if (is_asked && rows_.index_of(post->unit) == unit) {
      found.insert(post->post);
    }
  }
  return found;
}

LinkState ChainOracle::find_state(UnitIndex unit, Date day) const {
  if (!question_.held.empty()) {
    return question_.held[unit.value] != 0 ? LinkState::held
                                           : LinkState::vacant;
  }
  LinkState state = LinkState::without;
  if (question_.duty) {
    for (const Near& near : rows_.leads(*question_.duty, unit, day)) {
      if (near.row->holder.type == EntityType::post) {
        continue;
      }
      if (rows_.placed(near.row->holder).index != UnitIndex::none_value) {
        return LinkState::held;
      }
      state = LinkState::vacant;  // A unit that does not live leads nothing.
    }
  }
  for (const PostId post : link_posts(unit, day)) {
    if (!rows_.titular(post, day).empty()) {
      return LinkState::held;
    }
    if (!rows_.acting(post, day).empty()) {
      state = LinkState::acting;
    } else if (state == LinkState::without) {
      state = LinkState::vacant;
    }
  }
  return state;
}

Broken ChainOracle::broken(UnitIndex unit) const {
  Broken one;
  one.state = states_.at(unit);
  one.posts = link_posts(unit, day_);
  one.hanging = without(inside_, walk({unit}));
  one.hanging.erase(unit);
  std::set<UnitIndex> others = broken_;
  others.erase(unit);
  one.is_first = walk(others).contains(unit);
  one.days = {day_, add_days(day_, 1)};
  if (!question_.held.empty() || one.state == LinkState::without ||
      !rows_.lives(unit, day_)) {
    return one;
  }
  const auto is_vacant = [&](Date day) {
    return rows_.lives(unit, day) && find_state(unit, day) == LinkState::vacant;
  };
  const auto& days = rows_.days();
  const auto at = std::find(days.begin(), days.end(), day_);
  auto from = at;
  while (from != days.begin() && is_vacant(*std::prev(from))) {
    --from;
  }
  auto until = at;
  while (until != days.end() && is_vacant(*until)) {
    ++until;
  }
  one.days = {from == days.begin() ? Date::open_start() : *from,
              until == days.end() ? Date::open_end() : *until};
  return one;
}

std::set<UnitIndex> ChainOracle::leaves() const {
  std::set<UnitIndex> found;
  for (const UnitIndex unit : inside_) {
    if (rows_.node(hierarchy_, unit).below.empty()) {
      found.insert(unit);
    }
  }
  return found;
}

// Who alone holds the link of which units.
std::map<Entity, std::set<UnitIndex>> ChainOracle::alone() const {
  std::map<Entity, std::set<UnitIndex>> found;
  for (const UnitIndex unit : inside_) {
    std::set<Entity> holders;
    if (question_.duty) {
      for (const Near& near : rows_.leads(*question_.duty, unit, day_)) {
        const Entity holder = rows_.placed(near.row->holder);
        if (holder.type != EntityType::post && holder != Entity{}) {
          holders.insert(holder);
        }
      }
    }
    for (const PostId post : link_posts(unit, day_)) {
      for (const PersonId person : rows_.anyhow(post, day_)) {
        holders.insert({EntityType::person, person.value});
      }
    }
    if (holders.size() == 1) {
      found[*holders.begin()].insert(unit);
    }
  }
  return found;
}

std::map<Entity, std::pair<std::int64_t, std::int64_t>>
ChainOracle::single_points() const {
  std::map<Entity, std::pair<std::int64_t, std::int64_t>> found;
  if (!question_.held.empty()) {
    return found;
  }
  for (const auto& [holder, units] : alone()) {
    std::set<UnitIndex> closed = broken_;
    closed.insert(units.begin(), units.end());
    const auto lost = without(without(reached_, walk(closed)), units);
    found[holder] = {static_cast<std::int64_t>(units.size()),
                     static_cast<std::int64_t>(lost.size())};
  }
  return found;
}

namespace {

// What somebody carries, item by item.
struct Items {
  std::set<DutyId> leads, cooperations, others, contacts;
  std::set<PostId> posts, contact_posts;
  std::int64_t contact_points = 0;
  std::int64_t pairings = 0;
};

class Carried {
 public:
  Carried(const Responsible& rows, const LoadQuestion& question, Date day)
      : rows_(rows), question_(question), day_(day) {}

  std::map<Entity, Items> items() {
    for (const Post* post : rows_.posts_on(day_)) {
      if (!lies_in(rows_.index_of(post->unit))) {
        continue;
      }
      for (const PersonId person : rows_.anyhow(post->post, day_)) {
        Items& own = items_[{EntityType::person, person.value}];
        own.posts.insert(post->post);
        if (rows_.function(post->role) == RoleFunction::contact) {
          own.contact_posts.insert(post->post);
        }
      }
    }
    for (const Assignment& row : rows_.registry().assignments()) {
      if (rows_.holds(row, day_) && lies_in(unit_of(row))) {
        add(row);
      }
    }
    for (const Pairing& row : rows_.registry().pairings()) {
      if (rows_.holds(row, day_) && lies_in(rows_.index_of(row.unit))) {
        add(row);
      }
    }
    return items_;
  }

 private:
  [[nodiscard]] bool lies_in(UnitIndex unit) const {
    if (question_.line == nullptr) {
      return true;
    }
    if (unit.is_none()) {
      return false;
    }
    const Node& node = rows_.node(question_.line->hierarchy(), unit);
    return node.is_placed &&
           (question_.top.is_none() || node.steps_up.contains(question_.top));
  }

  [[nodiscard]] UnitIndex unit_of(const Assignment& row) const {
    if (row.scope && !rows_.index_of(row.scope->unit).is_none()) {
      return rows_.index_of(row.scope->unit);
    }
    const Post* post = row.holder.type == EntityType::post
                           ? rows_.post_on(PostId{row.holder.index}, day_)
                           : nullptr;
    return post == nullptr ? UnitIndex{} : rows_.index_of(post->unit);
  }

  // Everybody who carries what is given to a holder, in the snapshot's
  // numbers.
  [[nodiscard]] std::set<Entity> carriers(const Entity& holder) const {
    std::set<Entity> found;
    if (holder.type != EntityType::post) {
      found.insert(rows_.placed(holder));
    } else {
      for (const PersonId person : rows_.anyhow(PostId{holder.index}, day_)) {
        found.insert({EntityType::person, person.value});
      }
      if (const Post* post = rows_.post_on(PostId{holder.index}, day_)) {
        found.insert({EntityType::unit, rows_.index_of(post->unit).value});
      }
    }
    found.erase(Entity{});
    return found;
  }

  void add(const Assignment& row) {
    const RoleFunction function = rows_.function(row.role);
    for (const Entity& carrier : carriers(row.holder)) {
      Items& own = items_[carrier];
      (function == RoleFunction::lead          ? own.leads
       : function == RoleFunction::cooperating ? own.cooperations
                                               : own.others)
          .insert(row.duty);
      if (function == RoleFunction::contact) {
        own.contacts.insert(row.duty);
      }
    }
  }

  void add(const Pairing& row) {
    for (const Entity& carrier : carriers(row.holder)) {
      Items& own = items_[carrier];
      ++(row.pairing == "contact_point" ? own.contact_points : own.pairings);
    }
  }

  const Responsible& rows_;
  const LoadQuestion& question_;
  Date day_;
  std::map<Entity, Items> items_;
};

}  // namespace

std::map<Entity, Burden> burdens(const Responsible& rows,
                                 const LoadQuestion& question, Date day) {
  const auto size = [](const auto& set) {
    return static_cast<std::int64_t>(set.size());
  };
  std::map<Entity, Burden> found;
  for (const auto& [holder, own] : Carried(rows, question, day).items()) {
    found[holder] = {size(own.leads),
                     size(own.cooperations),
                     size(own.others),
                     size(own.posts),
                     size(own.contact_posts) + size(own.contacts),
                     own.contact_points,
                     own.pairings};
  }
  return found;
}

}  // namespace headrope::oracle
