// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// JSON written piece by piece, without a tree of it: what is no UTF-8 is
// replaced, so that writing cannot fail for what it is given.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "headrope/table.hpp"

namespace headrope {

/// Gathers small pieces of text into larger ones. What is not flushed at the
/// end is lost, as after an exception it should be.
class Buffer {
 public:
  explicit Buffer(const Sink& sink) : sink_(sink) {}

  /// Adds a piece.
  void add(std::string_view text) {
    constexpr std::size_t piece_bytes = 1U << 16U;
    text_ += text;
    if (text_.size() >= piece_bytes) flush();
  }
  /// Gives on what was gathered.
  void flush() {
    if (!text_.empty()) sink_(text_);
    text_.clear();
  }

 private:
  const Sink& sink_;
  std::string text_;
};

/// Writes values in the order in which it is told of them. In an object each
/// value follows its key.
class JsonWriter {
 public:
  /// @param indents one line for each value, one blank for each level.
  JsonWriter(Buffer& buffer, bool indents)
      : buffer_(buffer), indents_(indents) {}

  /// Begins an object.
  JsonWriter& object() { return begin('{'); }
  /// Begins an array.
  JsonWriter& array() { return begin('['); }
  /// Ends the object or array begun last.
  JsonWriter& end();
  /// Names the next value of an object.
  JsonWriter& key(std::string_view name);
  /// Writes a text.
  JsonWriter& text(std::string_view value);
  /// Writes a whole number.
  JsonWriter& number(std::int64_t value) {
    return plain(std::to_string(value));
  }
  /// Writes a whole number.
  JsonWriter& count(std::uint64_t value) {
    return plain(std::to_string(value));
  }
  /// Writes null.
  JsonWriter& null() { return plain("null"); }

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& plain(std::string_view value);
  void next_value();
  void new_line();
  void quote(std::string_view value);

  Buffer& buffer_;
  bool indents_;
  std::string open_;  // The closing brackets still to come.
  bool is_first_ = true;
  bool follows_key_ = false;
};

}  // namespace headrope
