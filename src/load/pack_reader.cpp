// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/pack_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "load/document_reader.hpp"
#include "load/expression_reader.hpp"
#include "load/rule_reader.hpp"
#include "load/window_reader.hpp"
#include "rules/words.hpp"

namespace headrope {
namespace {

constexpr std::string_view format = "headrope-pack/1";
constexpr auto pack_keys = std::to_array<std::string_view>(
    {"format",     "id",       "title",     "issuer", "number",   "level",
     "source",     "issued",   "effective", "note",   "readings", "scales",
     "parameters", "phases",   "groups",    "rules",  "duties",   "reported",
     "needs",      "checks",   "repealed",  "overlays", "repeals"});
constexpr auto levels = std::to_array<std::string_view>(
    {"country", "province", "city", "county", "subdistrict", "township",
     "village", "unit"});

// Whether a word can name a parameter, and not be taken for a value.
bool is_name(std::string_view word) {
  return !word.empty() && word != "all" &&
         word.find_first_of(" \t\r\n,/%") == std::string_view::npos &&
         std::string_view("0123456789+-.").find(word.front()) ==
             std::string_view::npos;
}

class PackReader {
 public:
  PackReader(std::string_view file, const Registry& vocabulary,
             const PackModel* base, Diagnostics& findings)
      : reader_(file, findings), scope_(vocabulary, base), base_(base) {}

  PackModel read(const YamlNode& root) {
    if (!check_root(root)) return std::move(model_);
    read_head_of(root);
    read_in_force(root);
    read_if(root, "readings", &PackReader::read_readings);
    read_if(root, "scales", &PackReader::read_scales);
    read_if(root, "parameters", &PackReader::read_parameters);
    if (const YamlNode* rules = root.find("rules")) {
      learn_rules(*rules, scope_, reader_);
    }
    read_if(root, "phases", &PackReader::read_phases);
    read_if(root, "groups", &PackReader::read_groups);
    read_if(root, "repeals", &PackReader::read_repeals);
    if (const YamlNode* rules = root.find("rules")) {
      read_rules(*rules, scope_, reader_, model_);
    }
    if (const YamlNode* duties = root.find("duties")) {
      read_duties(*duties, scope_, reader_, model_);
    }
    if (const YamlNode* needs = root.find("needs")) {
      read_needs(*needs, scope_, reader_, model_);
    }
    if (const YamlNode* reported = root.find("reported")) {
      read_reported(*reported, scope_, reader_, model_);
    }
    if (const YamlNode* checks = root.find("checks")) {
      read_checks(*checks, scope_, reader_, model_);
    }
    check_rule_cycles(scope_, reader_);
    model_.readings = scope_.readings;
    return std::move(model_);
  }

 private:
  using Read = void (PackReader::*)(const YamlNode&);

  void read_if(const YamlNode& root, std::string_view key, Read reads) {
    if (const YamlNode* node = root.find(key)) (this->*reads)(*node);
  }

  // An overlay is no longer in force when its base is not, and only an overlay
  // repeals rules of others.
  [[nodiscard]] static std::vector<std::string_view> keys_for(bool is_overlay) {
    std::vector<std::string_view> keys(pack_keys.begin(), pack_keys.end());
    std::erase(keys, is_overlay ? "repealed" : "repeals");
    return keys;
  }

  bool check_root(const YamlNode& root) {
    if (root.is_null()) {
      reader_.tell(Code::pack_invalid, root, "the file is empty");
      return false;
    }
    const bool is_overlay = root.find("overlays") != nullptr;
    if (!reader_.check_map(root, is_overlay ? "an overlay" : "a pack",
                           keys_for(is_overlay))) {
      return false;
    }
    const YamlNode* named = reader_.need(root, "format");
    if (named != nullptr && named->text != format) {
      reader_.tell(Code::format_unsupported, *named,
                   "'" + std::string(format) + "' is expected");
      return false;
    }
    return true;
  }

  void read_head_of(const YamlNode& root) {
    if (const YamlNode* id = reader_.need(root, "id")) {
      model_.id = reader_.read_id(*id);
    }
    if (const YamlNode* title = reader_.need(root, "title")) {
      model_.title = reader_.read_label(*title);
    }
    if (const YamlNode* issuer = root.find("issuer")) {
      model_.issuer = reader_.read_label(*issuer);
    }
    model_.number = reader_.read_text(root, "number");
    model_.source = reader_.read_text(root, "source");
    if (const YamlNode* level = root.find("level")) {
      if (reader_.find_in(*level, levels)) model_.level = level->text;
    }
    if (const YamlNode* overlays = root.find("overlays")) {
      model_.overlays = reader_.read_id(*overlays);
    }
    if (const YamlNode* issued = root.find("issued")) {
      model_.issued = reader_.read_date(*issued).value_or(Date::open_start());
    }
  }

