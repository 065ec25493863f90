// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Attendance at every node against a scan of all marks.

#include <array>
#include <cstdint>
#include <set>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include <headrope/answers.hpp>

namespace headrope {
namespace {

using oracle::Attended;
using oracle::MarkName;
using oracle::Name;
using oracle::Oracle;
using oracle::Shape;
using testing::Frozen;

using Counts = std::array<std::int64_t, 5>;

Counts own_of(const Attended& attended, const Name& unit) {
  const auto found = attended.own.find(unit);
  return found == attended.own.end() ? Counts{} : found->second;
}

Counts column(const std::array<std::vector<std::int64_t>, 5>& columns,
              std::size_t row) {
  Counts counts{};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[i] = columns[i].empty() ? 0 : columns[i].at(row);
  }
  return counts;
}

void compare(const Frozen& it, const Forest& forest,
             const std::vector<MeasureId>& measures, const Interval& window) {
  const Snapshot& snapshot = *it.snapshot;
  const Oracle oracle(it.registry, snapshot.as_of(), snapshot.known_on());
  const Attended expected =
      oracle.attendance(forest.hierarchy(), measures, window);
  const auto found = count_attendance(snapshot, forest, measures, window);
  RC_ASSERT(found.has_value());
  RC_ASSERT(found->unplaced == expected.unplaced);
  std::multiset<MarkName> strangers;
  for (const Mark& mark : found->strangers) {
    const RecordId record = snapshot.attended_records()[mark.attended].record;
    strangers.emplace(Name(snapshot.identity(mark.person)),
                      Name(snapshot.record_identity(record)), mark.presence);
  }
  RC_ASSERT(strangers == expected.strangers);
  for (std::uint32_t u = 0; u < snapshot.unit_count(); ++u) {
    RC_ASSERT(column(found->own, u) ==
              own_of(expected, Name(snapshot.identity(UnitIndex{u}))));
  }
  const Shape shape = oracle.shape(forest.hierarchy());
  for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
    Counts sum{};
    const Name unit(snapshot.identity(forest.unit(PlaceIndex{p})));
    for (const Name& below : descendants(shape, unit)) {
      for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] += own_of(expected, below)[i];
      }
    }
    RC_ASSERT(column(found->by_presence, p) == sum);
  }
}

TEST_CASE("Attendance is a scan of the marks", "[evaluate]") {
  const bool holds = rc::check("count_attendance", [] {
    const Frozen it = frozen(*testing::organisations());
    const Interval window =
        *rc::gen::oneOf(testing::windows(), testing::intervals());
    const auto measures = *rc::gen::element(
        std::vector<MeasureId>{MeasureId{0}},
        std::vector<MeasureId>{MeasureId{0}, MeasureId{1}, MeasureId{2}});
    for (const Forest& forest : it.snapshot->forests()) {
      compare(it, forest, measures, window);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Every mark of a window is counted once or named", "[evaluate]") {
  const bool holds = rc::check("marks", [] {
    const Frozen it = frozen(*testing::organisations());
    const Snapshot& snapshot = *it.snapshot;
    std::size_t known = 0;
    std::size_t begun = 0;
    for (const Attendance& row : it.registry.attendance()) {
      const Record& record = it.registry.records()[row.record.value];
      if (row.recorded.contains(snapshot.known_on()) &&
          record.recorded.contains(snapshot.known_on())) {
        ++known;
        begun += record.valid.valid_from <= snapshot.as_of() ? 1U : 0U;
      }
    }
    RC_ASSERT(snapshot.marks().size() == known);
    std::vector<MeasureId> all;
    for (std::uint32_t m = 0; m < it.registry.measures().size(); ++m) {
      all.push_back(MeasureId{m});
    }
    for (const Forest& forest : snapshot.forests()) {
      const auto found = count_attendance(snapshot, forest, all, {});
      RC_ASSERT(found.has_value());
      std::size_t total =
          found->strangers.size() + static_cast<std::size_t>(found->unplaced);
      for (const auto& by_unit : found->own) {
        for (const std::int64_t count : by_unit) {
          total += static_cast<std::size_t>(count);
        }
      }
      RC_ASSERT(total == begun);
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
