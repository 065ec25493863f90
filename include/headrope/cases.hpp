// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Cases: the tests of rule packs as data (docs/formats/rule-cases.md). A case
// is a small organisation, what was recorded, a day, and what must come out.

#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/answers.hpp"
#include "headrope/diagnostics.hpp"
#include "headrope/pack.hpp"
#include "headrope/table.hpp"

namespace headrope {

/// How a case ended.
struct CaseResult {
  std::string file;
  std::uint64_t line = 0;  ///< where the case begins
  std::string id;
  std::string title_zh;
  std::string title_en;
  std::string pack;
  std::vector<std::string> rules;  ///< that it expects something of
  /// What came out otherwise, each with the line of the expectation; empty: the
  /// case passes.
  std::vector<std::string> failures;
  /// How many expectations were compared.
  std::uint32_t checked = 0;
  bool is_run = true;  ///< false: it was only listed
};

/// Which rules of a pack have cases.
struct ClauseCoverage {
  std::string pack;
  std::string rule;
  std::string clause;
  std::uint32_t cases = 0;
  bool pins_met = false;    ///< some case expects the rule met
  bool pins_unmet = false;  ///< some case expects it unmet
};

/// A threshold or date that no case pins down: changed by one step, every case
/// still passes.
struct LooseBoundary {
  std::string pack;
  std::string rule;
  std::string parameter;  ///< or the literal as it stands there
  std::string changed_to;
};

/// How to run.
struct CaseOptions {
  std::string filter;  ///< only cases whose id or file contains it
  Threads threads{};
  /// False: the cases are read and listed only; packs and organisations are
  /// not, and nothing is checked.
  bool runs = true;
};

/// Runs every case of the files (`*.cases.yaml`) at or below the paths, in the
/// order of their names. Files that are not well formed are findings; the other
/// files still run.
/// @returns the results in order, whatever the number of threads.
[[nodiscard]] Result<std::vector<CaseResult>> run_cases(
    std::span<const std::filesystem::path> paths, Diagnostics& findings,
    const CaseOptions& options = {});

/// Lists the results: `file`, `row`, `case`, `title`, `pack`, `checked`,
/// `result` (`passed`, `failed`, or nothing if it was only listed), and
/// `failures`, a line for each.
/// @param language of the titles.
[[nodiscard]] Table cases_table(std::span<const CaseResult> results,
                                Language language);

/// Which rules of the packs at or below the paths the results speak of.
[[nodiscard]] Result<std::vector<ClauseCoverage>> clause_coverage(
    std::span<const std::filesystem::path> paths,
    std::span<const CaseResult> results, Diagnostics& findings);

/// Changes every threshold of every rule that has cases by one step up and down
/// and every date by a day, one at a time, and tells which changes no case
/// notices.
[[nodiscard]] Result<std::vector<LooseBoundary>> find_loose_boundaries(
    std::span<const std::filesystem::path> paths, Diagnostics& findings,
    const CaseOptions& options = {});

/// Writes cases around the thresholds and dates of the rules of a pack: one
/// below, at and one above, the day before, of and after; as a case file whose
/// expectations are what the pack says now, to be read and kept. Rules whose
/// shape does not allow it are named in `skipped`.
[[nodiscard]] Result<std::string> write_boundary_cases(
    const PackPointer& pack, std::vector<std::string>& skipped);

}  // namespace headrope
