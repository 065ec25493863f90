// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// One bitmap for each depth waits for the place above; backwards through the
// pre-order these are all that are needed at once.

#include "support/roaring.hpp"

#include <memory>

#include <roaring/roaring.h>

namespace headrope::bench {
namespace {

struct Free {
  void operator()(roaring_bitmap_t* bitmap) const {
    roaring_bitmap_free(bitmap);
  }
};
using Bitmap = std::unique_ptr<roaring_bitmap_t, Free>;

}  // namespace

std::vector<std::int64_t> count_by_bitmaps(
    std::span<const std::uint16_t> depths, std::size_t depth_max,
    std::span<const std::uint32_t> begin,
    std::span<const std::uint32_t> persons) {
  std::vector<std::int64_t> counts(depths.size());
  std::vector<Bitmap> pending(depth_max + 2);
  for (std::size_t place = depths.size(); place-- > 0;) {
    const auto own =
        persons.subspan(begin[place], begin[place + 1] - begin[place]);
    Bitmap& below = pending[std::size_t{depths[place]} + 1];
    if (own.empty() && below == nullptr) continue;
    Bitmap united =
        below != nullptr ? std::move(below) : Bitmap(roaring_bitmap_create());
    roaring_bitmap_add_many(united.get(), own.size(), own.data());
    counts[place] =
        static_cast<std::int64_t>(roaring_bitmap_get_cardinality(united.get()));
    Bitmap& above = pending[depths[place]];
    if (above == nullptr) {
      above = std::move(united);
    } else {
      roaring_bitmap_or_inplace(above.get(), united.get());
    }
  }
  return counts;
}

}  // namespace headrope::bench
