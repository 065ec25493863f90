// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Whether a value is tighter is read off the rules: each amount is followed to
// the comparison that it stands in. An amount pulls up or down as it rises or
// falls with the parameter, a condition as it is easier or harder to meet. All
// numbers of rules are taken as not negative.

#include "rules/overlay.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/utf8.hpp"

namespace headrope {
namespace {

// What a rise of the parameter does to something: nothing, raise, lower, both.
class Pull {
 public:
  [[nodiscard]] static Pull none() { return Pull(0); }
  [[nodiscard]] static Pull up() { return Pull(1); }
  [[nodiscard]] Pull reversed() const {
    return Pull(static_cast<std::uint8_t>((bits_ & 1U) << 1U | bits_ >> 1U));
  }
  [[nodiscard]] Pull both_ways() const {
    return Pull(bits_ == 0 ? std::uint8_t{0} : std::uint8_t{3});
  }
  [[nodiscard]] bool is_up() const { return bits_ == 1; }
  [[nodiscard]] bool is_down() const { return bits_ == 2; }
  Pull& operator|=(Pull other) {
    bits_ = static_cast<std::uint8_t>(bits_ | other.bits_);
    return *this;
  }

 private:
  explicit Pull(std::uint8_t bits) : bits_(bits) {}

  std::uint8_t bits_;
};

class PullFinder {
 public:
  explicit PullFinder(std::string_view parameter) : parameter_(parameter) {}

  // Up: a rise of the parameter makes the rule lighter to bear.
  [[nodiscard]] Pull of(const PackRule& rule) const {
    if (rule.force == Force::report) return Pull::none();
    Pull pull = of(rule.require);
    for (const Condition& exempt : rule.exempt) pull |= of(exempt);
    for (const Condition& where : rule.subjects.where) {
      pull |= of(where).reversed();
    }
    return pull;
  }

 private:
  // Up: easier to meet.
  [[nodiscard]] Pull of(const Condition& condition) const {
    Pull pull = Pull::none();
    for (const Condition& part : condition.parts) pull |= of(part);
    if (condition.op == Condition::Op::negation) return pull.reversed();
    if (condition.op == Condition::Op::compare) return of_comparison(condition);
    for (const Amount& count : condition.amounts) {
      pull |= of(count).reversed();
    }
    return pull;
  }

  [[nodiscard]] Pull of_comparison(const Condition& condition) const {
    using Compare = Condition::Compare;
    if (condition.amounts.size() < 2) return Pull::none();
    Pull left = of(condition.amounts[0]);
    const Pull right = of(condition.amounts[1]);
    switch (condition.compare) {
      case Compare::at_least:
      case Compare::more_than:
      case Compare::range:  // What is above is mostly only reported.
        return left |= right.reversed();
      case Compare::at_most:
      case Compare::less_than:
        left = left.reversed();
        return left |= right;
      default:
        return (left |= right).both_ways();
    }
  }

  // Up: greater.
  [[nodiscard]] Pull of(const Amount& amount) const {
    using Op = Amount::Op;
    Pull items = Pull::none();
    for (const Selection& selection : amount.selection) {
      for (const Condition& where : selection.where) items |= of(where);
    }
    switch (amount.op) {
      case Op::parameter:
        return amount.name == parameter_ ? Pull::up() : Pull::none();
      case Op::quotient:
      case Op::difference:
        return of_pair(amount);
      case Op::product:
      case Op::total:
      case Op::weighted:
        return of_parts(amount);
      case Op::change:
        return of_parts(amount).both_ways();
      case Op::choose: {
        Pull pull = of_conditions(amount).both_ways();
        return pull |= of_parts(amount);
      }
      case Op::met:
        return of_conditions(amount);
      case Op::share:
        items = items.both_ways();
        return items |= of_conditions(amount);
      case Op::count:
      case Op::days:
      case Op::distinct:
      case Op::sum:
      case Op::greatest:
      case Op::last_day:
        return items |= of_parts(amount);  // More items make it greater.
      case Op::least:
      case Op::first_day:
        items = items.reversed();
        return items |= of_parts(amount);
      default:
        items |= of_conditions(amount);
        return items.both_ways();
    }
  }

  [[nodiscard]] Pull of_pair(const Amount& amount) const {
    if (amount.parts.size() < 2) return Pull::none();
    Pull pull = of(amount.parts[0]);
    return pull |= of(amount.parts[1]).reversed();
  }

  [[nodiscard]] Pull of_parts(const Amount& amount) const {
    Pull pull = Pull::none();
    for (const Amount& part : amount.parts) pull |= of(part);
    return pull;
  }

  [[nodiscard]] Pull of_conditions(const Amount& amount) const {
    Pull pull = Pull::none();
    for (const Condition& one : amount.conditions) pull |= of(one);
    return pull;
  }

