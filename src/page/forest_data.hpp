// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A hierarchy as a page opens it: its places level by level, so that those
// below one place stand together, in blocks that are read when they are shown.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "headrope/answers.hpp"
#include "headrope/publish.hpp"
#include "headrope/snapshot.hpp"
#include "page/script.hpp"

namespace headrope {

/// The places of a forest by level, each level in the order of the forest.
class LevelOrder {
 public:
  /// @complexity O(places).
  explicit LevelOrder(const Forest& forest);

  /// Places in this order.
  [[nodiscard]] std::span<const std::uint32_t> places() const {
    return places_;
  }
  /// How many places are directly below each, in this order.
  [[nodiscard]] std::span<const std::uint32_t> child_counts() const {
    return child_counts_;
  }
  /// How many roots there are; they come first.
  [[nodiscard]] std::size_t root_count() const { return root_count_; }
  /// Where a place stands in this order.
  [[nodiscard]] std::uint32_t rank(PlaceIndex place) const {
    return rank_[place.value];
  }

 private:
  std::vector<std::uint32_t> places_;
  std::vector<std::uint32_t> child_counts_;
  std::vector<std::uint32_t> rank_;
  std::size_t root_count_ = 0;
};

/// Places in one block.
inline constexpr std::size_t forest_block = 4'096;

/// Writes what is needed to open a hierarchy: its names, sizes, and where the
/// places below those of each block begin.
void write_forest_head(JsonWriter& json, const Snapshot& snapshot,
                       const Forest& forest, const LevelOrder& order);

/// A count that a public page does not tell.
inline constexpr std::int64_t withheld_count = std::int64_t{1} << 53U;

/// Writes the blocks `f<forest>b<block>`: names, kinds, sizes, and the counts
/// of each rule; for publication those that are shown, others as
/// `withheld_count`, and the eligible as the status `e`.
void write_forest_blocks(const Sink& sink, std::size_t forest_at,
                         const Snapshot& snapshot, const Forest& forest,
                         const LevelOrder& order,
                         std::span<const Coverage> coverages,
                         std::span<const Suppression> suppressions = {});

}  // namespace headrope
