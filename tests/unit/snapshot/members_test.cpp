// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Who belongs where on the day.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::day;
using unit::Model;
using unit::span_of;

namespace {

std::string names(const Snapshot& snapshot, std::string_view unit,
                  Standing standing = Standing::primary) {
  std::string text;
  for (const PersonId person :
       snapshot.members(*snapshot.find_unit(unit), standing)) {
    text += std::string(snapshot.identity(person)) + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("members of the day stand with their unit and standing",
          "[snapshot]") {
  Model model;
  model.unit("U");
  model.unit("V");
  model.member("P3", "U");
  model.member("P1", "U");
  model.member("P2", "V");
  model.member("P2", "U", Standing::secondary);
  model.member("P4", "U", Standing::primary, span_of("", "2013-01-01"));
  model.member("P5", "U", Standing::primary, {}, span_of("2014-01-01", ""));
  const auto snapshot = model.frozen_on("2013-01-01", day("2013-12-31"));
  // By person id, which is the order of first sight.
  CHECK(names(*snapshot, "U") == "P3 P1 ");
  CHECK(names(*snapshot, "V") == "P2 ");
  CHECK(names(*snapshot, "U", Standing::secondary) == "P2 ");
  CHECK(snapshot->membership_count(Standing::primary) == 3);
  CHECK(snapshot->membership_count(Standing::secondary) == 1);
  CHECK(snapshot->person_count() == 5);
  for (const char* id : {"P1", "P2", "P3", "P4", "P5"}) {
    CHECK(snapshot->identity(*snapshot->find_person(id)) == id);
  }
  CHECK_FALSE(snapshot->find_person("P"));
}

TEST_CASE("a person who moves belongs to one unit on each day", "[snapshot]") {
  Model model;
  model.unit("U");
  model.unit("V");
  model.member("P", "U", Standing::primary, span_of("", "2013-09-01"));
  model.member("P", "V", Standing::primary, span_of("2013-09-01", ""));
  CHECK(names(*model.frozen_on("2013-08-31"), "U") == "P ");
  CHECK(names(*model.frozen_on("2013-08-31"), "V").empty());
  CHECK(names(*model.frozen_on("2013-09-01"), "U").empty());
  CHECK(names(*model.frozen_on("2013-09-01"), "V") == "P ");
}

TEST_CASE("memberships in units that do not live are counted apart",
          "[snapshot]") {
  Model model;
  model.unit("U", span_of("", "2013-01-01"));
  model.member("P", "U");
  CHECK(model.frozen_on("2012-12-31")->unplaced_membership_count() == 0);
  const auto snapshot = model.frozen_on("2013-01-01");
  CHECK(snapshot->unplaced_membership_count() == 1);
  CHECK(snapshot->membership_count(Standing::primary) == 0);
}

TEST_CASE(
    "two primary memberships or two in one unit on the day stop the "
    "freeze",
    "[snapshot][HDR-MODEL-216][HDR-MODEL-217]") {
  Model model;
  model.unit("U");
  model.unit("V");
  const Interval later = span_of("2013-01-01", "");
  model.member("P", "U");
  model.member("Q", "U");
  CHECK(model.freeze_on("2013-01-01"));
  SECTION("two primary ones") {
    model.member("P", "V", Standing::primary, later);
    const auto snapshot = model.freeze_on("2013-01-01");
    REQUIRE_FALSE(snapshot);
    CHECK(snapshot.error().code == Code::primary_memberships_overlap);
    CHECK(snapshot.error().message ==
          "person 'P' has two primary memberships on 2013-01-01");
  }
  SECTION("primary and secondary in one unit") {
    model.member("Q", "U", Standing::secondary, later);
    const auto snapshot = model.freeze_on("2013-01-01");
    REQUIRE_FALSE(snapshot);
    CHECK(snapshot.error().code == Code::memberships_overlap);
    CHECK(snapshot.error().message ==
          "person 'Q' belongs twice to unit 'U' on 2013-01-01");
  }
  SECTION("the same one twice") {
    model.member("Q", "U", Standing::primary, later);
    CHECK(model.freeze_on("2013-01-01").error().code ==
          Code::memberships_overlap);
  }
  CHECK(model.freeze_on("2012-12-31"));
}

TEST_CASE("the history of a person is kept if there is attendance",
          "[snapshot]") {
  Model model;
  model.unit("U", span_of("", "2012-01-01"));
  model.unit("V");
  const PersonId person =
      model.member("P", "V", Standing::primary, span_of("2011-01-01", ""));
  model.member("P", "U", Standing::primary, span_of("", "2011-01-01"));
  CHECK(model.frozen_on("2013-01-01")->history(person).empty());
  const RecordId record =
      model.record("V", span_of("2012-06-01", "2012-06-02"), 1, "R");
  REQUIRE(model.registry.add(Attendance{record, person, Presence::late, {}}));
  const auto snapshot = model.frozen_on("2013-01-01");
  const auto history = snapshot->history(person);
  REQUIRE(history.size() == 2);
  CHECK(history[0].unit.is_none());
  CHECK(history[0].valid == span_of("", "2011-01-01"));
  CHECK(history[1].unit == snapshot->find_unit("V"));
}

}  // namespace headrope
