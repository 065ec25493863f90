// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The words that packs, messages and answers use for the enumerators of rules,
// in the order of the enumerators.

#pragma once

#include "model/words.hpp"
#include "rules/pack_model.hpp"

namespace headrope {

template <>
inline constexpr auto words<Force> =
    std::to_array<std::string_view>({"obligation", "aspiration", "report"});
template <>
inline constexpr auto words<Approximation> = std::to_array<std::string_view>(
    {"exact", "more", "nearly", "about", "unknown"});
template <>
inline constexpr auto words<Tightness> = std::to_array<std::string_view>(
    {"tighter", "looser", "same", "changed", "without_clause_above"});
template <>
inline constexpr auto words<PartialWindow> = std::to_array<std::string_view>(
    {"full_only", "any_day", "pro_rata", "at_end"});
template <>
inline constexpr auto words<Thing> = std::to_array<std::string_view>(
    {"unit", "person", "post", "duty", "record", "none"});
template <>
inline constexpr auto words<Selection::Source> =
    std::to_array<std::string_view>({"records", "attended", "attendance",
                                     "members", "units", "posts", "holders",
                                     "assignments", "pairings", "duties",
                                     "answered_by", "windows"});
template <>
inline constexpr auto words<Selection::Counts> =
    std::to_array<std::string_view>(
        {"begun", "overlapping", "holding", "up_to"});
template <>
inline constexpr auto words<Selection::Holders> =
    std::to_array<std::string_view>({"all", "titular", "acting"});
template <>
inline constexpr auto words<Amount::Missing> =
    std::to_array<std::string_view>({"not_evaluable", "zero", "reweigh"});
template <>
inline constexpr auto words<WindowSpec::Unit> =
    std::to_array<std::string_view>({"days", "months", "years"});
template <>
inline constexpr auto words<Condition::Compare> =
    std::to_array<std::string_view>({"at_least", "at_most", "more_than",
                                     "less_than", "equals", "range",
                                     "rounds_to", "share"});

}  // namespace headrope
