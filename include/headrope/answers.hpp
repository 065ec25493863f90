// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The questions a Snapshot answers: roll-ups of figures along a hierarchy,
// distinct members, the status of a rule for each subject, its coverage at
// every node, attendance. Each answer is columns over the places of a Forest.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "headrope/fraction.hpp"
#include "headrope/rule.hpp"
#include "headrope/snapshot.hpp"
#include "headrope/threads.hpp"

namespace headrope {

/// Adds `per_unit` up along a hierarchy: for every place, the sum over the
/// units at and below it. A unit below by several paths is counted once.
/// @param per_unit one value for each unit of the snapshot.
/// @returns one sum for each place; `sum_overflow` if one passes int64 (sums on
///   the way to it may), and `invalid_argument` if a unit of the hierarchy has
///   no value.
/// @threads Starts `threads.count - 1` threads for the call. The answer does
///   not depend on their number.
/// @complexity O(places), and O(depth) for each further place of a unit.
[[nodiscard]] Result<std::vector<std::int64_t>> roll_up(
    const Forest& forest, std::span<const std::int64_t> per_unit,
    Threads threads = {});

/// The same, into memory of the caller's, which spares the time to make it: for
/// millions of units that is as much as the adding.
/// @param sums one for each place; unspecified after an error.
[[nodiscard]] Result<void> roll_up_into(const Forest& forest,
                                        std::span<const std::int64_t> per_unit,
                                        std::span<std::int64_t> sums,
                                        Threads threads = {});

/// Answers the sum at and below one unit in constant time.
///
/// @threads Immutable; any thread.
class SubtreeSums {
 public:
  /// @returns `invalid_argument` unless there is one value for each unit of the
  ///   snapshot; `sum_overflow`. @complexity O(places).
  [[nodiscard]] static Result<SubtreeSums> make(
      std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
      std::span<const std::int64_t> per_unit);

  /// The sum at and below a unit; 0 for a unit outside the hierarchy.
  /// @complexity O(1).
  [[nodiscard]] std::int64_t at(UnitIndex unit) const;

