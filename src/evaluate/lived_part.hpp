// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What part of a window a unit lived in, as its rule reads such windows.

#pragma once

#include <algorithm>
#include <optional>
#include <span>

#include "headrope/fraction.hpp"
#include "headrope/rule.hpp"

namespace headrope {

/// What part of a threshold a window asks of a unit with this life: 1 but where
/// the policy is `pro_rata`. Nothing if the rule does not apply to it there.
[[nodiscard]] inline std::optional<Fraction> lived_part(
    std::span<const Interval> life, const Interval& window,
    PartialWindow partial) {
  const Fraction whole{1, 1};
  const auto any = [&](const auto& test) {
    return std::any_of(life.begin(), life.end(), test);
  };
  if (partial == PartialWindow::at_end) {
    const Date last = add_days(window.valid_until, -1);
    return any([&](const Interval& span) { return span.contains(last); })
               ? std::optional(whole)
               : std::nullopt;
  }
  if (window.valid_from.is_open()) {
    const bool applies = any([&](const Interval& span) {
      return partial == PartialWindow::full_only ? span.contains(window)
                                                 : span.overlaps(window);
    });
    return applies ? std::optional(whole) : std::nullopt;
  }
  std::int64_t lived = 0;
  for (const Interval& span : life) {
    lived += span.intersected(window).day_count();
  }
  if (lived == 0) return std::nullopt;
  const std::int64_t days = window.day_count();
  if (lived == days || partial == PartialWindow::any_day) return whole;
  if (partial == PartialWindow::full_only) return std::nullopt;
  return make_fraction(lived, days);
}

}  // namespace headrope
