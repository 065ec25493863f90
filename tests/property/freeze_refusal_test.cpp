// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What freeze refuses, and what it reports and goes on with: cycles, orphans,
// links outside life, too many parents.

#include <algorithm>
#include <cstdint>
#include <memory>
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

using testing::below;
using testing::LinkRow;
using testing::Name;
using testing::Organisation;

struct Outcome {
  Code code = Code::internal;  // `internal`: it was frozen.
  Diagnostics findings;
  std::shared_ptr<const Snapshot> snapshot;
};

Outcome freeze_of(const Organisation& organisation, const Limits& limits = {}) {
  Outcome outcome;
  const Registry registry = build(organisation, limits);
  auto snapshot =
      freeze(registry, {organisation.as_of, organisation.known_on, {}},
             outcome.findings);
  if (snapshot) {
    outcome.snapshot = *snapshot;
  } else {
    outcome.code = snapshot.error().code;
  }
  return outcome;
}

Name unit_name(std::size_t i) { return "u" + std::to_string(i); }

Organisation with_units(std::size_t count) {
  Organisation organisation;
  organisation.as_of = testing::middle;
  for (std::size_t i = 0; i < count; ++i) {
    organisation.units.push_back(unit_name(i));
    organisation.states.push_back({unit_name(i), "organ", "", {}});
  }
  return organisation;
}

// Units that always live, with any links in `net`.
rc::Gen<Organisation> tangles() {
  using Drawn = std::tuple<std::uint32_t, std::uint32_t, Interval>;
  return rc::gen::map(
      rc::gen::pair(rc::gen::container<std::vector<Drawn>>(rc::gen::tuple(
                        below<std::uint32_t>(5), below<std::uint32_t>(5),
                        testing::intervals())),
                    testing::days()),
      [](const std::pair<std::vector<Drawn>, Date>& drawn) {
        Organisation organisation = with_units(5);
        organisation.as_of = drawn.second;
        for (const auto& [child, parent, valid] : drawn.first) {
          const LinkRow row{
              "net", unit_name(child), unit_name(parent), {valid, {}}};
          const bool is_new = std::none_of(
              organisation.links.begin(), organisation.links.end(),
              [&](const LinkRow& other) {
                return other.unit == row.unit && other.parent == row.parent &&
                       other.clocks.valid.overlaps(valid);
              });
          if (child != parent && is_new) {
            organisation.links.push_back(row);
          }
        }
        return organisation;
      });
}

// Whether the links of a day lead from a unit back to itself.
bool has_cycle_on(const Organisation& organisation, Date day) {
  oracle::Shape shape;
  for (const LinkRow& row : organisation.links) {
    if (row.clocks.valid.contains(day) && !row.parent.empty()) {
      shape.children[row.parent].insert(row.unit);
    }
  }
  for (const auto& [parent, children] : shape.children) {
    for (const Name& child : children) {
      if (descendants(shape, child).contains(parent)) {
        return true;
      }
    }
  }
  return false;
}

// On each day on which a link begins, or before all of them.
bool has_cycle(const Organisation& organisation) {
  std::set<Date> days{Date::open_start()};
  for (const LinkRow& row : organisation.links) {
    days.insert(row.clocks.valid.valid_from);
  }
  return std::any_of(days.begin(), days.end(),
                     [&](Date day) { return has_cycle_on(organisation, day); });
}

TEST_CASE("A cycle on any day is refused, links that never meet are none",
          "[snapshot]") {
  const bool holds = rc::check("cycle", [] {
    const Organisation organisation = *tangles();
    const bool expected = has_cycle(organisation);
    RC_CLASSIFY(expected);
    const Outcome outcome = freeze_of(organisation);
    RC_ASSERT(outcome.code == (expected ? Code::cycle : Code::internal));
  });
  REQUIRE(holds);
}

