// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The order in which rows were added changes no answer.

#include <cstdint>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/answer_texts.hpp"
#include "support/random_organisation.hpp"
#include "support/random_rule.hpp"

namespace headrope {
namespace {

using testing::Organisation;
using testing::Questions;

TEST_CASE("The order of rows changes no answer", "[evaluate]") {
  const bool holds = rc::check("order", [] {
    const Organisation organisation = *testing::organisations();
    const Questions questions{*testing::rules(Subjects::Type::units),
                              *testing::rules(Subjects::Type::persons),
                              *testing::windows()};
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    RC_ASSERT(answer_texts(organisation, questions) ==
              answer_texts(shuffled(organisation, seed), questions));
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
