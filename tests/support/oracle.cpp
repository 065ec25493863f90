// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/oracle.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace headrope::oracle {
namespace {

template <typename T>
bool has(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

bool fits_int64(Wide value) {
  return value >= std::numeric_limits<std::int64_t>::min() &&
         value <= std::numeric_limits<std::int64_t>::max();
}

Names descendants(const Shape& shape, const Name& unit) {
  Names found{unit};
  std::vector<Name> open{unit};
  while (!open.empty()) {
    const auto below = shape.children.find(open.back());
    open.pop_back();
    if (below == shape.children.end()) {
      continue;
    }
    for (const Name& child : below->second) {
      if (found.insert(child).second) {
        open.push_back(child);
      }
    }
  }
  return found;
}

Names ancestors(const Shape& shape, const Name& unit) {
  Names found;
  for (const Name& other : shape.placed) {
    if (other != unit && descendants(shape, other).contains(unit)) {
      found.insert(other);
    }
  }
  return found;
}

bool Oracle::known(const Interval& recorded) const {
  return recorded.contains(known_on_);
}

Name Oracle::name(UnitId unit) const {
  return Name(registry_.unit_identities()[unit.value]);
}

Name Oracle::name(PersonId person) const {
  return Name(registry_.person_identities()[person.value]);
}

bool Oracle::lives(UnitId unit, Date day) const {
  const std::vector<Interval> spans = life(unit);
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Interval& span) { return span.contains(day); });
}

Names Oracle::living_units() const {
  Names names;
  for (const UnitState& row : registry_.unit_states()) {
    if (holds(row)) {
      names.insert(name(row.unit));
    }
  }
  return names;
}

const UnitState* Oracle::state(UnitId unit) const {
  for (const UnitState& row : registry_.unit_states()) {
    if (row.unit == unit && holds(row)) {
      return &row;
    }
  }
  return nullptr;
}

std::vector<Interval> Oracle::life(UnitId unit) const {
  std::vector<Interval> spans;
  for (const UnitState& row : registry_.unit_states()) {
    if (row.unit == unit && known(row.recorded)) {
      spans.push_back(row.valid);
    }
  }
  std::sort(spans.begin(), spans.end());
  std::vector<Interval> joined;
  for (const Interval& span : spans) {
    if (!joined.empty() && joined.back().valid_until == span.valid_from) {
      joined.back().valid_until = span.valid_until;
    } else {
      joined.push_back(span);
    }
  }
  return joined;
}

Shape Oracle::shape(HierarchyId hierarchy) const {
  Shape shape;
  Names with_link;    // Below something, or a root by its own link.
  Names without_one;  // Above something that lives, or below something dead.
  for (const Link& row : registry_.links()) {
    if (row.hierarchy != hierarchy || !holds(row)) {
      continue;
    }
    const bool parent_lives = row.parent.is_none() || lives(row.parent, as_of_);
    if (!lives(row.unit, as_of_)) {
      continue;
    }
    if (!parent_lives) {
      without_one.insert(name(row.unit));
    } else if (row.parent.is_none()) {
      shape.roots.insert(name(row.unit));
      with_link.insert(name(row.unit));
    } else {
      shape.children[name(row.parent)].insert(name(row.unit));
      without_one.insert(name(row.parent));
      with_link.insert(name(row.unit));
    }
  }
  std::set_difference(without_one.begin(), without_one.end(), with_link.begin(),
                      with_link.end(),
                      std::inserter(shape.orphans, shape.orphans.end()));
  if (registry_.hierarchies()[hierarchy.value].orphans == OrphanPolicy::root) {
    shape.roots.insert(shape.orphans.begin(), shape.orphans.end());
  }
  for (const Name& root : shape.roots) {
    shape.placed.merge(descendants(shape, root));
  }
  return shape;
}

Names Oracle::members(const Name& unit, Standing standing) const {
  Names persons;
  for (const Membership& row : registry_.memberships()) {
    if (holds(row) && row.standing == standing && name(row.unit) == unit) {
      persons.insert(name(row.person));
    }
  }
  return persons;
}

std::optional<Name> Oracle::attribute(const Entity& subject,
                                      AttributeId attribute) const {
  for (const Attribute& row : registry_.attributes()) {
    if (row.subject == subject && row.attribute == attribute && holds(row)) {
      return Name(row.value);
    }
  }
  return std::nullopt;
}

std::multiset<Name> Oracle::counted_members(const Names& units,
                                            CountBasis basis) const {
  std::multiset<Name> persons;
  for (const Name& unit : units) {
    for (const Standing standing : {Standing::primary, Standing::secondary}) {
      if (basis == CountBasis::primary && standing != Standing::primary) {
        continue;
      }
      for (const Name& person : members(unit, standing)) {
        if (basis == CountBasis::every || !persons.contains(person)) {
          persons.insert(person);
        }
      }
    }
  }
  return persons;
}

