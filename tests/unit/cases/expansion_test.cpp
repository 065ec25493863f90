// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Ranges in the texts of rows.

#include "cases/expansion.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

std::vector<std::string> texts_of(std::string_view text) {
  const auto range = RangeText::parse(text);
  if (!range) FAIL(range.error().message);
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < range->count().value_or(1); ++at) {
    texts.push_back(range->at(at));
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("A range in braces stands for its numbers") {
  CHECK(texts_of("V{1..3}") == Texts{"V1", "V2", "V3"});
  CHECK(texts_of("{9..11}村") == Texts{"9村", "10村", "11村"});
  CHECK(texts_of("2011-0{2..3}-10") == Texts{"2011-02-10", "2011-03-10"});
  CHECK(texts_of("{7..7}") == Texts{"7"});
}

TEST_CASE("Numbers that begin with 0 keep their width") {
  CHECK(texts_of("P{08..11}") == Texts{"P08", "P09", "P10", "P11"});
  CHECK(texts_of("P{0..1}") == Texts{"P0", "P1"});
}

TEST_CASE("Braces without a range are plain text") {
  for (const std::string text : {"", "V", "{1}", "{1..}", "{..2}", "{a..b}",
                                 "{1..2", "1..2}", "{1.. 2}", "{-1..2}"}) {
    INFO(text);
    CHECK(texts_of(text) == Texts{text});
    CHECK_FALSE(RangeText::parse(text)->count());
  }
  CHECK(texts_of("{x{1..2}") == Texts{"{x1", "{x2"});
}

TEST_CASE("A range runs up, alone in its text, and not too far") {
  for (const std::string text : {"V{2..1}", "{1..2}{1..2}", "{1..200001}",
                                 "{0..99999999999999999999}"}) {
    INFO(text);
    const auto range = RangeText::parse(text);
    REQUIRE_FALSE(range);
    CHECK(range.error().code == Code::case_invalid);
  }
  CHECK(RangeText::parse("{1..200000}")->count() == 200'000);
}

}  // namespace
}  // namespace headrope
