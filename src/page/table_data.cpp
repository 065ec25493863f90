// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "page/table_data.hpp"

#include <algorithm>
#include <string>

namespace headrope {
namespace {

// Texts of people; a value that is missing is an empty text.
void write_texts(JsonWriter& json, const Column& column, std::size_t rows) {
  json.array();
  for (std::size_t row = 0; row < rows; ++row) {
    json.text(column.is_missing(row) ? std::string()
                                     : display_text(column, row));
  }
  json.end();
}

bool is_equal(const Column& left, const Column& right, std::size_t rows) {
  if (left.type != Column::Type::text) return true;
  for (std::size_t row = 0; row < rows; ++row) {
    if (left.texts[row] != right.texts[row]) return false;
  }
  return true;
}

}  // namespace

void write_table(JsonWriter& json, const Table& zh, const Table& en,
                 std::size_t rows_max) {
  const std::size_t rows = std::min(zh.row_count(), rows_max);
  json.object().key("total").count(zh.row_count());
  json.key("rows").count(rows).key("columns").array();
  for (std::size_t at = 0; at < zh.columns.size(); ++at) {
    const Column& column = zh.columns[at];
    if (column.is_rare && column.says_nothing()) continue;
    json.object().key("id").text(column.name);
    json.key("is_number")
        .count(column.type == Column::Type::text ||
                       column.type == Column::Type::date
                   ? 0U
                   : 1U);
    json.key("zh");
    write_texts(json, column, rows);
    if (!is_equal(column, en.columns[at], rows)) {
      json.key("en");
      write_texts(json, en.columns[at], rows);
    }
    json.end();
  }
  json.end().end();
}

}  // namespace headrope
