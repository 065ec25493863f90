// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The numbers of one figure at every place, and how a batch changes them: what
// is added where is collected, brought together place by place, checked, and
// only then written, which cannot fail.

#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/checked.hpp"
#include "headrope/result.hpp"
#include "headrope/snapshot.hpp"
#include "live/paged_table.hpp"

namespace headrope {

/// Numbers by place and column that change in batches.
/// @threads As PagedTable.
template <typename Number>
class Cells {
 public:
  Cells(Epochs& epochs, std::size_t number, std::size_t place_count,
        std::size_t column_count)
      : table_(epochs, number, place_count, column_count) {}

  [[nodiscard]] PagedTable<Number>& table() { return table_; }
  [[nodiscard]] const PagedTable<Number>& table() const { return table_; }

  /// Notes that an amount is to be added at some places.
  void add(std::span<const std::uint32_t> places, std::uint32_t column,
           int128 amount) {
    for (const std::uint32_t place : places) {
      deltas_.push_back({amount, place, column});
    }
  }

  /// Works out what is to be written, and makes the pages the writer's own.
  /// @returns `sum_overflow`. @throws std::bad_alloc. No number has changed.
  [[nodiscard]] Result<void> plan() {
    merge();
    writes_.reserve(deltas_.size());
    for (const Delta& delta : deltas_) {
      Number* const numbers = table_.writable(delta.place);
      Number& cell = numbers[delta.column * PagedTable<Number>::fan +
                             delta.place % PagedTable<Number>::fan];
      const int128 after = int128{cell} + delta.amount;
      if (after < std::numeric_limits<Number>::min() ||
          after > std::numeric_limits<Number>::max()) {
        return Error{Code::sum_overflow,
                     "a sum is beyond 64 bits (-2^63 to 2^63 - 1)"};
      }
      writes_.push_back({&cell, static_cast<Number>(after)});
    }
    return {};
  }
  /// How many places and columns change.
  [[nodiscard]] std::size_t change_count() const { return deltas_.size(); }
  /// Writes what was planned, and appends the places, ascending, for which
  /// there must be room.
  void commit(std::vector<PlaceIndex>& places) noexcept {
    for (const Write& write : writes_) *write.cell = write.after;
    std::uint32_t last = PlaceIndex::none_value;
    for (const Delta& delta : deltas_) {
      if (delta.place != last) places.push_back(PlaceIndex{delta.place});
      last = delta.place;
    }
    drop();
  }
  /// Forgets what was noted or planned.
  void drop() noexcept {
    deltas_.clear();
    writes_.clear();
  }

 private:
  struct Delta {
    int128 amount = 0;
    std::uint32_t place = 0;
    std::uint32_t column = 0;
  };
  struct Write {
    Number* cell;
    Number after;
  };

  static std::uint64_t key(const Delta& delta) {
    return (std::uint64_t{delta.place} << 32U) | delta.column;
  }

  // Sorts by place and column, adds up what meets, leaves out what is nothing.
  void merge() {
    const auto before = [](const Delta& left, const Delta& right) {
      return key(left) < key(right);
    };
    std::sort(deltas_.begin(), deltas_.end(), before);
    std::size_t kept = 0;
    for (std::size_t at = 0; at < deltas_.size();) {
      Delta sum = deltas_[at];
      for (++at; at < deltas_.size() && key(deltas_[at]) == key(sum); ++at) {
        sum.amount += deltas_[at].amount;
      }
      if (sum.amount != 0) deltas_[kept++] = sum;
    }
    deltas_.resize(kept);
  }

  PagedTable<Number> table_;
  std::vector<Delta> deltas_;
  std::vector<Write> writes_;
};

}  // namespace headrope
