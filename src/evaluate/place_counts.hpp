// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// How many things stand at the places before a place, in the smallest form that
// fits them.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/wavelet_matrix.hpp"

namespace headrope {

/// Things at places, in the order of the places.
/// @threads Immutable; any thread.
class PlaceCounts {
 public:
  PlaceCounts() = default;
  /// @param counts how many stand at each place; fewer than 2^32 in all.
  /// @complexity O(places).
  explicit PlaceCounts(std::span<const std::uint32_t> counts) {
    std::uint64_t total = 0;
    std::uint32_t most = 0;
    std::uint32_t least = counts.empty() ? 0 : 1;
    for (const std::uint32_t count : counts) {
      total += count;
      most = std::max(most, count);
      least = std::min(least, count);
    }
    if (most == 1 && least == 1) {
      form_ = Form::one_each;
    } else if (total * 32 <= counts.size()) {
      form_ = Form::list;
      for (std::size_t place = 0; place < counts.size(); ++place) {
        list_.insert(list_.end(), counts[place],
                     static_cast<std::uint32_t>(place));
      }
    } else if (most <= 1) {
      form_ = Form::bits;
      bits_ = RankedBits(counts.size());
      for (std::size_t place = 0; place < counts.size(); ++place) {
        if (counts[place] != 0) bits_.set(place);
      }
      bits_.count();
    } else {
      form_ = Form::sums;
      list_.reserve(counts.size() + 1);
      std::uint32_t sum = 0;
      for (const std::uint32_t count : counts) {
        list_.push_back(sum);
        sum += count;
      }
      list_.push_back(sum);
    }
  }

  /// How many stand at the places before this one, up to one past the last.
  /// @complexity O(1), or O(log of them) where they are few.
  [[nodiscard]] std::size_t before(std::size_t place) const {
    switch (form_) {
      case Form::one_each:
        return place;
      case Form::bits:
        return bits_.ones_before(place);
      case Form::sums:
        return list_[place];
      case Form::list:
        break;
    }
    return static_cast<std::size_t>(
        std::lower_bound(list_.begin(), list_.end(), place) - list_.begin());
  }

  /// What it takes.
  [[nodiscard]] std::size_t byte_count() const {
    return list_.size() * sizeof(std::uint32_t) +
           (form_ == Form::bits ? bits_.byte_count() : 0);
  }

 private:
  enum class Form : std::uint8_t { one_each, list, bits, sums };

  Form form_ = Form::list;
  std::vector<std::uint32_t> list_;
  RankedBits bits_;
};

}  // namespace headrope
