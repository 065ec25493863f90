// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings about the division of work: members of a group without a task,
// tasks that no member has, and units that two tasks reach.

#include <algorithm>
#include <map>

#include "responsibility/gap_search.hpp"
#include "responsibility/party.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// An assignment and on whose side its holder stands.
struct Placed {
  std::uint32_t position = 0;
  Party party;
};

class TaskSearch {
 public:
  explicit TaskSearch(GapSearch& search)
      : search_(search), index_(search.index) {
    for (std::uint32_t at = 0; at < index_.assignments.size(); ++at) {
      // Whoever does not live has no task; that is another finding.
      const bool is_absent =
          holder_of(at).type == EntityType::unit && holder_of(at).index == none;
      if (is_member(at) && !is_absent) {
        members_.push_back({at, party_of(index_, holder_of(at))});
      }
    }
    has_member_.assign(index_.traits.size(), 0);
    for (std::uint32_t at = 0; at < index_.assignments.size(); ++at) {
      if (is_member(at)) has_member_[duty_of(at).value] = 1;
    }
    if (!members_.empty()) list_tasks();
  }

  void find_members_without_task() {
    for (const Placed& member : members_) {
      const AssignmentState& row = index_.assignments[member.position];
      if (!touches(row.valid, search_.days) || !search_.wants(row.duty)) {
        continue;
      }
      const DaySet idle =
          DaySet(row.valid).without(DaySet(days_with_task(member)));
      Gap gap;
      gap.type = GapType::member_without_task;
      gap.duty = row.duty;
      gap.role = row.role;
      gap.holder = row.holder;
      gap.clause = row.clause;
      gap.unit = unit_of(row.holder);
      // The unit of the post does not live.
      if (row.holder.type == EntityType::post && gap.unit.is_none()) continue;
      if (row.holder.type == EntityType::person) {
        gap.person = PersonId{row.holder.index};
      }
      for_each_run(idle, search_.days, [&](const Interval& run) {
        gap.days = run;
        search_.add(gap);
      });
    }
  }

  void find_tasks_without_member() {
    for (std::uint32_t number = 0; number < index_.traits.size(); ++number) {
      const DutyId duty{number};
      if (has_member_[number] != 0 || !search_.wants(duty) ||
          !index_.traits[number].is_known) {
        continue;
      }
      std::vector<Interval> any;
      for (const std::uint32_t at : index_.assignments_of_duty.of(number)) {
        any.push_back(index_.assignments[at].valid);
      }
      const DaySet strange = days_of_members(duty).without(days_matched(duty));
      const DaySet idle =
          index_.days_of(duty).without(DaySet(std::move(any)).without(strange));
      Gap gap;
      gap.type = GapType::task_without_member;
      gap.duty = duty;
      for_each_run(idle, search_.days, [&](const Interval& run) {
        gap.days = run;
        search_.add(gap);
      });
    }
  }

 private:
  [[nodiscard]] const Entity& holder_of(std::uint32_t at) const {
    return index_.assignments[at].holder;
  }
  [[nodiscard]] DutyId duty_of(std::uint32_t at) const {
    return index_.assignments[at].duty;
  }
  [[nodiscard]] std::string_view division_of(DutyId duty) const {
    return index_.traits[duty.value].division;
  }
  [[nodiscard]] bool is_member(std::uint32_t at) const {
    return index_.has_function(index_.assignments[at].role,
                               RoleFunction::member);
  }

  // Where findings about a member are told: of a post, by its row of the
  // snapshot's day, else by its first.
  [[nodiscard]] UnitIndex unit_of(const Entity& holder) const {
    if (holder.type == EntityType::unit) return UnitIndex{holder.index};
    if (holder.type != EntityType::post) return {};
    const PostId post{holder.index};
    const PostState* row = index_.post_on(post, index_.snapshot->as_of());
    if (row == nullptr) row = index_.any_post(post);
    return row == nullptr ? UnitIndex{} : row->unit;
  }

  // The assignments that share a side with a member, by that side.
  void list_tasks() {
    for (const Placed& member : members_) {
      for (const auto& [side, days] : member.party) tasks_of_[side];
    }
    for (std::uint32_t at = 0; at < index_.assignments.size(); ++at) {
      if (is_member(at)) continue;
      // Most holders are units that no member belongs to.
      const Entity& holder = holder_of(at);
      if (holder.type == EntityType::unit && !tasks_of_.contains(holder)) {
        continue;
      }
      Placed task{at, party_of(index_, holder)};
      const bool is_shared = std::any_of(
          task.party.begin(), task.party.end(),
          [&](const auto& side) { return tasks_of_.contains(side.first); });
      if (!is_shared) continue;
      const auto number = static_cast<std::uint32_t>(tasks_.size());
      for (const auto& [side, days] : task.party) {
        const auto known = tasks_of_.find(side);
        if (known != tasks_of_.end() &&
            (known->second.empty() || known->second.back() != number)) {
          known->second.push_back(number);
        }
      }
      tasks_.push_back(std::move(task));
    }
  }

