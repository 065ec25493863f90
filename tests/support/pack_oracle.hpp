// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The oracle of rule packs: a plain, slow judge, written from the documents
// alone, of the rules that a plan describes. It scans all rows for each
// question and reckons with exact fractions.
//
// Of a window that is still open it follows what may come out: the interval of
// the values that an amount may end with, and which of true, false and unknown
// a condition may end with. Parts are taken as independent of each other.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/oracle.hpp"
#include "support/pack_plan.hpp"
#include <headrope/answers.hpp>
#include <headrope/registry.hpp>

namespace headrope::oracle {

/// An exact number of 128 bits, in lowest terms.
struct Exact {
  Wide top = 0;
  Wide bottom = 1;
  friend bool operator==(const Exact&, const Exact&) = default;
};
/// Lowest terms; `bottom` must not be 0.
[[nodiscard]] Exact exact(Wide top, Wide bottom = 1);
[[nodiscard]] Exact exact(const Fraction& value);
[[nodiscard]] bool is_less(const Exact& left, const Exact& right);
[[nodiscard]] Exact plus(const Exact& left, const Exact& right);
[[nodiscard]] Exact minus(const Exact& left, const Exact& right);
[[nodiscard]] Exact times(const Exact& left, const Exact& right);
/// `right` must not be 0.
[[nodiscard]] Exact over(const Exact& left, const Exact& right);

/// One end of what may come out; nothing: without bound.
struct End {
  std::optional<Exact> at{};
  bool is_reached = true;  ///< false: only ever nearer
};

/// An amount now, and what it may end with.
struct Outcome {
  std::optional<Exact> now{};
  bool may_lack = false;  ///< may end without a value
  bool may_have = false;  ///< may end with one, from `low` to `high`
  End low{}, high{};
  /// Without a value nothing was held yet, which is known and meets nothing.
  bool is_known_lack = false;
  /// Needs a number that the text leaves open.
  bool is_open = false;
};

/// True, false or unknown.
enum class Truth : std::uint8_t { yes = 1, no = 2, unknown = 4 };

/// A condition now, and what it may end with, as bits of Truth.
struct Belief {
  Truth now = Truth::unknown;
  std::uint8_t ends = 0;
  bool is_open = false;  ///< needs a number that the text leaves open
  [[nodiscard]] bool may(Truth truth) const {
    return (ends & static_cast<std::uint8_t>(truth)) != 0;
  }
};

/// What counts is only what holds for good: the belief, its truth now being no
/// while it may still fail.
[[nodiscard]] Belief for_good(Belief belief);

/// A cell of an assessment.
struct Cell {
  Status status = Status::not_applicable;
  std::optional<Exact> value{};
  std::optional<Exact> threshold{};
  bool is_above = false;  ///< over the upper bound of a range
};

/// A rule for all its subjects, by identity.
struct PackVerdicts {
  std::vector<Interval> windows;
  std::map<Name, std::vector<Interval>> own_windows;  ///< of `within`
  std::map<Name, std::vector<Cell>> by_subject;
};

/// The status over all windows.
[[nodiscard]] Status overall(const std::vector<Cell>& cells);

/// Judges packs as of a day.
class PackOracle {
 public:
  PackOracle(const Registry& registry, const testing::plan::Pack& pack,
             Date as_of, Date known_on, const Interval& range);

  /// A rule by its position, in the range asked about.
  [[nodiscard]] PackVerdicts assess(std::size_t rule) const;

 private:
  using Amount = testing::plan::Amount;
  using Condition = testing::plan::Condition;
  using Selection = testing::plan::Selection;
  using Window = testing::plan::Window;
  using PackRule = testing::plan::PackRule;

  /// Of whom, when: what amounts and conditions are asked of.
  struct Asked {
    Entity thing;
    Interval window;
    Date decisive;          ///< the day whose parameters count
    Exact part{1, 1};       ///< of thresholds, pro rata
    bool is_where = false;  ///< states are those of the day asked about
  };
  /// Something that may count.
  struct Item {
    Entity thing;
    Interval window{};  ///< of a part of the window
    Belief is_in{};
  };
  /// What a selection gives, and whether more may come.
  struct Items {
    std::vector<Item> list;
    bool may_grow = false;
    bool is_open = false;
  };

  // Windows.
  [[nodiscard]] std::vector<Interval> windows(const Window& window,
                                              const Interval& range) const;
  [[nodiscard]] Date decisive(const Window& window, const Interval& days) const;
  [[nodiscard]] bool is_open(const Interval& window) const;
  [[nodiscard]] Interval until_now(const Interval& window) const;

