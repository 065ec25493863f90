// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Cells, formats and headings of sheets.

#include "headrope/workbook.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "headrope/options.hpp"

namespace headrope::tool {
namespace {

constexpr std::uint32_t rows_max = 1'048'575;  // One is left to say so.
constexpr std::size_t text_max = 32'767;       // Characters of a cell.

// The serial number of a day; Excel counts from 1899-12-30.
double serial(std::int64_t days_since_1970) {
  return static_cast<double>(days_since_1970 + 25'569);
}

double quotient(std::int64_t numerator, std::int64_t denominator) {
  return static_cast<double>(numerator) / static_cast<double>(denominator);
}

// About how wide a text is, in digits; a Chinese character takes two.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) width += 1;
    if (byte >= 0xE0) width += 2;
  }
  return width;
}

bool is_word_column(std::string_view name) {
  constexpr std::string_view words[] = {
      "status", "overall",   "other_reading", "status_before", "type",
      "force",  "tightness", "status_after",  "transition",    "state"};
  return std::find(std::begin(words), std::end(words), name) != std::end(words);
}

}  // namespace

Workbook::Workbook(std::string path, Language language, Date day)
    : path_(std::move(path)), part_(path_ + ".part"), language_(language) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  workbook_ = workbook_new_opt(part_.c_str(), &options);
  if (workbook_ == nullptr) fail("cannot be written");
  lxw_doc_properties properties{};
  constexpr std::int64_t day_seconds = 86'400;
  properties.created = static_cast<time_t>(day.days * day_seconds);
  workbook_set_properties(workbook_, &properties);
  heading_ = workbook_add_format(workbook_);
  format_set_bold(heading_);
  format_set_bg_color(heading_, 0xE9EEF4);
  format_set_border(heading_, LXW_BORDER_THIN);
  format_set_text_wrap(heading_);
  format_set_align(heading_, LXW_ALIGN_CENTER);
  format_set_align(heading_, LXW_ALIGN_VERTICAL_CENTER);
  title_ = workbook_add_format(workbook_);
  format_set_bold(title_);
  format_set_font_size(title_, 16);
  plain_ = workbook_add_format(workbook_);
  format_set_border(plain_, LXW_BORDER_THIN);
}

Workbook::~Workbook() {
  if (workbook_ != nullptr) workbook_close(workbook_);
  std::error_code none;  // It is gone where the workbook was closed.
  std::filesystem::remove(part_, none);
}

void Workbook::close() {
  const lxw_error failed = workbook_close(workbook_);
  workbook_ = nullptr;
  if (failed != LXW_NO_ERROR) fail(lxw_strerror(failed));
  std::error_code refused;
  std::filesystem::rename(part_, path_, refused);
  if (refused) fail(refused.message());
}

void Workbook::add_sheet(std::string_view name) {
  constexpr std::size_t units_max = 31;  // Of UTF-16.
  constexpr std::size_t units_of_number = 5;
  std::string fitting;
  std::size_t units = 0;
  for (std::size_t at = 0; at < name.size();) {
    const auto lead = static_cast<unsigned char>(name[at]);
    const std::size_t bytes = lead < 0x80   ? 1
                              : lead < 0xE0 ? 2
                              : lead < 0xF0 ? 3
                                            : 4;
    units += bytes == 4 ? 2 : 1;
    if (units > units_max - units_of_number) break;
    const bool is_refused =
        std::string_view("[]:*?/\\'").find(name[at]) != std::string_view::npos;
    fitting += is_refused ? "_" : std::string(name.substr(at, bytes));
    at += bytes;
  }
  if (fitting.empty()) fitting = "_";
  // Excel takes no two names that differ in case only.
  const auto folded = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char one) {
      return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a')
                                      : one;
    });
    return text;
  };
  std::string own = fitting;
  for (int number = 2; !names_.insert(folded(own)).second; ++number) {
    own = fmt::format("{} ({})", fitting, number);
  }
  sheet_ = workbook_add_worksheet(workbook_, own.c_str());
  if (sheet_ == nullptr) fail("cannot hold the sheet '" + own + "'");
}

