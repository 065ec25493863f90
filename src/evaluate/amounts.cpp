// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Amounts: from the items of a selection to a number, with what it can still
// become.

#include <algorithm>
#include <array>
#include <string>

#include "evaluate/evaluator.hpp"

namespace headrope {
namespace {

constexpr std::array<std::int64_t, 10> powers_of_ten{
    1,       10,        100,        1'000,       10'000,
    100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

std::int64_t years_between(const CivilDate& from, const CivilDate& to) {
  const bool before_birthday =
      to.month < from.month || (to.month == from.month && to.day < from.day);
  return to.year - from.year - (before_birthday ? 1 : 0);
}

// Days covered by intervals that are sorted by their start.
std::int64_t covered_days(
    std::vector<std::pair<std::int32_t, std::int32_t>>& spans) {
  std::sort(spans.begin(), spans.end());
  std::int64_t days = 0;
  std::int32_t reached = std::numeric_limits<std::int32_t>::min();
  for (const auto& [from, until] : spans) {
    const std::int32_t first = std::max(from, reached);
    if (until <= first) continue;
    days += until - first;
    reached = until;
  }
  return days;
}

bool names_records(Selection::Source source) {
  return source == Selection::Source::records ||
         source == Selection::Source::attended;
}

// Relations that are a state of the organisation and may be another tomorrow.
bool is_state(Selection::Source source) {
  using Source = Selection::Source;
  return !names_records(source) && source != Source::attendance &&
         source != Source::windows;
}

// One number out of the items that are added.
class Reducer {
 public:
  explicit Reducer(Amount::Op op) : op_(op) {
    if (op == Amount::Op::sum) value_ = Fraction{};
  }

  // False if the sum does not fit.
  [[nodiscard]] bool add_item(const SourceItem& item, const Fraction& own) {
    using Op = Amount::Op;
    if (op_ == Op::sum) {
      value_ = add(value_.value_or(Fraction{}), own);
      return value_.has_value();
    }
    if (op_ == Op::last) {
      // Of several with the same first day the one that ends later; of those
      // with the same days the greatest.
      const std::pair days{item.valid_from, item.valid_until};
      if (!value_ || days > days_ || (days == days_ && own > *value_)) {
        value_ = own;
        days_ = days;
      }
      return true;
    }
    const bool is_day = op_ == Op::first_day || op_ == Op::last_day;
    const Fraction one = is_day ? Fraction{item.valid_from, 1} : own;
    const bool takes_least = op_ == Op::least || op_ == Op::first_day;
    if (!value_ || (takes_least ? one < *value_ : one > *value_)) value_ = one;
    return true;
  }

  [[nodiscard]] const std::optional<Fraction>& value() const { return value_; }

 private:
  Amount::Op op_;
  std::optional<Fraction> value_;
  std::pair<std::int32_t, std::int32_t> days_{};
};

}  // namespace

// How many items there are, and how many meet a further condition.
struct Evaluator::Counted {
  std::int64_t total = 0;           // Are there.
  std::int64_t lasting = 0;         // Of these will be there at the end.
  std::int64_t total_possible = 0;  // Are there, or may turn out to be.
  std::int64_t met = 0;
  std::int64_t possible = 0;
  bool is_open = false;  // A parameter is missing.
};

Fraction Evaluator::checked(const std::optional<Fraction>& value) {
  if (value) return *value;
  fail({Code::sum_overflow, "a figure of a rule is beyond 64 bits"});
  return {};
}

bool Evaluator::is_open(const Interval& window) const {
  return window.valid_until > add_days(today_, 1);
}

Interval Evaluator::until_today(const Interval& window) const {
  return window.intersected(
      {Date::open_start(), add_days(snapshot_.as_of(), 1)});
}

Fraction Evaluator::value_of(const SourceItem& item) const {
  const int decimals = item.measure.is_none()
                           ? 0
                           : snapshot_.measures()[item.measure.value].decimals;
  return make_fraction(item.value,
                       powers_of_ten[static_cast<std::size_t>(decimals)])
      .value_or(Fraction{});
}

ThingRef Evaluator::ref_of(const SourceItem& item,
                           const Selection& selection) const {
  return {selection.items, item.index};
}

ItemVerdict Evaluator::judge(const SourceItem& item, const Selection& selection,
                             const EvalContext& context) {
  lane_.step();
  if (names_records(selection.source)) {
    const Interval days{Date{item.valid_from}, Date{item.valid_until}};
    if (days.valid_from > snapshot_.as_of()) return ItemVerdict::after_the_day;
    const Interval window = until_today(context.window);
    bool counts = false;
    switch (selection.counts) {
      case Selection::Counts::begun:
        counts = window.contains(days.valid_from);
        break;
      case Selection::Counts::overlapping:
        counts = !window.is_empty() && days.overlaps(window);
        break;
      case Selection::Counts::holding:
        // Of what is known, on the day up to which nothing more came.
        counts = days.contains(
            std::min(add_days(context.window.valid_until, -1), today_));
        break;
      case Selection::Counts::up_to:
        counts = days.valid_from < window.valid_until;
        break;
    }
    if (!counts) return ItemVerdict::outside_window;
    if (selection.source == Selection::Source::attended &&
        !selection.presences.contains(item.presence)) {
      return ItemVerdict::other_presence;
    }
    if (!selection.about.empty()) {
      const auto about = snapshot_.attribute({EntityType::record, item.index},
                                             selection.about_attribute);
      if (!about || about->empty() ||
          *about != snapshot_.record_identity({context.thing.index})) {
        return ItemVerdict::condition_unmet;
      }
    }
  }
  if (item.is_stranger) return ItemVerdict::not_a_member;
  if (selection.where.empty()) return ItemVerdict::counted;
  EvalContext inner = context;
  inner.thing = ref_of(item, selection);
  inner.in_filter = true;
  inner.scale = {1, 1};
  switch (filter(selection.where.front(), inner)) {
    case Truth::met:
      return ItemVerdict::counted;
    case Truth::unmet:
      return ItemVerdict::condition_unmet;
    case Truth::pending:
    case Truth::unknown:
      break;
  }
  return ItemVerdict::condition_unknown;
}

std::vector<Interval> Evaluator::parts_of(const Selection& selection,
                                          const EvalContext& context) {
  const WindowSpec& spec = selection.windows.front();
  WindowFrame frame;
  frame.range = context.window;
  if (frame.range.valid_from.is_open())
    frame.range.valid_from = range_.valid_from;
  if (frame.range.is_empty()) return {};
  frame.as_of = snapshot_.as_of();
  frame.effective = model_.in_force.valid_from;
  auto parts = find_windows(spec, frame);
  if (!parts) {
    fail(parts.error());
    return {};
  }
  // Calendar periods are whole; each belongs to the window it begins in.
  std::erase_if(*parts, [&](const Interval& part) {
    return !frame.range.contains(part.valid_from);
  });
  return *std::move(parts);
}

bool Evaluator::may_end(const SourceItem& item, const Selection& selection,
                        const Interval& window) const {
  return selection.counts == Selection::Counts::holding &&
         names_records(selection.source) && is_open(window) &&
         item.valid_until < window.valid_until.days;
}

Truth Evaluator::filter(const Condition& where, const EvalContext& context) {
  std::string before = std::move(reason_);
  reason_.clear();
  const Truth truth = condition(where, context);
  filter_is_open_ = truth == Truth::unknown && reason_.starts_with("parameter");
  if (!filter_is_open_ && !before.empty()) reason_ = std::move(before);
  return truth;
}

// Counts items one by one; a filter that cannot be decided for want of data
// leaves the item out, one that wants a parameter leaves the amount open.
Evaluator::Counted Evaluator::count_items(
    const Selection& selection, const EvalContext& context,
    const std::vector<Condition>* having) {
  Counted counted;
  const auto test = [&](const Condition* where, const EvalContext& inner) {
    if (where == nullptr) return Truth::met;
    const Truth truth = filter(*where, inner);
    counted.is_open = counted.is_open || filter_is_open_;
    return truth;
  };
  const auto add = [&](Truth is_there, const EvalContext& inner, bool lasts) {
    if (is_there != Truth::met && is_there != Truth::pending) return;
    if (is_there == Truth::met) ++counted.total;
    if (is_there == Truth::met && lasts) ++counted.lasting;
    ++counted.total_possible;
    const Truth truth =
        test(having == nullptr ? nullptr : &having->front(), inner);
    if (truth == Truth::met && is_there == Truth::met) ++counted.met;
    if (truth == Truth::met || truth == Truth::pending) ++counted.possible;
  };
  const Condition* where =
      selection.where.empty() ? nullptr : &selection.where.front();
  EvalContext inner = context;
  inner.in_filter = true;
  inner.scale = {1, 1};
  if (selection.source == Selection::Source::windows) {
    inner.spec = &selection.windows.front();
    for (const Interval& part : parts_of(selection, context)) {
      inner.window = part;
      add(test(where, inner), inner, true);
    }
    return counted;
  }
  sources_.for_each(selection, context.thing, [&](const SourceItem& item) {
    const ItemVerdict verdict = judge(item, selection, context);
    if (verdict != ItemVerdict::counted &&
        verdict != ItemVerdict::condition_unknown) {
      return;
    }
    if (verdict == ItemVerdict::condition_unknown && filter_is_open_) {
      counted.is_open = true;
      return;
    }
    inner.thing = ref_of(item, selection);
    add(verdict == ItemVerdict::counted ? Truth::met : test(where, inner),
        inner, !may_end(item, selection, context.window));
  });
  return counted;
}

Estimate Evaluator::counted(const Amount& amount, const EvalContext& context) {
  const Selection& selection = amount.selection.front();
  const Counted items = count_items(selection, context, nullptr);
  if (items.is_open) return Estimate::none(Estimate::State::open);
  Estimate estimate = Estimate::of({items.total, 1});
  estimate.least = Fraction{items.lasting, 1};
  estimate.greatest = Fraction{items.total_possible, 1};
  if (!is_open(context.window)) return estimate;
  if (names_records(selection.source)) {
    estimate.greatest.reset();
  } else if (is_state(selection.source) && !context.in_filter) {
    estimate.least = Fraction{0, 1};
    estimate.greatest.reset();
  }
  return estimate;
}

Estimate Evaluator::share(const Selection& selection, const Condition& having,
                          const EvalContext& context) {
  const std::vector<Condition> wanted{having};
  const Counted items = count_items(selection, context, &wanted);
  if (items.is_open) return Estimate::none(Estimate::State::open);
  const bool may_grow = is_open(context.window) &&
                        (names_records(selection.source) ||
                         (is_state(selection.source) && !context.in_filter));
  if (items.total == 0) {
    if (reason_.empty()) reason_ = "there is nothing to take a share of";
    return Estimate::none(Estimate::State::absent);
  }
  Estimate estimate =
      Estimate::of(checked(make_fraction(items.met, items.total)));
  estimate.least = checked(make_fraction(items.met, items.total_possible));
  estimate.greatest = std::min(
      Fraction{1, 1}, checked(make_fraction(items.possible, items.total)));
  if (may_grow) {
    estimate.may_vanish = is_state(selection.source) || items.lasting == 0;
    estimate.least = Fraction{0, 1};
    estimate.greatest = Fraction{1, 1};
  }
  return estimate;
}

Estimate Evaluator::spread(const Amount& amount, const EvalContext& context) {
  const Selection& selection = amount.selection.front();
  // The last condition is the one whose share is asked.
  const Condition& having = amount.conditions.back();
  std::optional<Fraction> lowest;
  std::optional<Fraction> highest;
  std::size_t groups = 0;
  bool is_final = !is_open(context.window);
  for (std::size_t at = 0; at + 1 < amount.conditions.size(); ++at) {
    Selection of_group = selection;
    Condition both;
    both.op = Condition::Op::all;
    both.parts = selection.where;
    both.parts.push_back(amount.conditions[at]);
    of_group.where = {both};
    const Estimate rate = share(of_group, having, context);
    if (rate.state == Estimate::State::open) return rate;
    if (rate.state == Estimate::State::absent) continue;
    ++groups;
    is_final = is_final && rate.least == rate.greatest;
    lowest = lowest ? std::min(*lowest, rate.now) : rate.now;
    highest = highest ? std::max(*highest, rate.now) : rate.now;
  }
  if (groups < 2 || !lowest || !highest) {
    return Estimate::none(Estimate::State::absent);
  }
  Estimate estimate = Estimate::of(checked(subtract(*highest, *lowest)));
  if (!is_final) {
    estimate.may_vanish = true;
    estimate.least = Fraction{0, 1};
    estimate.greatest = Fraction{1, 1};
  }
  return estimate;
}

Estimate Evaluator::days(const Amount& amount, const EvalContext& context) {
  const Selection& selection = amount.selection.front();
  const Interval window = until_today(context.window);
  std::vector<std::pair<std::int32_t, std::int32_t>> sure;
  std::vector<std::pair<std::int32_t, std::int32_t>> possible;
  bool is_lasting = true;
  bool is_missing = false;
  sources_.for_each(selection, context.thing, [&](const SourceItem& item) {
    const ItemVerdict verdict = judge(item, selection, context);
    if (verdict != ItemVerdict::counted &&
        verdict != ItemVerdict::condition_unknown) {
      return;
    }
    const std::pair span{std::max(item.valid_from, window.valid_from.days),
                         std::min(item.valid_until, window.valid_until.days)};
    if (span.second <= span.first) return;
    if (verdict != ItemVerdict::counted && filter_is_open_) is_missing = true;
    possible.push_back(span);
    if (verdict == ItemVerdict::counted) sure.push_back(span);
    is_lasting = is_lasting && !may_end(item, selection, context.window);
  });
  if (is_missing) return Estimate::none(Estimate::State::open);
  Estimate estimate = Estimate::of({covered_days(sure), 1});
  if (!is_lasting) estimate.least = Fraction{0, 1};
  std::int64_t greatest = covered_days(possible);
  if (is_open(context.window)) {
    const Interval to_come{
        std::max(context.window.valid_from, add_days(today_, 1)),
        context.window.valid_until};
    greatest += to_come.day_count();
  }
  estimate.greatest = Fraction{greatest, 1};
  return estimate;
}

// Sums, and the last, least, greatest, first and last of records.
Estimate Evaluator::reduced(const Amount& amount, const EvalContext& context) {
  const Selection& selection = amount.selection.front();
  Reducer reducer(amount.op);
  bool is_unsure = is_state(selection.source) && is_open(context.window) &&
                   !context.in_filter;
  bool is_missing = false;
  sources_.for_each(selection, context.thing, [&](const SourceItem& item) {
    const ItemVerdict verdict = judge(item, selection, context);
    if (verdict == ItemVerdict::condition_unknown) {
      is_unsure = true;
      is_missing = is_missing || filter_is_open_;
    }
    if (verdict != ItemVerdict::counted) return;
    is_unsure = is_unsure || may_end(item, selection, context.window);
    Fraction own = value_of(item);
    if (!amount.parts.empty()) {
      EvalContext inner = context;
      inner.thing = ref_of(item, selection);
      const Estimate each = this->amount(amount.parts.front(), inner);
      is_missing = is_missing || each.state == Estimate::State::open;
      if (each.state != Estimate::State::known) return;
      is_unsure = is_unsure || each.least != each.greatest;
      own = each.now;
    }
    if (!reducer.add_item(item, own)) checked(std::nullopt);
  });
  if (is_missing) return Estimate::none(Estimate::State::open);
  const std::optional<Fraction> value = reducer.value();
  Estimate estimate =
      value ? Estimate::of(*value) : Estimate::none(Estimate::State::absent);
  if (is_unsure) {
    estimate.least.reset();
    estimate.greatest.reset();
  }
  if (is_open(context.window)) widen(estimate, amount.op, context.window);
  return estimate;
}

// What further records may make of an amount while the window is open.
void Evaluator::widen(Estimate& estimate, Amount::Op op,
                      const Interval& window) const {
  using Op = Amount::Op;
  const bool is_day = op == Op::first_day || op == Op::last_day;
  const bool has_value = estimate.state == Estimate::State::known;
  if (op == Op::last || op == Op::least) estimate.least.reset();
  if (op != Op::least && op != Op::first_day) estimate.greatest.reset();
  if (is_day && !has_value) {
    estimate.least =
        Fraction{std::max<std::int64_t>(std::int64_t{today_.days} + 1,
                                        window.valid_from.days),
                 1};
  }
  if (is_day && !estimate.greatest) {
    estimate.greatest = Fraction{std::int64_t{window.valid_until.days} - 1, 1};
  }
}

std::string Evaluator::key_of(const SourceItem& item,
                              const Selection& selection,
                              const Amount& amount) const {
  const Thing type = selection.items;
  if (amount.name == "measure" && type == Thing::record) {
    return std::string(snapshot_.measures()[item.measure.value].id);
  }
  if (amount.name == "kind" && (type == Thing::unit || type == Thing::record)) {
    const std::uint32_t unit =
        type == Thing::unit ? item.index : sources_.record(item.index).unit;
    return unit >= snapshot_.unit_count()
               ? std::string()
               : std::string(
                     snapshot_.kinds()[snapshot_.kind({unit}).value].id);
  }
  if (amount.name == "person" || amount.name == "unit") {
    const bool person = amount.name == "person";
    if (type == (person ? Thing::person : Thing::unit)) {
      return std::to_string(item.index);
    }
    std::uint32_t id = PersonId::none_value;
    if (type == Thing::record) {
      const auto& info = sources_.record(item.index);
      id = person ? info.person : info.unit;
    } else if (type == Thing::person) {
      id = sources_.primary_unit(item.index).value;
    } else if (const PostState* post = sources_.post(item.index);
               type == Thing::post && post != nullptr) {
      id = post->unit.value;
    }
    return id == PersonId::none_value ? std::string() : std::to_string(id);
  }
  const auto value = attribute_of(ref_of(item, selection), amount.attribute);
  return value ? std::string(*value) : std::string();
}

Estimate Evaluator::distinct(const Amount& amount, const EvalContext& context) {
  const Selection& selection = amount.selection.front();
  std::vector<std::string> sure;
  std::vector<std::string> possible;
  bool is_lasting = true;
  bool is_missing = false;
  sources_.for_each(selection, context.thing, [&](const SourceItem& item) {
    const ItemVerdict verdict = judge(item, selection, context);
    if (verdict != ItemVerdict::counted &&
        verdict != ItemVerdict::condition_unknown) {
      return;
    }
    std::string key = key_of(item, selection, amount);
    if (key.empty() || (!amount.among.empty() &&
                        std::find(amount.among.begin(), amount.among.end(),
                                  key) == amount.among.end())) {
      return;
    }
    if (verdict != ItemVerdict::counted && filter_is_open_) is_missing = true;
    if (verdict == ItemVerdict::counted) sure.push_back(key);
    is_lasting = is_lasting && !may_end(item, selection, context.window);
    possible.push_back(std::move(key));
  });
  const auto count = [](std::vector<std::string>& keys) {
    std::sort(keys.begin(), keys.end());
    return static_cast<std::int64_t>(std::unique(keys.begin(), keys.end()) -
                                     keys.begin());
  };
  if (is_missing) return Estimate::none(Estimate::State::open);
  Estimate estimate = Estimate::of({count(sure), 1});
  if (!is_lasting) estimate.least = Fraction{0, 1};
  estimate.greatest = Fraction{count(possible), 1};
  const bool is_changing = is_state(selection.source) && !context.in_filter;
  if (is_open(context.window) &&
      (names_records(selection.source) || is_changing)) {
    if (is_changing) estimate.least = Fraction{0, 1};
    estimate.greatest.reset();
    if (!amount.among.empty()) {
      estimate.greatest =
          Fraction{static_cast<std::int64_t>(amount.among.size()), 1};
    }
  }
  return estimate;
}

Estimate Evaluator::attribute(const Amount& amount,
                              const EvalContext& context) {
  const auto text = attribute_of(context.thing, amount.attribute);
  std::optional<Fraction> value;
  if (text && amount.scale >= 0) {
    const auto& values =
        model_.scales[static_cast<std::size_t>(amount.scale)].values;
    const auto found = std::find(values.begin(), values.end(), *text);
    if (found != values.end()) value = Fraction{found - values.begin(), 1};
  } else if (text) {
    value = parse_fraction(*text);
  }
  Estimate estimate =
      value ? Estimate::of(*value) : Estimate::none(Estimate::State::absent);
  if (is_open(context.window) && !context.in_filter &&
      context.thing.type != Thing::record) {
    estimate.least.reset();
    estimate.greatest.reset();
  }
  if (!value && reason_.empty()) {
    reason_ = "attribute " + amount.name +
              (text ? " is '" + std::string(*text) + "', which is no value"
                    : std::string(" is not known"));
  }
  return estimate;
}

Estimate Evaluator::parameter(const Amount& amount,
                              const EvalContext& context) {
  const Interval& window = context.window;
  Date day = std::min(add_days(window.valid_until, -1), snapshot_.as_of());
  if (context.spec != nullptr && reads_at_start(*context.spec)) {
    day = std::max(window.valid_from, model_.in_force.valid_from);
  }
  const Parameter& parameter =
      model_.parameters[static_cast<std::size_t>(amount.position)];
  const ParameterValue* value = parameter.on(day);
  if (value == nullptr || !value->value) return open_parameter(amount.name);
  return Estimate::of(*value->value);
}

Estimate Evaluator::open_parameter(std::string_view name) {
  reason_ = "parameter missing: " + std::string(name);
  return Estimate::none(Estimate::State::open);
}

Estimate Evaluator::age(const Amount& amount, const EvalContext& context) {
  const auto text = attribute_of(context.thing, amount.attribute);
  const auto born =
      text ? parse_date(*text) : Result<Date>(Error{Code::value_missing, {}});
  if (!born) {
    if (reason_.empty()) {
      reason_ = "attribute " + amount.name + " is not a known date";
    }
    return Estimate::none(Estimate::State::absent);
  }
  return Estimate::of(
      {years_between(civil(*born), civil(snapshot_.as_of())), 1});
}

Estimate Evaluator::of_record(const Amount& amount,
                              const EvalContext& context) {
  const auto& info = sources_.record(context.thing.index);
  if (info.measure.is_none()) return Estimate::none(Estimate::State::absent);
  if (amount.op == Amount::Op::length) {
    return Estimate::of({std::int64_t{info.valid_until} - info.valid_from, 1});
  }
  SourceItem item;
  item.value = info.value;
  item.measure = info.measure;
  return Estimate::of(value_of(item));
}

Estimate Evaluator::amount(const Amount& amount, const EvalContext& context) {
  using Op = Amount::Op;
  switch (amount.op) {
    case Op::number:
    case Op::date:
    case Op::all:
    case Op::figure:
      return Estimate::of(amount.number);
    case Op::parameter:
      return parameter(amount, context);
    case Op::count:
      return counted(amount, context);
    case Op::sum:
    case Op::last:
    case Op::least:
    case Op::greatest:
    case Op::first_day:
    case Op::last_day:
      return reduced(amount, context);
    case Op::days:
      return days(amount, context);
    case Op::distinct:
      return distinct(amount, context);
    case Op::share:
      return share(amount.selection.front(), amount.conditions.front(),
                   context);
    case Op::spread:
      return spread(amount, context);
    case Op::quotient:
    case Op::difference:
    case Op::product:
    case Op::total:
      return arithmetic(amount, context);
    case Op::weighted:
      return weighted(amount, context);
    case Op::change:
      return change(amount, context);
    case Op::choose:
      return choose(amount, context);
    case Op::met:
      switch (condition(amount.conditions.front(), context)) {
        case Truth::met:
          return Estimate::of({1, 1});
        case Truth::unmet:
          return Estimate::of({0, 1});
        case Truth::pending:
          return {
              Estimate::State::known, {}, Fraction{0, 1}, Fraction{1, 1}, true};
        case Truth::unknown:
          return Estimate::none(reason_.starts_with("parameter")
                                    ? Estimate::State::open
                                    : Estimate::State::absent);
      }
      break;
    case Op::attribute:
      return attribute(amount, context);
    case Op::age:
      return age(amount, context);
    case Op::value:
    case Op::length:
      return of_record(amount, context);
  }
  return Estimate::none(Estimate::State::absent);
}

}  // namespace headrope
