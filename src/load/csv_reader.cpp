// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A row is parsed where it stands in the buffer. If the buffer ends first, the
// row is moved to its front, more is read, and the row is parsed again from its
// start, so that the parser keeps no state between pieces.

#include "load/csv_reader.hpp"

#include <algorithm>
#include <cstring>

#include "base/utf8.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace headrope {
namespace {

constexpr std::size_t buffer_bytes = 1U << 20U;

// The first delimiter, quote or line feed in [at, end); `end` if there is none.
const char* find_structural_plainly(const char* at, const char* end,
                                    char delimiter) {
  while (at != end && *at != delimiter && *at != '\n' && *at != '"') ++at;
  return at;
}

const char* find_structural(const char* at, const char* end, char delimiter) {
#if defined(__SSE2__)
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  const __m128i line_feeds = _mm_set1_epi8('\n');
  const __m128i quotes = _mm_set1_epi8('"');
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i found =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters),
                                  _mm_cmpeq_epi8(bytes, line_feeds)),
                     _mm_cmpeq_epi8(bytes, quotes));
    const int mask = _mm_movemask_epi8(found);
    if (mask != 0) return at + __builtin_ctz(static_cast<unsigned>(mask));
  }
#endif
  return find_structural_plainly(at, end, delimiter);
}

std::string_view without_carriage_return(std::string_view text) {
  return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

CsvReader::CsvReader(TextSource& source, const Options& options)
    : source_(source), options_(options), buffer_(buffer_bytes) {}

std::vector<CsvFault> CsvReader::take_faults() {
  return std::exchange(faults_, {});
}

CsvReader::Outcome CsvReader::fail(Code code, std::string message,
                                   std::string_view value) {
  faults_.push_back({{code, std::move(message)},
                     row_,
                     fields_.size(),
                     std::string(shortened(value, 80))});
  failed_ = true;
  return Outcome::fault;
}

bool CsvReader::refill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  offset_ += begin_;
  end_ -= begin_;
  begin_ = 0;
  if (end_ > options_.row_bytes_max) {
    fail(Code::field_too_long,
         "a row is longer than " + std::to_string(options_.row_bytes_max) +
             " bytes",
         {});
    return false;
  }
  if (buffer_.size() - end_ < 16) buffer_.resize(buffer_.size() * 2);
  const auto count = source_.read(std::span(buffer_).subspan(end_));
  if (!count) {
    // The fields of the row that is being read were counted so far.
    fail(count.error().code, count.error().message, {});
    return false;
  }
  if (*count == 0) source_ended_ = true;
  end_ += *count;
  return true;
}

// A field that begins with a quote; `at` is left after its delimiter.
CsvReader::Outcome CsvReader::parse_quoted(std::size_t& at) {
  const char* const data = buffer_.data();
  const std::size_t start = at + 1;
  bool has_doubled = false;
  std::size_t from = start;
  for (;;) {
    const auto* quote =
        static_cast<const char*>(std::memchr(data + from, '"', end_ - from));
    const std::size_t close =
        quote == nullptr ? end_ : static_cast<std::size_t>(quote - data);
    if (close - start > options_.field_bytes_max) {
      return fail(Code::field_too_long,
                  "a field is longer than " +
                      std::to_string(options_.field_bytes_max) + " bytes",
                  {data + start, close - start});
    }
    const bool is_last_byte = close + 1 >= end_;
    if (quote == nullptr || is_last_byte) {
      if (!source_ended_) return Outcome::need_more;
      if (quote == nullptr) {
        return fail(Code::quote_unclosed,
                    "the field's quote is not closed before the end of the "
                    "file",
                    rest_of_line(start));
      }
    }
    if (!is_last_byte && data[close + 1] == '"') {
      has_doubled = true;
      from = close + 2;
      continue;
    }
    const std::string_view inside(data + start, close - start);
    std::size_t after = close + 1;
    if (after < end_ && data[after] == '\r') {
      if (after + 1 == end_ && !source_ended_) return Outcome::need_more;
      if (after + 1 == end_ || data[after + 1] == '\n') ++after;
    }
    if (after < end_ && data[after] != '\n' &&
        data[after] != options_.delimiter) {
      return fail(Code::quote_stray,
                  "after a closing quote comes '" +
                      std::string(shortened(rest_of_line(after), 8)) +
                      "', not the end of the field; a quote inside a field is "
                      "doubled",
                  inside);
    }
    fields_.push_back(has_doubled ? unescaped(inside) : inside);
    at = after;
    return Outcome::row;
  }
}

std::string_view CsvReader::unescaped(std::string_view quoted) {
  std::string& text = unescaped_.emplace_back();
  for (std::size_t at = 0; at < quoted.size(); ++at) {
    text += quoted[at];
    if (quoted[at] == '"') ++at;
  }
  return text;
}

// What stands from a position to the end of its line, for a message.
std::string_view CsvReader::rest_of_line(std::size_t at) const {
  const std::string_view rest(buffer_.data() + at, end_ - at);
  return without_carriage_return(rest.substr(0, rest.find('\n')));
}

CsvReader::Outcome CsvReader::parse_plain(std::size_t& at) {
  const char* const data = buffer_.data();
  const char* const found =
      find_structural(data + at, data + end_, options_.delimiter);
  const std::size_t stop = static_cast<std::size_t>(found - data);
  if (stop - at > options_.field_bytes_max) {
    return fail(Code::field_too_long,
                "a field is longer than " +
                    std::to_string(options_.field_bytes_max) + " bytes",
                {data + at, stop - at});
  }
  if (stop == end_ && !source_ended_) return Outcome::need_more;
  const std::string_view text(data + at, stop - at);
  if (stop < end_ && data[stop] == '"') {
    return fail(Code::quote_stray,
                "a quote stands inside a field that does not begin with one",
                rest_of_line(at));
  }
  const bool ends_line = stop == end_ || data[stop] == '\n';
  fields_.push_back(ends_line ? without_carriage_return(text) : text);
  at = stop;
  return Outcome::row;
}

