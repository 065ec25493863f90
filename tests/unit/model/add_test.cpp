// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What one row alone can be refused for; a refused row leaves no trace.

#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/registry.hpp>

namespace headrope {

using unit::day;
using unit::Model;
using unit::span_of;

namespace {

constexpr Interval always{};
const Interval reversed{Date{15707}, Date{15706}};
const Interval empty{Date{15706}, Date{15706}};
const Interval beyond{Date{15706}, latest_day};

// How many entries and rows of each table there are.
std::vector<std::size_t> sizes(const Registry& registry) {
  return {
      registry.kinds().size(),           registry.hierarchies().size(),
      registry.roles().size(),           registry.measures().size(),
      registry.unit_identities().size(), registry.person_identities().size(),
      registry.post_identities().size(), registry.duty_identities().size(),
      registry.attribute_names().size(), registry.event_identities().size(),
      registry.unit_states().size(),     registry.links().size(),
      registry.pairings().size(),        registry.attributes().size(),
      registry.memberships().size(),     registry.posts().size(),
      registry.holdings().size(),        registry.duties().size(),
      registry.duty_scopes().size(),     registry.assignments().size(),
      registry.records().size(),         registry.attendance().size(),
      registry.event_parts().size()};
}

// A Registry with one of each, so that the id 0 is known and 1 is not.
struct One : Model {
  One() {
    unit("U");
    unit("V");
    person = *registry.make_person("P");
    post = *registry.make_post("post");
    duty = *registry.make_duty("duty");
    attribute = *registry.make_attribute("rank");
    event = *registry.make_event("event");
    role = *registry.add(Role{"lead", {}, {}});
    meeting = record("U", span_of("2013-01-01", "2013-01-02"), 1, "R");
  }

  // Expects that a row is refused and leaves no trace.
  template <typename Row>
  void refuses(const Row& row, Code code) {
    const auto before = sizes(registry);
    const auto added = registry.add(row);
    REQUIRE_FALSE(added);
    CHECK(code_info(added.error().code).id == code_info(code).id);
    CHECK_FALSE(added.error().message.empty());
    CHECK(added.error().message.find('\n') == std::string::npos);
    CHECK(sizes(registry) == before);
  }

  template <typename Row>
  void takes(const Row& row) {
    const auto added = registry.add(row);
    if (!added) FAIL(added.error().message);
  }

  // What every row with two clocks is refused for.
  template <typename Row>
  void refuses_bad_clocks(Row row) {
    for (Interval Row::* clock : {&Row::valid, &Row::recorded}) {
      const Interval good = row.*clock;
      row.*clock = reversed;
      refuses(row, Code::interval_reversed);
      row.*clock = empty;
      refuses(row, Code::interval_reversed);
      row.*clock = beyond;
      refuses(row, Code::value_out_of_range);
      row.*clock = {add_days(day("1400-01-01"), -1), day("2013-01-01")};
      refuses(row, Code::value_out_of_range);
      row.*clock = good;
    }
    row.valid = span_of("1400-01-01", "9999-12-31");
    takes(row);
  }

