// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the nature of a measure allows to be done with its values.

#pragma once

#include <span>

#include "headrope/rule.hpp"

namespace headrope {

/// Refuses a tally that has no meaning, with the reason.
/// @param over_units true if the results are then added over units.
/// @returns `rule_invalid` for a tally without measures, `reduction_refused`.
[[nodiscard]] Result<void> check_reduction(const Tally& tally,
                                           std::span<const Measure> measures,
                                           bool over_units);

/// Refuses a rule that is not complete or contradicts itself.
[[nodiscard]] Result<void> check_rule(const Rule& rule,
                                      std::span<const Measure> measures,
                                      std::size_t kind_count);

}  // namespace headrope
