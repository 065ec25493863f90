// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a case expects about responsibility: every key where it holds and where
// it does not, and what a failure says.

#include <catch2/catch.hpp>

#include "unit/cases/toy.hpp"
#include <headrope/cases.hpp>

namespace headrope {

using unit::one_result;
using unit::run_toy;
using unit::toy_pack;

namespace {

using Texts = std::vector<std::string>;

// A committee C with the branches A and B; posts, two duties, a need, a tie.
// The head of A left in April 2010.
constexpr std::string_view organisation = R"(    as_of: 2010-12-31
    organisation:
      persons: [{person: "P{1..3}"}]
      posts:
        - {post: C/head, unit: C, role: party_secretary}
        - {post: A/head, unit: A, role: party_secretary}
      holdings:
        - {post: C/head, person: P1}
        - {post: A/head, person: P2, valid_until: 2010-03-31}
      duties: [{duty: D}, {duty: W}]
      duty_scopes: [{duty: D, scope_type: kind, scope: party_branch}]
      assignments:
        - {duty: D, role: lead, holder_type: unit, holder: C, scope_type: unit, scope: A}
        - {duty: D, role: cooperating, holder_type: person, holder: P3}
        - {duty: W, role: lead, holder_type: post, holder: C/head}
        - {duty: W, role: primary, holder_type: unit, holder: B}
      needs:
        - {need: pairings, pairing: contact_point, scope_type: unit, scope: A}
      pairings:
        - {pairing: contact_point, holder_type: person, holder: P3, unit: B}
    responsibility:
)";

// What comes of one line; it stands on line 35.
CaseResult expected(const std::string& line) {
  return one_result(std::string(organisation) + "      " + line + "\n");
}

void passes(const std::string& line, std::uint32_t checked = 1) {
  INFO(line);
  const CaseResult result = expected(line);
  CHECK(result.failures == Texts());
  CHECK(result.checked == checked);
}

void fails(const std::string& line, const std::string& failure) {
  INFO(line);
  const CaseResult result = expected(line);
  CHECK(result.failures == Texts{failure + " (line 35)"});
}

TEST_CASE("Holders are compared as a set") {
  passes("who: {duty: D, unit: A, holders: [C]}");
  passes("who: {duty: D, unit: B, holders: []}");
  passes("who: {duty: W, holders: [B, C/head=P1]}");
  passes("who: {duty: D, unit: A, role: cooperating, holders: [P3]}");
  passes("who: {duty: D, unit: A, role: any, holders: [C, P3]}");
  passes("who: {unit: A, role: party_secretary, holders: [A/head=nobody]}");
  passes(
      "who: {unit: A, role: party_secretary, on: 2010-03-31, "
      "holders: [A/head=P2], reached: own_post}",
      2);
  passes("who: {unit: A, holders: [C], duties: [D], reached: unit}", 3);
  fails("who: {duty: D, unit: A, holders: [B]}",
        "holders of D for A: expected B, got C");
  fails("who: {duty: D, unit: A, holders: [C], reached: above}",
        "holders of D for A: reached: expected above, got unit");
  fails("who: {unit: A, on: 2010-01-01, holders: [C], duties: [W]}",
        "holders for A on 2010-01-01: duties: expected W, got D");
}

TEST_CASE("A name that is not there fails") {
  fails("who: {duty: X, holders: []}",
        "holders of X: expected a duty 'X', got no such duty");
  fails("who: {duty: D, unit: X, holders: []}",
        "holders of D for X: expected a unit 'X', got no such unit");
  fails("who: {duty: D, role: chieftain, holders: []}",
        "holders of D: expected a role 'chieftain', got no such role");
  fails("who: {person: X, holders: []}",
        "holders for X: expected a person 'X', got no such person");
  fails("chain: {along: guidance, leaves: 0}",
        "chain along guidance: expected a hierarchy 'guidance', got no such "
        "hierarchy");
  fails("chain: {along: party, rule: X, leaves: 0}",
        "chain along party: expected a rule 'X', got no such rule");
  fails("chain: {along: party, states: {X: held}}",
        "chain along party: expected a unit 'X', got no such unit");
  fails("chain: {along: party, top: X, leaves: 0}",
        "chain along party: expected a unit 'X', got no such unit");
  fails("chain: {along: party, roles: chieftain, leaves: 0}",
        "chain along party: expected a role 'chieftain', got no such role");
  fails("load: {top: X, over: []}",
        "load: expected a unit 'X', got no such unit");
  fails("missed: {rule: T-R1, subject: A, duty: X, holders: []}",
        "answerable for T-R1 of A: expected a duty 'X', got no such duty");
  fails("load: {of: {X: {posts: 0}}}",
        "load: expected a unit or person 'X', got no such unit or person");
  fails("load: {along: guidance, over: []}",
        "load: expected a hierarchy 'guidance', got no such hierarchy");
  fails("tenures: {X: []}", "tenures: expected a post 'X', got no such post");
  fails("missed: {rule: X, subject: A, holders: []}",
        "answerable for X of A: expected a rule 'X', got no such rule");
}

TEST_CASE("Findings are there or not") {
  passes("gaps: {type: no_lead, duty: D, unit: B, post: null, role: null}");
  passes(
      "gaps: {type: vacancy, post: A/head, unit: A, from: 2010-04-01, "
      "until: null, count: 0, limit: 1}");
  passes("gaps: {type: contact_point_missing, unit: A, text: contact_point}");
  passes(
      "gaps: {type: two_leads, duty: W, unit: null, holder: B, "
      "other: C/head, count: 2}");
  passes("no_gaps: [self_lead, {type: no_lead, unit: A}]", 2);
  passes("gap_count: {no_lead: 1, two_leads: 1, self_lead: 0}", 3);
  fails("gaps: {type: vacancy, post: C/head}",
        "gaps: expected vacancy post C/head, got vacancy role party_secretary "
        "unit A post A/head from 2010-04-01 until open count 0 limit 1");
  fails("gaps: {type: self_lead, unit: null, from: null, until: 2010-01-31}",
        "gaps: expected self_lead unit none from open until 2010-01-31, got "
        "none");
}

TEST_CASE("A finding that must not be there fails") {
  for (const char* line : {"no_gaps: [vacancy]", "no_gaps: [{type: vacancy}]",
                           "gap_count: {vacancy: 0}"}) {
    INFO(line);
    const CaseResult result = expected(line);
    REQUIRE(result.failures.size() == 1);
    CHECK(result.failures.front().find("A/head") != std::string::npos);
    CHECK(result.checked == 1);
  }
}

TEST_CASE("The days asked about decide which findings there are") {
  const std::string days = "days: {from: 2010-03-01, until: ";
  passes(days + "2010-03-31}\n      no_gaps: [vacancy]");
  passes(days + "2010-04-01}\n      gap_count: {vacancy: 1}");
}

TEST_CASE("Chains are compared link by link") {
  passes("chain: {along: party, states: {C: held, A: vacant, B: without}}", 3);
  passes(
      "chain: {along: party, on: 2010-03-31, breaks: [], leaves: 2, "
      "reached: 2}",
      3);
  // The list itself, and seven things of the break.
  passes(
      "chain: {along: party, breaks: [{unit: A, state: vacant, post: "
      "A/head, since: 2010-04-01, age: 274, first: true, hanging: []}]}",
      8);
  passes(
      "chain: {along: party, points: [{holder: P1, units: 1, hanging: 2}, "
      "{holder: P3, units: 0, hanging: 0}], on: 2010-03-31}",
      4);
  passes("chain: {along: party, rule: T-R2, breaks: [{unit: B}]}");
  passes(
      "chain: {along: party, needs_post: true, top: B, "
      "breaks: [{unit: B, state: without}]}",
      2);
  fails("chain: {along: party, breaks: []}",
        "chain along party: breaks: expected none, got A");
  fails("chain: {along: party, states: {A: held}}",
        "link A: expected held, got vacant");
  fails("chain: {along: party, reached: 2}",
        "chain along party: leaves reached: expected 2, got 1");
  fails("chain: {along: party, breaks: [{unit: A, age: 273}]}",
        "break at A: days old: expected 273, got 274");
  fails("chain: {along: party, breaks: [{unit: A, since: 2010-04-02}]}",
        "break at A: since: expected 2010-04-02, got 2010-04-01");
  fails("chain: {along: party, breaks: [{unit: A, first: false}]}",
        "break at A: first: expected false, got true");
  fails("chain: {along: party, duty: X, leaves: 2}",
        "chain along party: expected a duty 'X', got no such duty");
}

TEST_CASE("Loads are compared item by item") {
  passes("load: {of: {P1: {leads: 1, posts: 1, total: 2}}}", 3);
  passes(
      "load: {of: {P3: {cooperations: 1, contact_points: 1, pairings: 0, "
      "liaisons: 0, other_roles: 0}}}",
      5);
  passes("load: {of: {P2: {posts: 0}}}");
  passes("load: {on: 2010-03-31, of: {P2: {posts: 1}}}");
  passes(
      "load: {along: party, top: A, on: 2010-03-31, "
      "of: {P2: {posts: 1}, P1: {posts: 0}}}",
      2);
  passes("load: {limits: {total: 1}, over: [P1, P3, C]}");
  fails("load: {of: {C: {leads: 9}}}", "leads of C: expected 9, got 2");
  fails("load: {limits: {posts: 0}, over: []}",
        "over the limit: expected none, got P1");
}

TEST_CASE("Tenures are compared in order") {
  passes(
      "tenures: {A/head: [{person: P2, until: 2010-03-31}, {person: null, "
      "from: 2010-04-01}]}");
  fails("tenures: {C/head: [{person: P2}]}",
        "tenures of C/head: expected P2 open..open, got P1 open..open");
}

TEST_CASE("Who had to answer is asked of a missed window") {
  passes(
      "missed: {rule: T-R1, subject: A, due: 2010-12-31, duty: D, "
      "holders: [C]}");
  passes(
      "missed: {rule: T-R1, subject: A, holders: [A/head=nobody], "
      "role: party_secretary}");
  fails("missed: {rule: T-R1, subject: A, due: 2010-06-30, holders: [C]}",
        "answerable for T-R1 of A: expected C, got nothing missed on "
        "2010-06-30");
  fails("missed: {rule: T-R1, subject: A, duty: D, holders: []}",
        "answerable for T-R1 of A: expected none, got C");
}

TEST_CASE("The duties of the pack are added, and nothing of it is kept") {
  const std::string pack =
      std::string(toy_pack) +
      "duties:\n"
      "  - {id: T-D1, clause: 1, title: t, lead: [委员会, 别处], "
      "for: {kinds: [party_branch]}}\n";
  const auto run = [&](const std::string& lines) {
    Diagnostics findings;
    const auto results = run_toy(
        "    as_of: 2010-12-31\n    responsibility:\n" + lines, findings, pack);
    CHECK(unit::told(findings) == Texts());
    REQUIRE(results.size() == 1);
    return results.front().failures;
  };
  CHECK(run("      with_duties: true\n      names: {委员会: C}\n"
            "      unknown: [别处]\n"
            "      who: {duty: T-D1, unit: A, holders: [C]}\n") == Texts());
  CHECK(run("      with_duties: true\n      makes_units: true\n"
            "      who: {duty: T-D1, holders: [委员会, 别处]}\n"
            "      unknown: []\n") == Texts());
  CHECK(run("      with_duties: true\n      unknown: [别处]\n") ==
        Texts{"names without a holder: expected 别处, got 别处, 委员会 (line "
              "16)"});
  CHECK(run("      who: {duty: T-D1, holders: []}\n") ==
        Texts{"holders of T-D1: expected a duty 'T-D1', got no such duty (line "
              "16)"});
}

TEST_CASE("A chain by a rule needs a rule for units") {
  Diagnostics findings;
  const auto results = run_toy(
      "    as_of: 2010-12-31\n    responsibility:\n"
      "      chain: {along: party, rule: T-R6, leaves: 0}\n",
      findings,
      std::string(toy_pack).replace(
          toy_pack.find("reported:"), 0,
          "  - {id: T-R6, clause: 6, title: t, subjects: {persons: all},\n"
          "     require: {count: lecture, at_least: 1}}\n"));
  REQUIRE(results.size() == 1);
  CHECK(results.front().failures ==
        Texts{"chain along party: expected a rule for units, got T-R6 (line "
              "16)"});
}

TEST_CASE("A pack that cannot be read is told as such") {
  Diagnostics findings;
  const auto results = run_toy(
      "    as_of: 2010-12-31\n    responsibility:\n"
      "      with_duties: true\n      gap_count: {no_lead: 0}\n",
      findings, "format: headrope-pack/9\n");
  REQUIRE(results.size() == 1);
  REQUIRE(results.front().failures.size() == 1);
  CHECK(results.front().failures.front().starts_with("the pack: "));
}

}  // namespace
}  // namespace headrope
