// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The part of the oracle of packs that asks conditions.

#include <algorithm>
#include <array>

#include "support/oracle_calendar.hpp"
#include "support/pack_oracle.hpp"

namespace headrope::oracle {
namespace {

using testing::plan::Amount;
using testing::plan::Condition;

constexpr std::uint8_t bit(Truth truth) {
  return static_cast<std::uint8_t>(truth);
}

constexpr std::uint8_t none = 0;
constexpr std::uint8_t all_ends = 7;
constexpr std::array<Truth, 3> truths{Truth::yes, Truth::no, Truth::unknown};

template <typename T>
bool has(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

Belief fact(bool holds) {
  const Truth truth = holds ? Truth::yes : Truth::no;
  return {truth, bit(truth)};
}

bool compares(const Exact& left, Condition::Sign sign, const Exact& right) {
  switch (sign) {
    case Condition::Sign::at_least:
    case Condition::Sign::at_least_all:
      return !is_less(left, right);
    case Condition::Sign::at_most:
      return !is_less(right, left);
    case Condition::Sign::more_than:
      return is_less(right, left);
    case Condition::Sign::less_than:
      return is_less(left, right);
    case Condition::Sign::equals:
      break;
  }
  return left == right;
}

// Some value up to `high` is at least (with `or_equal`), or more than, some
// value from `low`.
bool can_reach(const End& high, const End& low, bool or_equal) {
  if (!high.at || !low.at || is_less(*low.at, *high.at)) {
    return true;
  }
  return or_equal && *high.at == *low.at && high.is_reached && low.is_reached;
}

bool may_hold(const Outcome& left, Condition::Sign sign, const Outcome& right) {
  switch (sign) {
    case Condition::Sign::at_least:
    case Condition::Sign::at_least_all:
      return can_reach(left.high, right.low, true);
    case Condition::Sign::at_most:
      return can_reach(right.high, left.low, true);
    case Condition::Sign::more_than:
      return can_reach(left.high, right.low, false);
    case Condition::Sign::less_than:
      return can_reach(right.high, left.low, false);
    case Condition::Sign::equals:
      break;
  }
  return can_reach(left.high, right.low, true) &&
         can_reach(right.high, left.low, true);
}

bool may_fail(const Outcome& left, Condition::Sign sign, const Outcome& right) {
  switch (sign) {
    case Condition::Sign::at_least:
    case Condition::Sign::at_least_all:
      return may_hold(left, Condition::Sign::less_than, right);
    case Condition::Sign::at_most:
      return may_hold(left, Condition::Sign::more_than, right);
    case Condition::Sign::more_than:
      return may_hold(left, Condition::Sign::at_most, right);
    case Condition::Sign::less_than:
      return may_hold(left, Condition::Sign::at_least, right);
    case Condition::Sign::equals:
      break;
  }
  return may_hold(left, Condition::Sign::less_than, right) ||
         may_hold(left, Condition::Sign::more_than, right);
}

Belief compared(const Outcome& left, Condition::Sign sign,
                const Outcome& right) {
  Belief belief;
  belief.is_open = left.is_open || right.is_open;
  if (left.now && right.now) {
    belief.now = compares(*left.now, sign, *right.now) ? Truth::yes : Truth::no;
  }
  // On the left a day on which nothing was held meets nothing.
  const bool is_never = !left.may_have && left.is_known_lack;
  if ((left.may_lack && !left.is_known_lack) || (right.may_lack && !is_never)) {
    belief.ends |= bit(Truth::unknown);
  }
  if (left.may_lack && left.is_known_lack) {
    belief.ends |= bit(Truth::no);
  }
  if (!left.now && left.is_known_lack) {
    belief.now = Truth::no;
  }
  if (left.may_have && right.may_have) {
    belief.ends |= may_hold(left, sign, right) ? bit(Truth::yes) : none;
    belief.ends |= may_fail(left, sign, right) ? bit(Truth::no) : none;
  }
  return belief;
}

// Whether an amount grows with the days of its window, so that part of a
// window asks for part of the threshold.
bool grows(const Amount& amount) {
  return amount.type == Amount::Type::count ||
         amount.type == Amount::Type::sum || amount.type == Amount::Type::days;
}

// Of `yes` truths, and `unknown` ones, among `all`: are there `needed`?
Truth settled(std::size_t yes, std::size_t unknown, std::size_t needed) {
  return yes >= needed             ? Truth::yes
         : yes + unknown >= needed ? Truth::unknown
                                   : Truth::no;
}

Truth opposite(Truth truth) {
  return truth == Truth::yes  ? Truth::no
         : truth == Truth::no ? Truth::yes
                              : truth;
}

// Every way in which the beliefs may end.
Belief joined(const std::vector<Belief>& parts, std::size_t needed) {
  std::set<std::pair<std::size_t, std::size_t>> tallies{{0, 0}};
  std::size_t yes = 0;
  std::size_t unknown = 0;
  for (const Belief& part : parts) {
    yes += part.now == Truth::yes ? 1 : 0;
    unknown += part.now == Truth::unknown ? 1 : 0;
    std::set<std::pair<std::size_t, std::size_t>> next;
    for (const auto& [y, u] : tallies) {
      for (const Truth truth : truths) {
        if (part.may(truth)) {
          next.emplace(y + (truth == Truth::yes ? 1 : 0),
                       u + (truth == Truth::unknown ? 1 : 0));
        }
      }
    }
    tallies = next;
  }
  Belief belief{settled(yes, unknown, needed), 0};
  for (const Belief& part : parts) {
    belief.is_open = belief.is_open || part.is_open;
  }
  for (const auto& [y, u] : tallies) {
    belief.ends |= bit(settled(y, u, needed));
  }
  return belief;
}

}  // namespace

Belief for_good(Belief belief) {
  const bool may_fail = belief.ends != bit(Truth::yes);
  if (may_fail && belief.now == Truth::yes) {
    belief.now = Truth::no;
  }
  return belief;
}

// The place of a word in the scale, the lowest being 0.
std::optional<Exact> PackOracle::place(const std::optional<Name>& word) const {
  for (std::size_t i = 0; i < pack_.scale.size(); ++i) {
    if (word && pack_.scale[i] == *word) {
      return exact(static_cast<Wide>(i));
    }
  }
  return std::nullopt;
}

Belief PackOracle::ask(const Condition& condition, const Asked& asked) const {
  switch (condition.type) {
    case Condition::Type::compare:
    case Condition::Type::range:
      return ask_comparison(condition, asked);
    case Condition::Type::all:
    case Condition::Type::any:
    case Condition::Type::some:
    case Condition::Type::negation:
      return ask_parts(condition, asked);
    case Condition::Type::rule:
      return ask_rule(condition, asked);
    case Condition::Type::scale: {
      const std::optional<Exact> now =
          place(attribute(asked.thing, condition.name));
      const Exact wanted = *place(condition.words[0]);
      const Truth truth = !now                    ? Truth::unknown
                          : is_less(*now, wanted) ? Truth::no
                                                  : Truth::yes;
      return {truth, may_change(asked) ? all_ends : bit(truth), false};
    }
    case Condition::Type::kind:
    case Condition::Type::member_of:
      return fact(ask_fact(condition, asked));
    default:
      return fact_of(asked, ask_fact(condition, asked));
  }
}

// A fact of the day may be another at the end of a window that is open; those
// of records, which hold on the record's first day, are settled.
Belief PackOracle::fact_of(const Asked& asked, bool holds) const {
  Belief belief = fact(holds);
  if (may_change(asked)) {
    belief.ends = bit(Truth::yes) | bit(Truth::no);
  }
  return belief;
}

// What the left side is compared with, as the readings have it.
Outcome PackOracle::threshold(const Condition& condition,
                              const Asked& asked) const {
  Outcome right;
  if (condition.sign == Condition::Sign::at_least_all) {
    const Exact all =
        exact(static_cast<Wide>(condition.amounts[0].among.size()));
    right = {all, false, true, {all}, {all}};
  } else {
    right = reckon(condition.amounts[1], asked);
  }
  Exact factor = grows(condition.amounts[0]) ? asked.part : Exact{1, 1};
  if (condition.is_basically && pack_.basically) {
    factor = times(factor, exact(*pack_.basically));
  } else if (condition.is_basically) {
    return {std::nullopt, true, false, {}, {}, false, true};
  }
  for (std::optional<Exact>* each :
       {&right.now, &right.low.at, &right.high.at}) {
    if (*each) {
      *each = times(**each, factor);
    }
  }
  return right;
}

Belief PackOracle::ask_comparison(const Condition& condition,
                                  const Asked& asked) const {
  const Outcome left = reckon(condition.amounts[0], asked);
  const Outcome right = threshold(condition, asked);
  if (condition.type == Condition::Type::range) {
    const Belief low = compared(left, Condition::Sign::at_least, right);
    if (!pack_.both_bounds) {
      return low;
    }
    const Belief high = compared(left, Condition::Sign::at_most,
                                 reckon(condition.amounts[2], asked));
    return joined({low, high}, 2);
  }
  const bool is_strict = condition.is_below && pack_.below_exclusive;
  return compared(left, is_strict ? Condition::Sign::less_than : condition.sign,
                  right);
}

Belief PackOracle::ask_parts(const Condition& condition,
                             const Asked& asked) const {
  std::vector<Belief> parts;
  for (const Condition& part : condition.parts) {
    parts.push_back(ask(part, asked));
  }
  switch (condition.type) {
    case Condition::Type::all:
      return joined(parts, parts.size());
    case Condition::Type::any:
      return joined(parts, 1);
    case Condition::Type::some:
      return joined(parts, static_cast<std::size_t>(condition.some));
    default: {
      Belief belief{opposite(parts[0].now), 0, parts[0].is_open};
      for (const Truth truth : truths) {
        belief.ends |= parts[0].may(truth) ? bit(opposite(truth)) : none;
      }
      return belief;
    }
  }
}

bool PackOracle::ask_fact(const Condition& condition,
                          const Asked& asked) const {
  const Entity& thing = asked.thing;
  const std::optional<Name> value = attribute(thing, condition.name);
  switch (condition.type) {
    case Condition::Type::in:
      return value && has(condition.words, *value);
    case Condition::Type::not_in:
      return !value || !has(condition.words, *value);
    case Condition::Type::present:
      return value.has_value();
    case Condition::Type::absent:
      return !value.has_value();
    case Condition::Type::kind:
      return is_of_kinds(UnitId{thing.index}, condition.words);
    case Condition::Type::weekday:
      return has(condition.weekdays,
                 Calendar::instance().weekday(
                     registry_.records()[thing.index].valid.valid_from));
    default:
      break;
  }
  PackRule members;
  members.names = condition.words;
  return is_named(members, thing);
}

// Met by the same subject, over all windows of the range asked about.
Belief PackOracle::ask_rule(const Condition& condition,
                            const Asked& asked) const {
  for (std::size_t i = 0; i < pack_.rules.size(); ++i) {
    if (pack_.rules[i].id != condition.name) {
      continue;
    }
    const PackVerdicts verdicts = assess(i);
    const auto found = verdicts.by_subject.find(identity(asked.thing));
    if (found == verdicts.by_subject.end()) {
      return fact(false);
    }
    switch (overall(found->second)) {
      case Status::met:
        return fact(true);
      case Status::pending:
        return {Truth::no,
                static_cast<std::uint8_t>(bit(Truth::yes) | bit(Truth::no))};
      case Status::not_evaluable:
        return {Truth::unknown, bit(Truth::unknown)};
      default:
        return fact(false);
    }
  }
  return fact(false);
}

}  // namespace headrope::oracle
