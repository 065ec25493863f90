// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The fast way for the commonest rule: units whose own records are counted or
// added and compared with a number. It reads the columns once, in order, and
// gives what the Evaluator gives; a property test compares the two.

#pragma once

#include <cstddef>
#include <optional>

#include "evaluate/evaluator.hpp"

namespace headrope {

/// So many subjects times windows are assessed at once, at most: some 10 GiB.
inline constexpr std::size_t assessment_cells_max = std::size_t{1} << 28U;

/// Assesses a bound rule of that shape.
/// @returns nothing if the rule has another shape, or a figure does not fit.
[[nodiscard]] std::optional<Result<void>> count_rule(
    const BoundPack& bound, const Sources& sources, const PackRule& rule,
    const Interval& range, const RuleQuestion& question, Pace& pace,
    RuleAssessment& assessment);

}  // namespace headrope
