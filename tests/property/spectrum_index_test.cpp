// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Counts, values and thresholds at every unit against the sorted values of the
// subjects below it.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"
#include <headrope/spectrum_index.hpp>

namespace headrope {
namespace {

using oracle::Name;
using oracle::Oracle;
using oracle::Shape;
using oracle::Wide;
using testing::below;
using testing::Frozen;

using Values = std::vector<std::int64_t>;

// The known values below a unit, sorted, and how many are unknown.
struct Below {
  Values known;
  std::int64_t unknown = 0;
};

struct Value {
  bool is_known = false;
  std::int64_t value = 0;
};

template <typename Subjects>
Below sorted_values(const std::map<Name, Value>& values,
                    const Subjects& subjects) {
  Below found;
  for (const Name& subject : subjects) {
    const auto at = values.find(subject);
    if (at == values.end()) continue;
    if (at->second.is_known) {
      found.known.push_back(at->second.value);
    } else {
      ++found.unknown;
    }
  }
  std::sort(found.known.begin(), found.known.end());
  return found;
}

void check_counts(const SpectrumIndex& index, UnitIndex unit,
                  const Below& below, const Fraction& threshold) {
  std::int64_t at_least = 0;
  std::int64_t at_most = 0;
  for (const std::int64_t value : below.known) {
    const Wide left = Wide{value} * threshold.denominator;
    at_least += left >= threshold.numerator ? 1 : 0;
    at_most += left <= threshold.numerator ? 1 : 0;
  }
  const auto known = static_cast<std::int64_t>(below.known.size());
  RC_ASSERT(index.count(unit, Comparison::at_least, threshold) == at_least);
  RC_ASSERT(index.count(unit, Comparison::at_most, threshold) == at_most);
  RC_ASSERT(index.count(unit, Comparison::equal, threshold) ==
            at_least + at_most - known);
}

// The threshold is tried at each value, the hardest first.
void check_threshold(const SpectrumIndex& index, UnitIndex unit,
                     const Below& below, Comparison comparison,
                     std::int64_t part, std::int64_t whole) {
  const auto found = index.threshold_for(unit, comparison, part, whole);
  Values hardest = below.known;
  if (comparison == Comparison::at_least) {
    std::reverse(hardest.begin(), hardest.end());
  }
  for (const std::int64_t value : hardest) {
    std::int64_t met = 0;
    for (const std::int64_t one : below.known) {
      met += (comparison == Comparison::at_least ? one >= value : one <= value)
                 ? 1
                 : 0;
    }
    const auto known = static_cast<std::int64_t>(below.known.size());
    if (Wide{met} * whole < Wide{part} * known) continue;
    RC_ASSERT(found.has_value());
    RC_ASSERT(found->threshold == (Fraction{value, 1}));
    RC_ASSERT(found->met == met);
    RC_ASSERT(found->known == known);
    RC_ASSERT(found->tied ==
              std::count(below.known.begin(), below.known.end(), value));
    return;
  }
  RC_ASSERT(!found.has_value());
}

void check_unit(const SpectrumIndex& index, UnitIndex unit,
                const Below& below) {
  const KnownCounts counts = index.counts(unit);
  RC_ASSERT(counts.known == static_cast<std::int64_t>(below.known.size()));
  RC_ASSERT(counts.unknown == below.unknown);
  RC_ASSERT(!index.value_at(unit, -1).has_value());
  RC_ASSERT(!index.value_at(unit, counts.known).has_value());
  for (std::int64_t rank = 0; rank < counts.known; ++rank) {
    const std::int64_t value = below.known[static_cast<std::size_t>(rank)];
    RC_ASSERT(index.value_at(unit, rank) == std::optional(Fraction{value, 1}));
    check_counts(index, unit, below, {value, 1});
    check_counts(index, unit, below, *make_fraction(value * 2 + 1, 2));
    check_counts(index, unit, below, *make_fraction(value * 3 - 1, 3));
  }
  const auto comparison =
      *rc::gen::element(Comparison::at_least, Comparison::at_most);
  const std::int64_t whole = *rc::gen::inRange<std::int64_t>(1, 12);
  const std::int64_t part = *rc::gen::inRange<std::int64_t>(-1, 14);
  check_threshold(index, unit, below, comparison, part, whole);
  RC_ASSERT(!index.threshold_for(unit, comparison, 1, 0).has_value());
  RC_ASSERT(!index.threshold_for(unit, Comparison::equal, 0, 1).has_value());
}

TEST_CASE("Values of units are counted below every unit", "[evaluate]") {
  const bool holds = rc::check("index of units", [] {
    const Frozen it = frozen(*testing::organisations());
    const Oracle oracle(it.registry, it.snapshot->as_of(),
                        it.snapshot->known_on());
    // Few values that collide, or some so far apart that they are sorted.
    const auto factor =
        *rc::gen::element<std::int64_t>(1, 1, std::int64_t{1} << 40);
    const std::uint32_t known_of_4 = *below(5U);
    Values per_unit;
    std::vector<std::uint8_t> has_value;
    std::map<Name, Value> values;
    for (std::uint32_t u = 0; u < it.snapshot->unit_count(); ++u) {
      per_unit.push_back((*below<std::int64_t>(9) - 4) * factor);
      has_value.push_back(*below(4U) < known_of_4 ? 1 : 0);
      values[Name(it.snapshot->identity(UnitIndex{u}))] = {
          has_value.back() != 0, per_unit.back()};
    }
    for (const Forest& forest : it.snapshot->forests()) {
      const Shape shape = oracle.shape(forest.hierarchy());
      const auto index =
          SpectrumIndex::make(it.snapshot, forest, per_unit, has_value);
      RC_ASSERT(index.has_value());
      for (std::uint32_t u = 0; u < it.snapshot->unit_count(); ++u) {
        const Name unit(it.snapshot->identity(UnitIndex{u}));
        check_unit(*index, UnitIndex{u},
                   shape.placed.contains(unit)
                       ? sorted_values(values, descendants(shape, unit))
                       : Below{});
      }
    }
  });
  REQUIRE(holds);
}

// The value of each subject that is asked, of several windows the hardest.
std::map<Name, Value> hardest_values(const Snapshot& snapshot,
                                     const Assessment& assessment) {
  std::map<Name, Value> values;
  const bool at_most =
      assessment.rule.requirement.comparison == Comparison::at_most;
  for (std::size_t s = 0; s < assessment.subjects.size(); ++s) {
    std::optional<Value> value;
    for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
      const std::size_t cell = assessment.at(s, w);
      const Status status = assessment.statuses[cell];
      if (status != Status::met && status != Status::unmet &&
          status != Status::pending && status != Status::not_evaluable) {
        continue;
      }
      if (!value) value.emplace();
      if (assessment.has_value[cell] == 0) continue;
      const std::int64_t one = assessment.values[cell];
      if (!value->is_known ||
          (at_most ? one > value->value : one < value->value)) {
        value = Value{true, one};
      }
    }
    if (!value) continue;
    const std::uint32_t subject = assessment.subjects[s];
    const bool units = assessment.rule.subjects.type == Subjects::Type::units;
    values[Name(units ? snapshot.identity(UnitIndex{subject})
                      : snapshot.identity(PersonId{subject}))] = *value;
  }
  return values;
}

TEST_CASE("Values of an assessment are counted below every unit",
          "[evaluate]") {
  const bool holds = rc::check("index of an assessment", [] {
    const Frozen it = frozen(*testing::organisations());
    const Oracle oracle(it.registry, it.snapshot->as_of(),
                        it.snapshot->known_on());
    const auto type =
        *rc::gen::element(Subjects::Type::units, Subjects::Type::persons);
    const auto assessment =
        assess(*it.snapshot, *testing::rules(type), *testing::windows());
    RC_ASSERT(assessment.has_value());
    const auto basis = *rc::gen::element(CountBasis::primary, CountBasis::any,
                                         CountBasis::every);
    const auto values = hardest_values(*it.snapshot, *assessment);
    const bool is_refused =
        assessment->rule.requirement.comparison == Comparison::equal &&
        assessment->windows.size() > 1;
    for (const Forest& forest : it.snapshot->forests()) {
      const Shape shape = oracle.shape(forest.hierarchy());
      const auto index =
          SpectrumIndex::make(it.snapshot, forest, *assessment, basis);
      RC_ASSERT(index.has_value() != is_refused);
      if (is_refused) continue;
      for (const Name& unit : shape.placed) {
        const auto units = descendants(shape, unit);
        check_unit(
            *index, *it.snapshot->find_unit(unit),
            type == Subjects::Type::units
                ? sorted_values(values, units)
                : sorted_values(values, oracle.counted_members(units, basis)));
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
