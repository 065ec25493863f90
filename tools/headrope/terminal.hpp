// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables and progress on a terminal. Chinese characters are two columns wide;
// control characters in data are shown as marks, never sent.

#pragma once

#include <string>
#include <string_view>

#include "headrope/progress.hpp"
#include "headrope/table.hpp"

namespace headrope::tool {

/// How many terminal columns a text takes.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text with control characters and bytes that are not UTF-8 replaced.
[[nodiscard]] std::string harmless(std::string_view text);

/// Writes a table aligned by display width, a tree indented.
void write_terminal(const Table& table, Language language, const Sink& sink);

/// Shows progress on the error stream if it is a terminal, at most 20 times a
/// second; wipes it when done.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// What to hand to a long call.
  [[nodiscard]] Progress callback();

 private:
  void show(std::string_view stage, std::uint64_t done, std::uint64_t total);

  bool is_terminal_;
  bool is_shown_ = false;
  std::int64_t shown_at_ms_ = 0;
};

}  // namespace headrope::tool
