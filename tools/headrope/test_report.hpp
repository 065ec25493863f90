// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What came of running cases, as other programs read it.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/cases.hpp"
#include "headrope/table.hpp"

namespace headrope::tool {

/// A line of the report: a case, or a file that is not well formed.
struct TestPoint {
  std::string name;
  std::string file;
  std::uint64_t line = 0;
  std::string pack;
  std::vector<std::string> failures;  ///< none: it passes
};

/// The cases in order, then the files that are not well formed.
[[nodiscard]] std::vector<TestPoint> test_points(
    std::span<const CaseResult> results, const Diagnostics& findings,
    Language language);

/// Writes TAP, version 14. Texts of `notes` become comments.
void write_tap(std::span<const TestPoint> points,
               std::span<const std::string> notes, const Sink& sink);

/// Writes JUnit XML, a suite for each file.
void write_junit(std::span<const TestPoint> points, const Sink& sink);

/// A finding on one line: `file:row:column: 'value': message (HDR-…)`.
[[nodiscard]] std::string finding_line(const Diagnostic& finding);

}  // namespace headrope::tool
