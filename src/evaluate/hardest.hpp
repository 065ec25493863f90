// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The one value of a subject that decides at which thresholds it is met.

#pragma once

#include <cstddef>
#include <optional>

#include "headrope/pack_answers.hpp"

namespace headrope {

/// True if the smaller value meets the rule, false if the greater one does.
/// @returns `rule_invalid` for a rule that does not compare one amount with one
///   number; `invalid_argument` without a pack.
[[nodiscard]] Result<bool> compares_at_most(const RuleAssessment& assessment);

/// The value of a subject that is hardest to meet a threshold with.
struct HardestValue {
  bool is_asked = false;            ///< in a window at least
  std::optional<Fraction> value{};  ///< nothing without a value in any
};

/// Of several windows the least value, or the greatest where smaller ones meet.
/// @param subject position in the assessment. @complexity O(windows).
[[nodiscard]] HardestValue hardest_value(const RuleAssessment& assessment,
                                         std::size_t subject, bool at_most);

}  // namespace headrope
