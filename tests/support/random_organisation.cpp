// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/random_organisation.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <ostream>
#include <random>
#include <set>
#include <tuple>
#include <utility>

namespace headrope::testing {

namespace {

// Identities whose byte order is not the order in which they are made.
const std::array<Name, 14> unit_names{
    "m", "b",  "单位", "a",  "aa", "B",  "a10",
    "_", "a2", "é",    "zz", "0",  "单", "\xf0\x9f\x8c\xb3"};
const std::array<Name, 12> person_names{"p7", "p1", "p10", "p2", "员",  "P",
                                        "p",  "q",  "0",   "p3", "p30", "~"};
constexpr std::size_t record_count_max = 40;
constexpr std::size_t mark_count_max = 40;
constexpr std::size_t extra_count_max = 14;

struct Draw {  // A link, a membership or an attribute before it is checked.
  std::uint32_t table, subject, object;
  Interval valid, recorded;
};
struct RecordDraw {
  std::uint32_t measure, subjects, unit, person;
  std::int32_t length;
  Date day;
  Reach reach;
  std::int64_t value;
  Interval recorded;
};
struct UnitDraw {
  std::uint32_t shape, kind;
  Date day;
  std::int32_t gap;
  Interval recorded;
  std::array<std::uint32_t, 5> parents;  // Two of them for second parents.
};
struct MarkDraw {
  std::uint32_t record, person;
  Presence presence;
  Interval recorded;
};

// As likely long as short, also in the first cases.
template <typename T>
rc::Gen<std::vector<T>> list_of(std::size_t count_max, rc::Gen<T> item) {
  return rc::gen::mapcat(below<std::size_t>(count_max + 1),
                         [item](std::size_t n) {
                           return rc::gen::container<std::vector<T>>(n, item);
                         });
}

rc::Gen<Date> day_of(std::vector<std::int32_t> offsets) {
  return rc::gen::map(
      rc::gen::elementOf(std::move(offsets)),
      [](std::int32_t offset) { return add_days(middle, offset); });
}

rc::Gen<Interval> recorded_intervals() {
  return rc::gen::mapcat(below<int>(4), [](int choice) {
    return choice < 3 ? rc::gen::just(Interval{}) : intervals();
  });
}

rc::Gen<Draw> draws(std::uint32_t tables) {
  return rc::gen::build<Draw>(
      rc::gen::set(&Draw::table, below<std::uint32_t>(tables)),
      rc::gen::set(&Draw::subject, below<std::uint32_t>(1000)),
      rc::gen::set(&Draw::object, below<std::uint32_t>(1000)),
      rc::gen::set(&Draw::valid, intervals()),
      rc::gen::set(&Draw::recorded, recorded_intervals()));
}

rc::Gen<UnitDraw> unit_draws() {
  return rc::gen::build<UnitDraw>(
      rc::gen::set(&UnitDraw::shape, below<std::uint32_t>(12)),
      rc::gen::set(&UnitDraw::kind, below<std::uint32_t>(5)),
      rc::gen::set(&UnitDraw::day, days()),
      rc::gen::set(&UnitDraw::gap, below<std::int32_t>(20)),
      rc::gen::set(&UnitDraw::recorded, recorded_intervals()),
      rc::gen::set(&UnitDraw::parents,
                   rc::gen::container<std::array<std::uint32_t, 5>>(
                       below<std::uint32_t>(1000))));
}

rc::Gen<std::int64_t> values(bool large) {
  constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
  return large ? rc::gen::elementOf(std::vector<std::int64_t>{
                     0, 1, -1, top, -top, -top - 1, top / 2, top / 2 + 1,
                     -(top / 2) - 1})
               : rc::gen::map(below<std::int64_t>(14), [](std::int64_t value) {
                   return value < 12 ? value : 11 - value;  // Down to -2.
                 });
}

rc::Gen<RecordDraw> record_draws(bool large) {
  return rc::gen::build<RecordDraw>(
      rc::gen::set(&RecordDraw::measure, below<std::uint32_t>(12)),
      rc::gen::set(&RecordDraw::subjects, below<std::uint32_t>(5)),
      rc::gen::set(&RecordDraw::unit, below<std::uint32_t>(1000)),
      rc::gen::set(&RecordDraw::person, below<std::uint32_t>(1000)),
      rc::gen::set(&RecordDraw::length,
                   rc::gen::elementOf(std::vector<std::int32_t>{
                       1, 1, 1, 1, 2, 3, 5, 14, 31, 45})),
      rc::gen::set(&RecordDraw::day, days()),
      rc::gen::set(&RecordDraw::reach,
                   rc::gen::element(Reach::own, Reach::subtree)),
      rc::gen::set(&RecordDraw::value, values(large)),
      rc::gen::set(&RecordDraw::recorded, recorded_intervals()));
}

rc::Gen<MarkDraw> mark_draws() {
  return rc::gen::build<MarkDraw>(
      rc::gen::set(&MarkDraw::record, below<std::uint32_t>(1000)),
      rc::gen::set(&MarkDraw::person, below<std::uint32_t>(1000)),
      rc::gen::set(&MarkDraw::presence,
                   rc::gen::map(below<std::uint8_t>(5),
                                [](std::uint8_t value) {
                                  return static_cast<Presence>(value);
                                })),
      rc::gen::set(&MarkDraw::recorded, recorded_intervals()));
}

bool meet(const Clocks& a, const Clocks& b) {
  return a.valid.overlaps(b.valid) && a.recorded.overlaps(b.recorded);
}

// The days of a unit's life, most often all of them, and its dated names.
void add_states(Organisation& organisation, const Name& unit,
                const UnitDraw& draw) {
  const Name& kind = kind_names[draw.kind];
  const Name& other = kind_names[(draw.kind + draw.shape) % kind_names.size()];
  const Date gap_end = add_days(draw.day, draw.gap);
  const Interval before{Date::open_start(), draw.day};
  const Interval after{gap_end, Date::open_end()};
  const auto add = [&](const Name& as, const Name& name, Interval valid,
                       Interval recorded = {}) {
    organisation.states.push_back({unit, as, name, {valid, recorded}});
  };
  switch (draw.shape) {
    case 6:  // Renamed, or closed and opened again.
    case 7:
      add(kind, "old", before);
      add(other, "new", after);
      break;
    case 8:
      add(kind, "founded", after);
      break;
    case 9:
      add(kind, "closed", before);
      break;
    case 10:  // Corrected: until a day the books said otherwise.
      add(kind, "as first told", before, {Date::open_start(), gap_end});
      add(other, "corrected", {}, {gap_end, Date::open_end()});
      break;
    case 11:  // Not in the books at all, or for a time.
      if (draw.gap % 2 == 0) {
        add(kind, "late", {}, draw.recorded);
      }
      break;
    default:
      add(kind, "plain", {});
  }
}

// Adds a link unless it would contradict one that is there. Parents come
// earlier in the order of units (later in `line`), so no cycle can be.
void add_link(Organisation& organisation, std::size_t hierarchy,
              std::size_t unit, std::uint32_t pick, Clocks clocks) {
  const std::size_t count = organisation.units.size();
  const bool reversed = hierarchy == 1;
  const auto position = [&](std::size_t i) {
    return reversed ? count - 1 - i : i;
  };
  const bool leaves_only = hierarchy == 1;
  const std::size_t parent = pick % (unit + 1);
  const bool is_leaf = leaves_only && unit % 2 == 1;
  if (leaves_only && parent != unit && parent % 2 == 1) {
    return;  // Those are kept without children.
  }
  LinkRow row{hierarchy_names[hierarchy], organisation.units[position(unit)],
              parent == unit ? Name{} : organisation.units[position(parent)],
              clocks};
  for (const LinkRow& other : organisation.links) {
    if (other.hierarchy != row.hierarchy || other.unit != row.unit ||
        !meet(other.clocks, clocks)) {
      continue;
    }
    const bool several = hierarchy == 2 || is_leaf;
    if (!several || other.parent == row.parent || other.parent.empty() ||
        row.parent.empty()) {
      return;
    }
  }
  organisation.links.push_back(std::move(row));
}

// The links that always hold, where dated ones leave room for them.
void add_plain_links(Organisation& organisation, std::size_t unit,
                     const UnitDraw& draw) {
  const std::array<std::size_t, 5> hierarchies{0, 1, 2, 1, 2};
  for (std::size_t i = 0; i < hierarchies.size(); ++i) {
    const std::uint32_t pick = draw.parents[i];
    const std::uint32_t choice = pick % 5;
    if (choice == 4 || (i >= 3 && choice >= 2)) {
      continue;  // Some stay outside, most have no second parent.
    }
    // Half of them below the one before, so that hierarchies grow deep.
    const bool below_last = choice % 2 == 1 && unit > 0;
    add_link(organisation, hierarchies[i], unit,
             below_last ? static_cast<std::uint32_t>(unit - 1) : pick / 5, {});
  }
}

void add_membership(Organisation& organisation, const Draw& draw) {
  if (organisation.units.empty() || organisation.persons.empty()) {
    return;
  }
  MembershipRow row{
      organisation.persons[draw.subject % organisation.persons.size()],
      organisation.units[draw.object % organisation.units.size()],
      draw.table == 2 ? Standing::secondary : Standing::primary,
      {draw.valid, draw.recorded}};
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

void add_record(Organisation& organisation, const RecordDraw& draw) {
  const bool has_unit = draw.subjects != 4 && !organisation.units.empty();
  const bool has_person = draw.subjects >= 3 && !organisation.persons.empty();
  if (!has_unit && !has_person) {
    return;
  }
  // Sessions and hours come more often than the others.
  const std::size_t measure =
      draw.measure < measure_rows.size() ? draw.measure : draw.measure % 3;
  RecordRow row{
      "r" + std::to_string(organisation.records.size()),
      measure_rows[measure].id,
      has_unit ? organisation.units[draw.unit % organisation.units.size()] : "",
      has_person
          ? organisation.persons[draw.person % organisation.persons.size()]
          : "",
      draw.reach,
      measure_rows[measure].nature == Nature::flag ? draw.value & 1
                                                   : draw.value,
      {{draw.day, add_days(draw.day, draw.length)}, draw.recorded}};
  organisation.records.push_back(std::move(row));
}

void add_mark(Organisation& organisation, const MarkDraw& draw) {
  if (organisation.records.empty() || organisation.persons.empty()) {
    return;
  }
  AttendanceRow row{
      organisation.records[draw.record % organisation.records.size()].record,
      organisation.persons[draw.person % organisation.persons.size()],
      draw.presence, draw.recorded};
  for (const AttendanceRow& other : organisation.attendance) {
    if (other.record == row.record && other.person == row.person &&
        other.recorded.overlaps(row.recorded)) {
      return;
    }
  }
  organisation.attendance.push_back(std::move(row));
}

void add_attribute(Organisation& organisation, const Draw& draw) {
  const bool of_unit = draw.table < 3;
  const std::vector<Name>& subjects =
      of_unit ? organisation.units : organisation.persons;
  if (subjects.empty()) {
    return;
  }
  AttributeRow row{of_unit ? EntityType::unit : EntityType::person,
                   subjects[draw.subject % subjects.size()],
                   attribute_names[draw.object % attribute_names.size()],
                   attribute_values[draw.object / 2 % attribute_values.size()],
                   {draw.valid, draw.recorded}};
  for (const AttributeRow& other : organisation.attributes) {
    if (other.type == row.type && other.subject == row.subject &&
        other.attribute == row.attribute && meet(other.clocks, row.clocks)) {
      return;
    }
  }
  organisation.attributes.push_back(std::move(row));
}

// In the order of the generators in `organisations`.
using Drawn = std::tuple<std::vector<UnitDraw>, std::size_t, std::vector<Draw>,
                         std::vector<Draw>, std::vector<RecordDraw>,
                         std::vector<MarkDraw>, std::vector<Draw>,
                         std::vector<bool>, Date, Date>;

Organisation assembled(const Drawn& drawn) {
  const auto& [units, person_count, links, memberships, records, marks,
               attributes, ignored, as_of, known_on] = drawn;
  Organisation organisation;
  organisation.as_of = as_of;
  organisation.known_on = known_on;
  for (std::size_t i = 0; i < organisation.orphans.size(); ++i) {
    organisation.orphans[i] =
        ignored[i] ? OrphanPolicy::ignore : OrphanPolicy::root;
  }
  organisation.units.assign(
      unit_names.begin(),
      unit_names.begin() + static_cast<std::ptrdiff_t>(units.size()));
  organisation.persons.assign(
      person_names.begin(),
      person_names.begin() + static_cast<std::ptrdiff_t>(person_count));
  for (std::size_t i = 0; i < units.size(); ++i) {
    add_states(organisation, organisation.units[i], units[i]);
  }
  // Dated links first; what they leave open, the plain ones fill.
  for (const Draw& draw : links) {
    if (!units.empty()) {
      add_link(organisation, draw.table, draw.subject % units.size(),
               draw.object, {draw.valid, draw.recorded});
    }
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    add_plain_links(organisation, i, units[i]);
  }
  for (const Draw& draw : memberships) {
    add_membership(organisation, draw);
  }
  for (const RecordDraw& draw : records) {
    add_record(organisation, draw);
  }
  for (const MarkDraw& draw : marks) {
    add_mark(organisation, draw);
  }
  for (const Draw& draw : attributes) {
    add_attribute(organisation, draw);
  }
  return organisation;
}

}  // namespace

rc::Gen<Date> days() {
  return rc::gen::mapcat(below<int>(4), [](int choice) {
    return choice < 3 ? day_of({0, 1, -1, 30, 31, 32, -31, -30, 6, 7, 14, 59,
                                60, -60, 90, -92})
                      : rc::gen::map(
                            below<std::int32_t>(121),
                            [](std::int32_t offset) {
                              return add_days(middle, offset - 60);
                            });
  });
}

rc::Gen<Interval> windows() {
  return rc::gen::map(
      rc::gen::pair(days(), days()), [](const std::pair<Date, Date>& ends) {
        const auto& [from, until] = std::minmax(ends.first, ends.second);
        return Interval{from, add_days(until, 1)};
      });
}

// The first choices are the plain ones, to which cases shrink.
rc::Gen<Interval> intervals() {
  return rc::gen::map(rc::gen::tuple(below<int>(8), days(), days()),
                      [](const std::tuple<int, Date, Date>& draw) {
                        auto [open, from, until] = draw;
                        if (until < from) {
                          std::swap(from, until);
                        }
                        Interval interval{
                            from, until == from ? add_days(until, 1) : until};
                        if (open < 5 && open != 3) {
                          interval.valid_from = Date::open_start();
                        }
                        if (open < 5 && open != 4) {
                          interval.valid_until = Date::open_end();
                        }
                        return interval;
                      });
}

// Most often a day on which there is something to look back on.
rc::Gen<Date> late_days() {
  return rc::gen::map(
      rc::gen::pair(days(), rc::gen::element<std::int32_t>(0, 45, 150, 365)),
      [](const std::pair<Date, std::int32_t>& drawn) {
        return add_days(drawn.first, drawn.second);
      });
}

rc::Gen<Organisation> organisations(const OrganisationOptions& options) {
  return rc::gen::map(
      rc::gen::tuple(
          list_of(unit_names.size(), unit_draws()),
          below<std::size_t>(person_names.size() + 1),
          list_of(extra_count_max, draws(3)),
          list_of(2 * extra_count_max, draws(3)),
          list_of(record_count_max, record_draws(options.large_values)),
          list_of(mark_count_max, mark_draws()),
          list_of(extra_count_max, draws(5)),
          rc::gen::container<std::vector<bool>>(
              3, rc::gen::map(below<int>(4), [](int i) { return i == 3; })),
          days(),
          rc::gen::mapcat(below<int>(3),
                          [](int choice) {
                            return choice < 2 ? rc::gen::just(latest_day)
                                              : days();
                          })),
      assembled);
}

}  // namespace headrope::testing
