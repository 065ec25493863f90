// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessments of rules of packs as texts keyed by the subject's identity, for
// laws that compare two of them.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/pack_oracle.hpp"
#include <headrope/pack_answers.hpp>

namespace headrope::testing {

/// For each subject one text for each window, and one for the whole.
using CellTexts = std::map<std::string, std::vector<std::string>>;

/// The word of a status, as in cases.
[[nodiscard]] const char* word(Status status);

/// The library's cells: status, value and threshold where they decide.
[[nodiscard]] CellTexts texts_of(const Snapshot& snapshot,
                                 const RuleAssessment& assessment);

/// The oracle's cells.
[[nodiscard]] CellTexts texts_of(const oracle::PackVerdicts& verdicts);

/// The cells that are not the same, one a line; empty if all are.
[[nodiscard]] std::string difference(const CellTexts& found,
                                     const CellTexts& expected);

}  // namespace headrope::testing
