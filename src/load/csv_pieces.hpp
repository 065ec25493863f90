// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// CSV in pieces that can be parsed apart from each other, by several threads.
// A cutter reads the file and ends each piece where a row ends; a parser lays
// the rows of a piece out by column. What is found in a file does not depend on
// where its pieces end. CsvReader is the plain reader that both are held
// against.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/csv_reader.hpp"
#include "load/text_source.hpp"

namespace headrope {

/// Some whole rows of a file, as they stand there.
struct CsvPiece {
  /// What comes after it.
  enum class End : std::uint8_t {
    rows,          ///< more rows, perhaps
    file,          ///< nothing
    row_too_long,  ///< the rest of a row that is longer than the limit
    unreadable     ///< bytes that could not be read: see `error`
  };

  std::vector<char> bytes;  ///< `size` of them, and some that mean nothing
  std::size_t size = 0;
  std::uint64_t offset = 0;  ///< of its first byte in the file, in UTF-8
  std::uint64_t taken = 0;   ///< bytes of the file read when it was cut
  End end = End::rows;
  Error error{};

  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
};

/// Cuts a file into pieces.
///
/// A line feed ends a row if the number of quotes before it is even: up to the
/// first fault of a file a quote opens a field, closes it, or is one of two. A
/// piece after a fault may be cut anywhere, but reading ends at the fault.
/// @threads One thread at a time.
class CsvCutter {
 public:
  static constexpr std::size_t piece_bytes_default = std::size_t{256} << 10U;

  /// @param piece_bytes how long a piece is, unless one row is longer.
  CsvCutter(TextSource& source, const CsvReader::Options& options,
            std::size_t piece_bytes);

  /// Fills `piece` with the next rows; false after the last ones.
  /// @complexity O(bytes). A piece is longer than a row may be by no more than
  ///   `piece_bytes`.
  [[nodiscard]] bool next(CsvPiece& piece);

 private:
  // Reads until the piece is full, or the file ends.
  void fill(CsvPiece& piece, std::size_t wanted);

  TextSource& source_;
  std::size_t row_bytes_max_;
  std::size_t piece_bytes_;
  std::string rest_;  // Of the last piece, behind its last row.
  std::uint64_t offset_ = 0;
  bool is_first_ = true;
  bool is_ended_ = false;
};

/// The rows of a piece by column. Row numbers count from the piece's start.
struct ParsedRows {
  /// A fault, and how many rows of the batch stand before it.
  struct Fault {
    CsvFault fault;
    std::size_t rows_before = 0;
  };

  /// Of any number of rows. A column that the file does not have is empty.
  RowBatch batch;
  std::vector<Fault> faults;
  std::uint64_t rows_begun = 0;  ///< empty lines and rows with faults too
  bool is_last = false;          ///< nothing after it is to be read
  bool has_zero_byte = false;
  std::deque<std::string> unescaped;  ///< fields that held doubled quotes
};

/// Parses pieces.
/// @threads One thread at a time; one parser for each thread.
class CsvParser {
 public:
  explicit CsvParser(const CsvReader::Options& options) : options_(options) {}

  /// Parses the header, the first row of the first piece.
  /// @param behind is set to where the rows begin.
  /// @returns nothing after a fault, which `fault` then tells.
  [[nodiscard]] std::optional<std::vector<std::string>> parse_header(
      const CsvPiece& piece, std::size_t& behind, std::uint64_t mark_bytes,
      CsvFault& fault);

  /// As CsvReader::choose_columns.
  void choose_columns(std::vector<std::size_t> target_of_field,
                      std::size_t target_count);

  /// Parses the rows of a piece from `start` on.
  /// @param mark_bytes length of the file's byte order mark.
  /// @complexity O(bytes).
  void parse(const CsvPiece& piece, std::size_t start, std::uint64_t mark_bytes,
             ParsedRows& rows);

 private:
  enum class Outcome : std::uint8_t { row, empty_line, fault };

  std::size_t parse_plain_rows(std::size_t at, ParsedRows& rows);
  bool end_plain_row(std::size_t fields, bool is_empty, ParsedRows& rows);
  Outcome parse_row(std::size_t& at, std::deque<std::string>& unescaped);
  Outcome parse_fields(std::size_t& at, std::deque<std::string>& unescaped);
  Outcome parse_quoted(std::size_t& at, std::deque<std::string>& unescaped);
  Outcome parse_unquoted(std::size_t& at);
  bool parse_carefully(std::size_t& at, ParsedRows& rows);
  void emit(ParsedRows& rows);
  void add_ragged(std::size_t fields, ParsedRows& rows) const;
  void check_text(std::size_t start, std::size_t end, std::uint64_t mark_bytes,
                  ParsedRows& rows);
  void refuse_text(std::size_t start, std::size_t bad, std::uint64_t mark_bytes,
                   ParsedRows& rows);
  [[nodiscard]] bool is_cut(std::size_t at) const;
  Outcome end_cut();
  Outcome fail(Code code, std::string message, std::string_view value);
  [[nodiscard]] std::string_view rest_of_line(std::size_t at) const;

  CsvReader::Options options_;
  std::vector<std::size_t> targets_;
  std::size_t target_count_ = 0;
  std::vector<std::string_view*> columns_;  // By field.
  std::vector<std::string_view> unwanted_;
  // The piece that is being parsed, and the row.
  const CsvPiece* piece_ = nullptr;
  std::string_view text_;
  bool has_high_bytes_ = false;
  bool is_too_long_ = false;  // The row, unless it ends in what is left.
  std::vector<std::string_view> fields_;
  CsvFault fault_;
};

}  // namespace headrope
