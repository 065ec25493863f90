// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Comparing what a case expects with what comes out, exactly.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "cases/case_file.hpp"
#include "headrope/pack_answers.hpp"

namespace headrope {

/// What came of a comparison.
struct CaseOutcome {
  std::vector<std::string> failures{};
  std::uint32_t checked = 0;

  /// Notes an expectation; a text says what came out instead.
  void note(std::string failure) {
    ++checked;
    if (!failure.empty()) failures.push_back(std::move(failure));
  }
};

/// What a case is held against.
struct CaseSubject {
  const Case& definition;
  const Snapshot& snapshot;
  PackPointer pack{};
  PackPointer against{};  ///< nullptr: none
  /// Only what is expected of these rules; nullptr: everything.
  const std::set<std::string>* rules = nullptr;

  /// True if what is expected of a rule is to be compared.
  [[nodiscard]] bool wants(const std::string& rule) const {
    return rules == nullptr || rules->contains(rule);
  }
};

/// Compares every expectation of a case.
/// @complexity That of assessing its rules.
[[nodiscard]] CaseOutcome check_case(const CaseSubject& subject);

/// `…: expected 39, got 38 (line 23)`.
[[nodiscard]] std::string failure_text(std::string_view what,
                                       std::string_view expected,
                                       std::string_view got, int line);

/// Names as a failure lists them: `A, B`, or `none`.
[[nodiscard]] std::string listed_names(const std::vector<std::string>& names);

/// Compares the expectations of one rule with its assessment.
/// @param rule position in the pack; the assessment is of that rule.
void check_rule(const CaseSubject& subject, const RuleExpectation& expected,
                std::size_t rule, CaseOutcome& outcome);

}  // namespace headrope
