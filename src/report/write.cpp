// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables as CSV and JSON, for machines: names and numbers, no wording.

#include "base/decimal.hpp"
#include "headrope/fraction.hpp"
#include "headrope/table.hpp"
#include "report/json_writer.hpp"

namespace headrope {
namespace {

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string machine_text(const Column& column, std::size_t row) {
  if (column.is_missing(row)) return {};
  if (column.type == Column::Type::ratio) {
    return std::to_string(column.numbers[row]) + "/" +
           std::to_string(column.denominators[row]);
  }
  if (column.type == Column::Type::fraction) {
    return to_string(Fraction{column.numbers[row], column.denominators[row]});
  }
  return display_text(column, row);
}

void write_value(JsonWriter& json, const Column& column, std::size_t row) {
  if (column.is_missing(row)) {
    json.null();
    return;
  }
  switch (column.type) {
    case Column::Type::text:
      json.text(column.texts[row]);
      return;
    case Column::Type::date:
      json.text(display_text(column, row));
      return;
    case Column::Type::integer:
      json.number(column.numbers[row]);
      return;
    case Column::Type::decimal:
      // A text, since JSON readers make binary fractions of numbers.
      json.text(format_decimal(column.numbers[row], column.decimals));
      return;
    case Column::Type::ratio:
    case Column::Type::fraction:
      json.object().key("numerator").number(column.numbers[row]);
      json.key("denominator").number(column.denominators[row]).end();
      return;
  }
}

}  // namespace

void write_csv(const Table& table, const Sink& sink) {
  Buffer buffer(sink);
  std::string_view separator;
  for (const Column& column : table.columns) {
    buffer.add(separator);
    buffer.add(csv_field(column.name));
    separator = ",";
  }
  buffer.add("\n");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    separator = "";
    for (const Column& column : table.columns) {
      buffer.add(separator);
      buffer.add(csv_field(machine_text(column, row)));
      separator = ",";
    }
    buffer.add("\n");
  }
  buffer.flush();
}

void write_json(const Table& table, const Sink& sink) {
  Buffer buffer(sink);
  buffer.add("[");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    buffer.add(row == 0 ? "\n " : ",\n ");
    JsonWriter json(buffer, false);
    json.object();
    for (const Column& column : table.columns) {
      json.key(column.name);
      write_value(json, column, row);
    }
    json.end();
  }
  buffer.add("\n]\n");
  buffer.flush();
}

}  // namespace headrope
