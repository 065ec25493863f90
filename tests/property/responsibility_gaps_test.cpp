// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings about responsibility are those of a scan of every day, whatever is
// asked about.

#include <algorithm>
#include <tuple>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/random_responsibility.hpp"
#include "support/responsibility_oracle.hpp"
#include "support/responsibility_oracle_compare.hpp"

namespace headrope {
namespace {

using oracle::require_same;
using oracle::text;
using testing::Frozen;

auto order_of(const Gap& gap) {
  return std::tuple(gap.type, gap.duty, gap.unit, gap.post, gap.person,
                    gap.days);
}

std::string line(const Snapshot& snapshot, const Gap& gap) {
  return text(snapshot, gap) + text(gap.days);
}

// The days of a circle reach as far as the rows that were asked about; only
// those asked about are compared.
std::string line(const Snapshot& snapshot, Gap gap, const Interval& asked) {
  if (gap.type == GapType::delegation_cycle) {
    gap.days = gap.days.intersected(asked);
  }
  return line(snapshot, gap);
}

std::multiset<std::string> lines(const Snapshot& snapshot,
                                 const std::vector<Gap>& gaps) {
  std::multiset<std::string> found;
  for (const Gap& gap : gaps) {
    found.insert(line(snapshot, gap));
  }
  return found;
}

Interval asked_days(const Snapshot& snapshot, const GapQuestion& question) {
  return question.days.value_or(
      Interval{snapshot.as_of(), add_days(snapshot.as_of(), 1)});
}

std::set<std::string> wanted(const Frozen& it, const GapQuestion& question) {
  const oracle::Responsible rows(it.registry, *it.snapshot);
  std::set<std::string> found;
  for (const Gap& gap :
       oracle::gaps_in(rows, asked_days(*it.snapshot, question))) {
    found.insert(line(*it.snapshot, gap, asked_days(*it.snapshot, question)));
  }
  return found;
}

void require_gaps(const Frozen& it, const GapQuestion& question) {
  const Responsibility library(it.snapshot);
  const auto came = find_gaps(library, question);
  RC_ASSERT(came.has_value());
  std::multiset<std::string> told;
  for (const Gap& gap : *came) {
    told.insert(line(*it.snapshot, gap, asked_days(*it.snapshot, question)));
  }
  require_same(told, wanted(it, question), "gaps");
  RC_ASSERT(std::is_sorted(came->begin(), came->end(),
                           [](const Gap& one, const Gap& other) {
                             return order_of(one) < order_of(other);
                           }));
}

TEST_CASE("Findings of the day are those of a scan", "[responsibility]") {
  const bool holds = rc::check("gaps of the day", [] {
    require_gaps(testing::frozen(*testing::answerables()), {});
  });
  REQUIRE(holds);
}

TEST_CASE("Findings of some days are those of a scan", "[responsibility]") {
  const bool holds = rc::check("gaps of some days", [] {
    GapQuestion question;
    question.days = *testing::meeting_intervals();
    require_gaps(testing::frozen(*testing::answerables()), question);
  });
  REQUIRE(holds);
}

// Both are subsets, taken of what all questions without a filter give.
TEST_CASE("Types and duties asked for give that part of all findings",
          "[responsibility]") {
  const bool holds = rc::check("part of the gaps", [] {
    const Frozen it = testing::frozen(*testing::answerables());
    const Responsibility library(it.snapshot);
    GapQuestion question;
    question.days = *testing::meeting_intervals();
    const auto all = find_gaps(library, question);
    RC_ASSERT(all.has_value());
    std::set<GapType> types;
    for (int i = *testing::below<int>(6); i > 0; --i) {
      types.insert(
          static_cast<GapType>(*testing::below<std::uint8_t>(gap_type_count)));
    }
    question.types.assign(types.begin(), types.end());
    const auto count = it.snapshot->duty_count();
    if (count > 0 && *testing::below<int>(2) == 1) {
      question.duties = {
          DutyId{*testing::below(static_cast<std::uint32_t>(count))}};
    }
    std::vector<std::string> part;
    for (const Gap& gap : *all) {
      const bool is_asked =
          (types.empty() || types.contains(gap.type)) &&
          (question.duties.empty() || gap.duty == question.duties.front());
      if (is_asked) {
        part.push_back(line(*it.snapshot, gap));
      }
    }
    const auto came = find_gaps(library, question);
    RC_ASSERT(came.has_value());
    std::vector<std::string> told;
    for (const Gap& gap : *came) {
      told.push_back(line(*it.snapshot, gap));
    }
    RC_ASSERT(told == part);
  });
  REQUIRE(holds);
}

TEST_CASE("A top leaves the findings about units at or below it",
          "[responsibility]") {
  const bool holds = rc::check("gaps below", [] {
    const Frozen it = testing::frozen(*testing::answerables());
    RC_PRE(!it.snapshot->forests().empty());
    const Responsibility library(it.snapshot);
    const oracle::Responsible rows(it.registry, *it.snapshot);
    GapQuestion question;
    question.days = *testing::meeting_intervals();
    const auto all = find_gaps(library, question);
    RC_ASSERT(all.has_value());
    const auto forests = it.snapshot->forests();
    question.forest = &forests[*testing::below(forests.size())];
    question.top = question.forest->unit(PlaceIndex{*testing::below(
        static_cast<std::uint32_t>(question.forest->place_count()))});
    std::set<std::string> part;
    for (const Gap& gap : *all) {
      if (!gap.unit.is_none() &&
          rows.node(question.forest->hierarchy(), gap.unit)
              .steps_up.contains(question.top)) {
        part.insert(line(*it.snapshot, gap));
      }
    }
    const auto came = find_gaps(library, question);
    RC_ASSERT(came.has_value());
    require_same(lines(*it.snapshot, *came), part, "gaps below");
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
