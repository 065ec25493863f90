// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The words that files, messages and answers use for the enumerators of the
// model, in the order of the enumerators. One spelling, in one place.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "headrope/model.hpp"

namespace headrope {

template <typename Enum>
inline constexpr std::array<std::string_view, 0> words{};

template <>
inline constexpr auto words<ParentPolicy> =
    std::to_array<std::string_view>({"one", "leaves_many", "many"});
template <>
inline constexpr auto words<CyclePolicy> =
    std::to_array<std::string_view>({"error", "break"});
template <>
inline constexpr auto words<OrphanPolicy> =
    std::to_array<std::string_view>({"error", "root", "ignore"});
template <>
inline constexpr auto words<OutsideLifePolicy> =
    std::to_array<std::string_view>({"error", "clip"});
template <>
inline constexpr auto words<Nature> = std::to_array<std::string_view>(
    {"flow", "stock", "ratio", "distinct", "flag"});
template <>
inline constexpr auto words<EntityType> =
    std::to_array<std::string_view>({"unit", "person", "post", "record"});
template <>
inline constexpr auto words<RoleFunction> = std::to_array<std::string_view>(
    {"other", "lead", "cooperating", "head", "member", "contact"});
template <>
inline constexpr auto words<Need::Type> = std::to_array<std::string_view>(
    {"holders", "pairings", "pairings_held", "turns"});
template <>
inline constexpr auto words<Standing> =
    std::to_array<std::string_view>({"primary", "secondary"});
template <>
inline constexpr auto words<Scope::Type> =
    std::to_array<std::string_view>({"all", "unit", "subtree", "kind"});
template <>
inline constexpr auto words<Reach> =
    std::to_array<std::string_view>({"own", "subtree"});
template <>
inline constexpr auto words<Presence> = std::to_array<std::string_view>(
    {"present", "late", "made_up", "excused", "absent"});
template <>
inline constexpr auto words<Change> = std::to_array<std::string_view>(
    {"found", "rename", "move", "split", "merge", "transfer", "dissolve"});

/// The enumerator that a word stands for.
template <typename Enum>
[[nodiscard]] std::optional<Enum> find_word(std::string_view word) {
  const auto& list = words<Enum>;
  const auto found = std::find(list.begin(), list.end(), word);
  if (found == list.end()) return std::nullopt;
  return static_cast<Enum>(found - list.begin());
}

/// The word for an enumerator.
template <typename Enum>
[[nodiscard]] constexpr std::string_view word_of(Enum value) {
  return words<Enum>[static_cast<std::size_t>(value)];
}

/// All words, for a message: `own, subtree`.
template <typename Enum>
[[nodiscard]] std::string word_list() {
  std::string list;
  for (const std::string_view word : words<Enum>) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

}  // namespace headrope
