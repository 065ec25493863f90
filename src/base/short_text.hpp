// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Comparing short texts, where a call costs more than the work.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace headrope {

/// The word that up to 8 bytes are; equal bytes give equal words. Reads overlap
/// rather than go byte by byte.
[[nodiscard]] inline std::uint64_t read_bytes(const char* bytes,
                                              std::size_t count) {
  const auto byte = [&](std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>(bytes[at])} << (8 * at);
  };
  if (count == 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, 8);
    return word;
  }
  if (count >= 4) {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, bytes, 4);
    std::memcpy(&last, bytes + count - 4, 4);
    return first | std::uint64_t{last} << (8 * (count - 4));
  }
  // An empty text may have no address.
  return count == 0 ? 0 : byte(0) | byte(count / 2) | byte(count - 1);
}

/// True if two texts are equal. @complexity O(bytes).
[[nodiscard]] inline bool same_text(std::string_view left,
                                    std::string_view right) {
  const std::size_t size = left.size();
  if (size != right.size()) return false;
  const char* const one = left.data();
  const char* const other = right.data();
  if (size <= 8) return read_bytes(one, size) == read_bytes(other, size);
  for (std::size_t at = 0; at + 8 < size; at += 8) {
    if (read_bytes(one + at, 8) != read_bytes(other + at, 8)) return false;
  }
  return read_bytes(one + size - 8, 8) == read_bytes(other + size - 8, 8);
}

}  // namespace headrope
