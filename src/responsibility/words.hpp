// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The words that cases, tables and answers use for the enumerators of
// responsibility, in the order of the enumerators. One spelling, in one place.

#pragma once

#include <array>
#include <string_view>

#include "headrope/responsibility.hpp"

namespace headrope {

/// The words of findings, in the order of the enumerators.
inline constexpr std::array<std::string_view, gap_type_count> gap_words{
    "no_lead",
    "two_leads",
    "self_lead",
    "vacancy",
    "assignment_expired",
    "holder_left",
    "holder_absent",
    "holder_not_allowed",
    "holders_too_many",
    "holders_too_few",
    "member_without_task",
    "task_without_member",
    "tasks_overlap",
    "designated_person_missing",
    "pairing_missing",
    "pairing_double",
    "contact_point_missing",
    "leader_without_contact_point",
    "turn_skipped",
    "ex_officio_not_followed",
    "office_gone",
    "delegation_cycle"};

/// The words for how a holder is reached, in the order of the
/// enumerators.
inline constexpr std::array<std::string_view, 5> reached_words{
    "unit", "above", "kind", "all", "own_post"};

/// The words of links of a chain, in the order of the enumerators.
inline constexpr std::array<std::string_view, 4> link_words{
    "held", "acting", "vacant", "without"};

}  // namespace headrope
