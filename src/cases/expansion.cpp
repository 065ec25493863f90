// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/expansion.hpp"

#include "base/decimal.hpp"
#include "base/utf8.hpp"

namespace headrope {
namespace {

// Where `{1..40}` stands in a text, and its numbers.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view first;
  std::string_view last;
};

std::string_view digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return text.substr(at, end - at);
}

std::optional<Range> find_range(std::string_view text, std::size_t from) {
  for (std::size_t open = text.find('{', from); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    Range range{open, 0, digits_at(text, open + 1), {}};
    std::size_t at = open + 1 + range.first.size();
    if (range.first.empty() || text.substr(at, 2) != "..") continue;
    range.last = digits_at(text, at + 2);
    at += 2 + range.last.size();
    if (range.last.empty() || text.substr(at, 1) != "}") continue;
    range.end = at + 1;
    return range;
  }
  return std::nullopt;
}

std::optional<std::size_t> number_of(std::string_view digits) {
  const Decimal number = parse_decimal(digits, 0);
  if (number.fault != DecimalFault::none) return std::nullopt;
  return static_cast<std::size_t>(number.value);
}

}  // namespace

Result<RangeText> RangeText::parse(std::string_view text) {
  RangeText made;
  const auto range = find_range(text, 0);
  if (!range) {
    made.before_ = text;
    return made;
  }
  if (find_range(text, range->end)) {
    return Error{Code::case_invalid,
                 in_quotes(text) + ": a text has one range at most"};
  }
  const auto first = number_of(range->first);
  const auto last = number_of(range->last);
  if (!first || !last || *last < *first || *last - *first >= count_max) {
    return Error{Code::case_invalid,
                 in_quotes(text) + ": a range runs up, over at most " +
                     std::to_string(count_max) + " numbers"};
  }
  made.before_ = text.substr(0, range->begin);
  made.after_ = text.substr(range->end);
  made.first_ = *first;
  made.count_ = *last - *first + 1;
  if (range->first.front() == '0') made.width_ = range->first.size();
  return made;
}

std::string RangeText::at(std::size_t position) const {
  if (!count_) return before_;
  std::string number = std::to_string(first_ + position);
  if (number.size() < width_) number.insert(0, width_ - number.size(), '0');
  return before_ + number + after_;
}

}  // namespace headrope
