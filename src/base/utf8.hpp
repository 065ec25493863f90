// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// UTF-8: validation with the place of the first fault, and cutting without
// splitting a character.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace headrope {

/// Gives the offset of the first byte that is not part of well-formed UTF-8
/// (no overlong forms, no surrogates, nothing above U+10FFFF), or
/// `text.size()`. @complexity O(bytes).
[[nodiscard]] std::size_t valid_utf8_size(std::string_view text);

/// The longest start of a text that has at most `bytes_max` bytes and does not
/// end inside a character.
[[nodiscard]] std::string_view shortened(std::string_view text,
                                         std::size_t bytes_max);

/// A value as messages show it: in single quotes, cut to 80 bytes.
[[nodiscard]] std::string in_quotes(std::string_view value);

}  // namespace headrope
