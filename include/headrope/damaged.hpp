// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The one exception of the library, for the one thing that can go wrong when a
// snapshot is read: its file, of which a part is only looked at when it is
// asked for, turns out to be damaged.

#pragma once

#include <exception>
#include <utility>

#include "headrope/result.hpp"

namespace headrope {

/// Thrown by what reads a snapshot that was opened with `Verify::as_needed`,
/// where the part that is needed is damaged. A function that gives a `Result`
/// does not throw it: it gives the error. A snapshot that was frozen, or opened
/// with `Verify::at_open`, never throws it.
class SnapshotDamaged : public std::exception {
 public:
  /// @param error why; its code is `file_damaged`.
  explicit SnapshotDamaged(Error error) : error_(std::move(error)) {}
  /// The code `file_damaged`, the file, the part and what is wrong with it.
  [[nodiscard]] const Error& error() const noexcept { return error_; }
  /// The message of the error.
  [[nodiscard]] const char* what() const noexcept override {
    return error_.message.c_str();
  }

 private:
  Error error_;
};

}  // namespace headrope
