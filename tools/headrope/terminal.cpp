// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Character widths by utf8proc.

#include "headrope/terminal.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <unistd.h>
#include <vector>

#include <utf8proc.h>

namespace headrope::tool {
namespace {

// Calls `use` with each character and its code point, -1 for a bad byte.
template <typename Use>
void for_each_character(std::string_view text, const Use& use) {
  while (!text.empty()) {
    utf8proc_int32_t code = -1;
    const utf8proc_ssize_t size =
        utf8proc_iterate(static_cast<const utf8proc_uint8_t*>(
                             static_cast<const void*>(text.data())),
                         static_cast<utf8proc_ssize_t>(text.size()), &code);
    const std::size_t bytes = size > 0 ? static_cast<std::size_t>(size) : 1;
    use(text.substr(0, bytes), size > 0 ? code : -1);
    text.remove_prefix(bytes);
  }
}

bool is_number(Column::Type type) {
  return type != Column::Type::text && type != Column::Type::date;
}

std::string padded(const std::string& text, std::size_t width,
                   bool to_the_right) {
  const std::size_t own = display_width(text);
  const std::string gap(width > own ? width - own : 0, ' ');
  return to_the_right ? gap + text : text + gap;
}

// Our own words are translated; the user's texts are not.
bool holds_our_words(const Column& column) {
  return column.name == "status" || column.name == "overall" ||
         column.name == "severity" || column.name == "what" ||
         column.name == "other_reading" || column.name == "transition" ||
         column.name == "status_before" || column.name == "status_after" ||
         column.name == "verdict" || column.name == "tightness" ||
         column.name == "force" || column.name == "type" ||
         column.name == "state" || column.name == "acting" ||
         column.name == "first" || column.name == "reached";
}

// A word of ours for people. `reached.unit` goes before `unit`, where one word
// means two things.
std::string translated(const std::string& column, const std::string& word,
                       Language language) {
  const std::string qualified = column + "." + word;
  const std::string_view own = wording(qualified, language);
  return std::string(own == qualified ? wording(word, language) : own);
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_character(text, [&](std::string_view, utf8proc_int32_t code) {
    const int columns = code < 0 ? 1 : utf8proc_charwidth(code);
    width += static_cast<std::size_t>(std::max(columns, 0));
  });
  return width;
}

std::string harmless(std::string_view text) {
  std::string result;
  for_each_character(text, [&](std::string_view bytes, utf8proc_int32_t code) {
    const bool bad =
        code < 0 || utf8proc_category(code) == UTF8PROC_CATEGORY_CC ||
        (utf8proc_category(code) == UTF8PROC_CATEGORY_CF && code != 0x200D);
    result += bad ? std::string_view("\xEF\xBF\xBD") : bytes;
  });
  return result;
}

void write_terminal(const Table& table, Language language, const Sink& sink) {
  const std::size_t rows = table.row_count();
  const Column* indented = table.find("name");
  if (indented == nullptr && !table.columns.empty()) {
    indented = &table.columns.front();
  }
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> widths;
  std::vector<bool> to_the_right;
  for (const Column& column : table.columns) {
    if (column.is_rare && column.says_nothing()) continue;
    to_the_right.push_back(is_number(column.type));
    auto& texts = cells.emplace_back();
    texts.push_back(harmless(wording(column.name, language)));
    for (std::size_t row = 0; row < rows; ++row) {
      std::string text = harmless(display_text(column, row));
      if (holds_our_words(column)) {
        text = translated(column.name, text, language);
      }
      if (&column == indented && !table.depth.empty()) {
        text.insert(0, std::string(std::size_t{2} * table.depth[row], ' '));
      }
      texts.push_back(std::move(text));
    }
    std::size_t width = 0;
    for (const std::string& text : texts) {
      width = std::max(width, display_width(text));
    }
    widths.push_back(width);
  }
  for (std::size_t line = 0; line <= rows; ++line) {
    std::string text;
    for (std::size_t at = 0; at < cells.size(); ++at) {
      if (at > 0) text += "  ";
      text += padded(cells[at][line], widths[at], to_the_right[at]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    sink(text + "\n");
    if (line > 0) continue;
    std::string rule;
    for (std::size_t at = 0; at < widths.size(); ++at) {
      if (at > 0) rule += "  ";
      for (std::size_t i = 0; i < widths[at]; ++i) rule += "─";
    }
    sink(rule + "\n");
  }
}

ProgressLine::ProgressLine() : is_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (is_shown_) std::fputs("\r\x1B[K", stderr);
}

Progress ProgressLine::callback() {
  if (!is_terminal_) return {};
  return
      [this](std::string_view stage, std::uint64_t done, std::uint64_t total) {
        show(stage, done, total);
        return true;
      };
}

void ProgressLine::show(std::string_view stage, std::uint64_t done,
                        std::uint64_t total) {
  constexpr std::int64_t pause_ms = 50;
  const std::int64_t now = now_ms();
  if (is_shown_ && now - shown_at_ms_ < pause_ms) return;
  shown_at_ms_ = now;
  is_shown_ = true;
  const unsigned percent =
      total == 0 ? 0 : static_cast<unsigned>(done * 100 / total);
  std::fprintf(stderr, "\r\x1B[K%.*s %u %%", static_cast<int>(stage.size()),
               stage.data(), percent);
  std::fflush(stderr);
}

}  // namespace headrope::tool
