// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Thresholds and dates that no case pins down, and cases made around them.

#include "cases/mutation.hpp"
#include "unit/cases/toy.hpp"

namespace headrope {

using unit::Folder;

namespace {

using Texts = std::vector<std::string>;

const std::string pack_text = R"(format: headrope-pack/1
id: B
title: boundaries
effective: 2010-01-01
parameters:
  sessions:
    values: [{from: 2010-01-01, value: 2, clause: 1}]
rules:
  - id: B-R1
    clause: 1
    title: sessions
    subjects: {units: [party_branch]}
    window: {from: 2010-03-01, until: 2010-03-31}
    require: {count: study_session, at_least: sessions}
  - id: B-R2
    clause: 2
    title: reports
    subjects: {units: [party_branch]}
    window: {each: year, from: 04-01, until: 04-30}
    require: {count: research_report, at_most: 1}
  - id: B-R3
    clause: 3
    title: both
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {all: [{rule: B-R1}, {rule: B-R2}]}
  - id: B-R4
    clause: 4
    title: nobody asks
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {count: study_session, at_least: 7}
)";

// Units with two sessions each, which B-R1 needs: on the days of the window's
// two ends, or just outside.
const std::string pinned = R"(format: headrope-cases/1
cases:
  - id: one
    title: one
    as_of: 2010-12-31
    organisation:
      units: [{unit: "U{1..7}", kind: party_branch}]
      records:
        - {measure: study_session, unit: U1, valid_from: 2010-03-01}
        - {measure: study_session, unit: U1, valid_from: 2010-03-31}
        - {measure: study_session, unit: U2, valid_from: 2010-02-28}
        - {measure: study_session, unit: U2, valid_from: 2010-03-31}
        - {measure: study_session, unit: U3, valid_from: 2010-03-01}
        - {measure: study_session, unit: U3, valid_from: 2010-04-01}
    expect:
      B-R1: {status: {U1: met, U2: unmet, U3: unmet}}
)";

Texts loose(const std::string& cases, const std::string& filter = {}) {
  const Folder folder;
  folder.write("pack.yaml", pack_text);
  folder.write("b.cases.yaml", cases);
  const std::vector<std::filesystem::path> paths{folder.path()};
  Diagnostics findings;
  const auto found = find_loose_boundaries(paths, findings, {.filter = filter});
  REQUIRE(found);
  Texts list;
  for (const LooseBoundary& one : *found) {
    list.push_back(one.pack + " " + one.rule + " " + one.parameter + " -> " +
                   one.changed_to);
  }
  return list;
}

TEST_CASE("A threshold and dates that cases pin down are not told") {
  CHECK(loose(pinned) == Texts());
}

TEST_CASE("Changes that no case notices are told") {
  std::string cases = pinned;
  const std::size_t expected = cases.find("U2: unmet, U3: unmet");
  cases.replace(expected, 20, "U4: unmet");
  // Without the two beside the window it may grow, and one session may do.
  CHECK(loose(cases) ==
        Texts{"B B-R1 sessions -> 1",
              "B B-R1 from 2010-03-01 (line 13) -> 2010-02-28",
              "B B-R1 until 2010-03-31 (line 13) -> 2010-04-01"});
}

TEST_CASE("Cases that fail, or are not chosen, pin nothing") {
  std::string cases = pinned;
  cases.replace(cases.find("U1: met"), 7, "U1: unmet");
  CHECK(loose(cases) == Texts());
  CHECK(loose(pinned, "other") == Texts());
}

TEST_CASE("A change is noticed through a rule that asks for it") {
  std::string cases = pinned;
  cases.replace(cases.find("B-R1: {status"), 13, "B-R3: {status");
  CHECK(loose(cases) == Texts{"B B-R2 from 04-01 (line 19) -> 03-31",
                              "B B-R2 from 04-01 (line 19) -> 04-02",
                              "B B-R2 until 04-30 (line 19) -> 04-29",
                              "B B-R2 until 04-30 (line 19) -> 05-01",
                              "B B-R2 at_most 1 (line 20) -> 0",
                              "B B-R2 at_most 1 (line 20) -> 2"});
}

TEST_CASE("Steps are one, the last decimal, or a hundredth of a share") {
  CHECK(step_of({8, 1}, false) == Fraction{1, 1});
  CHECK(step_of({0, 1}, false) == Fraction{1, 1});
  CHECK(step_of({5, 2}, false) == Fraction{1, 10});
  CHECK(step_of({5, 4}, false) == Fraction{1, 100});
  CHECK(step_of({4, 3}, false) == Fraction{1, 3});
  CHECK(step_of({9, 10}, false) == Fraction{1, 100});
  CHECK(step_of({1, 1}, true) == Fraction{1, 100});
}

TEST_CASE("Cases around the boundaries of a pack pass, and pin it") {
  Diagnostics findings;
  const auto pack =
      parse_pack(pack_text, "pack.yaml", Registry(), {}, findings);
  REQUIRE(pack);
  Texts skipped;
  const auto text = write_boundary_cases(*pack, skipped);
  REQUIRE(text);
  CHECK(skipped == Texts{"B-R3: it is not one comparison"});
  const Folder folder;
  folder.write("pack.yaml", pack_text);
  folder.write("made.cases.yaml", *text);
  const std::vector<std::filesystem::path> paths{folder.path()};
  const auto results = run_cases(paths, findings);
  REQUIRE(results);
  CHECK(unit::told(findings) == Texts());
  Texts ids;
  for (const CaseResult& one : *results) {
    ids.push_back(one.id);
    CHECK(one.failures == Texts());
    CHECK(one.checked > 0);
  }
  CHECK(ids == Texts{"B-R1-boundary", "B-R2-boundary", "B-R4-boundary"});
  CHECK(loose(*text) == Texts());
}

}  // namespace
}  // namespace headrope
