// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/organisation.hpp"

#include <algorithm>
#include <ostream>
#include <random>
#include <utility>

#include <rapidcheck.h>

namespace headrope::testing {

const std::array<Name, 3> hierarchy_names{"block", "line", "net"};
const std::array<Name, 5> kind_names{"organ", "bureau", "station", "body",
                                     "branch"};
const std::array<Name, 2> attribute_names{"rank", "site"};
const std::array<Name, 3> attribute_values{"high", "low", "none"};
const std::array<MeasureRow, 8> measure_rows{{
    {"sessions", Nature::flow, "session", 0},
    {"visits", Nature::flow, "session", 0},
    {"hours", Nature::flow, "hour", 1},
    {"area", Nature::stock, "m2", 0},
    {"staff", Nature::stock, "person", 0},
    {"share", Nature::ratio, "", 2},
    {"people", Nature::distinct, "person", 0},
    {"opened", Nature::flag, "", 0},
}};

namespace {

// The tree is organ > bureau > station, body >
// branch.
// 5 is none.
constexpr std::array<std::size_t, 5> wider_kinds{5, 0, 1, 5, 3};

// The id in a Result; a refusal fails the property with its message.
template <typename T>
T accepted(Result<T> result) {
  if (!result) {
    RC_FAIL("refused: " + result.error().message);
  }
  return std::move(result).value();
}

void accept(const Result<void>& result) {
  if (!result) {
    RC_FAIL("refused: " + result.error().message);
  }
}

void add_vocabulary(Registry& registry, const Organisation& organisation) {
  std::vector<KindId> kinds;
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    const KindId wider =
        wider_kinds[i] < kinds.size() ? kinds[wider_kinds[i]] : KindId{};
    kinds.push_back(accepted(registry.add(Kind{kind_names[i], wider, {}})));
  }
  constexpr std::array<ParentPolicy, 3> policies{
      ParentPolicy::one, ParentPolicy::leaves_many, ParentPolicy::many};
  for (std::size_t i = 0; i < policies.size(); ++i) {
    Hierarchy hierarchy;
    hierarchy.id = hierarchy_names[i];
    hierarchy.parents = policies[i];
    hierarchy.orphans = organisation.orphans[i];
    hierarchy.outside_life = organisation.outside_life;
    hierarchy.cycles = organisation.cycles;
    static_cast<void>(accepted(registry.add(hierarchy)));
  }
  for (const MeasureRow& row : measure_rows) {
    static_cast<void>(accepted(registry.add(
        Measure{row.id, row.nature, row.unit_of_measure, row.decimals, {}})));
  }
  for (const Name& name : attribute_names) {
    static_cast<void>(accepted(registry.make_attribute(name)));
  }
}

UnitId unit_id(Registry& registry, const Name& name) {
  return name.empty() ? UnitId{} : accepted(registry.make_unit(name));
}

PersonId person_id(Registry& registry, const Name& name) {
  return name.empty() ? PersonId{} : accepted(registry.make_person(name));
}

void add_rows(Registry& registry, const Organisation& organisation) {
  for (const StateRow& row : organisation.states) {
    accept(registry.add(UnitState{unit_id(registry, row.unit),
                                  *registry.find_kind(row.kind), row.name, "",
                                  row.clocks.valid, row.clocks.recorded}));
  }
  for (const LinkRow& row : organisation.links) {
    accept(registry.add(Link{
        *registry.find_hierarchy(row.hierarchy), unit_id(registry, row.unit),
        unit_id(registry, row.parent), row.clocks.valid, row.clocks.recorded}));
  }
  for (const MembershipRow& row : organisation.memberships) {
    accept(registry.add(Membership{person_id(registry, row.person),
                                   unit_id(registry, row.unit), row.standing,
                                   row.clocks.valid, row.clocks.recorded}));
  }
  for (const RecordRow& row : organisation.records) {
    static_cast<void>(accepted(registry.add(
        Record{*registry.find_measure(row.measure), unit_id(registry, row.unit),
               person_id(registry, row.person), row.reach, row.value,
               row.clocks.valid, row.clocks.recorded, ""},
        row.record)));
  }
  for (const AttendanceRow& row : organisation.attendance) {
    accept(registry.add(Attendance{*registry.find_record(row.record),
                                   person_id(registry, row.person),
                                   row.presence, row.recorded}));
  }
  for (const AttributeRow& row : organisation.attributes) {
    const std::uint32_t subject = row.type == EntityType::unit
                                      ? unit_id(registry, row.subject).value
                                      : person_id(registry, row.subject).value;
    accept(registry.add(Attribute{{row.type, subject},
                                  *registry.find_attribute(row.attribute),
                                  row.value,
                                  row.clocks.valid,
                                  row.clocks.recorded}));
  }
}

template <typename T, typename F>
void print_rows(std::ostream& out, const char* table,
                const std::vector<T>& rows, F print) {
  for (const T& row : rows) {
    out << "  " << table << ' ';
    print(row);
    out << '\n';
  }
}

void print(std::ostream& out, const Clocks& clocks) {
  out << ' ' << clocks.valid;
  if (clocks.recorded != Interval{}) {
    out << " recorded " << clocks.recorded;
  }
}

}  // namespace