  // True if a task counts for the members of a duty.
  [[nodiscard]] bool is_in_division(const Placed& task, DutyId members) const {
    const std::string_view division = division_of(members);
    return division.empty() || division_of(duty_of(task.position)) == division;
  }

  // The days on which a member and a task hold on one side.
  [[nodiscard]] DaySet days_of_both(const Placed& member,
                                    const Placed& task) const {
    const Interval both = index_.assignments[member.position].valid.intersected(
        index_.assignments[task.position].valid);
    return DaySet(days_together(member.party, task.party)).and_in(DaySet(both));
  }

  [[nodiscard]] std::vector<Interval> days_with_task(
      const Placed& member) const {
    std::vector<std::uint32_t> candidates;
    for (const auto& [side, days] : member.party) {
      const auto& list = tasks_of_.at(side);
      candidates.insert(candidates.end(), list.begin(), list.end());
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()),
                     candidates.end());
    std::vector<Interval> busy;
    for (const std::uint32_t at : candidates) {
      if (!is_in_division(tasks_[at], duty_of(member.position))) continue;
      const DaySet both = days_of_both(member, tasks_[at]);
      busy.insert(busy.end(), both.runs().begin(), both.runs().end());
    }
    return busy;
  }

  // The days on which the division of a duty has members.
  [[nodiscard]] DaySet days_of_members(DutyId duty) const {
    std::vector<Interval> days;
    for (const Placed& member : members_) {
      if (shares_division(member, duty)) {
        days.push_back(index_.assignments[member.position].valid);
      }
    }
    return DaySet(std::move(days));
  }

  [[nodiscard]] bool shares_division(const Placed& member, DutyId duty) const {
    return !division_of(duty).empty() &&
           division_of(duty_of(member.position)) == division_of(duty);
  }

  // The days on which some member of the division has the duty.
  [[nodiscard]] DaySet days_matched(DutyId duty) const {
    std::vector<Interval> days;
    for (const Placed& task : tasks_) {
      if (duty_of(task.position) != duty) continue;
      for (const Placed& member : members_) {
        if (!shares_division(member, duty)) continue;
        const DaySet both = days_of_both(member, task);
        days.insert(days.end(), both.runs().begin(), both.runs().end());
      }
    }
    return DaySet(std::move(days));
  }

  GapSearch& search_;
  const Responsibility::Index& index_;
  std::vector<Placed> members_;
  std::vector<Placed> tasks_;
  std::map<Entity, std::vector<std::uint32_t>> tasks_of_;  // By side.
  std::vector<std::uint8_t> has_member_;                   // By DutyId.
};

// One duty at one unit.
struct DutyAtUnit {
  CoverList covering;
  DaySet reached;
};

class OverlapSearch {
 public:
  explicit OverlapSearch(GapSearch& search)
      : search_(search), index_(search.index) {}

  // Looks for units that two duties of a division reach.
  void look_at(const std::vector<DutyId>& duties) {
    std::vector<std::uint32_t> count(index_.snapshot->unit_count());
    for_each_reached(duties,
                     [&](DutyId, std::uint32_t unit) { ++count[unit]; });
    std::vector<std::pair<std::uint32_t, DutyId>> several;
    for_each_reached(duties, [&](DutyId duty, std::uint32_t unit) {
      if (count[unit] > 1) several.emplace_back(unit, duty);
    });
    std::sort(several.begin(), several.end());
    for (auto first = several.begin(); first != several.end();) {
      auto last = first;
      while (last != several.end() && last->first == first->first) ++last;
      look_at(std::span(first, last));
      if (search_.is_over()) return;
      first = last;
    }
  }

 private:
  template <typename Use>
  void for_each_reached(const std::vector<DutyId>& duties, const Use& use) {
    for (const DutyId duty : duties) {
      const auto reached = units_reached(index_, duty, search_.days);
      for (std::uint32_t unit = 0; unit < reached.size(); ++unit) {
        if (reached[unit] != 0 && search_.wants(UnitIndex{unit})) {
          use(duty, unit);
        }
      }
    }
  }

