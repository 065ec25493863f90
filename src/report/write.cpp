// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables as CSV and JSON, for machines: names and numbers, no wording.

#include <nlohmann/json.hpp>

#include "base/decimal.hpp"
#include "headrope/fraction.hpp"
#include "headrope/table.hpp"

namespace headrope {
namespace {

constexpr std::size_t piece_bytes = 1U << 16U;

// Gathers small pieces into larger ones.
class Buffer {
 public:
  explicit Buffer(const Sink& sink) : sink_(sink) {}
  ~Buffer() { flush(); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  void add(std::string_view text) {
    text_ += text;
    if (text_.size() >= piece_bytes) flush();
  }

 private:
  void flush() {
    if (!text_.empty()) sink_(text_);
    text_.clear();
  }

  const Sink& sink_;
  std::string text_;
};

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

nlohmann::ordered_json json_value(const Column& column, std::size_t row) {
  if (column.is_missing(row)) return nullptr;
  switch (column.type) {
    case Column::Type::text:
    case Column::Type::date:
      return display_text(column, row);
    case Column::Type::integer:
      return column.numbers[row];
    case Column::Type::decimal:
      // A text, since JSON readers make binary fractions of numbers.
      return format_decimal(column.numbers[row], column.decimals);
    case Column::Type::ratio:
    case Column::Type::fraction:
      return {{"numerator", column.numbers[row]},
              {"denominator", column.denominators[row]}};
  }
  return nullptr;
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
}

void write_json(const Table& table, const Sink& sink) {
  using Json = nlohmann::ordered_json;
  Buffer buffer(sink);
  buffer.add("[");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Json object = Json::object();
    for (const Column& column : table.columns) {
      object[column.name] = json_value(column, row);
    }
    buffer.add(row == 0 ? "\n " : ",\n ");
    // Whatever is not UTF-8 is replaced, so that writing cannot fail.
    buffer.add(object.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  buffer.add("\n]\n");
}

}  // namespace headrope