  PersonId person;
  PostId post;
  DutyId duty;
  AttributeId attribute;
  EventId event;
  RoleId role;
  RecordId meeting;
};

constexpr UnitId known_unit{0};
constexpr UnitId other_unit{1};
constexpr UnitId unknown_unit{2};

}  // namespace

TEST_CASE("an identity is 1 to 255 bytes of UTF-8 without a zero byte",
          "[model][HDR-MODEL-210]") {
  Registry registry(Limits{}, StartingVocabulary::empty);
  const auto before = sizes(registry);
  const auto bad = GENERATE(values<std::string>(
      {"", std::string(256, 'a'), "\xFF", "a\xC3", std::string("a\0b", 3),
       std::string(1'000'000, 'x')}));
  CHECK(registry.make_unit(bad).error().code == Code::identity_invalid);
  CHECK(registry.make_person(bad).error().code == Code::identity_invalid);
  CHECK(registry.make_post(bad).error().code == Code::identity_invalid);
  CHECK(registry.make_duty(bad).error().code == Code::identity_invalid);
  CHECK(registry.make_attribute(bad).error().code == Code::identity_invalid);
  CHECK(registry.make_event(bad).error().code == Code::identity_invalid);
  CHECK(registry.add(Kind{bad, {}, {}}).error().code == Code::identity_invalid);
  CHECK(registry.add(Role{bad, {}, {}}).error().code == Code::identity_invalid);
  CHECK(sizes(registry) == before);
  CHECK(registry.make_unit(bad).error().message.size() < 160);
  CHECK(registry.make_unit(std::string(255, 'a')));
  CHECK(registry.make_unit("a"));
  CHECK(registry.make_unit(" "));
}

TEST_CASE("an identity made again is the same one", "[model]") {
  Registry registry;
  const auto first = registry.make_unit("U01");
  CHECK(*registry.make_unit("U02") != *first);
  CHECK(*registry.make_unit("U01") == *first);
  CHECK(registry.find_unit("U01") == *first);
  CHECK_FALSE(registry.find_unit("U03"));
  CHECK_FALSE(registry.find_person("U01"));
}

TEST_CASE("identities past the limit are refused, known ones are not",
          "[model][HDR-BASE-007]") {
  Limits limits;
  limits.units_max = 2;
  limits.persons_max = 1;
  limits.rows_max = 1;
  Registry registry(limits, StartingVocabulary::empty);
  CHECK(registry.make_unit("a"));
  CHECK(registry.make_unit("b"));
  CHECK(registry.make_unit("c").error().code == Code::limit_exceeded);
  CHECK(registry.make_unit("a"));
  CHECK(registry.make_person("a"));
  CHECK(registry.make_person("b").error().code == Code::limit_exceeded);
  CHECK(registry.make_post("a"));
  CHECK(registry.make_post("b").error().code == Code::limit_exceeded);
}

TEST_CASE("rows past the limit are refused", "[model][HDR-BASE-007]") {
  Limits limits;
  limits.rows_max = 1;
  Model model({}, limits);
  model.unit("U");
  const auto second = model.registry.add(
      UnitState{known_unit, model.kind, {}, {}, always, always});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Code::limit_exceeded);
  CHECK(second.error().message == "more than 1 unit rows");
  CHECK(model.registry.unit_states().size() == 1);
}

TEST_CASE("entries of the vocabulary past the limit are refused",
          "[model][HDR-BASE-007]") {
  Limits limits;
  limits.vocabulary_max = 1;
  Registry registry(limits, StartingVocabulary::empty);
  CHECK(registry.add(Kind{"a", {}, {}}));
  CHECK(registry.add(Kind{"b", {}, {}}).error().code == Code::limit_exceeded);
  CHECK(registry.add(Kind{"a", {}, {}}));
  CHECK(registry.make_attribute("a"));
  CHECK(registry.make_attribute("b").error().code == Code::limit_exceeded);
}

