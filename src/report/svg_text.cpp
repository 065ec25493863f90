// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Characters and their widths.

#include "report/svg_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"

namespace headrope {
namespace {

constexpr char32_t replacement = 0xFFFD;

using Range = std::pair<char32_t, char32_t>;

template <std::size_t Size>
bool is_in(const std::array<Range, Size>& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return range.first <= character && character <= range.second;
  });
}

// Hangul, kana, ideographs, their punctuation and full-width forms, pictures,
// and the marks that Chinese fonts draw as wide as a character.
constexpr std::array wide_ranges{
    Range{0x1100, 0x115F},  Range{0x2014, 0x2014}, Range{0x201C, 0x201D},
    Range{0x2026, 0x2026},  Range{0x2E80, 0xA4CF}, Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},  Range{0xFE30, 0xFE4F}, Range{0xFF00, 0xFF60},
    Range{0xFFE0, 0xFFE6},  Range{0xFFFD, 0xFFFD}, Range{0x1F300, 0x1FAFF},
    Range{0x20000, 0x3FFFD}};
// Marks above or below another character, and what is never seen.
constexpr std::array flat_ranges{Range{0x0300, 0x036F}, Range{0x200B, 0x200D},
                                 Range{0x2060, 0x2060}, Range{0xFE00, 0xFE0F},
                                 Range{0xE0100, 0xE01EF}};
// What XML 1.0 does not allow, and what turns the direction of text.
constexpr std::array refused_ranges{
    Range{0x00, 0x1F},     Range{0x7F, 0x9F},     Range{0x061C, 0x061C},
    Range{0x200E, 0x200F}, Range{0x2028, 0x202E}, Range{0x2066, 0x2069},
    Range{0xFEFF, 0xFEFF}, Range{0xFFFE, 0xFFFF}};

bool is_refused(char32_t character) {
  // The last two of each plane are no characters.
  return is_in(refused_ranges, character) || (character & 0xFFFEU) == 0xFFFEU;
}

// The first character of well-formed UTF-8, and how many bytes it takes.
std::pair<char32_t, std::size_t> first_of(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at]));
  };
  const auto more = [&](std::size_t at) { return byte(at) & 0x3FU; };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) < 0xE0) return {(byte(0) & 0x1FU) << 6U | more(1), 2};
  if (byte(0) < 0xF0) {
    return {(byte(0) & 0x0FU) << 12U | more(1) << 6U | more(2), 3};
  }
  return {(byte(0) & 0x07U) << 18U | more(1) << 12U | more(2) << 6U | more(3),
          4};
}

void add_utf8(std::string& text, char32_t character) {
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((character >> shift) & 0x3FU));
  };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0U | (character >> 6U));
    tail(0);
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0U | (character >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (character >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::int32_t width_of(char32_t character) {
  if (is_wide(character)) return 100;
  if (is_in(flat_ranges, character)) return 0;
  constexpr std::u32string_view narrow = U" .,:;'|!()[]ijlt";
  constexpr std::u32string_view broad = U"@%MWmw";
  if (narrow.find(character) != narrow.npos) return 33;
  if (broad.find(character) != broad.npos) return 90;
  if (character >= U'A' && character <= U'Z') return 68;
  return 57;
}

// What does not begin a line.
bool is_closing(char32_t character) {
  constexpr std::u32string_view closing = U"、，。；：？！）》」』】”…,.;:?!)]";
  return closing.find(character) != closing.npos;
}

bool is_opening(char32_t character) {
  constexpr std::u32string_view opening = U"（《「『【“([";
  return opening.find(character) != opening.npos;
}

// Whether a line may end between two characters.
bool may_break(char32_t before, char32_t after) {
  if (after == U' ' || is_closing(after) || is_opening(before)) return false;
  return before == U' ' || is_wide(before) || is_wide(after);
}

// Removes the spaces at the ends of a line.
std::u32string trimmed(std::u32string_view line) {
  const std::size_t first = line.find_first_not_of(U' ');
  if (first == line.npos) return {};
  return std::u32string(
      line.substr(first, line.find_last_not_of(U' ') - first + 1));
}

// Where the line that begins a text ends. At least one character is taken.
std::size_t line_end(std::u32string_view text, std::int32_t width_max) {
  std::int32_t width = 0;
  std::size_t last_break = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && may_break(text[at - 1], text[at])) last_break = at;
    width += width_of(text[at]);
    const bool hangs = text[at] == U' ' || is_closing(text[at]);
    // Punctuation may hang over, but no long row of it.
    if (width <= width_max + (hangs ? 100 : 0) || at == 0) continue;
    return last_break > 0 ? last_break : at;
  }
  return text.size();
}

// The widest piece in which no line may end.
std::int32_t widest_piece(std::u32string_view text) {
  std::int32_t widest = 0;
  std::int32_t width = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && may_break(text[at - 1], text[at])) width = 0;
    width += width_of(text[at]);
    widest = std::max(widest, width);
  }
  return widest;
}

// As much in every line as fits.
std::vector<std::u32string> filled_lines(std::u32string_view text,
                                         std::int32_t width_max) {
  std::vector<std::u32string> lines;
  while (!text.empty()) {
    const std::size_t end = line_end(text, width_max);
    std::u32string line = trimmed(text.substr(0, end));
    if (!line.empty()) lines.push_back(std::move(line));
    text.remove_prefix(end);
  }
  return lines;
}

}  // namespace

std::u32string drawable(std::string_view text) {
  std::u32string result;
  while (!text.empty()) {
    const std::size_t valid = valid_utf8_size(text);
    for (std::size_t at = 0; at < valid;) {
      const auto [character, size] = first_of(text.substr(at));
      const bool is_space = character == U'\t' || character == U'\n' ||
                            character == U'\r' || character == U'\u3000';
      result += is_space                ? U' '
                : is_refused(character) ? replacement
                                        : character;
      at += size;
    }
    text.remove_prefix(valid);
    if (text.empty()) break;
    result += replacement;
    text.remove_prefix(1);
  }
  return result;
}

std::string escaped(std::u32string_view text) {
  std::string result;
  for (const char32_t character : text) {
    switch (character) {
      case U'&':
        result += "&amp;";
        break;
      case U'<':
        result += "&lt;";
        break;
      case U'>':
        result += "&gt;";
        break;
      case U'"':
        result += "&quot;";
        break;
      case U'\'':
        result += "&#39;";
        break;
      default:
        add_utf8(result, character);
    }
  }
  return result;
}

bool is_wide(char32_t character) { return is_in(wide_ranges, character); }

std::int32_t width_of(std::u32string_view text) {
  std::int32_t width = 0;
  for (const char32_t character : text) width += width_of(character);
  return width;
}

std::vector<std::u32string> lines_of(std::u32string_view text,
                                     std::int32_t width_max) {
  std::vector<std::u32string> lines = filled_lines(text, width_max);
  if (lines.size() < 2) return lines;
  // The narrowest that takes no more lines, so that the last is not one
  // character, and breaks no word.
  constexpr std::int32_t step = 50;
  const auto count = static_cast<std::int32_t>(lines.size());
  for (std::int32_t width =
           std::max(width_of(text) / count, widest_piece(text));
       width < width_max; width += step) {
    std::vector<std::u32string> even = filled_lines(text, width);
    if (even.size() == lines.size()) return even;
  }
  return lines;
}

}  // namespace headrope
