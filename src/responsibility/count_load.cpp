// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What everybody carries on a day: items by holder, sorted and counted.

#include <algorithm>
#include <tuple>

#include "responsibility/index.hpp"
#include "responsibility/reach.hpp"

namespace headrope {
namespace {

// What an item counts as.
enum class Item : std::uint8_t {
  lead,
  cooperation,
  other_role,
  post,
  liaison_post,
  liaison_role,
  contact_point,
  pairing
};

// An item that a holder carries. Items that are equal are one.
struct Carried {
  Entity holder{};
  Item item = Item::lead;
  std::uint32_t of = 0;  // The duty, post or tie.
  friend auto operator<=>(const Carried&, const Carried&) = default;
};

class LoadCount {
 public:
  LoadCount(const Responsibility::Index& index, const LoadQuestion& question)
      : index_(index),
        question_(question),
        filter_(index, question.line, question.top) {}

  void count(Date day, std::vector<Load>& loads) {
    carried_.clear();
    for (std::size_t at = 0; at < index_.assignments.size(); ++at) {
      const AssignmentState& row = index_.assignments[at];
      if (row.valid.contains(day)) add_assignment(row, day);
    }
    for (std::size_t at = 0; at < index_.holders.size(); ++at) {
      const PostHolder& holder = index_.holders[at];
      if (holder.valid.contains(day)) add_holding(holder, day);
    }
    for (std::uint32_t at = 0; at < index_.ties.size(); ++at) {
      const Tie& tie = index_.ties[at];
      if (tie.valid.contains(day)) add_tie(tie, at, day);
    }
    std::sort(carried_.begin(), carried_.end());
    carried_.erase(std::unique(carried_.begin(), carried_.end()),
                   carried_.end());
    for (auto first = carried_.begin(); first != carried_.end();) {
      auto last = first;
      Load load{first->holder, day, {}, false};
      for (; last != carried_.end() && last->holder == first->holder; ++last) {
        add(last->item, load.burden);
      }
      load.is_over = is_over(load.burden);
      loads.push_back(load);
      first = last;
    }
  }

 private:
  static void add(Item item, Burden& burden) {
    switch (item) {
      case Item::lead:
        ++burden.leads;
        return;
      case Item::cooperation:
        ++burden.cooperations;
        return;
      case Item::other_role:
        ++burden.other_roles;
        return;
      case Item::post:
        ++burden.posts;
        return;
      case Item::liaison_post:
      case Item::liaison_role:
        ++burden.liaisons;
        return;
      case Item::contact_point:
        ++burden.contact_points;
        return;
      case Item::pairing:
        ++burden.pairings;
    }
  }

  [[nodiscard]] bool is_over(const Burden& burden) const {
    const auto past = [](std::optional<std::int64_t> most, std::int64_t count) {
      return most && count > *most;
    };
    const BurdenLimits& limits = question_.limits;
    return past(limits.leads, burden.leads) ||
           past(limits.cooperations, burden.cooperations) ||
           past(limits.posts, burden.posts) ||
           past(limits.liaisons, burden.liaisons) ||
           past(limits.contact_points, burden.contact_points) ||
           past(limits.total, burden.total());
  }

  void add_item(const Entity& holder, Item item, std::uint32_t of) {
    if (holder.index == UnitIndex::none_value) return;  // Does not live.
    carried_.push_back({holder, item, of});
  }

  // A post carries it: its unit does, and whoever holds it.
  template <typename Add>
  void for_each_carrier(const Entity& holder, Date day, const Add& add) const {
    if (holder.type != EntityType::post) {
      add(holder);
      return;
    }
    const PostId post{holder.index};
    if (const PostState* state = index_.post_on(post, day)) {
      add(Entity{EntityType::unit, state->unit.value});
    }
    for (const std::uint32_t at : index_.holders_of_post.of(post.value)) {
      if (index_.holders[at].valid.contains(day)) {
        add(Entity{EntityType::person, index_.holders[at].person.value});
      }
    }
  }

  // Where an assignment lies: at the unit of its scope, or where its post is.
  [[nodiscard]] UnitIndex place_of(const AssignmentState& row, Date day) const {
    if (row.has_scope && !row.scope.unit.is_none()) return row.scope.unit;
    if (row.holder.type == EntityType::post) {
      const PostState* state = index_.post_on(PostId{row.holder.index}, day);
      if (state != nullptr) return state->unit;
    }
    return {};
  }

  void add_assignment(const AssignmentState& row, Date day) {
    if (!filter_.is_all() && !filter_.has(place_of(row, day))) return;
    const RoleFunction function = index_.functions[row.role.value];
    const Item item = function == RoleFunction::lead ? Item::lead
                      : function == RoleFunction::cooperating
                          ? Item::cooperation
                          : Item::other_role;
    const std::uint32_t of = row.duty.value;
    for_each_carrier(row.holder, day, [&](const Entity& carrier) {
      add_item(carrier, item, of);
      if (function == RoleFunction::contact) {
        add_item(carrier, Item::liaison_role, of);
      }
    });
  }

  void add_holding(const PostHolder& holder, Date day) {
    const PostState* post = index_.post_on(holder.post, day);
    if (post == nullptr) return;
    if (!filter_.is_all() && !filter_.has(post->unit)) return;
    const Entity person{EntityType::person, holder.person.value};
    add_item(person, Item::post, holder.post.value);
    if (index_.has_function(post->role, RoleFunction::contact)) {
      add_item(person, Item::liaison_post, holder.post.value);
    }
  }

  void add_tie(const Tie& tie, std::uint32_t position, Date day) {
    if (!filter_.is_all() && !filter_.has(tie.unit)) return;
    const Item item =
        tie.pairing == "contact_point" ? Item::contact_point : Item::pairing;
    for_each_carrier(tie.holder, day, [&](const Entity& carrier) {
      add_item(carrier, item, position);
    });
  }

  const Responsibility::Index& index_;
  const LoadQuestion& question_;
  UnitFilter filter_;
  std::vector<Carried> carried_;
};

}  // namespace

std::vector<Load> count_load(const Responsibility& responsibility,
                             const LoadQuestion& question) {
  const Responsibility::Index& index = responsibility.index();
  LoadCount count(index, question);
  std::vector<Date> days = question.days;
  if (days.empty()) days.push_back(index.snapshot->as_of());
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::vector<Load> loads;
  for (const Date day : days) count.count(day, loads);
  std::stable_sort(loads.begin(), loads.end(),
                   [](const Load& left, const Load& right) {
                     return std::tuple(left.holder, left.day) <
                            std::tuple(right.holder, right.day);
                   });
  return loads;
}

}  // namespace headrope
