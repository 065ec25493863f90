// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the rows of a Registry say together.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::Model;
using unit::span_of;

namespace {

using Texts = std::vector<std::string>;

Texts checked(const Model& model) {
  Diagnostics findings;
  model.registry.check(findings);
  return unit::told(findings);
}

const Interval in_2012 = {Date{15340}, Date{15706}};
const Interval in_2013 = {Date{15706}, Date{16071}};
const Interval from_2013 = {Date{15706}, Date::open_end()};
const Interval until_2013 = {Date::open_start(), Date{15706}};
const Interval one_day_too_long = {Date::open_start(), Date{15707}};

}  // namespace

TEST_CASE("an empty Registry has no findings", "[model]") {
  CHECK(checked(Model()).empty());
}

TEST_CASE(
    "two states of a unit on one day are an error, touching ones are "
    "not",
    "[model][HDR-MODEL-214]") {
  Model model;
  model.unit("U", until_2013);
  model.unit("U", from_2013);
  model.unit("V", one_day_too_long);
  model.unit("V", from_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-214 error units:4 unit 'V' its days [2013-01-01, …) "
              "overlap another row of the same unit, […, 2013-01-02)"});
}

TEST_CASE("a corrected row does not overlap the one that corrects it",
          "[model][HDR-MODEL-214]") {
  Model model;
  model.unit("U", {}, until_2013);
  model.unit("U", {}, from_2013);
  model.link("U", "", {}, until_2013);
  model.link("U", "", {}, from_2013);
  model.member("P", "U", Standing::primary, {}, until_2013);
  model.member("P", "U", Standing::primary, {}, from_2013);
  CHECK(checked(model).empty());
  model.unit("U", {}, {Date{15705}, Date{15706}});
  CHECK(checked(model).size() == 1);
}

TEST_CASE("two parents on one day are an error where one is allowed",
          "[model][HDR-MODEL-215]") {
  Model model;
  for (const char* id : {"A", "B", "C"}) model.unit(id);
  model.link("B", "A", one_day_too_long);
  model.link("B", "C", from_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-215 error links:2 unit 'B' in 'line' its days "
              "[2013-01-01, …) overlap another link of the same unit, […, "
              "2013-01-02); the hierarchy allows one parent at a time"});
}

TEST_CASE(
    "being a root and having a parent on one day is an error where one "
    "parent is allowed",
    "[model][HDR-MODEL-215]") {
  Model model;
  model.unit("A");
  model.unit("B");
  model.link("B", "");
  model.link("B", "A");
  CHECK(checked(model).size() == 1);
}

TEST_CASE(
    "where several parents are allowed, only the same one twice is an "
    "error",
    "[model][HDR-MODEL-215]") {
  Hierarchy policy;
  policy.parents = GENERATE(ParentPolicy::leaves_many, ParentPolicy::many);
  Model model(policy);
  for (const char* id : {"A", "B", "C"}) model.unit(id);
  model.link("B", "A");
  model.link("B", "C");
  CHECK(checked(model).empty());
  model.link("B", "A", from_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-215 error links:3 unit 'B' in 'line' its days "
              "[2013-01-01, …) overlap another link of the same unit, […, …) "
              "to the same parent"});
}

TEST_CASE("a unit has one parent in each of two hierarchies", "[model]") {
  Model model;
  model.unit("A");
  model.unit("B");
  model.link("B", "A");
  Hierarchy other;
  other.id = "other";
  model.line = *model.registry.add(other);
  model.link("B", "A");
  CHECK(checked(model).empty());
}

TEST_CASE("a person is once in a unit on one day", "[model][HDR-MODEL-216]") {
  Model model;
  model.unit("U");
  model.member("P", "U", Standing::primary, one_day_too_long);
  model.member("P", "U", Standing::secondary, from_2013);
  model.member("Q", "U", Standing::primary, until_2013);
  model.member("Q", "U", Standing::primary, from_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-216 error memberships:2 person 'P' its days "
              "[2013-01-01, …) in unit 'U' overlap another membership there, "
              "[…, 2013-01-02)"});
}

