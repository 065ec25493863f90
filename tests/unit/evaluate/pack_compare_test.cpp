// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessments taken together: whole packs, groups, two packs, all thresholds.

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/packs.hpp"

namespace headrope {
namespace {

using unit::assessed;
using unit::in_2012;
using unit::one_rule;
using unit::Organisation;
using unit::pack_text;
using unit::parsed;
using unit::rule_text;
using unit::span_of;
using unit::told;

// Units A to E with 0 to 4 sessions in 2012.
Organisation five() {
  Organisation o;
  const std::string names = "ABCDE";
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::string id(1, names[at]);
    o.unit(id, {}, at < 2 ? "party_branch" : "party_general_branch");
    o.attribute(EntityType::unit, id, "side", at % 2 == 0 ? "north" : "south");
    for (std::size_t i = 0; i < at; ++i) {
      o.record("study_session", id, "2012-03-0" + std::to_string(i + 1));
    }
  }
  return o;
}

constexpr std::string_view all_five = "{units: [branch_or_general_branch]}";

std::string counting(const std::string& threshold) {
  return "window: {each: year}, require: {count: study_session, " + threshold +
         "}";
}

std::string counts_told(const std::vector<GroupCounts>& groups) {
  std::string text;
  for (const GroupCounts& group : groups) {
    text += group.group + " " + std::to_string(group.counts.of(Status::met)) +
            "/" + std::to_string(group.counts.eligible()) + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("a subject meets a pack if it meets every obligation", "[rules]") {
  Organisation o = five();
  const auto snapshot = o.on("2013-05-01");
  const PackPointer pack = parsed(pack_text(
      "rules:\n" + rule_text(counting("at_least: 1"), "R1", all_five) +
      rule_text(counting("at_most: 2"), "R2", all_five) +
      rule_text(counting("at_least: 9") + ", force: aspiration", "R3",
                all_five) +
      rule_text(counting("at_least: 9"), "R4", "{persons: all}")));
  const std::vector<std::size_t> units{0, 1, 2};
  const auto parts = assess(*snapshot, pack, units, in_2012);
  REQUIRE(parts);
  const auto whole = all_of(*parts);
  REQUIRE(whole);
  REQUIRE(whole->subjects.size() == 5);
  const std::vector<std::string> wanted{"unmet 1 of 2", "met 2 of 2",
                                        "met 2 of 2", "unmet 1 of 2",
                                        "unmet 1 of 2"};
  for (std::size_t at = 0; at < 5; ++at) {
    CHECK(told(*whole, at) == wanted[at]);
    CHECK(whole->windows_met(at).numerator ==
          (wanted[at].starts_with("met") ? 1 : 0));
  }
  CHECK_FALSE(all_of({}));
  const auto mixed =
      assess(*snapshot, pack, std::span<const std::size_t>{}, in_2012);
  REQUIRE(mixed);
  const auto refused = all_of(*mixed);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::invalid_argument);
}

TEST_CASE("coverage by kind, level and attribute", "[rules]") {
  Organisation o = five();
  o.link("B", "A");
  o.link("C", "B");
  o.member("p", "C");
  const auto snapshot = o.on("2013-05-01");
  const auto answer =
      assessed(*snapshot, one_rule(counting("at_least: 2"), all_five), in_2012);
  CHECK(counts_told(*cover_groups(*snapshot, answer, {})) ==
        "party_branch 0/2 party_general_branch 3/3 ");
  GroupBy by;
  by.type = GroupBy::Type::attribute;
  by.attribute = "side";
  CHECK(counts_told(*cover_groups(*snapshot, answer, by)) ==
        "north 2/3 south 1/2 ");
  by.attribute = "nothing";
  CHECK(counts_told(*cover_groups(*snapshot, answer, by)) == " 3/5 ");
  by.type = GroupBy::Type::level;
  CHECK_FALSE(cover_groups(*snapshot, answer, by));
  by.forest = snapshot->find_forest("party");
  const std::string levels = counts_told(*cover_groups(*snapshot, answer, by));
  CHECK(levels == " 2/2 0 0/1 1 0/1 2 1/1 ");
  // Persons count in the kind of their primary unit.
  const auto persons = assessed(
      *snapshot, one_rule("require: {count: study_session, at_least: 0}",
                          "{persons: all}"));
  CHECK(counts_told(*cover_groups(*snapshot, persons, {})) ==
        "party_general_branch 1/1 ");
}

TEST_CASE("a disparity needs two groups with a rate", "[rules]") {
  const auto group = [](std::string name, std::int64_t met,
                        std::int64_t unmet) {
    GroupCounts one{std::move(name), {}};
    one.counts.by_status[static_cast<std::size_t>(Status::met)] = met;
    one.counts.by_status[static_cast<std::size_t>(Status::unmet)] = unmet;
    return one;
  };
  CHECK_FALSE(disparity({}));
  CHECK_FALSE(disparity(std::vector{group("a", 1, 1), group("b", 0, 0)}));
  const auto found = disparity(std::vector{group("a", 1, 1), group("b", 0, 0),
                                           group("c", 1, 2), group("d", 2, 4),
                                           group("e", 2, 2)});
  REQUIRE(found);
  CHECK(found->lowest == 2);
  CHECK(found->highest == 0);
  CHECK(found->spread == Fraction{1, 6});
}

TEST_CASE("a spectrum steps at each value", "[rules]") {
  Organisation o = five();
  o.record("study_session", "A", "2012-07-01");
  const auto snapshot = o.on("2013-05-01");
  const auto points = spectrum(assessed(
      *snapshot, one_rule(counting("at_least: 2"), all_five), in_2012));
  REQUIRE(points);
  CHECK(points->eligible == 5);
  REQUIRE(points->points.size() == 4);
  CHECK(points->points[0].threshold == Fraction{1, 1});
  CHECK(points->points[0].met == 5);
  CHECK(points->points[0].leave.size() == 2);
  CHECK(points->points[3].met == 1);
  CHECK(points->threshold_for(1, 1) == Fraction{1, 1});
  CHECK(points->threshold_for(3, 5) == Fraction{2, 1});
  CHECK(points->threshold_for(61, 100) == Fraction{1, 1});
  CHECK(points->threshold_for(1, 100) == Fraction{4, 1});
  CHECK_FALSE(points->threshold_for(11, 10));
  CHECK_FALSE(points->threshold_for(1, 0));
  const auto most = spectrum(
      assessed(*snapshot, one_rule(counting("at_most: 2"), all_five), in_2012));
  REQUIRE(most);
  CHECK(most->at_most);
  CHECK(most->points.front().threshold == Fraction{4, 1});
  CHECK(most->threshold_for(2, 5) == Fraction{1, 1});
  for (const char* other : {"equals: 2", "more_than: 2",
                            "at_least: {count: "
                            "article}"}) {
    const auto refused = spectrum(
        assessed(*snapshot, one_rule(counting(other), all_five), in_2012));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::rule_invalid);
  }
  Organisation empty;
  const auto nothing = spectrum(assessed(
      *empty.on("2013-05-01"), one_rule(counting("at_least: 2")), in_2012));
  REQUIRE(nothing);
  CHECK(nothing->eligible == 0);
  CHECK_FALSE(nothing->threshold_for(1, 2));
}

TEST_CASE("each way of changing between two packs", "[rules]") {
  Organisation o = five();
  const auto snapshot = o.on("2013-05-01");
  const auto changes = [&](const PackPointer& before,
                           const PackPointer& after) {
    const auto found = compare(*snapshot, before, after, in_2012);
    REQUIRE(found);
    std::map<std::string, Transition> list;
    for (const RuleComparison& one : *found) {
      CHECK(one.changed.size() + one.unchanged ==
            std::max(one.before.subjects.size(), one.after.subjects.size()));
      for (const ChangedSubject& changed : one.changed) {
        list.emplace(
            subject_identity(*snapshot, SubjectType::units, changed.subject),
            changed.transition);
      }
    }
    return list;
  };
  using List = std::map<std::string, Transition>;
  const PackPointer two = one_rule(counting("at_least: 2"), all_five);
  const PackPointer three = one_rule(counting("at_least: 3"), all_five);
  const PackPointer branches = one_rule(counting("at_least: 2"));
  const PackPointer open = one_rule(counting("at_least: left_open"), all_five,
                                    "parameters: {left_open: {values: []}}\n");
  const PackPointer none = parsed(pack_text(""));
  CHECK(changes(two, two).empty());
  CHECK(changes(two, three) == List{{"C", Transition::fell_out}});
  CHECK(changes(three, two) == List{{"C", Transition::entered}});
  CHECK(changes(two, branches) == List{{"C", Transition::no_longer_asked},
                                       {"D", Transition::no_longer_asked},
                                       {"E", Transition::no_longer_asked}});
  CHECK(changes(branches, three) == List{{"C", Transition::newly_asked},
                                         {"D", Transition::entered},
                                         {"E", Transition::entered}});
  CHECK(changes(two, open) == List{{"A", Transition::changed},
                                   {"B", Transition::changed},
                                   {"C", Transition::fell_out},
                                   {"D", Transition::fell_out},
                                   {"E", Transition::fell_out}});
  CHECK(changes(none, two).at("A") == Transition::newly_asked);
  CHECK(changes(two, none).size() == 5);
  CHECK_FALSE(compare(*snapshot, nullptr, two, in_2012));
}

}  // namespace headrope
