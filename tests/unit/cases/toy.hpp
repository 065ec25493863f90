// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A small pack and a small organisation, for tests of cases.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/cases.hpp>

namespace headrope::unit {

inline constexpr std::string_view toy_pack = R"(format: headrope-pack/1
id: T
title: toy
effective: 2010-01-01
parameters:
  sessions:
    values: [{from: 2010-01-01, value: 2, clause: 1}]
  left_open:
    values: []
phases:
  - {id: start, title: start, from: 2010-01-01, until: 2010-06-30, clause: 1,
     deliverables: [T-R1, T-R3]}
rules:
  - id: T-R1
    clause: 1
    title: sessions
    subjects: {units: [party_branch]}
    window: {each: half_year}
    require: {count: study_session, at_least: sessions}
  - id: T-R2
    clause: 2
    title: {zh: 报告, en: reports}
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {count: research_report, range: [1, 2]}
  - id: T-R3
    clause: 3
    title: left open
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {count: study_session, at_least: left_open}
  - id: T-R4
    clause: 4
    title: a part of a year
    subjects: {units: [party_branch]}
    window: {each: year}
    partial: any_day
    require: {count: study_session, at_least: 4}
  - id: T-R5
    clause: 5
    title: graded
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {last: assessment, at_least: 60}
    grades: [{at_least: 90, grade: {zh: 优秀, en: excellent}},
             {at_least: 60, grade: {zh: 合格, en: fair}}]
reported:
  - {id: parts, clause: 6, value: 3, unit: unit}
checks:
  - {id: T-A1, clause: 6, title: three, require: {figure: parts, equals: 3}}
)";

/// Two branches below a committee; the second lives from July on. A has three
/// sessions, two of them in the first half of 2010, and B none.
inline constexpr std::string_view toy_cases =
    R"(format: headrope-cases/1
organisation:
  units:
    - {unit: C, kind: party_committee, party_parent: null}
    - {unit: A, kind: party_branch, party_parent: C}
    - {unit: B, kind: party_branch, party_parent: C, valid_from: 2010-07-01}
  records:
    - {measure: study_session, unit: A, valid_from: "2010-0{3..5}-10"}
    - {measure: research_report, unit: A, valid_from: "2010-02-0{1..3}"}
    - {measure: assessment, unit: A, valid_from: 2010-11-01, value: 92}
cases:
)";

/// A folder with the pack and one case, of which everything but the
/// organisation is given.
inline std::vector<CaseResult> run_toy(std::string_view rest,
                                       Diagnostics& findings,
                                       std::string_view pack = toy_pack) {
  const Folder folder;
  folder.write("pack.yaml", pack);
  folder.write("toy.cases.yaml", std::string(toy_cases) +
                                     "  - id: one\n    title: one\n" +
                                     std::string(rest));
  const std::vector<std::filesystem::path> paths{folder.path()};
  const auto results = run_cases(paths, findings);
  if (!results) FAIL(results.error().message);
  return *results;
}

/// The only result of a toy case without findings.
inline CaseResult one_result(std::string_view rest) {
  Diagnostics findings;
  const auto results = run_toy(rest, findings);
  CHECK(told(findings) == std::vector<std::string>());
  REQUIRE(results.size() == 1);
  return results.front();
}

}  // namespace headrope::unit
