// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Fills a Table row by row. Its columns are declared first, so that a table
// without rows has its headings too.

#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "headrope/answers.hpp"
#include "headrope/fraction.hpp"
#include "headrope/table.hpp"
#include "report/words.hpp"

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

  /// Declares columns of days.
  Rows& dates(std::initializer_list<const char*> names) {
    for (const char* name : names) column(name, Column::Type::date);
    return *this;
  }
  /// Declares columns of fractions.
  Rows& fractions(std::initializer_list<const char*> names) {
    for (const char* name : names) column(name, Column::Type::fraction);
    return *this;
  }
  /// Declares columns of ratios.
  Rows& ratios(std::initializer_list<const char*> names) {
    for (const char* name : names) column(name, Column::Type::ratio);
    return *this;
  }
  /// Declares the columns that `counts` fills.
  Rows& counts_columns() {
    integers({"eligible"});
    for (const std::string_view word : status_words) {
      column(std::string(word), Column::Type::integer);
    }
    return ratios({"rate"});
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
  /// Adds an exact number, or none.
  Rows& fraction(const std::optional<Fraction>& value,
                 Column::Style style = Column::Style::number) {
    Column& one = next();
    one.numbers.push_back(value ? value->numerator : 0);
    one.denominators.push_back(value ? value->denominator : 1);
    one.missing.push_back(value ? 0 : 1);
    one.styles.push_back(style);
    return *this;
  }
  /// Adds how many subjects have which status, and the rate.
  Rows& counts(const StatusCounts& counts) {
    number(counts.eligible());
    for (const std::int64_t count : counts.by_status) number(count);
    return ratio(counts.of(Status::met), counts.eligible());
  }
  /// Sets the depth of the row in a tree.
  Rows& depth(std::uint32_t depth) {
    table_.depth.push_back(
        static_cast<std::uint16_t>(std::min<std::uint32_t>(depth, 65'535)));
    return *this;
  }
  /// Begins the next row. Every column must have got its cell.
  void end_row() { next_ = 0; }

  /// Marks the last column as one that often says nothing.
  Rows& rare() {
    table_.columns.back().is_rare = true;
    return *this;
  }

  /// The table.
  [[nodiscard]] Table take() { return std::move(table_); }

 private:
  Column& next() { return table_.columns[next_++]; }

  Table table_;
  std::size_t next_ = 0;
};

}  // namespace headrope