  std::string_view parameter_;
};

// What a rise of a parameter does to those who are judged by the rules that are
// still in force on a day.
Pull pull_of(const PackModel& base, std::string_view parameter, Date day) {
  const PullFinder finder(parameter);
  Pull pull = Pull::none();
  for (const PackRule& rule : base.rules) {
    if (day < rule.in_force.valid_until) pull |= finder.of(rule);
  }
  return pull;
}

Tightness tightness_of(Pull pull, const std::optional<Fraction>& before,
                       const std::optional<Fraction>& after) {
  if (before == after) return Tightness::same;
  if (!before) return Tightness::without_clause_above;
  if (!after) return Tightness::changed;
  const bool rises = *after > *before;
  if (pull.is_up()) return rises ? Tightness::looser : Tightness::tighter;
  if (pull.is_down()) return rises ? Tightness::tighter : Tightness::looser;
  return Tightness::changed;
}

// How an overlay's values stand to those of its base.
void note_changes(const PackModel& base, const Parameter& parameter,
                  std::vector<ParameterChange>& changes) {
  if (parameter.values.empty()) return;
  const Parameter* below = base.find_parameter(parameter.id);
  const Pull pull = pull_of(base, parameter.id, parameter.values.front().from);
  for (const ParameterValue& value : parameter.values) {
    ParameterChange change;
    change.parameter = parameter.id;
    change.from = value.from;
    change.after = value.value;
    change.clause = value.clause;
    const ParameterValue* before =
        below == nullptr ? nullptr : below->on(value.from);
    if (before != nullptr) change.before = before->value;
    change.tightness = tightness_of(pull, change.before, change.after);
    changes.push_back(std::move(change));
  }
}

void merge_parameter(Parameter& below, Parameter above) {
  if (!above.title.is_empty()) below.title = std::move(above.title);
  if (!above.unit.empty()) below.unit = std::move(above.unit);
  if (above.values.empty()) return;
  const Date first = above.values.front().from;
  std::erase_if(below.values, [&](const ParameterValue& value) {
    return value.from >= first;
  });
  std::move(above.values.begin(), above.values.end(),
            std::back_inserter(below.values));
}

void merge_parameters(PackModel& merged, std::vector<Parameter> above) {
  std::vector<Parameter> added;
  for (Parameter& parameter : above) {
    const auto below = std::find_if(
        merged.parameters.begin(), merged.parameters.end(),
        [&](const Parameter& one) { return one.id == parameter.id; });
    if (below == merged.parameters.end()) {
      added.push_back(std::move(parameter));
    } else {
      merge_parameter(*below, std::move(parameter));
    }
  }
  std::move(added.begin(), added.end(), std::back_inserter(merged.parameters));
  std::sort(merged.parameters.begin(), merged.parameters.end(),
            [](const Parameter& left, const Parameter& right) {
              return left.id < right.id;
            });
}

template <typename List>
void append(List& list, List more) {
  std::move(more.begin(), more.end(), std::back_inserter(list));
}

}  // namespace

PackModel apply_overlay(const PackModel& base, PackModel overlay) {
  PackModel merged = base;
  merged.changes.clear();
  for (const Parameter& parameter : overlay.parameters) {
    note_changes(base, parameter, merged.changes);
  }
  const Date first = overlay.in_force.valid_from;
  for (PackRule& rule : merged.rules) {
    const bool is_repealed =
        std::find(overlay.repeals.begin(), overlay.repeals.end(), rule.id) !=
        overlay.repeals.end();
    if (is_repealed && first < rule.in_force.valid_until) {
      rule.in_force.valid_until = first;
    }
  }
  merged.id = std::move(overlay.id);
  merged.title = std::move(overlay.title);
  merged.issuer = std::move(overlay.issuer);
  merged.number = std::move(overlay.number);
  merged.level = std::move(overlay.level);
  merged.source = std::move(overlay.source);
  merged.overlays = std::move(overlay.overlays);
  merged.issued = overlay.issued;
  merged.readings = overlay.readings;
  for (PackRule& rule : merged.rules) {
    if (!rule.has_partial) rule.partial = merged.readings.partial;
  }
  merged.repeals = std::move(overlay.repeals);
  merge_parameters(merged, std::move(overlay.parameters));
  merged.groups.merge(overlay.groups);
  append(merged.scales, std::move(overlay.scales));
  append(merged.phases, std::move(overlay.phases));
  append(merged.rules, std::move(overlay.rules));
  append(merged.duties, std::move(overlay.duties));
  append(merged.needs, std::move(overlay.needs));
  append(merged.reported, std::move(overlay.reported));
  append(merged.checks, std::move(overlay.checks));
  return merged;
}

Result<PackPointer> with_parameter(const PackPointer& pack,
                                   std::string_view parameter,
                                   const Fraction& value, Date from) {
  const PackModel& base = pack->model();
  const Parameter* below = base.find_parameter(parameter);
  if (below == nullptr) {
    return Error{Code::parameter_unknown, "pack " + in_quotes(base.id) +
                                              " has no parameter " +
                                              in_quotes(parameter)};
  }
  if (from < base.in_force.valid_from) {
    return Error{Code::overlay_too_early,
                 "pack " + in_quotes(base.id) + " takes effect on " +
                     in_quotes(to_string(base.in_force.valid_from)) +
                     ", and the value would hold from " +
                     in_quotes(to_string(from)) + " on"};
  }
  PackModel overlay;
  overlay.id = base.id;
  overlay.title = base.title;
  overlay.issuer = base.issuer;
  overlay.number = base.number;
  overlay.level = base.level;
  overlay.source = base.source;
  overlay.overlays = base.id;
  overlay.issued = base.issued;
  overlay.in_force = {from, base.in_force.valid_until};
  overlay.readings = base.readings;
  Parameter changed;
  changed.id = below->id;
  changed.values.push_back({from, value, {}, base.id});
  overlay.parameters.push_back(std::move(changed));
  return PackPointer(
      std::make_shared<const Pack>(std::make_unique<const PackModel>(
          apply_overlay(base, std::move(overlay)))));
}

}  // namespace headrope
