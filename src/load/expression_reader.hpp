// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Conditions, amounts and selections from nodes. What can be asked of which
// thing is known here: a selection learns of which thing it is and what its
// items are, and the wrong question is told at once.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/registry.hpp"
#include "load/node_reader.hpp"

namespace headrope {

/// The values of a scale and their places, from 0.
using ScalePlaces = std::map<std::string, std::int64_t, std::less<>>;

/// The places of a scale.
[[nodiscard]] ScalePlaces places_of(const Scale& scale);

/// The names that a pack may use.
struct PackScope {
  /// What the vocabulary has.
  struct Vocabulary {
    std::vector<std::string_view> kinds{};
    std::vector<std::string_view> roles{};
    std::vector<std::string_view> measures{};
    std::vector<std::string_view> hierarchies{};
  };
  /// A rule that a condition names.
  struct RuleReference {
    std::string from{};  ///< the rule in which it stands
    std::string to{};
    const YamlNode* at = nullptr;
  };

  PackScope(const Registry& known, const PackModel* below);

  const Registry& registry;
  const PackModel* base;  ///< nullptr unless the pack is an overlay
  Vocabulary vocabulary{};
  Readings readings{};
  // Of the pack and its base, by their ids.
  std::map<std::string, ScalePlaces, std::less<>> scales{};
  std::map<std::string, Phase, std::less<>> phases{};
  std::set<std::string, std::less<>> parameters{};
  std::map<std::string, Thing, std::less<>> rules{};  ///< and their subjects
  std::set<std::string, std::less<>> figures{};
  bool in_check = false;  ///< in a check of reported figures
  std::string rule{};     ///< the rule that is read
  std::vector<RuleReference> references{};

  /// The scale of an attribute; nullptr if it has none.
  [[nodiscard]] const ScalePlaces* find_scale(std::string_view attribute) const;
};

/// What a selection of a source gives when it is asked of a thing; nothing if
/// it cannot be asked of it.
[[nodiscard]] std::optional<Thing> items_of(Selection::Source source,
                                            Selection::Reach reach, Thing of);

/// Reads expressions. Nodes must outlive the scope's references.
class ExpressionReader {
 public:
  ExpressionReader(NodeReader& reader, PackScope& scope)
      : reader_(reader), scope_(scope) {}

  /// A condition on a thing.
  Condition read_condition(const YamlNode& node, Thing thing);
  /// A number that is asked of a thing.
  Amount read_amount(const YamlNode& node, Thing thing);
  /// Items that stand in a relation to a thing.
  Selection read_selection(const YamlNode& node, Thing of);

  /// Names of the vocabulary, in a list.
  Names read_kinds(const YamlNode& node);
  /// Roles, in a list.
  Names read_roles(const YamlNode& node);
  /// Measures, in a list.
  Names read_measures(const YamlNode& node);
  /// The word `all`, or what `read` reads.
  Names read_all_or(const YamlNode& node,
                    Names (ExpressionReader::*read)(const YamlNode&));

 private:
  using Keys = std::vector<std::string_view>;

  void tell_mismatch(const YamlNode& map, std::string_view key, Thing thing);
  Names read_names(const YamlNode& node, Code code, std::string_view what,
                   std::span<const std::string_view> known);
  Names read_plain_names(const YamlNode& node);

  // Conditions.
  Condition read_joined(const YamlNode& node, std::string_view head,
                        Thing thing);
  Condition read_of_thing(const YamlNode& node, std::string_view head,
                          Thing thing);
  Condition read_attribute(const YamlNode& node, Thing thing);
  Condition read_rule(const YamlNode& node, Thing thing);
  Condition read_part_and_share(const YamlNode& node, Thing thing);
  Condition read_comparison(const YamlNode& node, std::string_view head,
                            Thing thing);
  void read_compared(const YamlNode& node, Thing thing, Condition& condition);
  Amount read_threshold(const YamlNode& node, const Amount& left, Thing thing);
  void read_modifiers(const YamlNode& node, Condition& condition);

  // Amounts.
  Amount read_scalar(const YamlNode& node);
  void read_parameter(const YamlNode& node, Amount& amount);
  Amount read_amount_map(const YamlNode& node, std::string_view head,
                         Thing thing);
  void read_of_items(const YamlNode& node, std::string_view head, Thing thing,
                     Amount& amount);
  void read_distinct(const YamlNode& node, Amount& amount);
  void read_share(const YamlNode& node, Thing thing, Amount& amount);
  void read_spread(const YamlNode& node, Thing thing, Amount& amount);
  void read_parts(const YamlNode& node, std::string_view head, Thing thing,
                  Amount& amount);
  void read_weighted(const YamlNode& map, const YamlNode& node, Thing thing,
                     Amount& amount);
  void read_choose(const YamlNode& node, Thing thing, Amount& amount);
  void read_leaf(const YamlNode& map, std::string_view head, Thing thing,
                 Amount& amount);
  void check_nature(const YamlNode& at, Amount::Op op,
                    const Selection& selection);

  // Selections.
  void read_source(const YamlNode& node, std::string_view head,
                   Selection& selection);
  void read_options(const YamlNode& node, Selection& selection);
  void read_record_options(const YamlNode& node, Selection& selection);
  PresenceSet read_presences(const YamlNode& node);
  std::string read_hierarchy(const YamlNode& node);

  NodeReader& reader_;
  PackScope& scope_;
};

/// The keys that say what an amount is.
[[nodiscard]] std::span<const std::string_view> amount_heads();

/// True if an amount may take an amount of each item in place of its value.
[[nodiscard]] bool takes_each(std::string_view head);

/// The first key of a map that is among some; empty if there is none.
[[nodiscard]] std::string_view first_of(
    const YamlNode& map, std::span<const std::string_view> heads);

}  // namespace headrope
