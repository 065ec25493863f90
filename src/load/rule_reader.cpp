// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/rule_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "load/window_reader.hpp"
#include "rules/words.hpp"

namespace headrope {
namespace {

// In the order of Thing.
constexpr std::array<std::string_view, 5> subject_heads{
    "units", "persons", "posts", "duties", "records"};

std::optional<Thing> subject_of(const YamlNode& subjects) {
  const std::string_view head = first_of(subjects, subject_heads);
  if (head.empty()) return std::nullopt;
  const auto* at = std::find(subject_heads.begin(), subject_heads.end(), head);
  return static_cast<Thing>(at - subject_heads.begin());
}

class RuleReader {
 public:
  RuleReader(PackScope& scope, NodeReader& reader, PackModel& model)
      : scope_(scope),
        reader_(reader),
        expressions_(reader, scope),
        model_(model) {}

  void read(const YamlNode& node) {
    if (!reader_.check_map(node, "a rule",
                           {"id", "clause", "phrase", "title", "note", "forms",
                            "group", "force", "subjects", "exempt", "window",
                            "partial", "require", "grades"})) {
      return;
    }
    PackRule rule;
    rule.line = node.line;
    rule.pack = model_.id;
    rule.in_force = model_.in_force;
    read_names(node, rule);
    scope_.rule = rule.id;
    if (const YamlNode* subjects = reader_.need(node, "subjects")) {
      read_subjects(*subjects, rule.subjects);
    }
    const Thing thing = rule.subjects.type;
    if (const YamlNode* exempt = node.find("exempt")) {
      rule.exempt.push_back(expressions_.read_condition(*exempt, thing));
    }
    if (const YamlNode* window = node.find("window")) {
      const auto place =
          thing == Thing::record ? WindowPlace::record_rule : WindowPlace::rule;
      rule.window = read_window(*window, place, scope_, reader_);
      check_window(*window, rule);
    }
    read_partial(node, rule);
    if (const YamlNode* require = reader_.need(node, "require")) {
      if (rule.force == Force::report) {
        rule.report.push_back(expressions_.read_amount(*require, thing));
      } else {
        rule.require = expressions_.read_condition(*require, thing);
      }
    }
    if (const YamlNode* grades = node.find("grades")) {
      read_grades(*grades, rule);
    }
    model_.rules.push_back(std::move(rule));
  }

 private:
  void read_names(const YamlNode& node, PackRule& rule) {
    if (const YamlNode* id = reader_.need(node, "id")) {
      rule.id = reader_.read_id(*id);
    }
    rule.clause = reader_.read_clause(node);
    rule.phrase = reader_.read_text(node, "phrase");
    if (const YamlNode* title = reader_.need(node, "title")) {
      rule.title = reader_.read_label(*title);
    }
    if (const YamlNode* forms = node.find("forms")) {
      read_forms(*forms, rule);
    }
    if (const YamlNode* force = node.find("force")) {
      rule.force = reader_.read_word<Force>(*force).value_or(Force::obligation);
    }
    if (const YamlNode* group = node.find("group")) read_group(*group, rule);
  }

  // F01 to F50.
  void read_forms(const YamlNode& node, PackRule& rule) {
    for (const YamlNode& item : reader_.read_list(node)) {
      const std::string& form = item.text;
      if (form.size() == 3 && form >= "F01" && form <= "F50" &&
          form[1] <= '9' && form[2] >= '0' && form[2] <= '9') {
        rule.forms.push_back(form);
      } else {
        reader_.tell(Code::value_not_in_list, item,
                     "a form of the catalogue is expected, F01 to F50");
      }
    }
  }

  void read_group(const YamlNode& node, PackRule& rule) {
    rule.group = reader_.read_id(node);
    if (rule.group.empty() || model_.groups.contains(rule.group) ||
        (scope_.base != nullptr && scope_.base->groups.contains(rule.group))) {
      return;
    }
    reader_.tell_unknown_id(Code::pack_invalid, node, "group", model_.groups);
  }

  void read_subjects(const YamlNode& node, PackSubjects& subjects) {
    const auto type = subject_of(node);
    if (!type) {
      if (reader_.check_map(node, "subjects", subject_heads)) {
        reader_.need(node, "units");
      }
      return;
    }
    subjects.type = *type;
    reader_.check_only_one(node, "a map of subjects", subject_heads);
    const std::string_view head = word_of_subject(*type);
    std::vector<std::string_view> keys{head, "where"};
    if (*type == Thing::unit) keys.push_back("inherited_by");
    reader_.check_map(node, "subjects that are " + std::string(head), keys,
                      subject_heads);
    read_subject_names(*node.find(head), subjects);
    if (const YamlNode* inherited = node.find("inherited_by")) {
      if (*type == Thing::unit) {
        subjects.inherited_by = expressions_.read_kinds(*inherited);
      }
    }
    if (const YamlNode* where = node.find("where")) {
      subjects.where.push_back(expressions_.read_condition(*where, *type));
    }
  }

  static std::string_view word_of_subject(Thing type) {
    return subject_heads[static_cast<std::size_t>(type)];
  }

