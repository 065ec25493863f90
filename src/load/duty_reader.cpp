// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The duties of a pack and what must be filled: names of the vocabulary are
// checked here, names of units and holders only where there is an organisation
// (add_duties).

#include <algorithm>
#include <array>
#include <utility>

#include "load/document_reader.hpp"

namespace headrope {
namespace {

class DutyReader {
 public:
  DutyReader(PackScope& scope, NodeReader& reader)
      : scope_(scope), reader_(reader) {}

  PackDuty read_duty(const YamlNode& node) {
    PackDuty duty;
    duty.id = read_new_id(node, reader_, seen_);
    duty.clause = reader_.read_clause(node);
    if (const YamlNode* title = reader_.need(node, "title")) {
      duty.title = reader_.read_label(*title);
    }
    if (const YamlNode* lead = node.find("lead")) {
      duty.lead = reader_.read_texts(*lead);
      duty.parts.push_back({"lead", duty.lead});
    }
    if (const YamlNode* cooperating = node.find("cooperating")) {
      duty.cooperating = reader_.read_texts(*cooperating);
      duty.parts.push_back({"cooperating", duty.cooperating});
    }
    if (const YamlNode* roles = node.find("roles")) read_roles(*roles, duty);
    if (const YamlNode* reach = node.find("for")) {
      duty.reach = read_reach(*reach);
    }
    duty.inherited = read_name(node, "inherited", Code::hierarchy_unknown,
                               "hierarchy", scope_.vocabulary.hierarchies);
    duty.division = reader_.read_text(node, "division");
    if (const YamlNode* rule = node.find("subjects_of")) {
      if (const auto id = reader_.read_text(*rule)) {
        if (!scope_.rules.contains(*id)) {
          reader_.tell_unknown_id(Code::rule_unknown, *rule, "rule",
                                  scope_.rules);
        }
        duty.subjects_of = *id;
      }
    }
    if (const YamlNode* needs = node.find("needs")) {
      read_duty_needs(*needs, duty);
    }
    return duty;
  }

  PackNeed read_need(const YamlNode& node) {
    PackNeed need;
    if (const YamlNode* type = reader_.need(node, "need")) {
      need.type = reader_.read_word<Need::Type>(*type).value_or(need.type);
    }
    need.role = read_name(node, "role", Code::role_unknown, "role",
                          scope_.vocabulary.roles);
    need.pairing = reader_.read_text(node, "pairing");
    need.measure = read_name(node, "measure", Code::measure_unknown, "measure",
                             scope_.vocabulary.measures);
    need.clause = reader_.read_clause(node);
    if (const YamlNode* reach = node.find("for")) {
      need.reach = read_reach(*reach);
    }
    read_bounds(node, need);
    check_need(node, need);
    return need;
  }

 private:
  void tell_unless(bool is_good, const YamlNode& at, std::string_view what) {
    if (!is_good) reader_.tell(Code::pack_invalid, at, std::string(what));
  }

  void check_need(const YamlNode& node, const PackNeed& need) {
    const bool counts_ties = need.type == Need::Type::pairings ||
                             need.type == Need::Type::pairings_held;
    tell_unless(counts_ties != need.pairing.empty(), node,
                "'pairing' is named by needs of pairings, and only by these");
    tell_unless((need.type == Need::Type::turns) != need.measure.empty(), node,
                "'measure' is named by needs of turns, and only by these");
    tell_unless(
        need.type == Need::Type::pairings_held ||
            (need.type == Need::Type::pairings) == need.role.empty(),
        node, "'role' is named by needs of holders and turns, not of pairings");
  }

  std::string read_name(const YamlNode& map, std::string_view key, Code code,
                        std::string_view what,
                        std::span<const std::string_view> known) {
    const YamlNode* node = map.find(key);
    return node == nullptr ? std::string()
                           : read_name(*node, code, what, known);
  }

  std::string read_name(const YamlNode& node, Code code, std::string_view what,
                        std::span<const std::string_view> known) {
    const auto name = reader_.read_text(node);
    if (!name) return {};
    if (std::find(known.begin(), known.end(), *name) == known.end()) {
      reader_.tell_unknown(code, node, what, known);
    }
    return *name;
  }

