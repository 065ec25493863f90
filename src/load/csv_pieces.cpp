// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Most rows hold no quote, and are split at delimiters found 64 bytes at a
// time. A row with anything unusual in it is parsed again, with care.

#include "load/csv_pieces.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/utf8.hpp"
#include "load/count_byte.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace headrope {
namespace {

// What is looked for at once, and how much may be read behind a piece.
constexpr std::size_t block_bytes = 64;
constexpr std::size_t read_bytes_min = 16;

// Which bytes of a block are delimiters, quotes or line feeds.
struct Block {
  std::uint64_t structural = 0;
  bool has_high_bytes = false;
};

Block look_at(const char* bytes, char delimiter) {
  Block block;
#if defined(__SSE2__)
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  const __m128i line_feeds = _mm_set1_epi8('\n');
  const __m128i quotes = _mm_set1_epi8('"');
  __m128i all = _mm_setzero_si128();
  for (unsigned part = 0; part < 4; ++part) {
    const __m128i some = _mm_loadu_si128(
        reinterpret_cast<const __m128i*>(bytes + part * sizeof(__m128i)));
    const __m128i found =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(some, delimiters),
                                  _mm_cmpeq_epi8(some, line_feeds)),
                     _mm_cmpeq_epi8(some, quotes));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    block.structural |= std::uint64_t{mask} << (16 * part);
    all = _mm_or_si128(all, some);
  }
  block.has_high_bytes = _mm_movemask_epi8(all) != 0;
#else
  for (unsigned at = 0; at < block_bytes; ++at) {
    const char byte = bytes[at];
    const bool found = byte == delimiter || byte == '\n' || byte == '"';
    block.structural |= std::uint64_t{found} << at;
    block.has_high_bytes |= (static_cast<unsigned char>(byte) & 0x80U) != 0;
  }
#endif
  return block;
}

// Behind the last line feed with an even number of quotes before it; 0 if there
// is none. The text begins with a row.
std::size_t end_of_rows(std::string_view text) {
  std::size_t quotes = count_byte(text, '"');
  for (std::size_t at = text.size(); at-- > 0;) {
    if (text[at] == '"') --quotes;
    if (text[at] == '\n' && quotes % 2 == 0) return at + 1;
  }
  return 0;
}

