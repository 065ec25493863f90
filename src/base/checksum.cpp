// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) of whole words: by the
// instruction of x86 or ARM, or by eight tables.

#include "base/checksum.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

#if defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#endif

namespace headrope {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78U;
constexpr std::size_t stripe_bytes = 32;

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

// tables[n][b] is the CRC of the byte b followed by n zero bytes.
constexpr Tables make_tables() {
  Tables tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? polynomial : 0U);
    }
    tables[0][byte] = crc;
  }
  for (std::size_t n = 1; n < 8; ++n) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[n - 1][byte];
      tables[n][byte] = (before >> 8U) ^ tables[0][before & 0xFFU];
    }
  }
  return tables;
}

constexpr Tables tables = make_tables();

// A word as little-endian machines read it.
std::uint64_t word_at(const std::byte* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    word = __builtin_bswap64(word);
  }
  return word;
}

void add_by_tables(Checksum& lanes, const std::byte* bytes,
                   std::size_t stripes) {
  for (std::size_t at = 0; at < stripes * 4; ++at) {
    std::uint32_t& lane = lanes[at % 4];
    std::uint64_t word = word_at(bytes + at * 8) ^ lane;
    std::uint32_t crc = 0;
    for (std::size_t n = 8; n-- > 0; word >>= 8U) {
      crc ^= tables[n][word & 0xFFU];
    }
    lane = crc;
  }
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) void add_by_instruction(
    Checksum& lanes, const std::byte* bytes, std::size_t stripes) {
  std::uint64_t a = lanes[0];
  std::uint64_t b = lanes[1];
  std::uint64_t c = lanes[2];
  std::uint64_t d = lanes[3];
  for (const std::byte* end = bytes + stripes * stripe_bytes; bytes != end;
       bytes += stripe_bytes) {
    a = __builtin_ia32_crc32di(a, word_at(bytes));
    b = __builtin_ia32_crc32di(b, word_at(bytes + 8));
    c = __builtin_ia32_crc32di(c, word_at(bytes + 16));
    d = __builtin_ia32_crc32di(d, word_at(bytes + 24));
  }
  lanes = {static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b),
           static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(d)};
}

bool has_instruction() {
  static const bool has = __builtin_cpu_supports("sse4.2") != 0;
  return has;
}

#elif defined(__ARM_FEATURE_CRC32)

void add_by_instruction(Checksum& lanes, const std::byte* bytes,
                        std::size_t stripes) {
  for (std::size_t at = 0; at < stripes * 4; ++at) {
    lanes[at % 4] = __crc32cd(lanes[at % 4], word_at(bytes + at * 8));
  }
}

bool has_instruction() { return true; }

#else

void add_by_instruction(Checksum& lanes, const std::byte* bytes,
                        std::size_t stripes) {
  add_by_tables(lanes, bytes, stripes);
}

bool has_instruction() { return false; }

#endif

void add_stripes(Checksum& lanes, const std::byte* bytes, std::size_t stripes) {
  if (has_instruction()) {
    add_by_instruction(lanes, bytes, stripes);
  } else {
    add_by_tables(lanes, bytes, stripes);
  }
}

Checksum finished(Checksum lanes) {
  for (std::uint32_t& lane : lanes) lane = ~lane;
  return lanes;
}

}  // namespace

void Checksummer::add(std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  if (rest_size_ > 0) {
    const std::size_t taken = std::min(stripe_bytes - rest_size_, bytes.size());
    std::memcpy(rest_.data() + rest_size_, bytes.data(), taken);
    rest_size_ += taken;
    bytes = bytes.subspan(taken);
    if (rest_size_ < stripe_bytes) return;
    add_stripes(lanes_, rest_.data(), 1);
    rest_size_ = 0;
  }
  const std::size_t stripes = bytes.size() / stripe_bytes;
  add_stripes(lanes_, bytes.data(), stripes);
  bytes = bytes.subspan(stripes * stripe_bytes);
  if (bytes.empty()) return;
  std::memcpy(rest_.data(), bytes.data(), bytes.size());
  rest_size_ = bytes.size();
}

Checksum Checksummer::finish() {
  if (rest_size_ > 0) {
    std::memset(rest_.data() + rest_size_, 0, stripe_bytes - rest_size_);
    add_stripes(lanes_, rest_.data(), 1);
    rest_size_ = 0;
  }
  return finished(lanes_);
}

Checksum checksum_of(std::span<const std::byte> bytes) {
  Checksummer sum;
  sum.add(bytes);
  return sum.finish();
}

Checksum table_checksum_of(std::span<const std::byte> bytes) {
  std::vector<std::byte> whole(bytes.begin(), bytes.end());
  whole.resize((bytes.size() + stripe_bytes - 1) / stripe_bytes * stripe_bytes);
  Checksum lanes{~0U, ~0U, ~0U, ~0U};
  add_by_tables(lanes, whole.data(), whole.size() / stripe_bytes);
  return finished(lanes);
}

Checksum plain_checksum_of(std::span<const std::byte> bytes) {
  Checksum lanes{~0U, ~0U, ~0U, ~0U};
  const std::size_t whole =
      (bytes.size() + stripe_bytes - 1) / stripe_bytes * stripe_bytes;
  for (std::size_t at = 0; at < whole; ++at) {
    std::uint32_t& lane = lanes[at / 8 % 4];
    lane ^= at < bytes.size() ? std::to_integer<std::uint32_t>(bytes[at]) : 0U;
    for (int bit = 0; bit < 8; ++bit) {
      lane = (lane >> 1U) ^ ((lane & 1U) != 0 ? polynomial : 0U);
    }
  }
  return finished(lanes);
}

}  // namespace headrope
