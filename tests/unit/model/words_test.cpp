// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The words of files and messages stand for the enumerators, both ways.

#include "model/words.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

template <typename Enum>
void check_words(Enum last) {
  const auto& list = words<Enum>;
  REQUIRE(list.size() == static_cast<std::size_t>(last) + 1);
  std::set<std::string_view> different;
  for (std::size_t at = 0; at < list.size(); ++at) {
    const auto value = static_cast<Enum>(at);
    CHECK(word_of(value) == list[at]);
    CHECK((find_word<Enum>(list[at]) == value));
    CHECK(different.insert(list[at]).second);
  }
  CHECK_FALSE(find_word<Enum>(""));
  CHECK_FALSE(find_word<Enum>("Own"));
  CHECK_FALSE(find_word<Enum>(std::string(list[0]) + " "));
}

}  // namespace

TEST_CASE("every enumerator has one word, which gives it back", "[model]") {
  check_words(ParentPolicy::many);
  check_words(CyclePolicy::break_youngest);
  check_words(OrphanPolicy::ignore);
  check_words(OutsideLifePolicy::clip);
  check_words(Nature::flag);
  check_words(EntityType::record);
  check_words(Standing::secondary);
  check_words(Scope::Type::kind);
  check_words(Reach::subtree);
  check_words(Presence::absent);
  check_words(Change::dissolve);
}

TEST_CASE("words stand for what the format says", "[model]") {
  CHECK((find_word<ParentPolicy>("leaves_many") == ParentPolicy::leaves_many));
  CHECK((find_word<CyclePolicy>("break") == CyclePolicy::break_youngest));
  CHECK((find_word<OrphanPolicy>("ignore") == OrphanPolicy::ignore));
  CHECK((find_word<OutsideLifePolicy>("clip") == OutsideLifePolicy::clip));
  CHECK((find_word<Nature>("distinct") == Nature::distinct));
  CHECK((find_word<Standing>("secondary") == Standing::secondary));
  CHECK((find_word<Scope::Type>("subtree") == Scope::Type::subtree));
  CHECK((find_word<Presence>("made_up") == Presence::made_up));
  CHECK((find_word<Change>("merge") == Change::merge));
  CHECK(word_list<Reach>() == "own, subtree");
}

}  // namespace headrope