std::int64_t Oracle::count_members(const Names& units, CountBasis basis) const {
  return static_cast<std::int64_t>(counted_members(units, basis).size());
}

std::set<RecordId> Oracle::unit_records(
    UnitId unit, const std::vector<MeasureId>& measures) const {
  std::set<RecordId> found;
  for (std::uint32_t i = 0; i < registry_.records().size(); ++i) {
    const Record& row = registry_.records()[i];
    if (row.unit == unit && has(measures, row.measure) && known(row.recorded)) {
      found.insert(RecordId{i});
    }
  }
  return found;
}

std::set<RecordId> Oracle::credited_records(UnitId unit,
                                            const Tally& tally) const {
  std::set<RecordId> found = unit_records(unit, tally.measures);
  if (tally.credit_along.is_none()) {
    return found;
  }
  const Shape along = shape(tally.credit_along);
  for (const Name& above : ancestors(along, name(unit))) {
    for (const RecordId record :
         unit_records(*registry_.find_unit(above), tally.measures)) {
      if (registry_.records()[record.value].reach == Reach::subtree) {
        found.insert(record);
      }
    }
  }
  return found;
}

std::set<RecordId> Oracle::person_records(PersonId person,
                                          const Tally& tally) const {
  std::set<RecordId> found;
  for (std::uint32_t i = 0; i < registry_.records().size(); ++i) {
    const Record& row = registry_.records()[i];
    if (!has(tally.measures, row.measure) || !known(row.recorded)) {
      continue;
    }
    if (tally.source == Tally::Source::records) {
      if (row.person == person) {
        found.insert(RecordId{i});
      }
      continue;
    }
    for (const Attendance& mark : registry_.attendance()) {
      if (mark.record.value == i && mark.person == person &&
          known(mark.recorded) && tally.presences.contains(mark.presence)) {
        found.insert(RecordId{i});
      }
    }
  }
  return found;
}

Number Oracle::reduce(const std::set<RecordId>& records, Reduction reduction,
                      const Interval& whole_window) const {
  const Interval window =
      whole_window.intersected({Date::open_start(), add_days(as_of_, 1)});
  Number number;
  std::set<std::int32_t> days;
  std::optional<Interval> last;
  for (const RecordId id : records) {
    const Record& row = registry_.records()[id.value];
    const bool begins_inside = window.contains(row.valid.valid_from);
    const bool is_first = !number.has_value;
    const Wide value = row.value;
    if (reduction == Reduction::distinct_days) {
      for (Date day = row.valid.valid_from; day < row.valid.valid_until;
           day = add_days(day, 1)) {
        if (window.contains(day)) {
          days.insert(day.days);
        }
      }
      number = {static_cast<Wide>(days.size()), !days.empty()};
    } else if (reduction == Reduction::last) {
      if (row.valid.valid_from < window.valid_until &&
          (!last || *last < row.valid ||
           (*last == row.valid && value > number.value))) {
        last = row.valid;
        number = {value, true};
      }
    } else if (begins_inside && reduction == Reduction::count) {
      number = {number.value + 1, true};
    } else if (begins_inside && reduction == Reduction::sum) {
      number = {number.value + value, true};
    } else if (begins_inside && reduction == Reduction::least) {
      number = {is_first ? value : std::min(value, number.value), true};
    } else if (begins_inside && reduction == Reduction::greatest) {
      number = {is_first ? value : std::max(value, number.value), true};
    }
  }
  return number;
}

bool Oracle::belongs(PersonId person, const Names& units, Date day) const {
  return std::any_of(registry_.memberships().begin(),
                     registry_.memberships().end(), [&](const Membership& row) {
                       return row.person == person && known(row.recorded) &&
                              row.valid.contains(day) &&
                              units.contains(name(row.unit));
                     });
}

Attended Oracle::attendance(HierarchyId hierarchy,
                            const std::vector<MeasureId>& measures,
                            const Interval& window) const {
  Attended result;
  const Shape along = shape(hierarchy);
  for (const Attendance& mark : registry_.attendance()) {
    const Record& record = registry_.records()[mark.record.value];
    if (!known(mark.recorded) || !known(record.recorded) ||
        !has(measures, record.measure) || record.valid.valid_from > as_of_ ||
        !window.contains(record.valid.valid_from)) {
      continue;
    }
    if (record.unit.is_none() || !along.placed.contains(name(record.unit))) {
      ++result.unplaced;
    } else if (belongs(mark.person, descendants(along, name(record.unit)),
                       record.valid.valid_from)) {
      ++result.own[name(record.unit)][static_cast<std::size_t>(mark.presence)];
    } else {
      result.strangers.emplace(name(mark.person),
                               Name(registry_.record_identity(mark.record)),
                               mark.presence);
    }
  }
  return result;
}

}  // namespace headrope::oracle
