// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sets of persons, exactly: those below a unit along any hierarchy, those with
// a status under a rule, and what these have together, in common, or apart. How
// several sets overlap, so that their sizes add up to how many persons there
// are.

#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "headrope/answers.hpp"
#include "headrope/pack_answers.hpp"
#include "headrope/table.hpp"

namespace headrope {

/// Some persons of a snapshot.
///
/// One bit for each person of the snapshot, whatever the set: 12.5 MB for a
/// hundred million. Sets are joined, cut and taken apart in place, so that an
/// expression of any depth needs no more than the sets that are kept; only sets
/// of one Snapshot go together. A copy costs the bits.
/// @threads One writer, or any number of readers.
class PersonSet {
 public:
  /// Nobody.
  [[nodiscard]] static PersonSet none(std::shared_ptr<const Snapshot> snapshot);
  /// Every person that the snapshot knows, with a membership or without.
  [[nodiscard]] static PersonSet all(std::shared_ptr<const Snapshot> snapshot);
  /// The persons listed. @returns `invalid_argument` for one that is none of
  /// the snapshot's.
  [[nodiscard]] static Result<PersonSet> of(
      std::shared_ptr<const Snapshot> snapshot,
      std::span<const PersonId> persons);
  /// The members of a unit and of all units below it, by any path, on the day.
  /// @param basis `primary`: by the formal membership; `any`: by any.
  /// @returns `not_found` for a unit without a place in the hierarchy;
  ///   `invalid_argument` for the basis `every`, which counts memberships, and
  ///   for what is not of the snapshot.
  /// @threads Starts `threads.count - 1` threads, 15 at most, with a set each
  ///   meanwhile; the answer does not depend on their number.
  /// @complexity O(persons / 64 + memberships below the unit).
  [[nodiscard]] static Result<PersonSet> below(
      std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
      UnitIndex unit, CountBasis basis = CountBasis::any, Threads threads = {});
  /// The persons whose overall status under a rule is this one.
  /// @returns `invalid_argument` for an assessment of other subjects than
  ///   persons, or of another snapshot. @complexity O(cells + persons / 64).
  [[nodiscard]] static Result<PersonSet> with_status(
      std::shared_ptr<const Snapshot> snapshot, const Assessment& assessment,
      Status status);
  /// The same under a rule of a pack.
  [[nodiscard]] static Result<PersonSet> with_status(
      std::shared_ptr<const Snapshot> snapshot,
      const RuleAssessment& assessment, Status status);

  /// Adds the persons of another set.
  /// @returns `invalid_argument` for a set of another snapshot, and then
  /// nothing
  ///   is changed; so for the two below. @complexity O(persons / 64).
  [[nodiscard]] Result<void> unite(const PersonSet& other);
  /// Keeps only persons of another set too.
  [[nodiscard]] Result<void> intersect(const PersonSet& other);
  /// Takes the persons of another set away.
  [[nodiscard]] Result<void> subtract(const PersonSet& other);

  /// How many persons it has. @complexity O(1).
  [[nodiscard]] std::int64_t size() const { return size_; }
  /// True if a person is in it; false for one that is none of the snapshot's.
  [[nodiscard]] bool contains(PersonId person) const;
  /// Its persons in the order of their ids.
  /// @param from the first id that is looked at.
  /// @param limit so many at most; ask for more from the id after the last.
  /// @complexity O(persons / 64 + persons given).
  [[nodiscard]] std::vector<PersonId> persons(
      PersonId from = PersonId{0},
      std::size_t limit = std::numeric_limits<std::size_t>::max()) const;

  /// The snapshot that it is of.
  [[nodiscard]] const std::shared_ptr<const Snapshot>& snapshot() const {
    return snapshot_;
  }
  /// The bits, 64 persons in a word; those past the last person are 0.
  [[nodiscard]] std::span<const std::uint64_t> words() const { return words_; }

  /// The same persons of the same snapshot.
  friend bool operator==(const PersonSet& left, const PersonSet& right) {
    return left.snapshot_ == right.snapshot_ && left.words_ == right.words_;
  }

 private:
  explicit PersonSet(std::shared_ptr<const Snapshot> snapshot);
  void add(PersonId person);
  void recount();
  template <typename Answer>
  static Result<PersonSet> of_status(std::shared_ptr<const Snapshot> snapshot,
                                     const Answer& assessment, Status status);
  template <typename Combine>
  Result<void> combine(const PersonSet& other, const Combine& how);

  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<std::uint64_t> words_;
  std::int64_t size_ = 0;
};

/// How some sets of persons overlap.
///
/// A combination of sets is a number: bit i stands for set i. Both columns have
/// one count for each of them, and 0 for the combination of none.
struct Overlap {
  std::size_t set_count = 0;
  /// Persons who are in these sets, and in no other.
  std::vector<std::int64_t> exactly;
  /// Persons who are in all of these sets, whatever others they are in.
  std::vector<std::int64_t> common;

  /// How many are in a set.
  [[nodiscard]] std::int64_t size_of(std::size_t set) const {
    return common[std::size_t{1} << set];
  }
  /// How many are in both of two sets.
  [[nodiscard]] std::int64_t in_both(std::size_t one, std::size_t other) const {
    return common[(std::size_t{1} << one) | (std::size_t{1} << other)];
  }
  /// How many are in every set.
  [[nodiscard]] std::int64_t in_all() const { return common.back(); }
  /// How many different persons there are: those in at least one set.
  [[nodiscard]] std::int64_t in_any() const;
};

/// Compares sets of persons. What sizes count several times is taken away and
/// given back until the sum is that of different persons: of the `common` of
/// all combinations, those of an odd number of sets count, those of an even
/// number are taken away.
/// @param sets of one snapshot, 1 to 16.
/// @returns `invalid_argument` for none, for a null one, or for sets of
///   different snapshots; `limit_exceeded` for more than 16.
/// @complexity O(persons / 64 × min(2^sets, 64 × sets)).
[[nodiscard]] Result<Overlap> find_overlap(
    std::span<const PersonSet* const> sets);

/// One row for each combination of sets, the single ones first, then pairs, and
/// so on: `sets` (the labels, joined by " & "), `set_count`, `persons`
/// (`Overlap::common`), `exactly`, and `term`, which is `persons` with the sign
/// with which it counts. The terms add up to the different persons, and so do
/// the exact ones.
/// @param labels one for each set; further ones are left out, missing ones are
///   empty.
[[nodiscard]] Table overlap_table(const Overlap& overlap,
                                  std::span<const std::string> labels);

/// The sum in one line: "party 1,240 + administrative 980 - both 610 = 1,610
/// different persons". From four sets on, those of as many sets are one term.
[[nodiscard]] std::string overlap_sentence(const Overlap& overlap,
                                           std::span<const std::string> labels,
                                           Language language);

/// The persons of a set, by id: `person`, and `unit` and `name` of the formal
/// membership on the day, empty without one.
/// @param limit so many rows at most.
/// @complexity O(units + memberships), for the units.
[[nodiscard]] Table persons_table(
    const PersonSet& set,
    std::size_t limit = std::numeric_limits<std::size_t>::max());

}  // namespace headrope
