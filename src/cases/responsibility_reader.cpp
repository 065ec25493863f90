// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a case expects about responsibility, part by part.

#include <algorithm>

#include "base/utf8.hpp"
#include "cases/case_reader.hpp"

namespace headrope {
namespace {

constexpr std::array burden_words{
    std::string_view("leads"),       std::string_view("cooperations"),
    std::string_view("other_roles"), std::string_view("posts"),
    std::string_view("liaisons"),    std::string_view("contact_points"),
    std::string_view("pairings"),    std::string_view("total")};

// One entry, or a list of them.
std::span<const YamlNode> entries_of(const YamlNode& node) {
  return node.is_list() ? std::span<const YamlNode>(node.items)
                        : std::span<const YamlNode>(&node, 1);
}

class ResponsibilityReader {
 public:
  explicit ResponsibilityReader(NodeReader& reader) : reader_(reader) {}

  ResponsibilityCase read(const YamlNode& node) {
    made_.line = node.line;
    if (!reader_.check_map(node, "'responsibility'",
                           {"with_duties", "names", "makes_units", "unknown",
                            "days", "who", "gaps", "no_gaps", "gap_count",
                            "chain", "load", "tenures", "missed"})) {
      return std::move(made_);
    }
    read_duties(node);
    made_.days = read_days(node);
    each(node, "who", [&](const YamlNode& item) { read_who(item); });
    each(node, "gaps", [&](const YamlNode& item) {
      if (auto gap = read_gap(item)) made_.gaps.push_back(*std::move(gap));
    });
    each(node, "no_gaps", [&](const YamlNode& item) { read_no_gap(item); });
    each_key(node, "gap_count", [&](const YamlKey& key, const YamlNode& value) {
      read_gap_count(key, value);
    });
    each(node, "chain", [&](const YamlNode& item) { read_chain(item); });
    each(node, "load", [&](const YamlNode& item) { read_load(item); });
    each_key(node, "tenures", [&](const YamlKey& key, const YamlNode& value) {
      read_tenures(key, value);
    });
    each(node, "missed", [&](const YamlNode& item) { read_missed(item); });
    if (!expects_anything_) {
      reader_.tell(Code::key_missing, node,
                   "one of 'who', 'gaps', 'no_gaps', 'gap_count', 'chain', "
                   "'load', 'tenures', 'missed' and 'unknown' is needed");
    }
    return std::move(made_);
  }

 private:
  template <typename Read>
  void each(const YamlNode& map, std::string_view key, const Read& read) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return;
    expects_anything_ = true;
    const auto items = entries_of(*node);
    if (items.empty()) {
      reader_.tell(Code::case_invalid, *node, "the list is empty");
    }
    for (const YamlNode& item : items) read(item);
  }

  template <typename Read>
  void each_key(const YamlNode& map, std::string_view key, const Read& read) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return;
    expects_anything_ = true;
    if (!node->is_map() || node->items.empty()) {
      reader_.tell(Code::case_invalid, *node,
                   in_quotes(key) + " is a map with an entry");
      return;
    }
    for (std::size_t at = 0; at < node->items.size(); ++at) {
      read(node->keys[at], node->items[at]);
    }
  }

  bool flag(const YamlNode& map, std::string_view key) {
    const YamlNode* node = map.find(key);
    return node != nullptr && reader_.read_flag(*node).value_or(false);
  }

  std::optional<Date> date(const YamlNode& map, std::string_view key) {
    const YamlNode* node = map.find(key);
    return node == nullptr ? std::nullopt : reader_.read_date(*node);
  }

