// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "base/checksum.hpp"

#include <random>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

std::span<const std::byte> raw(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::vector<std::byte> random_bytes(std::size_t size, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(size);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
  return bytes;
}

TEST_CASE("A lane is CRC-32C of its words", "[base]") {
  // Known values of CRC-32C: of "12345678" and of eight zero bytes.
  const Checksum sum = checksum_of(raw("12345678"));
  CHECK(sum[0] == 0x6087809AU);
  CHECK(sum[1] == 0x8C28B28AU);
  CHECK(sum[2] == sum[1]);
  CHECK(sum[3] == sum[1]);
  CHECK(checksum_of({}) == Checksum{});
}

TEST_CASE("By instruction, by tables and by bits are the same", "[base]") {
  for (std::size_t size = 0; size < 200; ++size) {
    CAPTURE(size);
    const auto bytes = random_bytes(size, static_cast<std::uint32_t>(size));
    const Checksum expected = plain_checksum_of(bytes);
    CHECK(checksum_of(bytes) == expected);
    CHECK(table_checksum_of(bytes) == expected);
  }
  const auto large = random_bytes(100'003, 7);
  CHECK(checksum_of(large) == plain_checksum_of(large));
}

TEST_CASE("It does not matter where pieces end", "[base]") {
  const auto bytes = random_bytes(257, 3);
  const Checksum expected = checksum_of(bytes);
  for (std::size_t first = 0; first <= bytes.size(); ++first) {
    for (const std::size_t second :
         {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{32}}) {
      const std::size_t middle = std::min(first + second, bytes.size());
      Checksummer sum;
      sum.add(std::span(bytes).first(first));
      sum.add(std::span(bytes).subspan(first, middle - first));
      sum.add(std::span(bytes).subspan(middle));
      REQUIRE(sum.finish() == expected);
    }
  }
}

TEST_CASE("Every flipped bit changes it", "[base]") {
  auto bytes = random_bytes(96, 11);
  const Checksum expected = checksum_of(bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    REQUIRE(checksum_of(bytes) != expected);
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
  }
}

}  // namespace
}  // namespace headrope
