// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Writing CSV files of hundreds of millions of rows.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace headrope::bench {

/// Rows of digits, dates and texts, written in blocks.
class CsvWriter {
 public:
  /// Makes the file, with a header line.
  CsvWriter(const std::filesystem::path& path, std::string_view header)
      : file_(std::fopen(path.c_str(), "wb")) {
    buffer_.reserve(block_bytes + 4096);
    buffer_ += header;
    end_row();
  }
  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;
  ~CsvWriter() {
    if (file_ != nullptr) std::fclose(file_);
  }

  /// The text of the row, to be appended to.
  std::string& text() { return buffer_; }
  /// Appends to the row.
  CsvWriter& operator<<(std::string_view text) {
    buffer_ += text;
    return *this;
  }
  /// Ends the row.
  void end_row() {
    buffer_ += '\n';
    if (buffer_.size() >= block_bytes) flush();
  }
  /// Writes the rest. @returns false if anything could not be written.
  bool close() {
    flush();
    std::FILE* const file = std::exchange(file_, nullptr);
    return file != nullptr && std::fclose(file) == 0 && is_good_;
  }

 private:
  static constexpr std::size_t block_bytes = 1U << 20U;

  void flush() {
    is_good_ =
        is_good_ && file_ != nullptr &&
        std::fwrite(buffer_.data(), 1, buffer_.size(), file_) == buffer_.size();
    buffer_.clear();
  }

  std::FILE* file_;
  std::string buffer_;
  bool is_good_ = true;
};

/// Appends a number with leading zeros.
inline void append_digits(std::string& text, std::uint32_t number,
                          std::size_t width) {
  const std::size_t start = text.size();
  text.append(width, '0');
  for (std::size_t at = width; at-- > 0; number /= 10) {
    text[start + at] = static_cast<char>('0' + number % 10);
  }
}

}  // namespace headrope::bench
