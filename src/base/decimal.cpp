// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading and writing digits. Values are gathered as negative numbers, of which
// there is one more than of positive ones.

#include "base/decimal.hpp"

namespace headrope {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Appends a digit to a negative number; false if it does not fit.
bool append_digit(std::int64_t& value, int digit) {
  return !__builtin_mul_overflow(value, std::int64_t{10}, &value) &&
         !__builtin_sub_overflow(value, std::int64_t{digit}, &value);
}

}  // namespace

Decimal parse_decimal(std::string_view text, int places) {
  const bool is_negative = text.starts_with('-');
  const std::string_view digits = text.substr(is_negative ? 1 : 0);
  const std::size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? "" : digits.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && part.empty())) {
    return {0, DecimalFault::not_a_number};
  }
  for (const std::string_view run : {whole, part}) {
    for (const char c : run) {
      if (!is_digit(c)) return {0, DecimalFault::not_a_number};
    }
  }
  const auto width = static_cast<std::size_t>(places);
  if (part.size() > width) return {0, DecimalFault::too_many_places};
  std::int64_t value = 0;
  bool fits = true;
  for (const char c : whole) fits = fits && append_digit(value, c - '0');
  for (std::size_t at = 0; at < width; ++at) {
    fits = fits && append_digit(value, at < part.size() ? part[at] - '0' : 0);
  }
  if (!fits) return {0, DecimalFault::too_large};
  if (is_negative) return {value, DecimalFault::none};
  if (__builtin_sub_overflow(std::int64_t{0}, value, &value)) {
    return {0, DecimalFault::too_large};
  }
  return {value, DecimalFault::none};
}

std::string format_decimal(std::int64_t value, int places) {
  std::uint64_t left = value < 0 ? 0 - static_cast<std::uint64_t>(value)
                                 : static_cast<std::uint64_t>(value);
  std::string text;
  for (int at = 0; left > 0 || at <= places; ++at) {
    if (at == places && places > 0) text.insert(text.begin(), '.');
    text.insert(text.begin(), static_cast<char>('0' + left % 10));
    left /= 10;
  }
  return value < 0 ? "-" + text : text;
}

}  // namespace headrope