  void read_subject_names(const YamlNode& node, PackSubjects& subjects) {
    static constexpr std::array<std::string_view, 1> all{"all"};
    switch (subjects.type) {
      case Thing::post:
        subjects.names =
            expressions_.read_all_or(node, &ExpressionReader::read_roles);
        break;
      case Thing::duty:
        reader_.find_in(node, all);
        subjects.names.is_all = true;
        break;
      case Thing::record:
        subjects.names = expressions_.read_measures(node);
        break;
      default:
        subjects.names =
            expressions_.read_all_or(node, &ExpressionReader::read_kinds);
        break;
    }
  }

  // A window that ends before the pack takes effect asks for what was not yet
  // demanded.
  void check_window(const YamlNode& node, const PackRule& rule) {
    using Type = WindowSpec::Type;
    const Date first = rule.in_force.valid_from;
    const Date until = rule.window.fixed.valid_until;
    if (rule.window.type != Type::by && rule.window.type != Type::fixed) return;
    if (until.is_open() || first.is_open() || first < until) return;
    const YamlNode* last =
        node.find(rule.window.type == Type::by ? "by" : "until");
    if (last == nullptr) return;
    reader_.tell(Code::window_invalid, *last,
                 "the pack takes effect on " + in_quotes(to_string(first)) +
                     ", when this is over");
  }

  void read_partial(const YamlNode& node, PackRule& rule) {
    rule.partial = scope_.readings.partial;
    const YamlNode* partial = node.find("partial");
    if (partial == nullptr) return;
    rule.partial =
        reader_.read_word<PartialWindow>(*partial).value_or(rule.partial);
    rule.has_partial = true;
  }

  void read_grades(const YamlNode& node, PackRule& rule) {
    for (const YamlNode& item : reader_.read_list(node)) {
      if (!reader_.check_map(item, "a grade", {"at_least", "grade"})) continue;
      const YamlNode* bound = reader_.need(item, "at_least");
      const YamlNode* name = reader_.need(item, "grade");
      if (bound == nullptr || name == nullptr) continue;
      const auto number = reader_.read_number(*bound);
      Text label = reader_.read_label(*name);
      if (!number) continue;
      if (!rule.grades.empty() && *number >= rule.grades.back().at_least) {
        reader_.tell(Code::pack_invalid, *bound,
                     "grades stand highest first; the one before is for " +
                         to_string(rule.grades.back().at_least));
      }
      rule.grades.push_back({*number, std::move(label)});
    }
  }

  PackScope& scope_;
  NodeReader& reader_;
  ExpressionReader expressions_;
  PackModel& model_;
};

// Depth first without recursion; a reference back to a rule that is not
// finished closes a cycle.
class CycleFinder {
 public:
  CycleFinder(const PackScope& scope, NodeReader& reader) : reader_(reader) {
    for (const PackScope::RuleReference& one : scope.references) {
      edges_[one.from].push_back(&one);
    }
  }

  void run() {
    for (const auto& [rule, list] : edges_) walk_from(rule);
  }

 private:
  enum class State : std::uint8_t { fresh, open, finished };
  struct Step {
    std::string_view rule;
    std::size_t next = 0;
  };

  void walk_from(std::string_view first) {
    if (states_[first] != State::fresh) return;
    std::vector<Step> path{{first, 0}};
    states_[first] = State::open;
    while (!path.empty()) {
      Step& step = path.back();
      const auto found = edges_.find(step.rule);
      if (found == edges_.end() || step.next == found->second.size()) {
        states_[step.rule] = State::finished;
        path.pop_back();
        continue;
      }
      const PackScope::RuleReference& edge = *found->second[step.next++];
      State& state = states_[edge.to];
      if (state == State::open) {
        reader_.tell(Code::rule_cycle, *edge.at,
                     "rule " + in_quotes(edge.from) +
                         " refers to itself through this rule");
      } else if (state == State::fresh) {
        state = State::open;
        path.push_back({edge.to, 0});
      }
    }
  }

  NodeReader& reader_;
  std::map<std::string_view, std::vector<const PackScope::RuleReference*>>
      edges_;
  std::map<std::string_view, State> states_;
};

}  // namespace

void learn_rules(const YamlNode& list, PackScope& scope, NodeReader& reader) {
  for (const YamlNode& node : list.items) {
    const YamlNode* id = node.find("id");
    if (id == nullptr || !id->is_scalar() || id->text.empty()) continue;
    const YamlNode* subjects = node.find("subjects");
    const Thing thing = subjects == nullptr
                            ? Thing::unit
                            : subject_of(*subjects).value_or(Thing::unit);
    if (!scope.rules.emplace(id->text, thing).second) {
      reader.tell(Code::rule_repeated, *id,
                  scope.base != nullptr && scope.base->find_rule(id->text)
                      ? "the pack below has a rule of this id"
                      : "another rule has this id");
    }
  }
}

void read_rules(const YamlNode& list, PackScope& scope, NodeReader& reader,
                PackModel& model) {
  RuleReader rules(scope, reader, model);
  for (const YamlNode& node : reader.read_list(list)) rules.read(node);
}

void check_rule_cycles(const PackScope& scope, NodeReader& reader) {
  CycleFinder(scope, reader).run();
}

}  // namespace headrope
