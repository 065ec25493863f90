// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What of a coverage may be published: counts from 1 up to a least one are
// withheld, and with them as many others as are needed so that no difference
// of published figures gives one away. The argument stands in
// docs/decisions/0010-report.md.

#pragma once

#include <cstdint>
#include <vector>

#include "headrope/answers.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {

/// Why a figure is withheld. Whoever publishes must not tell which of the
/// reasons it is: that would narrow the figure.
enum class Withheld : std::uint8_t {
  shown,     ///< it is not
  small,     ///< it, or a count that it is made of, lies below the least
  protects,  ///< without it another could be worked out
  below      ///< what stands above it in the hierarchy is withheld
};

/// What is withheld of a coverage. A count by status is shown only where the
/// number of eligible subjects is, and both only where they are above.
struct Suppression {
  std::int64_t least = 0;
  std::vector<Withheld> eligible;  ///< of each place: how many are eligible
  std::vector<Withheld>
      statuses;  ///< of each place: how many have which status
  Withheld total_eligible = Withheld::shown;  ///< of all roots together
  Withheld total_statuses = Withheld::shown;  ///< of all roots together
};

/// Decides what is withheld. The counts are those of met, unmet, pending and
/// not evaluable, and their sum; those who are not asked are not published.
///
/// What is shown are sums of disjoint groups of subjects, and in each group
/// every count is 0 or at least `least`; so a count from 1 up to it always has
/// another value that agrees with all that is shown.
/// @param least 10 is usual; at least 2.
/// @returns `invalid_argument` if a unit has several places, since its parts
///   do not add up, or if `coverage` is of another hierarchy or has persons on
///   the basis `any` (its parts exceed the whole).
/// @complexity O(places log places).
[[nodiscard]] Result<Suppression> suppress_small_counts(
    const Forest& forest, const Coverage& coverage, std::int64_t least);

/// A figure that can be worked out from what is shown: the rest of a place when
/// what is shown below it is taken away.
struct Recoverable {
  PlaceIndex place{};  ///< none: of all roots together
  bool of_statuses = false;
  std::int64_t count = 0;
};

/// Looks for such figures: takes from every figure that is shown those shown
/// below it. What remains are the groups whose sums make up all that is shown
/// (in linear algebra, a basis of it), so nothing else can be worked out.
/// @complexity O(places).
[[nodiscard]] std::vector<Recoverable> find_recoverable(
    const Forest& forest, const Coverage& coverage,
    const Suppression& suppression);

}  // namespace headrope
