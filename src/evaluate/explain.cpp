// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Explaining a status: the same evaluator walks the rule for one subject, and
// every item is told with the reason why it counted or did not.

#include <algorithm>
#include <set>
#include <string>

#include "evaluate/describe.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/lived_part.hpp"
#include "evaluate/overall.hpp"
#include "headrope/damaged.hpp"

namespace headrope {
namespace {

Status status_of(Truth truth) {
  return truth == Truth::met       ? Status::met
         : truth == Truth::unmet   ? Status::unmet
         : truth == Truth::pending ? Status::pending
                                   : Status::not_evaluable;
}

class Explainer {
 public:
  // With several windows, what lies outside one of them is told in another.
  Explainer(Evaluator& evaluator, const ExplainOptions& options,
            bool tells_outside)
      : evaluator_(evaluator),
        tells_outside_(tells_outside),
        snapshot_(evaluator.sources().snapshot()),
        model_(evaluator.bound().pack->model()),
        options_(options) {}

  [[nodiscard]] std::vector<ExplainedStep> take_steps() {
    return std::exchange(steps_, {});
  }

  void condition(const Condition& one, const EvalContext& context,
                 std::uint32_t depth) {
    ExplainedStep step = step_of(describe(one, snapshot_, model_), depth);
    evaluator_.clear_reason();
    step.status = status_of(evaluator_.condition(one, context));
    if (one.op == Condition::Op::compare && one.amounts.size() > 1) {
      const Estimate left = evaluator_.amount(one.amounts[0], context);
      const Estimate right = evaluator_.threshold_of(one, context);
      if (left.state == Estimate::State::known) step.value = left.now;
      if (right.state == Estimate::State::known) step.threshold = right.now;
    }
    steps_.push_back(std::move(step));
    for (const Condition& part : one.parts) condition(part, context, depth + 1);
    if (one.op != Condition::Op::compare) return;
    for (const Amount& part : one.amounts) {
      if (!is_plain(part)) amount(part, context, depth + 1);
    }
  }

  void amount(const Amount& one, const EvalContext& context,
              std::uint32_t depth) {
    ExplainedStep step = step_of(describe(one, snapshot_, model_), depth);
    const Estimate value = evaluator_.amount(one, context);
    if (value.state == Estimate::State::known) step.value = value.now;
    for (const Selection& selection : one.selection) {
      items(step, one, selection, context);
    }
    steps_.push_back(std::move(step));
    // What is asked of each item is told with the items.
    for (const Amount& part : one.parts) {
      if (one.selection.empty() && !is_plain(part)) {
        amount(part, context, depth + 1);
      }
    }
    if (one.op == Amount::Op::met) {
      condition(one.conditions.front(), context, depth + 1);
    }
    if (one.op == Amount::Op::spread) groups(one, context, depth + 1);
  }

 private:
  static bool is_plain(const Amount& one) {
    return one.op == Amount::Op::number || one.op == Amount::Op::all ||
           one.op == Amount::Op::parameter || one.op == Amount::Op::date;
  }

  // The share of each group of a spread, lowest first.
  void groups(const Amount& one, const EvalContext& context,
              std::uint32_t depth) {
    std::vector<ExplainedStep> shares;
    for (std::size_t at = 0; at + 1 < one.conditions.size(); ++at) {
      Amount share;
      share.op = Amount::Op::share;
      share.selection = one.selection;
      Condition both;
      both.op = Condition::Op::all;
      both.parts = one.selection.front().where;
      both.parts.push_back(one.conditions[at]);
      share.selection.front().where = {both};
      share.conditions = {one.conditions.back()};
      const Estimate rate = evaluator_.amount(share, context);
      ExplainedStep step =
          step_of(at < one.labels.size() ? one.labels[at] : Text{}, depth);
      if (rate.state == Estimate::State::known) step.value = rate.now;
      shares.push_back(std::move(step));
    }
    std::stable_sort(shares.begin(), shares.end(),
                     [](const ExplainedStep& left, const ExplainedStep& right) {
                       return left.value && right.value &&
                              *left.value < *right.value;
                     });
    for (ExplainedStep& step : shares) steps_.push_back(std::move(step));
  }

  static ExplainedStep step_of(const Text& text, std::uint32_t depth) {
    ExplainedStep step;
    step.depth = depth;
    step.zh = text.zh;
    step.en = text.en;
    return step;
  }

