// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Windows from nodes: every form is checked for holding a day.

#pragma once

#include "load/expression_reader.hpp"

namespace headrope {

/// Where a window stands.
enum class WindowPlace : std::uint8_t {
  rule,         ///< of a rule, whose subjects are no records
  record_rule,  ///< of a rule whose subjects are records
  part          ///< part of another window
};

/// Reads a window; `as_of` and a finding if it is none.
[[nodiscard]] WindowSpec read_window(const YamlNode& node, WindowPlace place,
                                     const PackScope& scope,
                                     NodeReader& reader);

/// The names of the days of the week, Monday first.
[[nodiscard]] std::span<const std::string_view> weekday_words();

/// The days from `from` to the last day `until`, of a map; an end that is not
/// there is open. Reversed days are `window_invalid`.
[[nodiscard]] Interval read_days(const YamlNode& map, NodeReader& reader);

}  // namespace headrope
