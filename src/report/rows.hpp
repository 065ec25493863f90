// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Fills a Table row by row. Its columns are declared first, so that a table
// without rows has its headings too.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "headrope/table.hpp"

namespace headrope {

/// A table under construction: the cells of a row in the order of the columns.
class Rows {
 public:
  /// Declares a column.
  Rows& column(std::string name, Column::Type type = Column::Type::text) {
    Column one;
    one.name = std::move(name);
    one.type = type;
    table_.columns.push_back(std::move(one));
    return *this;
  }
  /// Declares columns of text.
  Rows& texts(std::initializer_list<const char*> names) {
    for (const char* name : names) column(name);
    return *this;
  }
  /// Declares columns of whole numbers.
  Rows& integers(std::initializer_list<const char*> names) {
    for (const char* name : names) column(name, Column::Type::integer);
    return *this;
  }

  /// Adds a cell of text.
  Rows& text(std::string_view value) {
    next().texts.emplace_back(value);
    return *this;
  }
  /// Adds a cell with a number, or without one.
  Rows& number(std::optional<std::int64_t> value) {
    Column& one = next();
    one.numbers.push_back(value.value_or(0));
    one.missing.push_back(value ? 0 : 1);
    return *this;
  }
  /// Adds a day; an open end is missing.
  Rows& date(Date day) {
    return number(day.is_open() ? std::nullopt
                                : std::optional<std::int64_t>(day.days));
  }
  /// Adds a number over another.
  Rows& ratio(std::int64_t numerator, std::int64_t denominator) {
    Column& one = next();
    one.numbers.push_back(numerator);
    one.denominators.push_back(denominator);
    return *this;
  }
  /// Begins the next row. Every column must have got its cell.
  void end_row() { next_ = 0; }

  /// The table.
  [[nodiscard]] Table take() { return std::move(table_); }

 private:
  Column& next() { return table_.columns[next_++]; }

  Table table_;
  std::size_t next_ = 0;
};

}  // namespace headrope