  void items(ExplainedStep& step, const Amount& one, const Selection& selection,
             const EvalContext& context) {
    if (selection.source == Selection::Source::windows) {
      windows(step, one, selection, context);
      return;
    }
    std::vector<std::pair<SourceItem, ExplainedItem>> found;
    evaluator_.sources().for_each(
        selection, context.thing, [&](const SourceItem& item) {
          ExplainedItem told = told_item(item, selection);
          told.verdict = evaluator_.judge(item, selection, context);
          tell_each(one, item, selection, context, told);
          found.emplace_back(item, std::move(told));
        });
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& left, const auto& right) {
                       return left.first.valid_from < right.first.valid_from;
                     });
    mark_others(one, selection, context, found);
    for (auto& [item, told] : found) {
      if (told.verdict == ItemVerdict::outside_window && !tells_outside_) {
        continue;
      }
      if (step.items.size() < options_.items_max) {
        step.items.push_back(std::move(told));
      } else {
        ++step.items_left_out;
      }
    }
  }

  // The amount that is asked of each item.
  void tell_each(const Amount& one, const SourceItem& item,
                 const Selection& selection, const EvalContext& context,
                 ExplainedItem& told) {
    if (one.parts.empty()) return;
    EvalContext inner = context;
    inner.thing = evaluator_.ref_of(item, selection);
    const Estimate each = evaluator_.amount(one.parts.front(), inner);
    told.value.reset();
    if (each.state == Estimate::State::known) told.value = each.now;
  }

  void windows(ExplainedStep& step, const Amount& one,
               const Selection& selection, const EvalContext& context) {
    EvalContext inner = context;
    inner.in_filter = true;
    inner.scale = {1, 1};
    inner.spec = &selection.windows.front();
    const Condition* asked = !one.conditions.empty() ? &one.conditions.front()
                             : !selection.where.empty()
                                 ? &selection.where.front()
                                 : nullptr;
    for (const Interval& part : evaluator_.parts_of(selection, context)) {
      ExplainedItem told;
      told.days = part;
      inner.window = part;
      if (asked != nullptr) told.verdict = verdict_of(*asked, inner);
      if (step.items.size() < options_.items_max) {
        step.items.push_back(std::move(told));
      } else {
        ++step.items_left_out;
      }
    }
  }

  ItemVerdict verdict_of(const Condition& asked, const EvalContext& inner) {
    const Truth truth = evaluator_.condition(asked, inner);
    return truth == Truth::met     ? ItemVerdict::counted
           : truth == Truth::unmet ? ItemVerdict::condition_unmet
                                   : ItemVerdict::condition_unknown;
  }

  ExplainedItem told_item(const SourceItem& item,
                          const Selection& selection) const {
    ExplainedItem told;
    switch (selection.items) {
      case Thing::record:
        told.id = subject_identity(snapshot_, SubjectType::records, item.index);
        told.what = snapshot_.measures()[item.measure.value].id;
        told.days = {Date{item.valid_from}, Date{item.valid_until}};
        told.value = evaluator_.value_of(item);
        if (selection.source == Selection::Source::attended) {
          told.detail = presence_word(item.presence);
        }
        break;
      case Thing::person:
        told.id = snapshot_.identity(PersonId{item.index});
        break;
      case Thing::unit:
        told.id = snapshot_.identity(UnitIndex{item.index});
        told.what =
            snapshot_.kinds()[snapshot_.kind(UnitIndex{item.index}).value].id;
        break;
      case Thing::post:
        told.id = snapshot_.identity(PostId{item.index});
        break;
      case Thing::duty:
        told.id = snapshot_.identity(DutyId{item.index});
        break;
      case Thing::none:
        tell_tie(item, selection, told);
        break;
    }
    return told;
  }

  // Assignments name their duty and holder, pairings their two ends.
  void tell_tie(const SourceItem& item, const Selection& selection,
                ExplainedItem& told) const {
    Entity holder;
    if (selection.source != Selection::Source::pairings) {
      const AssignmentState& one = snapshot_.assignments()[item.index];
      told.what = snapshot_.roles()[one.role.value].id;
      told.detail = snapshot_.identity(one.duty);
      told.days = one.valid;
      holder = one.holder;
    } else {
      const Tie& tie = snapshot_.ties()[item.index];
      told.what = tie.pairing;
      if (tie.unit.value < snapshot_.unit_count()) {
        told.detail = snapshot_.identity(tie.unit);
      }
      told.days = tie.valid;
      holder = tie.holder;
    }
    if (holder.type == EntityType::unit &&
        holder.index < snapshot_.unit_count()) {
      told.id = snapshot_.identity(UnitIndex{holder.index});
    } else if (holder.type == EntityType::person) {
      told.id = snapshot_.identity(PersonId{holder.index});
    } else if (holder.type == EntityType::post) {
      told.id = snapshot_.identity(PostId{holder.index});
    }
  }

  static std::string presence_word(Presence presence) {
    constexpr std::array words{"present", "late", "made_up", "excused",
                               "absent"};
    return words[static_cast<std::size_t>(presence)];
  }

