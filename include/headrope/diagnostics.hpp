// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings with their place. A load reports all of them, up to a limit, not
// the first; past the limit they are still counted by code.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "headrope/code.hpp"

namespace headrope {

/// One finding.
struct Diagnostic {
  Code code = Code::internal;
  Severity severity = Severity::error;
  std::string file;       ///< as named in the package; empty: no file
  std::uint64_t row = 0;  ///< 1 is the header line; 0: no row
  std::string column;     ///< name of the column; empty: no column
  std::string value;      ///< the offending value, cut to 80 bytes
  std::string message;    ///< what is wrong and what was expected
};

/// A list of findings with an upper limit.
///
/// Empty is "nothing found". Copying copies the list.
/// @threads One thread at a time.
class Diagnostics {
 public:
  static constexpr std::size_t limit_default = 1000;

  /// Makes an empty list that keeps so many findings.
  explicit Diagnostics(std::size_t limit = limit_default) : limit_(limit) {}

  /// Keeps the finding if fewer than the limit are kept, an error also in the
  /// place of a kept warning; counts it always.
  void add(Diagnostic finding);

  /// Adds all findings of another list; those that it counted but did not keep
  /// are counted here too.
  void append(const Diagnostics& other);

  /// The kept findings.
  [[nodiscard]] std::span<const Diagnostic> items() const { return items_; }
  /// The kept findings, to be changed in place.
  [[nodiscard]] std::span<Diagnostic> items() { return items_; }
  /// How many errors there were, kept or not.
  [[nodiscard]] std::uint64_t error_count() const { return error_count_; }
  /// How many warnings there were, kept or not.
  [[nodiscard]] std::uint64_t warning_count() const { return warning_count_; }
  /// How many findings of this code there were, kept or not.
  [[nodiscard]] std::uint64_t count(Code code) const;
  /// How many findings were counted but not kept.
  [[nodiscard]] std::uint64_t dropped_count() const {
    return error_count_ + warning_count_ - items_.size();
  }

  /// Sorts by file, row, column, code, so that the list does not depend on
  /// the order in which checks ran.
  void sort();

 private:
  void replace_warning(Diagnostic finding);

  std::size_t limit_;
  // No warning is kept from this position on.
  std::size_t warnings_kept_until_ = 0;
  std::vector<Diagnostic> items_;
  std::map<Code, std::uint64_t> counts_;
  std::uint64_t error_count_ = 0;
  std::uint64_t warning_count_ = 0;
};

}  // namespace headrope
