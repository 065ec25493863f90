// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Result<T>: a value or an Error, shaped like std::expected so that it can be
// replaced by it. Data and arguments at fault come back as Error; asking a
// Result for what it does not hold is a bug of the caller and a GSL contract.

#pragma once

#include <string>
#include <utility>
#include <variant>

#include <gsl/assert>

#include "headrope/code.hpp"

namespace headrope {

/// Why a call gave no value: the code, and one line that quotes the offending
/// value and names the limit it broke.
struct Error {
  Code code = Code::internal;
  std::string message;
};

/// A value of type T, or the Error that took its place.
///
/// Copying copies the value. A Result is never empty.
/// @threads Like T.
template <typename T>
class [[nodiscard]] Result {
 public:
  /// Holds a value.
  Result(T value)
      : state_(std::move(value)) {}  // NOLINT: implicit, as expected
  /// Holds an error.
  Result(Error error) : state_(std::move(error)) {}  // NOLINT

  /// True if there is a value.
  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  /// True if there is a value.
  [[nodiscard]] explicit operator bool() const { return has_value(); }

  /// The value; there must be one.
  [[nodiscard]] T& value() & {
    Expects(has_value());
    return *std::get_if<0>(&state_);
  }
  /// The value; there must be one.
  [[nodiscard]] const T& value() const& {
    Expects(has_value());
    return *std::get_if<0>(&state_);
  }
  /// The value, to be moved from; there must be one.
  [[nodiscard]] T&& value() && {
    Expects(has_value());
    return std::move(*std::get_if<0>(&state_));
  }
  /// The error; there must be no value.
  [[nodiscard]] const Error& error() const {
    Expects(!has_value());
    return *std::get_if<1>(&state_);
  }

  /// The value; there must be one.
  [[nodiscard]] T& operator*() & { return value(); }
  /// The value; there must be one.
  [[nodiscard]] const T& operator*() const& { return value(); }
  /// The value, to be moved from; there must be one.
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  /// A member of the value; there must be one.
  [[nodiscard]] T* operator->() { return &value(); }
  /// A member of the value; there must be one.
  [[nodiscard]] const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

/// Success, or the Error that prevented it.
template <>
class [[nodiscard]] Result<void> {
 public:
  /// Success.
  Result() = default;
  /// Holds an error.
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT

  /// True on success.
  [[nodiscard]] bool has_value() const { return !failed_; }
  /// True on success.
  [[nodiscard]] explicit operator bool() const { return has_value(); }
  /// The error; there must be one.
  [[nodiscard]] const Error& error() const {
    Expects(failed_);
    return error_;
  }

 private:
  Error error_;
  bool failed_ = false;
};

}  // namespace headrope
