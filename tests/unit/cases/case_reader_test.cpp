// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Case files: what they hold, and the place of everything that is wrong.

#include "cases/case_reader.hpp"

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::day;
using unit::span_of;

namespace {

using Texts = std::vector<std::string>;

// `line:column HDR-…` of each finding.
Texts places(std::string_view text) {
  Diagnostics findings;
  CHECK_FALSE(parse_cases(text, "t", findings));
  Texts list;
  for (const Diagnostic& finding : findings.items()) {
    list.push_back(std::to_string(finding.row) + ":" + finding.column + " " +
                   std::string(code_info(finding.code).id));
  }
  return list;
}

const std::string head = "format: headrope-cases/1\ncases:\n";
// Three lines; the next is the sixth.
const std::string begun =
    head + "  - id: one\n    title: one\n    as_of: 2010-05-31\n";

CaseFile good(const std::string& text) {
  Diagnostics findings;
  auto file = parse_cases(text, "t", findings);
  CHECK(unit::told(findings) == Texts());
  REQUIRE(file);
  return *file;
}

TEST_CASE("A case asks about the calendar year of its day") {
  const CaseFile file = good(begun + "    expect: {R: {met: 1}}\n");
  CHECK(file.pack == "pack.yaml");
  CHECK(file.cases.front().range == span_of("2010-01-01", "2011-01-01"));
  CHECK(file.cases.front().line == 3);
}

TEST_CASE("The last day of a range is part of it") {
  const CaseFile file =
      good(begun +
           "    range: {from: 2010-01-01, until: 2010-03-31}\n"
           "    expect: {R: {met: 1}}\n");
  CHECK(file.cases.front().range == span_of("2010-01-01", "2010-04-01"));
}

TEST_CASE("Every expectation keeps its line") {
  const CaseFile file = good(begun +
                             "    expect:\n"
                             "      R:\n"
                             "        status: {A: met,\n"
                             "                 B: {2010-03: unmet}}\n"
                             "        windows: {A: 11/12}\n");
  const auto& expected = file.cases.front().expect.front().expectations;
  REQUIRE(expected.size() == 3);
  CHECK(expected[0].line == 8);
  CHECK(expected[1].line == 9);
  CHECK(expected[1].window == "2010-03");
  CHECK(expected[1].status == Status::unmet);
  CHECK(expected[2].ratio.numerator == 11);
  CHECK(expected[2].ratio.denominator == 12);
}

TEST_CASE("All that is wrong is told at once, in order") {
  CHECK(places(R"(format: headrope-cases/2
casses: []
cases:
  - id: one
    title: {zh: 一, de: eins}
    as_of: 2010-02-30
    expect:
      R: {mett: 1, met: -1, status: {A: mt}, windows: {A: 3}}
  - id: two
    expect: {R: {met: 1}}
)") == Texts{"1:9 HDR-LOAD-104", "2:1 HDR-RULE-406", "5:20 HDR-RULE-406",
             "6:12 HDR-LOAD-118", "8:11 HDR-RULE-406", "8:25 HDR-LOAD-120",
             "8:41 HDR-LOAD-121", "8:59 HDR-RULE-420", "9:5 HDR-RULE-408",
             "9:5 HDR-RULE-408"});
}

TEST_CASE("Keys that must be there are missed") {
  CHECK(places("pack: x.yaml\n") ==
        Texts{"1:1 HDR-RULE-408", "1:1 HDR-RULE-408"});
  CHECK(places(head + "  - {id: a, title: a, as_of: 2010-01-01}\n") ==
        Texts{"3:5 HDR-RULE-408"});
  CHECK(places(begun + "    falls_out: {R: [A]}\n") ==
        Texts{"6:16 HDR-RULE-408"});
  CHECK(places(begun +
               "    expect: {R: {coverage: [{hierarchy: party, met: 1}]}}\n") ==
        Texts{"6:29 HDR-RULE-408", "6:29 HDR-RULE-408"});
}

TEST_CASE("Wrong types are told") {
  CHECK(places("- a\n") == Texts{"1:1 HDR-RULE-420"});
  CHECK(places(head + "  []\n") == Texts{"3:3 HDR-RULE-420"});
  CHECK(places(begun + "    expect: {}\n") == Texts{"6:13 HDR-RULE-420"});
  CHECK(places(begun + "    expect: {R: {}}\n") == Texts{"6:17 HDR-RULE-420"});
  CHECK(places(begun + "    expect: {R: {status: met}}\n") ==
        Texts{"6:26 HDR-RULE-420"});
  CHECK(places(begun + "    expect: {R: {value: {A: {March: 1}}}}\n") ==
        Texts{"6:30 HDR-RULE-420"});
  CHECK(places(begun + "    expect: {R: {above: A}}\n") ==
        Texts{"6:25 HDR-RULE-420"});
  CHECK(places(begun + "    phase: {id: a, day: 1.5}\n") ==
        Texts{"6:25 HDR-LOAD-120"});
  CHECK(places(begun + "    audit: {A: good}\n") == Texts{"6:16 HDR-LOAD-121"});
}

TEST_CASE("An id stands once in a file") {
  CHECK(
      places(begun + "    phase: {id: a}\n" +
             "  - {id: one, title: a, as_of: 2010-01-01, phase: {id: a}}\n") ==
      Texts{"7:10 HDR-RULE-420"});
}

TEST_CASE("Rows have the columns of their table") {
  const std::string organisation = begun +
                                   "    phase: {id: a}\n"
                                   "    organisation:\n";
  CHECK(places(organisation + "      unit: []\n") == Texts{"8:7 HDR-RULE-406"});
  CHECK(places(organisation + "      units: [{unit: A}]\n") ==
        Texts{"8:15 HDR-RULE-408"});
  CHECK(places(organisation + "      units: [{unit: A, kind: [b]}]\n") ==
        Texts{"8:31 HDR-RULE-420"});
  CHECK(places(organisation +
               "      links: [{hierarchy: party, unit: A, prent: B}]\n") ==
        Texts{"8:43 HDR-RULE-406"});
  CHECK(places(organisation +
               "      persons: [{person: A, valid_from: 2010-01-01}]\n") ==
        Texts{"8:29 HDR-RULE-420"});
  CHECK(places(organisation +
               "      records: [{measure: m, attendance: {there: [P]}}]\n") ==
        Texts{"8:43 HDR-RULE-406"});
}

TEST_CASE("What packs refuse is refused here too") {
  CHECK(places(begun + "    phase: &a {id: a}\n") ==
        Texts{"6:12 HDR-RULE-409"});
  CHECK(places(begun + "    phase: {id: a}\n    phase: {id: b}\n") ==
        Texts{"7:5 HDR-RULE-407"});
}

}  // namespace
}  // namespace headrope
