// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From nodes of a file to values: texts, dates, numbers, words. What is not as
// it should be is told with its place, and reading goes on.

#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "headrope/fraction.hpp"
#include "load/strict_yaml.hpp"
#include "model/words.hpp"
#include "rules/pack_model.hpp"

namespace headrope {

/// The candidate that a misspelt word is likely to mean; empty if none is near.
[[nodiscard]] std::string_view nearest(
    std::string_view word, std::span<const std::string_view> candidates);

/// The ids in a set or map, for messages; not all of them if they are many.
template <typename Ids>
[[nodiscard]] std::vector<std::string_view> ids_of(const Ids& ids) {
  constexpr std::size_t most = 1'000;
  std::vector<std::string_view> list;
  for (const auto& entry : ids) {
    if (list.size() == most) break;
    if constexpr (requires { entry.first; }) {
      list.push_back(entry.first);
    } else {
      list.push_back(entry);
    }
  }
  return list;
}

/// Words as messages list them: `a, b, c`.
[[nodiscard]] std::string listed(std::span<const std::string_view> words);

/// Reads nodes of one file and tells what is wrong with them.
class NodeReader {
 public:
  NodeReader(std::string_view file, Diagnostics& findings)
      : file_(file), findings_(findings) {}

  /// Tells a finding about a node; nothing about a node that was refused.
  void tell(Code code, const YamlNode& at, std::string message);
  /// Tells a finding about a key.
  void tell(Code code, const YamlKey& at, std::string message);
  /// Tells all but the first of some keys of which a map has only one.
  void check_only_one(const YamlNode& map, std::string_view what,
                      std::span<const std::string_view> heads);
  /// Tells that a name is not known, with those near it.
  void tell_unknown(Code code, const YamlNode& at, std::string_view what,
                    std::span<const std::string_view> known);
  /// The same with the ids of a set or map.
  template <typename Ids>
  void tell_unknown_id(Code code, const YamlNode& at, std::string_view what,
                       const Ids& known) {
    tell_unknown(code, at, what,
                 is_full() ? std::vector<std::string_view>() : ids_of(known));
  }

  /// True if the node is a map; keys that are not known are told.
  /// @param what the thing it describes, such as "a phase".
  /// @param told keys about which `check_only_one` tells.
  bool check_map(const YamlNode& node, std::string_view what,
                 std::span<const std::string_view> known,
                 std::span<const std::string_view> told = {});
  /// The same with the keys written out.
  bool check_map(const YamlNode& node, std::string_view what,
                 std::initializer_list<std::string_view> known) {
    return check_map(node, what, std::span(known.begin(), known.size()));
  }
  /// The value of a key that must be there; nullptr and a finding if it is not.
  /// No finding if a key that is not known looks like it.
  const YamlNode* need(const YamlNode& map, std::string_view key,
                       Code code = Code::key_missing);

  /// A scalar; nothing and a finding if it is none, or empty.
  std::optional<std::string> read_text(const YamlNode& node);
  /// The text of an optional key; empty if it is not there.
  std::string read_text(const YamlNode& map, std::string_view key);
  /// The clause of an entry, which must be there.
  std::string read_clause(const YamlNode& map);
  /// A name of letters, digits, `-` and `_` that begins with none of the two.
  std::string read_id(const YamlNode& node);
  /// A label: one text, or `zh` and `en`.
  Text read_label(const YamlNode& node);
  /// A day.
  std::optional<Date> read_date(const YamlNode& node);
  /// A number.
  std::optional<Fraction> read_number(const YamlNode& node);
  /// `true` or `false`.
  std::optional<bool> read_flag(const YamlNode& node);
  /// The items of a list; empty and a finding if it is none.
  std::span<const YamlNode> read_list(const YamlNode& node);
  /// A list of texts.
  std::vector<std::string> read_texts(const YamlNode& node);

  /// The enumerator that a word stands for.
  template <typename Enum>
  std::optional<Enum> read_word(const YamlNode& node) {
    const auto at = find_in(node, words<Enum>);
    if (!at) return std::nullopt;
    return static_cast<Enum>(*at);
  }
  /// The position of a word in a list; nothing and a finding if it is not in
  /// it.
  std::optional<std::size_t> find_in(const YamlNode& node,
                                     std::span<const std::string_view> list);

 private:
  // Past the limit of findings nobody reads a hint.
  [[nodiscard]] bool is_full() const {
    return findings_.items().size() >= Diagnostics::limit_default;
  }
  void tell(Code code, int line, int column, std::string_view value,
            std::string message);
  [[nodiscard]] std::string hint(std::string_view word,
                                 std::span<const std::string_view> known) const;

  std::string_view file_;
  Diagnostics& findings_;
  // The unknown keys of the maps that have some.
  std::unordered_map<const YamlNode*, std::vector<std::string_view>> unknown_;
};

}  // namespace headrope
