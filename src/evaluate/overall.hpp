// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What is asked of statuses everywhere: whether the rule was asked at all, and
// one status out of those of several windows.

#pragma once

#include <array>
#include <span>

#include "headrope/answers.hpp"

namespace headrope {

/// True for a status of a subject that the rule asks: met, unmet, pending or
/// not evaluable, which are those that `StatusCounts::eligible` counts.
[[nodiscard]] inline bool is_asked(Status status) {
  return status == Status::met || status == Status::unmet ||
         status == Status::pending || status == Status::not_evaluable;
}

/// The status of a subject over all windows; see `Assessment::overall`. For no
/// window `not_applicable`.
[[nodiscard]] inline Status overall_of(std::span<const Status> statuses) {
  constexpr std::array precedence{
      Status::unmet,  Status::not_evaluable,  Status::pending,     Status::met,
      Status::exempt, Status::not_applicable, Status::not_in_force};
  std::array<bool, status_count> present{};
  for (const Status status : statuses) {
    present[static_cast<std::size_t>(status)] = true;
  }
  for (const Status status : precedence) {
    if (present[static_cast<std::size_t>(status)]) return status;
  }
  return Status::not_applicable;
}

}  // namespace headrope
