// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Amounts made from other amounts, and from the bounds of these.

#include "evaluate/evaluator.hpp"

namespace headrope {

Estimate Evaluator::combine(Amount::Op op, const Estimate& left,
                            const Estimate& right) {
  if (left.state == Estimate::State::open ||
      right.state == Estimate::State::open) {
    return Estimate::none(Estimate::State::open);
  }
  if (left.state == Estimate::State::absent ||
      right.state == Estimate::State::absent) {
    return Estimate::none(Estimate::State::absent);
  }
  const auto both = [&](const std::optional<Fraction>& one,
                        const std::optional<Fraction>& other,
                        auto calculate) -> std::optional<Fraction> {
    if (!one || !other) return std::nullopt;
    return checked(calculate(*one, *other));
  };
  Estimate result;
  result.may_vanish = left.may_vanish || right.may_vanish;
  switch (op) {
    case Amount::Op::total:
      result.now = checked(add(left.now, right.now));
      result.least = both(left.least, right.least, add);
      result.greatest = both(left.greatest, right.greatest, add);
      break;
    case Amount::Op::difference:
      result.now = checked(subtract(left.now, right.now));
      result.least = both(left.least, right.greatest, subtract);
      result.greatest = both(left.greatest, right.least, subtract);
      break;
    default: {
      result.now = checked(multiply(left.now, right.now));
      const Fraction zero{};
      const bool no_negative = left.least && right.least &&
                               *left.least >= zero && *right.least >= zero;
      if (no_negative) {
        result.least = both(left.least, right.least, multiply);
        result.greatest = both(left.greatest, right.greatest, multiply);
      } else if (left.least == left.greatest && left.least &&
                 right.least == right.greatest && right.least) {
        result.least = result.greatest = result.now;
      }
      break;
    }
  }
  return result;
}

Estimate Evaluator::quotient(const Estimate& left, const Estimate& right) {
  if (left.state == Estimate::State::open ||
      right.state == Estimate::State::open) {
    return Estimate::none(Estimate::State::open);
  }
  const Fraction zero{};
  if (left.state == Estimate::State::absent ||
      right.state == Estimate::State::absent || right.now == zero) {
    return Estimate::none(Estimate::State::absent);
  }
  Estimate result;
  result.may_vanish = left.may_vanish || right.may_vanish;
  result.now = checked(divide(left.now, right.now));
  if (!right.least || *right.least <= zero || !left.least ||
      *left.least < zero) {
    if (left.least && left.least == left.greatest && right.least &&
        right.least == right.greatest) {
      result.least = result.greatest = result.now;
    }
    return result;
  }
  result.least =
      right.greatest ? checked(divide(*left.least, *right.greatest)) : zero;
  if (left.greatest) {
    result.greatest = checked(divide(*left.greatest, *right.least));
  }
  return result;
}

Estimate Evaluator::arithmetic(const Amount& amount,
                               const EvalContext& context) {
  Estimate result = this->amount(amount.parts.front(), context);
  for (std::size_t at = 1; at < amount.parts.size(); ++at) {
    const Estimate next = this->amount(amount.parts[at], context);
    result = amount.op == Amount::Op::quotient
                 ? quotient(result, next)
                 : combine(amount.op, result, next);
  }
  return result;
}

Estimate Evaluator::weighted(const Amount& amount, const EvalContext& context) {
  Estimate total = Estimate::of({});
  Fraction weights{};
  std::size_t present = 0;
  bool is_unsure = false;
  for (std::size_t at = 0; at < amount.parts.size(); ++at) {
    Estimate part = this->amount(amount.parts[at], context);
    if (part.state == Estimate::State::open) return part;
    if (part.state == Estimate::State::absent) {
      if (amount.missing == Amount::Missing::not_evaluable) {
        return Estimate::none(Estimate::State::absent);
      }
      // It may still come.
      is_unsure = is_unsure || (is_open(context.window) && !context.in_filter);
      if (amount.missing == Amount::Missing::reweigh) continue;
      part = Estimate::of({});
    }
    ++present;
    weights = checked(add(weights, amount.weights[at]));
    total = combine(
        Amount::Op::total, total,
        combine(Amount::Op::product, Estimate::of(amount.weights[at]), part));
  }
  if (amount.missing == Amount::Missing::reweigh) {
    if (present == 0) return Estimate::none(Estimate::State::absent);
    total = quotient(total, Estimate::of(weights));
  }
  if (is_unsure) {
    total.least.reset();
    total.greatest.reset();
  }
  return total;
}

Estimate Evaluator::change(const Amount& amount, const EvalContext& context) {
  const auto before = context.spec == nullptr
                          ? std::nullopt
                          : window_before(*context.spec, context.window);
  if (!before) return Estimate::none(Estimate::State::absent);
  EvalContext earlier = context;
  earlier.window = *before;
  return combine(Amount::Op::difference,
                 this->amount(amount.parts.front(), context),
                 this->amount(amount.parts.front(), earlier));
}

// The first part whose condition holds; one that may still come to hold leaves
// open what the amount becomes.
Estimate Evaluator::choose(const Amount& amount, const EvalContext& context) {
  EvalContext inner = context;
  inner.in_filter = true;
  bool is_unsure = false;
  for (std::size_t at = 0; at < amount.parts.size(); ++at) {
    const Truth truth = at < amount.conditions.size()
                            ? filter(amount.conditions[at], inner)
                            : Truth::met;
    if (truth == Truth::unknown && filter_is_open_) {
      return Estimate::none(Estimate::State::open);
    }
    is_unsure = is_unsure || truth == Truth::pending;
    if (truth != Truth::met) continue;
    Estimate chosen = this->amount(amount.parts[at], context);
    if (is_unsure) {
      chosen.least.reset();
      chosen.greatest.reset();
    }
    return chosen;
  }
  return Estimate::none(Estimate::State::absent);
}

}  // namespace headrope
