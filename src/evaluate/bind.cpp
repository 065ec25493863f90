// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the names in a rule to the ids of a snapshot.

#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "evaluate/evaluator.hpp"

namespace headrope {
namespace {

class Binder {
 public:
  Binder(BoundPack& bound, const Snapshot& snapshot, Sources& sources)
      : bound_(bound),
        model_(bound.pack->model()),
        snapshot_(snapshot),
        sources_(sources) {}

  // Binds a rule and then, one after the other, those that it refers to.
  Result<void> run(std::size_t first) {
    wanted_.push_back(first);
    while (!wanted_.empty()) {
      const std::size_t at = wanted_.back();
      wanted_.pop_back();
      if (bound_.is_bound[at]) continue;
      bound_.is_bound[at] = true;
      bind_rule(bound_.rules[at]);
    }
    if (error_) return *error_;
    return {};
  }

 private:
  void fail(Code code, std::string_view what, std::string_view name) {
    if (error_) return;
    error_ = Error{code, std::string(what) + " " + in_quotes(name) +
                             " is not in the vocabulary of the data"};
  }

  void bind_rule(PackRule& rule) {
    Names& names = rule.subjects.names;
    switch (rule.subjects.type) {
      case Thing::post: {
        bind_roles(names);
        Selection posts;
        posts.source = Selection::Source::posts;
        sources_.prepare(posts);
        break;
      }
      case Thing::record:
        bind_measures(names);
        sources_.prepare_records();
        break;
      case Thing::duty:
        break;
      default:
        bind_kinds(names);
        bind_kinds(rule.subjects.inherited_by);
        break;
    }
    if (rule.subjects.type != Thing::unit) sources_.prepare_memberships();
    bind_all(rule.subjects.where);
    bind_all(rule.exempt);
    bind_condition(rule.require);
    for (Amount& amount : rule.report) bind_amount(amount);
  }

  void bind_kinds(Names& names) {
    bind_names(names, Code::kind_unknown, "kind",
               [&](const std::string& id) { return snapshot_.find_kind(id); });
  }
  void bind_measures(Names& names) {
    bind_names(
        names, Code::measure_unknown, "measure",
        [&](const std::string& id) { return snapshot_.find_measure(id); });
  }
  void bind_roles(Names& names) {
    bind_names(names, Code::role_unknown, "role",
               [&](const std::string& id) { return snapshot_.find_role(id); });
  }

  template <typename Find>
  void bind_names(Names& names, Code code, std::string_view what,
                  const Find& find) {
    names.ids.clear();
    for (const std::string& text : names.texts) {
      if (const auto id = find(text)) {
        // What stands twice counts once.
        if (std::find(names.ids.begin(), names.ids.end(), id->value) ==
            names.ids.end()) {
          names.ids.push_back(id->value);
        }
      } else {
        fail(code, what, text);
      }
    }
  }

  std::int32_t forest_of(const std::string& hierarchy) {
    const auto forests = snapshot_.forests();
    for (std::size_t at = 0; at < forests.size(); ++at) {
      if (snapshot_.hierarchies()[forests[at].hierarchy().value].id ==
          hierarchy) {
        return static_cast<std::int32_t>(at);
      }
    }
    for (const Hierarchy& known : snapshot_.hierarchies()) {
      if (known.id == hierarchy) return -1;  // Without places on the day.
    }
    fail(Code::hierarchy_unknown, "hierarchy", hierarchy);
    return -1;
  }

  // A duty that the organisation does not have answers for nobody.
  void bind_duties(Names& duties) const {
    duties.ids.clear();
    for (const std::string& name : duties.texts) {
      if (const auto duty = snapshot_.find_duty(name)) {
        duties.ids.push_back(duty->value);
      }
    }
    std::sort(duties.ids.begin(), duties.ids.end());
  }

  AttributeId attribute_of(const std::string& name) {
    return snapshot_.find_attribute(name).value_or(AttributeId{});
  }

