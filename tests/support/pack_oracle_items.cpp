// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The part of the oracle of packs that finds the items of a selection.

#include <algorithm>

#include "support/oracle_calendar.hpp"
#include "support/pack_oracle.hpp"

namespace headrope::oracle {
namespace {

using testing::plan::Selection;

template <typename T>
bool has(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

Entity unit_of(UnitId unit) { return {EntityType::unit, unit.value}; }

// A unit without a place in a hierarchy has nothing below or above it.
Names below(const Shape& shape, const Name& unit) {
  return shape.placed.contains(unit) ? descendants(shape, unit) : Names{unit};
}

Names above(const Shape& shape, const Name& unit) {
  return shape.placed.contains(unit) ? ancestors(shape, unit) : Names{};
}

bool is_of_records(const Selection& selection) {
  return selection.type == Selection::Type::records ||
         selection.type == Selection::Type::attended;
}

}  // namespace

Shape PackOracle::shape_of(const Name& hierarchy) const {
  return facts_.shape(*registry_.find_hierarchy(hierarchy));
}

Name PackOracle::identity(const Entity& thing) const {
  switch (thing.type) {
    case EntityType::unit:
      return Name(registry_.unit_identities()[thing.index]);
    case EntityType::person:
      return Name(registry_.person_identities()[thing.index]);
    default:
      return Name(registry_.record_identity(RecordId{thing.index}));
  }
}

bool PackOracle::is_of_kinds(UnitId unit,
                             const std::vector<Name>& kinds) const {
  const UnitState* state = facts_.state(unit);
  return state != nullptr &&
         (kinds.empty() ||
          std::any_of(kinds.begin(), kinds.end(), [&](const Name& kind) {
            return registry_.is_a(state->kind, *registry_.find_kind(kind));
          }));
}

// Attributes of records hold on the record's first day, all others on the day.
std::optional<Name> PackOracle::attribute(const Entity& thing,
                                          const Name& name) const {
  const Date day = thing.type == EntityType::record
                       ? registry_.records()[thing.index].valid.valid_from
                       : as_of_;
  const auto id = registry_.find_attribute(name);
  for (const Attribute& row : registry_.attributes()) {
    if (id && row.subject == thing && row.attribute == *id &&
        row.valid.contains(day) && row.recorded.contains(known_on_)) {
      return Name(row.value);
    }
  }
  return std::nullopt;
}

Exact PackOracle::record_value(RecordId record) const {
  const Record& row = registry_.records()[record.value];
  Wide bottom = 1;
  for (int i = 0; i < registry_.measures()[row.measure.value].decimals; ++i) {
    bottom *= 10;
  }
  return exact(row.value, bottom);
}

bool PackOracle::is_marked(RecordId record, PersonId person,
                           const Selection& selection) const {
  const auto& marks = registry_.attendance();
  return std::any_of(marks.begin(), marks.end(), [&](const Attendance& mark) {
    const bool fits = selection.presences.empty()
                          ? attended_presences.contains(mark.presence)
                          : has(selection.presences, mark.presence);
    return mark.record == record && mark.person == person &&
           mark.recorded.contains(known_on_) && fits;
  });
}

// The records of a thing, over all dates, as far as the books know.
std::vector<Entity> PackOracle::records_of(const Selection& selection,
                                           const Entity& thing) const {
  Names units;  // Whose records count.
  Names joint;  // Whose joint records count.
  if (thing.type == EntityType::unit) {
    units.insert(identity(thing));
    if (selection.of_below) {
      units = below(shape_of(selection.along), identity(thing));
    }
    if (!selection.credited.empty()) {
      joint = above(shape_of(selection.credited), identity(thing));
    }
  }
  std::vector<Entity> found;
  for (std::uint32_t i = 0; i < registry_.records().size(); ++i) {
    const Record& row = registry_.records()[i];
    const Name measure(registry_.measures()[row.measure.value].id);
    if (!has(selection.measures, measure) ||
        !row.recorded.contains(known_on_)) {
      continue;
    }
    const Name unit = row.unit.is_none() ? Name{} : identity(unit_of(row.unit));
    const bool is_own =
        selection.type == Selection::Type::attended
            ? is_marked(RecordId{i}, PersonId{thing.index}, selection)
        : thing.type == EntityType::person ? row.person.value == thing.index
                                           : units.contains(unit);
    if (is_own || (row.reach == Reach::subtree && joint.contains(unit))) {
      found.push_back({EntityType::record, i});
    }
  }
  return found;
}

std::vector<Entity> PackOracle::unit_source(const Selection& selection,
                                            UnitId unit) const {
  const Name name = identity(unit_of(unit));
  std::vector<Entity> found;
  Names units{name};
  const bool is_below = selection.type == Selection::Type::members_below ||
                        selection.type == Selection::Type::units_below;
  if (is_below) {
    units = below(shape_of(selection.along), name);
  } else if (selection.type == Selection::Type::units_above) {
    units = above(shape_of(selection.along), name);
  } else if (selection.type == Selection::Type::units_children) {
    Shape shape = shape_of(selection.along);
    units = shape.placed.contains(name) ? shape.children[name] : Names{};
  }
  if (selection.type == Selection::Type::members_own ||
      selection.type == Selection::Type::members_below) {
    const auto persons = facts_.counted_members(
        units, selection.basis_any ? CountBasis::any : CountBasis::primary);
    for (const Name& person : Names(persons.begin(), persons.end())) {
      found.push_back(
          {EntityType::person, registry_.find_person(person)->value});
    }
    return found;
  }
  for (const Name& other : units) {
    const UnitId id = *registry_.find_unit(other);
    if (other != name && is_of_kinds(id, selection.kinds)) {
      found.push_back(unit_of(id));
    }
  }
  return found;
}

std::vector<Entity> PackOracle::source(const Selection& selection,
                                       const Asked& asked) const {
  if (is_of_records(selection)) {
    return records_of(selection, asked.thing);
  }
  if (selection.type != Selection::Type::units_own) {
    return unit_source(selection, UnitId{asked.thing.index});
  }
  std::vector<Entity> found;  // Where the person is a member.
  for (const Membership& row : registry_.memberships()) {
    if (row.person.value == asked.thing.index &&
        row.recorded.contains(known_on_) && row.valid.contains(as_of_) &&
        is_of_kinds(row.unit, selection.kinds) &&
        !has(found, unit_of(row.unit))) {
      found.push_back(unit_of(row.unit));
    }
  }
  return found;
}

// Whether a record belongs to the window: nothing after the day counts.
bool PackOracle::counts(const Selection& selection, const Interval& valid,
                        const Interval& window) const {
  const Interval seen = until_now(window);
  if (valid.valid_from > as_of_) {
    return false;
  }
  switch (selection.counts) {
    case Selection::Counts::begun:
      return seen.contains(valid.valid_from);
    case Selection::Counts::overlapping:
      return !seen.is_empty() && seen.overlaps(valid);
    case Selection::Counts::holding:
      break;
  }
  return valid.contains(std::min(as_of_, add_days(window.valid_until, -1)));
}

// Whether a record that holds on the day is known not to hold on the last day
// of the window.
bool PackOracle::ends_before(const Selection& selection, const Entity& thing,
                             const Interval& window) const {
  return is_of_records(selection) &&
         selection.counts == Selection::Counts::holding &&
         registry_.records()[thing.index].valid.valid_until <
             window.valid_until;
}

PackOracle::Items PackOracle::select(const Selection& selection,
                                     const Asked& asked) const {
  Items items;
  const bool of_records = is_of_records(selection);
  // Who belongs where may be another at the end of the window.
  const bool is_of_the_day =
      !of_records && selection.type != Selection::Type::windows;
  const auto add = [&](const Entity& thing, const Interval& window) {
    Asked of_item = asked;
    of_item.thing = thing;
    of_item.window = window;
    of_item.is_where = selection.type != Selection::Type::windows;
    Belief belief{Truth::yes, static_cast<std::uint8_t>(Truth::yes)};
    if (!selection.where.empty()) {
      belief = ask(selection.where[0], of_item);
      items.is_open = items.is_open || belief.is_open;
      belief = for_good(belief);
    }
    if (ends_before(selection, thing, window)) {
      belief.ends = static_cast<std::uint8_t>(Truth::no);
    } else if (is_of_the_day && is_open(window)) {
      belief.ends |= static_cast<std::uint8_t>(Truth::no);
    }
    items.list.push_back({thing, window, belief});
  };
  if (selection.type == Selection::Type::windows) {
    for (const Interval& part : windows(selection.parts, asked.window)) {
      add(asked.thing, part.intersected(asked.window));
    }
    return items;
  }
  items.may_grow = is_open(asked.window);
  for (const Entity& thing : source(selection, asked)) {
    if (!of_records || counts(selection, registry_.records()[thing.index].valid,
                              asked.window)) {
      add(thing, asked.window);
    }
  }
  return items;
}

}  // namespace headrope::oracle
