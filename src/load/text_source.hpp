// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The bytes of a table as UTF-8, whatever the file's declared encoding.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "load/file.hpp"

namespace headrope {

/// How the bytes of a table are to be read.
enum class Encoding : std::uint8_t { utf8, gb18030 };

/// Gives a file's text piece by piece. A byte order mark at the start is left
/// out. UTF-8 is passed on unchecked; GB18030 is converted strictly.
/// @threads One thread at a time.
class TextSource {
 public:
  TextSource(std::unique_ptr<PackageFile> file, Encoding encoding);
  TextSource(FileHandle file, Encoding encoding)
      : TextSource(std::make_unique<OpenFile>(std::move(file)), encoding) {}
  ~TextSource();
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;

  /// Fills the start of `buffer` (at least 16 bytes); 0 at the end.
  /// @returns `file_unreadable`; `text_not_gb18030` with the byte offset.
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer);

  /// Bytes of the file taken so far.
  [[nodiscard]] std::uint64_t bytes_taken() const { return bytes_taken_; }
  /// Length of a byte order mark that was left out, in bytes of the file.
  [[nodiscard]] std::uint64_t mark_bytes() const { return mark_bytes_; }

 private:
  class Converter;

  Result<std::size_t> read_raw(std::span<char> buffer);
  Result<std::size_t> read_converted(std::span<char> buffer);

  std::unique_ptr<PackageFile> file_;
  std::unique_ptr<Converter> converter_;  // None for UTF-8.
  std::vector<char> raw_;                 // Not yet converted.
  std::uint64_t bytes_taken_ = 0;
  std::uint64_t mark_bytes_ = 0;
  bool at_start_ = true;
  bool at_end_ = false;
};

}  // namespace headrope