  // What an item is to an amount because of the other items.
  void mark_others(const Amount& one, const Selection& selection,
                   const EvalContext& context,
                   std::vector<std::pair<SourceItem, ExplainedItem>>& found) {
    using Op = Amount::Op;
    const Interval window = evaluator_.until_today(context.window);
    std::int32_t reached = window.valid_from.days;
    std::set<std::string> seen;
    std::optional<Fraction> wanted;
    if (one.op == Op::last || one.op == Op::least || one.op == Op::greatest) {
      const Estimate value = evaluator_.amount(one, context);
      if (value.state == Estimate::State::known) wanted = value.now;
    }
    bool is_chosen = false;
    for (auto at = found.rbegin(); wanted && at != found.rend(); ++at) {
      if (at->second.verdict != ItemVerdict::counted) continue;
      if (is_chosen || at->second.value != wanted) {
        at->second.verdict = ItemVerdict::not_the_last;
      } else {
        is_chosen = true;
      }
    }
    EvalContext inner = context;
    inner.in_filter = true;
    inner.scale = {1, 1};
    for (auto& [item, told] : found) {
      if (told.verdict != ItemVerdict::counted) continue;
      if (one.op == Op::days) {
        const std::int32_t until =
            std::min(item.valid_until, window.valid_until.days);
        const std::int32_t first = std::max(reached, item.valid_from);
        if (until <= first) told.verdict = ItemVerdict::days_counted;
        // What it adds, so that the items add up to the days.
        told.value = Fraction{std::max(until - first, 0), 1};
        reached = std::max(reached, until);
      } else if (one.op == Op::distinct) {
        const std::string key = evaluator_.key_of(item, selection, one);
        told.detail = key;
        const bool is_listed =
            one.among.empty() || std::find(one.among.begin(), one.among.end(),
                                           key) != one.among.end();
        if (key.empty() || !is_listed) {
          told.verdict = ItemVerdict::value_not_listed;
        } else if (!seen.insert(key).second) {
          told.verdict = ItemVerdict::value_repeated;
        }
      } else if (one.op == Op::share) {
        inner.thing = evaluator_.ref_of(item, selection);
        told.verdict = verdict_of(one.conditions.front(), inner);
      }
    }
    if (one.op == Op::distinct) tell_missing(one, seen, found);
  }

  // Values that were asked for and that no item has.
  static void tell_missing(
      const Amount& one, const std::set<std::string>& seen,
      std::vector<std::pair<SourceItem, ExplainedItem>>& found) {
    for (const std::string& value : one.among) {
      if (seen.contains(value)) continue;
      ExplainedItem told;
      told.what = one.name;
      told.detail = value;
      told.verdict = ItemVerdict::value_missing;
      found.emplace_back(SourceItem{}, std::move(told));
    }
  }

  Evaluator& evaluator_;
  bool tells_outside_;
  const Snapshot& snapshot_;
  const PackModel& model_;
  const ExplainOptions& options_;
  std::vector<ExplainedStep> steps_;
};

// The parameters that a rule names, in its own order.
void collect(const Amount& amount, std::vector<std::string>& names);
void collect(const Condition& condition, std::vector<std::string>& names) {
  for (const Amount& amount : condition.amounts) collect(amount, names);
  for (const Condition& part : condition.parts) collect(part, names);
}
void collect(const Amount& amount, std::vector<std::string>& names) {
  if (amount.op == Amount::Op::parameter &&
      std::find(names.begin(), names.end(), amount.name) == names.end()) {
    names.push_back(amount.name);
  }
  for (const Amount& part : amount.parts) collect(part, names);
  for (const Condition& part : amount.conditions) collect(part, names);
  for (const Selection& selection : amount.selection) {
    for (const Condition& part : selection.where) collect(part, names);
  }
}

std::vector<ParameterInfo> parameters_of(const PackRule& rule, const Pack& pack,
                                         Date day) {
  std::vector<std::string> names;
  collect(rule.require, names);
  for (const Amount& amount : rule.report) collect(amount, names);
  std::vector<ParameterInfo> used;
  for (const ParameterInfo& info : pack.parameters(day)) {
    if (std::find(names.begin(), names.end(), info.id) != names.end()) {
      used.push_back(info);
    }
  }
  return used;
}

// A record of the measures of a rule by its identity, or `#` and its number.
std::optional<std::uint32_t> find_record(const PackRule& rule,
                                         const Snapshot& snapshot,
                                         std::string_view identity) {
  for (const std::uint32_t measure : rule.subjects.names.ids) {
    for (const RecordColumns* columns : {&snapshot.unit_records({measure}),
                                         &snapshot.person_records({measure})}) {
      for (const std::uint32_t record : columns->record) {
        if (subject_identity(snapshot, SubjectType::records, record) ==
            identity) {
          return record;
        }
      }
    }
  }
  return std::nullopt;
}

