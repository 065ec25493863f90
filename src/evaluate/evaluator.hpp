// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Evaluating conditions and amounts. Every amount comes with the least and the
// greatest value that it can still reach, so that "met" and "unmet" are said
// only when nothing that may still come changes them; anything else is pending.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evaluate/sources.hpp"
#include "headrope/pack_answers.hpp"
#include "rules/pack_model.hpp"

namespace headrope {

/// What is known of a number.
struct Estimate {
  /// Whether there is one.
  enum class State : std::uint8_t {
    known,
    absent,  ///< nothing was reported: unknown, which is not zero
    open     ///< a parameter is left open by the text
  };
  State state = State::known;
  Fraction now{};
  std::optional<Fraction> least{};     ///< that is still possible; none: any
  std::optional<Fraction> greatest{};  ///< that is still possible; none: any
  bool may_vanish = false;  ///< may end without a value, so nothing is final

  /// A number that stays.
  [[nodiscard]] static Estimate of(const Fraction& value) {
    return {State::known, value, value, value, false};
  }
  /// No number, and whether one may still come.
  [[nodiscard]] static Estimate none(State state) {
    return {state, {}, {}, {}, false};
  }
};

/// Whether a condition holds, finally or not.
enum class Truth : std::uint8_t { met, unmet, pending, unknown };

/// Where a condition is asked.
struct EvalContext {
  ThingRef thing{};
  Interval window{};
  const WindowSpec* spec = nullptr;
  bool in_filter = false;  ///< choosing: states are those of the day
  /// What is demanded is scaled by this: lived days of all days.
  Fraction scale{1, 1};
};

/// A pack whose names are the ids of one snapshot.
struct BoundPack {
  PackPointer pack;
  std::vector<PackRule> rules;  ///< copies, bound where `is_bound`
  std::vector<bool> is_bound;
};

/// Binds a rule and all rules that it refers to, and prepares what they read.
/// @returns `kind_unknown`, `measure_unknown`, `role_unknown`,
///   `hierarchy_unknown`.
[[nodiscard]] Result<void> bind(BoundPack& bound, std::size_t rule,
                                const Snapshot& snapshot, Sources& sources);

/// The range asked about with both ends known; see `RuleQuestion`.
[[nodiscard]] Interval closed_range(Interval range, const Pack& pack,
                                    Date as_of);

/// Evaluates bound conditions. Copies share nothing that changes.
/// @threads One thread at a time; one for each thread.
class Evaluator {
 public:
  /// @param lane the pace of the thread, asked for each cell and item.
  Evaluator(const BoundPack& bound, const Sources& sources,
            const Interval& range, const Lane& lane = {});

  /// The day on which it is asked what can still come: that of the snapshot, or
  /// a later one, up to which nothing more came.
  void set_today(Date today);

  [[nodiscard]] Estimate amount(const Amount& amount,
                                const EvalContext& context);
  [[nodiscard]] Truth condition(const Condition& condition,
                                const EvalContext& context);

  /// True if the thing is a subject of the rule.
  [[nodiscard]] bool is_subject(const PackRule& rule, ThingRef thing);
  /// True if a unit is a subject only because its kind follows the rule by
  /// reference.
  [[nodiscard]] bool is_inherited(const PackRule& rule, ThingRef thing) const;
  /// The windows of a rule for a thing. Nothing where there are too many.
  [[nodiscard]] Result<std::vector<Interval>> windows_of(const PackRule& rule,
                                                         ThingRef thing) const;

  /// True if a rule is in force on a day of a window; for one that ends with
  /// the day asked about or has no start, on its last day.
  [[nodiscard]] bool is_in_force(const PackRule& rule,
                                 const Interval& window) const;

  /// One cell of an assessment.
  struct Cell {
    Status status = Status::not_applicable;
    std::optional<Fraction> value{};
    std::optional<Fraction> threshold{};
    std::optional<Status> other_reading{};
    bool is_above = false;
  };
  /// The status of a rule for a subject in a window.
  [[nodiscard]] Cell cell(const PackRule& rule, ThingRef thing,
                          const Interval& window);
  /// The first day on which the cell, pending now, can no longer be met; an
  /// open end if that day does not come.
  [[nodiscard]] Date unmet_from(const PackRule& rule, ThingRef thing,
                                const Interval& window);
  /// Why the last condition was unknown.
  [[nodiscard]] const std::string& reason() const { return reason_; }
  void clear_reason() { reason_.clear(); }

