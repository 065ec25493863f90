// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The command `headrope test`: runs the cases of rule packs and writes what
// came of them as TAP, as JUnit XML or as a table.

#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace headrope::tool {

/// What the command takes.
struct TestOptions {
  std::vector<std::string> paths;
  std::string filter;
  std::string output = "tap";
  unsigned threads = 1;
  bool finds_boundaries = false;
  bool generates = false;
};

/// Adds the command to the program.
CLI::App* add_test_command(CLI::App& app, TestOptions& options);

/// Runs it. @returns 0: every case passes; 1: one fails, or a file is
/// malformed; 2: the command line is at fault.
int run_tests(const TestOptions& options, const std::string& language);

}  // namespace headrope::tool
