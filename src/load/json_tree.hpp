// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A JSON text as a tree. nlohmann-json reads it, but its own tree takes memory
// when it is destroyed, and ends the process where there is none; this one does
// not.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "headrope/result.hpp"

namespace headrope {

/// A value of a JSON text. Destroying one recurses as deep as it is nested.
struct JsonNode {
  /// What it is.
  enum class Type : std::uint8_t { null, boolean, number, text, array, object };
  Type type = Type::null;
  /// The text, or how any other plain value is written.
  std::string text{};
  double number = 0;
  std::vector<JsonNode> items{};  ///< of an array
  /// Of an object. Of a key that comes twice, the last value counts.
  std::vector<std::pair<std::string, JsonNode>> members{};

  /// The member of a key; nullptr if there is none.
  [[nodiscard]] const JsonNode* find(std::string_view key) const;
  /// True if it is of a type.
  [[nodiscard]] bool is(Type wanted) const { return type == wanted; }
};

/// Reads a JSON text; brackets may not be nested deeper than `depth_max`.
/// @returns `limit_exceeded`; `descriptor_invalid` with the place.
[[nodiscard]] Result<JsonNode> read_json(std::string_view text,
                                         std::size_t depth_max);

}  // namespace headrope