// Parses the row at `begin_`, and moves `begin_` behind it if it is whole.
CsvReader::Outcome CsvReader::parse_row() {
  fields_.clear();
  const std::size_t unescaped_before = unescaped_.size();
  std::size_t at = begin_;
  for (;;) {
    if (at == end_ && !source_ended_) return Outcome::need_more;
    const bool is_quoted = at < end_ && buffer_[at] == '"';
    const Outcome outcome = is_quoted ? parse_quoted(at) : parse_plain(at);
    if (outcome != Outcome::row) {
      unescaped_.resize(unescaped_before);
      return outcome;
    }
    if (fields_.size() > options_.columns_max) {
      return fail(Code::limit_exceeded,
                  "a row has more than " +
                      std::to_string(options_.columns_max) + " fields",
                  {});
    }
    if (at == end_ || buffer_[at] == '\n') {
      begin_ = std::min(at + 1, end_);
      return fields_.size() == 1 && fields_[0].empty() && !is_quoted
                 ? Outcome::empty_line
                 : Outcome::row;
    }
    ++at;
  }
}

// Looks for bytes that are not UTF-8 in a part of the buffer, which `batch`
// holds the rows of, if there are any.
bool CsvReader::check_text(std::size_t first, std::size_t last,
                           const RowBatch& batch) {
  const std::string_view text(buffer_.data() + first, last - first);
  const std::size_t good = valid_utf8_size(text);
  if (good == text.size()) return true;
  const std::uint64_t byte = offset_ + first + good + source_.mark_bytes();
  place_fault(text.data() + good, batch);
  fail(Code::text_not_utf8,
       "not UTF-8 at byte " + std::to_string(byte) +
           " of the file; a file in GB18030 must be declared as such",
       {});
  return false;
}

// Sets row and field to those that hold a byte. A field that is not wanted is
// not looked for; its row is.
void CsvReader::place_fault(const char* byte, const RowBatch& batch) {
  fields_.clear();
  for (std::size_t row = 0; row < batch.row_count; ++row) {
    for (std::size_t field = 0; field < targets_.size(); ++field) {
      if (targets_[field] == RowBatch::not_wanted) continue;
      const std::string_view text = batch.columns[targets_[field]][row];
      // Unescaped fields stand elsewhere.
      if (text.data() < buffer_.data() || text.data() > byte) continue;
      row_ = batch.row_numbers[row];
      fields_.assign(byte < text.data() + text.size() ? field : 0, {});
      if (!fields_.empty()) return;
    }
  }
}

std::optional<std::vector<std::string>> CsvReader::read_header() {
  ++row_;
  for (;;) {
    if (failed_) return std::nullopt;
    const Outcome outcome = parse_row();
    if (outcome == Outcome::need_more) {
      if (!refill()) return std::nullopt;
      continue;
    }
    if (outcome == Outcome::empty_line) {
      fail(Code::file_empty, "a header line is expected, not an empty one", {});
      return std::nullopt;
    }
    if (outcome != Outcome::row || !check_text(0, begin_, {})) {
      return std::nullopt;
    }
    std::vector<std::string> header(fields_.begin(), fields_.end());
    unescaped_.clear();
    return header;
  }
}

void CsvReader::choose_columns(std::vector<std::size_t> target_of_field,
                               std::size_t target_count) {
  targets_ = std::move(target_of_field);
  Ensures(std::all_of(targets_.begin(), targets_.end(), [&](std::size_t at) {
    return at < target_count || at == RowBatch::not_wanted;
  }));
}

void CsvReader::emit(RowBatch& batch) {
  if (fields_.size() != targets_.size()) {
    faults_.push_back(
        {{Code::row_ragged, "the row has " + std::to_string(fields_.size()) +
                                " fields, the header has " +
                                std::to_string(targets_.size())},
         row_,
         fields_.size(),
         {}});
    return;
  }
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    if (targets_[field] != RowBatch::not_wanted) {
      batch.columns[targets_[field]][batch.row_count] = fields_[field];
    }
  }
  batch.row_numbers[batch.row_count] = row_;
  ++batch.row_count;
}

bool CsvReader::read_batch(RowBatch& batch) {
  batch.row_count = 0;
  batch.row_numbers.resize(RowBatch::rows_max);
  for (auto& column : batch.columns) column.resize(RowBatch::rows_max);
  unescaped_.clear();
  const std::size_t first = begin_;
  while (!failed_ && batch.row_count < RowBatch::rows_max) {
    if (begin_ == end_ && source_ended_) break;
    ++row_;
    const Outcome outcome = parse_row();
    if (outcome == Outcome::need_more) {
      // Rows that were read point into the buffer: hand them over first.
      if (batch.row_count > 0) {
        --row_;
        break;
      }
      const bool goes_on = check_text(first, begin_, batch) && refill();
      --row_;
      return goes_on;
    }
    if (outcome == Outcome::row) emit(batch);
  }
  if (failed_) return batch.row_count > 0 && check_text(first, begin_, batch);
  if (!check_text(first, begin_, batch)) {
    batch.row_count = 0;
    return false;
  }
  return !(begin_ == end_ && source_ended_) || batch.row_count > 0;
}

}  // namespace headrope
