// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A column of an Arrow stream, read as texts of the data package format. What a
// producer gives is not trusted: a value is read only after its lengths,
// buffers and offsets were found to fit together.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "headrope/arrow.hpp"
#include "headrope/limits.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// Past this, lengths and offsets could not be added safely.
inline constexpr std::int64_t arrow_length_max = std::int64_t{1} << 40;

/// An Error that says how Arrow's rules are broken.
[[nodiscard]] Error broken_arrow(std::string_view what);

/// What the values of a column are written with.
enum class ArrowForm : std::uint8_t {
  nothing,
  text,
  large_text,
  text_view,
  boolean,
  day,
  milliseconds_of_day,  ///< date64
  seconds,              ///< timestamps, without a time zone
  milliseconds,
  microseconds,
  nanoseconds,
  i8,
  i16,
  i32,
  i64,
  u8,
  u16,
  u32,
  u64,
  f32,
  f64
};

/// The form of an Arrow format string, if it is read.
[[nodiscard]] std::optional<ArrowForm> arrow_form(std::string_view format);

/// A column, and of a batch those rows that are wanted.
class ArrowColumn {
 public:
  /// Room for a value that is not a text.
  using Digits = std::array<char, 40>;

  /// Matches a column of a stream.
  /// @returns `format_unsupported`; `invalid_argument`.
  [[nodiscard]] static Result<ArrowColumn> of(const ArrowSchema& schema,
                                              std::string name);

  /// Takes the column of a batch whose rows are `first` .. `first + count`.
  /// @returns `invalid_argument` if its parts do not fit.
  [[nodiscard]] Result<void> take(const ArrowArray* array, std::int64_t first,
                                  std::int64_t count);

  /// The value of a row as the format writes it; empty if it is null. It lives
  /// as long as the batch and `digits`.
  /// @returns `invalid_argument`; `text_not_utf8`; `field_too_long`.
  [[nodiscard]] Result<std::string_view> value(std::int64_t row, Digits& digits,
                                               const Limits& limits) const;

 private:
  ArrowColumn(ArrowForm form, std::string name)
      : form_(form), name_(std::move(name)) {}

  [[nodiscard]] bool is_text() const;
  [[nodiscard]] Error fault(std::string_view what) const;
  [[nodiscard]] Result<void> take_buffers(const ArrowArray& array,
                                          std::int64_t count);
  [[nodiscard]] Result<std::string_view> text_between(std::int64_t at) const;
  [[nodiscard]] Result<std::string_view> viewed_text(std::int64_t at) const;
  [[nodiscard]] Result<std::string_view> entry(std::int64_t at, Digits& digits,
                                               const Limits& limits) const;

  ArrowForm form_;
  std::string name_;
  std::unique_ptr<ArrowColumn> dictionary_;
  std::int64_t dictionary_size_ = 0;
  std::int64_t first_ = 0;
  const void* validity_ = nullptr;
  const void* values_ = nullptr;
  const char* bytes_ = nullptr;
  std::int64_t byte_count_ = 0;         ///< by the last offset
  const void* const* parts_ = nullptr;  ///< buffers of viewed texts
  const void* part_sizes_ = nullptr;
  std::int64_t part_count_ = 0;
};

}  // namespace headrope
