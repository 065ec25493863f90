// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An array that does not change: filled by `freeze`, or lying in the file of a
// snapshot that was opened. Who reads it need not know which.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace headrope {

/// Values in a row, owned or looked at. Empty by default. It can be moved and
/// not copied.
/// @threads Immutable but for moving; any thread.
template <typename T>
class FrozenColumn {
 public:
  using value_type = T;

  FrozenColumn() = default;
  /// Takes values over. @complexity O(1).
  FrozenColumn(std::vector<T> values)  // NOLINT: a vector is one.
      : own_(std::move(values)), values_(own_) {}
  /// Looks at values that somebody else keeps for as long as this lives.
  [[nodiscard]] static FrozenColumn looking_at(std::span<const T> values) {
    FrozenColumn column;
    column.values_ = values;
    return column;
  }
  ~FrozenColumn() = default;
  FrozenColumn(const FrozenColumn&) = delete;
  FrozenColumn& operator=(const FrozenColumn&) = delete;
  /// Takes the values over; the other is empty.
  FrozenColumn(FrozenColumn&& other) noexcept
      : own_(std::move(other.own_)), values_(std::exchange(other.values_, {})) {
    other.own_.clear();
  }
  /// Takes the values over; the other is empty.
  FrozenColumn& operator=(FrozenColumn&& other) noexcept {
    own_ = std::move(other.own_);
    values_ = std::exchange(other.values_, {});
    other.own_.clear();
    return *this;
  }

  /// How many values there are.
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  /// True if there is none.
  [[nodiscard]] bool empty() const { return values_.empty(); }
  /// The value at a position below `size()`.
  [[nodiscard]] const T& operator[](std::size_t at) const {
    return values_[at];
  }
  /// The first value; there must be one.
  [[nodiscard]] const T& front() const { return values_.front(); }
  /// The last value; there must be one.
  [[nodiscard]] const T& back() const { return values_.back(); }
  /// Where the values lie.
  [[nodiscard]] const T* data() const { return values_.data(); }
  /// The first position.
  [[nodiscard]] const T* begin() const { return data(); }
  /// One past the last position.
  [[nodiscard]] const T* end() const { return data() + size(); }
  /// What the values take.
  [[nodiscard]] std::size_t size_bytes() const { return values_.size_bytes(); }
  /// True if both have the same values in the same order.
  friend bool operator==(const FrozenColumn& left, const FrozenColumn& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
  }

 private:
  std::vector<T> own_;  // Empty if they are somebody else's.
  std::span<const T> values_;
};

}  // namespace headrope