TEST_CASE(
    "an entry of the vocabulary that says otherwise is refused, the same "
    "one again is not",
    "[model][HDR-MODEL-212]") {
  One it;
  const KindId top = *it.registry.add(Kind{"top", {}, {"顶", "top"}});
  CHECK(it.registry.add(Kind{"top", {}, {"顶", "top"}}));
  it.refuses(Kind{"top", it.kind, {"顶", "top"}},
             Code::vocabulary_contradicted);
  it.refuses(Kind{"top", {}, {"顶", "summit"}}, Code::vocabulary_contradicted);
  it.refuses(Kind{"top", {}, {}}, Code::vocabulary_contradicted);

  Hierarchy hierarchy;
  hierarchy.id = "tree";
  hierarchy.child_kinds = {top};
  it.takes(hierarchy);
  it.takes(hierarchy);
  for (const auto& change : std::vector<void (*)(Hierarchy&)>{
           [](Hierarchy& h) { h.parents = ParentPolicy::many; },
           [](Hierarchy& h) { h.cycles = CyclePolicy::break_youngest; },
           [](Hierarchy& h) { h.orphans = OrphanPolicy::error; },
           [](Hierarchy& h) { h.outside_life = OutsideLifePolicy::error; },
           [](Hierarchy& h) { h.child_kinds.clear(); },
           [](Hierarchy& h) { h.parent_kinds = h.child_kinds; },
           [](Hierarchy& h) { h.label.zh = "树"; }}) {
    Hierarchy changed = hierarchy;
    change(changed);
    it.refuses(changed, Code::vocabulary_contradicted);
  }

  it.takes(Role{"head", 1, {}});
  it.refuses(Role{"head", 2, {}}, Code::vocabulary_contradicted);
  it.refuses(Role{"head", {}, {}}, Code::vocabulary_contradicted);

  const Measure area{"area", Nature::stock, "m2", 1, {}};
  it.takes(area);
  it.takes(area);
  it.refuses(Measure{"area", Nature::flow, "m2", 1, {}},
             Code::vocabulary_contradicted);
  it.refuses(Measure{"area", Nature::stock, "mu", 1, {}},
             Code::vocabulary_contradicted);
  it.refuses(Measure{"area", Nature::stock, "m2", 2, {}},
             Code::vocabulary_contradicted);
}

TEST_CASE("the vocabulary may only name kinds that are there",
          "[model][HDR-MODEL-201]") {
  One it;
  it.refuses(Kind{"low", KindId{1}, {}}, Code::kind_unknown);
  Hierarchy hierarchy;
  hierarchy.id = "tree";
  hierarchy.child_kinds = {KindId{0}, KindId{1}};
  it.refuses(hierarchy, Code::kind_unknown);
  hierarchy.child_kinds.clear();
  hierarchy.parent_kinds = {KindId::none()};
  it.refuses(hierarchy, Code::kind_unknown);
}

TEST_CASE("a measure has 0 to 9 decimals", "[model][HDR-LOAD-120]") {
  One it;
  it.takes(Measure{"nine", Nature::flow, {}, 9, {}});
  it.refuses(Measure{"ten", Nature::flow, {}, 10, {}},
             Code::value_out_of_range);
}

TEST_CASE("a state needs a unit, a kind and days", "[model]") {
  One it;
  UnitState row{known_unit, it.kind, "n", "c", always, always};
  it.refuses_bad_clocks(row);
  row.unit = unknown_unit;
  it.refuses(row, Code::unit_unknown);
  row.unit = UnitId::none();
  it.refuses(row, Code::unit_unknown);
  row.unit = known_unit;
  row.kind = KindId{1};
  it.refuses(row, Code::kind_unknown);
}

TEST_CASE("a link needs a hierarchy and two different units, or one",
          "[model][HDR-MODEL-225]") {
  One it;
  Link row{it.line, known_unit, other_unit, always, always};
  it.refuses_bad_clocks(row);
  row.parent = UnitId::none();
  it.takes(row);
  row.parent = unknown_unit;
  it.refuses(row, Code::unit_unknown);
  row.parent = known_unit;
  it.refuses(row, Code::self_link);
  row.unit = unknown_unit;
  it.refuses(row, Code::unit_unknown);
  row.unit = UnitId::none();
  row.parent = UnitId::none();
  it.refuses(row, Code::unit_unknown);
  row = {HierarchyId{1}, known_unit, other_unit, always, always};
  it.refuses(row, Code::hierarchy_unknown);
}

TEST_CASE("a pairing needs a name, a holder that is no record, and a unit",
          "[model]") {
  One it;
  Pairing row{"pairing", {EntityType::person, 0}, known_unit, always, always};
  it.refuses_bad_clocks(row);
  row.holder = {EntityType::record, 0};
  it.refuses(row, Code::invalid_argument);
  row.holder = {EntityType::person, 1};
  it.refuses(row, Code::person_unknown);
  row.holder = {EntityType::post, 1};
  it.refuses(row, Code::post_unknown);
  row.holder = {EntityType::unit, 2};
  it.refuses(row, Code::unit_unknown);
  row.holder = {EntityType::unit, 0};
  row.unit = unknown_unit;
  it.refuses(row, Code::unit_unknown);
  row.unit = known_unit;
  row.pairing = "";
  it.refuses(row, Code::identity_invalid);
}

