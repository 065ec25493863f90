// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings about single assignments: ended without a successor, held by what
// does not exist, has left or is not allowed, and led in a circle.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "responsibility/gap_search.hpp"
#include "snapshot/cycles.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// The unit for which an assignment is made; none for kinds and for all.
UnitIndex unit_of(const AssignmentState& row) {
  const bool is_at_unit =
      row.has_scope && (row.scope.type == Scope::Type::unit ||
                        row.scope.type == Scope::Type::subtree);
  return is_at_unit ? row.scope.unit : UnitIndex{};
}

// True if it is for a unit that does not live on the day of the snapshot.
bool is_for_absent_unit(const AssignmentState& row) {
  return row.has_scope && row.scope.unit.is_none() &&
         (row.scope.type == Scope::Type::unit ||
          row.scope.type == Scope::Type::subtree);
}

class AssignmentSearch {
 public:
  explicit AssignmentSearch(GapSearch& search)
      : search_(search), index_(search.index) {}

  void look_at(std::uint32_t position) {
    const AssignmentState& row = index_.assignments[position];
    if (!search_.wants(row.duty) || is_for_absent_unit(row)) return;
    if (row.valid.valid_until < search_.days.valid_until) {
      ended_.push_back(position);
    }
    if (!touches(row.valid, search_.days)) return;
    if (search_.wants(GapType::holder_absent)) find_absent(position);
    if (search_.wants(GapType::holder_not_allowed)) find_not_allowed(row);
    if (row.holder.type == EntityType::person && !unit_of(row).is_none() &&
        search_.wants(GapType::holder_left)) {
      Gap gap = gap_of(GapType::holder_left, row);
      gap.person = PersonId{row.holder.index};
      add_left(search_, row.valid, gap);
    }
  }

  // Those that ended, group by group of the same duty, scope and roles.
  void find_expired() {
    if (!search_.wants(GapType::assignment_expired)) return;
    std::sort(ended_.begin(), ended_.end(), [&](auto left, auto right) {
      return std::tuple(group_of(left), left) <
             std::tuple(group_of(right), right);
    });
    for (auto first = ended_.begin(); first != ended_.end();) {
      auto last = first;
      while (last != ended_.end() && group_of(*last) == group_of(*first)) {
        ++last;
      }
      find_expired(std::span(first, last));
      first = last;
    }
  }

 private:
  // What assignments that take each other's place agree in.
  using Group = std::tuple<DutyId, RoleGroup, Scope::Type, UnitIndex, KindId,
                           HierarchyId>;

  [[nodiscard]] Group group_of(std::uint32_t position) const {
    const AssignmentState& row = index_.assignments[position];
    Group group{row.duty, index_.group_of(row.role), Scope::Type::all, {}, {},
                {}};
    if (!row.has_scope) return group;
    std::get<Scope::Type>(group) = row.scope.type;
    if (row.scope.type == Scope::Type::kind) {
      std::get<KindId>(group) = row.scope.kind;
    } else if (row.scope.type != Scope::Type::all) {
      std::get<UnitIndex>(group) = row.scope.unit;
    }
    if (row.scope.type == Scope::Type::subtree) {
      std::get<HierarchyId>(group) = row.scope.hierarchy;
    }
    return group;
  }

  [[nodiscard]] static Gap gap_of(GapType type, const AssignmentState& row) {
    Gap gap;
    gap.type = type;
    gap.days = row.valid;
    gap.duty = row.duty;
    gap.role = row.role;
    gap.unit = unit_of(row);
    gap.holder = row.holder;
    gap.clause = row.clause;
    return gap;
  }

  void find_expired(std::span<const std::uint32_t> ended) {
    const AssignmentState& any = index_.assignments[ended.front()];
    const Group group = group_of(ended.front());
    std::vector<Interval> held;
    const auto see = [&](std::uint32_t at) {
      if (group_of(at) == group) held.push_back(index_.assignments[at].valid);
    };
    const UnitIndex unit = unit_of(any);
    if (unit.is_none()) {
      for (const std::uint32_t at :
           index_.assignments_by_scope.wide(any.duty)) {
        see(at);
      }
    } else {
      index_.assignments_by_scope.for_each_at(unit, any.duty, see);
    }
    const DaySet open =
        index_.days_of(any.duty).without(DaySet(std::move(held)));
    const auto runs = open.runs();
    for (const std::uint32_t at : ended) {
      const AssignmentState& row = index_.assignments[at];
      const Date end = row.valid.valid_until;
      const auto after = std::upper_bound(
          runs.begin(), runs.end(), end,
          [](Date day, const Interval& run) { return day < run.valid_from; });
      if (after == runs.begin()) continue;
      const Interval& run = *std::prev(after);
      if (!run.contains(end)) continue;
      Gap gap = gap_of(GapType::assignment_expired, row);
      gap.days = {end, run.valid_until};
      search_.add(gap);
    }
  }

