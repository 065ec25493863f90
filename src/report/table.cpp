// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables themselves: size, look-up, and values as people read them.

#include "headrope/table.hpp"

#include <algorithm>

#include "base/checked.hpp"
#include "base/decimal.hpp"
#include "headrope/fraction.hpp"

namespace headrope {
namespace {

// A percent with one decimal, rounded half up: the only division there is.
std::string percent(std::int64_t numerator, std::int64_t denominator) {
  const int128 twice = int128{denominator} * 2;
  int128 tenths = int128{numerator} * 2000 + denominator;
  tenths = tenths >= 0 ? tenths / twice : -((twice - 1 - tenths) / twice);
  const auto shown = static_cast<std::int64_t>(tenths);
  if (shown != tenths) {
    return std::to_string(numerator) + "/" + std::to_string(denominator);
  }
  return format_decimal(shown, 1) + " %";
}

// An exact number as people read it: two decimals at most, then a percent or
// the day of its style.
std::string fraction_text(const Column& column, std::size_t row) {
  const Fraction value{column.numbers[row], column.denominators[row]};
  const Column::Style style =
      column.styles.empty() ? Column::Style::number : column.styles[row];
  if (style == Column::Style::percent) {
    return percent(value.numerator, value.denominator);
  }
  if (style == Column::Style::day && value.denominator == 1) {
    return to_string(Date{static_cast<std::int32_t>(value.numerator)});
  }
  constexpr std::int64_t hundred = 100;
  if (hundred % value.denominator == 0) return to_string(value);
  const int128 doubled = int128{value.numerator} * 200 + value.denominator;
  int128 shown = doubled / (int128{value.denominator} * 2);
  if (doubled < 0 && shown * value.denominator * 2 != doubled) --shown;
  const auto rounded = static_cast<std::int64_t>(shown);
  return rounded == shown ? "≈" + format_decimal(rounded, 2) : to_string(value);
}

}  // namespace

std::size_t Table::row_count() const {
  if (columns.empty()) return 0;
  return columns.front().type == Column::Type::text
             ? columns.front().texts.size()
             : columns.front().numbers.size();
}

const Column* Table::find(std::string_view name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(),
                   [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

bool Column::says_nothing() const {
  if (type == Type::text) return texts.bytes().empty();
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (!is_missing(row) && numbers[row] != 0) return false;
  }
  return true;
}

std::string display_text(const Column& column, std::size_t row) {
  constexpr std::string_view nothing = "–";
  if (column.is_missing(row)) return std::string(nothing);
  switch (column.type) {
    case Column::Type::text:
      return std::string(column.texts[row]);
    case Column::Type::integer:
      return std::to_string(column.numbers[row]);
    case Column::Type::decimal:
      return format_decimal(column.numbers[row], column.decimals);
    case Column::Type::date:
      return to_string(Date{static_cast<std::int32_t>(column.numbers[row])});
    case Column::Type::ratio:
      return column.denominators[row] <= 0
                 ? std::string(nothing)
                 : percent(column.numbers[row], column.denominators[row]);
    case Column::Type::fraction:
      return fraction_text(column, row);
  }
  return {};
}

}  // namespace headrope
