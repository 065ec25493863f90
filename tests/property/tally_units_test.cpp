// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tallies of records against a scan of all records for every unit.

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"
#include <headrope/answers.hpp>

namespace headrope {
namespace {

using oracle::Name;
using oracle::Number;
using oracle::Oracle;
using testing::Frozen;
using testing::Organisation;

using Found = std::map<Name, std::pair<bool, std::int64_t>>;

bool is_zero_without_records(Reduction reduction) {
  return reduction == Reduction::count || reduction == Reduction::sum ||
         reduction == Reduction::distinct_days;
}

Found by_identity(const Snapshot& snapshot, const UnitTally& tally) {
  Found found;
  for (std::uint32_t u = 0; u < snapshot.unit_count(); ++u) {
    found[Name(snapshot.identity(UnitIndex{u}))] = {tally.has_value.at(u) != 0,
                                                    tally.value.at(u)};
  }
  return found;
}

struct Expected {
  Found units;
  oracle::Wide unplaced = 0;
  bool fits = true;
};

Expected expected_tally(const Frozen& it, const Tally& tally,
                        const Interval& window) {
  const Oracle oracle(it.registry, it.snapshot->as_of(),
                      it.snapshot->known_on());
  Expected expected;
  for (std::uint32_t u = 0; u < it.registry.unit_identities().size(); ++u) {
    const UnitId unit{u};
    const Number number = oracle.reduce(
        oracle.unit_records(unit, tally.measures), tally.reduction, window);
    if (!oracle.lives(unit, it.snapshot->as_of())) {
      expected.unplaced += number.value;
      continue;
    }
    expected.fits = expected.fits && oracle::fits_int64(number.value);
    expected.units[Name(it.registry.unit_identities()[u])] = {
        number.has_value || is_zero_without_records(tally.reduction),
        static_cast<std::int64_t>(number.value)};
  }
  expected.fits = expected.fits && oracle::fits_int64(expected.unplaced);
  return expected;
}

rc::Gen<Interval> any_window() {
  return rc::gen::oneOf(testing::windows(), testing::intervals());
}

TEST_CASE("A tally is a scan of the records of a unit", "[evaluate]") {
  const bool holds = rc::check("tally_units", [] {
    const Frozen it = frozen(*testing::organisations());
    Tally tally = (*testing::rules(Subjects::Type::units)).tally;
    tally.credit_along = HierarchyId{};
    // What is tallied for units is meant to be added over them.
    RC_PRE(check_tally(*it.snapshot, tally, true).has_value());
    const Interval window = *any_window();
    const auto found = tally_units(*it.snapshot, tally, window);
    RC_ASSERT(found.has_value());
    const Expected expected = expected_tally(it, tally, window);
    RC_LOG() << "reduction " << static_cast<int>(tally.reduction)
             << " first measure " << tally.measures[0].value << '\n';
    RC_ASSERT(by_identity(*it.snapshot, *found) == expected.units);
    if (tally.reduction == Reduction::count ||
        tally.reduction == Reduction::sum) {
      RC_ASSERT(found->unplaced ==
                static_cast<std::int64_t>(expected.unplaced));
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Tallies are added to what a number holds", "[evaluate]") {
  const bool holds = rc::check("add_tally", [] {
    const Frozen it = frozen(*testing::organisations());
    const std::size_t units = it.snapshot->unit_count();
    const auto base = *rc::gen::container<std::vector<std::int64_t>>(
        units, rc::gen::inRange<std::int64_t>(-9, 10));
    const auto threads = *rc::gen::inRange(1U, 5U);
    std::vector<std::int64_t> values = base;
    std::vector<std::int64_t> expected = base;
    // Measures that are not measured alike, one after the other.
    for (const std::uint32_t measure : {0U, 1U, 2U}) {
      Tally tally;
      tally.measures = {MeasureId{measure}};
      tally.reduction = *rc::gen::element(Reduction::count, Reduction::sum);
      const Interval window = *any_window();
      RC_ASSERT(add_tally(*it.snapshot, tally, window, values, {threads})
                    .has_value());
      const Expected wanted = expected_tally(it, tally, window);
      for (std::uint32_t u = 0; u < units; ++u) {
        expected[u] +=
            wanted.units.at(Name(it.snapshot->identity(UnitIndex{u}))).second;
      }
    }
    RC_ASSERT(values == expected);
  });
  REQUIRE(holds);
}

TEST_CASE("What cannot be added to a number is refused", "[evaluate]") {
  const Frozen it = testing::frozen({});
  std::vector<std::int64_t> values(it.snapshot->unit_count(), 7);
  const auto code = [&](MeasureId measure, Reduction reduction,
                        std::span<std::int64_t> room) {
    Tally tally;
    tally.measures = {measure};
    tally.reduction = reduction;
    const auto done = add_tally(*it.snapshot, tally, {}, room);
    return done ? Code::internal : done.error().code;
  };
  REQUIRE(code({0}, Reduction::least, values) == Code::reduction_refused);
  REQUIRE(code({3}, Reduction::sum, values) == Code::reduction_refused);
  values.push_back(7);
  REQUIRE(code({0}, Reduction::sum, values) == Code::invalid_argument);
  REQUIRE(values == std::vector<std::int64_t>(values.size(), 7));
}

TEST_CASE("Parts and rest of a count are all the records of a window",
          "[evaluate]") {
  const bool holds = rc::check("parts and total", [] {
    const Organisation organisation = *testing::organisations();
    const Frozen it = frozen(organisation);
    const Interval window = *any_window();
    Tally tally;
    tally.measures = {MeasureId{0}, MeasureId{2}};
    const auto found = tally_units(*it.snapshot, tally, window);
    RC_ASSERT(found.has_value());
    std::int64_t parts = found->unplaced;
    for (const std::int64_t value : found->value) {
      parts += value;
    }
    std::int64_t total = 0;
    for (const Record& row : it.registry.records()) {
      total += (row.measure.value == 0 || row.measure.value == 2) &&
                       !row.unit.is_none() &&
                       row.recorded.contains(organisation.known_on) &&
                       row.valid.valid_from <= organisation.as_of &&
                       window.contains(row.valid.valid_from)
                   ? 1
                   : 0;
    }
    RC_ASSERT(parts == total);
  });
  REQUIRE(holds);
}

TEST_CASE("A tally overflows only if a sum passes int64", "[evaluate]") {
  const bool holds = rc::check("sum_overflow of tally_units", [] {
    const Frozen it = frozen(*testing::organisations({.large_values = true}));
    Tally tally;
    tally.measures = {MeasureId{0}, MeasureId{1}};
    tally.reduction = Reduction::sum;
    const Interval window = *any_window();
    const auto found = tally_units(*it.snapshot, tally, window);
    const Expected expected = expected_tally(it, tally, window);
    RC_ASSERT(found.has_value() == expected.fits);
    if (found) {
      RC_ASSERT(by_identity(*it.snapshot, *found) == expected.units);
    } else {
      RC_ASSERT(found.error().code == Code::sum_overflow);
    }
    // Added to numbers, a sum that leaves int64 on its way and comes back is
    // refused too; records of units that do not live are not added.
    std::vector<std::int64_t> values(it.snapshot->unit_count());
    const auto added = add_tally(*it.snapshot, tally, window, values);
    if (!added) RC_ASSERT(added.error().code == Code::sum_overflow);
    if (added && found) RC_ASSERT(values == found->value);
  });
  REQUIRE(holds);
}

TEST_CASE("What the nature of a measure does not allow is refused",
          "[evaluate]") {
  const Frozen it = testing::frozen({});
  const Interval window{};
  const auto code = [&](std::vector<MeasureId> measures, Reduction reduction) {
    Tally tally;
    tally.measures = std::move(measures);
    tally.reduction = reduction;
    const auto found = tally_units(*it.snapshot, tally, window);
    return found ? Code::internal : found.error().code;
  };
  constexpr MeasureId sessions{0};
  constexpr MeasureId hours{2};
  constexpr MeasureId area{3};
  constexpr MeasureId share{5};
  REQUIRE(code({sessions}, Reduction::sum) == Code::internal);
  REQUIRE(code({area}, Reduction::sum) == Code::reduction_refused);
  REQUIRE(code({share}, Reduction::sum) == Code::reduction_refused);
  REQUIRE(code({sessions, hours}, Reduction::sum) == Code::reduction_refused);
  REQUIRE(code({area}, Reduction::last) == Code::internal);
  Tally ratio;
  ratio.measures = {share};
  ratio.reduction = Reduction::last;
  REQUIRE(check_tally(*it.snapshot, ratio, false));
  REQUIRE_FALSE(check_tally(*it.snapshot, ratio, true));
  Tally stock;
  stock.measures = {area};
  stock.reduction = Reduction::last;
  REQUIRE(check_tally(*it.snapshot, stock, true));
}

}  // namespace
}  // namespace headrope
