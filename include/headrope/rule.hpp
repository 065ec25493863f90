// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a rule is: for each subject, in each window, a test of a tally. The
// four parts are plain structs, so that a rule can be written in code, on a
// command line, or read from a file.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "headrope/date.hpp"
#include "headrope/ids.hpp"
#include "headrope/model.hpp"

namespace headrope {

/// A test of an attribute on the day of the snapshot. A subject without the
/// attribute is in no list, so `none_of` holds for it.
struct AttributeTest {
  AttributeId attribute{};
  std::vector<std::string> values{};
  bool none_of = false;  ///< false: one of the values; true: none of them
};

/// Whom a rule speaks of.
struct Subjects {
  /// What kind of subject.
  enum class Type : std::uint8_t { units, persons };
  Type type = Type::units;
  /// Units: of these kinds, or below them in the is-a tree; empty: all.
  /// Persons: members of such units on the day, by any membership.
  std::vector<KindId> kinds{};
  std::vector<AttributeTest> attributes{};  ///< all must hold
  std::vector<AttributeTest> exempt{};      ///< one that holds exempts
};

/// How the records of a subject become one number.
enum class Reduction : std::uint8_t {
  count,          ///< records whose first day lies in the window
  sum,            ///< their values
  distinct_days,  ///< different days covered, cut to the window
  /// Value of the last record begun before the window's end; of several with
  /// the same days, the greatest.
  last,
  least,    ///< smallest value among those that begin in the window
  greatest  ///< largest such value
};

/// A set of attendance statuses.
struct PresenceSet {
  std::uint8_t bits = 0;

  /// The set of some statuses.
  [[nodiscard]] static constexpr PresenceSet of(
      std::initializer_list<Presence> list) {
    PresenceSet set;
    for (const Presence presence : list) {
      set.bits |= static_cast<std::uint8_t>(1U << static_cast<int>(presence));
    }
    return set;
  }
  /// True if a status is in the set.
  [[nodiscard]] constexpr bool contains(Presence presence) const {
    return ((bits >> static_cast<int>(presence)) & 1U) != 0;
  }
};

/// Present, late or made up: those who count as having attended.
inline constexpr PresenceSet attended_presences =
    PresenceSet::of({Presence::present, Presence::late, Presence::made_up});

/// From what and how a number is made.
struct Tally {
  /// What is tallied.
  enum class Source : std::uint8_t {
    records,    ///< of the subject itself
    attendance  ///< records the person attended; subjects are persons
  };
  Source source = Source::records;
  std::vector<MeasureId> measures{};  ///< at least one
  Reduction reduction = Reduction::count;
  PresenceSet presences = attended_presences;  ///< for attendance
  /// Units: also credit records of units above, in this hierarchy, that reach
  /// the subtree (joint sessions). None: own records only.
  HierarchyId credit_along{};
};

/// How the number is compared.
enum class Comparison : std::uint8_t { at_least, at_most, equal };

/// The test; without a threshold the rule is `not_evaluable`.
struct Requirement {
  Comparison comparison = Comparison::at_least;
  std::optional<std::int64_t> threshold{};  ///< in the tally's own unit
};

/// What becomes of a window in which the subject lived only in part. In a
/// window without a known start, `pro_rata` is read like `any_day`.
enum class PartialWindow : std::uint8_t {
  full_only,  ///< not applicable
  any_day,    ///< the whole threshold, if it lived one day
  pro_rata,   ///< the threshold in proportion to the days, compared exactly
  at_end      ///< the whole threshold, if it lived on the last day
};

/// A rule.
struct Rule {
  std::string id{};
  Subjects subjects{};
  Tally tally{};
  Period period = Period::whole;  ///< one window for each, in the range asked
  Requirement requirement{};
  PartialWindow partial = PartialWindow::any_day;
  /// Windows that begin outside are `not_in_force`; one without a known start
  /// begins before every day.
  Interval in_force{};
};

}  // namespace headrope
