// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The words that cases, tables and answers use for what an evaluation gives, in
// the order of the enumerators. One spelling, in one place.

#pragma once

#include <array>
#include <string_view>

#include "headrope/answers.hpp"

namespace headrope {

/// The words of statuses.
inline constexpr std::array<std::string_view, status_count> status_words{
    "met",          "unmet",        "pending", "exempt", "not_applicable",
    "not_in_force", "not_evaluable"};

/// The words of what an audit finds of a figure.
inline constexpr std::array<std::string_view, 5> audit_words{
    "holds", "rounded", "truncated", "contradicted", "cannot_be_computed"};

}  // namespace headrope
