// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Coverage at every node against statuses counted over sets of descendants.

#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"
#include <headrope/answers.hpp>

namespace headrope {
namespace {

using oracle::Name;
using oracle::Oracle;
using oracle::Shape;
using testing::Frozen;

using Counts = std::array<std::int64_t, status_count>;

// The overall status of each subject, as the library found it: the statuses
// themselves are compared elsewhere.
std::map<Name, Status> overall_statuses(const Snapshot& snapshot,
                                        const Assessment& assessment) {
  std::map<Name, Status> statuses;
  for (std::size_t s = 0; s < assessment.subjects.size(); ++s) {
    const std::uint32_t subject = assessment.subjects[s];
    statuses[Name(assessment.rule.subjects.type == Subjects::Type::units
                      ? snapshot.identity(UnitIndex{subject})
                      : snapshot.identity(PersonId{subject}))] =
        assessment.overall(s);
  }
  return statuses;
}

template <typename Subjects>
Counts count(const std::map<Name, Status>& statuses, const Subjects& subjects) {
  Counts counts{};
  for (const Name& subject : subjects) {
    const auto found = statuses.find(subject);
    if (found != statuses.end()) {
      ++counts[static_cast<std::size_t>(found->second)];
    }
  }
  return counts;
}

template <typename Inside>
Counts count_outside(const std::map<Name, Status>& statuses,
                     const Inside& inside) {
  Counts counts{};
  for (const auto& [subject, status] : statuses) {
    if (!inside.contains(subject)) {
      ++counts[static_cast<std::size_t>(status)];
    }
  }
  return counts;
}

void check_counts(const StatusCounts& found, const Counts& expected) {
  RC_ASSERT(found.by_status == expected);
  RC_ASSERT(found.of(Status::met) <= found.eligible());
}

Assessment assessed(const Frozen& it, Subjects::Type type) {
  const Rule rule = *testing::rules(type);
  auto assessment = assess(*it.snapshot, rule, *testing::windows());
  if (!assessment) {
    RC_FAIL("refused: " + assessment.error().message);
  }
  return std::move(assessment).value();
}

TEST_CASE("Units are covered as sets of descendants", "[evaluate]") {
  const bool holds = rc::check("cover units", [] {
    const Frozen it = frozen(*testing::organisations());
    const Assessment assessment = assessed(it, Subjects::Type::units);
    const auto statuses = overall_statuses(*it.snapshot, assessment);
    const Oracle oracle(it.registry, it.snapshot->as_of(),
                        it.snapshot->known_on());
    for (const Forest& forest : it.snapshot->forests()) {
      const Shape shape = oracle.shape(forest.hierarchy());
      const auto coverage = cover(*it.snapshot, forest, assessment);
      RC_ASSERT(coverage.has_value());
      RC_ASSERT(coverage->place_count == forest.place_count());
      for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
        const Name unit(it.snapshot->identity(forest.unit(PlaceIndex{p})));
        check_counts(coverage->at(PlaceIndex{p}),
                     count(statuses, descendants(shape, unit)));
      }
      check_counts(coverage->unplaced, count_outside(statuses, shape.placed));
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Persons are covered on each count basis", "[evaluate]") {
  const bool holds = rc::check("cover persons", [] {
    const Frozen it = frozen(*testing::organisations());
    const Assessment assessment = assessed(it, Subjects::Type::persons);
    const auto statuses = overall_statuses(*it.snapshot, assessment);
    const Oracle oracle(it.registry, it.snapshot->as_of(),
                        it.snapshot->known_on());
    const auto basis = *rc::gen::element(CountBasis::primary, CountBasis::any,
                                         CountBasis::every);
    for (const Forest& forest : it.snapshot->forests()) {
      const Shape shape = oracle.shape(forest.hierarchy());
      const auto coverage = cover(*it.snapshot, forest, assessment, basis);
      RC_ASSERT(coverage.has_value());
      for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
        const Name unit(it.snapshot->identity(forest.unit(PlaceIndex{p})));
        check_counts(coverage->at(PlaceIndex{p}),
                     count(statuses, oracle.counted_members(
                                         descendants(shape, unit), basis)));
      }
      check_counts(
          coverage->unplaced,
          count_outside(statuses, oracle.counted_members(shape.placed, basis)));
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
