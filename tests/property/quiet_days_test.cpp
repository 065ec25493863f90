// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Between two days on which nothing changed every answer is the same.

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/answer_texts.hpp"
#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"
#include <headrope/date.hpp>

namespace headrope {
namespace {

using testing::Organisation;
using testing::Questions;

// The last day before something changes after as_of.
Date last_quiet_day(const Organisation& organisation) {
  Date next = add_days(organisation.as_of, 100);
  const auto see = [&](const auto& rows) {
    for (const auto& row : rows) {
      for (const Date day :
           {row.clocks.valid.valid_from, row.clocks.valid.valid_until}) {
        next = day > organisation.as_of ? std::min(next, day) : next;
      }
    }
  };
  see(organisation.states);
  see(organisation.links);
  see(organisation.memberships);
  see(organisation.records);
  see(organisation.attributes);
  return add_days(next, -1);
}

TEST_CASE("On quiet days nothing changes", "[evaluate]") {
  const bool holds = rc::check("quiet days", [] {
    Organisation organisation = *testing::organisations();
    Questions questions{*testing::rules(Subjects::Type::units),
                        *testing::rules(Subjects::Type::persons),
                        *testing::windows()};
    // One window, over before both days.
    questions.of_units.period = Period::whole;
    questions.of_persons.period = Period::whole;
    questions.window.valid_until =
        std::min(questions.window.valid_until, organisation.as_of);
    RC_PRE(!questions.window.is_empty());
    const auto before = answer_texts(organisation, questions);
    organisation.as_of = last_quiet_day(organisation);
    RC_ASSERT(answer_texts(organisation, questions) == before);
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