  // Subjects.
  [[nodiscard]] std::vector<Entity> subjects(const PackRule& rule) const;
  [[nodiscard]] bool is_named(const PackRule& rule, const Entity& thing) const;
  [[nodiscard]] Cell judge(const PackRule& rule, const Entity& subject,
                           const Interval& window) const;
  [[nodiscard]] bool applies(const PackRule& rule, const Entity& subject,
                             const Interval& window, Exact& part) const;
  void fill(const PackRule& rule, const Asked& asked, Cell& cell) const;
  void show(const Condition& condition, const Asked& asked, Cell& cell) const;

  // Selections.
  [[nodiscard]] Items select(const Selection& selection,
                             const Asked& asked) const;
  [[nodiscard]] std::vector<Entity> source(const Selection& selection,
                                           const Asked& asked) const;
  [[nodiscard]] std::vector<Entity> unit_source(const Selection& selection,
                                                UnitId unit) const;
  [[nodiscard]] std::vector<Entity> records_of(const Selection& selection,
                                               const Entity& thing) const;
  [[nodiscard]] bool is_marked(RecordId record, PersonId person,
                               const Selection& selection) const;
  [[nodiscard]] bool counts(const Selection& selection, const Interval& valid,
                            const Interval& window) const;

  [[nodiscard]] bool ends_before(const Selection& selection,
                                 const Entity& thing,
                                 const Interval& window) const;

  // Amounts.
  /// Counts for good, or does not count now.
  [[nodiscard]] static bool is_sure(const Item& item);
  [[nodiscard]] Outcome reckon(const Amount& amount, const Asked& asked) const;
  [[nodiscard]] Outcome reckon_bare(const Amount& amount,
                                    const Asked& asked) const;
  /// Whether a state of the thing may be another at the window's end.
  [[nodiscard]] bool may_change(const Asked& asked) const;
  [[nodiscard]] Outcome of_the_day(const std::optional<Exact>& value,
                                   const Asked& asked) const;
  [[nodiscard]] Outcome reckon_items(const Amount& amount,
                                     const Asked& asked) const;
  [[nodiscard]] Outcome count(const Items& items) const;
  [[nodiscard]] Outcome count_days(const Items& items,
                                   const Asked& asked) const;
  [[nodiscard]] Outcome pick(const Amount& amount, const Items& items,
                             const Asked& asked) const;
  [[nodiscard]] Outcome distinct(const Amount& amount,
                                 const Items& items) const;
  [[nodiscard]] Outcome share(const Amount& amount, const Asked& asked) const;
  [[nodiscard]] Outcome join(const Amount& amount, const Asked& asked) const;
  [[nodiscard]] Outcome weighted(const Amount& amount,
                                 const Asked& asked) const;
  [[nodiscard]] Outcome choose(const Amount& amount, const Asked& asked) const;
  [[nodiscard]] std::optional<Name> value_by(const Entity& thing,
                                             const Name& by) const;

  // Conditions.
  [[nodiscard]] Belief ask(const Condition& condition,
                           const Asked& asked) const;
  [[nodiscard]] std::optional<Exact> place(
      const std::optional<Name>& word) const;
  [[nodiscard]] Belief fact_of(const Asked& asked, bool holds) const;
  [[nodiscard]] Belief ask_comparison(const Condition& condition,
                                      const Asked& asked) const;
  [[nodiscard]] Outcome threshold(const Condition& condition,
                                  const Asked& asked) const;
  [[nodiscard]] Belief ask_parts(const Condition& condition,
                                 const Asked& asked) const;
  [[nodiscard]] bool ask_fact(const Condition& condition,
                              const Asked& asked) const;
  [[nodiscard]] Belief ask_rule(const Condition& condition,
                                const Asked& asked) const;

  // Facts.
  [[nodiscard]] std::optional<Name> attribute(const Entity& thing,
                                              const Name& name) const;
  [[nodiscard]] Exact record_value(RecordId record) const;
  [[nodiscard]] bool is_of_kinds(UnitId unit,
                                 const std::vector<Name>& kinds) const;
  [[nodiscard]] Name identity(const Entity& thing) const;
  [[nodiscard]] Shape shape_of(const Name& hierarchy) const;

  const Registry& registry_;
  const testing::plan::Pack& pack_;
  Oracle facts_;
  Date as_of_;
  Date known_on_;
  Interval range_;
};

}  // namespace headrope::oracle
