// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// `A{1..40}` in the texts of a row.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "headrope/result.hpp"

namespace headrope {

/// A text with at most one range of numbers in it.
class RangeText {
 public:
  /// @returns `case_invalid` for two ranges, one that runs down, or one with
  ///   more than `count_max` numbers.
  [[nodiscard]] static Result<RangeText> parse(std::string_view text);

  /// How many texts it stands for; nothing if it has no range.
  [[nodiscard]] std::optional<std::size_t> count() const { return count_; }
  /// The text at a position below `count()`; the text itself without a range.
  [[nodiscard]] std::string at(std::size_t position) const;

  static constexpr std::size_t count_max = 200'000;

 private:
  std::string before_;
  std::string after_;
  std::size_t first_ = 0;
  std::size_t width_ = 0;  // Numbers written `01` keep their width.
  std::optional<std::size_t> count_;
};

}  // namespace headrope