std::string_view without_carriage_return(std::string_view text) {
  return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

CsvCutter::CsvCutter(TextSource& source, const CsvReader::Options& options,
                     std::size_t piece_bytes)
    : source_(source),
      row_bytes_max_(options.row_bytes_max),
      piece_bytes_(std::max(piece_bytes, read_bytes_min)) {}

void CsvCutter::fill(CsvPiece& piece, std::size_t wanted) {
  if (piece.bytes.size() < wanted + block_bytes) {
    piece.bytes.resize(wanted + block_bytes);
  }
  while (wanted - piece.size >= read_bytes_min) {
    const auto count = source_.read(
        std::span(piece.bytes).subspan(piece.size, wanted - piece.size));
    if (!count) {
      piece.end = CsvPiece::End::unreadable;
      piece.error = count.error();
      return;
    }
    if (*count == 0) {
      piece.end = CsvPiece::End::file;
      return;
    }
    piece.size += *count;
  }
}

bool CsvCutter::next(CsvPiece& piece) {
  if (is_ended_) return false;
  piece.end = CsvPiece::End::rows;
  piece.size = rest_.size();
  piece.offset = offset_;
  std::size_t wanted = std::max(piece_bytes_, rest_.size() + read_bytes_min);
  if (piece.bytes.size() < wanted) piece.bytes.resize(wanted + block_bytes);
  rest_.copy(piece.bytes.data(), rest_.size());
  for (;;) {
    fill(piece, wanted);
    if (piece.end != CsvPiece::End::rows) break;
    if (const std::size_t cut = end_of_rows(piece.text()); cut > 0) {
      rest_.assign(piece.bytes.data() + cut, piece.size - cut);
      piece.size = cut;
      break;
    }
    if (piece.size > row_bytes_max_) {
      piece.end = CsvPiece::End::row_too_long;
      break;
    }
    wanted =
        std::min(2 * wanted, row_bytes_max_ + piece_bytes_ + read_bytes_min);
  }
  is_ended_ = piece.end != CsvPiece::End::rows;
  offset_ += piece.size;
  piece.taken = source_.bytes_taken();
  // An empty file has a header to be missed, an empty rest has nothing.
  const bool is_nothing =
      piece.end == CsvPiece::End::file && piece.size == 0 && !is_first_;
  is_first_ = false;
  return !is_nothing;
}

CsvParser::Outcome CsvParser::fail(Code code, std::string message,
                                   std::string_view value) {
  fault_ = {{code, std::move(message)},
            0,
            fields_.size(),
            std::string(shortened(value, 80))};
  return Outcome::fault;
}

// True if the row goes on where the text ends.
bool CsvParser::is_cut(std::size_t at) const {
  return at >= text_.size() &&
         (is_too_long_ || piece_->end == CsvPiece::End::unreadable);
}

// The row goes on where it cannot be followed. The fields that end before that
// were counted.
CsvParser::Outcome CsvParser::end_cut() {
  if (!is_too_long_) {
    return fail(piece_->error.code, piece_->error.message, {});
  }
  return fail(Code::field_too_long,
              "a row is longer than " + std::to_string(options_.row_bytes_max) +
                  " bytes",
              {});
}

// What stands from a position to the end of its line, for a message.
std::string_view CsvParser::rest_of_line(std::size_t at) const {
  const std::string_view rest = text_.substr(at);
  return without_carriage_return(rest.substr(0, rest.find('\n')));
}

// A field that begins with a quote; `at` is left at what ends it.
CsvParser::Outcome CsvParser::parse_quoted(std::size_t& at,
                                           std::deque<std::string>& unescaped) {
  const std::size_t start = at + 1;
  bool has_doubled = false;
  std::size_t close = start;
  for (;; close += 2) {
    close = std::min(text_.find('"', close), text_.size());
    if (close - start > options_.field_bytes_max) {
      return fail(Code::field_too_long,
                  "a field is longer than " +
                      std::to_string(options_.field_bytes_max) + " bytes",
                  text_.substr(start, close - start));
    }
    if (close == text_.size() || is_cut(close + 1)) {
      at = text_.size();
      if (is_cut(close + 1)) return Outcome::row;  // It is seen to be cut.
      return fail(Code::quote_unclosed,
                  "the field's quote is not closed before the end of the file",
                  rest_of_line(start));
    }
    if (close + 1 == text_.size() || text_[close + 1] != '"') break;
    has_doubled = true;
  }
  const std::string_view inside = text_.substr(start, close - start);
  std::size_t after = close + 1;
  if (after < text_.size() && text_[after] == '\r') {
    if (is_cut(after + 1)) {
      at = text_.size();
      return Outcome::row;
    }
    if (after + 1 == text_.size() || text_[after + 1] == '\n') ++after;
  }
  if (after < text_.size() && text_[after] != '\n' &&
      text_[after] != options_.delimiter) {
    return fail(
        Code::quote_stray,
        "after a closing quote comes '" +
            std::string(shortened(rest_of_line(after), 8)) +
            "', not the end of the field; a quote inside a field is doubled",
        inside);
  }
  at = after;
  if (!has_doubled) {
    fields_.push_back(inside);
    return Outcome::row;
  }
  std::string& plain = unescaped.emplace_back();
  for (std::size_t from = 0; from < inside.size(); ++from) {
    plain += inside[from];
    if (inside[from] == '"') ++from;
  }
  fields_.push_back(plain);
  return Outcome::row;
}

// Any other field; `at` is left at what ends it.
CsvParser::Outcome CsvParser::parse_unquoted(std::size_t& at) {
  std::size_t stop = at;
  while (stop < text_.size() && text_[stop] != options_.delimiter &&
         text_[stop] != '\n' && text_[stop] != '"') {
    ++stop;
  }
  const std::string_view field = text_.substr(at, stop - at);
  if (field.size() > options_.field_bytes_max) {
    return fail(Code::field_too_long,
                "a field is longer than " +
                    std::to_string(options_.field_bytes_max) + " bytes",
                field);
  }
  if (stop < text_.size() && text_[stop] == '"') {
    return fail(Code::quote_stray,
                "a quote stands inside a field that does not begin with one",
                rest_of_line(at));
  }
  at = stop;
  if (is_cut(stop)) return Outcome::row;
  const bool ends_line = stop == text_.size() || text_[stop] == '\n';
  fields_.push_back(ends_line ? without_carriage_return(field) : field);
  return Outcome::row;
}

// Parses the fields of the row that begins at `at`, which is left at its end.
CsvParser::Outcome CsvParser::parse_fields(std::size_t& at,
                                           std::deque<std::string>& unescaped) {
  fields_.clear();
  for (;; ++at) {
    const bool is_quoted = at < text_.size() && text_[at] == '"';
    const Outcome outcome =
        is_quoted ? parse_quoted(at, unescaped) : parse_unquoted(at);
    if (outcome == Outcome::fault) return outcome;
    if (is_cut(at)) return end_cut();
    if (fields_.size() > options_.columns_max) {
      return fail(Code::limit_exceeded,
                  "a row has more than " +
                      std::to_string(options_.columns_max) + " fields",
                  {});
    }
    if (at == text_.size() || text_[at] == '\n') {
      return fields_.size() == 1 && fields_[0].empty() && !is_quoted
                 ? Outcome::empty_line
                 : Outcome::row;
    }
  }
}

// Parses the row at `at`, and moves `at` behind it if nothing is wrong with it.
// No more of it is looked at than a row may have, so that what is told of one
// that is too long does not depend on how much of it is there.
CsvParser::Outcome CsvParser::parse_row(std::size_t& at,
                                        std::deque<std::string>& unescaped) {
  const std::string_view whole = text_;
  is_too_long_ = whole.size() - at > options_.row_bytes_max;
  if (is_too_long_) {
    text_ = whole.substr(0, at + options_.row_bytes_max + 1);
  }
  std::size_t end = at;
  const Outcome outcome = parse_fields(end, unescaped);
  text_ = whole;
  if (outcome != Outcome::fault) at = std::min(end + 1, text_.size());
  return outcome;
}

std::optional<std::vector<std::string>> CsvParser::parse_header(
    const CsvPiece& piece, std::size_t& behind, std::uint64_t mark_bytes,
    CsvFault& fault) {
  piece_ = &piece;
  text_ = piece.text();
  behind = 0;
  std::deque<std::string> unescaped;
  Outcome outcome = parse_row(behind, unescaped);
  if (outcome == Outcome::empty_line) {
    outcome = fail(Code::file_empty,
                   "a header line is expected, not an empty one", {});
  }
  const std::size_t good = valid_utf8_size(text_.substr(0, behind));
  if (outcome == Outcome::row && good < behind) {
    outcome = fail(Code::text_not_utf8,
                   "not UTF-8 at byte " + std::to_string(good + mark_bytes) +
                       " of the file; a file in GB18030 must be declared as "
                       "such",
                   {});
    fault_.field = 0;
  }
  if (outcome == Outcome::row) {
    return std::vector<std::string>(fields_.begin(), fields_.end());
  }
  fault = std::move(fault_);
  fault.row = 1;
  return std::nullopt;
}

void CsvParser::choose_columns(std::vector<std::size_t> target_of_field,
                               std::size_t target_count) {
  targets_ = std::move(target_of_field);
  target_count_ = target_count;
  columns_.resize(targets_.size());
}

void CsvParser::add_ragged(std::size_t fields, ParsedRows& rows) const {
  rows.faults.push_back(
      {{{Code::row_ragged, "the row has " + std::to_string(fields) +
                               " fields, the header has " +
                               std::to_string(targets_.size())},
        rows.rows_begun,
        fields,
        {}},
       rows.batch.row_count});
}

void CsvParser::emit(ParsedRows& rows) {
  if (fields_.size() != targets_.size()) {
    add_ragged(fields_.size(), rows);
    return;
  }
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    columns_[field][rows.batch.row_count] = fields_[field];
  }
  rows.batch.row_numbers[rows.batch.row_count++] = rows.rows_begun;
}