TEST_CASE("A broken cycle is reported and leaves no cycle", "[snapshot]") {
  const bool holds = rc::check("break", [] {
    Organisation organisation = *tangles();
    organisation.cycles = CyclePolicy::break_youngest;
    const bool expected = has_cycle(organisation);
    const Outcome outcome = freeze_of(organisation);
    RC_ASSERT(outcome.code == Code::internal);
    RC_ASSERT((outcome.findings.count(Code::cycle_broken) > 0) == expected);
    if (has_cycle_on(organisation, organisation.as_of)) {
      RC_ASSERT(outcome.snapshot->find_forest("net") != nullptr);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("The youngest link of a ring is left out", "[snapshot]") {
  const bool holds = rc::check("youngest", [] {
    const auto count = *below<std::size_t>(5) + 2;
    Organisation organisation = with_units(count);
    organisation.cycles = CyclePolicy::break_youngest;
    const auto youngest = *below<std::size_t>(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::int32_t age = i == youngest ? 1 : 2 + *below<std::int32_t>(60);
      organisation.links.push_back(
          {"block",
           unit_name(i),
           unit_name((i + 1) % count),
           {{add_days(testing::middle, -age), Date::open_end()}, {}}});
    }
    const Outcome outcome = freeze_of(organisation);
    RC_ASSERT(outcome.findings.count(Code::cycle_broken) == 1U);
    const Forest& forest = *outcome.snapshot->find_forest("block");
    RC_ASSERT(forest.place_count() == count);
    RC_ASSERT(outcome.snapshot->identity(forest.unit(PlaceIndex{0})) ==
              unit_name(youngest));
    RC_ASSERT(forest.depth_max() == count - 1);
  });
  REQUIRE(holds);
}

TEST_CASE("An orphan is refused where the hierarchy says so", "[snapshot]") {
  const bool holds = rc::check("orphan", [] {
    Organisation organisation = *testing::organisations();
    const auto h = *below<std::uint32_t>(3);
    organisation.orphans[h] = OrphanPolicy::error;
    const Registry registry = build(organisation);
    const bool expected =
        !oracle::Oracle(registry, organisation.as_of, organisation.known_on)
             .shape(HierarchyId{h})
             .orphans.empty();
    RC_CLASSIFY(expected);
    RC_ASSERT(freeze_of(organisation).code ==
              (expected ? Code::orphan : Code::internal));
  });
  REQUIRE(holds);
}

TEST_CASE("A dated link outside the life of a unit is an error or a warning",
          "[snapshot]") {
  // u1 lives for ten days; which of the two units it is makes no difference.
  const auto findings = [](std::int32_t from, std::int32_t until,
                           OutsideLifePolicy policy, bool is_parent) {
    Organisation organisation = with_units(2);
    organisation.outside_life = policy;
    organisation.states[1].clocks.valid = {testing::middle,
                                           add_days(testing::middle, 10)};
    const Interval valid{add_days(testing::middle, from),
                         add_days(testing::middle, until)};
    organisation.links.push_back({"block",
                                  unit_name(is_parent ? 0 : 1),
                                  unit_name(is_parent ? 1 : 0),
                                  {valid, {}}});
    Diagnostics found;
    build(organisation).check(found);
    REQUIRE(freeze_of(organisation).code == Code::internal);
    return std::pair(found.error_count(), found.warning_count());
  };
  using Counts = std::pair<std::uint64_t, std::uint64_t>;
  for (const bool is_parent : {false, true}) {
    const auto refused = OutsideLifePolicy::error;
    const auto clipped = OutsideLifePolicy::clip;
    REQUIRE(findings(0, 10, refused, is_parent) == Counts(0, 0));
    REQUIRE(findings(-1, 10, refused, is_parent) == Counts(1, 0));
    REQUIRE(findings(0, 11, refused, is_parent) == Counts(1, 0));
    REQUIRE(findings(20, 30, refused, is_parent) == Counts(1, 0));
    REQUIRE(findings(0, 10, clipped, is_parent) == Counts(0, 0));
    REQUIRE(findings(-1, 10, clipped, is_parent) == Counts(0, 1));
    REQUIRE(findings(0, 11, clipped, is_parent) == Counts(0, 1));
    REQUIRE(findings(-20, -10, clipped, is_parent) == Counts(0, 1));
  }
}

TEST_CASE("Several parents are refused where the policy has one",
          "[snapshot]") {
  // u2 under u0 and u1; u3 under u2 where it is no leaf.
  const auto code = [](const Name& hierarchy, bool is_leaf, Interval second) {
    Organisation organisation = with_units(4);
    for (const std::size_t root : {0U, 1U}) {
      organisation.links.push_back({hierarchy, unit_name(root), "", {}});
    }
    organisation.links.push_back({hierarchy, unit_name(2), unit_name(0), {}});
    organisation.links.push_back(
        {hierarchy, unit_name(2), unit_name(1), {second, {}}});
    if (!is_leaf) {
      organisation.links.push_back({hierarchy, unit_name(3), unit_name(2), {}});
    }
    return freeze_of(organisation).code;
  };
  const Interval always;
  const Interval later{add_days(testing::middle, 1), Date::open_end()};
  const Interval today{testing::middle, add_days(testing::middle, 1)};
  REQUIRE(code("block", true, always) == Code::parents_too_many);
  REQUIRE(code("block", true, today) == Code::parents_too_many);
  REQUIRE(code("block", true, later) == Code::internal);
  REQUIRE(code("line", true, always) == Code::internal);
  REQUIRE(code("line", false, always) == Code::parents_too_many);
  REQUIRE(code("line", false, later) == Code::internal);
  REQUIRE(code("net", false, always) == Code::internal);
}

TEST_CASE("A hierarchy that is too deep is refused", "[snapshot]") {
  Limits limits;
  limits.depth_max = 10;
  const auto code = [&limits](std::size_t count) {
    Organisation organisation = with_units(count);
    for (std::size_t i = 1; i < count; ++i) {
      organisation.links.push_back(
          {"block", unit_name(i), unit_name(i - 1), {}});
    }
    return freeze_of(organisation, limits).code;
  };
  REQUIRE(code(9) == Code::internal);
  REQUIRE(code(13) == Code::depth_exceeded);
}

}  // namespace
}  // namespace headrope
