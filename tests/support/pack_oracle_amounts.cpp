// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The part of the oracle of packs that reckons amounts.

#include <algorithm>
#include <functional>

#include "support/oracle_calendar.hpp"
#include "support/pack_oracle.hpp"

namespace headrope::oracle {
namespace {

using testing::plan::Amount;

constexpr std::uint8_t bit(Truth truth) {
  return static_cast<std::uint8_t>(truth);
}

Outcome fixed(const Exact& value) {
  return {value, false, true, {value}, {value}};
}

Outcome lacking() { return {std::nullopt, true, false, {}, {}}; }

Outcome fixed_or_lacking(const std::optional<Exact>& value) {
  return value ? fixed(*value) : lacking();
}

Exact whole(std::size_t number) { return exact(static_cast<Wide>(number)); }

bool is_zero(const Exact& value) { return value.top == 0; }

// An end of a sum: without bound if one of the two is.
End add_ends(const End& left, const End& right, bool subtracts) {
  if (!left.at || !right.at) {
    return {};
  }
  return {subtracts ? minus(*left.at, *right.at) : plus(*left.at, *right.at),
          left.is_reached && right.is_reached};
}

Outcome sum_of(const Outcome& left, const Outcome& right, bool subtracts) {
  Outcome sum;
  if (left.now && right.now) {
    sum.now =
        subtracts ? minus(*left.now, *right.now) : plus(*left.now, *right.now);
  }
  sum.is_open = left.is_open || right.is_open;
  sum.may_lack = left.may_lack || right.may_lack;
  sum.may_have = left.may_have && right.may_have;
  sum.low = add_ends(left.low, subtracts ? right.high : right.low, subtracts);
  sum.high = add_ends(left.high, subtracts ? right.low : right.high, subtracts);
  return sum;
}

bool is_fixed(const Outcome& outcome) {
  return outcome.low.at && outcome.high.at &&
         *outcome.low.at == *outcome.high.at;
}

// Least and greatest of the corners of two intervals that are bounded; else
// all values from 0 on, or all.
void set_corners(Outcome& result, const Outcome& left, const Outcome& right,
                 const std::function<Exact(const Exact&, const Exact&)>& make) {
  const bool is_bounded =
      left.low.at && left.high.at && right.low.at && right.high.at;
  if (!is_bounded) {
    const auto from_zero = [](const Outcome& side) {
      return side.low.at && side.low.at->top >= 0;
    };
    if (from_zero(left) && from_zero(right)) {
      result.low = {exact(0)};
    }
    return;
  }
  for (const Exact& a : {*left.low.at, *left.high.at}) {
    for (const Exact& b : {*right.low.at, *right.high.at}) {
      const Exact corner = make(a, b);
      if (!result.low.at || is_less(corner, *result.low.at)) {
        result.low.at = corner;
      }
      if (!result.high.at || is_less(*result.high.at, corner)) {
        result.high.at = corner;
      }
    }
  }
}

Outcome product_of(const Outcome& left, const Outcome& right) {
  Outcome product;
  if (left.now && right.now) {
    product.now = times(*left.now, *right.now);
  }
  product.is_open = left.is_open || right.is_open;
  product.may_lack = left.may_lack || right.may_lack;
  product.may_have = left.may_have && right.may_have;
  if (product.may_have) {
    set_corners(product, left, right, times);
  }
  return product;
}

Outcome quotient_of(const Outcome& left, const Outcome& right) {
  Outcome quotient;
  if (left.now && right.now && !is_zero(*right.now)) {
    quotient.now = over(*left.now, *right.now);
  }
  const bool spans_zero = (!right.low.at || right.low.at->top <= 0) &&
                          (!right.high.at || right.high.at->top >= 0) &&
                          right.may_have;
  const bool is_zero_only = spans_zero && is_fixed(right);
  quotient.is_open = left.is_open || right.is_open;
  quotient.may_lack = left.may_lack || right.may_lack || spans_zero;
  quotient.may_have = left.may_have && right.may_have && !is_zero_only;
  if (quotient.may_have && !spans_zero) {
    set_corners(quotient, left, right, over);
  } else if (left.low.at && left.low.at->top >= 0 && right.low.at &&
             right.low.at->top >= 0) {
    quotient.low = {exact(0)};
  }
  return quotient;
}

std::optional<Exact> number_in(const std::optional<Name>& text) {
  const auto number = text ? parse_fraction(*text) : std::nullopt;
  return number ? std::optional(exact(*number)) : std::nullopt;
}

// Completed years: a birthday counts, that of a 29 February on 1 March.
std::optional<Exact> age_on(const std::optional<Name>& birth, Date day) {
  const auto born = birth ? parse_date(*birth) : Result<Date>(Error{});
  if (!born) {
    return std::nullopt;
  }
  const CivilDate from = Calendar::instance().civil(*born);
  const CivilDate to = Calendar::instance().civil(day);
  const bool had_birthday =
      std::pair(to.month, to.day) >= std::pair(from.month, from.day);
  return exact(to.year - from.year - (had_birthday ? 0 : 1));
}

}  // namespace

Exact exact(Wide top, Wide bottom) {
  if (bottom < 0) {
    top = -top;
    bottom = -bottom;
  }
  Wide a = top < 0 ? -top : top;
  for (Wide b = bottom; b != 0;) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return {top / a, bottom / a};
}

Exact exact(const Fraction& value) {
  return exact(value.numerator, value.denominator);
}

bool is_less(const Exact& left, const Exact& right) {
  return left.top * right.bottom < right.top * left.bottom;
}

Exact plus(const Exact& left, const Exact& right) {
  return exact(left.top * right.bottom + right.top * left.bottom,
               left.bottom * right.bottom);
}

Exact minus(const Exact& left, const Exact& right) {
  return plus(left, {-right.top, right.bottom});
}

Exact times(const Exact& left, const Exact& right) {
  return exact(left.top * right.top, left.bottom * right.bottom);
}

Exact over(const Exact& left, const Exact& right) {
  return exact(left.top * right.bottom, left.bottom * right.top);
}

Outcome PackOracle::reckon(const Amount& amount, const Asked& asked) const {
  const Outcome outcome = reckon_bare(amount, asked);
  if (!outcome.is_open) {
    return outcome;
  }
  Outcome open = lacking();
  open.is_open = true;
  return open;
}

bool PackOracle::may_change(const Asked& asked) const {
  return is_open(asked.window) && !asked.is_where &&
         asked.thing.type != EntityType::record;
}

// What holds on the day may be another at the end of a window that is open.
Outcome PackOracle::of_the_day(const std::optional<Exact>& value,
                               const Asked& asked) const {
  return may_change(asked) ? Outcome{value, true, true, {}, {}}
                           : fixed_or_lacking(value);
}

Outcome PackOracle::reckon_bare(const Amount& amount,
                                const Asked& asked) const {
  switch (amount.type) {
    case Amount::Type::number:
      return fixed(exact(amount.number));
    case Amount::Type::parameter: {
      const auto value = value_on(pack_, amount.name, asked.decisive);
      Outcome outcome = value ? fixed(exact(*value)) : lacking();
      outcome.is_open = !value;
      return outcome;
    }
    case Amount::Type::date:
      return fixed(exact(amount.date.days));
    case Amount::Type::share:
      return share(amount, asked);
    case Amount::Type::quotient:
    case Amount::Type::difference:
    case Amount::Type::product:
    case Amount::Type::total:
      return join(amount, asked);
    case Amount::Type::weighted:
      return weighted(amount, asked);
    case Amount::Type::choose:
      return choose(amount, asked);
    case Amount::Type::met: {
      const Belief belief = ask(amount.conditions[0], asked);
      Outcome outcome;
      if (belief.ends != bit(Truth::unknown)) {
        outcome.now = exact(for_good(belief).now == Truth::yes ? 1 : 0);
      }
      outcome.may_lack = belief.may(Truth::unknown);
      outcome.may_have = belief.ends != bit(Truth::unknown);
      outcome.low = {exact(belief.may(Truth::no) ? 0 : 1)};
      outcome.high = {exact(belief.may(Truth::yes) ? 1 : 0)};
      outcome.is_open = belief.is_open;
      return outcome;
    }
    case Amount::Type::attribute:
      return of_the_day(number_in(attribute(asked.thing, amount.name)), asked);
    case Amount::Type::age:
      return of_the_day(age_on(attribute(asked.thing, amount.name), as_of_),
                        asked);
    case Amount::Type::value:
      return fixed(record_value(RecordId{asked.thing.index}));
    case Amount::Type::length:
      return fixed(
          exact(registry_.records()[asked.thing.index].valid.day_count()));
    default:
      return reckon_items(amount, asked);
  }
}

Outcome PackOracle::reckon_items(const Amount& amount,
                                 const Asked& asked) const {
  Selection selection = amount.selections[0];
  if (amount.type == Amount::Type::days &&
      selection.counts == Selection::Counts::begun) {
    selection.counts = Selection::Counts::overlapping;  // Days, not records.
  }
  Asked of_items = asked;
  if (amount.type == Amount::Type::last &&
      selection.counts == Selection::Counts::begun) {
    of_items.window.valid_from = Date::open_start();  // What was known before.
  }
  const Items items = select(selection, of_items);
  if (items.is_open) {
    Outcome open = lacking();
    open.is_open = true;
    return open;
  }
  switch (amount.type) {
    case Amount::Type::count:
      return count(items);
    case Amount::Type::days:
      return count_days(items, asked);
    case Amount::Type::distinct:
      return distinct(amount, items);
    case Amount::Type::sum: {
      Exact sum{0, 1};
      Exact low{0, 1};  // Of what is sure to stay, and what lowers it.
      for (const Item& item : items.list) {
        if (item.is_in.now == Truth::yes) {
          const Exact value = record_value(RecordId{item.thing.index});
          sum = plus(sum, value);
          low = is_sure(item) || value.top < 0 ? plus(low, value) : low;
        }
      }
      Outcome outcome = fixed(sum);
      outcome.low = {low};
      if (items.may_grow) {
        outcome.high = {};
      }
      return outcome;
    }
    default:
      return pick(amount, items, asked);
  }
}

bool PackOracle::is_sure(const Item& item) {
  return item.is_in.ends == bit(Truth::yes) || item.is_in.now != Truth::yes;
}

Outcome PackOracle::count(const Items& items) const {
  std::size_t now = 0;
  std::size_t low = 0;
  std::size_t high = 0;
  for (const Item& item : items.list) {
    now += item.is_in.now == Truth::yes ? 1U : 0U;
    low += item.is_in.ends == bit(Truth::yes) ? 1U : 0U;
    high += item.is_in.may(Truth::yes) ? 1U : 0U;
  }
  return {whole(now),
          false,
          true,
          {whole(low)},
          items.may_grow ? End{} : End{whole(high)}};
}

Outcome PackOracle::count_days(const Items& items, const Asked& asked) const {
  const Interval seen = until_now(asked.window);
  std::set<Date> days;
  std::set<Date> sure_days;
  for (const Item& item : items.list) {
    if (item.is_in.now != Truth::yes) {
      continue;
    }
    const Interval covered =
        registry_.records()[item.thing.index].valid.intersected(seen);
    for (Date day = covered.valid_from; day < covered.valid_until;
         day = add_days(day, 1)) {
      days.insert(day);
      if (is_sure(item)) {
        sure_days.insert(day);
      }
    }
  }
  Outcome outcome = fixed(whole(days.size()));
  outcome.low = {whole(sure_days.size())};
  if (items.may_grow && asked.window.valid_until.is_open()) {
    outcome.high = {};
  } else if (items.may_grow) {
    const Interval to_come =
        asked.window.intersected({add_days(as_of_, 1), Date::open_end()});
    outcome.high = {plus(*outcome.now, exact(to_come.day_count()))};
  }
  return outcome;
}

// One of the items: the last, least or greatest value; the first or last day.
Outcome PackOracle::pick(const Amount& amount, const Items& items,
                         const Asked& asked) const {
  std::optional<std::pair<Interval, Exact>> last;
  std::optional<Exact> least;
  std::optional<Exact> greatest;
  std::set<Date> days;
  for (const Item& item : items.list) {
    if (item.is_in.now != Truth::yes) {
      continue;
    }
    const Interval& valid = registry_.records()[item.thing.index].valid;
    const Exact value = record_value(RecordId{item.thing.index});
    days.insert(valid.valid_from);
    if (!last || last->first < valid ||
        (last->first == valid && is_less(last->second, value))) {
      last = {valid, value};
    }
    least = !least || is_less(value, *least) ? value : least;
    greatest = !greatest || is_less(*greatest, value) ? value : greatest;
  }
  const bool is_day = amount.type == Amount::Type::first_day ||
                      amount.type == Amount::Type::last_day;
  std::optional<Exact> now;
  if (!days.empty()) {
    now = amount.type == Amount::Type::last        ? last->second
          : amount.type == Amount::Type::least     ? *least
          : amount.type == Amount::Type::greatest  ? *greatest
          : amount.type == Amount::Type::first_day ? exact(days.begin()->days)
                                                   : exact(days.rbegin()->days);
  }
  const bool stays =
      std::all_of(items.list.begin(), items.list.end(),
                  [](const Item& item) { return is_sure(item); });
  if (!items.may_grow ||
      (now && stays && amount.type == Amount::Type::first_day)) {
    Outcome settled = fixed_or_lacking(now);
    settled.is_known_lack = is_day;
    return settled;
  }
  Outcome outcome{now, !now || !stays, true, {}, {}};
  outcome.is_known_lack = is_day;
  if (!stays) {
    return outcome;
  }
  const Interval to_come =
      asked.window.intersected({add_days(as_of_, 1), Date::open_end()});
  if (is_day) {
    outcome.low = {now ? *now : exact(to_come.valid_from.days)};
    if (!to_come.valid_until.is_open()) {
      outcome.high = {exact(to_come.valid_until.days - 1)};
    }
  } else if (now && amount.type == Amount::Type::least) {
    outcome.high = {*now};
  } else if (now && amount.type == Amount::Type::greatest) {
    outcome.low = {*now};
  }
  return outcome;
}

std::optional<Name> PackOracle::value_by(const Entity& thing,
                                         const Name& by) const {
  if (thing.type == EntityType::record) {
    const Record& row = registry_.records()[thing.index];
    if (by == "measure") {
      return Name(registry_.measures()[row.measure.value].id);
    }
    if (by == "unit" || by == "person") {
      const bool is_none =
          by == "unit" ? row.unit.is_none() || facts_.state(row.unit) == nullptr
                       : row.person.is_none();
      return is_none ? std::nullopt
                     : std::optional(identity(
                           by == "unit"
                               ? Entity{EntityType::unit, row.unit.value}
                               : Entity{EntityType::person, row.person.value}));
    }
  } else if (by == "unit" || by == "person") {
    return identity(thing);
  } else if (by == "kind") {
    return Name(
        registry_.kinds()[facts_.state(UnitId{thing.index})->kind.value].id);
  }
  return attribute(thing, by);
}

Outcome PackOracle::distinct(const Amount& amount, const Items& items) const {
  Names now;
  Names low;
  Names high;
  for (const Item& item : items.list) {
    const std::optional<Name> value = value_by(item.thing, amount.name);
    const bool counts =
        value && (amount.among.empty() ||
                  std::find(amount.among.begin(), amount.among.end(), *value) !=
                      amount.among.end());
    if (!counts) {
      continue;
    }
    if (item.is_in.now == Truth::yes) {
      now.insert(*value);
    }
    if (item.is_in.ends == bit(Truth::yes)) {
      low.insert(*value);
    }
    if (item.is_in.may(Truth::yes)) {
      high.insert(*value);
    }
  }
  Outcome outcome{whole(now.size()),
                  false,
                  true,
                  {whole(low.size())},
                  {whole(high.size())}};
  if (items.may_grow) {
    outcome.high =
        amount.among.empty() ? End{} : End{whole(amount.among.size())};
  }
  return outcome;
}

Outcome PackOracle::share(const Amount& amount, const Asked& asked) const {
  const Items items = select(amount.selections[0], asked);
  Outcome outcome;
  outcome.is_open = items.is_open;
  std::size_t now = 0, all_now = 0;
  std::size_t sure = 0, sure_met = 0, sure_can = 0;
  std::size_t maybe_can = 0, maybe_not = 0, maybe = 0;
  for (const Item& item : items.list) {
    Asked of_item = asked;
    of_item.thing = item.thing;
    of_item.window = item.window;
    of_item.is_where = true;
    if (item.is_in.now != Truth::yes && !item.is_in.may(Truth::yes)) {
      continue;
    }
    const Belief belief = for_good(ask(amount.conditions[0], of_item));
    outcome.is_open = outcome.is_open || belief.is_open;
    const bool can_fail = belief.ends != bit(Truth::yes);
    if (item.is_in.now == Truth::yes) {
      ++all_now;
      now += belief.now == Truth::yes ? 1U : 0U;
    }
    if (item.is_in.ends == bit(Truth::yes)) {
      ++sure;
      sure_met += can_fail ? 0 : 1;
      sure_can += belief.may(Truth::yes) ? 1U : 0U;
    } else if (item.is_in.may(Truth::yes)) {
      ++maybe;
      maybe_not += can_fail ? 1U : 0U;
      maybe_can += belief.may(Truth::yes) ? 1U : 0U;
    }
  }
  if (all_now > 0) {
    outcome.now = over(whole(now), whole(all_now));
  }
  outcome.may_lack = sure == 0;
  outcome.may_have = sure + maybe > 0 || items.may_grow;
  if (items.may_grow) {
    outcome.low = {exact(0), sure_met == 0};
    outcome.high = {exact(1), sure_can == sure};
  } else if (outcome.may_have) {
    const std::size_t low_all = sure + maybe_not;
    const std::size_t high_all = sure + maybe_can;
    outcome.low = {low_all == 0 ? exact(1)
                                : over(whole(sure_met), whole(low_all))};
    outcome.high = {high_all == 0
                        ? exact(0)
                        : over(whole(sure_can + maybe_can), whole(high_all))};
  }
  return outcome;
}

Outcome PackOracle::join(const Amount& amount, const Asked& asked) const {
  Outcome result = reckon(amount.amounts[0], asked);
  for (std::size_t i = 1; i < amount.amounts.size(); ++i) {
    const Outcome right = reckon(amount.amounts[i], asked);
    result =
        amount.type == Amount::Type::quotient ? quotient_of(result, right)
        : amount.type == Amount::Type::product
            ? product_of(result, right)
            : sum_of(result, right, amount.type == Amount::Type::difference);
  }
  return result;
}

Outcome PackOracle::weighted(const Amount& amount, const Asked& asked) const {
  const bool reweighs = amount.missing == Amount::Missing::reweigh;
  const bool lacks = !reweighs && amount.missing != Amount::Missing::zero;
  Outcome sum = fixed(exact(0));
  Exact weights{0, 1};
  bool has_open_part = false;
  for (std::size_t i = 0; i < amount.amounts.size(); ++i) {
    Outcome part = reckon(amount.amounts[i], asked);
    if (part.is_open) {
      return part;
    }
    const Exact weight = exact(amount.weights[i]);
    has_open_part = has_open_part || (part.may_lack && part.may_have);
    if (part.now || !reweighs) {
      weights = plus(weights, weight);
    }
    if (!lacks && !part.now) {
      part.now = exact(0);
      part.low = part.may_have ? part.low : End{exact(0)};
      part.high = part.may_have ? part.high : End{exact(0)};
      if (part.may_lack && part.low.at && part.low.at->top > 0) {
        part.low = {exact(0)};
      }
      if (part.may_lack && part.high.at && part.high.at->top < 0) {
        part.high = {exact(0)};
      }
      part.may_lack = false;
      part.may_have = true;
    }
    sum = sum_of(sum, product_of(fixed(weight), part), false);
  }
  if (!reweighs) {
    return sum;
  }
  if (is_zero(weights) && !has_open_part) {
    return lacking();
  }
  Outcome result = quotient_of(sum, fixed(weights));
  if (has_open_part) {  // Which weights count is open too.
    result.low = {};
    result.high = {};
    result.may_lack = is_zero(weights);
    result.may_have = true;
  }
  return result;
}

// The first whose condition the subject meets; while that is open, any.
Outcome PackOracle::choose(const Amount& amount, const Asked& asked) const {
  Outcome result;
  bool is_chosen = false;
  for (std::size_t i = 0; i < amount.amounts.size(); ++i) {
    Belief belief{Truth::yes, bit(Truth::yes)};
    if (i < amount.conditions.size()) {
      Asked of_branch = asked;
      of_branch.is_where = true;
      belief = ask(amount.conditions[i], of_branch);
      result.is_open = result.is_open || belief.is_open;
    }
    if (!belief.may(Truth::yes)) {
      continue;
    }
    const Outcome branch = reckon(amount.amounts[i], asked);
    result.is_open = result.is_open || branch.is_open;
    if (!is_chosen && belief.now == Truth::yes) {
      result.now = branch.now;
      is_chosen = true;
    }
    if (branch.may_have && !result.may_have) {
      result.low = branch.low;
      result.high = branch.high;
    } else if (branch.may_have) {
      if (!branch.low.at ||
          (result.low.at && is_less(*branch.low.at, *result.low.at))) {
        result.low = branch.low;
      }
      if (!branch.high.at ||
          (result.high.at && is_less(*result.high.at, *branch.high.at))) {
        result.high = branch.high;
      }
    }
    result.may_have = result.may_have || branch.may_have;
    result.may_lack = result.may_lack || branch.may_lack;
    if (belief.ends == bit(Truth::yes)) {
      return result;
    }
  }
  result.may_lack = true;
  return result;
}

}  // namespace headrope::oracle
