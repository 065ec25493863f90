// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Conditions: joined ones, those about a thing itself, and comparisons.

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "load/expression_reader.hpp"
#include "load/window_reader.hpp"
#include "rules/words.hpp"

namespace headrope {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> joining_heads{"all", "any", "not",
                                                        "some"};
constexpr std::array<std::string_view, 6> thing_heads{
    "kind", "role", "holds", "member_of", "weekday", "rule"};
constexpr std::array<std::string_view, 6> comparing_keys{
    "at_least", "at_most", "more_than", "less_than", "equals", "range"};
constexpr std::array<std::string_view, 3> modifying_keys{"name", "boundary",
                                                         "tolerance"};

std::vector<std::string_view> joined(std::initializer_list<Words> lists) {
  std::vector<std::string_view> all;
  for (const Words list : lists)
    all.insert(all.end(), list.begin(), list.end());
  return all;
}

// The keys of a comparison whose amount is under `head`.
std::vector<std::string_view> comparison_keys(std::string_view head,
                                              bool in_check) {
  auto keys = joined({comparing_keys, modifying_keys});
  keys.push_back(head);
  if (head == "distinct") keys.insert(keys.end(), {"by", "among"});
  if (head == "weighted") keys.push_back("missing");
  if (takes_each(head)) keys.push_back("each");
  if (in_check) keys.push_back("rounds_to");
  return keys;
}

bool is_about_attribute(const YamlNode& node) {
  return node.find("attribute") != nullptr &&
         (node.find("in") != nullptr || node.find("not_in") != nullptr ||
          node.find("present") != nullptr);
}

const YamlKey* key_of(const YamlNode& map, std::string_view key) {
  for (const YamlKey& one : map.keys) {
    if (one.text == key) return &one;
  }
  return nullptr;
}

}  // namespace

Condition ExpressionReader::read_condition(const YamlNode& node, Thing thing) {
  Condition condition;
  const auto heads = joined({joining_heads, thing_heads, amount_heads()});
  const std::string_view head = first_of(node, heads);
  if (node.find("part") != nullptr && scope_.in_check) {
    condition = read_part_and_share(node, thing);
  } else if (is_about_attribute(node)) {
    condition = read_attribute(node, thing);
  } else if (std::find(joining_heads.begin(), joining_heads.end(), head) !=
             joining_heads.end()) {
    condition = read_joined(node, head, thing);
  } else if (std::find(thing_heads.begin(), thing_heads.end(), head) !=
             thing_heads.end()) {
    condition = read_of_thing(node, head, thing);
  } else if (!head.empty()) {
    condition = read_comparison(node, head, thing);
  } else if (!node.is_map()) {
    reader_.tell(Code::pack_invalid, node,
                 "a condition is a map, such as {count: study_session, "
                 "at_least: 4}");
  } else {
    reader_.check_map(node, "a condition",
                      joined({heads, comparing_keys, modifying_keys}));
    reader_.need(node, "count");
  }
  if (const YamlNode* name = node.find("name")) {
    condition.label = reader_.read_label(*name);
  }
  condition.line = node.line;
  return condition;
}

Condition ExpressionReader::read_joined(const YamlNode& node,
                                        std::string_view head, Thing thing) {
  Condition condition;
  const YamlNode& parts = *node.find(head);
  if (head == "not") {
    reader_.check_map(node, "a condition with 'not'", {"not", "name"});
    condition.op = Condition::Op::negation;
    condition.parts.push_back(read_condition(parts, thing));
    return condition;
  }
  condition.op = head == "all"   ? Condition::Op::all
                 : head == "any" ? Condition::Op::any
                                 : Condition::Op::some;
  if (condition.op == Condition::Op::some) {
    reader_.check_map(node, "a condition with 'some'",
                      {"some", "at_least", "name"});
    if (const YamlNode* count = reader_.need(node, "at_least")) {
      condition.amounts.push_back(read_amount(*count, thing));
    }
  } else {
    const std::array<std::string_view, 2> keys{head, "name"};
    reader_.check_map(node, "a joined condition", keys);
  }
  for (const YamlNode& part : reader_.read_list(parts)) {
    condition.parts.push_back(read_condition(part, thing));
  }
  if (parts.is_list() && parts.items.empty()) {
    reader_.tell(Code::pack_invalid, parts,
                 "at least one condition is expected");
  }
  return condition;
}

