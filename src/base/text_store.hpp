// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// TextStore keeps texts at addresses that never change, so that views into it
// stay good while it grows and may be shared by whoever holds the store.

#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "base/huge_pages.hpp"

namespace headrope {

/// Keeps copies of texts in blocks that are never moved.
///
/// A view that `keep` gave lives as long as the store. The empty text takes no
/// room. Not copyable.
/// @threads One writer; reading kept views is fine from any thread.
class TextStore {
 public:
  /// Copies a text into the store. @complexity O(bytes).
  [[nodiscard]] std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) make_room(text.size());
    char* const start = next_;
    std::memcpy(start, text.data(), text.size());
    next_ += text.size();
    left_ -= text.size();
    byte_count_ += text.size();
    return {start, text.size()};
  }

  /// Bytes of all kept texts.
  [[nodiscard]] std::size_t byte_count() const { return byte_count_; }

 private:
  struct Free {
    std::size_t size = 0;
    void operator()(char* block) const noexcept {
      HugePageAllocator<char>().deallocate(block, size);
    }
  };

  void make_room(std::size_t size);

  std::vector<std::unique_ptr<char[], Free>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t byte_count_ = 0;
};

}  // namespace headrope
