// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every threshold at every node without a new pass: an index over the values of
// subjects that answers, for any unit, how many at and below it reach a
// threshold, and which threshold a wished part of them would reach.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "headrope/answers.hpp"
#include "headrope/fraction.hpp"
#include "headrope/pack_answers.hpp"
#include "headrope/table.hpp"

namespace headrope {

/// How many subjects at and below a unit have a value, and how many are asked
/// for one but have none.
struct KnownCounts {
  std::int64_t known = 0;
  std::int64_t unknown = 0;
};

/// The hardest threshold that a wished part of the subjects reaches.
struct ThresholdAt {
  Fraction threshold{};   ///< a value that a subject has
  std::int64_t met = 0;   ///< subjects that reach it; as many as wished or more
  std::int64_t tied = 0;  ///< of these, those with exactly this value
  std::int64_t known = 0;  ///< subjects with a value
};

/// The values of subjects, by place and by size.
///
/// A subject counts once at and below a unit, also where it is below by several
/// paths. Subjects without a value are never counted with the others. It takes
/// 1.15 bits for each subject and bit of the number of different values (1,000
/// of them: 10 bits), 1.15 bits for each place if a subject has no value, and
/// 16 bytes for each different value; where several subjects stand at a place,
/// 32 bits for each place.
/// @threads Immutable; any thread. Not copyable.
class SpectrumIndex {
 public:
  ~SpectrumIndex();
  SpectrumIndex(SpectrumIndex&&) noexcept;
  SpectrumIndex& operator=(SpectrumIndex&&) noexcept;

  /// Indexes one value for each unit.
  /// @param has_value 0: unknown, which is not zero.
  /// @returns `invalid_argument` unless there is one value for each unit of the
  ///   snapshot, and the hierarchy is one of its.
  /// @complexity O(places × log values + units log units), and O(depth) for
  ///   each further place of a unit.
  [[nodiscard]] static Result<SpectrumIndex> make(
      std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
      std::span<const std::int64_t> per_unit,
      std::span<const std::uint8_t> has_value);

  /// Indexes the values of an assessment, of several windows the hardest of
  /// each subject. Subjects that the rule does not ask are left out.
  /// @param basis how persons are counted, as `cover` does.
  /// @returns `rule_invalid` for a rule of several windows that compares for
  ///   equality, since none of two values is the harder; `invalid_argument`
  ///   for an assessment of another snapshot; `limit_exceeded` for more than
  ///   2^32 - 1 subjects and places.
  [[nodiscard]] static Result<SpectrumIndex> make(
      std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
      const Assessment& assessment, CountBasis basis = CountBasis::primary);

  /// The same of a rule of a pack; posts and records count at their unit.
  /// @returns `rule_invalid` too for a rule that has no `spectrum`, or whose
  ///   subjects are duties.
  [[nodiscard]] static Result<SpectrumIndex> make(
      std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
      const RuleAssessment& assessment, CountBasis basis = CountBasis::primary);

  /// What the subjects at and below a unit are; none for a unit outside the
  /// hierarchy, and so for all questions below. @complexity O(1).
  [[nodiscard]] KnownCounts counts(UnitIndex unit) const;

  /// How many subjects at and below a unit have a value that is at least, at
  /// most, or equal to one. @complexity O(log values).
  [[nodiscard]] std::int64_t count(UnitIndex unit, Comparison comparison,
                                   const Fraction& threshold) const;

  /// The value that so many others do not exceed: that of the subject at
  /// position `rank`, from 0, in the order of values. Nothing if there are not
  /// so many. @complexity O(log values).
  [[nodiscard]] std::optional<Fraction> value_at(UnitIndex unit,
                                                 std::int64_t rank) const;

  /// The hardest threshold that at least `part` of `whole` of the subjects with
  /// a value reach: `at_least` the greatest, `at_most` the smallest. Exact; no
  /// part is rounded. Nothing if no threshold does, if no subject has a value,
  /// for a `whole` below 1, and for `equal`. @complexity O(log values).
  [[nodiscard]] std::optional<ThresholdAt> threshold_for(
      UnitIndex unit, Comparison comparison, std::int64_t part,
      std::int64_t whole) const;

  /// How the rule compares; `at_least` where there was no rule.
  [[nodiscard]] Comparison comparison() const;
  /// How many different values there are.
  [[nodiscard]] std::size_t value_count() const;
  /// What it takes, without the snapshot.
  [[nodiscard]] std::size_t byte_count() const;

 private:
  struct Parts;
  explicit SpectrumIndex(std::unique_ptr<const Parts> parts);

  std::unique_ptr<const Parts> parts_;
};

/// The coverage at and below a unit at each value that a subject there has,
/// from the easiest threshold on: `threshold`, `met`, `eligible` (subjects with
/// a value), `rate` and `tied` (how many have exactly this value).
/// @complexity O(values below the unit × log values).
[[nodiscard]] Table spectrum_table(const SpectrumIndex& index, UnitIndex unit);

}  // namespace headrope
