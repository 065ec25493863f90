// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Freezing: who lives, what holds, what orphans and several parents are.

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::day;
using unit::drawn;
using unit::Model;
using unit::span_of;
using unit::told;

namespace {

using Texts = std::vector<std::string>;

Hierarchy with(OrphanPolicy orphans) {
  Hierarchy policy;
  policy.orphans = orphans;
  return policy;
}

Hierarchy with(ParentPolicy parents) {
  Hierarchy policy;
  policy.parents = parents;
  return policy;
}

}  // namespace

TEST_CASE("an empty Registry freezes to a snapshot without anything",
          "[snapshot]") {
  Model model;
  const auto snapshot = model.frozen_on("2013-01-01");
  CHECK(snapshot->unit_count() == 0);
  CHECK(snapshot->person_count() == 0);
  CHECK(snapshot->forests().empty());
  CHECK(snapshot->find_forest("line") == nullptr);
  CHECK_FALSE(snapshot->find_unit(""));
  CHECK_FALSE(snapshot->find_person("P"));
  CHECK(snapshot->as_of() == day("2013-01-01"));
  CHECK(snapshot->known_on() == latest_day);
  CHECK(snapshot->find_kind("office"));
  CHECK_FALSE(snapshot->find_kind("nothing"));
  CHECK(snapshot->find_measure("session"));
}

TEST_CASE("as_of is a civil day and known_on is not open",
          "[snapshot][HDR-BASE-004]") {
  Model model;
  Diagnostics findings;
  for (const Date bad :
       {Date::open_start(), Date::open_end(), latest_day,
        add_days(day("1400-01-01"), -1), add_days(day("9999-12-31"), 1)}) {
    CHECK(
        freeze(model.registry, {bad, latest_day, {}}, findings).error().code ==
        Code::invalid_argument);
  }
  for (const Date bad : {Date::open_start(), Date::open_end()}) {
    CHECK(freeze(model.registry, {day("2013-01-01"), bad, {}}, findings)
              .error()
              .code == Code::invalid_argument);
  }
  CHECK(freeze(model.registry, {day("1400-01-01"), latest_day, {}}, findings));
  CHECK(freeze(model.registry, {day("9999-12-31"), latest_day, {}}, findings));
}

TEST_CASE("a unit lives from its first day until the day before its end",
          "[snapshot]") {
  Model model;
  model.unit("U", span_of("2013-01-01", "2014-01-01"));
  CHECK(model.frozen_on("2012-12-31")->unit_count() == 0);
  CHECK(model.frozen_on("2013-01-01")->unit_count() == 1);
  CHECK(model.frozen_on("2013-12-31")->unit_count() == 1);
  CHECK(model.frozen_on("2014-01-01")->unit_count() == 0);
}

TEST_CASE("a unit that closes and opens again is one unit with two lives",
          "[snapshot]") {
  Model model;
  model.unit("U", span_of("2012-01-01", "2013-01-01"));
  model.unit("U", span_of("2010-01-01", "2011-01-01"));
  CHECK(model.frozen_on("2010-12-31")->unit_count() == 1);
  CHECK(model.frozen_on("2011-06-01")->unit_count() == 0);
  const auto snapshot = model.frozen_on("2012-01-01");
  REQUIRE(snapshot->unit_count() == 1);
  const auto life = snapshot->life({0});
  REQUIRE(life.size() == 2);
  CHECK(life[0] == span_of("2010-01-01", "2011-01-01"));
  CHECK(life[1] == span_of("2012-01-01", "2013-01-01"));
}

TEST_CASE("a unit that is renamed keeps its identity and lives on",
          "[snapshot]") {
  Model model;
  const UnitId id = *model.registry.make_unit("U");
  const KindId other = *model.registry.add(Kind{"bureau", {}, {}});
  REQUIRE(model.registry.add(UnitState{
      id, model.kind, "old", "640001", span_of("", "2013-01-01"), {}}));
  REQUIRE(model.registry.add(
      UnitState{id, other, "new", "640002", span_of("2013-01-01", ""), {}}));
  const auto before = model.frozen_on("2012-12-31");
  CHECK(before->name({0}) == "old");
  CHECK(before->code({0}) == "640001");
  CHECK(before->kind({0}) == model.kind);
  const auto after = model.frozen_on("2013-01-01");
  CHECK(after->name({0}) == "new");
  CHECK(after->code({0}) == "640002");
  CHECK(after->kind({0}) == other);
  CHECK(after->identity(UnitIndex{0}) == "U");
  CHECK(after->registry_unit({0}) == id);
  REQUIRE(after->life({0}).size() == 1);
  CHECK(after->life({0})[0] == Interval{});
}