TEST_CASE(
    "a person has one primary membership on one day and any number of "
    "secondary ones",
    "[model][HDR-MODEL-217]") {
  Model model;
  for (const char* id : {"U", "V", "W"}) model.unit(id);
  model.member("P", "U");
  model.member("P", "V", Standing::secondary);
  model.member("P", "W", Standing::secondary);
  CHECK(checked(model).empty());
  model.member("Q", "U", Standing::primary, one_day_too_long);
  model.member("Q", "V", Standing::primary, from_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-217 error memberships:5 person 'Q' its primary "
              "membership in 'V', [2013-01-01, …), overlaps the one in 'U', "
              "[…, 2013-01-02); a person has one at a time"});
}

TEST_CASE("an attribute has one value for a subject on one day",
          "[model][HDR-MODEL-218]") {
  Model model;
  model.unit("U");
  const PersonId person = model.member("P", "U");
  const AttributeId rank = *model.registry.make_attribute("rank");
  const AttributeId age = *model.registry.make_attribute("age");
  const auto add = [&](EntityType type, AttributeId attribute,
                       std::string_view value, const Interval& valid) {
    REQUIRE(model.registry.add(
        Attribute{{type, person.value}, attribute, value, valid, {}}));
  };
  add(EntityType::person, rank, "a", until_2013);
  add(EntityType::person, rank, "b", from_2013);
  add(EntityType::person, age, "c", {});
  add(EntityType::unit, rank, "d", {});
  CHECK(checked(model).empty());
  add(EntityType::person, rank, "e", in_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-218 error attributes:5 subject 'P' 'rank' is 'b' and "
              "'e' on the same days, [2013-01-01, 2014-01-01)"});
}

TEST_CASE("a person is marked once at a record", "[model][HDR-MODEL-221]") {
  Model model;
  model.unit("U");
  const PersonId person = model.member("P", "U");
  const RecordId record = model.record("U", in_2013, 1, "R");
  const RecordId other = model.record("U", in_2013, 1, "S");
  const auto add = [&](RecordId at, const Interval& recorded) {
    REQUIRE(model.registry.add(
        Attendance{at, person, Presence::present, recorded}));
  };
  add(record, until_2013);
  add(record, from_2013);
  add(other, {});
  CHECK(checked(model).empty());
  add(other, from_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-221 error attendance:4 person 'P' is marked at record "
              "'S' already"});
}

TEST_CASE(
    "kinds that may not stand in a hierarchy are an error, those below "
    "an allowed one are not",
    "[model][HDR-MODEL-219]") {
  Registry registry(Limits{}, StartingVocabulary::empty);
  const KindId wide = *registry.add(Kind{"wide", {}, {}});
  const KindId narrow = *registry.add(Kind{"narrow", wide, {}});
  const KindId other = *registry.add(Kind{"other", {}, {}});
  Hierarchy policy;
  policy.id = "line";
  policy.child_kinds = {wide};
  policy.parent_kinds = {narrow};
  const HierarchyId line = *registry.add(policy);
  const auto unit = [&](std::string_view id, KindId kind) {
    const UnitId made = *registry.make_unit(id);
    REQUIRE(registry.add(UnitState{made, kind, {}, {}, {}, {}}));
    return made;
  };
  const UnitId w = unit("W", wide);
  const UnitId n = unit("N", narrow);
  const UnitId m = unit("M", narrow);
  const UnitId o = unit("O", other);
  REQUIRE(registry.add(Link{line, w, n, {}, {}}));
  REQUIRE(registry.add(Link{line, n, {}, {}, {}}));
  REQUIRE(registry.add(Link{line, m, n, {}, {}}));
  Diagnostics fine;
  registry.check(fine);
  CHECK(unit::told(fine).empty());
  REQUIRE(registry.add(Link{line, o, w, {}, {}}));
  Diagnostics findings;
  registry.check(findings);
  CHECK(unit::told(findings) ==
        Texts{"HDR-MODEL-219 error links:4 unit 'O' it is a 'other', which may "
              "not stand there in 'line'",
              "HDR-MODEL-219 error links:4 parent 'W' it is a 'wide', which "
              "may not stand there in 'line'"});
}