  void find_absent(std::uint32_t position) {
    const AssignmentState& row = index_.assignments[position];
    Gap gap = gap_of(GapType::holder_absent, row);
    if (row.holder.type == EntityType::unit && row.holder.index == none) {
      gap.text = index_.absent_holder(position);
      search_.add(gap);
      return;
    }
    DaySet exists;
    if (row.holder.type == EntityType::unit) {
      const auto life = index_.snapshot->life(UnitIndex{row.holder.index});
      if (life.size() == 1 && life.front().contains(row.valid)) return;
      exists = index_.life(UnitIndex{row.holder.index});
    } else if (row.holder.type == EntityType::post) {
      std::vector<Interval> days;
      for (const std::uint32_t at : index_.rows_of_post.of(row.holder.index)) {
        days.push_back(index_.posts[at].valid);
      }
      if (days.size() == 1 && days.front().contains(row.valid)) return;
      exists = DaySet(std::move(days));
      gap.post = PostId{row.holder.index};
    } else {
      return;
    }
    for_each_run(DaySet(row.valid).without(exists), search_.days,
                 [&](const Interval& run) {
                   gap.days = run;
                   search_.add(gap);
                 });
  }

  void find_not_allowed(const AssignmentState& row) {
    const Snapshot& snapshot = *index_.snapshot;
    const Role& role = snapshot.roles()[row.role.value];
    const auto& types = role.holder_types;
    bool is_allowed =
        types.empty() ||
        std::find(types.begin(), types.end(), row.holder.type) != types.end();
    if (is_allowed && row.holder.type == EntityType::unit &&
        row.holder.index != none && !role.holder_kinds.empty()) {
      const KindId kind = snapshot.kind(UnitIndex{row.holder.index});
      is_allowed = std::any_of(
          role.holder_kinds.begin(), role.holder_kinds.end(),
          [&](KindId allowed) { return snapshot.is_a(kind, allowed); });
    }
    if (!is_allowed) search_.add(gap_of(GapType::holder_not_allowed, row));
  }

  GapSearch& search_;
  const Responsibility::Index& index_;
  std::vector<std::uint32_t> ended_;
};

// Units that lead a duty for each other.
class CircleSearch {
 public:
  explicit CircleSearch(GapSearch& search)
      : search_(search),
        index_(search.index),
        leads_in_(index_.snapshot->unit_count(), none) {}

  void look_at(DutyId duty) {
    list_edges(duty);
    if (edges_.empty()) return;
    EdgeList all(edges_.size());
    for (std::uint32_t at = 0; at < all.size(); ++at) all[at] = at;
    for (const EdgeList& part : connected_parts(edges_, all)) {
      look_at_part(duty, part);
    }
  }

 private:
  // Edges from a unit to one that leads for it, if that one is led as well.
  void list_edges(DutyId duty) {
    edges_.clear();
    const auto rows = index_.assignments_of_duty.of(duty.value);
    const auto is_edge = [&](const AssignmentState& row) {
      return index_.has_function(row.role, RoleFunction::lead) &&
             row.holder.type == EntityType::unit && row.holder.index != none &&
             !unit_of(row).is_none() && unit_of(row).value != row.holder.index;
    };
    for (const std::uint32_t at : rows) {
      const AssignmentState& row = index_.assignments[at];
      if (is_edge(row)) leads_in_[unit_of(row).value] = duty.value;
    }
    for (const std::uint32_t at : rows) {
      const AssignmentState& row = index_.assignments[at];
      if (is_edge(row) && leads_in_[row.holder.index] == duty.value) {
        edges_.push_back({unit_of(row).value, row.holder.index, row.valid});
      }
    }
  }

  // Between two days of `starts` the same edges hold, and so do the circles.
  struct Part {
    DutyId duty{};
    const EdgeList& edges;
    std::vector<Date> starts;
    std::map<std::size_t, std::vector<Gap>>
        circles;  // By position in `starts`.
  };

