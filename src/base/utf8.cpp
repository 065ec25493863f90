// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// UTF-8 by the table of well-formed byte sequences (Unicode 15, table 3-7).

#include "base/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace headrope {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the well-formed sequence at `at`, 0 if there is none.
std::size_t sequence_size(std::string_view text, std::size_t at) {
  const unsigned lead = byte_at(text, at);
  const std::size_t left = text.size() - at;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (left < 2) return 0;
  const unsigned second = byte_at(text, at + 1);
  if (!is_continuation(second)) return 0;
  if (lead < 0xE0) return 2;
  if (left < 3 || !is_continuation(byte_at(text, at + 2))) return 0;
  if (lead == 0xE0 && second < 0xA0) return 0;
  if (lead == 0xED && second > 0x9F) return 0;
  if (lead < 0xF0) return 3;
  if (left < 4 || !is_continuation(byte_at(text, at + 3))) return 0;
  if (lead == 0xF0 && second < 0x90) return 0;
  if (lead == 0xF4 && second > 0x8F) return 0;
  return 4;
}

}  // namespace

std::size_t valid_utf8_size(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & high_bits) == 0) {
        at += sizeof word;
        continue;
      }
    }
    // Chinese goes on for some characters of three bytes, most of them between
    // U+1000 and U+CFFF, where any two continuation bytes will do.
    while (text.size() - at >= 3 && byte_at(text, at) - 0xE1U < 0x0CU &&
           is_continuation(byte_at(text, at + 1)) &&
           is_continuation(byte_at(text, at + 2))) {
      at += 3;
    }
    if (at == text.size()) break;
    const std::size_t size = sequence_size(text, at);
    if (size == 0) return at;
    at += size;
  }
  return at;
}

std::string_view shortened(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t size = bytes_max;
  while (size > 0 && is_continuation(byte_at(text, size))) --size;
  return text.substr(0, size);
}

std::string in_quotes(std::string_view value) {
  return "'" + std::string(shortened(value, 80)) + "'";
}

}  // namespace headrope
