// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Well-formed UTF-8, compared with a plain decoder, and cutting.

#include "base/utf8.hpp"

#include <cstdint>
#include <string>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

using namespace std::string_literals;

// Length of the character at `at` by decoding it as RFC 3629 tells; 0 if none.
std::size_t plain_size(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const std::uint32_t lead = byte(at);
  std::size_t size = 0;
  std::uint32_t point = 0;
  if (lead < 0x80) return 1;
  if (lead >= 0xC0 && lead < 0xE0) size = 2, point = lead & 0x1FU;
  if (lead >= 0xE0 && lead < 0xF0) size = 3, point = lead & 0x0FU;
  if (lead >= 0xF0 && lead < 0xF8) size = 4, point = lead & 0x07U;
  if (size == 0) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    const std::uint32_t next = byte(at + i);
    if (next < 0x80 || next >= 0xC0) return 0;
    point = point << 6U | (next & 0x3FU);
  }
  const std::uint32_t smallest = size == 2   ? 0x80U
                                 : size == 3 ? 0x800U
                                             : 0x10000U;
  const bool is_surrogate = point >= 0xD800 && point < 0xE000;
  return point < smallest || point > 0x10FFFF || is_surrogate ? 0 : size;
}

std::size_t plain_valid_size(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = plain_size(text, at);
    if (size == 0) break;
    at += size;
  }
  return at;
}

std::string bytes(std::initializer_list<unsigned> list) {
  std::string text;
  for (const unsigned byte : list) text += static_cast<char>(byte);
  return text;
}

}  // namespace

TEST_CASE("well-formed text is valid to its end", "[base]") {
  const auto text =
      GENERATE(""s, "abc"s, "κόσμε"s, "新城街道党工委"s, "𠀀𪛖"s, "\0"s,
               "\x7F"s, "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s,
               "\xED\x9F\xBF"s, "\xEE\x80\x80"s, "\xEF\xBF\xBF"s,
               "\xF0\x90\x80\x80"s, "\xF4\x8F\xBF\xBF"s);
  CHECK(valid_utf8_size(text) == text.size());
}

TEST_CASE("malformed text is valid up to its first bad byte",
          "[base][HDR-LOAD-115]") {
  const auto bad = GENERATE(
      "\x80"s, "\xBF"s, "\xFE"s, "\xFF"s, "\xC0\xAF"s, "\xC1\xBF"s,
      "\xE0\x80\xAF"s, "\xE0\x9F\xBF"s, "\xF0\x80\x80\xAF"s,
      "\xF0\x8F\xBF\xBF"s, "\xF8\x88\x80\x80\x80"s, "\xFC\x84\x80\x80\x80\x80"s,
      "\xED\xA0\x80"s, "\xED\xBF\xBF"s, "\xED\xA0\x80\xED\xB0\x80"s,
      "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s, "\xC2"s, "\xE4\xBD"s,
      "\xF0\x9F\x98"s, "\xC2 "s, "\xE4\xBD "s, "\xF0\x9F\x98 "s);
  // At every place of a word, since eight plain bytes are looked at at once.
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string text = std::string(before, 'a') + bad;
    CHECK(valid_utf8_size(text) == before);
    CHECK(valid_utf8_size(text + "abcdefghijk") == before);
  }
}

TEST_CASE("every sequence of two bytes agrees with a plain decoder", "[base]") {
  std::size_t differing = 0;
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string text = bytes({first, second});
      if (valid_utf8_size(text) != plain_valid_size(text)) ++differing;
    }
  }
  CHECK(differing == 0);
}

TEST_CASE("every sequence of three bytes agrees with a plain decoder",
          "[base]") {
  std::size_t differing = 0;
  std::string text(3, ' ');
  for (unsigned number = 0xC00000; number < 0x1000000; ++number) {
    text[0] = static_cast<char>(number >> 16U);
    text[1] = static_cast<char>(number >> 8U & 0xFFU);
    text[2] = static_cast<char>(number & 0xFFU);
    if (valid_utf8_size(text) != plain_valid_size(text)) ++differing;
  }
  CHECK(differing == 0);
}

TEST_CASE("sequences of four bytes agree with a plain decoder", "[base]") {
  std::size_t differing = 0;
  for (unsigned first = 0xEF; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      for (const unsigned third : {0x00U, 0x7FU, 0x80U, 0xBFU, 0xC0U}) {
        for (const unsigned fourth : {0x41U, 0x80U, 0xBFU, 0xC0U, 0xFFU}) {
          const std::string text = bytes({first, second, third, fourth});
          if (valid_utf8_size(text) != plain_valid_size(text)) ++differing;
        }
      }
    }
  }
  CHECK(differing == 0);
}

TEST_CASE("a text is cut before the character that does not fit", "[base]") {
  CHECK(shortened("党工委", 9) == "党工委");
  CHECK(shortened("党工委", 8) == "党工");
  CHECK(shortened("党工委", 7) == "党工");
  CHECK(shortened("党工委", 6) == "党工");
  CHECK(shortened("党工委", 2).empty());
  CHECK(shortened("abc", 2) == "ab");
  CHECK(shortened("a𠀀b", 4) == "a");
  CHECK(shortened("a𠀀b", 5) == "a𠀀");
  CHECK(shortened("", 0).empty());
  CHECK(shortened("abc", 0).empty());
}

TEST_CASE("cutting text of continuation bytes ends", "[base]") {
  CHECK(shortened(std::string(100, '\x80'), 80).empty());
}

TEST_CASE("a quoted value is cut to 80 bytes", "[base]") {
  CHECK(in_quotes("abc") == "'abc'");
  CHECK(in_quotes(std::string(81, 'x')) == "'" + std::string(80, 'x') + "'");
}

}  // namespace headrope
