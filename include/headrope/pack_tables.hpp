// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The answers of packs as tables, and explanations as JSON.

#pragma once

#include <span>

#include "headrope/pack_answers.hpp"
#include "headrope/table.hpp"

namespace headrope {

/// The rules of a pack with their clauses, words of the source and forms.
[[nodiscard]] Table rules_table(const Pack& pack, Language language);

/// The parameters of a pack on a day; open ones have no value.
[[nodiscard]] Table parameters_table(const Pack& pack, Date day,
                                     Language language);

/// The duties of a pack: who leads them and who cooperates.
[[nodiscard]] Table duties_table(const Pack& pack, Language language);

/// What an overlay changes, and whether that is tighter.
[[nodiscard]] Table changes_table(const Pack& pack);

/// Every rule with the counts of its subjects by overall status.
[[nodiscard]] Table pack_table(std::span<const RuleAssessment> assessments,
                               Language language);

/// Status, value, threshold and margin of each subject in each window.
[[nodiscard]] Table assessment_table(
    const Snapshot& snapshot, std::span<const RuleAssessment> assessments);

/// Counts by group, with the rate.
[[nodiscard]] Table groups_table(std::span<const GroupCounts> groups);

/// An explanation, a row for each step and item.
[[nodiscard]] Table explanation_table(const Explanation& explanation,
                                      Language language);
/// An explanation as one JSON object: sentence, windows, steps, items.
void write_json(const Explanation& explanation, const Sink& sink);

/// Who changes between two packs, rule by rule.
[[nodiscard]] Table comparison_table(
    const Snapshot& snapshot, std::span<const RuleComparison> comparisons);
/// The coverage of each rule before and after, and how many change.
[[nodiscard]] Table comparison_summary_table(
    std::span<const RuleComparison> comparisons);
/// The coverage of one rule at each place before and after.
[[nodiscard]] Table coverage_change_table(const Snapshot& snapshot,
                                          const Forest& forest,
                                          const Coverage& before,
                                          const Coverage& after,
                                          const Shown& shown);

/// Coverage at every threshold, and who would leave at the next.
[[nodiscard]] Table spectrum_table(const Snapshot& snapshot,
                                   const RuleAssessment& assessment,
                                   const Spectrum& spectrum);

/// What became of the figures that documents state.
[[nodiscard]] Table audit_table(std::span<const AuditResult> results,
                                Language language);

}  // namespace headrope
