// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The status, value and threshold of every cell of random packs against the
// oracle.

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/pack_oracle.hpp"
#include "support/pack_texts.hpp"
#include "support/random_pack.hpp"
#include <headrope/pack_answers.hpp>

namespace headrope {
namespace {

using testing::PackCase;
using testing::PackOptions;

void compare(const PackCase& it) {
  const testing::Frozen frozen = testing::frozen(it);
  const PackPointer pack = testing::parsed(it.pack, frozen.registry);
  const oracle::PackOracle oracle(frozen.registry, it.pack,
                                  it.organisation.as_of,
                                  it.organisation.known_on, it.range);
  for (std::size_t r = 0; r < it.pack.rules.size(); ++r) {
    const auto found = assess(*frozen.snapshot, pack, r, {it.range, false, {}});
    if (!found) {
      RC_FAIL("refused: " + found.error().message);
    }
    const auto expected = oracle.assess(r);
    if (found->own_windows.empty()) {
      RC_ASSERT(found->windows == expected.windows);
    }
    RC_LOG() << "rule " << it.pack.rules[r].id << '\n';
    RC_ASSERT(std::is_sorted(found->subjects.begin(), found->subjects.end()));
    RC_ASSERT(testing::difference(testing::texts_of(*frozen.snapshot, *found),
                                  testing::texts_of(expected)) == "");
  }
}

void check(const std::string& what, const PackOptions& options) {
  const bool holds = rc::check(what, [&options] {
    const PackCase it = *testing::pack_cases(options);
    RC_PRE(it.range.valid_from <= it.organisation.as_of);
    RC_PRE(it.pack.effective <= it.organisation.as_of);
    compare(it);
  });
  REQUIRE(holds);
}

TEST_CASE("One amount of records is judged as the documents say", "[pack]") {
  PackOptions options;
  options.simple_amounts = true;
  check("simple packs", options);
}

TEST_CASE("Every amount and condition is judged as the documents say",
          "[pack]") {
  PackOptions options;
  options.is_over = true;
  check("packs", options);
}

}  // namespace
}  // namespace headrope
