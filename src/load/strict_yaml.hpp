// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// YAML as the files of rules are written in it: maps, lists and plain scalars,
// each with its place. What makes one part of a file mean another part is
// refused, so that nothing expands and everything is what it looks like.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/diagnostics.hpp"
#include "headrope/pack.hpp"

namespace headrope {

/// A key of a map and its place.
struct YamlKey {
  std::string text{};
  int line = 1;    ///< from 1
  int column = 1;  ///< from 1, in characters
};

/// A node of a file.
struct YamlNode {
  /// What it is.
  enum class Type : std::uint8_t {
    null,  ///< nothing, `~` or `null`
    scalar,
    list,
    map,
    refused  ///< an alias; there is a finding about it already
  };
  Type type = Type::null;
  bool is_quoted = false;         ///< a scalar in quotes or a block
  int line = 1;                   ///< from 1
  int column = 1;                 ///< from 1, in characters
  std::string text{};             ///< of a scalar
  std::vector<YamlNode> items{};  ///< of a list; values of a map
  std::vector<YamlKey> keys{};    ///< of a map, in the order of `items`

  /// True for a map.
  [[nodiscard]] bool is_map() const { return type == Type::map; }
  /// True for a list.
  [[nodiscard]] bool is_list() const { return type == Type::list; }
  /// True for a scalar.
  [[nodiscard]] bool is_scalar() const { return type == Type::scalar; }
  /// True for nothing.
  [[nodiscard]] bool is_null() const { return type == Type::null; }
  /// The value of a key; nullptr if there is none, or this is no map.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

/// Reads one document. Findings name `name`, the line in `row` and the column
/// in `column`: `yaml_invalid`, `reference_refused`, `key_repeated`,
/// `limit_exceeded`.
/// @returns the root; nothing if the file cannot be read to its end. There may
///   be findings nevertheless.
/// @complexity O(bytes log keys).
[[nodiscard]] std::optional<YamlNode> parse_yaml(std::string_view text,
                                                 std::string_view name,
                                                 const PackLimits& limits,
                                                 Diagnostics& findings);

}  // namespace headrope
