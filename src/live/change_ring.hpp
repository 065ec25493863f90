// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The places that the last batches changed, in a ring of a fixed size.

#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "headrope/live.hpp"

namespace headrope {

/// Remembers which places each batch changed, the newest ones.
/// @threads One thread at a time.
class ChangeRing {
 public:
  explicit ChangeRing(std::size_t places_max) : places_(places_max) {}

  /// Makes room for one more batch. @throws std::bad_alloc.
  void prepare() { batches_.push_back({}); }
  /// Remembers a batch in the room that was made.
  void note(std::uint64_t sequence,
            std::span<const PlaceIndex> places) noexcept {
    if (places.empty()) {
      batches_.pop_back();
      return;
    }
    batches_.back() = {sequence, places.size()};
    used_ += places.size();
    while (used_ > places_.size()) {
      forgotten_ = batches_.front().sequence;
      used_ -= batches_.front().count;
      batches_.pop_front();
    }
    if (batches_.empty()) return;
    for (const PlaceIndex place : places) {
      places_[next_] = place.value;
      next_ = next_ + 1 == places_.size() ? 0 : next_ + 1;
    }
  }

  /// What changed after a batch; `LiveFigures::changed_since`.
  [[nodiscard]] LiveChanges since(std::uint64_t sequence,
                                  std::uint64_t now) const {
    LiveChanges changes;
    changes.sequence = now;
    if (sequence < forgotten_) {
      changes.is_everything = true;
      return changes;
    }
    std::size_t at = next_;
    for (auto batch = batches_.rbegin();
         batch != batches_.rend() && batch->sequence > sequence; ++batch) {
      for (std::size_t left = batch->count; left > 0; --left) {
        at = (at == 0 ? places_.size() : at) - 1;
        changes.places.push_back(PlaceIndex{places_[at]});
      }
    }
    std::sort(changes.places.begin(), changes.places.end());
    changes.places.erase(
        std::unique(changes.places.begin(), changes.places.end()),
        changes.places.end());
    return changes;
  }

  [[nodiscard]] std::size_t byte_count() const {
    return places_.size() * sizeof(places_[0]) +
           batches_.size() * sizeof(NotedBatch);
  }

 private:
  struct NotedBatch {
    std::uint64_t sequence = 0;
    std::size_t count = 0;
  };

  std::vector<std::uint32_t> places_;
  std::size_t next_ = 0;  // Where the next place goes.
  std::size_t used_ = 0;
  std::deque<NotedBatch> batches_;
  std::uint64_t forgotten_ = 0;  // The last batch that is not remembered.
};

}  // namespace headrope
