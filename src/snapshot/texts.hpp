// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The texts of a column of a snapshot: views into the texts of the Registry it
// was frozen from, or one run of bytes in its file and where each text begins.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace headrope {

/// Texts by position. Empty by default; moved, not copied.
/// @threads Immutable; any thread.
class Texts {
 public:
  Texts() = default;
  /// Views that somebody else keeps.
  Texts(std::vector<std::string_view> views)  // NOLINT: they are texts.
      : views_(std::move(views)), size_(views_.size()) {}
  /// Looks into a file: text i is at offsets[i] .. offsets[i + 1].
  /// @param offsets of one text more than there are; empty for no text.
  Texts(std::span<const std::uint32_t> offsets, const char* bytes)
      : narrow_(offsets.data()),
        bytes_(bytes),
        size_(offsets.empty() ? 0 : offsets.size() - 1) {}
  /// The same for more than 4 GiB of bytes.
  Texts(std::span<const std::uint64_t> offsets, const char* bytes)
      : wide_(offsets.data()),
        bytes_(bytes),
        size_(offsets.empty() ? 0 : offsets.size() - 1) {}
  ~Texts() = default;
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;
  Texts(Texts&&) = default;
  Texts& operator=(Texts&&) = default;

  /// How many texts there are.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// True if there is none.
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The text at a position below `size()`.
  [[nodiscard]] std::string_view operator[](std::size_t at) const {
    if (narrow_ != nullptr) {
      return {bytes_ + narrow_[at], narrow_[at + 1] - narrow_[at]};
    }
    if (wide_ != nullptr) {
      return {bytes_ + wide_[at], wide_[at + 1] - wide_[at]};
    }
    return views_[at];
  }
  /// What the column takes, without texts that somebody else keeps.
  [[nodiscard]] std::size_t size_bytes() const {
    if (empty()) return 0;
    if (narrow_ != nullptr) return size_ * sizeof *narrow_ + narrow_[size_];
    if (wide_ != nullptr) return size_ * sizeof *wide_ + wide_[size_];
    return size_ * sizeof(std::string_view);
  }

 private:
  std::vector<std::string_view> views_;
  const std::uint32_t* narrow_ = nullptr;
  const std::uint64_t* wide_ = nullptr;
  const char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace headrope
