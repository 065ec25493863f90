// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The number of threads changes no answer, in small organisations and in one
// that is large enough to be shared out.

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"
#include <headrope/answers.hpp>

namespace headrope {
namespace {

using testing::Frozen;
using testing::Name;
using testing::Organisation;

constexpr std::array<std::uint32_t, 4> thread_counts{1, 2, 3, 8};

std::vector<std::int64_t> figures(const Snapshot& snapshot) {
  std::vector<std::int64_t> per_unit;
  for (std::uint32_t u = 0; u < snapshot.unit_count(); ++u) {
    per_unit.push_back((u * 2654435761U >> 7) % 100);
  }
  return per_unit;
}

// Members on every basis, and tallies of every measure that can be tallied.
bool counts_agree(const Snapshot& snapshot) {
  bool agree = true;
  for (const std::uint32_t count : thread_counts) {
    for (const Forest& forest : snapshot.forests()) {
      for (const CountBasis basis :
           {CountBasis::primary, CountBasis::any, CountBasis::every}) {
        agree = agree && count_members(snapshot, forest, basis, {count}) ==
                             count_members(snapshot, forest, basis);
      }
    }
    for (const Reduction reduction :
         {Reduction::count, Reduction::last, Reduction::least,
          Reduction::distinct_days}) {
      Tally tally;
      tally.measures = {MeasureId{0}};
      tally.reduction = reduction;
      const auto one = tally_units(snapshot, tally, {}, false);
      const auto more = tally_units(snapshot, tally, {}, false, {count});
      agree = agree && one && more && one->value == more->value &&
              one->has_value == more->has_value &&
              one->unplaced == more->unplaced;
    }
  }
  return agree;
}

bool same(const Assessment& left, const Assessment& right) {
  return left.windows == right.windows && left.subjects == right.subjects &&
         left.values == right.values && left.has_value == right.has_value &&
         left.part_thresholds == right.part_thresholds &&
         left.statuses == right.statuses;
}

bool threads_agree(const Snapshot& snapshot, const Assessment& assessment) {
  const std::vector<std::int64_t> per_unit = figures(snapshot);
  std::vector<std::uint8_t> has_value;
  for (const std::int64_t value : per_unit) {
    has_value.push_back(value % 3 == 0 ? 0 : 1);
  }
  bool agree = true;
  for (const Forest& forest : snapshot.forests()) {
    const auto sums = roll_up(forest, per_unit);
    const auto covered = cover_threshold(forest, per_unit, has_value, 50);
    const auto coverage = cover(snapshot, forest, assessment);
    for (const std::uint32_t count : thread_counts) {
      const auto sums_too = roll_up(forest, per_unit, {count});
      const auto covered_too =
          cover_threshold(forest, per_unit, has_value, 50, {count});
      const auto coverage_too =
          cover(snapshot, forest, assessment, CountBasis::primary, {count});
      const auto by_any =
          cover(snapshot, forest, assessment, CountBasis::any, {count});
      agree =
          agree &&
          by_any->by_status ==
              cover(snapshot, forest, assessment, CountBasis::any)->by_status;
      agree = agree && *sums == *sums_too && covered->met == covered_too->met &&
              covered->eligible == covered_too->eligible &&
              coverage->by_status == coverage_too->by_status &&
              coverage->unplaced.by_status == coverage_too->unplaced.by_status;
    }
  }
  return agree && counts_agree(snapshot);
}

TEST_CASE("Small organisations: threads change nothing", "[evaluate]") {
  const bool holds = rc::check("threads", [] {
    const Frozen it = frozen(*testing::organisations());
    const auto type =
        *rc::gen::element(Subjects::Type::units, Subjects::Type::persons);
    const Rule rule = *testing::rules(type);
    const Interval range = *testing::windows();
    const auto assessment = assess(*it.snapshot, rule, range);
    RC_ASSERT(assessment.has_value());
    for (const std::uint32_t count : thread_counts) {
      RC_ASSERT(same(*assess(*it.snapshot, rule, range, {count}), *assessment));
    }
    RC_ASSERT(threads_agree(*it.snapshot, *assessment));
  });
  REQUIRE(holds);
}

// A tree in `block`; in `net` the same, where one unit in twenty has a
// second parent.
Organisation large_organisation(std::uint32_t unit_count) {
  Organisation organisation;
  organisation.as_of = testing::middle;
  std::mt19937 random(1);
  for (std::uint32_t i = 0; i < unit_count; ++i) {
    const Name unit = "u" + std::to_string(i);
    organisation.units.push_back(unit);
    organisation.states.push_back({unit, "organ", "", {}});
    const auto back = static_cast<std::uint32_t>(random() % (i / 2 + 1));
    const std::uint32_t parent = i == 0 ? 0 : i - 1 - back;
    const Name above = i == 0 ? "" : "u" + std::to_string(parent);
    organisation.links.push_back({"block", unit, above, {}});
    organisation.links.push_back({"net", unit, above, {}});
    if (i % 20 == 19 && parent != i / 3) {
      organisation.links.push_back(
          {"net", unit, "u" + std::to_string(i / 3), {}});
    }
    const Name person = "p" + std::to_string(i);
    organisation.persons.push_back(person);
    organisation.memberships.push_back({person, unit, Standing::primary, {}});
    if (i % 4 == 0 && i > 0) {
      organisation.memberships.push_back({person,
                                          "u" + std::to_string(random() % i),
                                          Standing::secondary,
                                          {}});
    }
    if (i % 3 == 0) {
      organisation.records.push_back(
          {"r" + std::to_string(i),
           "sessions",
           unit,
           "",
           Reach::own,
           1,
           {{testing::middle, add_days(testing::middle, 1)}, {}}});
    }
  }
  return organisation;
}

// Three branches of leaves, and one leaf below the second and the third.
Organisation shared_leaf(std::size_t leaf_count) {
  Organisation organisation;
  organisation.as_of = testing::middle;
  const auto add = [&](const Name& unit, const Name& parent) {
    organisation.units.push_back(unit);
    organisation.states.push_back({unit, "organ", "", {}});
    organisation.links.push_back({"net", unit, parent, {}});
  };
  add("root", "");
  for (const Name branch : {"a", "b", "c"}) {
    add(branch, "root");
    for (std::size_t i = 0; i < leaf_count; ++i) {
      add(branch + std::to_string(i), branch);
    }
  }
  add("shared", "b");
  organisation.links.push_back({"net", "shared", "c", {}});
  return organisation;
}

TEST_CASE("A leaf in the shares of two threads is counted once", "[evaluate]") {
  const Frozen it = frozen(shared_leaf(4'090));
  const Forest& forest = *it.snapshot->find_forest("net");
  std::vector<std::int64_t> values(it.snapshot->unit_count());
  std::vector<std::uint8_t> has_value(values.size());
  const UnitIndex shared = *it.snapshot->find_unit("shared");
  values[shared.value] = 1;
  has_value[shared.value] = 1;
  for (const std::uint32_t count : thread_counts) {
    CAPTURE(count);
    const auto covered = cover_threshold(forest, values, has_value, 1, {count});
    REQUIRE(covered);
    CHECK(covered->eligible[0] == 1);
    CHECK(covered->met[0] == 1);
    CHECK((*roll_up(forest, values, {count}))[0] == 1);
  }
}

TEST_CASE("A large organisation: threads change nothing", "[evaluate]") {
  const Frozen it = frozen(large_organisation(20'000));
  Rule rule;
  rule.tally.measures = {MeasureId{0}};
  rule.requirement.threshold = 1;
  const auto assessment = assess(
      *it.snapshot, rule, {testing::middle, add_days(testing::middle, 1)});
  REQUIRE(assessment);
  REQUIRE(it.snapshot->forests().size() == 2);
  REQUIRE(threads_agree(*it.snapshot, *assessment));
}

}  // namespace
}  // namespace headrope
