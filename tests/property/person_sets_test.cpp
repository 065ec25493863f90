// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sets of persons, what becomes of them when they are combined, and how they
// overlap, against std::set.

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/oracle.hpp"
#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"
#include <headrope/person_sets.hpp>

namespace headrope {
namespace {

using oracle::Name;
using oracle::Names;
using oracle::Oracle;
using testing::below;
using testing::Frozen;

Oracle oracle_of(const Frozen& it) {
  return {it.registry, it.snapshot->as_of(), it.snapshot->known_on()};
}

template <typename Result>
auto value_of(Result result) {
  RC_ASSERT(result.has_value());
  return *std::move(result);
}

Names names_of(const PersonSet& set) {
  Names names;
  for (const PersonId person : set.persons()) {
    names.emplace(set.snapshot()->identity(person));
  }
  return names;
}

// A set and what it should hold.
struct Pair {
  PersonSet set;
  Names names;
};

// The members below a unit of a hierarchy, by both.
Pair leaf(const Frozen& it) {
  const auto forests = it.snapshot->forests();
  RC_PRE(!forests.empty());
  const Forest& forest = forests[*below(forests.size())];
  const PlaceIndex place{
      *below(static_cast<std::uint32_t>(forest.place_count()))};
  const UnitIndex unit = forest.unit(place);
  const auto basis = *rc::gen::element(CountBasis::primary, CountBasis::any);
  const Oracle oracle = oracle_of(it);
  Names names;
  for (const Name& person :
       oracle.counted_members(descendants(oracle.shape(forest.hierarchy()),
                                          Name(it.snapshot->identity(unit))),
                              basis)) {
    names.insert(person);
  }
  const Threads threads{*rc::gen::element(1U, 2U, 3U, 40U)};
  return {value_of(PersonSet::below(it.snapshot, forest, unit, basis, threads)),
          std::move(names)};
}

// An expression of some depth over leaves, worked out by both.
Pair expression(const Frozen& it, int depth) {
  if (depth == 0) return leaf(it);
  Pair left = expression(it, depth - 1);
  const Pair right = expression(it, *below(depth));
  Names names;
  const auto into = std::inserter(names, names.end());
  switch (*below(3)) {
    case 0:
      RC_ASSERT(left.set.unite(right.set).has_value());
      std::set_union(left.names.begin(), left.names.end(), right.names.begin(),
                     right.names.end(), into);
      break;
    case 1:
      RC_ASSERT(left.set.intersect(right.set).has_value());
      std::set_intersection(left.names.begin(), left.names.end(),
                            right.names.begin(), right.names.end(), into);
      break;
    default:
      RC_ASSERT(left.set.subtract(right.set).has_value());
      std::set_difference(left.names.begin(), left.names.end(),
                          right.names.begin(), right.names.end(), into);
      break;
  }
  left.names = std::move(names);
  return left;
}

TEST_CASE("Sets of persons are those of std::set", "[evaluate]") {
  const bool holds = rc::check("expressions", [] {
    const Frozen it = frozen(*testing::organisations());
    const Pair pair = expression(it, *below(4));
    RC_ASSERT(names_of(pair.set) == pair.names);
    RC_ASSERT(pair.set.size() == static_cast<std::int64_t>(pair.names.size()));
    for (std::uint32_t p = 0; p < it.snapshot->person_count() + 70; ++p) {
      const PersonId person{p};
      const bool is_in =
          p < it.snapshot->person_count() &&
          pair.names.contains(Name(it.snapshot->identity(person)));
      RC_ASSERT(pair.set.contains(person) == is_in);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("The size of what is below a unit is the count of its members",
          "[evaluate]") {
  const bool holds = rc::check("below = count_members", [] {
    const Frozen it = frozen(*testing::organisations());
    for (const Forest& forest : it.snapshot->forests()) {
      for (const CountBasis basis : {CountBasis::primary, CountBasis::any}) {
        const auto counts = count_members(*it.snapshot, forest, basis);
        for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
          const PersonSet set = value_of(PersonSet::below(
              it.snapshot, forest, forest.unit(PlaceIndex{p}), basis));
          RC_ASSERT(set.size() == counts[p]);
        }
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Persons are given in pieces of any size", "[evaluate]") {
  const bool holds = rc::check("pieces", [] {
    const Frozen it = frozen(*testing::organisations());
    const PersonSet set = expression(it, 1).set;
    const std::size_t limit = *rc::gen::inRange<std::size_t>(1, 5);
    std::vector<PersonId> all;
    PersonId from{0};
    while (true) {
      const auto some = set.persons(from, limit);
      RC_ASSERT(some.size() <= limit);
      if (some.empty()) break;
      all.insert(all.end(), some.begin(), some.end());
      from = PersonId{some.back().value + 1};
    }
    RC_ASSERT(all == set.persons());
    RC_ASSERT(value_of(PersonSet::of(it.snapshot, all)) == set);
  });
  REQUIRE(holds);
}

TEST_CASE("The persons with a status are those that the assessment says",
          "[evaluate]") {
  const bool holds = rc::check("with_status", [] {
    const Frozen it = frozen(*testing::organisations());
    const auto assessment =
        assess(*it.snapshot, *testing::rules(Subjects::Type::persons),
               *testing::windows());
    RC_ASSERT(assessment.has_value());
    std::int64_t sum = 0;
    for (std::size_t s = 0; s < status_count; ++s) {
      const auto status = static_cast<Status>(s);
      const PersonSet set =
          value_of(PersonSet::with_status(it.snapshot, *assessment, status));
      for (std::size_t at = 0; at < assessment->subjects.size(); ++at) {
        RC_ASSERT(set.contains(PersonId{assessment->subjects[at]}) ==
                  (assessment->overall(at) == status));
      }
      sum += set.size();
    }
    RC_ASSERT(sum == static_cast<std::int64_t>(assessment->subjects.size()));
  });
  REQUIRE(holds);
}

TEST_CASE("An overlap counts every combination, and its terms add up",
          "[evaluate]") {
  const bool holds = rc::check("find_overlap", [] {
    const Frozen it = frozen(*testing::organisations());
    std::vector<Pair> pairs;
    const std::size_t count = *rc::gen::inRange<std::size_t>(1, 7);
    for (std::size_t at = 0; at < count; ++at) pairs.push_back(leaf(it));
    std::vector<const PersonSet*> sets;
    for (const Pair& pair : pairs) sets.push_back(&pair.set);
    const Overlap overlap = value_of(find_overlap(sets));
    std::vector<std::int64_t> exactly(std::size_t{1} << count);
    std::vector<std::int64_t> common(exactly.size());
    Names any;
    for (const Pair& pair : pairs) {
      any.insert(pair.names.begin(), pair.names.end());
    }
    for (const Name& person : any) {
      std::size_t combination = 0;
      for (std::size_t at = 0; at < count; ++at) {
        if (pairs[at].names.contains(person)) combination += 1U << at;
      }
      ++exactly[combination];
      for (std::size_t of = 1; of < common.size(); ++of) {
        if ((of & combination) == of) ++common[of];
      }
    }
    RC_ASSERT(overlap.exactly == exactly);
    RC_ASSERT(overlap.common == common);
    RC_ASSERT(overlap.in_any() == static_cast<std::int64_t>(any.size()));
    const Table table = overlap_table(overlap, {});
    std::int64_t sum = 0;
    for (const std::int64_t term : table.find("term")->numbers) sum += term;
    RC_ASSERT(sum == overlap.in_any());
    RC_ASSERT(table.row_count() + 1 == common.size());
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