TEST_CASE("a snapshot sees what stood in the books on the day asked for",
          "[snapshot]") {
  Model model;
  model.unit("A");
  model.unit("B");
  model.unit("C", {}, span_of("2014-02-01", ""));
  model.link("B", "", {}, span_of("", "2014-02-01"));
  model.link("B", "A", {}, span_of("2014-02-01", ""));
  CHECK(drawn(*model.frozen_on("2013-06-01", day("2014-01-31"))) == "B");
  CHECK(model.frozen_on("2013-06-01", day("2014-01-31"))->unit_count() == 2);
  CHECK(drawn(*model.frozen_on("2013-06-01", day("2014-02-01"))) == "A .B");
  CHECK(model.frozen_on("2013-06-01")->unit_count() == 3);
}

TEST_CASE(
    "units are numbered in the pre-order of the widest hierarchy, the "
    "others by identity after them",
    "[snapshot]") {
  Model model;
  for (const char* id : {"e", "d", "c", "b", "a"}) model.unit(id);
  model.link("b", "e");
  model.link("c", "e");
  const auto snapshot = model.frozen_on("2013-01-01");
  std::string order;
  for (std::uint32_t at = 0; at < snapshot->unit_count(); ++at) {
    order += snapshot->identity(UnitIndex{at});
  }
  CHECK(order == "ebcad");
  CHECK(snapshot->find_forest("line")->is_tree());
  for (std::uint32_t at = 0; at < snapshot->unit_count(); ++at) {
    CHECK(snapshot->find_unit(snapshot->identity(UnitIndex{at})) ==
          UnitIndex{at});
  }
  CHECK_FALSE(snapshot->find_unit("ab"));
}

TEST_CASE("a snapshot outlives its Registry", "[snapshot]") {
  std::shared_ptr<const Snapshot> snapshot;
  {
    Model model;
    model.unit("甲社区");
    model.link("甲社区", "");
    model.member("P", "甲社区");
    snapshot = model.frozen_on("2013-01-01");
  }
  CHECK(drawn(*snapshot) == "甲社区");
  CHECK(snapshot->identity(PersonId{0}) == "P");
  CHECK(snapshot->hierarchies()[0].id == "line");
}

TEST_CASE("a unit with children but no link of its own is a root, silently",
          "[snapshot]") {
  Model model;
  model.unit("A");
  model.unit("B");
  model.link("B", "A");
  CHECK(drawn(*model.frozen_on("2013-01-01")) == "A .B");
  CHECK(model.findings.items().empty());
}

TEST_CASE(
    "a unit whose parent does not live on the day is a root with a "
    "warning",
    "[snapshot][HDR-FREEZE-303]") {
  Model model;
  model.unit("A", span_of("", "2013-01-01"));
  model.unit("B");
  model.unit("C");
  model.link("B", "A");
  model.link("C", "B");
  CHECK(drawn(*model.frozen_on("2012-12-31")) == "A .B ..C");
  CHECK(model.findings.items().empty());
  CHECK(drawn(*model.frozen_on("2013-01-01")) == "B .C");
  CHECK(told(model.findings) ==
        Texts{"HDR-FREEZE-303 warning hierarchy line:0  'B' unit 'B' is an "
              "orphan on "
              "2013-01-01: its parent does not live on that day; it is taken "
              "as a root"});
}

TEST_CASE("where orphans are ignored they stay outside with all below them",
          "[snapshot][HDR-FREEZE-303]") {
  Model model(with(OrphanPolicy::ignore));
  for (const char* id : {"A", "B", "C", "D"}) model.unit(id);
  model.link("B", "A");
  model.link("C", "B");
  model.link("D", "");
  CHECK(drawn(*model.frozen_on("2013-01-01")) == "D");
  CHECK(told(model.findings) ==
        Texts{"HDR-FREEZE-303 warning hierarchy line:0  'A' unit 'A' is an "
              "orphan on "
              "2013-01-01: it has units below it but no link of its own; it "
              "and the units below it stay outside"});
  model.link("A", "");
  CHECK(drawn(*model.frozen_on("2013-01-01")) == "A .B ..C D");
}

TEST_CASE(
    "where orphans are errors they stop the freeze, and all of them are "
    "told",
    "[snapshot][HDR-FREEZE-303]") {
  Model model(with(OrphanPolicy::error));
  for (const char* id : {"B", "A", "C", "D"}) model.unit(id);
  model.link("C", "B");
  model.link("D", "A");
  const auto snapshot = model.freeze_on("2013-01-01");
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().code == Code::orphan);
  CHECK(snapshot.error().message ==
        "hierarchy 'line': unit 'A' is an orphan on 2013-01-01: it has units "
        "below it but no link of its own");
  CHECK(model.findings.count(Code::orphan) == 2);
}

TEST_CASE("a unit without any link is no orphan but outside", "[snapshot]") {
  Model model(with(OrphanPolicy::error));
  model.unit("A");
  model.unit("B");
  model.link("B", "");
  const auto snapshot = model.frozen_on("2013-01-01");
  CHECK(drawn(*snapshot) == "B");
  CHECK(snapshot->find_forest("line")
            ->first_place(*snapshot->find_unit("A"))
            .is_none());
}

