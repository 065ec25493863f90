// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Exact fractions, calculated in 128 bits and refused where 64 do not hold
// them.

#include "headrope/fraction.hpp"

#include "base/checked.hpp"
#include "base/decimal.hpp"

namespace headrope {
namespace {

constexpr int places_max = 9;

int128 absolute(int128 value) { return value < 0 ? -value : value; }

int128 greatest_divisor(int128 left, int128 right) {
  while (right != 0) {
    const int128 rest = left % right;
    left = right;
    right = rest;
  }
  return left;
}

// In lowest terms, if it fits. Both parts are products of two 64-bit numbers or
// sums of two of these halves, so that 128 bits hold them.
std::optional<Fraction> reduced(int128 numerator, int128 denominator) {
  if (denominator == 0) return std::nullopt;
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const int128 divisor = greatest_divisor(absolute(numerator), denominator);
  numerator /= divisor;
  denominator /= divisor;
  const Fraction value{static_cast<std::int64_t>(numerator),
                       static_cast<std::int64_t>(denominator)};
  if (value.numerator != numerator || value.denominator != denominator) {
    return std::nullopt;
  }
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<Fraction> parse_plain(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::size_t places =
      point == std::string_view::npos ? 0 : text.size() - point - 1;
  if (places > places_max) return std::nullopt;
  const Decimal number = parse_decimal(text, static_cast<int>(places));
  if (number.fault != DecimalFault::none) return std::nullopt;
  std::int64_t scale = 1;
  for (std::size_t at = 0; at < places; ++at) scale *= 10;
  return make_fraction(number.value, scale);
}

}  // namespace

std::strong_ordering operator<=>(const Fraction& left, const Fraction& right) {
  const int128 one = int128{left.numerator} * right.denominator;
  const int128 other = int128{right.numerator} * left.denominator;
  return one < other   ? std::strong_ordering::less
         : one > other ? std::strong_ordering::greater
                       : std::strong_ordering::equal;
}

std::optional<Fraction> make_fraction(std::int64_t numerator,
                                      std::int64_t denominator) {
  return reduced(numerator, denominator);
}

std::optional<Fraction> add(const Fraction& left, const Fraction& right) {
  if (left.denominator == right.denominator) {
    return reduced(int128{left.numerator} + right.numerator, left.denominator);
  }
  // Each product lies below 2^126, so that the sum fits.
  return reduced(int128{left.numerator} * right.denominator +
                     int128{right.numerator} * left.denominator,
                 int128{left.denominator} * right.denominator);
}

std::optional<Fraction> subtract(const Fraction& left, const Fraction& right) {
  if (left.denominator == right.denominator) {
    return reduced(int128{left.numerator} - right.numerator, left.denominator);
  }
  return reduced(int128{left.numerator} * right.denominator -
                     int128{right.numerator} * left.denominator,
                 int128{left.denominator} * right.denominator);
}

std::optional<Fraction> multiply(const Fraction& left, const Fraction& right) {
  return reduced(int128{left.numerator} * right.numerator,
                 int128{left.denominator} * right.denominator);
}

std::optional<Fraction> divide(const Fraction& left, const Fraction& right) {
  return reduced(int128{left.numerator} * right.denominator,
                 int128{left.denominator} * right.numerator);
}

std::optional<Fraction> parse_fraction(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.back() == '%') {
    const auto number = parse_plain(trimmed(text.substr(0, text.size() - 1)));
    return number ? divide(*number, {100, 1}) : std::nullopt;
  }
  const std::size_t bar = text.find('/');
  if (bar == std::string_view::npos) return parse_plain(text);
  const Decimal above = parse_decimal(text.substr(0, bar), 0);
  const Decimal below = parse_decimal(text.substr(bar + 1), 0);
  if (above.fault != DecimalFault::none || below.fault != DecimalFault::none) {
    return std::nullopt;
  }
  return make_fraction(above.value, below.value);
}

std::string to_string(const Fraction& value) {
  int128 scale = 1;
  for (int places = 0; places <= places_max; ++places, scale *= 10) {
    if (scale % value.denominator != 0) continue;
    const int128 shifted = value.numerator * (scale / value.denominator);
    const auto number = static_cast<std::int64_t>(shifted);
    if (number != shifted) break;
    return format_decimal(number, places);
  }
  return std::to_string(value.numerator) + "/" +
         std::to_string(value.denominator);
}

}  // namespace headrope
