// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a case file says about responsibility, and the place of everything that
// is wrong with it.

#include <catch2/catch.hpp>

#include "cases/case_reader.hpp"
#include "unit/helpers.hpp"

namespace headrope {

using unit::day;
using unit::span_of;

namespace {

using Texts = std::vector<std::string>;

// Six lines; what is given begins in the seventh, six blanks deep.
const std::string begun =
    "format: headrope-cases/1\ncases:\n  - id: one\n    title: one\n"
    "    as_of: 2010-05-31\n    responsibility:\n";

// `line:column HDR-…` of each finding.
Texts places(const std::string& rest) {
  Diagnostics findings;
  CHECK_FALSE(parse_cases(begun + rest, "t", findings));
  Texts list;
  for (const Diagnostic& finding : findings.items()) {
    list.push_back(std::to_string(finding.row) + ":" + finding.column + " " +
                   std::string(code_info(finding.code).id));
  }
  return list;
}

ResponsibilityCase good(const std::string& rest) {
  Diagnostics findings;
  auto file = parse_cases(begun + rest, "t", findings);
  CHECK(unit::told(findings) == Texts());
  REQUIRE(file);
  REQUIRE(file->cases.front().responsibility);
  return *file->cases.front().responsibility;
}

TEST_CASE("Holders are asked of a unit, a person or a duty as a whole") {
  const auto made = good(
      "      who:\n"
      "        - {duty: D, unit: U, role: cooperating, on: 2010-01-02,\n"
      "           holders: [A, B], duties: [D], reached: above}\n"
      "        - {person: P, holders: []}\n"
      "        - {duty: D, role: [lead, primary], holders: [A]}\n");
  REQUIRE(made.who.size() == 3);
  CHECK(made.who[0].duty == "D");
  CHECK(made.who[0].unit == "U");
  CHECK(made.who[0].roles == Texts{"cooperating"});
  CHECK(made.who[0].on == day("2010-01-02"));
  CHECK(made.who[0].holders == Texts{"A", "B"});
  CHECK(made.who[0].duties == Texts{"D"});
  CHECK(made.who[0].reached == Reached::above);
  CHECK(made.who[0].line == 8);
  CHECK(made.who[1].person == "P");
  CHECK(made.who[1].holders == Texts());
  CHECK_FALSE(made.who[1].duties);
  CHECK_FALSE(made.who[1].on);
  CHECK(made.who[2].roles == Texts{"lead", "primary"});
}

TEST_CASE("One entry need not stand in a list") {
  CHECK(good("      who: {duty: D, holders: []}\n").who.size() == 1);
  CHECK(good("      gaps: {type: no_lead}\n").gaps.size() == 1);
  CHECK(good("      chain: {along: party, leaves: 1}\n").chains.size() == 1);
  CHECK(good("      load: {over: []}\n").loads.size() == 1);
}

TEST_CASE("The last day of a finding is part of it, and null is open") {
  const auto made = good(
      "      days: {from: 2010-01-01, until: 2010-12-31}\n"
      "      gaps:\n"
      "        - {type: vacancy, post: X, person: null, from: 2010-03-01,\n"
      "           until: 2010-03-31, count: 0, limit: 1}\n"
      "        - {type: no_lead, from: null, until: null}\n"
      "      no_gaps: [two_leads, {type: vacancy, post: Y}]\n"
      "      gap_count: {delegation_cycle: 2}\n");
  CHECK(made.days == span_of("2010-01-01", "2011-01-01"));
  REQUIRE(made.gaps.size() == 2);
  CHECK(made.gaps[0].type == GapType::vacancy);
  CHECK(made.gaps[0].post == "X");
  CHECK(made.gaps[0].person == "");
  CHECK_FALSE(made.gaps[0].unit);
  CHECK(made.gaps[0].from == day("2010-03-01"));
  CHECK(made.gaps[0].until == day("2010-04-01"));
  CHECK(made.gaps[0].count == 0);
  CHECK(made.gaps[0].limit == 1);
  CHECK(made.gaps[1].from == Date::open_start());
  CHECK(made.gaps[1].until == Date::open_end());
  CHECK_FALSE(made.gaps[1].count);
  CHECK(made.no_types == std::vector{GapType::two_leads});
  REQUIRE(made.no_gaps.size() == 1);
  CHECK(made.no_gaps[0].post == "Y");
  REQUIRE(made.gap_counts.size() == 1);
  CHECK(made.gap_counts[0].type == GapType::delegation_cycle);
  CHECK(made.gap_counts[0].count == 2);
}

TEST_CASE("A chain has breaks, links and single points") {
  const auto made = good(
      "      chain:\n"
      "        along: grip_chain\n"
      "        roles: party_secretary\n"
      "        on: 2010-03-15\n"
      "        needs_post: true\n"
      "        top: W\n"
      "        breaks: [{unit: C, state: vacant, post: C/s,\n"
      "                  since: 2010-03-01, age: 14, hanging: [B],\n"
      "                  first: false}]\n"
      "        states: {W: held, C: without}\n"
      "        reached: 1\n"
      "        leaves: 7\n"
      "        points: [{holder: P, units: 2, hanging: 9}]\n");
  const ExpectedChain& chain = made.chains.front();
  CHECK(chain.along == "grip_chain");
  CHECK(chain.roles == Texts{"party_secretary"});
  CHECK(chain.on == day("2010-03-15"));
  CHECK(chain.needs_post);
  CHECK(chain.top == "W");
  REQUIRE(chain.breaks);
  REQUIRE(chain.breaks->size() == 1);
  const ExpectedBreak& broken = chain.breaks->front();
  CHECK(broken.state == LinkState::vacant);
  CHECK(broken.post == "C/s");
  CHECK(broken.since == day("2010-03-01"));
  CHECK(broken.age == 14);
  CHECK(broken.hanging == Texts{"B"});
  CHECK(broken.is_first == false);
  CHECK(chain.states.size() == 2);
  CHECK(chain.reached == 1);
  CHECK(chain.leaves == 7);
  CHECK(chain.points.front().hanging == 9);
}

TEST_CASE("Loads, tenures and what was missed are read") {
  const auto made = good(
      "      load:\n"
      "        on: 2010-01-01\n"
      "        along: party\n"
      "        top: W\n"
      "        limits: {posts: 1, total: 3}\n"
      "        of: {P: {posts: 2, liaisons: 0}}\n"
      "        over: [P]\n"
      "      tenures:\n"
      "        X: [{person: P, until: 2010-01-31},\n"
      "            {person: null, from: 2010-02-01}]\n"
      "      missed: {rule: R, subject: U, due: 2010-01-31, holders: [X=P]}\n");
  const ExpectedLoad& load = made.loads.front();
  CHECK(load.limits.posts == 1);
  CHECK(load.limits.total == 3);
  CHECK_FALSE(load.limits.leads);
  CHECK(load.burdens.front().items.size() == 2);
  CHECK(load.over == Texts{"P"});
  const ExpectedTenures& tenures = made.tenures.front();
  CHECK(tenures.post == "X");
  REQUIRE(tenures.parts.size() == 2);
  CHECK(tenures.parts[0].days.valid_until == day("2010-02-01"));
  CHECK(tenures.parts[0].days.valid_from == Date::open_start());
  CHECK(tenures.parts[1].person.empty());
  CHECK(made.missed.front().due == day("2010-01-31"));
}

TEST_CASE("The duties of the pack are asked for") {
  const auto made = good(
      "      with_duties: true\n"
      "      names: {市经贸局: U05}\n"
      "      makes_units: true\n"
      "      unknown: [市教育局]\n");
  CHECK(made.with_duties);
  CHECK(made.duties.makes_units);
  REQUIRE(made.duties.names.size() == 1);
  CHECK(made.duties.names.front().second == "U05");
  CHECK(made.unknown == Texts{"市教育局"});
}

TEST_CASE("What is wrong is told at its place") {
  struct Wrong {
    std::string text;
    Texts places;
  };
  const std::vector<Wrong> all{
      {"      {}\n", {"7:7 HDR-RULE-408"}},
      {"      with_duties: true\n", {"7:7 HDR-RULE-408"}},
      {"      whom: []\n      gap_count: {no_lead: 1}\n", {"7:7 HDR-RULE-406"}},
      {"      who: []\n", {"7:12 HDR-RULE-420"}},
      {"      who: {duty: D}\n", {"7:12 HDR-RULE-408"}},
      {"      who: {holders: []}\n", {"7:12 HDR-RULE-408"}},
      {"      who: {unit: U, person: P, holders: []}\n", {"7:30 HDR-RULE-420"}},
      {"      who: {duty: D, holders: [], reached: below}\n",
       {"7:44 HDR-LOAD-121"}},
      {"      gaps: {duty: D}\n", {"7:13 HDR-RULE-408"}},
      {"      gaps: {type: nobody}\n", {"7:20 HDR-LOAD-121"}},
      {"      gaps: {type: no_lead, from: soon}\n", {"7:35 HDR-LOAD-118"}},
      {"      gaps: {type: no_lead, count: -1}\n", {"7:36 HDR-LOAD-120"}},
      {"      no_gaps: [nobody]\n", {"7:17 HDR-LOAD-121"}},
      {"      gap_count: {nobody: 1}\n", {"7:19 HDR-RULE-406"}},
      {"      gap_count: []\n", {"7:18 HDR-RULE-420"}},
      {"      chain: {along: party}\n", {"7:14 HDR-RULE-408"}},
      {"      chain: {leaves: 1}\n", {"7:14 HDR-RULE-408"}},
      {"      chain: {along: party, breaks: [{age: 1}]}\n",
       {"7:38 HDR-RULE-408"}},
      {"      chain: {along: party, states: {U: broken}}\n",
       {"7:41 HDR-LOAD-121"}},
      {"      chain: {along: party, points: [{holder: P, units: 1}]}\n",
       {"7:38 HDR-RULE-408"}},
      {"      load: {on: 2010-01-01}\n", {"7:13 HDR-RULE-408"}},
      {"      load: {of: {P: {desks: 1}}}\n", {"7:23 HDR-RULE-406"}},
      {"      load: {over: [], limits: {pairings: 1}}\n",
       {"7:33 HDR-RULE-406"}},
      {"      tenures: {X: [{from: 2010-01-01}]}\n", {"7:21 HDR-RULE-408"}},
      {"      missed: {rule: R, holders: []}\n", {"7:15 HDR-RULE-408"}},
      {"      unknown: []\n", {"7:16 HDR-RULE-408"}},
      {"      names: {a: b}\n      gap_count: {no_lead: 1}\n",
       {"7:14 HDR-RULE-408"}},
      {"      days: {from: 2010-02-01, until: 2010-01-31}\n"
       "      gap_count: {no_lead: 1}\n",
       {"7:13 HDR-MODEL-213"}}};
  for (const Wrong& one : all) {
    INFO(one.text);
    CHECK(places(one.text) == one.places);
  }
}

}  // namespace
}  // namespace headrope
