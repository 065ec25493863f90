// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/node_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"

namespace headrope {
namespace {

constexpr std::size_t word_bytes_max = 64;
// So many names are listed; more of them only if none is near.
constexpr std::size_t listed_max = 40;
constexpr std::size_t listed_max_alone = 60;

// How many letters must be put in, left out, changed or swapped with their
// neighbour; words longer than `word_bytes_max` are not compared.
std::size_t distance(std::string_view left, std::string_view right) {
  std::array<std::array<std::size_t, word_bytes_max + 1>, 3> rows{};
  for (std::size_t at = 0; at <= right.size(); ++at) rows[0][at] = at;
  for (std::size_t row = 1; row <= left.size(); ++row) {
    auto& now = rows[row % 3];
    const auto& last = rows[(row - 1) % 3];
    now[0] = row;
    for (std::size_t at = 1; at <= right.size(); ++at) {
      const std::size_t change = left[row - 1] == right[at - 1] ? 0 : 1;
      now[at] =
          std::min({last[at] + 1, now[at - 1] + 1, last[at - 1] + change});
      if (row > 1 && at > 1 && left[row - 1] == right[at - 2] &&
          left[row - 2] == right[at - 1]) {
        now[at] = std::min(now[at], rows[(row - 2) % 3][at - 2] + 1);
      }
    }
  }
  return rows[left.size() % 3][right.size()];
}

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string_view nearest(std::string_view word,
                         std::span<const std::string_view> candidates) {
  std::string_view best;
  if (word.size() > word_bytes_max) return best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > word_bytes_max) continue;
    const std::size_t shorter = std::min(candidate.size(), word.size());
    const std::size_t longer = std::max(candidate.size(), word.size());
    if (longer - shorter >= best_distance) continue;
    const std::size_t found = distance(word, candidate);
    if (found < best_distance) {
      best = candidate;
      best_distance = found;
    }
  }
  return best;
}

