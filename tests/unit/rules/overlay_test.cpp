// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What an overlay makes of the pack below: values, rules, and whether they are
// tighter.

#include "rules/overlay.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/pack.hpp>

namespace headrope {
namespace {

using Texts = std::vector<std::string>;

const Registry& vocabulary() {
  static const Registry registry;
  return registry;
}

Result<PackPointer> read(const std::string& text,
                         const std::vector<PackPointer>& bases,
                         Diagnostics& findings) {
  return parse_pack(text, "x.yaml", vocabulary(), bases, findings);
}

PackPointer made(const std::string& text,
                 const std::vector<PackPointer>& bases = {}) {
  Diagnostics findings;
  auto pack = read(text, bases, findings);
  INFO(text);
  if (!pack) FAIL(pack.error().message);
  return *pack;
}

// Codes and places of the findings.
Texts faults(const std::string& text, const std::vector<PackPointer>& bases) {
  Diagnostics findings;
  CHECK_FALSE(read(text, bases, findings));
  Texts list;
  for (const Diagnostic& one : findings.items()) {
    list.push_back(std::to_string(static_cast<int>(one.code)) + " " +
                   std::to_string(one.row) + ":" + one.column);
  }
  return list;
}

std::string rule(const std::string& id, const std::string& require) {
  return "- {id: " + id + ", clause: c, title: t, subjects: {units: all}, " +
         require + "}\n";
}

// A pack with a parameter `p` of 8, then 10 from 2015 on.
PackPointer base_with(const std::string& rules) {
  return made(
      "format: headrope-pack/1\nid: B\ntitle: base\neffective: 2012-01-01\n"
      "repealed: 2020-01-01\nparameters:\n  p: {values: [{from: 2012-01-01, "
      "value: 8, clause: 一}, {from: 2015-01-01, value: 10, clause: 二}]}\n"
      "  open: {values: []}\nrules:\n" +
      rules);
}

constexpr std::string_view overlay_head =
    "format: headrope-pack/1\nid: O\ntitle: overlay\noverlays: B\neffective: "
    "2014-01-01\n";

std::string overlay(const std::string& rest) {
  return std::string(overlay_head) + rest;
}

std::string with_value(const std::string& parameter, const std::string& value) {
  return overlay("parameters: {" + parameter +
                 ": {values: [{from: 2014-01-01, "
                 "value: " +
                 value + ", clause: o}]}}\n");
}

// How 12 in the place of 8 is classed under a rule.
Tightness classed(const std::string& require, const std::string& value = "12") {
  const PackPointer base = base_with(rule("R1", require));
  const PackPointer pack = made(with_value("p", value), {base});
  REQUIRE(pack->changes().size() == 1);
  CHECK(pack->changes()[0].parameter == "p");
  CHECK(pack->changes()[0].before == Fraction{8, 1});
  CHECK(pack->changes()[0].clause == "o");
  return pack->changes()[0].tightness;
}

std::string value_on(const PackPointer& pack, std::string_view parameter,
                     std::string_view date) {
  for (const ParameterInfo& one : pack->parameters(unit::day(date))) {
    if (one.id == parameter) return one.value ? to_string(*one.value) : "open";
  }
  return "none";
}

}  // namespace

TEST_CASE("an overlay changes nothing before its first day", "[rules]") {
  const PackPointer base =
      base_with(rule("R1", "require: {count: lecture, at_least: p}") +
                rule("R2", "require: {kind: [town]}"));
  const PackPointer pack = made(
      overlay("parameters: {p: {values: [{from: 2014-06-01, value: 12, "
              "clause: o}]}, q: {values: [{from: 2014-01-01, value: 1, clause: "
              "o}]}}\nrepeals: [R2]\nrules:\n" +
              rule("R3", "require: {count: lecture, at_least: q}")),
      {base});
  CHECK(value_on(pack, "p", "2014-05-31") == "8");
  CHECK(value_on(pack, "p", "2014-06-01") == "12");
  CHECK(value_on(pack, "p", "2015-01-01") == "12");
  CHECK(value_on(base, "p", "2015-01-01") == "10");
  CHECK(value_on(pack, "q", "2013-12-31") == "open");
  CHECK(value_on(pack, "q", "2014-01-01") == "1");
  CHECK(pack->id() == "O");
  CHECK(pack->overlays() == "B");
  CHECK(pack->title().zh == "overlay");
  CHECK(pack->in_force() == base->in_force());
  const auto& rules = pack->model().rules;
  REQUIRE(rules.size() == 3);
  CHECK(rules[0].pack == "B");
  CHECK(rules[0].in_force == unit::span_of("2012-01-01", "2020-01-01"));
  CHECK(rules[1].in_force == unit::span_of("2012-01-01", "2014-01-01"));
  CHECK(rules[2].pack == "O");
  CHECK(rules[2].in_force == unit::span_of("2014-01-01", "2020-01-01"));
  CHECK(pack->model().find_parameter("p")->values.back().pack == "O");
  CHECK(base->model().rules[1].in_force.valid_until == unit::day("2020-01-01"));
}

TEST_CASE("a value is tighter by the comparison that it stands in", "[rules]") {
  struct Case {
    const char* require;
    Tightness tightness;
  };
  using enum Tightness;
  for (const Case& one : {
           Case{"require: {count: lecture, at_least: p}", tighter},
           Case{"require: {count: lecture, more_than: p}", tighter},
           Case{"require: {count: lecture, at_most: p}", looser},
           Case{"require: {count: lecture, less_than: p}", looser},
           Case{"require: {count: lecture, equals: p}", changed},
           Case{"require: {count: lecture, range: [p, 20]}", tighter},
           Case{"require: {count: lecture, range: [1, p]}", changed},
           Case{"require: {count: lecture, at_least: {product: [p, 2]}}",
                tighter},
           Case{"require: {count: lecture, at_least: {total: [1, {product: "
                "[p, 90 %]}]}}",
                tighter},
           Case{"require: {count: lecture, at_least: {quotient: [p, 2]}}",
                tighter},
           Case{"require: {count: lecture, at_least: {quotient: [2, p]}}",
                looser},
           Case{"require: {count: lecture, at_least: {difference: [9, p]}}",
                looser},
           Case{"require: {quotient: [{count: lecture}, p], at_least: 1}",
                tighter},
           Case{"require: {product: [{count: lecture}, p], at_least: 1}",
                looser},
           Case{"require: {count: lecture, at_least: p, tolerance: basically}",
                tighter},
           Case{"require: {not: {count: lecture, at_least: p}}", looser},
           Case{"require: {all: [{count: lecture, at_least: p}, {count: "
                "training, at_most: p}]}",
                changed},
           Case{"require: {any: [{count: lecture, at_least: p}, {kind: "
                "[town]}]}",
                tighter},
           Case{"require: {some: [{kind: [town]}], at_least: p}", tighter},
           Case{"require: {count: {members: own, where: {age: born, at_least: "
                "p}}, at_least: 1}",
                tighter},
           Case{"require: {share: {of: {members: own}, where: {age: born, "
                "at_most: p}}, at_least: 1}",
                looser},
           Case{"require: {met: {count: lecture, at_least: p}, at_least: 1}",
                tighter},
           Case{"require: {weighted: [{weight: 1, amount: {quotient: [{count: "
                "lecture}, p]}}], at_least: 1}",
                tighter},
           Case{"require: {choose: [{where: {kind: [town]}, then: {count: "
                "lecture}}, {then: 1}], at_least: p}",
                tighter},
           Case{"require: {change: p, at_least: 1}", changed},
           Case{"require: {kind: [town]}", changed},
           Case{"force: report, require: {quotient: [{count: lecture}, p]}",
                changed},
           Case{"exempt: {count: lecture, at_least: p}, require: {kind: "
                "[town]}",
                tighter},
       }) {
    INFO(one.require);
    CHECK(classed(one.require) == one.tightness);
  }
  CHECK(classed("require: {count: lecture, at_least: p}", "4") == looser);
  CHECK(classed("require: {count: lecture, at_most: p}", "4") == tighter);
  CHECK(classed("require: {count: lecture, at_least: p}", "8") == same);
  CHECK(classed("require: {count: lecture, at_least: p}", "8.0") == same);
  CHECK(classed("require: {count: lecture, at_least: p}", "null") == changed);
}

TEST_CASE("a filter of subjects pulls the other way", "[rules]") {
  const PackPointer base = made(
      "format: headrope-pack/1\nid: B\ntitle: t\neffective: 2012-01-01\n"
      "parameters: {p: {values: [{from: 2012-01-01, value: 8, clause: 一}]}}\n"
      "rules: [{id: R1, clause: c, title: t, subjects: {units: all, where: "
      "{count: {members: own}, at_least: p}}, require: {kind: [town]}}]\n");
  CHECK(made(with_value("p", "12"), {base})->changes()[0].tightness ==
        Tightness::looser);
}

TEST_CASE("what nothing above demands is named so", "[rules]") {
  const PackPointer base =
      base_with(rule("R1", "require: {count: lecture, at_least: open}"));
  for (const char* parameter : {"fresh", "open"}) {
    const PackPointer pack = made(with_value(parameter, "4"), {base});
    REQUIRE(pack->changes().size() == 1);
    CHECK_FALSE(pack->changes()[0].before);
    CHECK(pack->changes()[0].tightness == Tightness::without_clause_above);
  }
}

TEST_CASE("an overlay that does not fit its base is told where", "[rules]") {
  const PackPointer base =
      base_with(rule("R1", "require: {count: lecture, at_least: p}"));
  CHECK(faults(overlay("parameters: {p: {values: [{from: 2013-12-31, value: "
                       "1, clause: o}]}}\n"),
               {base}) == Texts{"418 6:34"});
  CHECK(faults(overlay("repeals: [R2]\n"), {base}) == Texts{"413 6:11"});
  CHECK(faults(overlay("rules:\n" + rule("R1", "require: {kind: [town]}")),
               {base}) == Texts{"414 7:8"});
  CHECK(faults(overlay("repealed: 2015-01-01\n"), {base}) == Texts{"406 6:1"});
  CHECK(faults(overlay(""), {}) == Texts{"419 4:11"});
  CHECK(faults("format: headrope-pack/1\nid: O\ntitle: t\noverlays: "
               "B\neffective: 2011-12-31\n",
               {base}) == Texts{"418 5:12"});
  CHECK(faults("format: headrope-pack/1\nid: O\ntitle: t\noverlays: "
               "O\neffective: 2011-12-31\n",
               {base}) == Texts{"417 4:11"});
}

TEST_CASE("overlays that take effect with their base may change readings",
          "[rules]") {
  const PackPointer base = base_with(rule("R1", "require: {kind: [town]}"));
  const std::string with_base =
      "format: headrope-pack/1\nid: O\ntitle: t\noverlays: B\neffective: "
      "2012-01-01\n";
  const PackPointer pack =
      made(with_base +
               "readings: {below: exclusive, basically: 95 %, partial: "
               "pro_rata}\n",
           {base});
  CHECK(pack->model().readings.basically == Fraction{19, 20});
  CHECK(pack->model().readings.below_is_exclusive);
  CHECK(pack->model().rules[0].partial == PartialWindow::pro_rata);
  // A day later it would change the day before.
  CHECK(faults(overlay("readings: {basically: 90 %}\n"), {base}) ==
        Texts{"418 6:11"});
  CHECK(faults(overlay("readings: {below: exclusive}\n"), {base}) ==
        Texts{"418 6:11"});
  made(overlay("readings: {below: inclusive}\n"), {base});
}

TEST_CASE("overlays stand on overlays", "[rules]") {
  const PackPointer base =
      base_with(rule("R1", "require: {count: lecture, at_least: p}"));
  const PackPointer middle = made(with_value("p", "12"), {base});
  const PackPointer top = made(
      "format: headrope-pack/1\nid: T\ntitle: t\noverlays: O\neffective: "
      "2016-01-01\nparameters: {p: {values: [{from: 2016-01-01, value: 6, "
      "clause: x}]}}\n",
      {base, middle});
  CHECK(value_on(top, "p", "2013-12-31") == "8");
  CHECK(value_on(top, "p", "2015-12-31") == "12");
  CHECK(value_on(top, "p", "2016-01-01") == "6");
  REQUIRE(top->changes().size() == 1);
  CHECK(top->changes()[0].before == Fraction{12, 1});
  CHECK(top->changes()[0].tightness == Tightness::looser);
  CHECK(top->rule(0).pack == "B");
}

TEST_CASE("a single value can be tried", "[rules]") {
  const PackPointer base =
      base_with(rule("R1", "require: {count: lecture, at_least: p}"));
  const auto tried =
      with_parameter(base, "p", {12, 1}, unit::day("2013-01-01"));
  REQUIRE(tried);
  CHECK((*tried)->id() == "B");
  CHECK((*tried)->overlays() == "B");
  CHECK(value_on(*tried, "p", "2012-12-31") == "8");
  CHECK(value_on(*tried, "p", "2013-01-01") == "12");
  CHECK(value_on(*tried, "p", "2016-01-01") == "12");
  CHECK(value_on(base, "p", "2013-01-01") == "8");
  CHECK((*tried)->changes()[0].tightness == Tightness::tighter);
  CHECK((*tried)->rule_count() == 1);
  CHECK((*tried)->model().rules[0].in_force == base->in_force());
  const auto unknown =
      with_parameter(base, "x", {1, 1}, unit::day("2013-01-01"));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == Code::parameter_unknown);
  const auto early = with_parameter(base, "p", {1, 1}, unit::day("2011-12-31"));
  REQUIRE_FALSE(early);
  CHECK(early.error().code == Code::overlay_too_early);
  CHECK(with_parameter(base, "p", {1, 1}, unit::day("2012-01-01")));
}

}  // namespace headrope
