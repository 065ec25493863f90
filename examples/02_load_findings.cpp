// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading tells everything that is wrong, with its place, and loads nothing
// if one finding is an error. Give the folders of data packages, or take the
// bad ones of the tests.

#include <filesystem>
#include <iostream>
#include <vector>

#include <headrope/headrope.hpp>

namespace {

void load_and_tell(const std::filesystem::path& folder) {
  headrope::Diagnostics findings;
  const auto registry = headrope::load_package(folder, findings);
  std::cout << folder.filename().string() << ": "
            << (registry ? "loaded" : "not loaded") << '\n';
  for (const headrope::Diagnostic& finding : findings.items()) {
    const bool error = finding.severity == headrope::Severity::error;
    std::cout << "  " << headrope::code_info(finding.code).id << ' '
              << (error ? "error" : "warning") << ' ' << finding.file << ':'
              << finding.row << ':' << finding.column << ": '" << finding.value
              << "': " << finding.message << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> folders(argv + 1, argv + argc);
  if (folders.empty()) {
    const std::filesystem::path bad = "../tests/data/bad";
    folders = {bad / "reversed_dates", bad / "unknown_unit",
               bad / "overlapping_membership", bad / "link_outside_life"};
  }
  for (const auto& folder : folders) load_and_tell(folder);
}
