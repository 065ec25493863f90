// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Ranks at the ends of blocks, codes in ranges, counts of places in each form.

#include "evaluate/wavelet_matrix.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "evaluate/place_counts.hpp"

namespace headrope {
namespace {

std::size_t count_below(const std::vector<std::uint32_t>& codes,
                        std::size_t first, std::size_t last,
                        std::uint64_t code) {
  std::size_t count = 0;
  for (std::size_t at = first; at < last; ++at) {
    if (codes[at] < code) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("ones are counted on both sides of every word and block",
          "[evaluate]") {
  for (const std::size_t size : {0U, 1U, 63U, 64U, 447U, 448U, 449U, 1345U}) {
    CAPTURE(size);
    RankedBits bits(size);
    const auto is_one = [](std::size_t at) { return at % 5 < 2; };
    for (std::size_t at = 0; at < size; ++at) {
      if (is_one(at)) bits.set(at);
    }
    bits.count();
    std::size_t ones = 0;
    bool agrees = true;
    for (std::size_t at = 0; at <= size; ++at) {
      agrees = agrees && bits.ones_before(at) == ones;
      for (const std::size_t step : {0U, 1U, 2U, 62U, 63U, 64U, 65U, 500U}) {
        const std::size_t last = std::min(at + step, size);
        agrees = agrees &&
                 bits.ones_before(last, at, ones) == bits.ones_before(last);
      }
      if (at < size && is_one(at)) ++ones;
    }
    CHECK(agrees);
  }
}

TEST_CASE("codes are counted in every range", "[evaluate]") {
  std::mt19937 random(7);
  for (const std::uint32_t code_count : {1U, 2U, 3U, 4U, 5U, 64U, 65U}) {
    CAPTURE(code_count);
    std::vector<std::uint32_t> codes(60);
    for (std::uint32_t& code : codes) {
      code = static_cast<std::uint32_t>(random() % code_count);
    }
    const WaveletMatrix matrix(codes, code_count);
    bool agrees = true;
    for (std::size_t first = 0; first <= codes.size(); ++first) {
      for (std::size_t last = first; last <= codes.size(); last += 7) {
        for (std::uint32_t code = 0; code <= code_count + 1; ++code) {
          agrees = agrees && matrix.count_below({first, last}, code) ==
                                 count_below(codes, first, last, code);
        }
      }
    }
    CHECK(agrees);
  }
}

TEST_CASE("a matrix of no codes counts none", "[evaluate]") {
  const WaveletMatrix matrix(std::vector<std::uint32_t>{}, 0);
  CHECK(matrix.size() == 0);
  CHECK(matrix.row_count() == 0);
  CHECK(matrix.count_below({0, 0}, 0) == 0);
}

TEST_CASE("things at places are counted in each form", "[evaluate]") {
  std::vector<std::vector<std::uint32_t>> forms{
      {},
      std::vector<std::uint32_t>(1000, 1),
      std::vector<std::uint32_t>(1000, 0),
      std::vector<std::uint32_t>(1000, 0),
      std::vector<std::uint32_t>(1000, 0),
      std::vector<std::uint32_t>(1000, 0)};
  for (std::size_t at = 0; at < 1000; ++at) {
    forms[3][at] = at % 3 == 0 ? 1 : 0;
    forms[4][at] = static_cast<std::uint32_t>(at % 4);
    forms[5][at] = at % 400 == 7 ? 3 : 0;
  }
  std::vector<std::size_t> bytes;
  for (const auto& counts : forms) {
    const PlaceCounts places(counts);
    bytes.push_back(places.byte_count());
    std::size_t before = 0;
    bool agrees = true;
    for (std::size_t at = 0; at <= counts.size(); ++at) {
      agrees = agrees && places.before(at) == before;
      if (at < counts.size()) before += counts[at];
    }
    CHECK(agrees);
  }
  // One each: nothing is kept; bits; 32 bits for each place; a short list.
  CHECK(bytes == std::vector<std::size_t>{0, 0, 0, 3 * 64, 1001 * 4, 9 * 4});
}

}  // namespace headrope
