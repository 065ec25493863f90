// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What several pictures have in common: places that are shown, bars, shades of
// a rate, and the titles of rules.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/pictures.hpp"
#include "picture/canvas.hpp"

namespace headrope {

/// The places at and below the top, down to the levels that are shown.
/// @returns `limit_exceeded` if they are more than `rows_max`.
[[nodiscard]] Result<std::vector<PlaceIndex>> places_shown(
    const Forest& forest, const DrawOptions& options);

/// A label in a language, or in the other one.
[[nodiscard]] std::string_view in_language(const Label& label,
                                           Language language);

/// `S02 支部学习天数（一）`: a rule with its clause.
[[nodiscard]] std::string rule_title(const RuleAssessment& assessment,
                                     Language language);

/// The rate of a part of a whole, as people read it.
[[nodiscard]] std::string rate_text(std::int64_t part, std::int64_t whole);

/// A bar of counts, or an empty one.
void draw_bar(Canvas& canvas, const Box& box, const StatusCounts& counts);

/// The legend of bars. @returns its height.
std::int32_t draw_bar_legend(Canvas& canvas, std::int32_t y, Language language);

/// How a rate is shaded, and the colour of text on it.
struct Shade {
  std::string_view fill;
  std::string_view text;
  std::string_view word;  ///< of the legend
};
/// From none to all, in steps of a fifth.
[[nodiscard]] const Shade& shade_of(std::int64_t part, std::int64_t whole);
/// All shades.
[[nodiscard]] std::span<const Shade> all_shades();

}  // namespace headrope
