// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "responsibility/list_holders.hpp"

#include <algorithm>
#include <tuple>

namespace headrope {
namespace {

// Gives `row` once for each person who holds the post on the day, or once
// without a person.
void list_persons(const Responsibility::Index& index, const Holder& row,
                  PostId post, Date day, std::vector<Holder>& to) {
  const auto first = static_cast<std::ptrdiff_t>(to.size());
  for (const std::uint32_t at : index.holders_of_post.of(post.value)) {
    const PostHolder& holder = index.holders[at];
    if (!holder.valid.contains(day)) continue;
    const Interval valid = row.valid.intersected(holder.valid);
    // Several rows may say the same of one person.
    const auto same =
        std::find_if(to.begin() + first, to.end(), [&](const Holder& other) {
          return other.person == holder.person && other.acting == holder.acting;
        });
    if (same != to.end()) {
      same->valid = {std::min(same->valid.valid_from, valid.valid_from),
                     std::max(same->valid.valid_until, valid.valid_until)};
      continue;
    }
    Holder one = row;
    one.person = holder.person;
    one.acting = holder.acting;
    one.valid = valid;
    to.push_back(one);
  }
  if (static_cast<std::ptrdiff_t>(to.size()) == first) to.push_back(row);
}

void sort_rows(std::vector<Holder>& list, std::size_t first) {
  std::stable_sort(list.begin() + static_cast<std::ptrdiff_t>(first),
                   list.end(), [](const Holder& left, const Holder& right) {
                     return std::tuple(left.role, left.holder, left.person,
                                       left.acting, left.valid) <
                            std::tuple(right.role, right.holder, right.person,
                                       right.acting, right.valid);
                   });
}

bool is_among(RoleId role, std::span<const RoleId> roles) {
  return roles.empty() ||
         std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace

bool is_asked_well(const Responsibility::Index& index, DutyId duty,
                   UnitIndex unit) {
  return (duty.is_none() || duty.value < index.snapshot->duty_count()) &&
         (unit.is_none() || unit.value < index.snapshot->unit_count());
}

void list_duty_holders(const Responsibility::Index& index, DutyId duty,
                       UnitIndex unit, Date day, std::span<const RoleId> roles,
                       std::vector<Holder>& to) {
  if (duty.is_none() || !index.reaches_on(duty, unit, day)) return;
  const std::size_t first = to.size();
  const CoverList covering = index.covering(duty, unit);
  std::vector<RoleGroup> groups;
  groups.reserve(covering.list.size());
  for (const Covering& one : covering.list) {
    groups.push_back(index.group_of(index.assignments[one.position].role));
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  std::vector<Covering> nearest;
  for (const RoleGroup group : groups) {
    index.nearest(covering, group, day, nearest, OnePer::source);
    for (const Covering& one : nearest) {
      const AssignmentState& row = index.assignments[one.position];
      if (!is_among(row.role, roles)) continue;
      Holder holder{.duty = duty,
                    .unit = unit,
                    .role = row.role,
                    .holder = row.holder,
                    .reached = one.reached == Reached::own_post ? Reached::above
                                                                : one.reached,
                    .from = one.from,
                    .steps = one.steps,
                    .clause = row.clause,
                    .valid = row.valid};
      if (row.holder.type == EntityType::post) {
        list_persons(index, holder, PostId{row.holder.index}, day, to);
        continue;
      }
      if (row.holder.type == EntityType::person) {
        holder.person = PersonId{row.holder.index};
      }
      to.push_back(holder);
    }
  }
  sort_rows(to, first);
}

void list_post_holders(const Responsibility::Index& index, UnitIndex unit,
                       Date day, std::span<const RoleId> roles,
                       std::vector<Holder>& to) {
  const std::size_t first = to.size();
  for (const std::uint32_t at : index.posts_of_unit.of(unit.value)) {
    const PostState& post = index.posts[at];
    if (!post.valid.contains(day) || !is_among(post.role, roles)) continue;
    const Holder row{.unit = unit,
                     .role = post.role,
                     .holder = {EntityType::post, post.post.value},
                     .reached = Reached::own_post,
                     .from = unit,
                     .valid = post.valid};
    list_persons(index, row, post.post, day, to);
  }
  sort_rows(to, first);
}

}  // namespace headrope
