// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Posts, holders, ties, duties and assignments of the day: by both clocks, and
// of units that do not live.

#include <string>

#include <catch2/catch.hpp>

#include "unit/packs.hpp"

namespace headrope {
namespace {

using unit::day;
using unit::Organisation;
using unit::span_of;

std::string of_unit(const Snapshot& snapshot, UnitIndex unit) {
  return unit.is_none() ? "?" : std::string(snapshot.identity(unit));
}

std::string posts_told(const Snapshot& snapshot) {
  std::string text;
  for (const PostState& post : snapshot.posts()) {
    text += std::string(snapshot.identity(post.post)) + "@" +
            of_unit(snapshot, post.unit) + " ";
  }
  return text;
}

std::string holders_told(const Snapshot& snapshot) {
  std::string text;
  for (const PostHolder& holder : snapshot.holders()) {
    text += std::string(snapshot.identity(holder.post)) + ":" +
            std::string(snapshot.identity(holder.person)) +
            (holder.acting ? "(acting) " : " ");
  }
  return text;
}

}  // namespace

TEST_CASE("posts and holders are those of the day", "[snapshot]") {
  Organisation o;
  o.unit("A");
  o.unit("old", span_of("2000-01-01", "2010-01-01"));
  o.post("head", "A", "lead", span_of("2011-01-01", "2013-01-01"));
  o.post("orphan", "old");
  o.holding("head", "p", false, span_of("2011-06-01", "2012-01-01"));
  o.holding("head", "q", true, span_of("2012-01-01", ""));
  CHECK(posts_told(*o.on("2010-12-31")) == "orphan@? ");
  CHECK(posts_told(*o.on("2011-01-01")) == "head@A orphan@? ");
  CHECK(posts_told(*o.on("2012-12-31")) == "head@A orphan@? ");
  CHECK(posts_told(*o.on("2013-01-01")) == "orphan@? ");
  CHECK(posts_told(*o.on("2009-12-31")) == "orphan@old ");
  CHECK(holders_told(*o.on("2011-05-31")).empty());
  CHECK(holders_told(*o.on("2011-06-01")) == "head:p ");
  CHECK(holders_told(*o.on("2011-12-31")) == "head:p ");
  CHECK(holders_told(*o.on("2012-01-01")) == "head:q(acting) ");
}

TEST_CASE("what was not yet in the books is not known", "[snapshot]") {
  Organisation o;
  o.unit("A");
  o.post("head", "A", "lead", {}, span_of("2012-03-01", "2012-06-01"));
  o.post("head", "A", "primary", {}, span_of("2012-06-01", ""));
  o.holding("head", "p", false, {}, span_of("2012-04-01", ""));
  const auto role_on = [&](std::string_view known_on) {
    const auto snapshot = o.on("2012-01-01", day(known_on));
    return snapshot->posts().empty()
               ? std::string("none")
               : std::string(
                     snapshot->roles()[snapshot->posts()[0].role.value].id);
  };
  CHECK(role_on("2012-02-29") == "none");
  CHECK(role_on("2012-03-01") == "lead");
  CHECK(role_on("2012-05-31") == "lead");
  CHECK(role_on("2012-06-01") == "primary");
  CHECK(o.on("2012-01-01", day("2012-03-31"))->holders().empty());
  CHECK(o.on("2012-01-01", day("2012-04-01"))->holders().size() == 1);
}

TEST_CASE("ties, duties and assignments name living units alone",
          "[snapshot]") {
  Organisation o;
  o.unit("A");
  o.unit("old", span_of("2000-01-01", "2010-01-01"));
  Registry& r = o.registry;
  const UnitId living = *r.make_unit("A");
  const UnitId gone = *r.make_unit("old");
  const Interval valid = span_of("2009-01-01", "2012-01-01");
  const DutyId duty = *r.make_duty("safety");
  Organisation::must(r.add(Duty{duty, "safety", "c", valid, {}}));
  for (const UnitId unit : {living, gone}) {
    const Entity holder{EntityType::unit, unit.value};
    Organisation::must(r.add(Pairing{"contact", holder, living, valid, {}}));
    Organisation::must(r.add(Pairing{"contact", holder, gone, valid, {}}));
    Scope scope;
    scope.type = Scope::Type::unit;
    scope.unit = unit;
    Organisation::must(r.add(DutyScope{duty, scope, "c", valid, {}}));
    Organisation::must(r.add(
        Assignment{duty, *r.find_role("lead"), holder, scope, "c", valid, {}}));
  }
  const auto counts = [&](std::string_view as_of) {
    const auto snapshot = o.on(as_of);
    std::size_t ties = 0;
    for (const Tie& tie : snapshot->ties()) {
      ties += tie.unit.is_none() || tie.holder.index == UnitIndex::none_value
                  ? 0U
                  : 1U;
    }
    std::size_t reaches = 0;
    for (const DutyReach& reach : snapshot->duty_reaches()) {
      reaches += reach.unit.is_none() ? 0U : 1U;
    }
    std::size_t holders = 0;
    for (const AssignmentState& one : snapshot->assignments()) {
      CHECK(one.has_scope);
      CHECK(one.scope.unit.value == one.holder.index);
      holders += one.holder.index == UnitIndex::none_value ? 0U : 1U;
    }
    return std::to_string(snapshot->ties().size()) + "/" +
           std::to_string(ties) + " " +
           std::to_string(snapshot->duties().size()) + " " +
           std::to_string(snapshot->duty_reaches().size()) + "/" +
           std::to_string(reaches) + " " +
           std::to_string(snapshot->assignments().size()) + "/" +
           std::to_string(holders);
  };
  CHECK(counts("2008-12-31") == "0/0 0 0/0 0/0");
  CHECK(counts("2009-01-01") == "4/4 1 2/2 2/2");
  CHECK(counts("2009-12-31") == "4/4 1 2/2 2/2");
  CHECK(counts("2010-01-01") == "4/1 1 2/1 2/1");
  CHECK(counts("2011-12-31") == "4/1 1 2/1 2/1");
  CHECK(counts("2012-01-01") == "0/0 0 0/0 0/0");
}

}  // namespace headrope
