// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/arrow_column.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/utf8.hpp"
#include "headrope/date.hpp"
#include "load/rows.hpp"

namespace headrope {
namespace {

// A view of a text: its length, then either the text or where it lies.
constexpr std::int64_t view_size = 16;
constexpr std::int32_t view_inline_max = 12;

bool is_bit_set(const void* bits, std::int64_t at) {
  const auto byte =
      static_cast<const unsigned char*>(bits)[static_cast<std::size_t>(at / 8)];
  return ((byte >> (at % 8)) & 1) != 0;
}

template <typename Value>
Value value_at(const void* values, std::int64_t at) {
  Value value{};
  std::memcpy(&value,
              static_cast<const char*>(values) +
                  static_cast<std::size_t>(at) * sizeof(Value),
              sizeof(Value));
  return value;
}

std::string_view copied(const std::string& text, ArrowColumn::Digits& digits) {
  return {digits.data(), text.copy(digits.data(), digits.size())};
}

template <typename Value>
std::string_view number(const void* values, std::int64_t at,
                        ArrowColumn::Digits& digits) {
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 value_at<Value>(values, at));
  return {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())};
}

// The shortest digits that give the number back; those of a number that is too
// long for the format have an exponent, which it refuses.
template <typename Value>
std::string_view real(const void* values, std::int64_t at,
                      ArrowColumn::Digits& digits) {
  const auto value = value_at<Value>(values, at);
  char* const last = digits.data() + digits.size();
  auto end =
      std::to_chars(digits.data(), last, value, std::chars_format::fixed);
  if (end.ec != std::errc{}) end = std::to_chars(digits.data(), last, value);
  return {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())};
}

// What is no civil day, such as infinity, is written so that it is none to the
// format either: an open end would be something else.
std::string_view day_of(std::int32_t days, ArrowColumn::Digits& digits) {
  const Date date{days};
  return copied(
      is_civil(date) ? to_string(date) : "day " + std::to_string(days), digits);
}

// A moment at the start of a day is that day; any other is written so that it
// is no day to the format.
std::string_view moment(std::int64_t value, std::int64_t per_day,
                        ArrowColumn::Digits& digits) {
  std::int64_t day = value / per_day;
  std::int64_t rest = value % per_day;
  if (rest < 0) {
    --day;
    rest += per_day;
  }
  if (day <= std::numeric_limits<std::int32_t>::min() ||
      day >= std::numeric_limits<std::int32_t>::max()) {
    return "a moment out of range";
  }
  const std::string_view text = day_of(static_cast<std::int32_t>(day), digits);
  return rest == 0 ? text : copied(std::string(text) + " with a time", digits);
}

std::int64_t units_per_day(ArrowForm form) {
  constexpr std::int64_t seconds = 86'400;
  switch (form) {
    case ArrowForm::seconds:
      return seconds;
    case ArrowForm::microseconds:
      return seconds * 1'000'000;
    case ArrowForm::nanoseconds:
      return seconds * 1'000'000'000;
    default:
      return seconds * 1'000;
  }
}

std::string_view written(ArrowForm form, const void* values, std::int64_t at,
                         ArrowColumn::Digits& digits) {
  switch (form) {
    case ArrowForm::boolean:
      return is_bit_set(values, at) ? "true" : "false";
    case ArrowForm::day:
      return day_of(value_at<std::int32_t>(values, at), digits);
    case ArrowForm::milliseconds_of_day:
    case ArrowForm::seconds:
    case ArrowForm::milliseconds:
    case ArrowForm::microseconds:
    case ArrowForm::nanoseconds:
      return moment(value_at<std::int64_t>(values, at), units_per_day(form),
                    digits);
    case ArrowForm::i8:
      return number<std::int8_t>(values, at, digits);
    case ArrowForm::i16:
      return number<std::int16_t>(values, at, digits);
    case ArrowForm::i32:
      return number<std::int32_t>(values, at, digits);
    case ArrowForm::i64:
      return number<std::int64_t>(values, at, digits);
    case ArrowForm::u8:
      return number<std::uint8_t>(values, at, digits);
    case ArrowForm::u16:
      return number<std::uint16_t>(values, at, digits);
    case ArrowForm::u32:
      return number<std::uint32_t>(values, at, digits);
    case ArrowForm::u64:
      return number<std::uint64_t>(values, at, digits);
    case ArrowForm::f32:
      return real<float>(values, at, digits);
    case ArrowForm::f64:
      return real<double>(values, at, digits);
    case ArrowForm::nothing:
    case ArrowForm::text:
    case ArrowForm::large_text:
    case ArrowForm::text_view:
      break;
  }
  return {};
}

