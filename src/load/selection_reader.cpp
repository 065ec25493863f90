// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Selections: the relations between things, and their options.

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "load/expression_reader.hpp"
#include "load/window_reader.hpp"
#include "rules/words.hpp"

namespace headrope {
namespace {

using Source = Selection::Source;
using Span = Selection::Reach;

constexpr std::array<std::string_view, 4> reach_words{"own", "children",
                                                      "below", "above"};

std::vector<std::string_view> keys_of(Source source) {
  std::vector<std::string_view> keys{word_of(source), "where"};
  const auto add = [&](std::initializer_list<std::string_view> more) {
    keys.insert(keys.end(), more);
  };
  switch (source) {
    case Source::records:
      add({"of", "along", "credited", "counts", "about"});
      break;
    case Source::attended:
      add({"counts", "about", "presences"});
      break;
    case Source::members:
      add({"along", "basis"});
      break;
    case Source::units:
      add({"along", "kinds"});
      break;
    case Source::answered_by:
      add({"of_duties"});
      break;
    default:
      break;
  }
  return keys;
}

// The items of a relation, whoever is asked.
Thing natural_items(Source source) {
  switch (source) {
    case Source::records:
    case Source::attended:
      return Thing::record;
    case Source::attendance:
    case Source::members:
    case Source::holders:
      return Thing::person;
    case Source::posts:
      return Thing::post;
    case Source::duties:
      return Thing::duty;
    case Source::assignments:
    case Source::answered_by:
    case Source::pairings:
      return Thing::none;
    default:
      return Thing::unit;
  }
}

bool can_be_asked(Source source, Span reach, Thing of) {
  const bool is_unit = of == Thing::unit;
  const bool is_person = of == Thing::person;
  switch (source) {
    case Source::records:
      return is_unit || is_person || of == Thing::record;
    case Source::attended:
      return is_person;
    case Source::attendance:
      return of == Thing::record;
    case Source::members:
    case Source::duties:
    case Source::answered_by:
      return is_unit;
    case Source::units:
      return reach == Span::own ? is_person : is_unit;
    case Source::posts:
    case Source::pairings:
      return is_unit || is_person;
    case Source::holders:
      return of == Thing::post;
    case Source::assignments:
      return is_unit || is_person || of == Thing::post || of == Thing::duty;
    case Source::windows:
      return of != Thing::none;
  }
  return false;
}

template <typename List>
std::vector<std::string_view> vocabulary_of(const List& list) {
  std::vector<std::string_view> ids;
  for (const auto& entry : list) ids.push_back(entry.id);
  return ids;
}

}  // namespace

ScalePlaces places_of(const Scale& scale) {
  ScalePlaces places;
  for (const std::string& value : scale.values) {
    places.emplace(value, static_cast<std::int64_t>(places.size()));
  }
  return places;
}

PackScope::PackScope(const Registry& known, const PackModel* below)
    : registry(known), base(below) {
  vocabulary = {vocabulary_of(known.kinds()), vocabulary_of(known.roles()),
                vocabulary_of(known.measures()),
                vocabulary_of(known.hierarchies())};
  if (base == nullptr) return;
  readings = base->readings;
  for (const Scale& one : base->scales) {
    scales.emplace(one.attribute, places_of(one));
  }
  for (const Phase& one : base->phases) phases.emplace(one.id, one);
  for (const Parameter& one : base->parameters) parameters.insert(one.id);
  for (const ReportedFigure& one : base->reported) figures.insert(one.id);
  for (const PackRule& one : base->rules) {
    rules.emplace(one.id, one.subjects.type);
  }
}

const ScalePlaces* PackScope::find_scale(std::string_view attribute) const {
  const auto found = scales.find(attribute);
  return found == scales.end() ? nullptr : &found->second;
}

std::optional<Thing> items_of(Source source, Span reach, Thing of) {
  if (!can_be_asked(source, reach, of)) return std::nullopt;
  return source == Source::windows ? of : natural_items(source);
}

void ExpressionReader::tell_mismatch(const YamlNode& map, std::string_view key,
                                     Thing thing) {
  const auto found =
      std::find_if(map.keys.begin(), map.keys.end(),
                   [&](const YamlKey& one) { return one.text == key; });
  if (found == map.keys.end()) return;
  reader_.tell(Code::thing_mismatch, *found,
               thing == Thing::none ? "this cannot be asked here"
                                    : "this cannot be asked of a " +
                                          std::string(word_of(thing)));
}

Selection ExpressionReader::read_selection(const YamlNode& node, Thing of) {
  Selection selection;
  selection.of = of;
  selection.items = Thing::record;
  if (node.is_scalar()) {
    const auto& known = scope_.vocabulary.measures;
    if (!scope_.registry.find_measure(node.text)) {
      reader_.tell_unknown(Code::measure_unknown, node, "measure", known);
    }
    selection.names.texts.push_back(node.text);
    if (!can_be_asked(Source::records, Span::own, of)) {
      reader_.tell(Code::thing_mismatch, node,
                   of == Thing::none
                       ? "records cannot be asked for here"
                       : "a " + std::string(word_of(of)) + " has no records");
    }
    return selection;
  }
  const std::string_view head = first_of(node, words<Source>);
  if (head.empty()) {
    if (reader_.check_map(node, "a selection", words<Source>)) {
      reader_.need(node, "records");
    }
    return selection;
  }
  selection.source = find_word<Source>(head).value_or(Source::records);
  reader_.check_map(node, "a selection of " + std::string(head),
                    keys_of(selection.source), words<Source>);
  reader_.check_only_one(node, "a selection", words<Source>);
  read_source(node, head, selection);
  const auto items = items_of(selection.source, selection.reach, of);
  if (!items) tell_mismatch(node, head, of);
  selection.items = items.value_or(natural_items(selection.source));
  read_options(node, selection);
  return selection;
}

void ExpressionReader::read_source(const YamlNode& node, std::string_view head,
                                   Selection& selection) {
  const YamlNode& value = *node.find(head);
  static constexpr std::array<std::string_view, 1> all{"all"};
  switch (selection.source) {
    case Source::records:
    case Source::attended:
      selection.names = read_measures(value);
      break;
    case Source::attendance:
      selection.presences = read_presences(value);
      selection.names.is_all = value.is_scalar();
      break;
    case Source::members: {
      static constexpr std::array<std::string_view, 2> reaches{"own", "below"};
      if (reader_.find_in(value, reaches) == 1) selection.reach = Span::below;
      break;
    }
    case Source::units:
      if (const auto reach = reader_.find_in(value, reach_words)) {
        selection.reach = static_cast<Span>(*reach);
      } else {
        selection.reach = Span::below;
      }
      break;
    case Source::posts:
    case Source::assignments:
    case Source::answered_by:
      selection.names = read_all_or(value, &ExpressionReader::read_roles);
      break;
    case Source::pairings:
      selection.names = read_all_or(value, &ExpressionReader::read_plain_names);
      break;
    case Source::holders:
      selection.holders = reader_.read_word<Selection::Holders>(value).value_or(
          Selection::Holders::all);
      break;
    case Source::duties:
      reader_.find_in(value, all);
      selection.names.is_all = true;
      break;
    case Source::windows:
      selection.windows.push_back(
          read_window(value, WindowPlace::part, scope_, reader_));
      break;
  }
}

void ExpressionReader::read_options(const YamlNode& node,
                                    Selection& selection) {
  static constexpr std::array<std::string_view, 2> bases{"primary", "any"};
  read_record_options(node, selection);
  if (const YamlNode* along = node.find("along")) {
    selection.along = read_hierarchy(*along);
  }
  if (const YamlNode* kinds = node.find("kinds")) {
    selection.kinds = read_kinds(*kinds);
  }
  if (const YamlNode* duties = node.find("of_duties")) {
    selection.duties = read_plain_names(*duties);
  }
  if (const YamlNode* basis = node.find("basis")) {
    selection.any_membership = reader_.find_in(*basis, bases) == 1;
  }
  const YamlNode* where = node.find("where");
  if (where == nullptr) return;
  if (selection.items == Thing::none) {
    return tell_mismatch(node, "where", Thing::none);
  }
  selection.where.push_back(read_condition(*where, selection.items));
}

void ExpressionReader::read_record_options(const YamlNode& node,
                                           Selection& selection) {
  static constexpr std::array<std::string_view, 1> below{"below"};
  if (selection.source == Source::records) {
    if (const YamlNode* of = node.find("of")) {
      reader_.find_in(*of, below);
      selection.reach = Span::below;
      if (selection.of != Thing::unit) tell_mismatch(node, "of", selection.of);
    }
    if (const YamlNode* credited = node.find("credited")) {
      selection.credited = read_hierarchy(*credited);
      if (selection.of != Thing::unit) {
        tell_mismatch(node, "credited", selection.of);
      }
    }
  }
  if (const YamlNode* counts = node.find("counts")) {
    selection.counts = reader_.read_word<Selection::Counts>(*counts).value_or(
        Selection::Counts::begun);
  }
  if (const YamlNode* about = node.find("about")) {
    selection.about = reader_.read_text(*about).value_or("");
    if (selection.of != Thing::record) {
      tell_mismatch(node, "about", selection.of);
    }
  }
  if (const YamlNode* presences = node.find("presences")) {
    selection.presences = read_presences(*presences);
  }
}

PresenceSet ExpressionReader::read_presences(const YamlNode& node) {
  PresenceSet set;
  if (node.is_scalar() && node.text == "all") {
    set.bits = (1U << words<Presence>.size()) - 1;
    return set;
  }
  for (const YamlNode& item : reader_.read_list(node)) {
    if (const auto presence = reader_.read_word<Presence>(item)) {
      set.bits |= PresenceSet::of({*presence}).bits;
    }
  }
  if (node.is_list() && node.items.empty()) {
    reader_.tell(Code::pack_invalid, node, "at least one word is expected");
  }
  return set;
}

std::string ExpressionReader::read_hierarchy(const YamlNode& node) {
  const auto& known = scope_.vocabulary.hierarchies;
  if (!node.is_scalar() || !scope_.registry.find_hierarchy(node.text)) {
    reader_.tell_unknown(Code::hierarchy_unknown, node, "hierarchy", known);
  }
  return node.text;
}

Names ExpressionReader::read_plain_names(const YamlNode& node) {
  Names names;
  names.texts = reader_.read_texts(node);
  if (node.is_list() && node.items.empty()) {
    reader_.tell(Code::pack_invalid, node, "at least one name is expected");
  }
  return names;
}

Names ExpressionReader::read_names(const YamlNode& node, Code code,
                                   std::string_view what,
                                   std::span<const std::string_view> known) {
  Names names = read_plain_names(node);
  if (!node.is_list()) return names;
  for (const YamlNode& item : node.items) {
    if (item.is_scalar() && !item.text.empty() &&
        std::find(known.begin(), known.end(), item.text) == known.end()) {
      reader_.tell_unknown(code, item, what, known);
    }
  }
  return names;
}

Names ExpressionReader::read_kinds(const YamlNode& node) {
  return read_names(node, Code::kind_unknown, "kind", scope_.vocabulary.kinds);
}
Names ExpressionReader::read_roles(const YamlNode& node) {
  return read_names(node, Code::role_unknown, "role", scope_.vocabulary.roles);
}
Names ExpressionReader::read_measures(const YamlNode& node) {
  return read_names(node, Code::measure_unknown, "measure",
                    scope_.vocabulary.measures);
}

Names ExpressionReader::read_all_or(
    const YamlNode& node, Names (ExpressionReader::*read)(const YamlNode&)) {
  if (!node.is_scalar()) return (this->*read)(node);
  Names names;
  names.is_all = true;
  if (node.text != "all") {
    reader_.tell(Code::pack_invalid, node,
                 "'all' or a list is expected, such as [" + node.text + "]");
  }
  return names;
}

}  // namespace headrope
