// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings that needs ask for: holders of a role, ties and turns, for each unit
// of a scope.

#include <algorithm>

#include "responsibility/gap_search.hpp"

namespace headrope {
namespace {

using Type = Need::Type;

// A person in a post of the role that a need names, on all days.
struct Sitting {
  PersonId person{};
  PostId post{};
  Interval days{};
};

class NeedSearch {
 public:
  NeedSearch(GapSearch& search, const NeedState& need)
      : search_(search), index_(search.index), need_(need) {}

  void run() {
    if (need_.type == Type::holders && !need_.duty.is_none() &&
        !need_.has_scope && !index_.traits[need_.duty.value].has_scopes) {
      find_holders(UnitIndex{});
      return;
    }
    const std::vector<std::uint8_t> units = units_asked();
    for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
      if (units[unit] == 0 || !search_.wants(UnitIndex{unit})) continue;
      if (unit % 100'000 == 0 && !search_.go_on(unit, units.size())) return;
      if (search_.is_over()) return;
      look_at(UnitIndex{unit});
    }
  }

 private:
  [[nodiscard]] std::vector<std::uint8_t> units_asked() const {
    std::vector<std::uint8_t> units(index_.snapshot->unit_count());
    if (need_.has_scope) {
      mark_covered(*index_.snapshot, need_.scope, units);
    } else if (!need_.duty.is_none()) {
      return units_reached(index_, need_.duty, search_.days);
    } else {
      std::fill(units.begin(), units.end(), std::uint8_t{1});
    }
    return units;
  }

  void look_at(UnitIndex unit) {
    switch (need_.type) {
      case Type::holders:
        find_holders(unit);
        return;
      case Type::pairings:
        find_ties(index_.ties_of_unit.of(unit.value), unit, {});
        return;
      case Type::pairings_held:
        if (need_.role.is_none()) {
          find_ties(index_.ties_of_unit_holder.of(unit.value), unit, {});
        } else {
          find_ties_of_sitters(unit);
        }
        return;
      case Type::turns:
        find_turns(unit);
    }
  }

  [[nodiscard]] Gap gap_of(UnitIndex unit, PersonId person) const {
    Gap gap;
    gap.duty = need_.duty;
    gap.role = need_.role;
    gap.unit = unit;
    gap.person = person;
    gap.clause = need_.clause;
    gap.text = need_.pairing;
    return gap;
  }

  // Adds the runs on which a number is below or above the bounds.
  // @param count_on the number on a day; nothing where the need does not ask.
  template <typename CountOn>
  void find(std::vector<Interval> parts, Gap gap, const CountOn& count_on) {
    const std::int64_t least = need_.at_least;
    const bool has_most =
        need_.at_most.has_value() && need_.type != Type::turns;
    const std::int64_t most = need_.at_most.value_or(0);
    parts.push_back(need_.valid);
    for_each_run(
        parts, search_.days,
        [&](Date day) -> std::optional<std::int64_t> {
          if (!need_.valid.contains(day)) return std::nullopt;
          const std::optional<std::int64_t> count = count_on(day);
          if (!count || (*count >= least && !(has_most && *count > most))) {
            return std::nullopt;
          }
          return count;
        },
        [&](const Interval& run, std::int64_t count) {
          gap.type = type_of(count < least);
          gap.days = run;
          gap.count = count;
          gap.limit = count < least ? least : most;
          search_.add(gap);
        });
  }

  [[nodiscard]] GapType type_of(bool are_too_few) const {
    switch (need_.type) {
      case Type::holders:
        if (!are_too_few) return GapType::holders_too_many;
        return index_.has_function(need_.role, RoleFunction::contact)
                   ? GapType::designated_person_missing
                   : GapType::holders_too_few;
      case Type::turns:
        return GapType::turn_skipped;
      case Type::pairings:
      case Type::pairings_held:
        break;
    }
    if (!are_too_few) return GapType::pairing_double;
    if (need_.pairing != "contact_point") return GapType::pairing_missing;
    return need_.type == Type::pairings ? GapType::contact_point_missing
                                        : GapType::leader_without_contact_point;
  }