bool is_integer(ArrowForm form) {
  return form >= ArrowForm::i8 && form <= ArrowForm::u64;
}

}  // namespace

Error broken_arrow(std::string_view what) {
  return {Code::invalid_argument,
          "the Arrow data breaks its own rules: " + std::string(what)};
}

std::optional<ArrowForm> arrow_form(std::string_view format) {
  constexpr std::pair<std::string_view, ArrowForm> forms[] = {
      {"n", ArrowForm::nothing},
      {"u", ArrowForm::text},
      {"U", ArrowForm::large_text},
      {"vu", ArrowForm::text_view},
      {"b", ArrowForm::boolean},
      {"tdD", ArrowForm::day},
      {"tdm", ArrowForm::milliseconds_of_day},
      {"tss:", ArrowForm::seconds},
      {"tsm:", ArrowForm::milliseconds},
      {"tsu:", ArrowForm::microseconds},
      {"tsn:", ArrowForm::nanoseconds},
      {"c", ArrowForm::i8},
      {"s", ArrowForm::i16},
      {"i", ArrowForm::i32},
      {"l", ArrowForm::i64},
      {"C", ArrowForm::u8},
      {"S", ArrowForm::u16},
      {"I", ArrowForm::u32},
      {"L", ArrowForm::u64},
      {"f", ArrowForm::f32},
      {"g", ArrowForm::f64}};
  for (const auto& [name, form] : forms) {
    if (name == format) return form;
  }
  return std::nullopt;
}

Result<ArrowColumn> ArrowColumn::of(const ArrowSchema& schema,
                                    std::string name) {
  if (schema.format == nullptr) return broken_arrow("a column has no type");
  const auto form = arrow_form(schema.format);
  const ArrowSchema* words = schema.dictionary;
  const bool is_read =
      form &&
      (words == nullptr || (is_integer(*form) && words->dictionary == nullptr));
  if (!is_read) {
    return Error{Code::format_unsupported,
                 "column " + in_quotes(name) + " has the Arrow type " +
                     in_quotes(schema.format) +
                     (words == nullptr ? "" : " of a dictionary") +
                     "; texts, numbers, booleans, days, moments without a time "
                     "zone and dictionaries of them are read"};
  }
  ArrowColumn column(*form, std::move(name));
  if (words != nullptr) {
    auto of_words = of(*words, column.name_);
    if (!of_words) return of_words.error();
    column.dictionary_ = std::make_unique<ArrowColumn>(*std::move(of_words));
  }
  return column;
}

bool ArrowColumn::is_text() const {
  return form_ == ArrowForm::text || form_ == ArrowForm::large_text;
}

Error ArrowColumn::fault(std::string_view what) const {
  return broken_arrow("column " + in_quotes(name_) + ": " + std::string(what));
}

Result<void> ArrowColumn::take(const ArrowArray* array, std::int64_t first,
                               std::int64_t count) {
  if (array == nullptr || array->release == nullptr) {
    return fault("it is released");
  }
  if (array->length < 0 || array->offset < 0 ||
      array->length > arrow_length_max || array->offset > arrow_length_max ||
      array->length < first + count) {
    return fault("its length does not fit the batch");
  }
  if ((array->dictionary != nullptr) != (dictionary_ != nullptr) ||
      array->n_children != 0) {
    return fault("its parts do not fit its type");
  }
  first_ = array->offset + first;
  if (auto taken = take_buffers(*array, count); !taken) return taken;
  if (dictionary_ == nullptr) return {};
  dictionary_size_ = array->dictionary->length;
  return dictionary_->take(array->dictionary, 0, dictionary_size_);
}