TEST_CASE(
    "two parents on the day are an error where one is allowed, on that "
    "day only",
    "[snapshot][HDR-FREEZE-306]") {
  Model model;
  for (const char* id : {"A", "B", "C"}) model.unit(id);
  model.link("C", "A", span_of("", "2013-01-02"));
  model.link("C", "B", span_of("2013-01-01", ""));
  CHECK(drawn(*model.frozen_on("2012-12-31")) == "A .C");
  const auto snapshot = model.freeze_on("2013-01-01");
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().code == Code::parents_too_many);
  CHECK(snapshot.error().message ==
        "hierarchy 'line': unit 'C' has several parents on 2013-01-01, but the "
        "hierarchy allows one");
  CHECK(drawn(*model.frozen_on("2013-01-02")) == "B .C");
}

TEST_CASE("only leaves may have several parents where the policy says so",
          "[snapshot][HDR-FREEZE-306]") {
  Model model(with(ParentPolicy::leaves_many));
  for (const char* id : {"A", "B", "C", "D"}) model.unit(id);
  model.link("C", "A");
  model.link("C", "B");
  CHECK(drawn(*model.frozen_on("2013-01-01")) == "A .C B .C");
  model.link("D", "C");
  const auto snapshot = model.freeze_on("2013-01-01");
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().code == Code::parents_too_many);
}

TEST_CASE("a child that does not live does not keep a unit from being a leaf",
          "[snapshot]") {
  Model model(with(ParentPolicy::leaves_many));
  for (const char* id : {"A", "B", "C"}) model.unit(id);
  model.unit("D", span_of("", "2013-01-01"));
  model.link("C", "A");
  model.link("C", "B");
  model.link("D", "C");
  CHECK(drawn(*model.frozen_on("2013-01-01")) == "A .C B .C");
}

TEST_CASE(
    "the same link twice on the day is an error where several parents "
    "are allowed",
    "[snapshot][HDR-MODEL-215]") {
  Model model(with(ParentPolicy::many));
  model.unit("A");
  model.unit("B");
  model.link("B", "A");
  model.link("B", "A");
  const auto snapshot = model.freeze_on("2013-01-01");
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().code == Code::parents_overlap);
}

TEST_CASE("a link holds only while both its units live", "[snapshot]") {
  Model model;
  model.unit("A");
  model.unit("B", span_of("2013-01-01", "2014-01-01"));
  model.link("A", "");
  model.link("B", "A");
  CHECK(drawn(*model.frozen_on("2012-12-31")) == "A");
  CHECK(drawn(*model.frozen_on("2013-01-01")) == "A .B");
  CHECK(drawn(*model.frozen_on("2013-12-31")) == "A .B");
  CHECK(drawn(*model.frozen_on("2014-01-01")) == "A");
}

TEST_CASE("two states of a unit on the day stop the freeze",
          "[snapshot][HDR-MODEL-214]") {
  Model model;
  model.unit("U");
  model.unit("U", span_of("2013-01-01", ""));
  CHECK(model.frozen_on("2012-12-31")->unit_count() == 1);
  const auto snapshot = model.freeze_on("2013-01-01");
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().code == Code::states_overlap);
  CHECK(snapshot.error().message == "unit 'U' has two states on 2013-01-01");
}

TEST_CASE("errors of several hierarchies are all told", "[snapshot]") {
  Model model;
  model.unit("A");
  model.unit("B");
  model.link("A", "B");
  model.link("B", "A");
  Hierarchy other;
  other.id = "other";
  model.line = *model.registry.add(other);
  model.link("A", "B");
  model.link("B", "A");
  CHECK_FALSE(model.freeze_on("2013-01-01"));
  CHECK(model.findings.count(Code::cycle) == 2);
}

TEST_CASE("a freeze stops when its caller says so",
          "[snapshot][HDR-BASE-003]") {
  Model model;
  model.unit("U");
  std::vector<std::string> stages;
  FreezeOptions followed;
  followed.as_of = day("2013-01-01");
  followed.progress = [&](std::string_view stage, std::uint64_t,
                          std::uint64_t) {
    stages.emplace_back(stage);
    return true;
  };
  REQUIRE(freeze(model.registry, followed, model.findings));
  REQUIRE(std::set(stages.begin(), stages.end()).size() == 7);
  CHECK(stages.front() == "freeze units");
  for (std::size_t stop = 0; stop < stages.size(); ++stop) {
    std::size_t told = 0;
    FreezeOptions options;
    options.as_of = day("2013-01-01");
    options.progress = [&](std::string_view, std::uint64_t, std::uint64_t) {
      return told++ < stop;
    };
    const auto snapshot = freeze(model.registry, options, model.findings);
    REQUIRE_FALSE(snapshot);
    CHECK(snapshot.error().code == Code::cancelled);
  }
}

}  // namespace headrope