// The row whose fields were all put down, if there are as many as wanted.
bool CsvParser::end_plain_row(std::size_t fields, bool is_empty,
                              ParsedRows& rows) {
  if (fields == targets_.size() && (fields != 1 || !is_empty)) {
    rows.batch.row_numbers[rows.batch.row_count++] = rows.rows_begun;
  } else if (fields > options_.columns_max) {
    return false;
  } else if (fields != 1 || !is_empty) {
    add_ragged(fields, rows);
  }
  ++rows.rows_begun;
  return true;
}

// Parses rows that need no care; gives where the first other one begins.
std::size_t CsvParser::parse_plain_rows(std::size_t at, ParsedRows& rows) {
  const char* const data = text_.data();
  const std::size_t end = text_.size();
  // A row no longer than a field may be has no field that is too long.
  const std::size_t bytes_max =
      std::min(options_.field_bytes_max, options_.row_bytes_max);
  const std::size_t wanted = columns_.size();
  std::size_t row_start = at;
  std::size_t field_start = at;
  std::size_t field = 0;
  for (std::size_t base = at; base < end; base += block_bytes) {
    const Block block = look_at(data + base, options_.delimiter);
    has_high_bytes_ |= block.has_high_bytes;
    std::uint64_t found = block.structural;
    if (end - base < block_bytes) {
      found &= (std::uint64_t{1} << (end - base)) - 1;
    }
    for (; found != 0; found &= found - 1) {
      const std::size_t stop =
          base + static_cast<std::size_t>(std::countr_zero(found));
      std::size_t size = stop - field_start;
      const char byte = data[stop];
      if (byte == '"') return row_start;
      const bool ends_row = byte == '\n';
      if (ends_row && size > 0 && data[stop - 1] == '\r') --size;
      if (field < wanted) {
        columns_[field][rows.batch.row_count] = {data + field_start, size};
      }
      ++field;
      field_start = stop + 1;
      if (!ends_row) continue;
      if (stop - row_start > bytes_max ||
          !end_plain_row(field, size == 0, rows)) {
        return row_start;
      }
      row_start = field_start;
      field = 0;
    }
  }
  return row_start;
}