  void read_in_force(const YamlNode& root) {
    const YamlNode* effective = reader_.need(root, "effective");
    if (effective != nullptr) {
      if (const auto day = reader_.read_date(*effective)) {
        model_.in_force.valid_from = *day;
        if (base_ != nullptr && *day < base_->in_force.valid_from) {
          reader_.tell(Code::overlay_too_early, *effective,
                       "the pack below takes effect on " +
                           in_quotes(to_string(base_->in_force.valid_from)));
        }
      }
    }
    if (base_ != nullptr) {
      model_.in_force.valid_until = base_->in_force.valid_until;
      return;
    }
    const YamlNode* repealed = root.find("repealed");
    if (repealed == nullptr) return;
    const auto day = reader_.read_date(*repealed);
    if (!day) return;
    model_.in_force.valid_until = *day;
    if (model_.in_force.is_empty()) {
      reader_.tell(Code::interval_reversed, *repealed,
                   "it is not after 'effective', " +
                       in_quotes(to_string(model_.in_force.valid_from)));
    }
  }

  void read_readings(const YamlNode& node) {
    static constexpr std::array<std::string_view, 2> bounds{"inclusive",
                                                            "exclusive"};
    static constexpr std::array<std::string_view, 2> ranges{"lower_bound",
                                                            "both_bounds"};
    if (!reader_.check_map(
            node, "readings",
            {"below", "basically", "approximately", "range", "partial"})) {
      return;
    }
    Readings& readings = scope_.readings;
    if (const YamlNode* below = node.find("below")) {
      readings.below_is_exclusive = reader_.find_in(*below, bounds) == 1;
    }
    if (const YamlNode* range = node.find("range")) {
      readings.range_is_strict = reader_.find_in(*range, ranges) == 1;
    }
    if (const YamlNode* partial = node.find("partial")) {
      readings.partial =
          reader_.read_word<PartialWindow>(*partial).value_or(readings.partial);
    }
    if (const YamlNode* basically = node.find("basically")) {
      read_share(*basically, readings.basically);
    }
    if (const YamlNode* about = node.find("approximately")) {
      read_share(*about, readings.approximately);
    }
    // A reading has no days: it is asked whenever a rule is judged.
    if (base_ != nullptr && !(readings == base_->readings) &&
        model_.in_force.valid_from > base_->in_force.valid_from) {
      reader_.tell(Code::overlay_too_early, node,
                   "a reading holds on all days; an overlay that changes one "
                   "must take effect with its base, on " +
                       in_quotes(to_string(base_->in_force.valid_from)));
    }
  }

  void read_share(const YamlNode& node, std::optional<Fraction>& share) {
    const auto number = reader_.read_number(node);
    if (!number) return;
    if (*number < Fraction{0, 1} || *number > Fraction{1, 1}) {
      reader_.tell(Code::value_out_of_range, node,
                   "a share from 0 to 100 % is expected");
    }
    share = number;
  }

  void read_scales(const YamlNode& node) {
    if (!check_named(node, "scales")) return;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      Scale scale;
      scale.attribute = node.keys[at].text;
      scale.values = reader_.read_texts(node.items[at]);
      std::set<std::string_view> seen;
      for (const std::string& value : scale.values) {
        if (!seen.insert(value).second) {
          reader_.tell(Code::pack_invalid, node.items[at],
                       "the value " + in_quotes(value) + " stands twice");
        }
      }
      if (!scope_.scales.emplace(scale.attribute, places_of(scale)).second) {
        reader_.tell(Code::pack_invalid, node.keys[at],
                     "the pack below has this scale");
      }
      model_.scales.push_back(std::move(scale));
    }
  }

  // True for a map of any keys.
  bool check_named(const YamlNode& node, std::string_view what) {
    if (node.is_map()) return true;
    reader_.tell(Code::pack_invalid, node,
                 std::string(what) + " are a map from names");
    return false;
  }

  void read_parameters(const YamlNode& node) {
    if (!check_named(node, "parameters")) return;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      read_parameter(node.keys[at], node.items[at]);
    }
    std::sort(model_.parameters.begin(), model_.parameters.end(),
              [](const Parameter& left, const Parameter& right) {
                return left.id < right.id;
              });
  }

  void read_parameter(const YamlKey& key, const YamlNode& node) {
    Parameter parameter;
    parameter.id = key.text;
    parameter.line = key.line;
    if (!is_name(key.text)) {
      reader_.tell(Code::pack_invalid, key,
                   "a parameter's name is a word without blanks, ',', '/' and "
                   "'%' that does not begin with a digit, and not 'all'");
    }
    scope_.parameters.insert(key.text);
    if (!reader_.check_map(node, "a parameter",
                           {"title", "note", "unit", "values"})) {
      return;
    }
    if (const YamlNode* title = node.find("title")) {
      parameter.title = reader_.read_label(*title);
    }
    parameter.unit = reader_.read_text(node, "unit");
    if (const YamlNode* values = reader_.need(node, "values")) {
      for (const YamlNode& item : reader_.read_list(*values)) {
        read_value(item, parameter);
      }
    }
    std::stable_sort(
        parameter.values.begin(), parameter.values.end(),
        [](const ParameterValue& left, const ParameterValue& right) {
          return left.from < right.from;
        });
    model_.parameters.push_back(std::move(parameter));
    days_.clear();
  }