  // A first day; null is an open start.
  std::optional<Date> first_day(const YamlNode& map, std::string_view key) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return std::nullopt;
    return node->is_null() ? Date::open_start() : reader_.read_date(*node);
  }

  // The day after a last day; null is an open end.
  std::optional<Date> day_after(const YamlNode& map, std::string_view key) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return std::nullopt;
    if (node->is_null()) return Date::open_end();
    const auto last = reader_.read_date(*node);
    return last ? std::optional(add_days(*last, 1)) : std::nullopt;
  }

  OptionalText text(const YamlNode& map, std::string_view key) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return std::nullopt;
    return node->is_null() ? std::string()
                           : reader_.read_text(*node).value_or("");
  }

  std::optional<std::int64_t> count(const YamlNode& map, std::string_view key) {
    const YamlNode* node = map.find(key);
    return node == nullptr ? std::nullopt : read_count(*node, reader_);
  }

  // One text, or a list.
  std::vector<std::string> texts(const YamlNode& map, std::string_view key) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return {};
    if (!node->is_scalar()) return reader_.read_texts(*node);
    auto one = reader_.read_text(*node);
    return one ? std::vector{*std::move(one)} : std::vector<std::string>();
  }

  std::optional<std::vector<std::string>> optional_texts(const YamlNode& map,
                                                         std::string_view key) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return std::nullopt;
    return reader_.read_texts(*node);
  }

  std::string needed_text(const YamlNode& map, std::string_view key) {
    const YamlNode* node = reader_.need(map, key);
    return node == nullptr ? "" : reader_.read_text(*node).value_or("");
  }

  void read_duties(const YamlNode& node) {
    made_.with_duties = flag(node, "with_duties");
    made_.duties.makes_units = flag(node, "makes_units");
    if (const YamlNode* names = node.find("names")) {
      if (!names->is_map()) {
        reader_.tell(Code::case_invalid, *names,
                     "'names' is a map from names of the document");
      }
      for (std::size_t at = 0; at < names->keys.size(); ++at) {
        if (auto identity = reader_.read_text(names->items[at])) {
          made_.duties.names.emplace_back(names->keys[at].text,
                                          *std::move(identity));
        }
      }
    }
    made_.unknown = optional_texts(node, "unknown");
    if (made_.unknown) expects_anything_ = true;
    if (made_.with_duties) return;
    for (const std::string_view key : {"names", "makes_units", "unknown"}) {
      if (const YamlNode* at = node.find(key)) {
        reader_.tell(Code::key_missing, *at,
                     in_quotes(key) + " needs 'with_duties: true'");
      }
    }
  }

  std::optional<Interval> read_days(const YamlNode& node) {
    const YamlNode* days = node.find("days");
    if (days == nullptr) return std::nullopt;
    if (!reader_.check_map(*days, "'days'", {"from", "until"})) {
      return std::nullopt;
    }
    const Interval made{first_day(*days, "from").value_or(Date::open_start()),
                        day_after(*days, "until").value_or(Date::open_end())};
    if (made.is_empty()) {
      reader_.tell(Code::interval_reversed, *days,
                   "the last day is before the first");
    }
    return made;
  }

  void read_who(const YamlNode& node) {
    if (!reader_.check_map(node, "an entry of 'who'",
                           {"duty", "unit", "person", "role", "on", "holders",
                            "duties", "reached"})) {
      return;
    }
    ExpectedHolders made;
    made.line = node.line;
    made.duty = reader_.read_text(node, "duty");
    made.unit = reader_.read_text(node, "unit");
    made.person = reader_.read_text(node, "person");
    made.roles = texts(node, "role");
    made.on = date(node, "on");
    made.duties = optional_texts(node, "duties");
    if (const YamlNode* holders = reader_.need(node, "holders")) {
      made.holders = reader_.read_texts(*holders);
    }
    if (const YamlNode* reached = node.find("reached")) {
      if (const auto at = reader_.find_in(*reached, reached_words)) {
        made.reached = static_cast<Reached>(*at);
      }
    }
    if (!made.unit.empty() && !made.person.empty()) {
      reader_.tell(Code::case_invalid, *node.find("person"),
                   "'unit' and 'person' exclude each other");
    }
    if (made.duty.empty() && made.unit.empty() && made.person.empty()) {
      reader_.tell(Code::key_missing, node,
                   "one of 'duty', 'unit' and 'person' is needed");
    }
    made_.who.push_back(std::move(made));
  }

  std::optional<GapType> read_type(const YamlNode& node) {
    const auto at = reader_.find_in(node, gap_words);
    return at ? std::optional(static_cast<GapType>(*at)) : std::nullopt;
  }

  std::optional<ExpectedGap> read_gap(const YamlNode& node) {
    if (!reader_.check_map(node, "a finding",
                           {"type", "duty", "role", "unit", "post", "person",
                            "holder", "other", "other_duty", "text", "clause",
                            "from", "until", "count", "limit"})) {
      return std::nullopt;
    }
    ExpectedGap made;
    made.line = node.line;
    const YamlNode* type = reader_.need(node, "type");
    if (type == nullptr) return std::nullopt;
    const auto known = read_type(*type);
    if (!known) return std::nullopt;
    made.type = *known;
    for (auto [key, to] :
         {std::pair("duty", &made.duty), std::pair("role", &made.role),
          std::pair("unit", &made.unit), std::pair("post", &made.post),
          std::pair("person", &made.person), std::pair("holder", &made.holder),
          std::pair("other", &made.other),
          std::pair("other_duty", &made.other_duty),
          std::pair("text", &made.text), std::pair("clause", &made.clause)}) {
      *to = text(node, key);
    }
    made.from = first_day(node, "from");
    made.until = day_after(node, "until");
    made.count = count(node, "count");
    made.limit = count(node, "limit");
    return made;
  }

  void read_no_gap(const YamlNode& node) {
    if (node.is_map()) {
      if (auto gap = read_gap(node)) made_.no_gaps.push_back(*std::move(gap));
    } else if (const auto type = read_type(node)) {
      made_.no_types.push_back(*type);
    }
  }

  void read_gap_count(const YamlKey& key, const YamlNode& value) {
    const auto* const at =
        std::find(gap_words.begin(), gap_words.end(), key.text);
    if (at == gap_words.end()) {
      reader_.tell(Code::key_unknown, key, "no such type of finding");
      return;
    }
    if (const auto number = read_count(value, reader_)) {
      made_.gap_counts.push_back(
          {static_cast<GapType>(at - gap_words.begin()), *number, key.line});
    }
  }

  void read_chain(const YamlNode& node) {
    if (!reader_.check_map(
            node, "a chain",
            {"along", "on", "roles", "duty", "rule", "top", "needs_post",
             "breaks", "states", "reached", "leaves", "points"})) {
      return;
    }
    ExpectedChain made;
    made.line = node.line;
    made.along = needed_text(node, "along");
    made.on = date(node, "on");
    made.roles = texts(node, "roles");
    made.duty = reader_.read_text(node, "duty");
    made.rule = reader_.read_text(node, "rule");
    made.top = reader_.read_text(node, "top");
    made.needs_post = flag(node, "needs_post");
    made.reached = count(node, "reached");
    made.leaves = count(node, "leaves");
    if (const YamlNode* breaks = node.find("breaks")) {
      made.breaks.emplace();
      for (const YamlNode& item : reader_.read_list(*breaks)) {
        made.breaks->push_back(read_break(item));
      }
    }
    if (const YamlNode* points = node.find("points")) {
      for (const YamlNode& item : reader_.read_list(*points)) {
        made.points.push_back(read_point(item));
      }
    }
    if (const YamlNode* states = node.find("states")) {
      read_states(*states, made);
    }
    const bool expects = made.breaks || made.reached || made.leaves ||
                         node.find("points") != nullptr ||
                         node.find("states") != nullptr;
    if (!expects) {
      reader_.tell(Code::key_missing, node,
                   "one of 'breaks', 'states', 'reached', 'leaves' and "
                   "'points' is needed");
    }
    made_.chains.push_back(std::move(made));
  }

  ExpectedBreak read_break(const YamlNode& node) {
    ExpectedBreak made;
    made.line = node.line;
    if (!reader_.check_map(
            node, "a break",
            {"unit", "state", "post", "since", "age", "hanging", "first"})) {
      return made;
    }
    made.unit = needed_text(node, "unit");
    if (const YamlNode* state = node.find("state")) {
      if (const auto at = reader_.find_in(*state, link_words)) {
        made.state = static_cast<LinkState>(*at);
      }
    }
    made.post = text(node, "post");
    made.since = first_day(node, "since");
    made.age = count(node, "age");
    made.hanging = optional_texts(node, "hanging");
    if (const YamlNode* first = node.find("first")) {
      made.is_first = reader_.read_flag(*first);
    }
    return made;
  }

  ExpectedPoint read_point(const YamlNode& node) {
    ExpectedPoint made;
    made.line = node.line;
    if (!reader_.check_map(node, "a single point",
                           {"holder", "units", "hanging"})) {
      return made;
    }
    made.holder = needed_text(node, "holder");
    for (auto [key, to] : {std::pair("units", &made.units),
                           std::pair("hanging", &made.hanging)}) {
      if (const YamlNode* number = reader_.need(node, key)) {
        *to = read_count(*number, reader_).value_or(0);
      }
    }
    return made;
  }

  void read_states(const YamlNode& node, ExpectedChain& made) {
    if (!node.is_map() || node.items.empty()) {
      reader_.tell(Code::case_invalid, node, "'states' is a map from units");
      return;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      if (const auto word = reader_.find_in(node.items[at], link_words)) {
        made.states.emplace_back(node.keys[at].text,
                                 static_cast<LinkState>(*word));
      }
    }
  }

  void read_load(const YamlNode& node) {
    if (!reader_.check_map(node, "a load",
                           {"on", "along", "top", "limits", "of", "over"})) {
      return;
    }
    ExpectedLoad made;
    made.line = node.line;
    made.on = date(node, "on");
    made.along = reader_.read_text(node, "along");
    made.top = reader_.read_text(node, "top");
    made.over = optional_texts(node, "over");
    if (const YamlNode* limits = node.find("limits")) {
      read_limits(*limits, made.limits);
    }
    if (const YamlNode* of = node.find("of")) {
      if (!of->is_map() || of->items.empty()) {
        reader_.tell(Code::case_invalid, *of, "'of' is a map from holders");
      }
      for (std::size_t at = 0; at < of->keys.size(); ++at) {
        made.burdens.push_back(read_burden(of->keys[at], of->items[at]));
      }
    }
    if (!made.over && node.find("of") == nullptr) {
      reader_.tell(Code::key_missing, node, "one of 'of' and 'over' is needed");
    }
    made_.loads.push_back(std::move(made));
  }

  void read_limits(const YamlNode& node, BurdenLimits& limits) {
    if (!reader_.check_map(node, "'limits'",
                           {"leads", "cooperations", "posts", "liaisons",
                            "contact_points", "total"})) {
      return;
    }
    limits.leads = count(node, "leads");
    limits.cooperations = count(node, "cooperations");
    limits.posts = count(node, "posts");
    limits.liaisons = count(node, "liaisons");
    limits.contact_points = count(node, "contact_points");
    limits.total = count(node, "total");
  }

  ExpectedBurden read_burden(const YamlKey& holder, const YamlNode& node) {
    ExpectedBurden made;
    made.holder = holder.text;
    made.line = holder.line;
    if (!reader_.check_map(node, "what one carries",
                           std::span<const std::string_view>(burden_words))) {
      return made;
    }
    for (const std::string_view word : burden_words) {
      if (const auto number = count(node, word)) {
        made.items.emplace_back(word, *number);
      }
    }
    return made;
  }

  void read_tenures(const YamlKey& post, const YamlNode& node) {
    ExpectedTenures made;
    made.post = post.text;
    made.line = post.line;
    for (const YamlNode& item : reader_.read_list(node)) {
      if (!reader_.check_map(item, "a tenure",
                             {"person", "acting", "from", "until"})) {
        continue;
      }
      ExpectedTenures::Part part;
      reader_.need(item, "person");
      part.person = text(item, "person").value_or("");
      part.acting = flag(item, "acting");
      part.days = {first_day(item, "from").value_or(Date::open_start()),
                   day_after(item, "until").value_or(Date::open_end())};
      made.parts.push_back(std::move(part));
    }
    made_.tenures.push_back(std::move(made));
  }

  void read_missed(const YamlNode& node) {
    if (!reader_.check_map(
            node, "an entry of 'missed'",
            {"rule", "subject", "duty", "role", "due", "holders"})) {
      return;
    }
    ExpectedMissed made;
    made.line = node.line;
    made.rule = needed_text(node, "rule");
    made.subject = needed_text(node, "subject");
    made.duty = reader_.read_text(node, "duty");
    made.roles = texts(node, "role");
    made.due = date(node, "due");
    if (const YamlNode* holders = reader_.need(node, "holders")) {
      made.holders = reader_.read_texts(*holders);
    }
    made_.missed.push_back(std::move(made));
  }

  NodeReader& reader_;
  ResponsibilityCase made_;
  bool expects_anything_ = false;
};

}  // namespace

ResponsibilityCase read_responsibility(const YamlNode& node,
                                       NodeReader& reader) {
  return ResponsibilityReader(reader).read(node);
}

}  // namespace headrope