TEST_CASE(
    "a kind is held against a link only while both hold and stood in "
    "the books",
    "[model][HDR-MODEL-219]") {
  Registry registry(Limits{}, StartingVocabulary::empty);
  const KindId good = *registry.add(Kind{"good", {}, {}});
  const KindId bad = *registry.add(Kind{"bad", {}, {}});
  Hierarchy policy;
  policy.id = "line";
  policy.child_kinds = {good};
  const HierarchyId line = *registry.add(policy);
  const UnitId unit = *registry.make_unit("U");
  REQUIRE(registry.add(UnitState{unit, bad, {}, {}, until_2013, {}}));
  REQUIRE(registry.add(UnitState{unit, bad, {}, {}, from_2013, until_2013}));
  REQUIRE(registry.add(UnitState{unit, good, {}, {}, from_2013, from_2013}));
  REQUIRE(registry.add(Link{line, unit, {}, from_2013, from_2013}));
  Diagnostics findings;
  registry.check(findings);
  CHECK(findings.count(Code::kind_not_allowed) == 0);
}

TEST_CASE(
    "more holders than seats are a warning on the day on which they are "
    "too many",
    "[model][HDR-MODEL-222]") {
  Model model;
  model.unit("U");
  const PostId post = *model.registry.make_post("head");
  const RoleId role = *model.registry.add(Role{"head", {}, {}});
  REQUIRE(model.registry.add(Post{post, UnitId{0}, role, 1, {}, {}}));
  const auto hold = [&](std::string_view person, const Interval& valid,
                        bool acting, const Interval& recorded = {}) {
    REQUIRE(model.registry.add(Holding{
        post, *model.registry.make_person(person), acting, valid, recorded}));
  };
  hold("P", until_2013, false);
  hold("Q", from_2013, false);
  hold("R", {}, true);
  hold("S", {}, false, until_2013);
  CHECK(checked(model).empty());
  hold("T", in_2013, false);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-222 warning holdings:5 post 'head' has 2 holders on "
              "2013-01-01 but 1 seats"});
}

TEST_CASE(
    "a link outside the life of its unit is a warning where links are "
    "clipped, else an error",
    "[model][HDR-MODEL-223]") {
  Hierarchy policy;
  const bool clips = GENERATE(true, false);
  policy.outside_life =
      clips ? OutsideLifePolicy::clip : OutsideLifePolicy::error;
  Model model(policy);
  model.unit("A");
  model.unit("B", from_2013);
  model.link("B", "A", in_2012);
  const std::string severity = clips ? "warning" : "error";
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-223 " + severity +
              " links:1 unit 'B' does not live on all of the days "
              "[2012-01-01, 2013-01-01)"});
}

TEST_CASE(
    "rows are held against the life of their unit only on the days that "
    "they state",
    "[model][HDR-MODEL-223]") {
  Model model;
  model.unit("U", in_2012);
  model.unit("U", in_2013);
  model.member("P1", "U", Standing::primary, {});
  model.member("P2", "U", Standing::primary, {Date{15340}, Date::open_end()});
  model.member("P3", "U", Standing::primary, {Date::open_start(), Date{16071}});
  model.member("P4", "U", Standing::primary, {Date{15340}, Date{16071}});
  CHECK(checked(model).empty());
  model.member("P5", "U", Standing::primary, {Date{15339}, Date::open_end()});
  model.member("P6", "U", Standing::primary, {Date::open_start(), Date{16072}});
  model.member("P7", "U", Standing::primary, {Date{15339}, Date{16071}});
  model.member("P8", "U", Standing::primary, {Date{15340}, Date{16072}});
  model.record("U", {Date{16071}, Date{16072}});
  const Texts list = checked(model);
  CHECK(list.size() == 5);
  for (const std::string& text : list) {
    CHECK(text.starts_with("HDR-MODEL-223 warning "));
  }
}

TEST_CASE("a gap in the life of a unit is outside of it",
          "[model][HDR-MODEL-223]") {
  Model model;
  model.unit("U", until_2013);
  model.unit("U", {Date{15707}, Date::open_end()});
  model.record("U", {Date{15705}, Date{15706}});
  model.record("U", {Date{15707}, Date{15708}});
  CHECK(checked(model).empty());
  model.record("U", {Date{15706}, Date{15707}});
  CHECK(checked(model).size() == 1);
}

TEST_CASE("a unit that is only named does not live", "[model][HDR-MODEL-223]") {
  Model model;
  REQUIRE(model.registry.make_unit("U"));
  model.record("U", in_2013);
  CHECK(checked(model) ==
        Texts{"HDR-MODEL-223 warning records:1 unit 'U' does not live on all "
              "of the days [2013-01-01, 2014-01-01)"});
}

}  // namespace headrope