  void read_value(const YamlNode& node, Parameter& parameter) {
    if (!reader_.check_map(node, "a value", {"from", "value", "clause"})) {
      return;
    }
    ParameterValue value;
    value.pack = model_.id;
    const YamlNode* from = reader_.need(node, "from");
    const YamlNode* number = reader_.need(node, "value");
    if (number != nullptr && !number->is_null()) {
      value.value = reader_.read_number(*number);
    }
    value.clause = reader_.read_clause(node);
    if (from == nullptr) return;
    const auto day = reader_.read_date(*from);
    if (!day) return;
    value.from = *day;
    if (!days_.insert(*day).second) {
      reader_.tell(Code::parameter_repeated, *from,
                   in_quotes(parameter.id) +
                       " has a value from this day on "
                       "already");
    }
    if (base_ != nullptr && *day < model_.in_force.valid_from) {
      reader_.tell(Code::overlay_too_early, *from,
                   "this overlay takes effect on " +
                       in_quotes(to_string(model_.in_force.valid_from)));
    }
    parameter.values.push_back(std::move(value));
  }

  void read_phases(const YamlNode& node) {
    for (const YamlNode& item : reader_.read_list(node)) {
      if (!reader_.check_map(item, "a phase",
                             {"id", "title", "note", "from", "until", "clause",
                              "deliverables"})) {
        continue;
      }
      Phase phase;
      phase.line = item.line;
      const YamlNode* id = reader_.need(item, "id");
      if (id != nullptr) phase.id = reader_.read_id(*id);
      if (const YamlNode* title = item.find("title")) {
        phase.title = reader_.read_label(*title);
      }
      phase.clause = reader_.read_clause(item);
      const YamlNode* from = reader_.need(item, "from");
      const YamlNode* until = reader_.need(item, "until");
      if (from != nullptr && until != nullptr) {
        phase.days = read_days(item, reader_);
        check_order(*from, phase);
      }
      if (const YamlNode* list = item.find("deliverables")) {
        read_rule_ids(*list, phase.deliverables, scope_.rules);
      }
      if (!phase.id.empty() && !scope_.phases.emplace(phase.id, phase).second) {
        reader_.tell(Code::pack_invalid, *id, "another phase has this id");
      }
      model_.phases.push_back(std::move(phase));
    }
  }

  void check_order(const YamlNode& from, const Phase& phase) {
    const std::vector<Phase>& before = model_.phases.empty() && base_ != nullptr
                                           ? base_->phases
                                           : model_.phases;
    if (before.empty() ||
        before.back().days.valid_until <= phase.days.valid_from) {
      return;
    }
    reader_.tell(
        Code::window_invalid, from,
        "phases stand in order without overlap; " +
            in_quotes(before.back().id) + " lasts until " +
            in_quotes(to_string(add_days(before.back().days.valid_until, -1))));
  }

  template <typename Rules>
  void read_rule_ids(const YamlNode& list, std::vector<std::string>& ids,
                     const Rules& known) {
    for (const YamlNode& item : reader_.read_list(list)) {
      const auto text = reader_.read_text(item);
      if (!text) continue;
      ids.push_back(*text);
      if (!known.contains(*text)) {
        reader_.tell_unknown_id(Code::rule_unknown, item, "rule", known);
      }
    }
  }

  void read_groups(const YamlNode& node) {
    if (!check_named(node, "groups")) return;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      model_.groups.emplace(node.keys[at].text,
                            reader_.read_label(node.items[at]));
    }
  }

  void read_repeals(const YamlNode& node) {
    if (base_ == nullptr) return;
    std::set<std::string, std::less<>> known;
    for (const PackRule& rule : base_->rules) known.insert(rule.id);
    read_rule_ids(node, model_.repeals, known);
  }

  NodeReader reader_;
  PackScope scope_;
  const PackModel* base_;
  PackModel model_;
  std::set<Date> days_;  // Of the values of the parameter that is read.
};

}  // namespace

PackHead read_head(const YamlNode& root) {
  PackHead head;
  const YamlNode* id = root.find("id");
  const YamlNode* overlays = root.find("overlays");
  if (id != nullptr && id->is_scalar()) head.id = id->text;
  if (overlays != nullptr && overlays->is_scalar()) {
    head.overlays = overlays->text;
  }
  return head;
}

PackModel read_pack(const YamlNode& root, std::string_view file,
                    const Registry& vocabulary, const PackModel* base,
                    Diagnostics& findings) {
  return PackReader(file, vocabulary, base, findings).read(root);
}

}  // namespace headrope
