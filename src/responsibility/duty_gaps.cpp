// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings about a duty at each unit that it reaches. What a unit answers to is
// decided by the rows that stand at it and above it and by its kind; units that
// agree in these form a class, and a class is looked at once.

#include <algorithm>
#include <unordered_map>

#include "responsibility/gap_search.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// The first two leads and how many there are.
struct Leads {
  Entity first{};
  Entity second{};
  std::int64_t count = 0;
  friend bool operator==(const Leads&, const Leads&) = default;
};

// What is found for a class of units, without the unit.
struct ClassFindings {
  std::vector<Gap> gaps;
  std::vector<std::uint32_t> lead_units;  // Units that lead on some day.
};

class DutySearch {
 public:
  DutySearch(GapSearch& search, DutyId duty)
      : search_(search),
        index_(search.index),
        duty_(duty),
        is_one_day_(search.is_one_day() &&
                    index_.holds_on(duty, search.days.valid_from)) {
    const auto rows = index_.assignments_of_duty.of(duty.value);
    has_limits_ = std::any_of(rows.begin(), rows.end(), [&](std::uint32_t at) {
      const RoleId role = index_.assignments[at].role;
      return index_.snapshot->roles()[role.value].holders_max.has_value();
    });
  }

  // True if one other unit, post or person leads on the one day asked about,
  // so that nothing is to be found.
  [[nodiscard]] bool is_plain(UnitIndex unit) const {
    if (!is_one_day_ || has_limits_) return false;
    Covering lead;
    return index_.count_leads(duty_, unit, search_.days.valid_from, lead) ==
               1 &&
           index_.assignments[lead.position].holder !=
               Entity{EntityType::unit, unit.value};
  }

  [[nodiscard]] ClassFindings look_at(UnitIndex unit) {
    ClassFindings found;
    covering_ = index_.covering(duty_, unit);
    reached_ = index_.days_reached(duty_, unit);
    std::vector<Interval> led;
    for (const Covering& one : covering_.list) {
      const AssignmentState& row = index_.assignments[one.position];
      if (!index_.has_function(row.role, RoleFunction::lead)) continue;
      led.push_back(row.valid);
      if (row.holder.type == EntityType::unit && row.holder.index != none) {
        found.lead_units.push_back(row.holder.index);
      }
    }
    if (led.size() > 1 && search_.wants(GapType::two_leads) &&
        !index_.traits[duty_.value].counts_leads) {
      find_two_leads(unit, found);
    }
    const DaySet open = search_.wants(GapType::no_lead)
                            ? reached_.without(DaySet(std::move(led)))
                            : DaySet();
    for_each_run(open, search_.days, [&](const Interval& run) {
      Gap gap = gap_of(GapType::no_lead, run);
      gap.limit = 1;
      found.gaps.push_back(gap);
    });
    find_too_many(found);
    return found;
  }

  // The runs on which a unit is among its own nearest leads.
  void find_self_lead(UnitIndex unit) {
    covering_ = index_.covering(duty_, unit);
    reached_ = index_.days_reached(duty_, unit);
    const Entity self{EntityType::unit, unit.value};
    for_each_run(
        parts_of(lead_group), search_.days,
        [&](Date day) -> std::optional<bool> {
          if (!reached_.contains(day)) return std::nullopt;
          index_.nearest(covering_, lead_group, day, nearest_);
          for (const Covering& one : nearest_) {
            if (index_.assignments[one.position].holder == self) return true;
          }
          return std::nullopt;
        },
        [&](const Interval& run, bool) {
          Gap gap = gap_of(GapType::self_lead, run);
          gap.unit = unit;
          gap.holder = self;
          search_.add(gap);
        });
  }

 private:
  [[nodiscard]] Gap gap_of(GapType type, const Interval& run) const {
    Gap gap;
    gap.type = type;
    gap.days = run;
    gap.duty = duty_;
    return gap;
  }