// Finds what a rule could speak of by the user's own string.
std::optional<ThingRef> find_thing(const PackRule& rule,
                                   const Snapshot& snapshot,
                                   std::string_view identity) {
  const Thing type = rule.subjects.type;
  const auto found = [&](const auto& id) -> std::optional<ThingRef> {
    if (!id) return std::nullopt;
    return ThingRef{type, id->value};
  };
  switch (type) {
    case Thing::person:
      return found(snapshot.find_person(identity));
    case Thing::post:
      return found(snapshot.find_post(identity));
    case Thing::duty:
      return found(snapshot.find_duty(identity));
    case Thing::record: {
      const auto record = find_record(rule, snapshot, identity);
      return record ? std::optional(ThingRef{type, *record}) : std::nullopt;
    }
    default:
      return found(snapshot.find_unit(identity));
  }
}

ExplainedWindow explain_window(Evaluator& evaluator, Explainer& explainer,
                               const PackRule& rule, ThingRef thing,
                               const Interval& window) {
  ExplainedWindow told;
  told.window = window;
  evaluator.clear_reason();
  const Evaluator::Cell cell = evaluator.cell(rule, thing, window);
  told.status = cell.status;
  told.value = cell.value;
  told.threshold = cell.threshold;
  told.other_reading = cell.other_reading;
  if (cell.status == Status::not_evaluable) told.reason = evaluator.reason();
  if (cell.status == Status::pending) {
    told.unmet_from = evaluator.unmet_from(rule, thing, window);
  }
  EvalContext context;
  context.thing = thing;
  context.window = window;
  context.spec = &rule.window;
  if (thing.type == Thing::unit) {
    context.scale =
        lived_part(evaluator.sources().snapshot().life(UnitIndex{thing.index}),
                   window, rule.partial)
            .value_or(Fraction{1, 1});
  }
  if (rule.force == Force::report) {
    explainer.amount(rule.report.front(), context, 0);
  } else {
    explainer.condition(rule.require, context, 0);
  }
  told.steps = explainer.take_steps();
  return told;
}

Result<Explanation> explain_with(BoundPack& bound, Sources& sources,
                                 std::size_t rule, std::string_view subject,
                                 const RuleQuestion& question,
                                 const ExplainOptions& options, Pace& pace) {
  const Snapshot& snapshot = sources.snapshot();
  if (auto done = bind(bound, rule, snapshot, sources); !done) {
    return done.error();
  }
  sources.build();
  const PackRule& asked = bound.rules[rule];
  Evaluator evaluator(
      bound, sources,
      closed_range(question.range, *bound.pack, snapshot.as_of()),
      Lane(pace, 0, 1));
  const auto thing = find_thing(asked, snapshot, subject);
  if (!thing || !evaluator.is_subject(asked, *thing)) {
    return Error{Code::not_found, "'" + std::string(subject) +
                                      "' is no subject of rule '" + asked.id +
                                      "'"};
  }
  const auto windows = evaluator.windows_of(asked, *thing);
  if (!windows) return windows.error();
  Explainer explainer(evaluator, options, windows->size() == 1);
  Explanation answer;
  answer.pack = bound.pack;
  answer.rule = rule;
  answer.subject = subject;
  answer.as_of = snapshot.as_of();
  answer.is_inherited = evaluator.is_inherited(asked, *thing);
  answer.parameters = parameters_of(asked, *bound.pack, snapshot.as_of());
  if (thing->type == Thing::unit) {
    answer.subject_name = snapshot.name(UnitIndex{thing->index});
  }
  std::vector<Status> statuses;
  for (const Interval& window : *windows) {
    answer.windows.push_back(
        explain_window(evaluator, explainer, asked, *thing, window));
    statuses.push_back(answer.windows.back().status);
  }
  const std::optional<Error> failed = evaluator.error();
  if (failed) return *failed;
  answer.overall = overall_of(statuses);
  write_sentences(answer, asked);
  return answer;
}

}  // namespace

Result<Explanation> explain(const Snapshot& snapshot, const PackPointer& pack,
                            std::size_t rule, std::string_view subject,
                            const RuleQuestion& question,
                            const ExplainOptions& options) try {
  if (pack == nullptr || rule >= pack->rule_count()) {
    return Error{Code::rule_unknown,
                 "there is no rule at position " + std::to_string(rule)};
  }
  Pace pace(question.progress);
  return until_stopped("the explanation", [&]() -> Result<Explanation> {
    pace.begin("explain");
    BoundPack bound{pack, {}, {}};
    Sources sources(snapshot, pace);
    return explain_with(bound, sources, rule, subject, question, options, pace);
  });
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
