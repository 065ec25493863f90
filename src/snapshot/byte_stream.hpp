// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Values one after the other as bytes, for what is small or of many types.
// Writing and reading have the same form, so that one list of members serves
// both. Numbers are as the machine has them; a file says in which order.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/utf8.hpp"
#include "headrope/date.hpp"
#include "headrope/ids.hpp"
#include "model/words.hpp"

namespace headrope {

/// Writes values.
class ByteWriter {
 public:
  static constexpr bool reads = false;

  template <typename... Values>
  void operator()(const Values&... values) {
    (put(values), ...);
  }
  /// How many entries a list has, of which `each` writes one.
  template <typename List, typename Each>
  void list(const List& values, const Each& each) {
    put(static_cast<std::uint64_t>(values.size()));
    for (const auto& value : values) each(value);
  }
  /// What was written.
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  template <typename Value>
  void put(const Value& value)
    requires(std::is_integral_v<Value> || std::is_enum_v<Value>)
  {
    std::array<char, sizeof value> raw{};
    std::memcpy(raw.data(), &value, sizeof value);
    bytes_.append(raw.data(), raw.size());
  }
  template <typename Tag>
  void put(const Id<Tag>& id) {
    put(id.value);
  }
  void put(const Date& day) { put(day.days); }
  void put(const Interval& days) {
    put(days.valid_from);
    put(days.valid_until);
  }
  void put(const std::string_view& text) {
    put(static_cast<std::uint64_t>(text.size()));
    bytes_ += text;
  }
  void put(const std::optional<std::uint32_t>& value) {
    put(value.has_value());
    put(value.value_or(0));
  }
  template <typename Value>
  void put(const std::vector<Value>& values) {
    list(values, [&](const Value& value) { put(value); });
  }

  std::string bytes_;
};

/// Reads values, and remembers whether all of them could be: after a fault it
/// gives zeros and empty texts and lists. Texts are views of the bytes.
class ByteReader {
 public:
  static constexpr bool reads = true;

  /// @param bytes must outlive what is read.
  explicit ByteReader(std::string_view bytes) : left_(bytes) {}

  template <typename... Values>
  void operator()(Values&... values) {
    (get(values), ...);
  }
  template <typename List, typename Each>
  void list(List& values, const Each& each) {
    std::uint64_t count = 0;
    get(count);
    // Every entry takes a byte at least, so that a number cannot ask for more
    // memory than the bytes are worth.
    if (count > left_.size()) fail();
    values.clear();
    for (std::uint64_t at = 0; at < count && is_good_; ++at) {
      values.emplace_back();
      each(values.back());
    }
    if (!is_good_) values.clear();
  }
  /// True if everything could be read and nothing is left.
  [[nodiscard]] bool is_at_end() const { return is_good_ && left_.empty(); }
  /// True if everything could be read so far.
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  void fail() {
    is_good_ = false;
    left_ = {};
  }
  std::string_view take(std::uint64_t size) {
    if (size > left_.size()) fail();
    if (!is_good_) return {};
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }
  template <typename Value>
  void get(Value& value)
    requires std::is_integral_v<Value>
  {
    const std::string_view raw = take(sizeof value);
    value = {};
    if (is_good_) std::memcpy(&value, raw.data(), sizeof value);
  }
  void get(bool& value) {
    std::uint8_t byte = 0;
    get(byte);
    if (byte > 1) fail();
    value = byte == 1;
  }
  template <typename Value>
  void get(Value& value)
    requires std::is_enum_v<Value>
  {
    std::underlying_type_t<Value> number{};
    get(number);
    if (number >= words<Value>.size()) fail();
    value = is_good_ ? static_cast<Value>(number) : Value{};
  }
  template <typename Tag>
  void get(Id<Tag>& id) {
    get(id.value);
  }
  void get(Date& day) { get(day.days); }
  void get(Interval& days) {
    get(days.valid_from);
    get(days.valid_until);
  }
  void get(std::string_view& text) {
    std::uint64_t size = 0;
    get(size);
    text = take(size);
    if (valid_utf8_size(text) != text.size()) fail();
  }
  void get(std::optional<std::uint32_t>& value) {
    bool has = false;
    std::uint32_t number = 0;
    get(has);
    get(number);
    value = has ? std::optional(number) : std::nullopt;
  }
  template <typename Value>
  void get(std::vector<Value>& values) {
    list(values, [&](Value& value) { get(value); });
  }

  std::string_view left_;
  bool is_good_ = true;
};

}  // namespace headrope