void Workbook::add(std::string_view name, const Table& table) {
  add_sheet(name);
  const std::size_t rows = table.row_count();
  const auto count = static_cast<std::uint16_t>(table.columns.size());
  constexpr std::size_t looked_at = 200;
  for (std::uint16_t at = 0; at < count; ++at) {
    const Column& column = table.columns[at];
    std::size_t width = width_of(wording(column.name, language_));
    for (std::size_t row = 0; row < std::min(rows, looked_at); ++row) {
      width = std::max(width, width_of(display_text(column, row)));
    }
    constexpr std::size_t widest = 50;
    worksheet_set_column(sheet_, at, at,
                         static_cast<double>(std::min(width, widest) + 2),
                         nullptr);
  }
  for (std::uint16_t at = 0; at < count; ++at) {
    text(0, at, wording(table.columns[at].name, language_), heading_);
  }
  const std::size_t written = std::min<std::size_t>(rows, rows_max - 1);
  for (std::size_t row = 0; row < written; ++row) {
    for (std::uint16_t at = 0; at < count; ++at) {
      write_cell(static_cast<std::uint32_t>(row + 1), at, table.columns[at],
                 row);
    }
  }
  if (written < rows) {
    text(rows_max, 0,
         fmt::format("{} {}", wording("left_out", language_), rows - written));
  }
  worksheet_freeze_panes(sheet_, 1, 0);
  if (rows > 0 && count > 0) {
    worksheet_autofilter(sheet_, 0, 0, static_cast<std::uint32_t>(written),
                         static_cast<std::uint16_t>(count - 1));
  }
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, 9);  // A4.
  worksheet_fit_to_pages(sheet_, 1, 0);
  worksheet_repeat_rows(sheet_, 0, 0);
}

void Workbook::begin_summary(std::string_view name, const Summary& summary) {
  add_sheet(name);
  constexpr std::uint16_t fixed = 3;
  worksheet_set_column(sheet_, 0, 0, 14, nullptr);
  worksheet_set_column(sheet_, 1, 1, 34, nullptr);
  worksheet_set_column(sheet_, 2, 2, 14, nullptr);
  constexpr std::uint16_t columns_max = 16'384;
  if (fixed + 3 * summary.rules.size() > columns_max) {
    fail("has too many rules for a sheet");
  }
  text(0, 0, summary.title, title_);
  text(1, 0, summary.subtitle);
  for (std::uint16_t at = 0; at < fixed; ++at) text(2, at, "", heading_);
  auto column = fixed;
  for (const std::string& rule : summary.rules) {
    worksheet_merge_range(sheet_, 2, column, 2,
                          static_cast<std::uint16_t>(column + 2), rule.c_str(),
                          heading_);
    column = static_cast<std::uint16_t>(column + 3);
  }
  column = 0;
  for (const char* word : {"unit", "name", "kind"}) {
    text(3, column++, wording(word, language_), heading_);
  }
  for (std::size_t at = 0; at < summary.rules.size(); ++at) {
    for (const char* word : {"eligible", "met", "rate"}) {
      text(3, column++, wording(word, language_), heading_);
    }
  }
  next_row_ = 4;
  worksheet_set_row(sheet_, 2, 48, nullptr);
  worksheet_freeze_panes(sheet_, 4, 2);
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, 9);
  worksheet_fit_to_pages(sheet_, 1, 0);
  worksheet_repeat_rows(sheet_, 2, 3);
}

