// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A checksum for large files: four CRC-32C side by side. The words of eight
// bytes go to the four in turn, which keeps a processor that has an instruction
// for it busy, and gives 128 bits. Each of the four finds every damage of up to
// 32 bits in a row in its words; docs/decisions/0011-freeze-file.md weighs it.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace headrope {

/// Four CRC-32C.
using Checksum = std::array<std::uint32_t, 4>;

/// Takes bytes in pieces of any size; where the pieces end does not matter.
class Checksummer {
 public:
  /// Adds bytes. @complexity O(bytes).
  void add(std::span<const std::byte> bytes);
  /// The checksum of all bytes, as if zeros followed up to a whole stripe: how
  /// many bytes there are must be kept elsewhere. Nothing is added later.
  [[nodiscard]] Checksum finish();

 private:
  static constexpr std::size_t stripe_bytes = 32;

  Checksum lanes_{0xFFFFFFFFU, 0xFFFFFFFFU, 0xFFFFFFFFU, 0xFFFFFFFFU};
  std::array<std::byte, stripe_bytes> rest_{};
  std::size_t rest_size_ = 0;
};

/// The checksum of some bytes. @complexity O(bytes).
[[nodiscard]] Checksum checksum_of(std::span<const std::byte> bytes);

/// The same bit by bit, as the definition has it; for tests.
[[nodiscard]] Checksum plain_checksum_of(std::span<const std::byte> bytes);
/// The same without the instruction of the processor; for tests.
[[nodiscard]] Checksum table_checksum_of(std::span<const std::byte> bytes);

}  // namespace headrope
