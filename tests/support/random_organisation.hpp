// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Generators of small random organisations for property tests. All of them are
// valid: no cycle on any day, no overlap that `check` refuses. Days collide
// often, and cases shrink to plain rows that always hold.

#pragma once

#include <rapidcheck.h>

#include "support/organisation.hpp"
#include <headrope/date.hpp>

namespace headrope::testing {

/// The day around which everything happens.
inline constexpr Date middle{15706};  // 2013-01-01, a Tuesday.

struct OrganisationOptions {
  bool large_values = false;  ///< records with values near the ends of int64
};

/// Organisations of up to 14 units, 12 persons and 40 records.
[[nodiscard]] rc::Gen<Organisation> organisations(
    const OrganisationOptions& options = {});

/// Days around the middle, most of them from a few that collide often.
[[nodiscard]] rc::Gen<Date> days();
/// Bounded intervals of such days, never empty.
[[nodiscard]] rc::Gen<Interval> windows();

/// A number from 0 up to, not including, `end`, whatever the size of the case.
template <typename T>
[[nodiscard]] rc::Gen<T> below(T end) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(T{0}, end));
}

/// Intervals, open at one or both ends more often than not, never empty.
[[nodiscard]] rc::Gen<Interval> intervals();

}  // namespace headrope::testing
