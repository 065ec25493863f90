// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Blocks grow with the store, from one MiB to 32, so that a large store lies on
// huge pages; a text larger than a block gets one of its own.

#include "base/text_store.hpp"

#include <algorithm>

namespace headrope {
namespace {

constexpr std::size_t block_bytes_min = std::size_t{1} << 20U;
constexpr std::size_t block_bytes_max = std::size_t{32} << 20U;

}  // namespace

// At most a quarter of the store is a block's unused end.
void TextStore::make_room(std::size_t size) {
  const std::size_t wanted =
      std::clamp(byte_count_ / 4, block_bytes_min, block_bytes_max);
  const std::size_t bytes = std::max(wanted, size);
  blocks_.reserve(blocks_.size() + 1);
  blocks_.emplace_back(HugePageAllocator<char>().allocate(bytes), Free{bytes});
  next_ = blocks_.back().get();
  left_ = bytes;
}

}  // namespace headrope
