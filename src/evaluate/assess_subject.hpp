// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// One subject of a flat rule: whether it is one, whether it is exempt, and its
// status in a window from its sorted records. `assess` asks it of all subjects,
// live figures of the one whose records changed.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/checked.hpp"
#include "evaluate/reduce.hpp"
#include "headrope/answers.hpp"

namespace headrope {

/// The range with an open end closed the day after the snapshot's.
[[nodiscard]] inline Interval closed_until(Interval range, Date as_of) {
  if (range.valid_until.is_open()) range.valid_until = add_days(as_of, 1);
  return range;
}

/// The part of a window that lies before the day after the snapshot's.
[[nodiscard]] inline Interval cut_to_day(const Interval& window, Date as_of) {
  return window.intersected({Date::open_start(), add_days(as_of, 1)});
}

/// Checks a flat rule and a range of days, and gives its windows.
/// @returns `rule_invalid`, `reduction_refused`, `window_invalid`, and those of
///   unknown ids.
[[nodiscard]] Result<std::vector<Interval>> windows_of_rule(
    const Snapshot& snapshot, const Rule& rule, const Interval& range);

/// Whom a flat rule speaks of.
/// @threads Immutable; any thread. The snapshot and the subjects outlive it.
class SubjectFilter {
 public:
  SubjectFilter(const Snapshot& snapshot, const Subjects& subjects);

  /// The subjects, ascending. @complexity O(units + members).
  [[nodiscard]] std::vector<std::uint32_t> all() const;
  /// True if every unit of the snapshot is one.
  [[nodiscard]] bool is_every_unit() const {
    return subjects_.type == Subjects::Type::units && subjects_.kinds.empty() &&
           subjects_.attributes.empty();
  }
  /// True if the kind of a unit is wanted, of itself or of its members.
  [[nodiscard]] bool counts_unit(UnitIndex unit) const {
    return kind_counts_[snapshot_.kind(unit).value];
  }
  /// True if the attributes of a subject are those asked for.
  [[nodiscard]] bool has_attributes(std::uint32_t subject) const;
  /// True if a test exempts the subject.
  [[nodiscard]] bool is_exempt(std::uint32_t subject) const;

 private:
  [[nodiscard]] std::vector<std::uint32_t> units() const;
  [[nodiscard]] std::vector<std::uint32_t> persons() const;
  [[nodiscard]] bool holds(const AttributeTest& test,
                           std::uint32_t subject) const;

  const Snapshot& snapshot_;
  const Subjects& subjects_;
  std::vector<bool> kind_counts_;  // By KindId.
};

/// The status of one subject in one window.
/// @threads Immutable; any thread. The snapshot and the rule outlive it.
class SubjectAssessor {
 public:
  /// A threshold for one window, as a fraction.
  struct Threshold {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
  };
  /// What is found; a row of an Assessment.
  struct Cell {
    std::int64_t value = 0;
    bool has_value = false;
    Threshold threshold{};
    Status status = Status::not_applicable;
  };

  SubjectAssessor(const Snapshot& snapshot, const Rule& rule)
      : snapshot_(snapshot), rule_(rule) {}

  /// The cell of a subject from its sorted items.
  /// @returns `sum_overflow`. @complexity O(items + spans of life).
  [[nodiscard]] Result<Cell> cell(std::span<const Item> items,
                                  const Interval& window, std::uint32_t subject,
                                  bool is_exempt) const;
  /// Gives a cell that has its value its threshold and status.
  /// @complexity O(spans of life).
  void judge(Cell& cell, const Interval& window, std::uint32_t subject,
             bool is_exempt) const;
  /// True if the window ends after the day of the snapshot.
  [[nodiscard]] bool is_open(const Interval& window) const;
  /// Met if every value that is still possible meets the requirement, unmet if
  /// none does: both are final. Anything else is pending.
  /// @param least,greatest how the ends of what is possible stand to the
  ///   threshold: -1 below, 0 at, 1 above it.
  [[nodiscard]] Status decided(int least, int greatest,
                               const Interval& window) const;

 private:
  /// The smallest and the greatest value that there can be once the window has
  /// closed; nothing: without bound.
  struct Reachable {
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> greatest;
  };

  [[nodiscard]] Status status_of(Cell& cell, const Interval& window,
                                 std::uint32_t subject, bool is_exempt) const;
  [[nodiscard]] std::int64_t lived_days(const Interval& window,
                                        UnitIndex unit) const;
  [[nodiscard]] std::optional<Threshold> threshold_for(
      const Interval& window, std::uint32_t subject) const;
  [[nodiscard]] std::optional<Threshold> threshold_without_start(
      const Interval& window, UnitIndex unit) const;
  [[nodiscard]] Reachable reachable(std::int64_t value,
                                    const Interval& window) const;
  [[nodiscard]] Status tested(std::int64_t value, const Threshold& threshold,
                              const Interval& window) const;

  const Snapshot& snapshot_;
  const Rule& rule_;
};

}  // namespace headrope