// Parses one row with care; false if reading ends with it.
bool CsvParser::parse_carefully(std::size_t& at, ParsedRows& rows) {
  const std::size_t unescaped_before = rows.unescaped.size();
  has_high_bytes_ = true;  // Perhaps: not all of it was looked at.
  const Outcome outcome = parse_row(at, rows.unescaped);
  if (outcome == Outcome::fault) {
    rows.unescaped.resize(unescaped_before);
    fault_.row = rows.rows_begun;
    rows.faults.push_back({std::move(fault_), rows.batch.row_count});
    rows.is_last = true;
    return false;
  }
  if (outcome == Outcome::row) emit(rows);
  ++rows.rows_begun;
  return true;
}

void CsvParser::parse(const CsvPiece& piece, std::size_t start,
                      std::uint64_t mark_bytes, ParsedRows& rows) {
  piece_ = &piece;
  text_ = piece.text();
  has_high_bytes_ = false;
  rows.batch.row_count = 0;
  rows.faults.clear();
  rows.rows_begun = 0;
  rows.unescaped.clear();
  rows.is_last = piece.end != CsvPiece::End::rows;
  rows.has_zero_byte = text_.find('\0') != std::string_view::npos;
  const std::size_t rows_max = 1 + count_byte(text_, '\n');
  rows.batch.columns.resize(target_count_);
  rows.batch.row_numbers.resize(rows_max);
  for (std::size_t field = 0; field < targets_.size(); ++field) {
    auto& column = targets_[field] == RowBatch::not_wanted
                       ? unwanted_
                       : rows.batch.columns[targets_[field]];
    if (column.size() < rows_max) column.resize(rows_max);
    columns_[field] = column.data();
  }
  std::size_t at = start;
  bool goes_on = true;
  while (goes_on && at < text_.size()) {
    at = parse_plain_rows(at, rows);
    if (at < text_.size()) goes_on = parse_carefully(at, rows);
  }
  // That the next row cannot be read is told even if none of it was.
  if (goes_on && piece.end == CsvPiece::End::unreadable) {
    parse_carefully(at, rows);
  }
  check_text(start, at, mark_bytes, rows);
}

// Looks for bytes that are not UTF-8 in the rows that were parsed.
void CsvParser::check_text(std::size_t start, std::size_t end,
                           std::uint64_t mark_bytes, ParsedRows& rows) {
  if (!has_high_bytes_) return;
  const std::string_view parsed = text_.substr(start, end - start);
  const std::size_t good = valid_utf8_size(parsed);
  if (good < parsed.size()) refuse_text(start, start + good, mark_bytes, rows);
}

// Takes back the row that holds a bad byte, and all after it. The field is told
// if it is wanted.
void CsvParser::refuse_text(std::size_t start, std::size_t bad,
                            std::uint64_t mark_bytes, ParsedRows& rows) {
  std::deque<std::string> unescaped;
  std::uint64_t number = 0;
  std::size_t at = start;
  for (;; ++number) {
    const std::size_t row_start = at;
    const Outcome outcome = parse_row(at, unescaped);
    if (outcome == Outcome::fault || at > bad) {
      at = row_start;
      break;
    }
  }
  std::size_t place = 0;
  const char* const byte = text_.data() + bad;
  for (std::size_t field = 0; field < std::min(fields_.size(), targets_.size());
       ++field) {
    const std::string_view text = fields_[field];
    const bool holds = text.data() <= byte && byte < text.data() + text.size();
    if (holds && targets_[field] != RowBatch::not_wanted) place = field;
  }
  fail(Code::text_not_utf8,
       "not UTF-8 at byte " +
           std::to_string(piece_->offset + bad + mark_bytes) +
           " of the file; a file in GB18030 must be declared as such",
       {});
  fault_.row = number;
  fault_.field = place;
  auto& batch = rows.batch;
  while (batch.row_count > 0 &&
         batch.row_numbers[batch.row_count - 1] >= number) {
    --batch.row_count;
  }
  std::erase_if(rows.faults, [&](const ParsedRows::Fault& one) {
    return one.fault.row >= number;
  });
  rows.faults.push_back({std::move(fault_), batch.row_count});
  rows.is_last = true;
}

}  // namespace headrope
