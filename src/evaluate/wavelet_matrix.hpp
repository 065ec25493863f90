// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A wavelet matrix: a sequence of small numbers in which the numbers of any
// range are counted and chosen by size without looking at them one by one. It
// is as many rows of bits as a number has; each row has the bits of one
// significance, from the highest, and is followed by the sequence in the order
// of that bit, zeros first, so that a range stays one range in each half.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/huge_pages.hpp"

namespace headrope {

/// How many ones a word has, without a call where the processor that the
/// library is compiled for has no instruction for it.
[[nodiscard]] inline std::uint64_t ones_in(std::uint64_t word) {
  word -= (word >> 1U) & 0x5555555555555555ULL;
  word =
      (word & 0x3333333333333333ULL) + ((word >> 2U) & 0x3333333333333333ULL);
  word = (word + (word >> 4U)) & 0x0F0F0F0F0F0F0F0FULL;
  return (word * 0x0101010101010101ULL) >> 56U;
}

/// Bits that tell how many ones stand before a position.
///
/// A block of 64 bytes has the ones before it and 448 bits, so that an answer
/// is one read of memory. @threads Immutable once counted; any thread.
class RankedBits {
 public:
  /// So many zeros.
  explicit RankedBits(std::size_t size = 0)
      : size_(size), blocks_(size / block_bits + 1) {}

  /// Makes a bit one. `count` must follow.
  void set(std::size_t at) {
    const std::size_t bit = at % block_bits;
    blocks_[at / block_bits].words[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  /// Counts the ones, after which the questions below have answers.
  void count() {
    std::uint64_t ones = 0;
    for (Block& block : blocks_) {
      block.before = ones;
      for (const std::uint64_t word : block.words) {
        ones += ones_in(word);
      }
    }
  }

  /// True for a one. @complexity O(1).
  [[nodiscard]] bool is_one(std::size_t at) const {
    const std::size_t bit = at % block_bits;
    return ((blocks_[at / block_bits].words[bit / 64] >> (bit % 64)) & 1U) != 0;
  }
  /// How many bits there are.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// How many ones stand before a position, up to `size()`. @complexity O(1).
  [[nodiscard]] std::size_t ones_before(std::size_t at) const {
    const Block& block = blocks_[at / block_bits];
    const std::size_t bit = at % block_bits;
    std::uint64_t ones = block.before;
    for (std::size_t word = 0; word < bit / 64; ++word) {
      ones += ones_in(block.words[word]);
    }
    if (bit % 64 != 0) {
      ones += ones_in(block.words[bit / 64] << (64 - bit % 64));
    }
    return static_cast<std::size_t>(ones);
  }
  /// The same for a position from `first` on, before which `ones` stand: in one
  /// word with it, as for small ranges, it is one step. @complexity O(1).
  [[nodiscard]] std::size_t ones_before(std::size_t at, std::size_t first,
                                        std::size_t ones) const {
    const std::size_t bit = first % block_bits;
    if (at == first) return ones;
    if (at - first + bit % 64 > 64 || bit + (at - first) > block_bits) {
      return ones_before(at);
    }
    const std::uint64_t word =
        blocks_[first / block_bits].words[bit / 64] >> (bit % 64);
    return ones +
           static_cast<std::size_t>(ones_in(word << (64 - (at - first))));
  }
  /// What it takes.
  [[nodiscard]] std::size_t byte_count() const {
    return blocks_.size() * sizeof(Block);
  }

 private:
  static constexpr std::size_t block_bits = 448;

  struct Block {
    std::uint64_t before = 0;
    std::array<std::uint64_t, block_bits / 64> words{};
  };

  std::size_t size_;
  std::vector<Block, HugePageAllocator<Block>> blocks_;
};

/// A sequence of codes 0, 1, 2 …
/// @threads Immutable; any thread.
class WaveletMatrix {
 public:
  /// A range of positions in a row of bits.
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;

    [[nodiscard]] std::size_t size() const { return last - first; }
  };
  /// The two halves of a range in the next row.
  struct Halves {
    Range zeros;
    Range ones;
  };

  WaveletMatrix() = default;
  /// @param codes each below `code_count`.
  /// @complexity O(codes × log code_count).
  WaveletMatrix(std::vector<std::uint32_t> codes, std::size_t code_count)
      : size_(codes.size()) {
    const auto bit_count = static_cast<unsigned>(
        code_count < 2 ? 0 : std::bit_width(code_count - 1));
    std::vector<std::uint32_t> zeros;
    std::vector<std::uint32_t> ones;
    for (unsigned bit = bit_count; bit-- > 0;) {
      RankedBits row(size_);
      zeros.clear();
      ones.clear();
      for (std::size_t at = 0; at < size_; ++at) {
        if (((codes[at] >> bit) & 1U) != 0) {
          row.set(at);
          ones.push_back(codes[at]);
        } else {
          zeros.push_back(codes[at]);
        }
      }
      row.count();
      rows_.push_back({std::move(row), zeros.size()});
      codes = zeros;
      codes.insert(codes.end(), ones.begin(), ones.end());
    }
  }

  /// How many codes there are.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// How many rows of bits.
  [[nodiscard]] std::size_t row_count() const { return rows_.size(); }

  /// Cuts a range of a row in those with the bit 0 and those with 1.
  /// @complexity O(1).
  [[nodiscard]] Halves halves(std::size_t row, Range range) const {
    const auto& [bits, zero_count] = rows_[row];
    const std::size_t first = bits.ones_before(range.first);
    const std::size_t last = bits.ones_before(range.last, range.first, first);
    return {{range.first - first, range.last - last},
            {zero_count + first, zero_count + last}};
  }

  /// How many codes of a range are below one. @complexity O(rows).
  [[nodiscard]] std::size_t count_below(Range range, std::uint64_t code) const {
    if (code >> rows_.size() != 0) return range.size();
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows_.size() && range.size() > 0; ++row) {
      const Halves halves = this->halves(row, range);
      if (((code >> (rows_.size() - 1 - row)) & 1U) != 0) {
        count += halves.zeros.size();
        range = halves.ones;
      } else {
        range = halves.zeros;
      }
    }
    return count;
  }

  /// What it takes.
  [[nodiscard]] std::size_t byte_count() const {
    std::size_t bytes = 0;
    for (const Row& row : rows_) bytes += row.bits.byte_count();
    return bytes;
  }

 private:
  struct Row {
    RankedBits bits;
    std::size_t zero_count = 0;
  };

  std::size_t size_ = 0;
  std::vector<Row> rows_;
};

}  // namespace headrope
