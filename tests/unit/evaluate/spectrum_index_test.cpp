// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Thresholds by hand, values at the ends of 64 bits, what is refused, and rules
// of packs against their spectrum.

#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include "unit/packs.hpp"
#include <headrope/spectrum_index.hpp>

namespace headrope {
namespace {

using unit::assessed;
using unit::in_2012;
using unit::Model;
using unit::one_rule;
using unit::Organisation;
using unit::pack_text;
using unit::parsed;
using unit::rule_text;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

// A above B to F.
std::shared_ptr<const Snapshot> fan() {
  Model model;
  for (const char* id : {"A", "B", "C", "D", "E", "F"}) model.unit(id);
  for (const char* id : {"B", "C", "D", "E", "F"}) model.link(id, "A");
  return model.frozen_on("2013-01-01");
}

SpectrumIndex index_of(const std::shared_ptr<const Snapshot>& snapshot,
                       const std::vector<std::int64_t>& values,
                       const std::vector<std::uint8_t>& has_value) {
  auto index = SpectrumIndex::make(snapshot, *snapshot->find_forest("line"),
                                   values, has_value);
  REQUIRE(index);
  return *std::move(index);
}

constexpr Comparison at_least = Comparison::at_least;
constexpr Comparison at_most = Comparison::at_most;

}  // namespace

TEST_CASE("a wished coverage gives the hardest threshold that reaches it",
          "[evaluate]") {
  const auto snapshot = fan();
  const SpectrumIndex index =
      index_of(snapshot, {99, 1, 2, 2, 2, 5}, {0, 1, 1, 1, 1, 1});
  const UnitIndex top = *snapshot->find_unit("A");
  CHECK(index.counts(top).known == 5);
  CHECK(index.counts(top).unknown == 1);
  // 80 % of 5 are 4: those with 2 or more.
  const auto most = index.threshold_for(top, at_least, 80, 100);
  REQUIRE(most);
  CHECK(most->threshold == (Fraction{2, 1}));
  CHECK(most->met == 4);
  CHECK(most->tied == 3);
  CHECK(most->known == 5);
  // One more than 80 % takes all of them, one part less than a fifth one.
  CHECK(index.threshold_for(top, at_least, 801, 1000)->threshold ==
        (Fraction{1, 1}));
  CHECK(index.threshold_for(top, at_least, 1, 5)->threshold ==
        (Fraction{5, 1}));
  CHECK(index.threshold_for(top, at_least, 2, 9)->threshold ==
        (Fraction{2, 1}));
  CHECK(index.threshold_for(top, at_least, 0, 1)->threshold ==
        (Fraction{5, 1}));
  CHECK(index.threshold_for(top, at_least, 1, 1)->threshold ==
        (Fraction{1, 1}));
  CHECK_FALSE(index.threshold_for(top, at_least, 101, 100));
  CHECK(index.threshold_for(top, at_most, 1, 5)->threshold == (Fraction{1, 1}));
  CHECK(index.threshold_for(top, at_most, 21, 100)->met == 4);
  CHECK(index.threshold_for(top, at_least, largest, largest)->met == 5);
}

TEST_CASE("values at the ends of 64 bits are told apart", "[evaluate]") {
  const auto snapshot = fan();
  const SpectrumIndex index =
      index_of(snapshot, {0, smallest, smallest + 1, largest, largest - 1, 0},
               {1, 1, 1, 1, 1, 1});
  const UnitIndex top = *snapshot->find_unit("A");
  CHECK(index.value_count() == 5);
  CHECK(index.count(top, at_least, {largest, 1}) == 1);
  CHECK(index.count(top, at_least, {largest - 1, 1}) == 2);
  CHECK(index.count(top, at_most, {smallest, 1}) == 1);
  CHECK(index.count(top, at_least, {smallest, 1}) == 6);
  CHECK(index.count(top, Comparison::equal, {0, 1}) == 2);
  CHECK(index.count(top, at_least, {1, largest}) == 2);
  CHECK(index.value_at(top, 0) == (Fraction{smallest, 1}));
  CHECK(index.value_at(top, 5) == (Fraction{largest, 1}));
}

TEST_CASE("numbers 2^22 apart and further are indexed alike", "[evaluate]") {
  const auto snapshot = fan();
  for (const std::int64_t spread :
       {(std::int64_t{1} << 22) - 1, std::int64_t{1} << 22}) {
    const SpectrumIndex index =
        index_of(snapshot, {7, 7 + spread, 8, 7, 7, 7}, {1, 1, 1, 1, 1, 0});
    CHECK(index.value_count() == 3);
    CHECK(index.count(UnitIndex{0}, at_least, {8, 1}) == 2);
    CHECK(index.value_at(UnitIndex{0}, 4) == (Fraction{7 + spread, 1}));
  }
}

TEST_CASE("nobody with a value gives no threshold", "[evaluate]") {
  const auto snapshot = fan();
  const SpectrumIndex index =
      index_of(snapshot, {0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0});
  const UnitIndex top = *snapshot->find_unit("A");
  CHECK(index.counts(top).known == 0);
  CHECK(index.counts(top).unknown == 6);
  CHECK(index.count(top, at_least, {0, 1}) == 0);
  CHECK_FALSE(index.threshold_for(top, at_least, 0, 1));
  CHECK_FALSE(index.value_at(top, 0));
  CHECK(index.counts(UnitIndex{}).unknown == 0);
  CHECK(index.count(UnitIndex{6}, at_least, {0, 1}) == 0);
}

TEST_CASE("what is not of the snapshot is refused", "[evaluate]") {
  const auto snapshot = fan();
  const auto other = fan();
  const std::vector<std::int64_t> values(6);
  const std::vector<std::uint8_t> has(6, 1);
  const Forest& forest = *snapshot->find_forest("line");
  const auto code = [&](const auto& made) {
    REQUIRE_FALSE(made);
    return made.error().code;
  };
  CHECK(code(SpectrumIndex::make(other, forest, values, has)) ==
        Code::invalid_argument);
  CHECK(code(SpectrumIndex::make(snapshot, forest, std::span(values).first(5),
                                 has)) == Code::invalid_argument);
  CHECK(code(SpectrumIndex::make(snapshot, forest, values,
                                 std::span(has).first(5))) ==
        Code::invalid_argument);
  Assessment past;
  past.subjects = {6};
  CHECK(code(SpectrumIndex::make(snapshot, forest, past)) ==
        Code::invalid_argument);
  Assessment equal;
  equal.rule.requirement.comparison = Comparison::equal;
  equal.windows.resize(2);
  CHECK(code(SpectrumIndex::make(snapshot, forest, equal)) ==
        Code::rule_invalid);
  equal.windows.resize(1);
  CHECK(SpectrumIndex::make(snapshot, forest, equal));
}

TEST_CASE("a rule of a pack has the thresholds of its spectrum", "[rules]") {
  Organisation o;
  o.unit("top");
  const std::string names = "ABCDE";
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::string id(1, names[at]);
    o.unit(id);
    o.link(id, "top");
    for (std::size_t i = 0; i < at; ++i) {
      o.record("study_session", id, "2012-03-0" + std::to_string(i + 1));
    }
  }
  const auto snapshot = o.on("2013-05-01");
  const Forest& forest = *snapshot->find_forest("party");
  const UnitIndex top = *snapshot->find_unit("top");
  for (const char* test : {"at_least: 2", "at_most: 2"}) {
    const RuleAssessment assessment =
        assessed(*snapshot,
                 one_rule(std::string("window: {each: year}, require: {count: "
                                      "study_session, ") +
                          test + "}"),
                 in_2012);
    const auto index = SpectrumIndex::make(snapshot, forest, assessment);
    REQUIRE(index);
    const auto points = spectrum(assessment);
    REQUIRE(points);
    const Comparison comparison = index->comparison();
    CHECK(comparison == (points->at_most ? at_most : at_least));
    CHECK(index->counts(top).known == points->eligible);
    CHECK(index->value_count() == points->points.size());
    for (const SpectrumPoint& point : points->points) {
      CHECK(index->count(top, comparison, point.threshold) == point.met);
    }
    for (std::int64_t part = 0; part <= 7; ++part) {
      const auto one = index->threshold_for(top, comparison, part, 6);
      const auto other = points->threshold_for(part, 6);
      REQUIRE(one.has_value() == other.has_value());
      if (one) CHECK(one->threshold == *other);
    }
  }
  RuleAssessment without;
  CHECK(SpectrumIndex::make(snapshot, forest, without).error().code ==
        Code::invalid_argument);
}

}  // namespace headrope