TEST_CASE("an attribute needs a subject and a name that are there", "[model]") {
  One it;
  Attribute row{{EntityType::record, 0}, it.attribute, "v", always, always};
  it.refuses_bad_clocks(row);
  row.subject = {EntityType::record, 1};
  it.refuses(row, Code::record_unknown);
  row.subject = {EntityType::post, 0};
  it.takes(row);
  row.attribute = AttributeId{1};
  it.refuses(row, Code::not_found);
}

TEST_CASE("a membership needs a person and a unit", "[model]") {
  One it;
  Membership row{it.person, known_unit, Standing::primary, always, always};
  it.refuses_bad_clocks(row);
  row.person = PersonId{1};
  it.refuses(row, Code::person_unknown);
  row = {it.person, unknown_unit, Standing::primary, always, always};
  it.refuses(row, Code::unit_unknown);
}

TEST_CASE("a post needs a unit, a role and a seat", "[model][HDR-LOAD-120]") {
  One it;
  Post row{it.post, known_unit, it.role, 1, always, always};
  it.refuses_bad_clocks(row);
  row.seats = 0;
  it.refuses(row, Code::value_out_of_range);
  row = {PostId{1}, known_unit, it.role, 1, always, always};
  it.refuses(row, Code::post_unknown);
  row = {it.post, unknown_unit, it.role, 1, always, always};
  it.refuses(row, Code::unit_unknown);
  row = {it.post, known_unit, RoleId{1}, 1, always, always};
  it.refuses(row, Code::role_unknown);
}

TEST_CASE("a holding needs a post and a person", "[model]") {
  One it;
  Holding row{it.post, it.person, false, always, always};
  it.refuses_bad_clocks(row);
  row.post = PostId{1};
  it.refuses(row, Code::post_unknown);
  row = {it.post, PersonId{1}, false, always, always};
  it.refuses(row, Code::person_unknown);
}

TEST_CASE("a duty, its scopes and who answers for it must be there",
          "[model][HDR-MODEL-204]") {
  One it;
  Duty duty{it.duty, "n", "c", always, always};
  it.refuses_bad_clocks(duty);
  duty.duty = DutyId{1};
  it.refuses(duty, Code::duty_unknown);

  DutyScope scope{it.duty, {}, "c", always, always};
  it.refuses_bad_clocks(scope);
  scope.scope.type = Scope::Type::unit;
  it.refuses(scope, Code::unit_unknown);
  scope.scope.unit = known_unit;
  it.takes(scope);
  scope.scope.type = Scope::Type::subtree;
  it.refuses(scope, Code::hierarchy_unknown);
  scope.scope.hierarchy = it.line;
  it.takes(scope);
  scope.scope.unit = unknown_unit;
  it.refuses(scope, Code::unit_unknown);
  scope.scope.type = Scope::Type::kind;
  it.refuses(scope, Code::kind_unknown);
  scope.scope.kind = it.kind;
  it.takes(scope);
  scope.duty = DutyId{1};
  it.refuses(scope, Code::duty_unknown);

  Assignment row{it.duty, it.role, {EntityType::unit, 0}, {}, "c",
                 always,  always};
  it.refuses_bad_clocks(row);
  row.scope = Scope{Scope::Type::kind, {}, KindId{1}, {}};
  it.refuses(row, Code::kind_unknown);
  row.scope.reset();
  row.holder = {EntityType::record, 0};
  it.refuses(row, Code::invalid_argument);
  row.holder = {EntityType::post, 0};
  it.takes(row);
  row.role = RoleId{1};
  it.refuses(row, Code::role_unknown);
  row.role = it.role;
  row.duty = DutyId::none();
  it.refuses(row, Code::duty_unknown);
}

