// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The oracle: a plain, slow evaluator, written from the documents alone, that
// tests compare with the library. It scans every row for every question, keeps
// sets of the user's own identities, and knows nothing of places.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <headrope/answers.hpp>
#include <headrope/registry.hpp>

namespace headrope::oracle {

using Name = std::string;  // The identity of a unit, person or record.
using Names = std::set<Name>;
__extension__ using Wide = __int128;  // Sums that cannot overflow in a test.

[[nodiscard]] bool fits_int64(Wide value);

/// A hierarchy on a day: who stands directly below whom.
struct Shape {
  Names roots;
  std::map<Name, Names> children;
  Names placed;   ///< reached from a root
  Names orphans;  ///< roots, or left out, for want of a link that holds
};

/// One number; nothing was recorded if `has_value` is false.
struct Number {
  Wide value = 0;
  bool has_value = false;
};

/// The status of one subject in one window.
struct Verdict {
  Status status = Status::not_applicable;
  Number number;
  Wide threshold_numerator = 0;
  Wide threshold_denominator = 1;
};

/// The verdicts of a rule, window by window, for each subject.
struct Verdicts {
  std::vector<Interval> windows;
  std::map<Name, std::vector<Verdict>> by_subject;
};

/// The status of a subject over all windows.
[[nodiscard]] Status overall(const std::vector<Verdict>& verdicts);

/// A mark of attendance: person, record, presence.
using MarkName = std::tuple<Name, Name, Presence>;

/// What attendance amounts to.
struct Attended {
  std::map<Name, std::array<std::int64_t, 5>> own;  ///< per unit that held it
  std::multiset<MarkName> strangers;
  std::int64_t unplaced = 0;
};

/// A Registry seen on a day, with what the books said on another.
class Oracle {
 public:
  Oracle(const Registry& registry, Date as_of, Date known_on = latest_day)
      : registry_(registry), as_of_(as_of), known_on_(known_on) {}

  // The structure.
  [[nodiscard]] bool lives(UnitId unit, Date day) const;
  [[nodiscard]] Names living_units() const;
  [[nodiscard]] const UnitState* state(UnitId unit) const;
  [[nodiscard]] std::vector<Interval> life(UnitId unit) const;
  [[nodiscard]] Shape shape(HierarchyId hierarchy) const;
  /// Persons with a membership of the day in a unit.
  [[nodiscard]] Names members(const Name& unit, Standing standing) const;
  [[nodiscard]] std::optional<Name> attribute(const Entity& subject,
                                              AttributeId attribute) const;

  // Counting.
  [[nodiscard]] std::int64_t count_members(const Names& units,
                                           CountBasis basis) const;
  /// The persons whom a basis counts below units; with `every`, once for each
  /// membership.
  [[nodiscard]] std::multiset<Name> counted_members(const Names& units,
                                                    CountBasis basis) const;

  // Records, in the order of their rows.
  [[nodiscard]] std::set<RecordId> unit_records(
      UnitId unit, const std::vector<MeasureId>& measures) const;
  [[nodiscard]] std::set<RecordId> credited_records(UnitId unit,
                                                    const Tally& tally) const;
  [[nodiscard]] std::set<RecordId> person_records(PersonId person,
                                                  const Tally& tally) const;
  /// The records of a window up to the day of the snapshot, as one number.
  [[nodiscard]] Number reduce(const std::set<RecordId>& records,
                              Reduction reduction,
                              const Interval& window) const;

  // Rules.
  [[nodiscard]] Verdicts assess(const Rule& rule, const Interval& range) const;
  [[nodiscard]] Attended attendance(HierarchyId hierarchy,
                                    const std::vector<MeasureId>& measures,
                                    const Interval& window) const;

 private:
  [[nodiscard]] bool known(const Interval& recorded) const;
  template <typename Row>
  [[nodiscard]] bool holds(const Row& row) const {
    return known(row.recorded) && row.valid.contains(as_of_);
  }
  [[nodiscard]] bool belongs(PersonId person, const Names& units,
                             Date day) const;
  [[nodiscard]] bool is_subject(UnitId unit, const Subjects& subjects) const;
  [[nodiscard]] bool is_subject(PersonId person,
                                const Subjects& subjects) const;
  [[nodiscard]] bool passes(const Entity& subject,
                            const AttributeTest& test) const;
  [[nodiscard]] bool passes_all(const Entity& subject,
                                const std::vector<AttributeTest>& tests) const;
  [[nodiscard]] bool passes_any(const Entity& subject,
                                const std::vector<AttributeTest>& tests) const;
  [[nodiscard]] std::vector<Interval> windows_of(const Rule& rule,
                                                 const Interval& range) const;
  [[nodiscard]] Verdict judge(const Rule& rule, const Interval& window,
                              const Entity& subject,
                              const std::vector<Interval>& life,
                              const std::set<RecordId>& records) const;
  [[nodiscard]] Status settle(const Rule& rule, const Interval& window,
                              const Verdict& verdict) const;

  [[nodiscard]] Name name(UnitId unit) const;
  [[nodiscard]] Name name(PersonId person) const;

  const Registry& registry_;
  Date as_of_;
  Date known_on_;
};

/// A unit and all units below it by any path, each once.
[[nodiscard]] Names descendants(const Shape& shape, const Name& unit);

/// All units above a unit by any path, without itself.
[[nodiscard]] Names ancestors(const Shape& shape, const Name& unit);

}  // namespace headrope::oracle
