// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The subjects of a rule as a page lists them: rows of status, value and
// threshold, and for each hierarchy which of them stand at or below a place.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "headrope/pack_answers.hpp"
#include "page/forest_data.hpp"

namespace headrope {

/// Rows in one block.
inline constexpr std::size_t subject_block = 4'096;

/// The unit at which each subject counts, on the basis `primary`; none for one
/// without, and for duties.
[[nodiscard]] std::vector<UnitIndex> homes_of(const Snapshot& snapshot,
                                              const RuleAssessment& assessment);

/// Positions of subjects in the order of the rows: as their units stand in the
/// first hierarchy, those outside it last.
[[nodiscard]] std::vector<std::uint32_t> row_order(
    const Snapshot& snapshot, std::span<const UnitIndex> homes);

/// Writes the blocks `s<rule>b<block>`.
void write_subjects(const Sink& sink, std::size_t rule_at,
                    const Snapshot& snapshot, const RuleAssessment& assessment,
                    std::span<const std::uint32_t> rows,
                    std::span<const UnitIndex> homes);

/// Writes `s<rule>f<forest>`: the rows in the order of the hierarchy, with the
/// place at which each stands.
void write_subject_places(const Sink& sink, std::size_t rule_at,
                          std::size_t forest_at, const Forest& forest,
                          const LevelOrder& order,
                          std::span<const std::uint32_t> rows,
                          std::span<const UnitIndex> homes);

/// Writes explanations as `x<rule>-<row>`: the unmet first, then those that are
/// not evaluable, pending, met, and the others.
/// @param count_max so many at most.
[[nodiscard]] Result<void> write_explanations(
    const Sink& sink, std::size_t rule_at, const Snapshot& snapshot,
    const RuleAssessment& assessment, const RuleQuestion& question,
    std::span<const std::uint32_t> rows, std::size_t count_max);

}  // namespace headrope
