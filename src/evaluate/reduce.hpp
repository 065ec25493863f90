// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the records of one subject to one number for each window.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "headrope/answers.hpp"

namespace headrope {

/// A record, as far as a tally looks at it.
struct Item {
  std::int32_t valid_from = 0;
  std::int32_t valid_until = 0;
  std::int64_t value = 0;
  std::uint32_t record = 0;
};

/// The order of items: by first day, last day, value and record.
[[nodiscard]] inline bool item_before(const Item& left, const Item& right) {
  return std::tuple(left.valid_from, left.valid_until, left.value,
                    left.record) < std::tuple(right.valid_from,
                                              right.valid_until, right.value,
                                              right.record);
}

/// Reduces items that are sorted by first day, last day and value.
/// @param window already cut to the day of the snapshot.
/// @returns nothing where there is no value: `last`, `least` and `greatest` of
/// no
///   item; `sum_overflow`.
[[nodiscard]] Result<std::optional<std::int64_t>> reduce(
    std::span<const Item> items, Reduction reduction, const Interval& window);

/// Gives the items of one subject after another, which must be asked for in
/// ascending order.
///
/// @threads One thread at a time.
class ItemReader {
 public:
  /// Records of units, with those credited from above if the tally says so.
  /// Persons: their own records, or the records that they attended.
  /// @param first no subject before it is asked for.
  ItemReader(const Snapshot& snapshot, const Tally& tally,
             Subjects::Type subjects, std::uint32_t first = 0);

  /// The items of a subject, sorted; valid until the next call.
  [[nodiscard]] std::span<const Item> of(std::uint32_t subject);

 private:
  void add_own(std::uint32_t subject);
  void add_credited(UnitIndex unit);
  void add_attended(PersonId person);

  const Snapshot& snapshot_;
  const Tally& tally_;
  const Forest* credit_forest_ = nullptr;
  std::vector<const RecordColumns*> columns_;
  std::vector<std::size_t> next_;  // Where the next subject of each begins.
  std::size_t next_mark_ = 0;
  std::vector<bool> counts_measure_;
  // For each measure, the reaching records by unit: units ascending.
  std::vector<bool> has_reaching_;
  std::vector<Item> items_;
};

}  // namespace headrope
