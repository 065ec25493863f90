// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a case expects of its rules, key by key.

#include <algorithm>

#include "base/decimal.hpp"
#include "base/utf8.hpp"
#include "cases/case_reader.hpp"

namespace headrope {
namespace {

using Key = Expectation::Key;

struct KeyWord {
  std::string_view word;
  Key key;
};

constexpr std::array key_words{KeyWord{"status", Key::status},
                               KeyWord{"value", Key::value},
                               KeyWord{"threshold", Key::threshold},
                               KeyWord{"margin", Key::margin},
                               KeyWord{"eligible", Key::count},
                               KeyWord{"met", Key::count},
                               KeyWord{"unmet", Key::count},
                               KeyWord{"pending", Key::count},
                               KeyWord{"exempt", Key::count},
                               KeyWord{"not_applicable", Key::count},
                               KeyWord{"not_in_force", Key::count},
                               KeyWord{"not_evaluable", Key::count},
                               KeyWord{"windows", Key::windows},
                               KeyWord{"unmet_from", Key::unmet_from},
                               KeyWord{"other_reading", Key::other_reading},
                               KeyWord{"reason", Key::reason},
                               KeyWord{"coverage", Key::coverage},
                               KeyWord{"explain", Key::explain},
                               KeyWord{"grade", Key::grade},
                               KeyWord{"above", Key::above}};

// Keys that may be asked of single windows.
bool has_windows(Key key) {
  return key == Key::status || key == Key::value || key == Key::threshold ||
         key == Key::margin || key == Key::unmet_from ||
         key == Key::other_reading;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

// `2013`, `2013-08` or `2013-08-05`.
bool names_window(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_dash = at == 4 || at == 7;
    if (is_dash ? text[at] != '-' : !is_digits(text.substr(at, 1))) {
      return false;
    }
  }
  return text.size() == 4 || text.size() == 7 || text.size() == 10;
}

// `11/12`, not reduced.
std::optional<Ratio> ratio_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Ratio ratio;
  const std::string_view upper = text.substr(0, slash);
  const std::string_view lower = text.substr(slash + 1);
  for (auto [part, to] : {std::pair(upper, &ratio.numerator),
                          std::pair(lower, &ratio.denominator)}) {
    const Decimal number = parse_decimal(part, 0);
    if (!is_digits(part) || number.fault != DecimalFault::none) {
      return std::nullopt;
    }
    *to = number.value;
  }
  return ratio;
}

class ExpectationReader {
 public:
  explicit ExpectationReader(NodeReader& reader) : reader_(reader) {}

  RuleExpectation read(const YamlKey& rule, const YamlNode& node) {
    expected_.rule = rule.text;
    expected_.line = rule.line;
    std::array<std::string_view, key_words.size()> known;
    std::transform(key_words.begin(), key_words.end(), known.begin(),
                   [](const KeyWord& word) { return word.word; });
    if (!reader_.check_map(node, "what is expected of a rule",
                           std::span<const std::string_view>(known))) {
      return std::move(expected_);
    }
    if (node.items.empty()) {
      reader_.tell(Code::case_invalid, node, "nothing is expected of the rule");
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      for (const KeyWord& word : key_words) {
        if (word.word == node.keys[at].text) read_key(word, node.items[at]);
      }
    }
    return std::move(expected_);
  }

 private:
  Expectation& add(const KeyWord& word, int line) {
    Expectation& made = expected_.expectations.emplace_back();
    made.key = word.key;
    made.word = word.word;
    made.line = line;
    return made;
  }

  void read_key(const KeyWord& word, const YamlNode& node) {
    switch (word.key) {
      case Key::count:
        if (const auto count = read_count(node, reader_)) {
          add(word, node.line).count = *count;
        }
        return;
      case Key::coverage:
        for (const YamlNode& item : read_entries(node)) read_node(word, item);
        return;
      case Key::above:
        add(word, node.line).texts = reader_.read_texts(node);
        return;
      default:
        read_by_subject(word, node);
        return;
    }
  }

  std::span<const YamlNode> read_entries(const YamlNode& node) {
    const auto items = reader_.read_list(node);
    if (node.is_list() && items.empty()) {
      reader_.tell(Code::case_invalid, node, "the list is empty");
    }
    return items;
  }

