// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The rows of one file on their way into the Registry: parsed rows are added in
// order, those that were read ahead all at once, the others by the loader of
// their table.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "load/piece_line.hpp"
#include "load/table_rows.hpp"

namespace headrope {

/// Adds the rows of a file.
/// @threads One thread at a time, whichever.
class FileRows {
 public:
  /// Tells a fault in the form of the file.
  using Report = std::function<void(CsvFault fault)>;
  /// True if a limit was passed: what comes after is left out.
  using IsFull = std::function<bool()>;

  /// @param file_bytes size of the file, to make room; 0 if it is not known.
  FileRows(const LoadContext& context, const TableSpec& spec, TableRows& rows,
           std::uint64_t file_bytes, Report report, IsFull is_full)
      : context_(context),
        spec_(spec),
        quick_(find_quick_table(spec.name)),
        rows_(rows),
        file_bytes_(file_bytes),
        report_(std::move(report)),
        is_full_(std::move(is_full)) {}

  /// Reads the rows of a piece ahead; by any thread.
  void read_ahead(PieceWork& work) const {
    if (quick_ != nullptr) {
      quick_->read_ahead(context_, work.rows, work.ready);
    }
  }

  /// Adds the rows of the next piece, and tells its faults.
  /// @returns false if nothing after it is to be read.
  /// @complexity O(rows).
  [[nodiscard]] bool take(const PieceWork& work);

 private:
  void make_room(const PieceWork& work);
  std::size_t report_until(const PieceWork& work, std::size_t rows_before);
  void add(const PieceWork& work, std::size_t from, std::size_t until);
  void add_by_loader(const ParsedRows& parsed, std::size_t from,
                     std::size_t until);

  const LoadContext& context_;
  const TableSpec& spec_;
  const QuickTable* quick_;
  TableRows& rows_;
  std::uint64_t file_bytes_;
  Report report_;
  IsFull is_full_;
  std::uint64_t rows_taken_ = 0;
  std::uint64_t next_row_ = 2;   // The header is row 1.
  std::size_t faults_told_ = 0;  // Of the piece.
};

}  // namespace headrope
