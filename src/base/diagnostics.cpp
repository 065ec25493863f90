// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Keeping findings up to a limit and counting all of them.

#include "headrope/diagnostics.hpp"

#include <algorithm>
#include <tuple>

#include "base/utf8.hpp"

namespace headrope {

void Diagnostics::add(Diagnostic finding) {
  ++counts_[finding.code];
  ++(finding.severity == Severity::error ? error_count_ : warning_count_);
  // What comes from data is cut, so that a list of findings stays small.
  finding.value = std::string(shortened(finding.value, 80));
  finding.column = std::string(shortened(finding.column, 80));
  finding.file = std::string(shortened(finding.file, 300));
  finding.message = std::string(shortened(finding.message, 4000));
  if (items_.size() < limit_) {
    items_.push_back(std::move(finding));
    warnings_kept_until_ = items_.size();
  } else if (finding.severity == Severity::error) {
    replace_warning(std::move(finding));
  }
}

void Diagnostics::append(const Diagnostics& other) {
  std::map<Code, std::uint64_t> counts = counts_;
  for (const auto& [code, count] : other.counts_) counts[code] += count;
  const std::uint64_t errors = error_count_ + other.error_count_;
  const std::uint64_t warnings = warning_count_ + other.warning_count_;
  for (const Diagnostic& finding : other.items_) add(finding);
  counts_ = std::move(counts);
  error_count_ = errors;
  warning_count_ = warnings;
}

void Diagnostics::replace_warning(Diagnostic finding) {
  while (warnings_kept_until_ > 0) {
    Diagnostic& kept = items_[--warnings_kept_until_];
    if (kept.severity == Severity::warning) {
      kept = std::move(finding);
      return;
    }
  }
}

std::uint64_t Diagnostics::count(Code code) const {
  const auto found = counts_.find(code);
  return found == counts_.end() ? 0 : found->second;
}

void Diagnostics::sort() {
  const auto key = [](const Diagnostic& finding) {
    return std::tie(finding.file, finding.row, finding.column, finding.code,
                    finding.message);
  };
  std::stable_sort(items_.begin(), items_.end(),
                   [&](const Diagnostic& left, const Diagnostic& right) {
                     return key(left) < key(right);
                   });
}

}  // namespace headrope
