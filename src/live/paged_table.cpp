// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "live/paged_table.hpp"

namespace headrope {

void PagePool::add_block(std::size_t pages) {
  const std::size_t words = page_bytes_ / sizeof(std::uint64_t);
  blocks_.reserve(blocks_.size() + 1);
  blocks_.push_back(
      std::make_unique_for_overwrite<std::uint64_t[]>(pages * words));
  byte_count_ += pages * page_bytes_;
  for (std::size_t page = pages; page-- > 0;) {
    give_back(new (blocks_.back().get() + page * words) PageHead());
  }
}

Epochs::Mark* Epochs::take(std::size_t table_count) {
  auto mark = std::make_unique<Mark>();
  mark->leaves.assign(table_count, nullptr);
  mark->inner.assign(table_count, nullptr);
  mark->epoch = now_++;
  mark->older = newest_;
  if (newest_ != nullptr) newest_->newer = mark.get();
  newest_ = mark.release();
  return newest_;
}

}  // namespace headrope