  // The days of the assignments of a group, and those on which it reaches.
  [[nodiscard]] std::vector<Interval> parts_of(RoleGroup group) const {
    std::vector<Interval> parts(reached_.runs().begin(), reached_.runs().end());
    for (const Covering& one : covering_.list) {
      const AssignmentState& row = index_.assignments[one.position];
      if (index_.group_of(row.role) == group) parts.push_back(row.valid);
    }
    return parts;
  }

  void find_two_leads(UnitIndex unit, ClassFindings& found) {
    for_each_run(
        parts_of(lead_group), search_.days,
        [&](Date day) -> std::optional<Leads> {
          if (!reached_.contains(day)) return std::nullopt;
          index_.nearest(covering_, lead_group, day, nearest_);
          // For parts of a whole, several may lead.
          if (nearest_.size() < 2 ||
              (unit.is_none() &&
               nearest_.front().reached == Reached::own_post)) {
            return std::nullopt;
          }
          return Leads{index_.assignments[nearest_[0].position].holder,
                       index_.assignments[nearest_[1].position].holder,
                       static_cast<std::int64_t>(nearest_.size())};
        },
        [&](const Interval& run, const Leads& leads) {
          Gap gap = gap_of(GapType::two_leads, run);
          gap.holder = leads.first;
          gap.other = leads.second;
          gap.count = leads.count;
          gap.limit = 1;
          found.gaps.push_back(gap);
        });
  }

  // More holders of a role than the role allows.
  void find_too_many(ClassFindings& found) {
    if (covering_.list.size() < 2 ||
        !search_.wants(GapType::holders_too_many)) {
      return;
    }
    std::vector<RoleId> roles;
    for (const Covering& one : covering_.list) {
      const RoleId role = index_.assignments[one.position].role;
      if (index_.snapshot->roles()[role.value].holders_max) {
        roles.push_back(role);
      }
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    for (const RoleId role : roles) {
      const std::int64_t most =
          index_.snapshot->roles()[role.value].holders_max.value_or(0);
      for_each_run(
          parts_of(index_.group_of(role)), search_.days,
          [&](Date day) -> std::optional<std::int64_t> {
            if (!reached_.contains(day)) return std::nullopt;
            index_.nearest(covering_, index_.group_of(role), day, nearest_,
                           OnePer::role);
            const auto count = std::count_if(
                nearest_.begin(), nearest_.end(), [&](const Covering& one) {
                  return index_.assignments[one.position].role == role;
                });
            if (count <= most) return std::nullopt;
            return count;
          },
          [&](const Interval& run, std::int64_t count) {
            Gap gap = gap_of(GapType::holders_too_many, run);
            gap.role = role;
            gap.count = count;
            gap.limit = most;
            found.gaps.push_back(gap);
          });
    }
  }

  GapSearch& search_;
  const Responsibility::Index& index_;
  DutyId duty_;
  bool is_one_day_;
  bool has_limits_ = false;  // Some role of its assignments has.
  CoverList covering_;
  DaySet reached_;
  std::vector<Covering> nearest_;
};

// The units of a duty by class.
class Classes {
 public:
  Classes(const Responsibility::Index& index, DutyId duty)
      : index_(index), duty_(duty) {
    const auto below = index.assignments_by_scope.forests(duty);
    const auto reach = index.reaches_by_scope.forests(duty);
    std::vector<std::uint32_t> forests(below.begin(), below.end());
    forests.insert(forests.end(), reach.begin(), reach.end());
    std::sort(forests.begin(), forests.end());
    forests.erase(std::unique(forests.begin(), forests.end()), forests.end());
    if (forests.size() > 1) return;
    const Forest* forest =
        forests.empty() ? nullptr : &index.snapshot->forests()[forests.front()];
    if (forest != nullptr && !forest->is_tree()) return;
    are_made_ = true;
    stands_.assign(index.snapshot->unit_count(), 0);
    note_rows();
    if (forest != nullptr) climb_down(*forest);
  }

