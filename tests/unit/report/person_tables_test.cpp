// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Overlaps and sets of persons as people read them.

#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/person_sets.hpp>

namespace headrope {
namespace {

using unit::Model;
using Labels = std::vector<std::string>;

// The overlap of counts by exact combination.
Overlap overlap_of(std::size_t sets, std::vector<std::int64_t> exactly) {
  Overlap overlap;
  overlap.set_count = sets;
  overlap.exactly = std::move(exactly);
  overlap.common.assign(overlap.exactly.size(), 0);
  for (std::size_t of = 1; of < overlap.common.size(); ++of) {
    for (std::size_t in = 1; in < overlap.common.size(); ++in) {
      if ((of & in) == of) overlap.common[of] += overlap.exactly[in];
    }
  }
  return overlap;
}

const Overlap two = overlap_of(2, {0, 630, 370, 610});
const Overlap three = overlap_of(3, {0, 1, 2, 3, 4, 5, 6, 7});

}  // namespace

TEST_CASE("an overlap reads as a sum whose terms add up", "[report]") {
  const Labels labels{"party", "administrative"};
  CHECK(overlap_sentence(two, labels, Language::en) ==
        "party 1,240 + administrative 980 - both 610 = 1,610 different "
        "persons");
  CHECK(overlap_sentence(two, Labels{"党组织", "行政"}, Language::zh) ==
        "党组织 1,240 + 行政 980 - 两者都在 610 = 1,610 人(不重复)");
  CHECK(overlap_sentence(overlap_of(1, {0, 1'234'567}), Labels{"A"},
                         Language::en) ==
        "A 1,234,567 = 1,234,567 different "
        "persons");
  CHECK(overlap_sentence(three, Labels{"A", "B", "C"}, Language::en) ==
        "A 16 + B 18 + C 22 - A & B 10 - A & C 12 - B & C 13 + all 7 = 28 "
        "different persons");
  std::vector<std::int64_t> ones(16, 1);
  ones[0] = 0;
  CHECK(overlap_sentence(overlap_of(4, ones), Labels{"A", "B", "C", "D"},
                         Language::en) ==
        "A 8 + B 8 + C 8 + D 8 - by 2s together 24 + by 3s together 8 - all "
        "1 = 15 different persons");
  CHECK(overlap_sentence(overlap_of(4, ones), {}, Language::zh) ==
        "8 + 8 + 8 + 8 - 每2者都在合计 24 + 每3者都在合计 8 - 全部都在 1 = 15 "
        "人(不重复)");
}

TEST_CASE("an overlap has a row for each combination", "[report]") {
  const Table table = overlap_table(three, Labels{"A", "B", "C"});
  REQUIRE(table.row_count() == 7);
  CHECK(table.find("sets")->texts ==
        TextColumn{"A", "B", "C", "A & B", "A & C", "B & C", "A & B & C"});
  CHECK(table.find("persons")->numbers ==
        std::vector<std::int64_t>{16, 18, 22, 10, 12, 13, 7});
  CHECK(table.find("exactly")->numbers ==
        std::vector<std::int64_t>{1, 2, 4, 3, 5, 6, 7});
  CHECK(table.find("term")->numbers ==
        std::vector<std::int64_t>{16, 18, 22, -10, -12, -13, 7});
  for (const Column& column : table.columns) {
    CHECK(wording(column.name, Language::zh) != column.name);
  }
}

TEST_CASE("persons are listed with the unit of their formal membership",
          "[report]") {
  Model model;
  for (const char* id : {"A", "B"}) model.unit(id);
  model.link("A", "");
  model.link("B", "A");
  model.member("zoe", "B");
  model.member("ann", "A", Standing::secondary);
  model.member("max", "A");
  const auto snapshot = model.frozen_on("2013-01-01");
  const PersonSet all = PersonSet::all(snapshot);
  const Table table = persons_table(all);
  CHECK(table.find("person")->texts == TextColumn{"zoe", "ann", "max"});
  CHECK(table.find("unit")->texts == TextColumn{"B", "", "A"});
  CHECK(table.find("name")->texts == TextColumn{"B", "", "A"});
  CHECK(persons_table(all, 2).find("unit")->texts == TextColumn{"B", ""});
  CHECK(persons_table(all, 0).row_count() == 0);
}

}  // namespace headrope