  // Who sits in posts of the role in a unit, titular or acting.
  [[nodiscard]] std::vector<Sitting> sittings(UnitIndex unit) const {
    std::vector<Sitting> list;
    for (const std::uint32_t at : index_.posts_of_unit.of(unit.value)) {
      const PostState& post = index_.posts[at];
      if (post.role != need_.role) continue;
      for (const std::uint32_t held :
           index_.holders_of_post.of(post.post.value)) {
        const PostHolder& holder = index_.holders[held];
        const Interval days = holder.valid.intersected(post.valid);
        if (!days.is_empty()) list.push_back({holder.person, post.post, days});
      }
    }
    return list;
  }

  void find_holders(UnitIndex unit) {
    const std::vector<Sitting> sitting =
        unit.is_none() ? std::vector<Sitting>() : sittings(unit);
    std::vector<Interval> parts;
    for (const Sitting& one : sitting) parts.push_back(one.days);
    CoverList covering;
    DaySet reached;
    const bool has_duty = !need_.duty.is_none();
    if (has_duty) {
      covering = index_.covering(need_.duty, unit);
      reached = index_.days_reached(need_.duty, unit);
      parts.insert(parts.end(), reached.runs().begin(), reached.runs().end());
      for (const Covering& one : covering.list) {
        parts.push_back(index_.assignments[one.position].valid);
      }
    }
    std::vector<Covering> nearest;
    find(std::move(parts), gap_of(unit, {}),
         [&](Date day) -> std::optional<std::int64_t> {
           if (has_duty && !need_.has_scope && !reached.contains(day)) {
             return std::nullopt;
           }
           if (has_duty && reached.contains(day)) {
             index_.nearest(covering, index_.group_of(need_.role), day,
                            nearest);
             if (!nearest.empty()) {
               return static_cast<std::int64_t>(nearest.size());
             }
           }
           return count_persons(sitting, day);
         });
  }

  static std::int64_t count_persons(const std::vector<Sitting>& sitting,
                                    Date day) {
    std::vector<PersonId> persons;
    for (const Sitting& one : sitting) {
      if (one.days.contains(day)) persons.push_back(one.person);
    }
    std::sort(persons.begin(), persons.end());
    return std::unique(persons.begin(), persons.end()) - persons.begin();
  }

  // The ties of the need's name among some.
  [[nodiscard]] std::vector<Interval> ties_in(
      std::span<const std::uint32_t> ties) const {
    std::vector<Interval> days;
    for (const std::uint32_t at : ties) {
      const Tie& tie = index_.ties[at];
      if (tie.pairing == need_.pairing) days.push_back(tie.valid);
    }
    return days;
  }

  static std::int64_t count_on(const std::vector<Interval>& list, Date day) {
    return std::count_if(list.begin(), list.end(), [&](const Interval& days) {
      return days.contains(day);
    });
  }

  void find_ties(std::span<const std::uint32_t> ties, UnitIndex unit,
                 PersonId person) {
    const std::vector<Interval> days = ties_in(ties);
    find(days, gap_of(unit, person),
         [&](Date day) -> std::optional<std::int64_t> {
           return count_on(days, day);
         });
  }

  // Each person who sits in a unit, with all sittings.
  template <typename Use>
  void for_each_sitter(std::vector<Sitting>& sitting, const Use& use) {
    std::stable_sort(sitting.begin(), sitting.end(),
                     [](const Sitting& left, const Sitting& right) {
                       return left.person < right.person;
                     });
    for (auto first = sitting.begin(); first != sitting.end();) {
      auto last = first;
      while (last != sitting.end() && last->person == first->person) ++last;
      use(std::span<const Sitting>(first, last));
      first = last;
    }
  }

  void find_ties_of_sitters(UnitIndex unit) {
    std::vector<Sitting> sitting = sittings(unit);
    for_each_sitter(sitting, [&](std::span<const Sitting> own) {
      const std::vector<Interval> of_person =
          ties_in(index_.ties_of_person.of(own.front().person.value));
      std::vector<Interval> parts = of_person;
      std::vector<std::vector<Interval>> of_posts;
      for (const Sitting& one : own) {
        parts.push_back(one.days);
        of_posts.push_back(ties_in(index_.ties_of_post.of(one.post.value)));
        parts.insert(parts.end(), of_posts.back().begin(),
                     of_posts.back().end());
      }
      find(std::move(parts), gap_of(unit, own.front().person),
           [&](Date day) -> std::optional<std::int64_t> {
             bool sits = false;
             std::int64_t count = count_on(of_person, day);
             PostId counted;
             for (std::size_t at = 0; at < own.size(); ++at) {
               if (!own[at].days.contains(day)) continue;
               // Two rows for one post do not make its ties two.
               if (!sits || own[at].post != counted) {
                 count += count_on(of_posts[at], day);
               }
               sits = true;
               counted = own[at].post;
             }
             if (!sits) return std::nullopt;
             return count;
           });
    });
  }

