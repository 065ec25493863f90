// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A piece waits for its turn only while a thread is at an earlier one, and that
// thread waits for nobody but such a thread: so somebody always goes on.

#include "load/piece_line.hpp"

#include <utility>

#include "base/parallel.hpp"

namespace headrope {

void PieceLine::run(CsvPiece first, std::size_t start, std::size_t threads) {
  // A file that is one piece is not worth a thread.
  if (first.end != CsvPiece::End::rows) threads = 1;
  waiting_max_ = threads == 1 ? 1 : 2 * threads;
  waiting_.push_back({std::move(first), start});
  run_in_parallel(threads, [&](std::size_t lane) {
    try {
      work(lane);
    } catch (...) {
      stop();
      throw;
    }
  });
}

void PieceLine::stop() {
  const std::lock_guard lock(mutex_);
  is_stopped_ = true;
  changed_.notify_all();
}

// Has enough pieces wait that no thread soon wants for one.
void PieceLine::read_some() {
  for (;;) {
    CsvPiece piece;
    {
      const std::lock_guard lock(mutex_);
      if (is_ended_ || is_stopped_ || waiting_.size() >= waiting_max_) return;
      if (!spare_.empty()) {
        piece = std::move(spare_.back());
        spare_.pop_back();
      }
    }
    const bool is_piece = cutter_.next(piece);
    const std::lock_guard lock(mutex_);
    if (is_piece) {
      waiting_.push_back({std::move(piece), 0});
    } else {
      is_ended_ = true;
    }
    changed_.notify_all();
  }
}

// Takes the next piece to be parsed; false if there is none.
bool PieceLine::begin(std::size_t lane, PieceWork& work, std::size_t& number) {
  for (;;) {
    if (lane == 0) read_some();
    std::unique_lock lock(mutex_);
    if (lane != 0) {
      changed_.wait(
          lock, [&] { return is_stopped_ || is_ended_ || !waiting_.empty(); });
    }
    if (is_stopped_) return false;
    if (!waiting_.empty()) {
      work.piece = std::move(waiting_.front().piece);
      work.start = waiting_.front().start;
      waiting_.pop_front();
      number = begun_++;
      return true;
    }
    if (is_ended_) return false;
  }
}

// Takes a piece when its turn has come; false if the run ends.
bool PieceLine::take(std::size_t lane, PieceWork& work, std::size_t number) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_stopped_ || taken_ == number; });
    if (is_stopped_) return false;
  }
  const bool goes_on = stages_.take(work, lane == 0);
  const std::lock_guard lock(mutex_);
  ++taken_;
  if (!goes_on) is_stopped_ = true;
  spare_.push_back(std::move(work.piece));
  changed_.notify_all();
  return goes_on;
}

void PieceLine::work(std::size_t lane) {
  CsvParser parser = parser_;
  PieceWork work;
  for (std::size_t number = 0; begin(lane, work, number);) {
    stages_.parse(parser, work);
    if (!take(lane, work, number)) return;
  }
}

}  // namespace headrope
