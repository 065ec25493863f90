// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The bytes of a file, mapped or read.

#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "headrope/result.hpp"

namespace headrope {

/// All bytes of a regular file, from an address that is a multiple of 64.
/// @threads Immutable; any thread.
class FileImage {
 public:
  /// Maps the file, or reads it into memory.
  /// @returns `file_unreadable`, also if it is no regular file; `file_damaged`
  ///   if it is empty or became shorter or longer meanwhile; `out_of_memory`.
  [[nodiscard]] static Result<std::shared_ptr<const FileImage>> open(
      const std::filesystem::path& file, bool into_memory);
  ~FileImage();
  FileImage(const FileImage&) = delete;
  FileImage& operator=(const FileImage&) = delete;

  /// The bytes; they live as long as this.
  [[nodiscard]] std::span<const std::byte> bytes() const {
    return {data_, size_};
  }
  /// Tells the system that some bytes are about to be read, all of them.
  void will_read(std::span<const std::byte> some) const;

 private:
  FileImage() = default;

  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  bool is_mapped_ = false;
};

}  // namespace headrope
