// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What freeze makes of random organisations: who lives, where everyone has a
// place, who belongs where.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include <headrope/snapshot.hpp>

namespace headrope {
namespace {

using oracle::Name;
using oracle::Names;
using oracle::Oracle;
using oracle::Shape;
using testing::Frozen;
using testing::Organisation;

Oracle oracle_of(const Frozen& it) {
  return {it.registry, it.snapshot->as_of(), it.snapshot->known_on()};
}

// Paths from the roots to every place, in pre-order.
void walk(const Shape& shape, const Name& unit, const Name& above,
          std::vector<Name>& paths) {
  const Name here = above.empty() ? unit : above + "/" + unit;
  paths.push_back(here);
  const auto below = shape.children.find(unit);
  if (below != shape.children.end()) {
    for (const Name& child : below->second) {
      walk(shape, child, here, paths);
    }
  }
}

std::vector<Name> expected_paths(const Shape& shape) {
  std::vector<Name> paths;
  for (const Name& root : shape.roots) {
    walk(shape, root, "", paths);
  }
  return paths;
}

TEST_CASE("The random organisations pass the check", "[model]") {
  const bool holds = rc::check("check", [] {
    const Registry registry = build(*testing::organisations());
    Diagnostics findings;
    registry.check(findings);
    for (const Diagnostic& finding : findings.items()) {
      RC_LOG() << finding.file << ' ' << finding.row << ' ' << finding.message
               << '\n';
      RC_ASSERT(finding.severity == Severity::warning);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("The units of a snapshot are those that live", "[snapshot]") {
  const bool holds = rc::check("units", [] {
    const Organisation organisation = *testing::organisations();
    const Frozen it = frozen(organisation);
    const Snapshot& snapshot = *it.snapshot;
    const Oracle oracle = oracle_of(it);
    const Names living = oracle.living_units();
    Names found;
    for (std::uint32_t i = 0; i < snapshot.unit_count(); ++i) {
      const UnitIndex unit{i};
      const Name identity(snapshot.identity(unit));
      found.insert(identity);
      const UnitId id = snapshot.registry_unit(unit);
      RC_ASSERT(it.registry.find_unit(identity) == id);
      RC_ASSERT(snapshot.find_unit(identity) == unit);
      const UnitState& state = *oracle.state(id);
      RC_ASSERT(snapshot.name(unit) == state.name);
      RC_ASSERT(snapshot.kind(unit) == state.kind);
      const auto life = snapshot.life(unit);
      RC_ASSERT(std::vector<Interval>(life.begin(), life.end()) ==
                oracle.life(id));
    }
    RC_ASSERT(found == living);
    RC_ASSERT(found.size() == snapshot.unit_count());
    for (const Name& unit : organisation.units) {
      RC_ASSERT(snapshot.find_unit(unit).has_value() == living.contains(unit));
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Places are the paths from the roots, in pre-order", "[snapshot]") {
  const bool holds = rc::check("places", [] {
    const Frozen it = frozen(*testing::organisations());
    std::size_t forest_count = 0;
    for (std::uint32_t h = 0; h < it.registry.hierarchies().size(); ++h) {
      const Shape shape = oracle_of(it).shape(HierarchyId{h});
      const Forest* forest =
          it.snapshot->find_forest(it.registry.hierarchies()[h].id);
      RC_ASSERT((forest == nullptr) == shape.roots.empty());
      if (forest == nullptr) {
        continue;
      }
      ++forest_count;
      RC_ASSERT(forest->hierarchy() == HierarchyId{h});
      std::vector<Name> paths;
      for (std::uint32_t p = 0; p < forest->place_count(); ++p) {
        paths.push_back(testing::path(*it.snapshot, *forest, PlaceIndex{p}));
      }
      RC_ASSERT(paths == expected_paths(shape));
    }
    RC_ASSERT(it.snapshot->forests().size() == forest_count);
  });
  REQUIRE(holds);
}

void check_place(const Forest& forest, PlaceIndex place) {
  const PlaceIndex end = forest.end(place);
  const PlaceIndex parent = forest.parent(place);
  RC_ASSERT(end.value > place.value);
  RC_ASSERT(end.value <= forest.place_count());
  RC_ASSERT(forest.depth(place) <= forest.depth_max());
  if (parent.is_none()) {
    RC_ASSERT(forest.depth(place) == 0U);
  } else {
    RC_ASSERT(parent.value < place.value);
    RC_ASSERT(end <= forest.end(parent));
    RC_ASSERT(forest.depth(place) == forest.depth(parent) + 1);
  }
  // The range below holds exactly the places that are deeper and follow.
  std::uint32_t next = place.value + 1;
  while (next < forest.place_count() &&
         forest.depth(PlaceIndex{next}) > forest.depth(place)) {
    ++next;
  }
  RC_ASSERT(end.value == next);
}

TEST_CASE("The columns of a forest agree with each other", "[snapshot]") {
  const bool holds = rc::check("forest", [] {
    const Frozen it = frozen(*testing::organisations());
    for (const Forest& forest : it.snapshot->forests()) {
      std::vector<std::vector<std::uint32_t>> places(it.snapshot->unit_count());
      std::uint32_t deepest = 0;
      bool is_identity = true;
      for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
        check_place(forest, PlaceIndex{p});
        places.at(forest.unit(PlaceIndex{p}).value).push_back(p);
        deepest = std::max(deepest, forest.depth(PlaceIndex{p}));
        is_identity = is_identity && forest.unit(PlaceIndex{p}).value == p;
      }
      RC_ASSERT(forest.depth_max() == deepest);
      RC_ASSERT(forest.is_identity() == is_identity);
      bool is_tree = true;
      for (std::uint32_t u = 0; u < places.size(); ++u) {
        const PlaceIndex first = forest.first_place(UnitIndex{u});
        RC_ASSERT(first.is_none() == places[u].empty());
        if (places[u].empty()) {
          RC_ASSERT(forest.more_places(UnitIndex{u}).empty());
          continue;
        }
        RC_ASSERT(first.value == places[u].front());
        const auto more = forest.more_places(UnitIndex{u});
        RC_ASSERT(
            std::vector<std::uint32_t>(more.begin(), more.end()) ==
            std::vector<std::uint32_t>(places[u].begin() + 1, places[u].end()));
        is_tree = is_tree && places[u].size() == 1;
      }
      RC_ASSERT(forest.is_tree() == is_tree);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Units are numbered as the largest forest, then by identity",
          "[snapshot]") {
  const bool holds = rc::check("numbering", [] {
    const Frozen it = frozen(*testing::organisations());
    const Snapshot& snapshot = *it.snapshot;
    std::size_t most = 0;
    for (const Forest& forest : snapshot.forests()) {
      most = std::max(most, forest.place_count());
    }
    const Names living = oracle_of(it).living_units();
    std::vector<Name> found;
    for (std::uint32_t i = 0; i < snapshot.unit_count(); ++i) {
      found.emplace_back(snapshot.identity(UnitIndex{i}));
    }
    bool agrees = snapshot.forests().empty() &&
                  found == std::vector<Name>(living.begin(), living.end());
    for (const Forest& forest : snapshot.forests()) {
      if (forest.place_count() != most) {
        continue;
      }
      std::vector<Name> expected;
      Names rest = living;
      for (std::uint32_t p = 0; p < most; ++p) {
        const Name unit(snapshot.identity(forest.unit(PlaceIndex{p})));
        if (rest.erase(unit) == 1) {
          expected.push_back(unit);
        }
      }
      std::copy(rest.begin(), rest.end(), std::back_inserter(expected));
      agrees = agrees || found == expected;
    }
    RC_ASSERT(agrees);
  });
  REQUIRE(holds);
}

TEST_CASE("Members are those of the day in units that live", "[snapshot]") {
  const bool holds = rc::check("members", [] {
    const Organisation organisation = *testing::organisations();
    const Frozen it = frozen(organisation);
    const Snapshot& snapshot = *it.snapshot;
    const Oracle oracle = oracle_of(it);
    std::size_t unplaced = 0;
    for (const Standing standing : {Standing::primary, Standing::secondary}) {
      std::size_t count = 0;
      for (const Name& unit : organisation.units) {
        const Names expected = oracle.members(unit, standing);
        const auto index = snapshot.find_unit(unit);
        if (!index) {
          unplaced += expected.size();
          continue;
        }
        Names found;
        const auto members = snapshot.members(*index, standing);
        RC_ASSERT(std::is_sorted(members.begin(), members.end()));
        for (const PersonId person : members) {
          found.emplace(snapshot.identity(person));
        }
        RC_ASSERT(found == expected);
        RC_ASSERT(members.size() == expected.size());
        count += expected.size();
      }
      RC_ASSERT(snapshot.membership_count(standing) == count);
    }
    RC_ASSERT(snapshot.unplaced_membership_count() == unplaced);
  });
  REQUIRE(holds);
}

TEST_CASE("Attributes are those of the day", "[snapshot]") {
  const bool holds = rc::check("attributes", [] {
    const Organisation organisation = *testing::organisations();
    const Frozen it = frozen(organisation);
    const Snapshot& snapshot = *it.snapshot;
    const Oracle oracle = oracle_of(it);
    for (std::uint32_t a = 0; a < testing::attribute_names.size(); ++a) {
      const auto found = [&](EntityType type, std::uint32_t index) {
        const auto value = snapshot.attribute({type, index}, AttributeId{a});
        return value ? std::optional<Name>(*value) : std::nullopt;
      };
      for (std::uint32_t u = 0; u < snapshot.unit_count(); ++u) {
        const UnitId id = snapshot.registry_unit(UnitIndex{u});
        RC_ASSERT(
            found(EntityType::unit, u) ==
            oracle.attribute({EntityType::unit, id.value}, AttributeId{a}));
      }
      for (std::uint32_t p = 0; p < organisation.persons.size(); ++p) {
        RC_ASSERT(found(EntityType::person, p) ==
                  oracle.attribute({EntityType::person, p}, AttributeId{a}));
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Records of a measure are sorted by subject and day", "[snapshot]") {
  const bool holds = rc::check("records", [] {
    const Frozen it = frozen(*testing::organisations());
    const Snapshot& snapshot = *it.snapshot;
    for (std::uint32_t m = 0; m < it.registry.measures().size(); ++m) {
      for (const bool of_units : {true, false}) {
        const RecordColumns& columns =
            of_units ? snapshot.unit_records(MeasureId{m})
                     : snapshot.person_records(MeasureId{m});
        std::set<std::uint32_t> found;
        std::vector<std::tuple<std::uint32_t, std::int32_t, std::int32_t,
                               std::int64_t, std::uint32_t>>
            keys;
        std::vector<std::uint32_t> reaching;
        for (std::uint32_t i = 0; i < columns.size(); ++i) {
          const Record& row = it.registry.records()[columns.record[i]];
          found.insert(columns.record[i]);
          keys.emplace_back(columns.subject[i], columns.valid_from[i],
                            columns.valid_until[i], columns.value[i],
                            columns.record[i]);
          RC_ASSERT(columns.valid_from[i] == row.valid.valid_from.days);
          RC_ASSERT(columns.valid_until[i] == row.valid.valid_until.days);
          RC_ASSERT(columns.value[i] == row.value);
          if (row.reach == Reach::subtree) {
            reaching.push_back(i);
          }
        }
        RC_ASSERT(std::is_sorted(keys.begin(), keys.end()));
        RC_ASSERT((!of_units || columns.reaching == reaching));
        std::set<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < it.registry.records().size(); ++i) {
          const Record& row = it.registry.records()[i];
          if (row.measure == MeasureId{m} &&
              row.recorded.contains(snapshot.known_on()) &&
              (of_units ? !row.unit.is_none() : !row.person.is_none())) {
            expected.insert(i);
          }
        }
        RC_ASSERT(found == expected);
        RC_ASSERT(columns.size() == expected.size());
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
