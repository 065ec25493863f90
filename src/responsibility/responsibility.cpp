// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Look-ups: who holds a duty for a unit, the leads alone, who held a post.

#include "headrope/responsibility.hpp"

#include <algorithm>
#include <tuple>

#include "responsibility/index.hpp"
#include "responsibility/list_holders.hpp"
#include "responsibility/runs.hpp"

namespace headrope {

Responsibility::Responsibility(std::shared_ptr<const Snapshot> snapshot)
    : index_(std::make_unique<const Index>(std::move(snapshot))) {}
Responsibility::~Responsibility() = default;
Responsibility::Responsibility(Responsibility&&) noexcept = default;
Responsibility& Responsibility::operator=(Responsibility&&) noexcept = default;

const Snapshot& Responsibility::snapshot() const { return *index_->snapshot; }

bool Responsibility::reaches(DutyId duty, UnitIndex unit, Date day) const {
  return is_asked_well(*index_, duty, unit) &&
         index_->reaches_on(duty, unit, index_->day_or_today(day));
}

std::vector<Holder> Responsibility::holders(
    UnitIndex unit, const HolderQuestion& question) const {
  std::vector<Holder> list;
  const Index& index = *index_;
  const Date day = index.day_or_today(question.day);
  if (question.duty) {
    if (is_asked_well(index, *question.duty, unit)) {
      list_duty_holders(index, *question.duty, unit, day, question.roles, list);
    }
    return list;
  }
  if (!is_asked_well(index, DutyId{}, unit)) return list;
  for (std::uint32_t duty = 0; duty < index.traits.size(); ++duty) {
    list_duty_holders(index, DutyId{duty}, unit, day, question.roles, list);
  }
  if (!unit.is_none() && !question.roles.empty()) {
    list_post_holders(index, unit, day, question.roles, list);
  }
  return list;
}

std::size_t Responsibility::leads(DutyId duty, UnitIndex unit, Date day,
                                  std::span<Position> to) const {
  const Index& index = *index_;
  day = index.day_or_today(day);
  if (!is_asked_well(index, duty, unit) || !index.reaches_on(duty, unit, day)) {
    return 0;
  }
  std::vector<Covering> leads;  // Takes memory only if there are several.
  Covering best;
  std::size_t count =
      unit.is_none() ? 0 : index.count_leads(duty, unit, day, best);
  if (unit.is_none() || count > 1) {
    index.nearest(index.covering(duty, unit), lead_group, day, leads);
    count = leads.size();
  } else if (count == 1) {
    if (!to.empty()) to[0] = index.assignments.position(best.position);
    return 1;
  }
  for (std::size_t at = 0; at < std::min(count, to.size()); ++at) {
    to[at] = index.assignments.position(leads[at].position);
  }
  return count;
}

std::vector<Responsibility::Tenure> Responsibility::tenures(PostId post) const {
  const Index& index = *index_;
  std::vector<Tenure> list;
  if (post.value >= index.snapshot->post_count()) return list;
  std::vector<Interval> exists;
  for (const std::uint32_t at : index.rows_of_post.of(post.value)) {
    exists.push_back(index.posts[at].valid);
  }
  std::vector<Interval> held;
  for (const std::uint32_t at : index.holders_of_post.of(post.value)) {
    const PostHolder& holder = index.holders[at];
    list.push_back({holder.valid, holder.person, holder.acting});
    if (!holder.acting) held.push_back(holder.valid);
  }
  const DaySet empty =
      DaySet(std::move(exists)).without(DaySet(std::move(held)));
  for (const Interval& run : empty.runs()) list.push_back({run, {}, false});
  std::sort(list.begin(), list.end(),
            [](const Tenure& left, const Tenure& right) {
              return std::tuple(left.valid, left.acting, left.person) <
                     std::tuple(right.valid, right.acting, right.person);
            });
  return list;
}

}  // namespace headrope
