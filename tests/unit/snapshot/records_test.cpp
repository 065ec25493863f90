// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Records as columns, attendance, and attributes of the day.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::day;
using unit::Model;
using unit::span_of;

namespace {

const Interval first_day = {Date{15706}, Date{15707}};
const Interval second_day = {Date{15707}, Date{15708}};

}  // namespace

TEST_CASE("records of a measure stand by subject, first day, last day and row",
          "[snapshot]") {
  Model model;
  model.unit("B");
  model.unit("A");
  model.unit("gone", span_of("", "2013-01-01"));
  model.record("gone", first_day, 9);
  model.record("B", second_day, 4);
  model.record("B", first_day, 3);
  model.record("A", {Date{15706}, Date{15708}}, 2);
  model.record("A", first_day, 1);
  const auto snapshot = model.frozen_on("2013-06-01");
  const RecordColumns& records = snapshot->unit_records(model.flow);
  REQUIRE(records.size() == 5);
  CHECK(records.value == std::vector<std::int64_t>{1, 2, 3, 4, 9});
  CHECK(records.record == std::vector<std::uint32_t>{4, 3, 2, 1, 0});
  CHECK(UnitIndex{records.subject[0]} == snapshot->find_unit("A"));
  CHECK(UnitIndex{records.subject[2]} == snapshot->find_unit("B"));
  CHECK(UnitIndex{records.subject[4]}.is_none());
  CHECK(records.reaching.empty());
  CHECK(snapshot->person_records(model.flow).size() == 0);
}

TEST_CASE("a record with a unit and a person is a record of both",
          "[snapshot]") {
  Model model;
  model.unit("U");
  const PersonId person = model.member("P", "U");
  Record row;
  row.measure = model.flow;
  row.unit = UnitId{0};
  row.person = person;
  row.reach = Reach::subtree;
  row.valid = first_day;
  REQUIRE(model.registry.add(row));
  const auto snapshot = model.frozen_on("2013-06-01");
  CHECK(snapshot->unit_records(model.flow).subject ==
        std::vector<std::uint32_t>{0});
  CHECK(snapshot->unit_records(model.flow).reaching ==
        std::vector<std::uint32_t>{0});
  CHECK(snapshot->person_records(model.flow).subject ==
        std::vector<std::uint32_t>{person.value});
}

TEST_CASE("records of every date are kept, but only those in the books",
          "[snapshot]") {
  Model model;
  model.unit("U");
  model.record("U", span_of("1400-01-01", "1400-01-02"));
  model.record("U", span_of("9999-01-01", "9999-01-02"));
  Record row;
  row.measure = model.flow;
  row.unit = UnitId{0};
  row.valid = first_day;
  row.recorded = span_of("2014-02-01", "");
  REQUIRE(model.registry.add(row, "late"));
  CHECK(model.frozen_on("2013-06-01", day("2014-01-31"))
            ->unit_records(model.flow)
            .size() == 2);
  const auto snapshot = model.frozen_on("2013-06-01", day("2014-02-01"));
  CHECK(snapshot->unit_records(model.flow).size() == 3);
  CHECK(snapshot->record_identity({2}) == "late");
  CHECK(snapshot->record_identity({0}).empty());
  CHECK(snapshot->record_identity({77}).empty());
}

TEST_CASE("many records of many subjects are sorted like few", "[snapshot]") {
  Model model;
  constexpr int units = 100;
  for (int at = 0; at < units; ++at) model.unit("U" + std::to_string(at));
  const int count = GENERATE(5, 2000);
  for (int at = 0; at < count; ++at) {
    const Date from{15706 + (at * 7919) % 300};
    model.record("U" + std::to_string((at * 31) % units),
                 {from, add_days(from, 1 + at % 3)}, at % 5);
  }
  const auto snapshot = model.frozen_on("2013-06-01");
  const RecordColumns& r = snapshot->unit_records(model.flow);
  REQUIRE(r.size() == static_cast<std::size_t>(count));
  std::size_t wrong = 0;
  for (std::size_t at = 1; at < r.size(); ++at) {
    const auto key = [&](std::size_t i) {
      return std::tuple(r.subject[i], r.valid_from[i], r.valid_until[i],
                        r.value[i], r.record[i]);
    };
    if (!(key(at - 1) < key(at))) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("marks stand by person, then record", "[snapshot]") {
  Model model;
  model.unit("U");
  const PersonId p = model.member("P", "U");
  const PersonId q = model.member("Q", "U");
  const RecordId unmarked = model.record("U", first_day, 1, "none");
  const RecordId first = model.record("U", first_day, 7, "first");
  const RecordId second = model.record("U", second_day, 1, "second");
  const auto mark = [&](RecordId record, PersonId person, Presence presence) {
    REQUIRE(model.registry.add(Attendance{record, person, presence, {}}));
  };
  mark(second, q, Presence::late);
  mark(second, p, Presence::absent);
  mark(first, q, Presence::made_up);
  const auto snapshot = model.frozen_on("2013-06-01");
  REQUIRE(snapshot->attended_records().size() == 2);
  CHECK(snapshot->attended_records()[0].record == first);
  CHECK(snapshot->attended_records()[0].value == 7);
  CHECK(snapshot->attended_records()[1].record == second);
  CHECK(snapshot->record_identity(unmarked) == "none");
  const auto marks = snapshot->marks();
  REQUIRE(marks.size() == 3);
  CHECK(marks[0].person == p);
  CHECK(marks[0].presence == Presence::absent);
  CHECK(marks[1].person == q);
  CHECK(marks[1].attended == 0);
  CHECK(marks[2].attended == 1);
  mark(second, p, Presence::present);
  const auto twice = model.freeze_on("2013-06-01");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().code == Code::attendance_repeated);
  CHECK(twice.error().message ==
        "person 'P' is marked twice at record 'second'");
}

TEST_CASE(
    "attributes are those of the day, of records those of their first "
    "day",
    "[snapshot][HDR-MODEL-218]") {
  Model model;
  model.unit("U");
  const PersonId person = model.member("P", "U");
  const RecordId record = model.record("U", first_day, 1, "R");
  const AttributeId rank = *model.registry.make_attribute("rank");
  const auto add = [&](Entity subject, std::string_view value,
                       const Interval& valid) {
    REQUIRE(model.registry.add(Attribute{subject, rank, value, valid, {}}));
  };
  const Entity of_person{EntityType::person, person.value};
  const Entity of_record{EntityType::record, record.value};
  add(of_person, "cadre", span_of("", "2013-06-01"));
  add(of_person, "leader", span_of("2013-06-01", ""));
  add(of_record, "self", span_of("2013-01-01", "2013-01-02"));
  add({EntityType::unit, 0}, "star", {});
  const auto before = model.frozen_on("2013-05-31");
  CHECK(before->attribute(of_person, rank) == "cadre");
  const auto after = model.frozen_on("2013-06-01");
  CHECK(after->attribute(of_person, rank) == "leader");
  CHECK(after->attribute(of_record, rank) == "self");
  CHECK(after->attribute({EntityType::unit, 0}, rank) == "star");
  CHECK_FALSE(after->attribute({EntityType::post, 0}, rank));
  CHECK_FALSE(after->attribute(of_person, AttributeId{1}));
  CHECK(after->find_attribute("rank") == rank);
  CHECK_FALSE(after->find_attribute("age"));
  add(of_person, "third", span_of("2013-06-01", ""));
  const auto twice = model.freeze_on("2013-06-01");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().code == Code::attributes_overlap);
  CHECK(model.freeze_on("2013-05-31"));
}

}  // namespace headrope
