// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Amounts: numbers, parameters, what is counted from items, arithmetic.

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "load/expression_reader.hpp"
#include "rules/tally.hpp"
#include "rules/words.hpp"

namespace headrope {
namespace {

using Op = Amount::Op;

struct AmountWord {
  std::string_view word;
  Op op;
};

constexpr auto amount_words = std::to_array<AmountWord>({
    {"count", Op::count},
    {"sum", Op::sum},
    {"last", Op::last},
    {"least", Op::least},
    {"greatest", Op::greatest},
    {"days", Op::days},
    {"first_day", Op::first_day},
    {"last_day", Op::last_day},
    {"distinct", Op::distinct},
    {"share", Op::share},
    {"spread", Op::spread},
    {"quotient", Op::quotient},
    {"difference", Op::difference},
    {"product", Op::product},
    {"total", Op::total},
    {"weighted", Op::weighted},
    {"change", Op::change},
    {"choose", Op::choose},
    {"met", Op::met},
    {"attribute", Op::attribute},
    {"age", Op::age},
    {"value", Op::value},
    {"length", Op::length},
    {"parameter", Op::parameter},
    {"date", Op::date},
    {"figure", Op::figure},
});

constexpr auto heads = [] {
  std::array<std::string_view, amount_words.size()> list{};
  for (std::size_t at = 0; at < list.size(); ++at) {
    list[at] = amount_words[at].word;
  }
  return list;
}();

Op op_of(std::string_view head) {
  return std::find_if(amount_words.begin(), amount_words.end(),
                      [&](const AmountWord& one) { return one.word == head; })
      ->op;
}

Reduction reduction_of(Op op) {
  switch (op) {
    case Op::sum:
      return Reduction::sum;
    case Op::last:
      return Reduction::last;
    case Op::least:
      return Reduction::least;
    case Op::greatest:
      return Reduction::greatest;
    case Op::days:
      return Reduction::distinct_days;
    default:
      return Reduction::count;
  }
}

// Whether different values of something can be told apart among items.
bool can_tell_apart(std::string_view by, Thing items) {
  if (by == "measure") return items == Thing::record;
  if (by == "kind") return items == Thing::unit || items == Thing::record;
  if (by == "person") return items == Thing::person || items == Thing::record;
  if (by == "unit") return items != Thing::duty && items != Thing::none;
  return items != Thing::duty && items != Thing::none;
}

}  // namespace

std::span<const std::string_view> amount_heads() { return heads; }

bool takes_each(std::string_view head) {
  return head == "sum" || head == "least" || head == "greatest";
}

std::string_view first_of(const YamlNode& map,
                          std::span<const std::string_view> wanted) {
  for (const YamlKey& key : map.keys) {
    const auto found = std::find(wanted.begin(), wanted.end(), key.text);
    if (found != wanted.end()) return *found;
  }
  return {};
}

Amount ExpressionReader::read_amount(const YamlNode& node, Thing thing) {
  if (node.is_scalar()) return read_scalar(node);
  const std::string_view head = first_of(node, heads);
  if (head.empty()) {
    if (node.is_map()) {
      reader_.check_map(node, "an amount", heads);
      reader_.need(node, "count");
    } else {
      reader_.tell(Code::pack_invalid, node,
                   "an amount is a number, a parameter, or a map such as "
                   "{count: study_session}");
    }
    return {};
  }
  Keys keys{head};
  if (head == "distinct") keys.insert(keys.end(), {"by", "among"});
  if (head == "weighted") keys.push_back("missing");
  if (takes_each(head)) keys.push_back("each");
  reader_.check_map(node, "the amount '" + std::string(head) + "'", keys,
                    heads);
  reader_.check_only_one(node, "an amount", heads);
  return read_amount_map(node, head, thing);
}

// A number, a day, or else the name of a parameter.
Amount ExpressionReader::read_scalar(const YamlNode& node) {
  Amount amount;
  if (const auto number = parse_fraction(node.text)) {
    amount.number = *number;
    return amount;
  }
  if (const auto day = parse_date(node.text)) {
    amount.op = Op::date;
    amount.number = {day->days, 1};
    return amount;
  }
  const char first = node.text.empty() ? '\0' : node.text.front();
  if (first == '\0' || first == '-' || first == '.' ||
      (first >= '0' && first <= '9')) {
    reader_.tell(Code::value_not_a_number, node,
                 "a number such as 8, 2.5, 90 % or 1/3, a day, or the name of "
                 "a parameter is expected");
    return amount;
  }
  read_parameter(node, amount);
  return amount;
}

void ExpressionReader::read_parameter(const YamlNode& node, Amount& amount) {
  amount.op = Op::parameter;
  amount.name = node.text;
  if (scope_.in_check) {
    reader_.tell(Code::thing_mismatch, node,
                 "a check of reported figures has no parameters; write "
                 "{figure: name}");
    return;
  }
  const auto& known = scope_.parameters;
  if (!node.is_scalar() || !known.contains(node.text)) {
    reader_.tell_unknown_id(Code::parameter_unknown, node, "parameter", known);
  }
}

Amount ExpressionReader::read_amount_map(const YamlNode& node,
                                         std::string_view head, Thing thing) {
  Amount amount;
  amount.op = op_of(head);
  const YamlNode& value = *node.find(head);
  switch (amount.op) {
    case Op::share:
      read_share(value, thing, amount);
      break;
    case Op::spread:
      read_spread(value, thing, amount);
      break;
    case Op::quotient:
    case Op::difference:
    case Op::product:
    case Op::total:
      read_parts(value, head, thing, amount);
      break;
    case Op::weighted:
      read_weighted(node, value, thing, amount);
      break;
    case Op::choose:
      read_choose(value, thing, amount);
      break;
    case Op::change:
      amount.parts.push_back(read_amount(value, thing));
      break;
    case Op::met:
      amount.conditions.push_back(read_condition(value, thing));
      break;
    case Op::attribute:
    case Op::age:
    case Op::value:
    case Op::length:
    case Op::parameter:
    case Op::date:
    case Op::figure:
      read_leaf(node, head, thing, amount);
      break;
    default:
      read_of_items(node, head, thing, amount);
      break;
  }
  return amount;
}

void ExpressionReader::read_of_items(const YamlNode& node,
                                     std::string_view head, Thing thing,
                                     Amount& amount) {
  const YamlNode& value = *node.find(head);
  amount.selection.push_back(read_selection(value, thing));
  Selection& selection = amount.selection.front();
  // Days are cut to the window, and a last value looks back, unless told
  // otherwise.
  const bool is_told = value.is_map() && value.find("counts") != nullptr;
  if (amount.op == Op::days && !is_told) {
    selection.counts = Selection::Counts::overlapping;
  } else if (amount.op == Op::last && !is_told) {
    selection.counts = Selection::Counts::up_to;
  }
  if (const YamlNode* each = node.find("each")) {
    amount.parts.push_back(read_amount(*each, selection.items));
    return;
  }
  if (amount.op == Op::distinct) {
    read_distinct(node, amount);
  } else if (amount.op != Op::count &&
             (selection.items != Thing::record ||
              selection.source == Selection::Source::windows)) {
    reader_.tell(Code::thing_mismatch, value,
                 in_quotes(head) + " is asked of records; the items are " +
                     std::string(word_of(selection.source)));
  }
  check_nature(value, amount.op, selection);
}

void ExpressionReader::read_distinct(const YamlNode& node, Amount& amount) {
  if (const YamlNode* among = node.find("among")) {
    amount.among = reader_.read_texts(*among);
  }
  const YamlNode* by = reader_.need(node, "by");
  if (by == nullptr) return;
  amount.name = reader_.read_text(*by).value_or("");
  const Selection& selection = amount.selection.front();
  if (selection.source == Selection::Source::windows ||
      !can_tell_apart(amount.name, selection.items)) {
    reader_.tell(Code::thing_mismatch, *by,
                 "the items have none; they are " +
                     std::string(word_of(selection.source)));
  }
}

void ExpressionReader::read_share(const YamlNode& node, Thing thing,
                                  Amount& amount) {
  if (!reader_.check_map(node, "a share", {"of", "where"})) return;
  const YamlNode* of = reader_.need(node, "of");
  const YamlNode* where = reader_.need(node, "where");
  if (of == nullptr) return;
  amount.selection.push_back(read_selection(*of, thing));
  const Selection& selection = amount.selection.front();
  if (selection.items == Thing::none) tell_mismatch(node, "where", Thing::none);
  if (where == nullptr || selection.items == Thing::none) return;
  amount.conditions.push_back(read_condition(*where, selection.items));
}

void ExpressionReader::read_spread(const YamlNode& node, Thing thing,
                                   Amount& amount) {
  if (!reader_.check_map(node, "a spread", {"of", "where", "groups"})) return;
  const YamlNode* of = reader_.need(node, "of");
  const YamlNode* where = reader_.need(node, "where");
  const YamlNode* groups = reader_.need(node, "groups");
  if (of == nullptr || where == nullptr || groups == nullptr) return;
  amount.selection.push_back(read_selection(*of, thing));
  const Thing items = amount.selection.front().items;
  if (items == Thing::none) return tell_mismatch(node, "where", Thing::none);
  for (const YamlNode& group : reader_.read_list(*groups)) {
    if (!reader_.check_map(group, "a group", {"id", "where"})) continue;
    const YamlNode* id = reader_.need(group, "id");
    const YamlNode* chosen = reader_.need(group, "where");
    if (id == nullptr || chosen == nullptr) continue;
    const std::string name = reader_.read_id(*id);
    amount.labels.push_back({name, name});
    amount.conditions.push_back(read_condition(*chosen, items));
  }
  // The one whose share is asked stands behind those of the groups.
  amount.conditions.push_back(read_condition(*where, items));
  if (groups->is_list() && groups->items.size() < 2) {
    reader_.tell(Code::pack_invalid, *groups,
                 "at least two groups are expected");
  }
}

void ExpressionReader::read_parts(const YamlNode& node, std::string_view head,
                                  Thing thing, Amount& amount) {
  const bool is_pair = amount.op == Op::quotient || amount.op == Op::difference;
  for (const YamlNode& part : reader_.read_list(node)) {
    amount.parts.push_back(read_amount(part, thing));
  }
  if (!node.is_list()) return;
  if (is_pair ? node.items.size() != 2 : node.items.empty()) {
    reader_.tell(Code::pack_invalid, node,
                 in_quotes(head) + (is_pair ? " needs two amounts"
                                            : " needs at least one amount"));
  }
}

void ExpressionReader::read_weighted(const YamlNode& map, const YamlNode& node,
                                     Thing thing, Amount& amount) {
  if (const YamlNode* missing = map.find("missing")) {
    amount.missing = reader_.read_word<Amount::Missing>(*missing).value_or(
        Amount::Missing::not_evaluable);
  }
  for (const YamlNode& item : reader_.read_list(node)) {
    if (!reader_.check_map(item, "a weighted item",
                           {"weight", "amount", "name"})) {
      continue;
    }
    const YamlNode* weight = reader_.need(item, "weight");
    const YamlNode* part = reader_.need(item, "amount");
    if (weight == nullptr || part == nullptr) continue;
    amount.weights.push_back(reader_.read_number(*weight).value_or(Fraction{}));
    amount.parts.push_back(read_amount(*part, thing));
    const YamlNode* name = item.find("name");
    amount.labels.push_back(name == nullptr ? Text{}
                                            : reader_.read_label(*name));
  }
  if (node.is_list() && node.items.empty()) {
    reader_.tell(Code::pack_invalid, node, "at least one item is expected");
  }
}

void ExpressionReader::read_choose(const YamlNode& node, Thing thing,
                                   Amount& amount) {
  const auto choices = reader_.read_list(node);
  for (const YamlNode& choice : choices) {
    if (!reader_.check_map(choice, "a choice", {"where", "then"})) continue;
    const YamlNode* where = choice.find("where");
    const YamlNode* then = reader_.need(choice, "then");
    if (then == nullptr) continue;
    amount.conditions.push_back(
        where == nullptr ? Condition{} : read_condition(*where, thing));
    amount.parts.push_back(read_amount(*then, thing));
    if (where == nullptr && &choice != &choices.back()) {
      reader_.tell(Code::pack_invalid, choice,
                   "a choice without 'where' fits always, so that those below "
                   "it are never reached; put it last");
    }
  }
  if (node.is_list() && choices.empty()) {
    reader_.tell(Code::pack_invalid, node, "at least one choice is expected");
  }
}

void ExpressionReader::read_leaf(const YamlNode& map, std::string_view head,
                                 Thing thing, Amount& amount) {
  const YamlNode& value = *map.find(head);
  switch (amount.op) {
    case Op::attribute:
    case Op::age:
      amount.name = reader_.read_text(value).value_or("");
      if (thing == Thing::duty || thing == Thing::none) {
        tell_mismatch(map, head, thing);
      }
      break;
    case Op::value:
    case Op::length:
      if (!reader_.read_flag(value).value_or(true)) {
        reader_.tell(Code::value_not_in_list, value, "'true' is expected");
      }
      if (thing != Thing::record) tell_mismatch(map, head, thing);
      break;
    case Op::parameter:
      read_parameter(value, amount);
      break;
    case Op::date:
      amount.number = {reader_.read_date(value).value_or(Date{}).days, 1};
      break;
    default: {
      amount.name = value.text;
      const auto& known = scope_.figures;
      if (!scope_.in_check) {
        reader_.tell(Code::thing_mismatch, value,
                     "reported figures stand only in checks of them");
      } else if (!value.is_scalar() || !known.contains(value.text)) {
        reader_.tell_unknown_id(Code::pack_invalid, value, "reported figure",
                                known);
      }
    }
  }
}

// Whether the nature of the measures allows it. Stocks that hold on one day are
// not added over time, but over the units whose they are.
void ExpressionReader::check_nature(const YamlNode& at, Op op,
                                    const Selection& selection) {
  if (selection.source != Selection::Source::records &&
      selection.source != Selection::Source::attended) {
    return;
  }
  Tally tally;
  for (const std::string& name : selection.names.texts) {
    if (const auto id = scope_.registry.find_measure(name)) {
      tally.measures.push_back(*id);
    }
  }
  if (tally.measures.empty()) return;
  tally.reduction = reduction_of(op);
  bool over_units = op == Op::last && selection.reach != Selection::Reach::own;
  if (op == Op::sum && selection.counts == Selection::Counts::holding) {
    tally.reduction = Reduction::last;
    over_units = true;
  }
  const auto fine =
      check_reduction(tally, scope_.registry.measures(), over_units);
  if (!fine) reader_.tell(fine.error().code, at, fine.error().message);
}

}  // namespace headrope