Registry build(const Organisation& organisation, const Limits& limits) {
  Registry registry(limits, StartingVocabulary::empty);
  add_vocabulary(registry, organisation);
  for (const Name& unit : organisation.units) {
    static_cast<void>(unit_id(registry, unit));
  }
  for (const Name& person : organisation.persons) {
    static_cast<void>(person_id(registry, person));
  }
  add_rows(registry, organisation);
  return registry;
}

Organisation shuffled(Organisation organisation, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto shuffle = [&random](auto& rows) {
    std::shuffle(rows.begin(), rows.end(), random);
  };
  shuffle(organisation.units);
  shuffle(organisation.persons);
  shuffle(organisation.states);
  shuffle(organisation.links);
  shuffle(organisation.memberships);
  shuffle(organisation.records);
  shuffle(organisation.attendance);
  shuffle(organisation.attributes);
  return organisation;
}

Frozen frozen(const Organisation& organisation) {
  Registry registry = build(organisation);
  Diagnostics findings;
  auto snapshot = accepted(freeze(
      registry, {organisation.as_of, organisation.known_on, {}}, findings));
  return {std::move(registry), std::move(snapshot)};
}

Name path(const Snapshot& snapshot, const Forest& forest, PlaceIndex place) {
  Name text(snapshot.identity(forest.unit(place)));
  for (PlaceIndex above = forest.parent(place); !above.is_none();
       above = forest.parent(above)) {
    text = Name(snapshot.identity(forest.unit(above))) + "/" + text;
  }
  return text;
}

std::ostream& operator<<(std::ostream& out, const Organisation& organisation) {
  out << "as_of " << organisation.as_of << " known_on "
      << (organisation.known_on == latest_day
              ? "latest"
              : to_string(organisation.known_on));
  for (std::size_t i = 0; i < organisation.orphans.size(); ++i) {
    if (organisation.orphans[i] != OrphanPolicy::root) {
      out << ", orphans of " << hierarchy_names[i]
          << (organisation.orphans[i] == OrphanPolicy::ignore ? " ignored"
                                                              : " refused");
    }
  }
  out << "\n  units";
  for (const Name& unit : organisation.units) {
    out << ' ' << unit;
  }
  out << "\n  persons";
  for (const Name& person : organisation.persons) {
    out << ' ' << person;
  }
  out << '\n';
  print_rows(out, "state", organisation.states, [&](const StateRow& row) {
    out << row.unit << ' ' << row.kind << " '" << row.name << "'";
    print(out, row.clocks);
  });
  print_rows(out, "link", organisation.links, [&](const LinkRow& row) {
    out << row.hierarchy << ' ' << row.unit << " under '" << row.parent << "'";
    print(out, row.clocks);
  });
  print_rows(
      out, "membership", organisation.memberships,
      [&](const MembershipRow& row) {
        out << row.person << " in " << row.unit
            << (row.standing == Standing::primary ? " primary" : " secondary");
        print(out, row.clocks);
      });
  print_rows(out, "record", organisation.records, [&](const RecordRow& row) {
    out << row.record << ' ' << row.measure << " of '" << row.unit << "' '"
        << row.person << "' value " << row.value
        << (row.reach == Reach::subtree ? " reaching" : "");
    print(out, row.clocks);
  });
  print_rows(out, "attendance", organisation.attendance,
             [&](const AttendanceRow& row) {
               out << row.person << " at " << row.record << " presence "
                   << static_cast<int>(row.presence);
               print(out, {{}, row.recorded});
             });
  print_rows(out, "attribute", organisation.attributes,
             [&](const AttributeRow& row) {
               out << row.subject << ' ' << row.attribute << '=' << row.value;
               print(out, row.clocks);
             });
  return out;
}

}  // namespace headrope::testing

namespace headrope {

std::ostream& operator<<(std::ostream& out, Date date) {
  return out << (date.is_open() ? "open" : to_string(date));
}

std::ostream& operator<<(std::ostream& out, const Interval& interval) {
  return out << '[' << interval.valid_from << ',' << interval.valid_until
             << ')';
}

}  // namespace headrope
