// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every word that people read, for those who show tables elsewhere.

#pragma once

#include <span>
#include <string_view>

namespace headrope {

/// A machine name and its wording.
struct Word {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};

/// All of them.
[[nodiscard]] std::span<const Word> all_words();

}  // namespace headrope