TEST_CASE("a record needs a measure, a subject and both of its days",
          "[model][HDR-MODEL-220]") {
  One it;
  Record row;
  row.measure = it.flow;
  row.unit = known_unit;
  row.valid = span_of("2013-01-01", "2013-01-02");
  it.refuses_bad_clocks(row);
  row.unit = UnitId::none();
  it.refuses(row, Code::subject_missing);
  row.person = it.person;
  it.takes(row);
  row.unit = unknown_unit;
  it.refuses(row, Code::unit_unknown);
  row.unit = known_unit;
  row.person = PersonId{1};
  it.refuses(row, Code::person_unknown);
  row.person = it.person;
  row.measure = MeasureId{1};
  it.refuses(row, Code::measure_unknown);
  row.measure = it.flow;
  row.valid = span_of("2013-01-01", "");
  it.refuses(row, Code::value_missing);
  row.valid = span_of("", "2013-01-01");
  it.refuses(row, Code::value_missing);
}

TEST_CASE("a record may have no identity, and no two have the same",
          "[model][HDR-MODEL-211]") {
  One it;
  Record row;
  row.measure = it.flow;
  row.unit = known_unit;
  row.valid = span_of("2013-01-01", "2013-01-02");
  const auto unnamed = it.registry.add(row);
  REQUIRE(unnamed);
  CHECK(it.registry.record_identity(*unnamed).empty());
  const auto before = sizes(it.registry);
  const auto again = it.registry.add(row, "R");
  REQUIRE_FALSE(again);
  CHECK(again.error().code == Code::identity_repeated);
  CHECK(again.error().message == "'R' names a record already");
  CHECK(it.registry.add(row, "\xFF").error().code == Code::identity_invalid);
  CHECK(sizes(it.registry) == before);
  const auto named = it.registry.add(row, "S");
  REQUIRE(named);
  CHECK(it.registry.record_identity(*named) == "S");
  CHECK(it.registry.record_identity(*unnamed).empty());
  CHECK(it.registry.record_identity(RecordId{99}).empty());
  CHECK(it.registry.find_record("S") == *named);
  CHECK(it.registry.find_record("R") == it.meeting);
  CHECK_FALSE(it.registry.find_record(""));
}

TEST_CASE("a mark needs a record and a person", "[model][HDR-MODEL-209]") {
  One it;
  Attendance row{it.meeting, it.person, Presence::late, always};
  it.takes(row);
  row.recorded = reversed;
  it.refuses(row, Code::interval_reversed);
  row = {RecordId{1}, it.person, Presence::late, always};
  it.refuses(row, Code::record_unknown);
  row = {it.meeting, PersonId{1}, Presence::late, always};
  it.refuses(row, Code::person_unknown);
}

TEST_CASE("a part in an event needs a day and a share of at most the whole",
          "[model]") {
  One it;
  EventPart row;
  row.event = it.event;
  row.day = day("2013-01-01");
  row.unit = known_unit;
  it.takes(row);
  row.share_numerator = 0;
  it.takes(row);
  row.share_numerator = 2;
  it.refuses(row, Code::value_out_of_range);
  row.share_numerator = row.share_denominator = 0;
  it.refuses(row, Code::value_out_of_range);
  row.share_numerator = row.share_denominator = 4;
  it.takes(row);
  row.day = Date::open_end();
  it.refuses(row, Code::value_missing);
  row.day = day("2013-01-01");
  row.event = EventId{1};
  it.refuses(row, Code::not_found);
  row.event = it.event;
  row.unit = unknown_unit;
  it.refuses(row, Code::unit_unknown);
  row.unit = known_unit;
  row.recorded = empty;
  it.refuses(row, Code::interval_reversed);
}

TEST_CASE("texts of a row are the Registry's own", "[model]") {
  One it;
  {
    std::string name = "甲社区";
    it.takes(UnitState{other_unit, it.kind, name, name, always, always});
    name.assign(name.size(), '?');
  }
  CHECK(it.registry.unit_states().back().name == "甲社区");
  CHECK(it.registry.unit_states().back().code == "甲社区");
}

}  // namespace headrope