Result<void> ArrowColumn::take_buffers(const ArrowArray& array,
                                       std::int64_t count) {
  const bool is_viewed = form_ == ArrowForm::text_view;
  const std::int64_t least = form_ == ArrowForm::nothing ? 0
                             : is_text() || is_viewed    ? 3
                                                         : 2;
  const bool fits = is_viewed
                        ? array.n_buffers >= least &&
                              array.n_buffers <= std::numeric_limits<int>::max()
                        : array.n_buffers == least;
  if (!fits || (least > 0 && array.buffers == nullptr)) {
    return fault("its number of buffers does not fit its type");
  }
  validity_ = least == 0 || array.null_count == 0 ? nullptr : array.buffers[0];
  if (least > 0 && array.null_count > 0 && validity_ == nullptr) {
    return fault("it counts nulls and has no bits for them");
  }
  values_ = least < 2 ? nullptr : array.buffers[1];
  if (least > 1 && count > 0 && values_ == nullptr) {
    return fault("a buffer is missing");
  }
  if (is_viewed) {
    part_count_ = array.n_buffers - 3;
    parts_ = array.buffers + 2;
    part_sizes_ = array.buffers[array.n_buffers - 1];
    if (part_count_ > 0 && part_sizes_ == nullptr) {
      return fault("a buffer is missing");
    }
  } else if (least == 3 && count > 0) {
    bytes_ = static_cast<const char*>(array.buffers[2]);
    const std::int64_t last = array.offset + array.length;
    byte_count_ = form_ == ArrowForm::large_text
                      ? value_at<std::int64_t>(values_, last)
                      : value_at<std::int32_t>(values_, last);
    if (byte_count_ > arrow_length_max) return fault("an offset is too large");
  }
  return {};
}

Result<std::string_view> ArrowColumn::text_between(std::int64_t at) const {
  const bool is_large = form_ == ArrowForm::large_text;
  const std::int64_t begin = is_large ? value_at<std::int64_t>(values_, at)
                                      : value_at<std::int32_t>(values_, at);
  const std::int64_t end = is_large ? value_at<std::int64_t>(values_, at + 1)
                                    : value_at<std::int32_t>(values_, at + 1);
  if (begin < 0 || end < begin || end > byte_count_) {
    return fault("an offset goes backwards");
  }
  if (end == begin) return std::string_view{};
  if (bytes_ == nullptr) return fault("a buffer is missing");
  return std::string_view(bytes_ + begin,
                          static_cast<std::size_t>(end - begin));
}

Result<std::string_view> ArrowColumn::viewed_text(std::int64_t at) const {
  const char* const view = static_cast<const char*>(values_) + at * view_size;
  const auto size = value_at<std::int32_t>(view, 0);
  if (size < 0) return fault("a text has a size below 0");
  const auto length = static_cast<std::size_t>(size);
  if (size <= view_inline_max) return std::string_view(view + 4, length);
  const auto part = value_at<std::int32_t>(view, 2);
  const auto begin = value_at<std::int32_t>(view, 3);
  if (part < 0 || part >= part_count_ || begin < 0 || parts_[part] == nullptr ||
      value_at<std::int64_t>(part_sizes_, part) - size < begin) {
    return fault("a text lies outside its buffer");
  }
  return std::string_view(static_cast<const char*>(parts_[part]) + begin,
                          length);
}

Result<std::string_view> ArrowColumn::entry(std::int64_t at, Digits& digits,
                                            const Limits& limits) const {
  const std::string_view index = written(form_, values_, at, digits);
  std::int64_t word = 0;
  const auto read =
      std::from_chars(index.data(), index.data() + index.size(), word);
  if (read.ec != std::errc{} || word < 0 || word >= dictionary_size_) {
    return fault("an index lies outside its dictionary");
  }
  return dictionary_->value(word, digits, limits);
}

Result<std::string_view> ArrowColumn::value(std::int64_t row, Digits& digits,
                                            const Limits& limits) const {
  const std::int64_t at = first_ + row;
  if (form_ == ArrowForm::nothing ||
      (validity_ != nullptr && !is_bit_set(validity_, at))) {
    return std::string_view{};
  }
  if (dictionary_ != nullptr) return entry(at, digits, limits);
  const bool is_viewed = form_ == ArrowForm::text_view;
  if (!is_text() && !is_viewed) return written(form_, values_, at, digits);
  auto text = is_viewed ? viewed_text(at) : text_between(at);
  if (!text) return text;
  if (const auto good = check_text(*text, limits); !good) {
    return Error{good.error().code,
                 "column " + in_quotes(name_) + ": " + good.error().message};
  }
  return text;
}

}  // namespace headrope
