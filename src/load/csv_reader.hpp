// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// CSV per RFC 4180, strictly, in batches of rows laid out by column.
// docs/decisions/0001-csv-reader.md says why it is ours.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/text_source.hpp"

namespace headrope {

/// Some rows of a table. Views live until the next batch is read.
struct RowBatch {
  static constexpr std::size_t rows_max = 1024;
  static constexpr std::size_t not_wanted = ~std::size_t{0};

  std::size_t row_count = 0;
  /// By wanted column, then row of the batch.
  std::vector<std::vector<std::string_view>> columns;
  /// Row numbers as a spreadsheet shows them; the header is row 1.
  std::vector<std::uint64_t> row_numbers;
};

/// A fault in the form of a file. Reading cannot go on after it, except after
/// `row_ragged`.
struct CsvFault {
  Error error;
  std::uint64_t row = 0;
  std::size_t field = 0;  ///< from 0
  std::string value;
};

/// Reads one file.
/// @threads One thread at a time.
class CsvReader {
 public:
  struct Options {
    char delimiter = ',';
    std::size_t field_bytes_max = 1U << 20;
    std::size_t row_bytes_max = 16U << 20;
    std::size_t columns_max = 1024;
  };

  CsvReader(TextSource& source, const Options& options);

  /// Reads the header line; nothing if the file is empty.
  [[nodiscard]] std::optional<std::vector<std::string>> read_header();

  /// Says where each field of a row goes: a position in RowBatch::columns, or
  /// `not_wanted`. Rows must then have exactly so many fields.
  void choose_columns(std::vector<std::size_t> target_of_field,
                      std::size_t target_count);

  /// Fills `batch` with the next rows, possibly none. Empty lines are skipped,
  /// ragged rows are left out and noted in `faults()`.
  /// @returns false at the end of the file or after a fault that ends reading.
  [[nodiscard]] bool read_batch(RowBatch& batch);

  /// The faults since the last call, which empties the list.
  [[nodiscard]] std::vector<CsvFault> take_faults();

 private:
  enum class Outcome : std::uint8_t { row, empty_line, need_more, fault };

  Outcome parse_row();
  Outcome parse_quoted(std::size_t& at);
  Outcome parse_plain(std::size_t& at);
  std::string_view unescaped(std::string_view quoted);
  void emit(RowBatch& batch);
  bool refill();
  bool check_text(std::size_t first, std::size_t last, const RowBatch& batch);
  void place_fault(const char* byte, const RowBatch& batch);
  [[nodiscard]] std::string_view rest_of_line(std::size_t at) const;
  Outcome fail(Code code, std::string message, std::string_view value);

  TextSource& source_;
  Options options_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;     // Of the row being read.
  std::size_t end_ = 0;       // Of the bytes in the buffer.
  std::uint64_t offset_ = 0;  // Of the buffer's start in the text.
  std::uint64_t row_ = 0;     // Rows begun so far.
  bool source_ended_ = false;
  bool failed_ = false;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> targets_;
  std::deque<std::string> unescaped_;  // Fields that held doubled quotes.
  std::vector<CsvFault> faults_;
};

}  // namespace headrope