  void bind_selection(Selection& selection) {
    using Source = Selection::Source;
    switch (selection.source) {
      case Source::records:
      case Source::attended:
        bind_measures(selection.names);
        break;
      case Source::posts:
      case Source::assignments:
      case Source::answered_by:
        if (!selection.names.is_all) bind_roles(selection.names);
        bind_duties(selection.duties);
        break;
      default:
        break;
    }
    bind_kinds(selection.kinds);
    if (selection.reach != Selection::Reach::own) {
      const bool is_members = selection.source == Source::members;
      selection.forest = forest_of(!selection.along.empty() ? selection.along
                                   : is_members             ? "party"
                                                            : "administrative");
    }
    if (!selection.credited.empty()) {
      selection.credit_forest = forest_of(selection.credited);
    }
    if (!selection.about.empty()) {
      selection.about_attribute = attribute_of(selection.about);
    }
    if (!error_) sources_.prepare(selection);
    bind_all(selection.where);
  }

  void bind_amount(Amount& amount) {
    for (Selection& selection : amount.selection) bind_selection(selection);
    for (Amount& part : amount.parts) bind_amount(part);
    bind_all(amount.conditions);
    switch (amount.op) {
      case Amount::Op::attribute:
      case Amount::Op::age:
        amount.attribute = attribute_of(amount.name);
        break;
      case Amount::Op::distinct:
        amount.attribute = attribute_of(amount.name);
        sources_.prepare_records();
        sources_.prepare_memberships();
        break;
      case Amount::Op::value:
      case Amount::Op::length:
        sources_.prepare_records();
        break;
      case Amount::Op::parameter:
        amount.position = position_of(model_.parameters, amount.name);
        break;
      default:
        break;
    }
    amount.scale = -1;
    for (std::size_t at = 0; at < model_.scales.size(); ++at) {
      if (amount.op == Amount::Op::attribute &&
          model_.scales[at].attribute == amount.name) {
        amount.scale = static_cast<std::int32_t>(at);
      }
    }
  }

  template <typename List>
  static std::int32_t position_of(const List& list, const std::string& id) {
    for (std::size_t at = 0; at < list.size(); ++at) {
      if (list[at].id == id) return static_cast<std::int32_t>(at);
    }
    return -1;
  }

  void bind_all(std::vector<Condition>& conditions) {
    for (Condition& condition : conditions) bind_condition(condition);
  }

  void bind_condition(Condition& condition) {
    for (Amount& amount : condition.amounts) bind_amount(amount);
    bind_all(condition.parts);
    switch (condition.op) {
      case Condition::Op::attribute_in:
      case Condition::Op::attribute_present:
        condition.attribute = attribute_of(condition.name);
        break;
      case Condition::Op::kind:
        bind_kinds(condition.names);
        break;
      case Condition::Op::member_of:
        bind_kinds(condition.names);
        sources_.prepare_memberships();
        break;
      case Condition::Op::role:
      case Condition::Op::holds: {
        bind_roles(condition.names);
        Selection posts;
        posts.source = Selection::Source::posts;
        sources_.prepare(posts);
        break;
      }
      case Condition::Op::weekday:
        sources_.prepare_records();
        break;
      case Condition::Op::rule:
        condition.rule = position_of(bound_.rules, condition.name);
        if (condition.rule >= 0) {
          wanted_.push_back(static_cast<std::size_t>(condition.rule));
        }
        break;
      default:
        break;
    }
  }

  BoundPack& bound_;
  const PackModel& model_;
  const Snapshot& snapshot_;
  Sources& sources_;
  std::vector<std::size_t> wanted_;
  std::optional<Error> error_;
};

}  // namespace

Result<void> bind(BoundPack& bound, std::size_t rule, const Snapshot& snapshot,
                  Sources& sources) {
  if (bound.rules.empty()) {
    bound.rules = bound.pack->model().rules;
    bound.is_bound.assign(bound.rules.size(), false);
  }
  return Binder(bound, snapshot, sources).run(rule);
}

}  // namespace headrope