Condition ExpressionReader::read_of_thing(const YamlNode& node,
                                          std::string_view head, Thing thing) {
  if (head == "rule") return read_rule(node, thing);
  const std::array<std::string_view, 2> keys{head, "name"};
  reader_.check_map(node, "a condition with '" + std::string(head) + "'", keys);
  const YamlNode& list = *node.find(head);
  Condition condition;
  Thing wanted = Thing::person;
  if (head == "kind") {
    wanted = Thing::unit;
    condition.op = Condition::Op::kind;
    condition.names = read_kinds(list);
  } else if (head == "role") {
    wanted = Thing::post;
    condition.op = Condition::Op::role;
    condition.names = read_roles(list);
  } else if (head == "holds") {
    condition.op = Condition::Op::holds;
    condition.names = read_roles(list);
  } else if (head == "member_of") {
    condition.op = Condition::Op::member_of;
    condition.names = read_kinds(list);
  } else {
    wanted = Thing::record;
    condition.op = Condition::Op::weekday;
    for (const YamlNode& item : reader_.read_list(list)) {
      if (const auto day = reader_.find_in(item, weekday_words())) {
        condition.weekdays =
            static_cast<std::uint8_t>(condition.weekdays | (1U << *day));
      }
    }
  }
  if (thing != wanted) tell_mismatch(node, head, thing);
  return condition;
}

Condition ExpressionReader::read_rule(const YamlNode& node, Thing thing) {
  reader_.check_map(node, "a condition with 'rule'", {"rule", "name"});
  const YamlNode& name = *node.find("rule");
  Condition condition;
  condition.op = Condition::Op::rule;
  condition.name = name.text;
  condition.names.texts.push_back(name.text);
  const auto found = scope_.rules.find(name.text);
  if (!name.is_scalar() || found == scope_.rules.end()) {
    reader_.tell_unknown_id(Code::rule_unknown, name, "rule", scope_.rules);
  } else if (found->second != thing) {
    reader_.tell(Code::thing_mismatch, name,
                 "that rule is about a " + std::string(word_of(found->second)) +
                     ", and a " + std::string(word_of(thing)) +
                     " is looked at here");
  } else {
    scope_.references.push_back({scope_.rule, name.text, &name});
  }
  return condition;
}

Condition ExpressionReader::read_attribute(const YamlNode& node, Thing thing) {
  Condition condition;
  const YamlNode& attribute = *node.find("attribute");
  condition.name = reader_.read_text(attribute).value_or("");
  if (thing == Thing::duty || thing == Thing::none) {
    tell_mismatch(node, "attribute", thing);
  }
  static constexpr std::array<std::string_view, 3> tests{"in", "not_in",
                                                         "present"};
  const std::string_view test = first_of(node, tests);
  const std::array<std::string_view, 3> keys{"attribute", test, "name"};
  reader_.check_map(node, "a condition on an attribute", keys);
  const YamlNode& value = *node.find(test);
  if (test == "present") {
    condition.op = Condition::Op::attribute_present;
    condition.negated = !reader_.read_flag(value).value_or(true);
    return condition;
  }
  condition.op = Condition::Op::attribute_in;
  condition.negated = test == "not_in";
  condition.names = read_plain_names(value);
  return condition;
}

Condition ExpressionReader::read_part_and_share(const YamlNode& node,
                                                Thing thing) {
  reader_.check_map(node, "a check of a share", {"part", "share", "name"});
  Condition condition;
  condition.op = Condition::Op::compare;
  condition.compare = Condition::Compare::is_a_share_of;
  condition.amounts.push_back(read_amount(*node.find("part"), thing));
  if (const YamlNode* share = reader_.need(node, "share")) {
    condition.amounts.push_back(read_amount(*share, thing));
  }
  return condition;
}

