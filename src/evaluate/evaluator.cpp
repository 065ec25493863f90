// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Conditions, and the cells of an assessment.

#include "evaluate/evaluator.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "evaluate/lived_part.hpp"
#include "evaluate/overall.hpp"

namespace headrope {
namespace {

// Whether a comparison of two estimates is decided.
Truth decide(bool surely, bool impossible) {
  return surely ? Truth::met : impossible ? Truth::unmet : Truth::pending;
}

bool surely_below(const Estimate& left, const Estimate& right, bool or_equal) {
  return left.greatest && right.least &&
         (or_equal ? *left.greatest <= *right.least
                   : *left.greatest < *right.least);
}

Truth at_least(const Estimate& left, const Estimate& right) {
  return decide(surely_below(right, left, true),
                surely_below(left, right, false));
}
Truth more_than(const Estimate& left, const Estimate& right) {
  return decide(surely_below(right, left, false),
                surely_below(left, right, true));
}

Truth both(Truth left, Truth right) {
  if (left == Truth::unmet || right == Truth::unmet) return Truth::unmet;
  if (left == Truth::pending || right == Truth::pending) return Truth::pending;
  return Truth::met;
}

Truth opposite(Truth truth) {
  return truth == Truth::met     ? Truth::unmet
         : truth == Truth::unmet ? Truth::met
                                 : truth;
}

// Amounts that grow with the days, so that part of the days asks for part of
// the threshold.
bool grows_with_days(const Amount& amount) {
  return amount.op == Amount::Op::count || amount.op == Amount::Op::sum ||
         amount.op == Amount::Op::days;
}

Status status_of(Truth truth) {
  switch (truth) {
    case Truth::met:
      return Status::met;
    case Truth::unmet:
      return Status::unmet;
    case Truth::pending:
      return Status::pending;
    case Truth::unknown:
      break;
  }
  return Status::not_evaluable;
}

// How deep conditions may nest, over the rules that ask for other rules.
constexpr std::size_t depth_max = 1'000;

// One condition deeper for as long as it lives.
class Deeper {
 public:
  explicit Deeper(std::size_t& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  std::size_t& depth_;
};

// What a rule says to one that asks it: who is not asked does not meet it.
Truth truth_of(Status status) {
  switch (status) {
    case Status::met:
      return Truth::met;
    case Status::pending:
      return Truth::pending;
    case Status::not_evaluable:
      return Truth::unknown;
    default:
      return Truth::unmet;
  }
}

EntityType entity_of(Thing thing) {
  switch (thing) {
    case Thing::person:
      return EntityType::person;
    case Thing::post:
      return EntityType::post;
    case Thing::record:
      return EntityType::record;
    default:
      return EntityType::unit;
  }
}

}  // namespace

Evaluator::Evaluator(const BoundPack& bound, const Sources& sources,
                     const Interval& range, const Lane& lane)
    : bound_(bound),
      sources_(sources),
      lane_(lane),
      snapshot_(sources.snapshot()),
      model_(bound.pack->model()),
      range_(range),
      today_(sources.snapshot().as_of()),
      known_(bound.rules.size()) {}

void Evaluator::set_today(Date today) {
  if (today == today_) return;
  today_ = today;
  for (auto& known : known_) known.clear();
}

void Evaluator::fail(Error error) {
  if (!error_) error_ = std::move(error);
}

std::optional<std::string_view> Evaluator::attribute_of(
    ThingRef thing, AttributeId attribute) const {
  if (thing.type == Thing::duty || thing.type == Thing::none) {
    return std::nullopt;
  }
  return snapshot_.attribute({entity_of(thing.type), thing.index}, attribute);
}

Estimate Evaluator::threshold_of(const Condition& condition,
                                 const EvalContext& context) {
  const Amount& left = condition.amounts[0];
  const Amount& right = condition.amounts[1];
  Estimate threshold =
      right.op == Amount::Op::all
          ? Estimate::of({static_cast<std::int64_t>(left.among.size()), 1})
          : amount(right, context);
  if (condition.is_tolerant) {
    if (!model_.readings.basically) {
      reason_ = "parameter missing: the reading 'basically'";
      return Estimate::none(Estimate::State::open);
    }
    threshold = combine(Amount::Op::product, threshold,
                        Estimate::of(*model_.readings.basically));
  }
  if (context.scale != Fraction{1, 1} && grows_with_days(left)) {
    threshold =
        combine(Amount::Op::product, threshold, Estimate::of(context.scale));
  }
  return threshold;
}

Truth Evaluator::compare(const Condition& condition,
                         const EvalContext& context) {
  const Estimate left = amount(condition.amounts[0], context);
  const Estimate right = threshold_of(condition, context);
  compared_ = {};
  if (left.state == Estimate::State::known) compared_.value = left.now;
  if (right.state == Estimate::State::known) compared_.threshold = right.now;
  if (left.state == Estimate::State::open ||
      right.state == Estimate::State::open) {
    return Truth::unknown;
  }
  if (left.state == Estimate::State::absent ||
      right.state == Estimate::State::absent) {
    // What may still come lies between the bounds, if there are any.
    if (is_open(context.window) && !context.in_filter) {
      const Truth truth = compare_bounds(condition, context, left, right);
      return truth == Truth::met ? Truth::pending : truth;
    }
    const Amount::Op op = condition.amounts[0].op;
    if (left.state == Estimate::State::absent &&
        (op == Amount::Op::first_day || op == Amount::Op::last_day)) {
      return Truth::unmet;  // What never happened happened on no day.
    }
    if (reason_.empty()) reason_ = "nothing was reported";
    return Truth::unknown;
  }
  const Truth truth = compare_bounds(condition, context, left, right);
  return left.may_vanish || right.may_vanish ? Truth::pending : truth;
}

Truth Evaluator::compare_bounds(const Condition& condition,
                                const EvalContext& context,
                                const Estimate& left, const Estimate& right) {
  using Compare = Condition::Compare;
  switch (condition.compare) {
    case Compare::at_least:
      return at_least(left, right);
    case Compare::more_than:
      return more_than(left, right);
    case Compare::at_most:
      return condition.follows_below && model_.readings.below_is_exclusive
                 ? more_than(right, left)
                 : at_least(right, left);
    case Compare::less_than:
      return more_than(right, left);
    case Compare::equals: {
      const bool points = left.least && left.least == left.greatest &&
                          right.least && right.least == right.greatest;
      return decide(
          points && *left.least == *right.least,
          surely_below(left, right, false) || surely_below(right, left, false));
    }
    case Compare::range: {
      const Estimate upper = amount(condition.amounts[2], context);
      if (upper.state != Estimate::State::known) return Truth::unknown;
      compared_ = {};
      if (left.state == Estimate::State::known) {
        compared_.value = left.now;
        compared_.is_above = left.now > upper.now;
      }
      if (right.state == Estimate::State::known) {
        compared_.threshold = right.now;
      }
      const Truth enough = at_least(left, right);
      return model_.readings.range_is_strict
                 ? both(enough, at_least(upper, left))
                 : enough;
    }
    case Compare::rounds_to:
    case Compare::is_a_share_of:
      break;
  }
  return Truth::unknown;
}

// All, any or some of several conditions; the value is how many are met.
Truth Evaluator::joined(const Condition& condition,
                        const EvalContext& context) {
  std::int64_t met = 0;
  std::int64_t pending = 0;
  std::int64_t unknown = 0;
  std::string reason;
  for (const Condition& part : condition.parts) {
    reason_.clear();
    switch (this->condition(part, context)) {
      case Truth::met:
        ++met;
        break;
      case Truth::pending:
        ++pending;
        break;
      case Truth::unknown:
        ++unknown;
        if (reason.empty() || reason_.starts_with("parameter")) {
          reason = reason_;
        }
        break;
      case Truth::unmet:
        break;
    }
  }
  reason_ = reason;
  // What depends on a parameter that the text leaves open is never judged.
  const bool is_open_text = reason.starts_with("parameter");
  const auto count = static_cast<std::int64_t>(condition.parts.size());
  Fraction needed{condition.op == Condition::Op::any ? 1 : count, 1};
  if (condition.op == Condition::Op::some) {
    const Estimate wanted = amount(condition.amounts.front(), context);
    compared_ = {Fraction{met, 1}, std::nullopt, false};
    if (wanted.state != Estimate::State::known) return Truth::unknown;
    needed = wanted.now;
  }
  compared_ = {Fraction{met, 1}, needed, false};
  if (is_open_text) return Truth::unknown;
  if (Fraction{met, 1} >= needed) return Truth::met;
  if (Fraction{met + pending + unknown, 1} < needed) return Truth::unmet;
  return Fraction{met + pending, 1} >= needed && unknown == 0 ? Truth::pending
                                                              : Truth::unknown;
}

Truth Evaluator::of_thing(const Condition& condition,
                          const EvalContext& context) {
  const ThingRef thing = context.thing;
  const auto is_of_kind = [&](std::uint32_t unit) {
    return std::any_of(condition.names.ids.begin(), condition.names.ids.end(),
                       [&](std::uint32_t kind) {
                         return snapshot_.is_a(snapshot_.kind({unit}), {kind});
                       });
  };
  bool holds = false;
  switch (condition.op) {
    case Condition::Op::attribute_in: {
      const auto value = attribute_of(thing, condition.attribute);
      const auto& list = condition.names.texts;
      holds =
          value && std::find(list.begin(), list.end(), *value) != list.end();
      break;
    }
    case Condition::Op::attribute_present:
      holds = attribute_of(thing, condition.attribute).has_value();
      break;
    case Condition::Op::kind:
      holds = is_of_kind(thing.index);
      break;
    case Condition::Op::role: {
      const PostState* post = sources_.post(thing.index);
      const auto& ids = condition.names.ids;
      holds = post != nullptr &&
              std::find(ids.begin(), ids.end(), post->role.value) != ids.end();
      break;
    }
    case Condition::Op::holds: {
      Selection posts;
      posts.source = Selection::Source::posts;
      posts.names = condition.names;
      sources_.for_each(posts, thing, [&](const SourceItem&) { holds = true; });
      break;
    }
    case Condition::Op::member_of: {
      Selection units;
      units.source = Selection::Source::units;
      units.kinds = condition.names;
      sources_.for_each(units, thing, [&](const SourceItem&) { holds = true; });
      break;
    }
    case Condition::Op::weekday: {
      const std::int32_t day = sources_.record(thing.index).valid_from;
      const auto since_monday = static_cast<unsigned>(((day - 4) % 7 + 7) % 7);
      holds = ((condition.weekdays >> since_monday) & 1U) != 0;
      break;
    }
    default:
      holds = true;
      break;
  }
  return holds != condition.negated ? Truth::met : Truth::unmet;
}

Truth Evaluator::of_rule(const Condition& condition,
                         const EvalContext& context) {
  const auto at = static_cast<std::size_t>(condition.rule);
  const PackRule& rule = bound_.rules[at];
  const auto found = known_[at].find(context.thing.index);
  if (found != known_[at].end()) {
    compared_ = {};
    return found->second;
  }
  std::vector<Status> statuses;
  const auto windows = windows_of(rule, context.thing);
  if (!windows) {
    fail(windows.error());
  } else if (is_subject(rule, context.thing)) {
    for (const Interval& window : *windows) {
      statuses.push_back(cell(rule, context.thing, window).status);
    }
  }
  const Truth truth = truth_of(overall_of(statuses));
  compared_ = {};  // Those of the other rule are not of this one.
  known_[at].emplace(context.thing.index, truth);
  return truth;
}

Truth Evaluator::condition(const Condition& condition,
                           const EvalContext& context) {
  using Op = Condition::Op;
  if (depth_ == depth_max) {
    fail({Code::limit_exceeded,
          "rules that ask for other rules nest more than " +
              std::to_string(depth_max) + " conditions"});
  }
  if (error_) return Truth::unknown;
  const Deeper deeper(depth_);
  switch (condition.op) {
    case Op::compare:
      return compare(condition, context);
    case Op::all:
    case Op::any:
    case Op::some:
      return joined(condition, context);
    case Op::negation:
      return opposite(this->condition(condition.parts.front(), context));
    case Op::rule:
      return of_rule(condition, context);
    case Op::attribute_in:
    case Op::attribute_present: {
      const Truth truth = of_thing(condition, context);
      // Attributes of records hold on their first day and stay.
      return is_open(context.window) && !context.in_filter &&
                     context.thing.type != Thing::record
                 ? Truth::pending
                 : truth;
    }
    default:
      return of_thing(condition, context);
  }
}

bool Evaluator::is_subject(const PackRule& rule, ThingRef thing) {
  const PackSubjects& subjects = rule.subjects;
  if (subjects.type != thing.type) return false;
  const auto is_of_kind = [&](std::uint32_t unit) {
    const auto is_one = [&](std::uint32_t kind) {
      return snapshot_.is_a(snapshot_.kind({unit}), {kind});
    };
    return subjects.names.is_all ||
           std::any_of(subjects.names.ids.begin(), subjects.names.ids.end(),
                       is_one) ||
           std::any_of(subjects.inherited_by.ids.begin(),
                       subjects.inherited_by.ids.end(), is_one);
  };
  bool is_one = true;
  if (thing.type == Thing::unit) {
    is_one = is_of_kind(thing.index);
  } else if (thing.type == Thing::person) {
    is_one = false;
    Selection units;
    units.source = Selection::Source::units;
    sources_.for_each(units, thing, [&](const SourceItem& item) {
      is_one = is_one || is_of_kind(item.index);
    });
  } else if (thing.type == Thing::record) {
    const auto& ids = subjects.names.ids;
    is_one = std::find(ids.begin(), ids.end(),
                       sources_.record(thing.index).measure.value) != ids.end();
  } else if (thing.type == Thing::post && !subjects.names.is_all) {
    const PostState* post = sources_.post(thing.index);
    const auto& ids = subjects.names.ids;
    is_one = post != nullptr &&
             std::find(ids.begin(), ids.end(), post->role.value) != ids.end();
  }
  if (!is_one || subjects.where.empty()) return is_one;
  EvalContext context;
  context.thing = thing;
  context.window = {Date::open_start(), add_days(snapshot_.as_of(), 1)};
  context.spec = nullptr;
  context.in_filter = true;
  return condition(subjects.where.front(), context) == Truth::met;
}

bool Evaluator::is_inherited(const PackRule& rule, ThingRef thing) const {
  if (thing.type != Thing::unit || rule.subjects.names.is_all ||
      rule.subjects.inherited_by.ids.empty()) {
    return false;
  }
  const auto is_among = [&](const std::vector<std::uint32_t>& kinds) {
    return std::any_of(kinds.begin(), kinds.end(), [&](std::uint32_t kind) {
      return snapshot_.is_a(snapshot_.kind({thing.index}), {kind});
    });
  };
  return is_among(rule.subjects.inherited_by.ids) &&
         !is_among(rule.subjects.names.ids);
}

Result<std::vector<Interval>> Evaluator::windows_of(const PackRule& rule,
                                                    ThingRef thing) const {
  WindowFrame frame;
  frame.range = range_;
  frame.as_of = snapshot_.as_of();
  frame.effective = rule.in_force.valid_from;
  if (thing.type == Thing::record) {
    const auto& info = sources_.record(thing.index);
    frame.subject = {Date{info.valid_from}, Date{info.valid_until}};
  }
  auto windows = find_windows(rule.window, frame);
  if (windows && rule.window.type == WindowSpec::Type::once) {
    Date& until = windows->front().valid_until;
    until = std::min(until, rule.in_force.valid_until);
  }
  return windows;
}

std::optional<Fraction> Evaluator::scale_for(const PackRule& rule,
                                             ThingRef thing,
                                             const Interval& window,
                                             PartialWindow partial) const {
  if (rule.subjects.type != Thing::unit) return Fraction{1, 1};
  return lived_part(snapshot_.life({thing.index}), window, partial);
}

bool Evaluator::is_in_force(const PackRule& rule,
                            const Interval& window) const {
  if (snapshot_.as_of() < rule.in_force.valid_from) return false;
  // Repealed from its first day on.
  if (rule.in_force.is_empty()) return false;
  if (!window.valid_from.is_open() &&
      rule.window.type != WindowSpec::Type::rolling) {
    return rule.in_force.overlaps(window);
  }
  return rule.in_force.contains(
      std::min(add_days(window.valid_until, -1), snapshot_.as_of()));
}

void Evaluator::fill_cell(Cell& cell, const PackRule& rule,
                          const EvalContext& context) {
  if (rule.force == Force::report) {
    const Estimate value = amount(rule.report.front(), context);
    if (value.state == Estimate::State::known) cell.value = value.now;
    cell.status = Status::not_evaluable;
    if (reason_.empty()) reason_ = "only reported";
    return;
  }
  compared_ = {};
  cell.status = status_of(condition(rule.require, context));
  cell.value = compared_.value;
  cell.threshold = compared_.threshold;
  cell.is_above = compared_.is_above && cell.status == Status::met;
}

Evaluator::Cell Evaluator::cell_with(const PackRule& rule, ThingRef thing,
                                     const Interval& window,
                                     PartialWindow partial) {
  Cell cell;
  if (!is_in_force(rule, window)) {
    cell.status = Status::not_in_force;
    return cell;
  }
  EvalContext context;
  context.thing = thing;
  context.window = window;
  context.spec = &rule.window;
  if (!rule.exempt.empty()) {
    EvalContext choosing = context;
    choosing.in_filter = true;
    if (condition(rule.exempt.front(), choosing) == Truth::met) {
      cell.status = Status::exempt;
      return cell;
    }
  }
  const auto scale = scale_for(rule, thing, window, partial);
  if (!scale) {
    cell.status = Status::not_applicable;
    return cell;
  }
  context.scale = *scale;
  reason_.clear();
  fill_cell(cell, rule, context);
  return cell;
}

Evaluator::Cell Evaluator::cell(const PackRule& rule, ThingRef thing,
                                const Interval& window) {
  lane_.step();
  Cell cell = cell_with(rule, thing, window, rule.partial);
  const auto proportion =
      scale_for(rule, thing, window, PartialWindow::pro_rata);
  if (cell.status != Status::not_in_force && cell.status != Status::exempt &&
      proportion && *proportion != Fraction{1, 1}) {
    const std::string reason = reason_;
    cell.other_reading = cell_with(rule, thing, window,
                                   rule.partial == PartialWindow::any_day
                                       ? PartialWindow::pro_rata
                                       : PartialWindow::any_day)
                             .status;
    reason_ = reason;
  }
  return cell;
}

Date Evaluator::unmet_from(const PackRule& rule, ThingRef thing,
                           const Interval& window) {
  const Date as_of = snapshot_.as_of();
  const auto is_unmet_on = [&](std::int32_t day) {
    set_today({day});
    return cell_with(rule, thing, window, rule.partial).status == Status::unmet;
  };
  std::int32_t low = as_of.days;  // Still pending.
  std::int32_t high = window.valid_until.days - 1;
  Date first = Date::open_end();
  if (high > low && is_unmet_on(high)) {
    while (high - low > 1) {
      const std::int32_t middle = low + (high - low) / 2;
      (is_unmet_on(middle) ? high : low) = middle;
    }
    first = {high};
  }
  set_today(as_of);
  return first;
}

}  // namespace headrope
