// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A file on its way through several threads: the caller's reads it piece by
// piece, each thread parses the piece it takes, and what was parsed is taken in
// the order of the file, by one thread at a time. So the outcome is that of one
// thread.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "load/csv_pieces.hpp"
#include "load/read_ahead.hpp"

namespace headrope {

/// A piece and what it was read as.
struct PieceWork {
  CsvPiece piece;
  std::size_t start = 0;  ///< where its rows begin
  ParsedRows rows;
  ReadyRows ready;
};

/// The pieces of one file.
///
/// At most two pieces for each thread are in flight.
/// @threads Reading happens on the thread that calls `run`.
class PieceLine {
 public:
  /// What is done with a piece.
  struct Stages {
    /// By any thread, for several pieces at once; `parser` is of that thread.
    std::function<void(CsvParser& parser, PieceWork& work)> parse;
    /// In the order of the file, one at a time; false ends the run.
    /// `is_caller` tells whether it is the thread that calls `run`.
    std::function<bool(PieceWork& work, bool is_caller)> take;
  };

  PieceLine(CsvCutter& cutter, const CsvParser& parser, Stages stages)
      : cutter_(cutter), parser_(parser), stages_(std::move(stages)) {}

  /// Takes the pieces from `first` to the end of the file.
  /// @param start where the rows of the first piece begin.
  /// @throws what a stage threw.
  void run(CsvPiece first, std::size_t start, std::size_t threads);

 private:
  struct Waiting {
    CsvPiece piece;
    std::size_t start = 0;
  };

  void work(std::size_t lane);
  void read_some();
  bool begin(std::size_t lane, PieceWork& work, std::size_t& number);
  bool take(std::size_t lane, PieceWork& work, std::size_t number);
  void stop();

  CsvCutter& cutter_;
  const CsvParser& parser_;
  Stages stages_;
  std::size_t waiting_max_ = 1;

  std::mutex mutex_;
  std::condition_variable changed_;
  // All that follows is changed and read under the mutex.
  std::deque<Waiting> waiting_;
  std::vector<CsvPiece> spare_;  // Their memory is used again.
  std::size_t begun_ = 0;        // Pieces that a thread has begun to parse.
  std::size_t taken_ = 0;
  bool is_ended_ = false;
  bool is_stopped_ = false;
};

}  // namespace headrope