  void read_roles(const YamlNode& node, PackDuty& duty) {
    if (!node.is_map()) {
      reader_.tell(Code::pack_invalid, node, "'roles' is a map from roles");
      return;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      const std::string& role = node.keys[at].text;
      const auto& known = scope_.vocabulary.roles;
      if (std::find(known.begin(), known.end(), role) == known.end()) {
        reader_.tell(Code::role_unknown, node.keys[at],
                     "no such role in the vocabulary");
      }
      duty.parts.push_back({role, reader_.read_texts(node.items[at])});
    }
  }

  PackReach read_reach(const YamlNode& node) {
    PackReach reach;
    if (node.is_scalar()) {
      static constexpr std::array<std::string_view, 1> all{"all"};
      reach.is_all = reader_.find_in(node, all).has_value();
      return reach;
    }
    if (!reader_.check_map(node, "'for'",
                           {"kinds", "units", "subtrees", "along"})) {
      return reach;
    }
    if (const YamlNode* kinds = node.find("kinds")) {
      for (const YamlNode& kind : reader_.read_list(*kinds)) {
        reach.kinds.push_back(read_name(kind, Code::kind_unknown, "kind",
                                        scope_.vocabulary.kinds));
      }
    }
    if (const YamlNode* units = node.find("units")) {
      reach.units = reader_.read_texts(*units);
    }
    if (const YamlNode* subtrees = node.find("subtrees")) {
      reach.subtrees = reader_.read_texts(*subtrees);
    }
    reach.along = read_name(node, "along", Code::hierarchy_unknown, "hierarchy",
                            scope_.vocabulary.hierarchies);
    tell_unless(reach.subtrees.empty() == reach.along.empty(), node,
                "'subtrees' and 'along' stand together");
    tell_unless(
        !reach.kinds.empty() || !reach.units.empty() || !reach.subtrees.empty(),
        node, "'for' names kinds, units or subtrees, or is 'all'");
    return reach;
  }

  void read_bounds(const YamlNode& node, PackNeed& need) {
    const auto number = [&](std::string_view key) {
      const YamlNode* bound = node.find(key);
      std::optional<std::uint32_t> count;
      if (bound == nullptr) return count;
      const auto value = reader_.read_number(*bound);
      if (!value) return count;
      constexpr std::int64_t most = 1'000'000'000;
      if (value->denominator != 1 || value->numerator < 0 ||
          value->numerator > most) {
        reader_.tell(Code::value_out_of_range, *bound,
                     "a number from 0 to a thousand million is expected");
        return count;
      }
      count = static_cast<std::uint32_t>(value->numerator);
      return count;
    };
    need.at_least = number("at_least").value_or(1);
    need.at_most = number("at_most");
    tell_unless(!need.at_most || *need.at_most >= need.at_least, node,
                "'at_most' is below 'at_least'");
  }

  // `needs` of a duty: for each role, how many holders.
  void read_duty_needs(const YamlNode& node, PackDuty& duty) {
    if (!node.is_map()) {
      reader_.tell(Code::pack_invalid, node, "'needs' is a map from roles");
      return;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      PackNeed need;
      need.role = node.keys[at].text;
      need.clause = duty.clause;
      const auto& known = scope_.vocabulary.roles;
      if (std::find(known.begin(), known.end(), need.role) == known.end()) {
        reader_.tell(Code::role_unknown, node.keys[at],
                     "no such role in the vocabulary");
      }
      if (reader_.check_map(node.items[at], "a need",
                            {"at_least", "at_most"})) {
        read_bounds(node.items[at], need);
      }
      duty.needs.push_back(std::move(need));
    }
  }

  PackScope& scope_;
  NodeReader& reader_;
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

void read_duties(const YamlNode& list, PackScope& scope, NodeReader& reader,
                 PackModel& model) {
  DutyReader duties(scope, reader);
  for (const YamlNode& node : reader.read_list(list)) {
    if (reader.check_map(
            node, "a duty",
            {"id", "clause", "title", "note", "lead", "cooperating", "roles",
             "for", "inherited", "division", "subjects_of", "needs"})) {
      model.duties.push_back(duties.read_duty(node));
    }
  }
}

void read_needs(const YamlNode& list, PackScope& scope, NodeReader& reader,
                PackModel& model) {
  DutyReader needs(scope, reader);
  for (const YamlNode& node : reader.read_list(list)) {
    if (reader.check_map(node, "a need",
                         {"need", "role", "pairing", "measure", "for",
                          "at_least", "at_most", "clause", "note"})) {
      model.needs.push_back(needs.read_need(node));
    }
  }
}

}  // namespace headrope
