// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The hash of identities. It multiplies 64-bit words into 128 bits and folds
// them, as wyhash does; it is not cryptographic, which is why a table whose
// probes become long takes another seed.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/short_text.hpp"

namespace headrope {

/// Seed of a table whose identities were never in each other's way.
inline constexpr std::uint64_t first_hash_seed = 0x9E3779B97F4A7C15ULL;
/// So many slots are looked at before another seed is taken.
inline constexpr std::size_t hash_probes_max = 128;

/// Both halves of a product, folded into one.
[[nodiscard]] inline std::uint64_t folded(std::uint64_t left,
                                          std::uint64_t right) {
  __extension__ using uint128 = unsigned __int128;
  const uint128 product = uint128{left} * right;
  return static_cast<std::uint64_t>(product) ^
         static_cast<std::uint64_t>(product >> 64U);
}

/// The hash of a text.
[[nodiscard]] inline std::uint64_t hash_of_text(std::string_view text,
                                                std::uint64_t seed) {
  constexpr std::uint64_t factor = 0xD6E8FEB86659FD93ULL;
  std::uint64_t state = seed ^ (text.size() * factor);
  const char* bytes = text.data();
  std::size_t left = text.size();
  for (; left > 8; left -= 8, bytes += 8) {
    state = folded(read_bytes(bytes, 8) ^ state, factor ^ seed);
  }
  return folded(read_bytes(bytes, left) ^ state, factor + seed);
}

/// The part of a hash that a slot holds.
[[nodiscard]] inline std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32U);
}

/// The seed after one that failed for the so manieth time.
[[nodiscard]] inline std::uint64_t next_hash_seed(std::uint64_t seed,
                                                  std::uint64_t attempt) {
  return folded(seed, 0xA0761D6478BD642FULL + attempt);
}

}  // namespace headrope
