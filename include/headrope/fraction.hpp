// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Exact fractions: the numbers of rules. 90 %, 6.5 hours and 57 of 63 are
// integers over integers until somebody reads them.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headrope {

/// An exact number: lowest terms, and a denominator above 0.
struct Fraction {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  friend bool operator==(const Fraction&, const Fraction&) = default;
  /// By size, exactly.
  friend std::strong_ordering operator<=>(const Fraction& left,
                                          const Fraction& right);
};

/// A fraction in lowest terms; nothing if the denominator is 0 or a part does
/// not fit 64 bits.
[[nodiscard]] std::optional<Fraction> make_fraction(std::int64_t numerator,
                                                    std::int64_t denominator);

// Arithmetic; nothing if the exact answer does not fit 64 bits over 64 bits.
/// left + right.
[[nodiscard]] std::optional<Fraction> add(const Fraction& left,
                                          const Fraction& right);
/// left - right.
[[nodiscard]] std::optional<Fraction> subtract(const Fraction& left,
                                               const Fraction& right);
/// left * right.
[[nodiscard]] std::optional<Fraction> multiply(const Fraction& left,
                                               const Fraction& right);
/// left / right; nothing for a right of 0 too.
[[nodiscard]] std::optional<Fraction> divide(const Fraction& left,
                                             const Fraction& right);

/// Reads `8`, `-2.5`, `90 %`, `90%` or `1/3`; nothing for anything else, or if
/// it does not fit. At most nine decimals.
[[nodiscard]] std::optional<Fraction> parse_fraction(std::string_view text);

/// Writes a whole number or finite decimal as such (`6.5`), anything else as
/// `57/63` would reduce: `19/21`.
[[nodiscard]] std::string to_string(const Fraction& value);

}  // namespace headrope
