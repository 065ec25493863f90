// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The machine words of the enumerations that tables and JSON show.

#pragma once

#include <array>
#include <string>
#include <string_view>

#include "evaluate/words.hpp"
#include "headrope/pack_answers.hpp"

namespace headrope {

inline constexpr std::array<std::string_view, 3> force_words{
    "obligation", "aspiration", "report"};
inline constexpr std::array<std::string_view, 6> transition_words{
    "entered",     "fell_out", "no_longer_asked",
    "newly_asked", "changed",  "unchanged"};
inline constexpr std::array<std::string_view, 12> item_words{
    "counted",        "outside_window",   "after_the_day",
    "days_counted",   "condition_unmet",  "condition_unknown",
    "other_presence", "not_a_member",     "not_the_last",
    "value_repeated", "value_not_listed", "value_missing"};
inline constexpr std::array<std::string_view, 5> tightness_words{
    "tighter", "looser", "same", "changed", "without_clause_above"};

/// The word of an enumerator.
template <std::size_t Size, typename Enum>
std::string_view word_of(const std::array<std::string_view, Size>& words,
                         Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace headrope
