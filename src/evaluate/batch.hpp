// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tallies of many subjects at once: one way through the records, which stand in
// the order of their subjects, instead of one look-up for each. What it cannot
// do is left to ItemReader and `reduce`, and gives the same numbers.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "headrope/answers.hpp"

namespace headrope {

/// A window as the pass needs it: days from .. until, cut to the day of the
/// snapshot.
struct BatchWindow {
  std::int32_t from = 0;
  std::int32_t until = 0;
};

/// Where the numbers go: cell of subject s and window w at s * windows + w.
struct BatchCells {
  std::span<std::int64_t> values;
  /// Not touched by counts and sums, which everybody has; may then be empty.
  std::span<std::uint8_t> has_value;
};

/// Tallies records of some measures for subjects in ascending order.
///
/// @threads Immutable; any thread, each with its own run of subjects.
class BatchTally {
 public:
  /// @param columns of measures that differ; they and the subjects outlive it.
  BatchTally(std::vector<const RecordColumns*> columns, Reduction reduction,
             std::vector<BatchWindow> windows,
             std::span<const std::uint32_t> subjects);
  /// Of all subjects that there are, from 0 on.
  BatchTally(std::vector<const RecordColumns*> columns, Reduction reduction,
             std::vector<BatchWindow> windows);

  /// True if the reduction can be made in one way through: counts, sums, the
  /// least, the greatest, and the last of one measure.
  [[nodiscard]] bool is_possible() const;

  /// As they were given.
  [[nodiscard]] std::span<const BatchWindow> windows() const {
    return windows_;
  }
  /// The subject at a position.
  [[nodiscard]] std::uint32_t subject(std::size_t at) const {
    return is_dense_ ? static_cast<std::uint32_t>(at) : subjects_[at];
  }

  /// Fills the cells of the subjects first .. last, which have no value before;
  /// counts and sums are added to what the cells hold.
  /// @returns false if a sum left 64 bits on its way; the cells are then
  ///   unspecified. @complexity O(records of the run × windows).
  [[nodiscard]] bool fill(std::size_t first, std::size_t last,
                          const BatchCells& cells) const;

 private:
  [[nodiscard]] bool fill_run(std::size_t first, std::size_t last,
                              const BatchCells& cells) const;
  template <typename Take>
  void for_each_record(const RecordColumns& columns, std::size_t first,
                       std::size_t last, const Take& take) const;
  void count(const RecordColumns& columns, std::size_t first, std::size_t last,
             std::int64_t* values) const;
  [[nodiscard]] bool add(const RecordColumns& columns, std::size_t first,
                         std::size_t last, std::int64_t* values) const;
  void choose(const RecordColumns& columns, std::size_t first, std::size_t last,
              const BatchCells& cells) const;

  std::vector<const RecordColumns*> columns_;
  Reduction reduction_;
  std::vector<BatchWindow> windows_;
  std::span<const std::uint32_t> subjects_;
  bool is_dense_ = true;  // Subject s stands at position s.
};

}  // namespace headrope