Condition ExpressionReader::read_comparison(const YamlNode& node,
                                            std::string_view head,
                                            Thing thing) {
  Condition condition;
  condition.op = Condition::Op::compare;
  reader_.check_map(node, "a comparison of '" + std::string(head) + "'",
                    comparison_keys(head, scope_.in_check), amount_heads());
  reader_.check_only_one(node, "a comparison", amount_heads());
  condition.amounts.push_back(read_amount_map(node, head, thing));
  read_compared(node, thing, condition);
  read_modifiers(node, condition);
  return condition;
}

// What an amount is compared with, and how.
void ExpressionReader::read_compared(const YamlNode& node, Thing thing,
                                     Condition& condition) {
  std::vector<std::string_view> known(comparing_keys.begin(),
                                      comparing_keys.end());
  if (scope_.in_check) known.push_back("rounds_to");
  const std::string_view how = first_of(node, known);
  if (how.empty()) {
    reader_.need(node, "at_least");
    return;
  }
  reader_.check_only_one(node, "a condition", known);
  const YamlNode& right = *node.find(how);
  const Amount left = condition.amounts.front();
  if (how != "range") {
    condition.compare = find_word<Condition::Compare>(how).value_or(
        Condition::Compare::at_least);
    condition.amounts.push_back(read_threshold(right, left, thing));
    return;
  }
  condition.compare = Condition::Compare::range;
  const auto bounds = reader_.read_list(right);
  if (right.is_list() && bounds.size() != 2) {
    reader_.tell(Code::pack_invalid, right,
                 "two bounds are expected, [low, high]");
  }
  for (const YamlNode& bound : bounds) {
    condition.amounts.push_back(read_threshold(bound, left, thing));
  }
  if (bounds.size() != 2) return;
  const Amount& low = condition.amounts[1];
  const Amount& high = condition.amounts[2];
  if (low.op == Amount::Op::number && high.op == Amount::Op::number &&
      high.number < low.number) {
    reader_.tell(Code::pack_invalid, bounds[1],
                 "the upper bound lies below the lower");
  }
}

// A threshold may be a word that an amount is not: `all`, or a place in the
// scale of the attribute on the left.
Amount ExpressionReader::read_threshold(const YamlNode& node,
                                        const Amount& left, Thing thing) {
  if (!node.is_scalar()) return read_amount(node, thing);
  if (node.text == "all" && left.op == Amount::Op::distinct) {
    if (left.among.empty()) {
      reader_.tell(Code::pack_invalid, node,
                   "'all' needs the key 'among', a list of values");
    }
    Amount all;
    all.op = Amount::Op::all;
    return all;
  }
  const ScalePlaces* scale =
      left.op == Amount::Op::attribute ? scope_.find_scale(left.name) : nullptr;
  if (scale == nullptr || parse_fraction(node.text)) {
    return read_amount(node, thing);
  }
  if (const auto found = scale->find(node.text); found != scale->end()) {
    Amount place;
    place.number = {found->second, 1};
    return place;
  }
  if (scope_.parameters.contains(node.text)) return read_amount(node, thing);
  reader_.tell_unknown_id(Code::value_not_in_list, node,
                          "value in the scale of '" + left.name + "'", *scale);
  return {};
}

void ExpressionReader::read_modifiers(const YamlNode& node,
                                      Condition& condition) {
  static constexpr std::array<std::string_view, 1> below{"below"};
  static constexpr std::array<std::string_view, 1> basically{"basically"};
  if (const YamlNode* boundary = node.find("boundary")) {
    condition.follows_below = reader_.find_in(*boundary, below).has_value();
    if (condition.compare != Condition::Compare::at_most) {
      reader_.tell(Code::key_unknown, *key_of(node, "boundary"),
                   "it belongs to 'at_most'");
    }
  }
  if (const YamlNode* tolerance = node.find("tolerance")) {
    condition.is_tolerant = reader_.find_in(*tolerance, basically).has_value();
    if (condition.compare != Condition::Compare::at_least) {
      reader_.tell(Code::key_unknown, *key_of(node, "tolerance"),
                   "it belongs to 'at_least'");
    }
  }
}

}  // namespace headrope