  void read_by_subject(const KeyWord& word, const YamlNode& node) {
    if (!node.is_map() || node.items.empty()) {
      reader_.tell(Code::case_invalid, node,
                   "a map from subjects is expected, such as {U01: …}");
      return;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      const std::string& subject = node.keys[at].text;
      const YamlNode& value = node.items[at];
      if (has_windows(word.key) && value.is_map()) {
        read_by_window(word, subject, value);
      } else {
        read_value(word, subject, {}, value);
      }
    }
  }

  void read_by_window(const KeyWord& word, const std::string& subject,
                      const YamlNode& node) {
    if (node.items.empty()) {
      reader_.tell(Code::case_invalid, node, "there is no window");
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      if (names_window(node.keys[at].text)) {
        read_value(word, subject, node.keys[at].text, node.items[at]);
      } else {
        reader_.tell(Code::case_invalid, node.keys[at],
                     "a window is named by its first day or the start of it, "
                     "such as 2013-08");
      }
    }
  }

  // Leaves nothing behind where a value is wrong, which is told.
  void read_value(const KeyWord& word, const std::string& subject,
                  const std::string& window, const YamlNode& node) {
    if (word.key == Key::explain) {
      for (const YamlNode& item : read_entries(node)) {
        keep(word, subject, window, item);
      }
    } else {
      keep(word, subject, window, node);
    }
  }

  void keep(const KeyWord& word, const std::string& subject,
            const std::string& window, const YamlNode& node) {
    Expectation made;
    if (!read_into(made, word.key, node)) return;
    made.key = word.key;
    made.word = word.word;
    made.subject = subject;
    made.window = window;
    made.line = node.line;
    expected_.expectations.push_back(std::move(made));
  }

  bool read_into(Expectation& made, Key key, const YamlNode& node) {
    switch (key) {
      case Key::status:
      case Key::other_reading: {
        const auto status = reader_.find_in(node, status_words);
        made.status = static_cast<Status>(status.value_or(0));
        return status.has_value();
      }
      case Key::unmet_from: {
        const auto day = reader_.read_date(node);
        made.day = day.value_or(Date{});
        return day.has_value();
      }
      case Key::windows: {
        const auto ratio = ratio_of(node.text);
        made.ratio = ratio.value_or(Ratio{});
        if (ratio) return true;
        reader_.tell(Code::case_invalid, node,
                     "windows are expected as met/all, such as 11/12");
        return false;
      }
      case Key::reason:
      case Key::grade:
      case Key::explain: {
        auto text = reader_.read_text(node);
        made.texts = {std::move(text).value_or("")};
        return !made.texts.front().empty();
      }
      default: {
        const auto number = reader_.read_number(node);
        made.number = number.value_or(Fraction{});
        return number.has_value();
      }
    }
  }

  void read_node(const KeyWord& word, const YamlNode& node) {
    if (!reader_.check_map(node, "a coverage",
                           {"node", "hierarchy", "met", "eligible", "basis"})) {
      return;
    }
    Expectation& made = add(word, node.line);
    if (const YamlNode* unit = reader_.need(node, "node")) {
      made.subject = reader_.read_text(*unit).value_or("");
    }
    made.hierarchy = reader_.read_text(node, "hierarchy");
    if (const YamlNode* met = reader_.need(node, "met")) {
      made.ratio.numerator = read_count(*met, reader_).value_or(0);
    }
    if (const YamlNode* eligible = reader_.need(node, "eligible")) {
      made.ratio.denominator = read_count(*eligible, reader_).value_or(0);
    }
    static constexpr std::array<std::string_view, 2> bases{"primary", "any"};
    if (const YamlNode* basis = node.find("basis")) {
      made.basis =
          static_cast<CountBasis>(reader_.find_in(*basis, bases).value_or(0));
    }
  }

  NodeReader& reader_;
  RuleExpectation expected_;
};

}  // namespace

std::vector<RuleExpectation> read_expectations(const YamlNode& node,
                                               NodeReader& reader) {
  std::vector<RuleExpectation> list;
  if (!node.is_map() || node.items.empty()) {
    reader.tell(Code::case_invalid, node,
                "a map from rules to what is expected of them is expected");
    return list;
  }
  for (std::size_t at = 0; at < node.items.size(); ++at) {
    list.push_back(
        ExpectationReader(reader).read(node.keys[at], node.items[at]));
  }
  return list;
}

}  // namespace headrope