void Workbook::add_row(const Summary::Row& row) {
  if (next_row_ > rows_max) return;
  if (next_row_ == rows_max) {
    text(next_row_++, 0, "…");
    return;
  }
  text(next_row_, 0, row.identity, plain_);
  text(next_row_, 1, row.name.empty() ? row.identity : row.name,
       indented(row.depth));
  text(next_row_, 2, row.kind, plain_);
  std::uint16_t column = 3;
  for (const SummaryFigure& figure : row.figures) {
    lxw_format* whole = number_format("#,##0");
    worksheet_write_number(sheet_, next_row_, column++,
                           static_cast<double>(figure.eligible), whole);
    worksheet_write_number(sheet_, next_row_, column++,
                           static_cast<double>(figure.met), whole);
    if (figure.eligible > 0) {
      worksheet_write_number(sheet_, next_row_, column,
                             quotient(figure.met, figure.eligible),
                             number_format("0.0%"));
    } else {
      text(next_row_, column, "–", plain_);
    }
    ++column;
  }
  ++next_row_;
}

void Workbook::write_cell(std::uint32_t row, std::uint16_t column,
                          const Column& from, std::size_t at) {
  if (from.is_missing(at)) return;
  const auto number = [&](double value, const char* format) {
    worksheet_write_number(sheet_, row, column, value, number_format(format));
  };
  using Type = Column::Type;
  using Style = Column::Style;
  switch (from.type) {
    case Type::text:
      text(row, column,
           is_word_column(from.name) ? wording(from.texts[at], language_)
                                     : from.texts[at]);
      return;
    case Type::integer:
      number(static_cast<double>(from.numbers[at]), "#,##0");
      return;
    case Type::date:
      number(serial(from.numbers[at]), "yyyy-mm-dd");
      return;
    case Type::ratio:
      if (from.denominators[at] > 0) {
        number(quotient(from.numbers[at], from.denominators[at]), "0.0%");
      }
      return;
    case Type::fraction: {
      const Style style = from.styles.empty() ? Style::number : from.styles[at];
      const double value = quotient(from.numbers[at], from.denominators[at]);
      if (style == Style::day) {
        number(serial(from.numbers[at]), "yyyy-mm-dd");
      } else {
        number(value, style == Style::percent ? "0.0%" : "#,##0.##");
      }
      return;
    }
    case Type::decimal: {
      double power = 1;
      std::string format = "#,##0.";
      for (int place = 0; place < from.decimals; ++place) {
        power *= 10;
        format += '0';
      }
      number(static_cast<double>(from.numbers[at]) / power, format.c_str());
      return;
    }
  }
}

void Workbook::text(std::uint32_t row, std::uint16_t column,
                    std::string_view text, lxw_format* format) {
  if (text.empty()) {
    if (format != nullptr) worksheet_write_blank(sheet_, row, column, format);
    return;
  }
  // Every character has at least one byte.
  std::string shown(text.substr(0, text_max));
  while (shown.size() < text.size() && !shown.empty() &&
         (static_cast<unsigned char>(text[shown.size()]) & 0xC0U) == 0x80U) {
    shown.pop_back();
  }
  worksheet_write_string(sheet_, row, column, shown.c_str(), format);
}

lxw_format* Workbook::number_format(const char* format) {
  lxw_format*& known = formats_[format];
  if (known == nullptr) {
    known = workbook_add_format(workbook_);
    format_set_num_format(known, format);
    format_set_border(known, LXW_BORDER_THIN);
  }
  return known;
}

lxw_format* Workbook::indented(std::uint32_t depth) {
  constexpr std::uint32_t deepest = 15;  // What Excel allows.
  lxw_format*& known = indents_[std::min(depth, deepest)];
  if (known == nullptr) {
    known = workbook_add_format(workbook_);
    format_set_indent(known,
                      static_cast<std::uint8_t>(std::min(depth, deepest)));
    format_set_border(known, LXW_BORDER_THIN);
  }
  return known;
}

void Workbook::fail(const std::string& why) const {
  throw UsageError{"--out: '" + path_ + "' " + why};
}

}  // namespace headrope::tool