 private:
  std::shared_ptr<const Snapshot> snapshot_;
  const Forest* forest_ = nullptr;
  std::vector<std::int64_t> before_;  // Sum of the places before each place.
};

/// One number for each unit: the tally of its own records in a window. For
/// `count` and `sum`, the records of units that do not live are added to
/// `unplaced`, so that parts and total agree.
struct UnitTally {
  std::vector<std::int64_t> value;      ///< per unit
  std::vector<std::uint8_t> has_value;  ///< 0: unknown, which is not zero
  std::int64_t unplaced = 0;            ///< of records whose unit does not live
  /// Why the values may not be added over units; none: they may.
  std::optional<Error> refusal{};
};

/// Tallies the records of units in a window, up to the day of the snapshot. A
/// unit without records has the count, sum or number of days 0; its `last`,
/// `least` and `greatest` are unknown.
/// @param over_units false if the values are not to be added over units: they
///   may then be of any reduction and with credit for records of units above.
/// @returns `reduction_refused` with the reason where the nature of a measure
///   does not allow the reduction; `sum_overflow`.
/// @threads Starts `threads.count - 1` threads, 63 at most; the answer does not
///   depend on their number.
[[nodiscard]] Result<UnitTally> tally_units(const Snapshot& snapshot,
                                            const Tally& tally,
                                            const Interval& window,
                                            bool over_units = true,
                                            Threads threads = {});

/// Adds the tally of each unit to a number of the caller's, which spares the
/// time to make memory for millions of them. Tallies that are not measured
/// alike are so added by those who know that they may be. Records of units that
/// do not live are left out.
/// @param tally a count or a sum of records.
/// @param values one for each unit of the snapshot; unspecified after
///   `sum_overflow`, untouched after another error.
/// @returns as `tally_units`, but `sum_overflow` also where a sum leaves 64
/// bits
///   on its way; `reduction_refused` for another reduction; `invalid_argument`
///   if there is not one value for each unit.
/// @threads As `tally_units`. @complexity O(units + records of the measures).
[[nodiscard]] Result<void> add_tally(const Snapshot& snapshot,
                                     const Tally& tally, const Interval& window,
                                     std::span<std::int64_t> values,
                                     Threads threads = {});

/// Counts units: 1 for each living unit of one of the kinds, or below it in the
/// is-a tree, 0 for the others. Without kinds every unit is 1.
/// @complexity O(units × kinds).
[[nodiscard]] UnitTally count_units(const Snapshot& snapshot,
                                    std::span<const KindId> kinds);

/// How many decimals the values of a tally have: those of its measure, 0 where
/// records or days are counted.
[[nodiscard]] int decimals_of(const Snapshot& snapshot, const Tally& tally);

/// Refuses what the nature of a measure does not allow: adding a stock over
/// time, adding or averaging ratios, measures of different units together.
/// @param over_units true if the values are then added over units.
[[nodiscard]] Result<void> check_tally(const Snapshot& snapshot,
                                       const Tally& tally, bool over_units);

/// Who is counted, and how often, when persons are counted under a node.
enum class CountBasis : std::uint8_t {
  primary,  ///< each person once, at the formal membership; the official basis
  any,      ///< each person once below a node, by any membership
  every     ///< each membership once
};

/// Counts the members at and below every place, exactly.
/// @threads Starts `threads.count - 1` threads, 15 at most; each takes 8 bytes
///   for each person meanwhile. The answer does not depend on their number.
/// @complexity O(places + memberships × depth).
[[nodiscard]] std::vector<std::int64_t> count_members(const Snapshot& snapshot,
                                                      const Forest& forest,
                                                      CountBasis basis,
                                                      Threads threads = {});

/// The status of a rule for a subject in a window. Met and unmet are final:
/// what may still come cannot change them, corrections aside. The first that
/// fits of not in force, exempt, not applicable and not evaluable goes before
/// them.
enum class Status : std::uint8_t {
  met,
  unmet,
  pending,  ///< the window is open and may end either way
  exempt,
  not_applicable,
  not_in_force,
  not_evaluable  ///< no threshold, or a stock that was never reported
};
inline constexpr std::size_t status_count = 7;

/// The status of a rule for every subject in every window, with the values.
///
/// Columns are row by row: subject s in window w is at s * windows.size() + w.
struct Assessment {
  Rule rule;
  std::vector<Interval> windows;
  std::vector<std::uint32_t> subjects;  ///< UnitIndex or PersonId, ascending
  std::vector<std::int64_t> values;
  std::vector<std::uint8_t> has_value;
  std::vector<Status> statuses;
  /// A threshold that is not the rule's: threshold × days lived / days.
  struct PartThreshold {
    std::size_t cell = 0;
    Fraction threshold{};
    friend bool operator==(const PartThreshold&,
                           const PartThreshold&) = default;
  };
  /// Of subjects that lived for a part of a window, by ascending cell.
  std::vector<PartThreshold> part_thresholds;

  /// Position of a subject and a window in the columns.
  [[nodiscard]] std::size_t at(std::size_t subject, std::size_t window) const {
    return subject * windows.size() + window;
  }
  /// What the value of a cell is compared with; 0 where it is not compared.
  /// @complexity O(log part thresholds).
  [[nodiscard]] Fraction threshold(std::size_t cell) const;
  /// A subject's status over all windows: unmet if one is, then not evaluable,
  /// then pending, then met. If there is none of these, exempt before not
  /// applicable before not in force.
  [[nodiscard]] Status overall(std::size_t subject) const;
};

/// Assesses a rule over a range of days, as of the day of the snapshot: what
/// comes later, whole records or single days of them, does not count. Persons
/// are taken as present throughout; units by their life.
/// @param range must be bounded unless the rule's period is `whole`; the
///   end of an open range is the day after the snapshot's.
/// @returns `rule_invalid`, `reduction_refused`, `window_invalid`,
///   `sum_overflow`.
/// @threads Starts `threads.count - 1` threads, 63 at most; the answer does not
///   depend on their number.
/// @complexity O(records of the measures + subjects × windows).
[[nodiscard]] Result<Assessment> assess(const Snapshot& snapshot,
                                        const Rule& rule, const Interval& range,
                                        Threads threads = {});

/// How many subjects have which status. `eligible` are those that are met,
/// unmet, pending or not evaluable, so met is never above eligible.
struct StatusCounts {
  std::array<std::int64_t, status_count> by_status{};

