// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every key of an expectation, where it holds and where it does not, and that
// nothing that is expected goes uncompared.

#include "unit/cases/toy.hpp"
#include <headrope/cases.hpp>

namespace headrope {

using unit::Folder;
using unit::one_result;
using unit::run_toy;
using unit::toy_pack;

namespace {

using Texts = std::vector<std::string>;

// What comes of expecting this of T-R1 … on the last day of 2010. The
// expectation is on line 16.
CaseResult expected(const std::string& rule, const std::string& text) {
  return one_result("    as_of: 2010-12-31\n    expect:\n      " + rule +
                    ": {" + text + "}\n");
}

void passes(const std::string& rule, const std::string& text,
            std::uint32_t checked = 1) {
  INFO(text);
  const CaseResult result = expected(rule, text);
  CHECK(result.failures == Texts());
  CHECK(result.checked == checked);
}

void fails(const std::string& rule, const std::string& text,
           const std::string& failure) {
  INFO(text);
  const CaseResult result = expected(rule, text);
  CHECK(result.failures == Texts{rule + ": " + failure + " (line 16)"});
  CHECK(result.checked == 1);
}

TEST_CASE("A result names its case") {
  const CaseResult result = expected("T-R1", "met: 0");
  CHECK(result.file.ends_with("/toy.cases.yaml"));
  CHECK(result.line == 12);
  CHECK(result.id == "one");
  CHECK(result.title_zh == "one");
  CHECK(result.pack == "T");
  CHECK(result.rules == Texts{"T-R1"});
}

TEST_CASE("Statuses are compared, overall and by window") {
  passes("T-R1", "status: {A: unmet, B: unmet}", 2);
  passes("T-R1", "status: {A: {2010-01-01: met, 2010-07: unmet}}", 2);
  fails("T-R1", "status: {A: met}", "status of A: expected met, got unmet");
  fails("T-R1", "status: {A: {2010-01: unmet}}",
        "status of A in 2010-01: expected unmet, got met");
}

TEST_CASE("Values, thresholds and margins are compared exactly") {
  passes("T-R1",
         "value: {A: {2010-01: 3}}, threshold: {A: {2010-01: 2}}, "
         "margin: {A: {2010-01: 1, 2010-07: -2}}",
         4);
  passes("T-R2", "value: {A: 3}, threshold: {A: 1}", 2);
  passes("T-R5", "value: {A: 92}, margin: {A: 32}", 2);
  fails("T-R2", "value: {A: 3.1}", "value of A: expected 3.1, got 3");
  fails("T-R1", "threshold: {A: {2010-01: 5/2}}",
        "threshold of A in 2010-01: expected 2.5, got 2");
  fails("T-R5", "margin: {A: 1/3}", "margin of A: expected 1/3, got 32");
  fails("T-R3", "threshold: {A: 1}",
        "threshold of A: expected 1, got no threshold");
}

TEST_CASE("Subjects are counted by their status") {
  passes("T-R1",
         "eligible: 2, met: 0, unmet: 2, pending: 0, exempt: 0, "
         "not_applicable: 0, not_in_force: 0, not_evaluable: 0",
         8);
  passes("T-R3", "eligible: 2, not_evaluable: 2", 2);
  for (const std::string word : {"met", "pending", "exempt", "not_applicable",
                                 "not_in_force", "not_evaluable"}) {
    fails("T-R1", word + ": 7", word + ": expected 7, got 0");
  }
  fails("T-R1", "unmet: 1", "unmet: expected 1, got 2");
  fails("T-R1", "eligible: 1", "eligible: expected 1, got 2");
}

TEST_CASE("Windows met are compared without reducing them") {
  passes("T-R1", "windows: {A: 1/2}");
  fails("T-R1", "windows: {A: 2/4}", "windows of A: expected 2/4, got 1/2");
}

TEST_CASE("The day from which a subject cannot meet a rule is compared") {
  const auto ask = [](const std::string& day) {
    return one_result("    as_of: 2010-08-01\n    expect:\n      T-R1: {" +
                      day + "}\n");
  };
  const CaseResult whole = ask("status: {A: pending}");
  CHECK(whole.failures == Texts());
  const CaseResult wrong = ask("unmet_from: {A: 2010-08-01}");
  REQUIRE(wrong.failures.size() == 1);
  const std::string begin =
      "T-R1: unmet_from of A: expected 2010-08-01, got 20";
  CHECK(wrong.failures.front().starts_with(begin));
  const std::string day = wrong.failures.front().substr(begin.size() - 2, 10);
  CHECK(ask("unmet_from: {A: " + day + "}").failures == Texts());
  CHECK(ask("unmet_from: {A: {2010-07: " + day + "}}").failures == Texts());
  fails("T-R1", "unmet_from: {A: 2010-08-01}",
        "unmet_from of A: expected 2010-08-01, got no day");
}

TEST_CASE("The status by the other reading of a part window is compared") {
  passes("T-R4", "other_reading: {B: unmet}");
  fails("T-R4", "other_reading: {B: met}",
        "other_reading of B: expected met, got unmet");
  fails("T-R1", "other_reading: {A: met}",
        "other_reading of A: expected met, got no other reading");
}

TEST_CASE("Reasons and explanations must contain the words") {
  passes("T-R3", "reason: {A: left_open}");
  fails("T-R1", "reason: {A: left_open}",
        "reason of A: expected 'left_open', got no reason");
  passes("T-R1", "explain: {A: [\"2010-03-10\", sessions]}", 2);
  fails("T-R1", "explain: {A: [nowhere]}",
        "explain of A: expected 'nowhere', got an explanation without it");
}

TEST_CASE("Coverage is compared at a node") {
  passes("T-R5",
         "coverage: [{node: C, hierarchy: party, met: 1, eligible: 2}, "
         "{node: A, hierarchy: party, met: 1, eligible: 1, basis: any}]",
         2);
  fails("T-R5", "coverage: [{node: C, hierarchy: party, met: 2, eligible: 2}]",
        "coverage of C: expected 2/2, got 1/2");
  fails("T-R5", "coverage: [{node: C, hierarchy: row, met: 2, eligible: 2}]",
        "coverage of C: expected 2/2, got no hierarchy 'row'");
  fails("T-R5", "coverage: [{node: X, hierarchy: party, met: 2, eligible: 2}]",
        "coverage of X: expected 2/2, got no such unit");
}

TEST_CASE("Grades are compared by either name") {
  passes("T-R5", "grade: {A: excellent}");
  passes("T-R5", "grade: {A: 优秀}");
  fails("T-R5", "grade: {A: fair}",
        "grade of A: expected 'fair', got 'excellent'");
  fails("T-R5", "grade: {B: fair}",
        "grade of B: expected 'fair', got no value");
  fails("T-R4", "grade: {A: fair}",
        "grade of A: expected 'fair', got no grade");
}

TEST_CASE("Those above a range are compared as a set") {
  passes("T-R2", "above: [A]");
  passes("T-R1", "above: []");
  fails("T-R2", "above: [B, A]", "above: expected A, B, got A");
  fails("T-R2", "above: []", "above: expected none, got A");
}

TEST_CASE("A subject, a window or a rule that is not there is a failure") {
  fails("T-R1", "status: {C: met}",
        "status of C: expected met, got no subject of the rule");
  fails("T-R1", "value: {X: 1}",
        "value of X: expected 1, got no subject of the rule");
  fails("T-R1", "value: {A: {2011: 1}}",
        "value of A in 2011: expected 1, got no such window");
  fails("T-R1", "value: {A: 1}", "value of A: expected 1, got 2 windows");
  const CaseResult result = expected("T-R9", "met: 1");
  CHECK(result.failures ==
        Texts{"T-R9: expected a rule of the pack, got no such rule (line 16)"});
}

TEST_CASE("Another pack or value shows who falls out and who enters") {
  const auto ask = [](const std::string& rest) {
    return one_result("    as_of: 2010-12-31\n" + rest);
  };
  const std::string harder =
      "    against: {parameters: {sessions: 4}, from: 2010-01-01}\n"
      "    range: {from: 2010-01-01, until: 2010-06-30}\n";
  CHECK(ask(harder + "    falls_out: {T-R1: [A]}\n").failures == Texts());
  CHECK(ask(harder + "    falls_out: {T-R1: []}\n").failures ==
        Texts{"T-R1: falls out: expected none, got A (line 17)"});
  CHECK(ask(harder + "    enters: {T-R1: [A]}\n").failures ==
        Texts{"T-R1: enters: expected A, got none (line 17)"});
  CHECK(ask("    against: {parameters: {none: 4}, from: 2010-01-01}\n"
            "    falls_out: {T-R1: [A]}\n")
            .failures ==
        Texts{"against: pack 'T' has no parameter 'none' (line 15)"});
}

TEST_CASE("Verdicts of figures are compared") {
  const auto ask = [](const std::string& audit) {
    return one_result("    as_of: 2010-12-31\n    audit: {" + audit + "}\n");
  };
  CHECK(ask("T-A1: holds").failures == Texts());
  CHECK(ask("T-A1: holds").checked == 1);
  REQUIRE(ask("T-A1: rounded").failures.size() == 1);
  CHECK(ask("T-A1: rounded")
            .failures.front()
            .starts_with("T-A1: expected rounded, got holds (stated "));
  CHECK(ask("T-A2: holds").failures ==
        Texts{"T-A2: expected holds, got no such check (line 15)"});
}

TEST_CASE("The phase of the day and its open deliverables are compared") {
  const auto ask = [](const std::string& day, const std::string& phase) {
    return one_result("    as_of: " + day + "\n    phase: {" + phase + "}\n");
  };
  const CaseResult good =
      ask("2010-06-30", "id: start, day: 181, days: 181, open: 1");
  CHECK(good.failures == Texts());
  CHECK(good.checked == 4);
  CHECK(ask("2010-06-30", "id: start, day: 1, open: 0").failures ==
        Texts{"day of the phase: expected 1, got 181 (line 15)",
              "deliverables still open: expected 0, got 1 (line 15)"});
  CHECK(ask("2010-07-01", "id: start").failures ==
        Texts{"phase: expected start, got none (line 15)"});
}

TEST_CASE("Files that are not well formed are told, and the others run") {
  const Folder folder;
  folder.write("pack.yaml", toy_pack);
  folder.write("a.cases.yaml", "format: headrope-cases/1\ncases: 3\n");
  folder.write("b.cases.yaml",
               "format: headrope-cases/1\ncases:\n"
               "  - {id: b, title: b, as_of: 2010-01-01, audit: {T-A1: "
               "holds}}\n");
  const std::vector<std::filesystem::path> paths{folder.path()};
  Diagnostics findings;
  const auto results = run_cases(paths, findings);
  REQUIRE(results);
  REQUIRE(results->size() == 1);
  CHECK(results->front().failures == Texts());
  REQUIRE(findings.items().size() == 1);
  CHECK(findings.items()[0].file.ends_with("/a.cases.yaml"));
  CHECK(findings.items()[0].row == 2);
}

TEST_CASE("A pack that is not well formed fails its cases") {
  Diagnostics findings;
  const auto results = run_toy("    as_of: 2010-12-31\n    audit: {A: holds}\n",
                               findings, "format: headrope-pack/1\n");
  REQUIRE(results.size() == 1);
  REQUIRE(results.front().failures.size() == 1);
  CHECK(results.front().failures.front().starts_with("the pack: "));
  CHECK(findings.error_count() > 0);
}

TEST_CASE("An organisation that is not good fails its case alone") {
  Diagnostics findings;
  const auto results = run_toy(
      "    as_of: 2010-12-31\n    expect: {T-R1: {met: 0}}\n"
      "    organisation: {units: [{unit: X, kind: none}]}\n"
      "  - {id: two, title: two, as_of: 2010-12-31, expect: {T-R1: {met: "
      "0}}}\n",
      findings);
  REQUIRE(results.size() == 2);
  CHECK(results[0].failures.size() == 1);
  CHECK(results[0].checked == 0);
  CHECK(results[1].failures == Texts());
  REQUIRE(findings.items().size() == 1);
  CHECK(findings.items()[0].code == Code::kind_unknown);
  CHECK(findings.items()[0].row == 16);
}

TEST_CASE("A filter chooses by id or file, and a missing path is an error") {
  const Folder folder;
  folder.write("pack.yaml", toy_pack);
  folder.write(
      "b.cases.yaml",
      "format: headrope-cases/1\ncases:\n"
      "  - {id: x1, title: b, as_of: 2010-01-01, phase: {id: start}}\n"
      "  - {id: y1, title: b, as_of: 2010-01-01, phase: {id: start}}\n");
  const std::vector<std::filesystem::path> paths{folder.path() /
                                                 "b.cases.yaml"};
  const auto ids = [&](const std::string& filter, std::uint32_t threads) {
    Diagnostics findings;
    const auto results = run_cases(
        paths, findings, {.filter = filter, .threads = Threads{threads}});
    REQUIRE(results);
    Texts list;
    for (const CaseResult& one : *results) list.push_back(one.id);
    return list;
  };
  CHECK(ids("", 3) == Texts{"x1", "y1"});
  CHECK(ids("y", 1) == Texts{"x1", "y1"});  // The file has a y in its name.
  CHECK(ids("x1", 1) == Texts{"x1"});
  CHECK(ids("none", 1).empty());
  Diagnostics findings;
  const std::vector<std::filesystem::path> nowhere{folder.path() / "nowhere"};
  const auto missing = run_cases(nowhere, findings);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Code::file_unreadable);
}

TEST_CASE("Coverage tells which rules cases pin, and how") {
  const Folder folder;
  folder.write("pack.yaml", toy_pack);
  folder.write("t.cases.yaml",
               std::string(unit::toy_cases) +
                   "  - {id: a, title: a, as_of: 2010-12-31, expect: "
                   "{T-R5: {status: {A: met}}, T-R2: {met: 1, unmet: 1}}}\n"
                   "  - {id: b, title: b, as_of: 2010-12-31, expect: "
                   "{T-R5: {unmet: 1}, T-R1: {met: 0}}}\n");
  const std::vector<std::filesystem::path> paths{folder.path()};
  Diagnostics findings;
  const auto results = run_cases(paths, findings);
  REQUIRE(results);
  const auto coverage = clause_coverage(paths, *results, findings);
  REQUIRE(coverage);
  Texts list;
  for (const ClauseCoverage& one : *coverage) {
    list.push_back(one.pack + " " + one.rule + " " + one.clause + " " +
                   std::to_string(one.cases) + (one.pins_met ? " met" : "") +
                   (one.pins_unmet ? " unmet" : ""));
  }
  CHECK(list == Texts{"T T-R1 1 1", "T T-R2 2 1 met unmet", "T T-R3 3 0",
                      "T T-R4 4 0", "T T-R5 5 2 met unmet"});
}

}  // namespace
}  // namespace headrope
