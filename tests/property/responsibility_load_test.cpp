// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What persons and units carry is what a scan of the rows counts.

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
using oracle::Responsible;
using testing::Frozen;

bool is_over(const Burden& burden, const BurdenLimits& limits) {
  const auto past = [](std::int64_t count,
                       const std::optional<std::int64_t>& limit) {
    return limit && count > *limit;
  };
  return past(burden.leads, limits.leads) ||
         past(burden.cooperations, limits.cooperations) ||
         past(burden.posts, limits.posts) ||
         past(burden.liaisons, limits.liaisons) ||
         past(burden.contact_points, limits.contact_points) ||
         past(burden.total(), limits.total);
}

std::string line(const Snapshot& snapshot, const Load& load) {
  const Burden& own = load.burden;
  std::string told = oracle::text(snapshot, load.holder) + ' ' +
                     to_string(load.day) + (load.is_over ? " over" : "");
  for (const std::int64_t count :
       {own.leads, own.cooperations, own.other_roles, own.posts, own.liaisons,
        own.contact_points, own.pairings}) {
    told += ' ' + std::to_string(count);
  }
  return told;
}

rc::Gen<std::optional<std::int64_t>> limits() {
  return rc::gen::map(testing::below<std::int64_t>(6), [](std::int64_t limit) {
    return limit < 3 ? std::nullopt : std::optional(limit - 3);
  });
}

LoadQuestion asked(const Snapshot& snapshot) {
  LoadQuestion question;
  const std::set<Date> days{*testing::meeting_days(), *testing::meeting_days()};
  if (*testing::below<int>(3) != 0) {
    question.days.assign(days.begin(), days.end());
  }
  const auto forests = snapshot.forests();
  if (!forests.empty() && *testing::below<int>(2) == 1) {
    question.line = &forests[*testing::below(forests.size())];
    if (*testing::below<int>(2) == 1) {
      question.top = question.line->unit(PlaceIndex{*testing::below(
          static_cast<std::uint32_t>(question.line->place_count()))});
    }
  }
  question.limits = {*limits(), *limits(), *limits(),
                     *limits(), *limits(), *limits()};
  return question;
}

TEST_CASE("Load is what a scan of the rows counts", "[responsibility]") {
  const bool holds = rc::check("load", [] {
    const Frozen it = testing::frozen(*testing::answerables());
    const Responsible rows(it.registry, *it.snapshot);
    const LoadQuestion question = asked(*it.snapshot);
    std::vector<Date> days = question.days;
    if (days.empty()) {
      days.push_back(it.snapshot->as_of());
    }
    std::set<std::string> wanted;
    for (const Date day : days) {
      for (const auto& [holder, burden] :
           oracle::burdens(rows, question, day)) {
        wanted.insert(line(*it.snapshot, {holder, day, burden,
                                          is_over(burden, question.limits)}));
      }
    }
    const std::vector<Load> came =
        count_load(Responsibility(it.snapshot), question);
    std::multiset<std::string> told;
    for (const Load& load : came) {
      if (load.burden.total() > 0) {  // Of the idle, nothing need be told.
        told.insert(line(*it.snapshot, load));
      }
    }
    require_same(told, wanted, "load");
    RC_ASSERT(std::is_sorted(came.begin(), came.end(),
                             [](const Load& one, const Load& other) {
                               return std::tuple(one.holder, one.day) <
                                      std::tuple(other.holder, other.day);
                             }));
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
