// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A pack as people see it: views into its model.

#include "headrope/pack.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "rules/pack_model.hpp"

namespace headrope {
namespace {

Label label_of(const Text& text) { return {text.zh, text.en}; }

}  // namespace

const ParameterValue* Parameter::on(Date day) const {
  const auto next =
      std::upper_bound(values.begin(), values.end(), day,
                       [](Date wanted, const ParameterValue& value) {
                         return wanted < value.from;
                       });
  if (next == values.begin()) return nullptr;
  const ParameterValue& value = *std::prev(next);
  return value.value ? &value : nullptr;
}

const Parameter* PackModel::find_parameter(std::string_view wanted) const {
  const auto found =
      std::lower_bound(parameters.begin(), parameters.end(), wanted,
                       [](const Parameter& one, std::string_view other) {
                         return one.id < other;
                       });
  return found != parameters.end() && found->id == wanted ? &*found : nullptr;
}

std::optional<std::uint32_t> PackModel::find_rule(
    std::string_view wanted) const {
  const auto found =
      std::find_if(rules.begin(), rules.end(),
                   [&](const PackRule& rule) { return rule.id == wanted; });
  if (found == rules.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - rules.begin());
}

Pack::Pack(std::unique_ptr<const PackModel> model) : model_(std::move(model)) {}
Pack::~Pack() = default;

std::string_view Pack::id() const { return model_->id; }
Label Pack::title() const { return label_of(model_->title); }
Label Pack::issuer() const { return label_of(model_->issuer); }
Interval Pack::in_force() const { return model_->in_force; }
std::string_view Pack::overlays() const { return model_->overlays; }
std::size_t Pack::rule_count() const { return model_->rules.size(); }

RuleInfo Pack::rule(std::size_t at) const {
  Expects(at < model_->rules.size());
  const PackRule& rule = model_->rules[at];
  return {rule.id,     rule.pack,  rule.clause,
          rule.phrase, rule.group, label_of(rule.title),
          rule.force,  rule.forms};
}

std::optional<std::size_t> Pack::find_rule(std::string_view wanted) const {
  return model_->find_rule(wanted);
}

std::vector<ParameterInfo> Pack::parameters(Date day) const {
  std::vector<ParameterInfo> list;
  for (const Parameter& parameter : model_->parameters) {
    ParameterInfo info{parameter.id,
                       parameter.unit,
                       label_of(parameter.title),
                       std::nullopt,
                       {}};
    if (const ParameterValue* value = parameter.on(day)) {
      info.value = value->value;
      info.clause = value->clause;
    }
    list.push_back(info);
  }
  return list;
}

std::vector<DutyInfo> Pack::duties() const {
  std::vector<DutyInfo> list;
  list.reserve(model_->duties.size());
  for (const PackDuty& duty : model_->duties) {
    list.push_back({duty.id,
                    duty.clause,
                    {duty.title.zh, duty.title.en},
                    duty.lead,
                    duty.cooperating,
                    duty.division,
                    duty.subjects_of});
  }
  return list;
}

std::span<const ParameterChange> Pack::changes() const {
  return model_->changes;
}

}  // namespace headrope