std::string listed(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

void NodeReader::tell(Code code, int line, int column, std::string_view value,
                      std::string message) {
  findings_.add({code, Severity::error, std::string(file_),
                 static_cast<std::uint64_t>(line), std::to_string(column),
                 std::string(shortened(value, 80)), std::move(message)});
}

void NodeReader::tell(Code code, const YamlNode& at, std::string message) {
  if (at.type == YamlNode::Type::refused) return;
  tell(code, at.line, at.column, at.text, std::move(message));
}

void NodeReader::tell(Code code, const YamlKey& at, std::string message) {
  tell(code, at.line, at.column, at.text, std::move(message));
}

std::string NodeReader::hint(std::string_view word,
                             std::span<const std::string_view> known) const {
  if (is_full()) return {};
  std::string text;
  const std::string_view near = nearest(word, known);
  if (!near.empty()) text = "; did you mean " + in_quotes(near) + "?";
  const std::size_t most = near.empty() ? listed_max_alone : listed_max;
  if (!known.empty() && known.size() <= most) {
    text += (near.empty() ? "; known: " : " Known: ") + listed(known);
  }
  return text;
}

void NodeReader::tell_unknown(Code code, const YamlNode& at,
                              std::string_view what,
                              std::span<const std::string_view> known) {
  tell(code, at, "no such " + std::string(what) + hint(at.text, known));
}

bool NodeReader::check_map(const YamlNode& node, std::string_view what,
                           std::span<const std::string_view> known,
                           std::span<const std::string_view> told) {
  const auto is_among = [](std::span<const std::string_view> list,
                           const YamlKey& key) {
    return std::find(list.begin(), list.end(), key.text) != list.end();
  };
  if (!node.is_map()) {
    tell(Code::pack_invalid, node,
         std::string(what) + " is a map with the keys " + listed(known));
    return false;
  }
  for (const YamlKey& key : node.keys) {
    if (is_among(known, key) || is_among(told, key)) continue;
    tell(Code::key_unknown, key,
         "not a key of " + std::string(what) + hint(key.text, known));
    unknown_[&node].push_back(key.text);
  }
  return true;
}

const YamlNode* NodeReader::need(const YamlNode& map, std::string_view key,
                                 Code code) {
  const YamlNode* found = map.find(key);
  if (found != nullptr || !map.is_map()) return found;
  const auto unknown = unknown_.find(&map);
  if (unknown == unknown_.end() || nearest(key, unknown->second).empty()) {
    tell(code, map.line, map.column, {},
         "the key " + in_quotes(key) + " is missing");
  }
  return nullptr;
}

std::optional<std::string> NodeReader::read_text(const YamlNode& node) {
  if (node.is_scalar() && !node.text.empty()) return node.text;
  tell(Code::pack_invalid, node, "a text is expected");
  return std::nullopt;
}

std::string NodeReader::read_text(const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.find(key);
  return node == nullptr ? "" : read_text(*node).value_or("");
}

std::string NodeReader::read_clause(const YamlNode& map) {
  const YamlNode* node = need(map, "clause", Code::clause_missing);
  if (node == nullptr) return {};
  if (node->is_scalar() && !node->text.empty()) return node->text;
  tell(Code::clause_missing, *node,
       "the place where the document says it is expected");
  return {};
}

void NodeReader::check_only_one(const YamlNode& map, std::string_view what,
                                std::span<const std::string_view> heads) {
  const YamlKey* first = nullptr;
  for (const YamlKey& key : map.keys) {
    if (std::find(heads.begin(), heads.end(), key.text) == heads.end()) {
      continue;
    }
    if (first == nullptr) {
      first = &key;
    } else {
      tell(Code::pack_invalid, key,
           std::string(what) + " has only one such key, and there is " +
               in_quotes(first->text) + " already");
    }
  }
}

std::string NodeReader::read_id(const YamlNode& node) {
  const auto text = read_text(node);
  if (!text) return {};
  if (std::all_of(text->begin(), text->end(), is_id_character) &&
      text->front() != '-' && text->front() != '_') {
    return *text;
  }
  tell(Code::pack_invalid, node,
       "a name of letters, digits, '-' and '_' is expected");
  return {};
}

Text NodeReader::read_label(const YamlNode& node) {
  if (node.is_scalar()) {
    const auto text = read_text(node).value_or("");
    return {text, text};
  }
  if (!check_map(node, "a label", {"zh", "en"})) return {};
  if (node.items.empty()) {
    tell(Code::key_missing, node, "a label needs 'zh' or 'en'");
  }
  return {read_text(node, "zh"), read_text(node, "en")};
}

std::optional<Date> NodeReader::read_date(const YamlNode& node) {
  if (node.is_scalar()) {
    const auto date = parse_date(node.text);
    if (date) return *date;
  }
  tell(Code::value_not_a_date, node,
       "a day is expected, written YYYY-MM-DD, of the years 1400 to 9999");
  return std::nullopt;
}

std::optional<Fraction> NodeReader::read_number(const YamlNode& node) {
  if (node.is_scalar()) {
    if (const auto number = parse_fraction(node.text)) return number;
  }
  tell(Code::value_not_a_number, node,
       "a number is expected, such as 8, 2.5, 90 % or 1/3");
  return std::nullopt;
}

std::optional<bool> NodeReader::read_flag(const YamlNode& node) {
  static constexpr std::array<std::string_view, 2> flags{"false", "true"};
  const auto at = find_in(node, flags);
  if (!at) return std::nullopt;
  return *at == 1;
}

std::span<const YamlNode> NodeReader::read_list(const YamlNode& node) {
  if (node.is_list()) return node.items;
  tell(Code::pack_invalid, node, "a list is expected, such as [a, b]");
  return {};
}

std::vector<std::string> NodeReader::read_texts(const YamlNode& node) {
  std::vector<std::string> texts;
  for (const YamlNode& item : read_list(node)) {
    if (auto text = read_text(item)) texts.push_back(*std::move(text));
  }
  return texts;
}

std::optional<std::size_t> NodeReader::find_in(
    const YamlNode& node, std::span<const std::string_view> list) {
  if (node.is_scalar()) {
    const auto found = std::find(list.begin(), list.end(), node.text);
    if (found != list.end()) {
      return static_cast<std::size_t>(found - list.begin());
    }
  }
  tell(Code::value_not_in_list, node,
       "one of these words is expected" + hint(node.text, list));
  return std::nullopt;
}

}  // namespace headrope
