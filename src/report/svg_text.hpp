// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Texts of users in pictures: made harmless, measured without a font, and
// broken into lines.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headrope {

/// The characters of a text. Bytes that are not UTF-8, characters that XML does
/// not allow and those that turn the direction of text become U+FFFD; tabs and
/// line ends become spaces.
[[nodiscard]] std::u32string drawable(std::string_view text);

/// The text as UTF-8, with `&`, `<`, `>` and quotes escaped.
[[nodiscard]] std::string escaped(std::u32string_view text);

/// True for a character as wide as it is high, such as Chinese ones.
[[nodiscard]] bool is_wide(char32_t character);

/// About how wide a text is, in hundredths of its size: 100 for a wide
/// character, about 55 for a Latin letter.
[[nodiscard]] std::int32_t width_of(std::u32string_view text);

/// Breaks a text into lines of at most such a width (in hundredths of its
/// size): after spaces and between wide characters where it can, else anywhere;
/// closing punctuation stays with its line. The lines are about equally long.
/// Nothing is lost but the spaces at the breaks. An empty text has no lines.
[[nodiscard]] std::vector<std::u32string> lines_of(std::u32string_view text,
                                                   std::int32_t width_max);

}  // namespace headrope
