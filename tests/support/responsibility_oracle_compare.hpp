// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Compares lines of the library with lines of the oracle, and fails a property
// with those that only one of them has.

#pragma once

#include <set>
#include <string>

#include <rapidcheck.h>

namespace headrope::oracle {

/// Fails the property unless both have the same lines; a line that came twice
/// fails it too.
inline void require_same(const std::multiset<std::string>& came,
                         const std::set<std::string>& wanted,
                         const std::string& what) {
  std::string difference;
  for (const std::string& line : wanted) {
    if (!came.contains(line)) {
      difference += "\n  missing: " + line;
    }
  }
  for (const std::string& line : std::set(came.begin(), came.end())) {
    if (!wanted.contains(line)) {
      difference += "\n  too much: " + line;
    } else if (came.count(line) > 1) {
      difference += "\n  twice: " + line;
    }
  }
  if (!difference.empty()) {
    RC_FAIL(what + difference);
  }
}

}  // namespace headrope::oracle
