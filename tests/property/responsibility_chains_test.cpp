// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Chains are what plain walks over the hierarchy find, with several parents
// too; and so is what hangs on them, and who alone holds them.

#include <algorithm>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/random_responsibility.hpp"
#include "support/responsibility_oracle.hpp"
#include "support/responsibility_oracle_compare.hpp"

namespace headrope {
namespace {

using oracle::Broken;
using oracle::ChainOracle;
using oracle::require_same;
using oracle::Responsible;
using oracle::text;
using testing::Frozen;

// A question about one of the forests, and the values it points to.
struct Asked {
  ChainQuestion question;
  std::vector<std::uint8_t> held;
};

Asked asked(const Snapshot& snapshot) {
  Asked it;
  const auto forests = snapshot.forests();
  ChainQuestion& question = it.question;
  question.forest = &forests[*testing::below(forests.size())];
  if (*testing::below<int>(3) != 0) {
    question.day = *testing::meeting_days();
  }
  question.needs_post = *testing::below<int>(2) == 1;
  if (*testing::below<int>(3) == 2) {
    question.top = PlaceIndex{*testing::below(
        static_cast<std::uint32_t>(question.forest->place_count()))};
  }
  const int by = *testing::below<int>(4);
  const auto duties = static_cast<std::uint32_t>(snapshot.duty_count());
  if (by == 1) {
    question.roles = {RoleId{*testing::below<std::uint32_t>(10)}};
  } else if (by == 2 && duties > 0) {
    question.duty = DutyId{*testing::below(duties)};
  } else if (by == 3) {
    it.held = *rc::gen::container<std::vector<std::uint8_t>>(
        snapshot.unit_count(), testing::below<std::uint8_t>(2));
  }
  return it;
}

std::string line(const Snapshot& snapshot, UnitIndex unit, LinkState state,
                 std::int64_t hanging, bool is_first, const Interval& days) {
  const std::array<std::string, 4> states{"held", "acting", "vacant",
                                          "without"};
  return std::string(snapshot.identity(unit)) + ' ' +
         states[static_cast<std::size_t>(state)] + " hanging " +
         std::to_string(hanging) + (is_first ? " first" : "") + text(days);
}

void require_breaks(const Snapshot& snapshot, const Chains& came,
                    const ChainOracle& wanted) {
  std::multiset<std::string> told;
  for (const ChainBreak& one : came.breaks) {
    told.insert(line(snapshot, one.unit, one.state, one.hanging, one.is_first,
                     one.days));
    const auto at = wanted.breaks().find(one.unit);
    RC_ASSERT(at != wanted.breaks().end());
    const std::set<PostId>& posts = at->second.posts;
    RC_ASSERT(one.post == (posts.empty() ? PostId{} : *posts.begin()));
  }
  std::set<std::string> lines;
  for (const auto& [unit, one] : wanted.breaks()) {
    lines.insert(line(snapshot, unit, one.state,
                      static_cast<std::int64_t>(one.hanging.size()),
                      one.is_first, one.days));
  }
  require_same(told, lines, "breaks");
}

// Breaks stand in the order of the first place that each has below the top.
bool in_order(const std::vector<ChainBreak>& breaks,
              const ChainQuestion& question) {
  const Forest& forest = *question.forest;
  const auto place_of = [&](UnitIndex unit) {
    const std::uint32_t top = question.top.is_none() ? 0 : question.top.value;
    for (std::uint32_t p = top; p < forest.place_count(); ++p) {
      if (forest.unit(PlaceIndex{p}) == unit) {
        return p;
      }
    }
    return PlaceIndex::none_value;
  };
  return std::is_sorted(breaks.begin(), breaks.end(),
                        [&](const ChainBreak& one, const ChainBreak& other) {
                          return place_of(one.unit) < place_of(other.unit);
                        });
}

TEST_CASE("Chains are those of plain walks", "[responsibility]") {
  const bool holds = rc::check("chains", [] {
    const Frozen it = testing::frozen(*testing::answerables());
    RC_PRE(!it.snapshot->forests().empty());
    Asked drawn = asked(*it.snapshot);
    drawn.question.held = drawn.held;
    const Responsibility library(it.snapshot);
    const Responsible rows(it.registry, *it.snapshot);
    const ChainOracle wanted(rows, drawn.question);
    const auto came = follow_chains(library, drawn.question);
    RC_ASSERT(came.has_value());
    RC_ASSERT(came->states.size() == it.snapshot->unit_count());
    RC_ASSERT(came->reached.size() == it.snapshot->unit_count());
    for (const UnitIndex unit : wanted.inside()) {
      RC_ASSERT(came->states[unit.value] == wanted.state(unit));
    }
    for (const UnitIndex unit : rows.units()) {
      RC_ASSERT((came->reached[unit.value] == 1) ==
                wanted.reached().contains(unit));
    }
    require_breaks(*it.snapshot, *came, wanted);
    RC_ASSERT(in_order(came->breaks, drawn.question));
    const std::set<UnitIndex> leaves = wanted.leaves();
    RC_ASSERT(came->leaves == static_cast<std::int64_t>(leaves.size()));
    RC_ASSERT(came->leaves_reached ==
              std::count_if(leaves.begin(), leaves.end(), [&](UnitIndex leaf) {
                return wanted.reached().contains(leaf);
              }));
  });
  REQUIRE(holds);
}

TEST_CASE("What hangs below a unit is what nothing else leads to",
          "[responsibility]") {
  const bool holds = rc::check("hanging", [] {
    const Frozen it = testing::frozen(*testing::answerables());
    const Responsible rows(it.registry, *it.snapshot);
    for (const Forest& forest : it.snapshot->forests()) {
      for (const UnitIndex unit : rows.units()) {
        const auto wanted =
            rows.node(forest.hierarchy(), unit).is_placed
                ? oracle::hanging_below(rows, forest.hierarchy(), unit)
                : std::set<UnitIndex>{};
        const std::vector<UnitIndex> came = hanging_below(forest, unit);
        RC_ASSERT(std::set(came.begin(), came.end()) == wanted);
        RC_ASSERT(came.size() == wanted.size());
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Single points are those without whom units would break",
          "[responsibility]") {
  const bool holds = rc::check("single points", [] {
    const Frozen it = testing::frozen(*testing::answerables());
    RC_PRE(!it.snapshot->forests().empty());
    Asked drawn = asked(*it.snapshot);
    drawn.question.held = drawn.held;
    const Responsibility library(it.snapshot);
    const Responsible rows(it.registry, *it.snapshot);
    const auto came = single_points(library, drawn.question);
    RC_ASSERT(came.has_value());
    const auto told = [&](const Entity& holder, std::int64_t units,
                          std::int64_t hanging) {
      return text(*it.snapshot, holder) + " units " + std::to_string(units) +
             " hanging " + std::to_string(hanging);
    };
    std::multiset<std::string> lines;
    for (const SinglePoint& one : *came) {
      lines.insert(told(one.holder, one.units, one.hanging));
    }
    std::set<std::string> wanted;
    for (const auto& [holder, counts] :
         ChainOracle(rows, drawn.question).single_points()) {
      wanted.insert(told(holder, counts.first, counts.second));
    }
    require_same(lines, wanted, "single points");
    RC_ASSERT(
        std::is_sorted(came->begin(), came->end(),
                       [](const SinglePoint& one, const SinglePoint& other) {
                         return one.hanging > other.hanging;
                       }));
    const auto some = single_points(library, drawn.question, 1);
    RC_ASSERT(some.has_value());
    RC_ASSERT(some->size() == std::min<std::size_t>(1, came->size()));
    if (!some->empty()) {
      RC_ASSERT(some->front().holder == came->front().holder);
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
