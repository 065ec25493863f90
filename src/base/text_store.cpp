// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Blocks of one MiB; a larger text gets a block of its own.

#include "base/text_store.hpp"

#include <algorithm>
#include <cstring>

namespace headrope {

std::string_view TextStore::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) {
    const std::size_t size = std::max(block_bytes, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    next_ = blocks_.back().get();
    left_ = size;
  }
  char* const start = next_;
  std::memcpy(start, text.data(), text.size());
  next_ += text.size();
  left_ -= text.size();
  byte_count_ += text.size();
  return {start, text.size()};
}

}  // namespace headrope
