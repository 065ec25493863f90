// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// TextStore keeps texts at addresses that never change, so that views into it
// stay good while it grows and may be shared by whoever holds the store.

#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace headrope {

/// Keeps copies of texts in blocks that are never moved.
///
/// A view that `keep` gave lives as long as the store. The empty text takes no
/// room. Not copyable.
/// @threads One writer; reading kept views is fine from any thread.
class TextStore {
 public:
  /// Copies a text into the store.
  [[nodiscard]] std::string_view keep(std::string_view text);

  /// Bytes of all kept texts.
  [[nodiscard]] std::size_t byte_count() const { return byte_count_; }

 private:
  static constexpr std::size_t block_bytes = 1U << 20;

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t byte_count_ = 0;
};

}  // namespace headrope
