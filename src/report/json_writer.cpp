// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "report/json_writer.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace headrope {
namespace {

// A character of a text, as it stands between quotes.
std::string escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return std::string("\\u00") + digits[byte >> 4U] + digits[byte & 15U];
}

bool must_be_escaped(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

}  // namespace

JsonWriter& JsonWriter::end() {
  const char bracket = open_.back();
  open_.pop_back();
  if (!is_first_) new_line();
  buffer_.add({&bracket, 1});
  is_first_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  next_value();
  quote(name);
  buffer_.add(indents_ ? ": " : ":");
  follows_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  next_value();
  quote(value);
  return *this;
}

JsonWriter& JsonWriter::begin(char bracket) {
  next_value();
  buffer_.add({&bracket, 1});
  open_ += bracket == '{' ? '}' : ']';
  is_first_ = true;
  return *this;
}

JsonWriter& JsonWriter::plain(std::string_view value) {
  next_value();
  buffer_.add(value);
  return *this;
}

void JsonWriter::next_value() {
  if (follows_key_) {
    follows_key_ = false;
    return;
  }
  if (!is_first_) buffer_.add(",");
  if (!open_.empty()) new_line();
  is_first_ = false;
}

void JsonWriter::new_line() {
  if (!indents_) return;
  buffer_.add("\n");
  buffer_.add(std::string(open_.size(), ' '));
}

void JsonWriter::quote(std::string_view value) {
  buffer_.add("\"");
  while (!value.empty()) {
    const std::size_t good = valid_utf8_size(value);
    for (std::string_view text = value.substr(0, good); !text.empty();) {
      const auto special =
          std::find_if(text.begin(), text.end(), must_be_escaped);
      const auto plain = static_cast<std::size_t>(special - text.begin());
      buffer_.add(text.substr(0, plain));
      if (plain == text.size()) break;
      buffer_.add(escaped(text[plain]));
      text.remove_prefix(plain + 1);
    }
    value.remove_prefix(good);
    if (value.empty()) break;
    buffer_.add("\xEF\xBF\xBD");  // The replacement character.
    value.remove_prefix(1);
  }
  buffer_.add("\"");
}

}  // namespace headrope