  void look_at_part(DutyId duty, const EdgeList& edges) {
    Part part{duty, edges, {Date::open_start()}, {}};
    for (const std::uint32_t at : edges) {
      const Interval& valid = edges_[at].valid;
      part.starts.push_back(valid.valid_from);
      if (valid.valid_until != Date::open_end()) {
        part.starts.push_back(valid.valid_until);
      }
    }
    auto& starts = part.starts;
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    const auto first =
        static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(),
                                                  search_.days.valid_from) -
                                 starts.begin() - 1);
    for (std::size_t at = first;
         at < starts.size() && starts[at] < search_.days.valid_until; ++at) {
      if (!search_.go_on(duty.value, index_.traits.size())) return;
      for (const Gap& gap : circles_at(part, at)) {
        if (at > first && holds_at(part, at - 1, gap)) continue;  // Told.
        add_run(part, at, gap);
      }
    }
  }

  // Adds a circle on the days around those of `at` on which it is the same: a
  // further assignment may make it part of a larger one.
  void add_run(Part& part, std::size_t at, const Gap& gap) {
    Gap run = gap;
    std::size_t from = at;
    while (from > 0 && holds_at(part, from - 1, gap)) --from;
    std::size_t until = at + 1;
    while (until < part.starts.size() && holds_at(part, until, gap)) ++until;
    run.days = run.days.intersected(
        {part.starts[from],
         until < part.starts.size() ? part.starts[until] : Date::open_end()});
    search_.add(run);
  }

  bool holds_at(Part& part, std::size_t at, const Gap& gap) {
    if (!gap.days.contains(part.starts[at]) ||
        !search_.go_on(part.duty.value, index_.traits.size())) {
      return false;
    }
    const std::vector<Gap>& circles = circles_at(part, at);
    return std::any_of(circles.begin(), circles.end(), [&](const Gap& one) {
      return one.days == gap.days && one.unit == gap.unit &&
             one.other.index == gap.other.index && one.count == gap.count;
    });
  }

  const std::vector<Gap>& circles_at(Part& part, std::size_t at) {
    const auto [found, is_new] = part.circles.try_emplace(at);
    if (!is_new) return found->second;
    EdgeList holding;
    for (const std::uint32_t edge : part.edges) {
      if (edges_[edge].valid.contains(part.starts[at])) holding.push_back(edge);
    }
    for (const EdgeList& circle : connected_parts(edges_, holding)) {
      found->second.push_back(gap_of(part.duty, circle));
    }
    return found->second;
  }

  [[nodiscard]] Gap gap_of(DutyId duty, const EdgeList& circle) const {
    Gap gap;
    gap.type = GapType::delegation_cycle;
    gap.duty = duty;
    gap.days = {};
    std::set<std::uint32_t> units;
    for (const std::uint32_t at : circle) {
      gap.days = gap.days.intersected(edges_[at].valid);
      units.insert(edges_[at].child);
    }
    gap.unit = UnitIndex{*units.begin()};
    std::uint32_t next = none;
    for (const std::uint32_t at : circle) {
      if (edges_[at].child == gap.unit.value) {
        next = std::min(next, edges_[at].parent);
      }
    }
    gap.other = {EntityType::unit, next};
    gap.count = static_cast<std::int64_t>(units.size());
    return gap;
  }

  GapSearch& search_;
  const Responsibility::Index& index_;
  std::vector<std::uint32_t> leads_in_;  // By unit, the last duty led in it.
  std::vector<DatedEdge> edges_;
};

}  // namespace

void find_assignment_gaps(GapSearch& search) {
  const std::size_t count = search.index.assignments.size();
  AssignmentSearch assignments(search);
  for (std::uint32_t at = 0; at < count; ++at) {
    if (at % 500'000 == 0 && !search.go_on(at, count)) return;
    assignments.look_at(at);
  }
  assignments.find_expired();
  if (!search.wants(GapType::delegation_cycle)) return;
  CircleSearch circles(search);
  const auto duties = static_cast<std::uint32_t>(search.index.traits.size());
  for (std::uint32_t duty = 0; duty < duties; ++duty) {
    if (search.wants(DutyId{duty})) circles.look_at(DutyId{duty});
  }
}

}  // namespace headrope