  // The class of a unit; nothing if it is one of its own.
  [[nodiscard]] std::optional<std::uint64_t> of(UnitIndex unit) const {
    if (!are_made_ || stands_[unit.value] != 0) return std::nullopt;
    const std::uint64_t above = nearest_.empty() ? none : nearest_[unit.value];
    const std::uint64_t kind =
        uses_kinds_ ? index_.snapshot->kind(unit).value : 0;
    return (above << 32U) | kind;
  }

 private:
  void note(const DutyReach* scope) {
    if (scope == nullptr || scope->type == Scope::Type::all) return;
    if (scope->type == Scope::Type::kind) {
      uses_kinds_ = true;
    } else if (!scope->unit.is_none()) {
      stands_[scope->unit.value] = 1;
    }
  }

  void note_rows() {
    for (const std::uint32_t at : index_.assignments_of_duty.of(duty_.value)) {
      const AssignmentState& row = index_.assignments[at];
      note(row.has_scope ? &row.scope : nullptr);
    }
    for (const std::uint32_t at : index_.reaches_of_duty.of(duty_.value)) {
      note(&index_.reaches[at]);
    }
  }

  // By unit, the nearest unit at or above it at which a row stands.
  void climb_down(const Forest& forest) {
    nearest_.assign(index_.snapshot->unit_count(), none);
    for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
      const UnitIndex unit = forest.unit(PlaceIndex{at});
      if (stands_[unit.value] != 0) {
        nearest_[unit.value] = unit.value;
        continue;
      }
      const PlaceIndex parent = forest.parent(PlaceIndex{at});
      if (!parent.is_none()) {
        nearest_[unit.value] = nearest_[forest.unit(parent).value];
      }
    }
  }

  const Responsibility::Index& index_;
  DutyId duty_;
  bool are_made_ = false;
  bool uses_kinds_ = false;
  std::vector<std::uint8_t> stands_;
  std::vector<std::uint32_t> nearest_;
};

void find_gaps_of(GapSearch& search, DutyId duty) {
  const Responsibility::Index& index = search.index;
  DutySearch looker(search, duty);
  const auto add = [&](const ClassFindings& found, UnitIndex unit) {
    for (Gap gap : found.gaps) {
      gap.unit = unit;
      search.add(gap);
    }
    if (unit.is_none() || !search.wants(GapType::self_lead)) return;
    if (std::find(found.lead_units.begin(), found.lead_units.end(),
                  unit.value) != found.lead_units.end()) {
      looker.find_self_lead(unit);
    }
  };
  if (!index.traits[duty.value].has_scopes) {
    add(looker.look_at(UnitIndex{}), UnitIndex{});
    return;
  }
  const std::vector<std::uint8_t> reached =
      units_reached(index, duty, search.days);
  const Classes classes(index, duty);
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  std::vector<ClassFindings> findings;
  std::uint64_t last = ~std::uint64_t{0};
  std::uint32_t last_at = 0;
  for (std::uint32_t number = 0; number < reached.size(); ++number) {
    const UnitIndex unit{number};
    if (reached[number] == 0 || !search.wants(unit)) continue;
    if (search.is_over()) return;
    const auto key = classes.of(unit);
    if (!key) {
      if (!looker.is_plain(unit)) add(looker.look_at(unit), unit);
      continue;
    }
    if (*key != last) {
      const auto [at, is_new] =
          known.try_emplace(*key, static_cast<std::uint32_t>(findings.size()));
      if (is_new) findings.push_back(looker.look_at(unit));
      last = *key;
      last_at = at->second;
    }
    add(findings[last_at], unit);
  }
}

}  // namespace

void find_duty_gaps(GapSearch& search) {
  if (!search.wants(GapType::no_lead, GapType::two_leads) &&
      !search.wants(GapType::self_lead, GapType::holders_too_many)) {
    return;
  }
  const std::size_t count = search.index.traits.size();
  for (std::uint32_t duty = 0; duty < count; ++duty) {
    if (!search.index.traits[duty].is_known || !search.wants(DutyId{duty})) {
      continue;
    }
    if (!search.go_on(duty, count)) return;
    find_gaps_of(search, DutyId{duty});
  }
}

}  // namespace headrope