  void look_at(std::span<const std::pair<std::uint32_t, DutyId>> duties) {
    const UnitIndex unit{duties.front().first};
    std::vector<DutyAtUnit> looked;
    for (const auto& [same_unit, duty] : duties) {
      looked.push_back(
          {index_.covering(duty, unit), index_.days_reached(duty, unit)});
    }
    for (std::size_t one = 0; one < duties.size(); ++one) {
      for (std::size_t other = one + 1; other < duties.size(); ++other) {
        if (search_.is_over()) return;
        Gap gap;
        gap.type = GapType::tasks_overlap;
        gap.duty = duties[one].second;
        gap.other_duty = duties[other].second;
        gap.unit = unit;
        compare(looked[one], looked[other], gap);
      }
    }
  }

  void note_days(const DutyAtUnit& duty, std::vector<Interval>& parts) const {
    parts.insert(parts.end(), duty.reached.runs().begin(),
                 duty.reached.runs().end());
    for (const Covering& one : duty.covering.list) {
      parts.push_back(index_.assignments[one.position].valid);
    }
  }

  // The different holders of leads on a day, in order.
  [[nodiscard]] std::vector<std::pair<Entity, std::string_view>> leads_on(
      const DutyAtUnit& duty, Date day) {
    index_.nearest(duty.covering, lead_group, day, nearest_);
    std::vector<std::pair<Entity, std::string_view>> leads;
    for (const Covering& one : nearest_) {
      leads.emplace_back(index_.assignments[one.position].holder,
                         index_.absent_holder(one.position));
    }
    return leads;
  }

  void compare(const DutyAtUnit& one, const DutyAtUnit& other, Gap gap) {
    if (!search_.wants(gap.duty)) return;
    std::vector<Interval> parts;
    note_days(one, parts);
    note_days(other, parts);
    using Pair = std::pair<Entity, Entity>;
    for_each_run(
        parts, search_.days,
        [&](Date day) -> std::optional<Pair> {
          if (!one.reached.contains(day) || !other.reached.contains(day)) {
            return std::nullopt;
          }
          const auto left = leads_on(one, day);
          const auto right = leads_on(other, day);
          if (left.empty() || right.empty() || left == right) {
            return std::nullopt;
          }
          return Pair{left.front().first, right.front().first};
        },
        [&](const Interval& run, const Pair& leads) {
          gap.days = run;
          gap.holder = leads.first;
          gap.other = leads.second;
          search_.add(gap);
        });
  }

  GapSearch& search_;
  const Responsibility::Index& index_;
  std::vector<Covering> nearest_;
};

}  // namespace

Party party_of(const Responsibility::Index& index, const Entity& holder) {
  std::map<Entity, std::vector<Interval>> sides;
  const auto add_post = [&](PostId post, const Interval& held) {
    for (const std::uint32_t at : index.rows_of_post.of(post.value)) {
      const PostState& row = index.posts[at];
      const Interval days = row.valid.intersected(held);
      if (row.unit.is_none() || days.is_empty()) continue;
      sides[{EntityType::unit, row.unit.value}].push_back(days);
    }
  };
  if (holder.type == EntityType::post) {
    add_post(PostId{holder.index}, Interval{});
  } else if (holder.index != none) {
    sides[holder].push_back(Interval{});
  }
  if (holder.type == EntityType::person) {
    for (const std::uint32_t at : index.holdings_of_person.of(holder.index)) {
      add_post(index.holders[at].post, index.holders[at].valid);
    }
  }
  Party party;
  for (auto& [side, days] : sides) {
    party.emplace_back(side, DaySet(std::move(days)));
  }
  return party;
}

std::vector<Interval> days_together(const Party& one, const Party& other) {
  std::vector<Interval> days;
  auto left = one.begin();
  auto right = other.begin();
  while (left != one.end() && right != other.end()) {
    if (left->first < right->first) {
      ++left;
    } else if (right->first < left->first) {
      ++right;
    } else {
      const DaySet both = left->second.and_in(right->second);
      days.insert(days.end(), both.runs().begin(), both.runs().end());
      ++left;
      ++right;
    }
  }
  return days;
}

void find_task_gaps(GapSearch& search) {
  if (search.wants(GapType::member_without_task,
                   GapType::task_without_member)) {
    TaskSearch tasks(search);
    if (search.wants(GapType::member_without_task)) {
      tasks.find_members_without_task();
    }
    if (search.wants(GapType::task_without_member)) {
      tasks.find_tasks_without_member();
    }
  }
  if (!search.wants(GapType::tasks_overlap)) return;
  std::map<std::string_view, std::vector<DutyId>> divisions;
  for (std::uint32_t duty = 0; duty < search.index.traits.size(); ++duty) {
    const DutyTraits& traits = search.index.traits[duty];
    if (!traits.division.empty() && traits.has_scopes) {
      divisions[traits.division].push_back(DutyId{duty});
    }
  }
  OverlapSearch overlaps(search);
  for (const auto& [division, duties] : divisions) {
    if (duties.size() > 1) overlaps.look_at(duties);
  }
}

}  // namespace headrope