  // How many turns a person had in a year, up to the day of the snapshot.
  [[nodiscard]] std::int64_t turns_in(PersonId person,
                                      const Interval& year) const {
    const RecordColumns& records =
        index_.snapshot->person_records(need_.measure);
    const auto [first, last] = std::equal_range(
        records.subject.begin(), records.subject.end(), person.value);
    std::int64_t count = 0;
    for (auto at = first - records.subject.begin();
         at < last - records.subject.begin(); ++at) {
      const Date day{records.valid_from[static_cast<std::size_t>(at)]};
      if (year.contains(day) && day <= index_.snapshot->as_of()) ++count;
    }
    return count;
  }

  void find_turns(UnitIndex unit) {
    const std::vector<Sitting> sitting = sittings(unit);
    std::vector<std::int32_t> years;
    const Date last = index_.snapshot->as_of();
    const std::vector<std::int32_t> active = years_with_turns(sitting);
    for (const Sitting& one : sitting) {
      const Interval asked =
          one.days.intersected(search_.days)
              .intersected({Date::open_start(), add_days(last, 1)});
      if (asked.is_empty()) continue;
      // A turn can only be skipped in a year in which somebody had one.
      for (const std::int32_t year : active) {
        const Interval days = year_of(year);
        if (touches(days, asked)) years.push_back(year);
      }
    }
    std::sort(years.begin(), years.end());
    years.erase(std::unique(years.begin(), years.end()), years.end());
    for (const std::int32_t year : years) find_turns(unit, sitting, year);
  }

  static Interval year_of(std::int32_t year) {
    return period_of(make_date(year, 1, 1).value(), Period::year);
  }

  [[nodiscard]] std::vector<std::int32_t> years_with_turns(
      const std::vector<Sitting>& sitting) const {
    const RecordColumns& records =
        index_.snapshot->person_records(need_.measure);
    std::vector<std::int32_t> years;
    for (const Sitting& one : sitting) {
      const auto [first, last] = std::equal_range(
          records.subject.begin(), records.subject.end(), one.person.value);
      for (auto at = first - records.subject.begin();
           at < last - records.subject.begin(); ++at) {
        years.push_back(
            civil(Date{records.valid_from[static_cast<std::size_t>(at)]}).year);
      }
    }
    std::sort(years.begin(), years.end());
    years.erase(std::unique(years.begin(), years.end()), years.end());
    return years;
  }

  void find_turns(UnitIndex unit, std::vector<Sitting> sitting,
                  std::int32_t year) {
    const Interval days = year_of(year).intersected(
        {Date::open_start(), add_days(index_.snapshot->as_of(), 1)});
    std::vector<Interval> parts{days};
    std::vector<std::int64_t> turns;
    for (const Sitting& one : sitting) {
      parts.push_back(one.days);
      turns.push_back(turns_in(one.person, days));
    }
    const auto most_on = [&](Date day) {
      std::int64_t most = 0;
      for (std::size_t at = 0; at < sitting.size(); ++at) {
        if (sitting[at].days.contains(day)) most = std::max(most, turns[at]);
      }
      return most;
    };
    std::vector<Sitting> sorted = sitting;
    for_each_sitter(sorted, [&](std::span<const Sitting> own) {
      const std::int64_t count = turns_in(own.front().person, days);
      find(parts, gap_of(unit, own.front().person),
           [&](Date day) -> std::optional<std::int64_t> {
             const bool sits = std::any_of(
                 own.begin(), own.end(),
                 [&](const Sitting& one) { return one.days.contains(day); });
             if (!days.contains(day) || !sits || most_on(day) <= count) {
               return std::nullopt;
             }
             return count;
           });
    });
  }

  GapSearch& search_;
  const Responsibility::Index& index_;
  const NeedState& need_;
};

}  // namespace

void find_need_gaps(GapSearch& search) {
  const std::size_t count = search.index.needs.size();
  for (std::size_t at = 0; at < count; ++at) {
    const NeedState& need = search.index.needs[at];
    if (!search.wants(need.duty) || !touches(need.valid, search.days)) continue;
    if (!search.go_on(at, count)) return;
    NeedSearch(search, need).run();
  }
}

}  // namespace headrope
