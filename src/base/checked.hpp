// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Integer arithmetic that says when a result does not fit. Counts and values
// are added only through here, or where a bound has been shown first.

#pragma once

#include <cstdint>

namespace headrope {

/// Adds `value` to `sum`; false and `sum` unspecified if it does not fit.
[[nodiscard]] inline bool add_checked(std::int64_t& sum, std::int64_t value) {
  return !__builtin_add_overflow(sum, value, &sum);
}

/// Wide integer for products and sums of int64 that must not overflow.
__extension__ using int128 = __int128;

}  // namespace headrope