  /// The first error; later answers mean nothing.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  // For explanations.
  /// How an item stands to a selection in a context, but for what depends on
  /// other items.
  [[nodiscard]] ItemVerdict judge(const SourceItem& item,
                                  const Selection& selection,
                                  const EvalContext& context);
  [[nodiscard]] ThingRef ref_of(const SourceItem& item,
                                const Selection& selection) const;
  [[nodiscard]] Fraction value_of(const SourceItem& item) const;
  [[nodiscard]] std::string key_of(const SourceItem& item,
                                   const Selection& selection,
                                   const Amount& amount) const;
  /// The windows that are items of a selection.
  [[nodiscard]] std::vector<Interval> parts_of(const Selection& selection,
                                               const EvalContext& context);
  /// A window up to the day of the snapshot.
  [[nodiscard]] Interval until_today(const Interval& window) const;
  [[nodiscard]] const Sources& sources() const { return sources_; }
  [[nodiscard]] const BoundPack& bound() const { return bound_; }
  /// The thresholds of a comparison after tolerance and proportion.
  [[nodiscard]] Estimate threshold_of(const Condition& condition,
                                      const EvalContext& context);

 private:
  struct Counted;

  void fail(Error error);
  Estimate open_parameter(std::string_view name);
  Fraction checked(const std::optional<Fraction>& value);
  [[nodiscard]] bool is_open(const Interval& window) const;

  /// True if an item counts now, but may no longer when the window ends.
  [[nodiscard]] bool may_end(const SourceItem& item, const Selection& selection,
                             const Interval& window) const;
  Counted count_items(const Selection& selection, const EvalContext& context,
                      const std::vector<Condition>* having);
  Estimate counted(const Amount& amount, const EvalContext& context);
  Estimate reduced(const Amount& amount, const EvalContext& context);
  void widen(Estimate& estimate, Amount::Op op, const Interval& window) const;
  Estimate days(const Amount& amount, const EvalContext& context);
  Estimate distinct(const Amount& amount, const EvalContext& context);
  Estimate share(const Selection& selection, const Condition& having,
                 const EvalContext& context);
  Estimate spread(const Amount& amount, const EvalContext& context);
  Estimate arithmetic(const Amount& amount, const EvalContext& context);
  Estimate combine(Amount::Op op, const Estimate& left, const Estimate& right);
  Estimate quotient(const Estimate& left, const Estimate& right);
  Estimate weighted(const Amount& amount, const EvalContext& context);
  Estimate change(const Amount& amount, const EvalContext& context);
  Estimate attribute(const Amount& amount, const EvalContext& context);
  Estimate parameter(const Amount& amount, const EvalContext& context);
  Estimate choose(const Amount& amount, const EvalContext& context);
  Estimate age(const Amount& amount, const EvalContext& context);
  Estimate of_record(const Amount& amount, const EvalContext& context);

  /// A condition that chooses; notes whether it wants an open parameter.
  Truth filter(const Condition& where, const EvalContext& context);
  Truth compare(const Condition& condition, const EvalContext& context);
  Truth compare_bounds(const Condition& condition, const EvalContext& context,
                       const Estimate& left, const Estimate& right);
  Truth joined(const Condition& condition, const EvalContext& context);
  Truth of_thing(const Condition& condition, const EvalContext& context);
  Truth of_rule(const Condition& condition, const EvalContext& context);
  std::optional<std::string_view> attribute_of(ThingRef thing,
                                               AttributeId attribute) const;

  Cell cell_with(const PackRule& rule, ThingRef thing, const Interval& window,
                 PartialWindow partial);
  void fill_cell(Cell& cell, const PackRule& rule, const EvalContext& context);
  std::optional<Fraction> scale_for(const PackRule& rule, ThingRef thing,
                                    const Interval& window,
                                    PartialWindow partial) const;

  // What the outermost comparison, or joining of conditions, compared last.
  struct Compared {
    std::optional<Fraction> value{};
    std::optional<Fraction> threshold{};
    bool is_above = false;
  };

  const BoundPack& bound_;
  const Sources& sources_;
  Lane lane_;
  const Snapshot& snapshot_;
  const PackModel& model_;
  Interval range_;
  Date today_;
  Compared compared_;
  bool filter_is_open_ = false;
  std::size_t depth_ = 0;  // Of the condition that is decided.
  std::string reason_;
  std::optional<Error> error_;
  // Overall truth of rules that other rules ask, by rule and thing.
  std::vector<std::unordered_map<std::uint32_t, Truth>> known_;
};

}  // namespace headrope
