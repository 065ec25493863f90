// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows are added in batches of RowBatch::rows_max, counted from the file's
// start: where a batch ends decides what is still told after a limit was
// passed, so it must not depend on where a piece ends.

#include "load/file_rows.hpp"

#include <algorithm>

namespace headrope {
namespace {

// Room is made for so many rows at most; a file may claim any size.
constexpr std::uint64_t rows_reserved_max = std::uint64_t{1} << 25U;

}  // namespace

// Makes room for as many rows as the file is likely to have.
void FileRows::make_room(const PieceWork& work) {
  const std::uint64_t rows = work.rows.batch.row_count;
  const std::uint64_t bytes = work.piece.size - work.start;
  if (rows == 0 || bytes == 0 || spec_.reserve == nullptr) return;
  const auto likely = static_cast<long double>(file_bytes_) *
                      static_cast<long double>(rows) /
                      static_cast<long double>(bytes);
  const auto count = static_cast<std::uint64_t>(
      std::min(likely, static_cast<long double>(rows_reserved_max)));
  spec_.reserve(context_, static_cast<std::size_t>(count + count / 64));
}

bool FileRows::take(const PieceWork& work) {
  const ParsedRows& parsed = work.rows;
  const std::size_t count = parsed.batch.row_count;
  if (rows_taken_ == 0) make_room(work);
  faults_told_ = 0;
  for (std::size_t from = 0; from < count;) {
    // What is wrong with a file is told in the order of its rows.
    const std::size_t fault_at = report_until(work, from + 1);
    const std::size_t left =
        RowBatch::rows_max - rows_taken_ % RowBatch::rows_max;
    const std::size_t until = std::min({count, from + left, fault_at});
    add(work, from, until);
    rows_taken_ += until - from;
    from = until;
    if (rows_taken_ % RowBatch::rows_max == 0 && is_full_()) return false;
  }
  report_until(work, count + 1);
  next_row_ += parsed.rows_begun;
  return !parsed.is_last;
}

// Tells the faults with fewer than so many rows of the piece before them; gives
// how many rows stand before the next one.
std::size_t FileRows::report_until(const PieceWork& work,
                                   std::size_t rows_before) {
  const auto& faults = work.rows.faults;
  for (; faults_told_ < faults.size(); ++faults_told_) {
    if (faults[faults_told_].rows_before >= rows_before) {
      return faults[faults_told_].rows_before;
    }
    CsvFault fault = faults[faults_told_].fault;
    fault.row += next_row_;
    report_(std::move(fault));
  }
  return work.rows.batch.row_count;
}

void FileRows::add(const PieceWork& work, std::size_t from, std::size_t until) {
  const ParsedRows& parsed = work.rows;
  if (quick_ == nullptr) {
    add_by_loader(parsed, from, until);
    return;
  }
  const auto& is_ready = work.ready.is_ready;
  while (from < until) {
    std::size_t end = from + 1;
    while (end < until && is_ready[end] == is_ready[from]) ++end;
    const std::size_t item = quick_->row_count(rows_.tables());
    if (is_ready[from] != 0 &&
        quick_->add_ready(rows_.tables(), context_, parsed, work.ready, from,
                          end)) {
      for (std::size_t at = from; at < end; ++at) {
        rows_.note(item + (at - from),
                   next_row_ + parsed.batch.row_numbers[at]);
      }
    } else {
      add_by_loader(parsed, from, end);
    }
    from = end;
  }
}

// The loader of the table knows what to say of any row.
void FileRows::add_by_loader(const ParsedRows& parsed, std::size_t from,
                             std::size_t until) {
  RowBatch& batch = rows_.batch;
  batch.row_count = until - from;
  const auto part_of = [&](const auto& list) {
    return std::span(list).subspan(from, until - from);
  };
  for (std::size_t column = 0; column < batch.columns.size(); ++column) {
    batch.columns[column].assign(batch.row_count, {});
    if (parsed.batch.columns[column].empty()) continue;
    std::ranges::copy(part_of(parsed.batch.columns[column]),
                      batch.columns[column].begin());
  }
  batch.row_numbers.clear();
  for (const std::uint64_t number : part_of(parsed.batch.row_numbers)) {
    batch.row_numbers.push_back(next_row_ + number);
  }
  spec_.add_rows(rows_);
}

}  // namespace headrope