  /// How many have a status.
  [[nodiscard]] std::int64_t of(Status status) const {
    return by_status[static_cast<std::size_t>(status)];
  }
  /// Met, unmet, pending or not evaluable.
  [[nodiscard]] std::int64_t eligible() const {
    return of(Status::met) + of(Status::unmet) + of(Status::pending) +
           of(Status::not_evaluable);
  }
};

/// The coverage of a rule at every place of a hierarchy.
struct Coverage {
  /// Per status, one count for each place; empty where all are zero.
  std::array<std::vector<std::int64_t>, status_count> by_status;
  std::size_t place_count = 0;
  /// Subjects outside the hierarchy: units without a place, persons without a
  /// membership in one.
  StatusCounts unplaced;

  /// The counts at and below a place.
  [[nodiscard]] StatusCounts at(PlaceIndex place) const;
};

/// Rolls the overall status of every subject up along a hierarchy.
/// @param basis how persons are counted; units are always counted once. On the
///   basis `primary` a person with secondary memberships only is `unplaced`.
/// @complexity O(places × statuses that occur), for persons O(memberships ×
///   depth) too.
[[nodiscard]] Result<Coverage> cover(const Snapshot& snapshot,
                                     const Forest& forest,
                                     const Assessment& assessment,
                                     CountBasis basis = CountBasis::primary,
                                     Threads threads = {});

/// Coverage of a threshold from one value per unit, without an assessment:
/// every unit with a value is eligible, and met if it reaches the threshold.
/// @complexity O(places), two counters in one pass.
struct ThresholdCoverage {
  std::vector<std::uint32_t> eligible;  ///< per place
  std::vector<std::uint32_t> met;       ///< per place
};
/// Counts the units that have a value, and those that reach the threshold, at
/// and below every place.
/// @returns `invalid_argument` if the sizes differ.
[[nodiscard]] Result<ThresholdCoverage> cover_threshold(
    const Forest& forest, std::span<const std::int64_t> per_unit,
    std::span<const std::uint8_t> has_value, std::int64_t threshold,
    Threads threads = {});

/// Attendance at the records of some measures that begin in a window, per
/// unit that held them. A mark counts if the person belonged, on the record's
/// first day, to the unit or to one below it.
struct AttendanceCounts {
  /// By Presence, one count for each place, rolled up.
  std::array<std::vector<std::int64_t>, 5> by_presence;
  /// By Presence, one count for each unit, its own records only.
  std::array<std::vector<std::int64_t>, 5> own;
  /// Marks of persons who did not belong there on that day: not counted.
  std::vector<Mark> strangers;
  /// Marks of records whose unit does not live on the day of the snapshot or
  /// has no place in the hierarchy: not counted.
  std::int64_t unplaced = 0;
};

/// A part of a whole, exactly; the division is left to who shows it.
struct Ratio {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;  ///< 0: there is no ratio
};

/// The mean of the rates of some units, each weighing the same: a figure of its
/// own, never to be taken for the pooled rate. Units with a denominator of 0
/// are left out. Each rate is rounded to nine decimals first.
/// @param numerators from 0 up to the denominator, one for each unit.
[[nodiscard]] Ratio mean_of_rates(std::span<const std::int64_t> numerators,
                                  std::span<const std::int64_t> denominators);

/// Counts attendance along a hierarchy, up to the day of the snapshot. Marks of
/// records without a unit are `unplaced`.
[[nodiscard]] Result<AttendanceCounts> count_attendance(
    const Snapshot& snapshot, const Forest& forest,
    std::span<const MeasureId> measures, const Interval& window);

}  // namespace headrope
