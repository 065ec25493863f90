// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Decimal numbers as integers of a fixed number of places, exactly.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headrope {

/// Why a text is no number of the wanted form.
enum class DecimalFault : std::uint8_t {
  none,
  not_a_number,
  too_many_places,
  too_large
};

/// What a text was read as.
struct Decimal {
  std::int64_t value = 0;  ///< times 10^places
  DecimalFault fault = DecimalFault::none;
};

/// Reads `-12.5` as an integer of `places` (0..9) places: digits, at most one
/// point with digits on both sides, an optional minus; no plus, no exponent,
/// no separators.
[[nodiscard]] Decimal parse_decimal(std::string_view text, int places);

/// Writes a value of `places` places with all of them: 1250 as `12.50`.
[[nodiscard]] std::string format_decimal(std::int64_t value, int places);

}  // namespace headrope
