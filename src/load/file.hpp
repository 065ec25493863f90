// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Opening the files of a package: inside its folder, never through a link, and
// only regular ones. The one place of the library that opens files for loading.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "headrope/load.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// An open file descriptor; closed at the end of its life.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  ~FileHandle();
  FileHandle(FileHandle&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// Whether a path names something inside a package: relative, and never up.
/// @returns `path_refused`.
[[nodiscard]] Result<void> check_inside(std::string_view path);

/// The folder of a package.
class PackageFolder {
 public:
  /// @returns `not_a_folder`.
  [[nodiscard]] static Result<PackageFolder> open(
      const std::filesystem::path& folder);

  /// Opens a file by its path inside the folder.
  /// @returns `path_refused` if the path is absolute, goes up, or passes a
  ///   link; `file_unreadable`.
  [[nodiscard]] Result<FileHandle> open_file(std::string_view path) const;

 private:
  FileHandle folder_;
};

/// Size of an open file in bytes.
[[nodiscard]] std::uint64_t file_size(const FileHandle& file);

/// Reads up to `buffer.size()` bytes; 0 at the end.
/// @returns `file_unreadable`.
[[nodiscard]] Result<std::size_t> read_some(const FileHandle& file,
                                            std::span<char> buffer);

/// Reads a whole file. @returns `limit_exceeded` past `bytes_max`.
[[nodiscard]] Result<std::string> read_whole(const FileHandle& file,
                                             std::size_t bytes_max);
/// Reads a whole file. @returns `limit_exceeded` past `bytes_max`.
[[nodiscard]] Result<std::string> read_whole(PackageFile& file,
                                             std::size_t bytes_max);

/// An open file as one of a package.
class OpenFile : public PackageFile {
 public:
  explicit OpenFile(FileHandle file) : file_(std::move(file)) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    return read_some(file_, buffer);
  }
  [[nodiscard]] std::uint64_t size() const override { return file_size(file_); }

 private:
  FileHandle file_;
};

/// The folder of a package as a source of its files.
class FolderSource : public PackageSource {
 public:
  explicit FolderSource(PackageFolder folder) : folder_(std::move(folder)) {}
  Result<std::unique_ptr<PackageFile>> open(std::string_view path) override;

 private:
  PackageFolder folder_;
};

}  // namespace headrope
