// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The published divisions of Ningxia: what the tree says against plain counts
// of the lines of the files.

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/answers.hpp>
#include <headrope/load.hpp>

namespace headrope {
namespace {

std::filesystem::path package() {
  return std::filesystem::path(HEADROPE_SOURCE_DIR) / "examples/ningxia";
}

// Counts the lines of units.csv by the text between the first two commas.
std::map<std::string, std::int64_t> kinds_of_lines() {
  std::ifstream file(package() / "units.csv");
  REQUIRE(file);
  std::map<std::string, std::int64_t> counts;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t first = line.find(',') + 1;
    ++counts[line.substr(first, line.find(',', first) - first)];
  }
  return counts;
}

}  // namespace

TEST_CASE(
    "communities and villages of Ningxia are as many as the lines of "
    "the file",
    "[golden]") {
  Diagnostics findings;
  const auto registry = load_package(package(), findings);
  REQUIRE(registry);
  CHECK(findings.error_count() == 0);
  Diagnostics frozen_findings;
  const auto frozen = freeze(
      *registry, {unit::day("2023-06-30"), latest_day, {}}, frozen_findings);
  REQUIRE(frozen);
  const Snapshot& snapshot = **frozen;
  const Forest* forest = snapshot.find_forest("administrative");
  REQUIRE(forest != nullptr);
  const auto lines = kinds_of_lines();
  std::int64_t line_count = 0;
  for (const auto& [kind, count] : lines) line_count += count;
  CHECK(snapshot.unit_count() == static_cast<std::size_t>(line_count));
  CHECK(forest->place_count() == snapshot.unit_count());
  CHECK(forest->is_tree());
  CHECK(lines.at("community") == 657);
  CHECK(lines.at("administrative_village") == 2214);
  for (const auto& [kind, count] : lines) {
    CAPTURE(kind);
    const auto id = snapshot.find_kind(kind);
    REQUIRE(id);
    std::vector<std::int64_t> own(snapshot.unit_count(), 0);
    for (std::uint32_t unit = 0; unit < own.size(); ++unit) {
      own[unit] = snapshot.kind({unit}) == *id ? 1 : 0;
    }
    const auto sums = roll_up(*forest, own);
    REQUIRE(sums);
    const PlaceIndex top = forest->first_place(*snapshot.find_unit("64"));
    CHECK((*sums)[top.value] == count);
    CHECK(top == PlaceIndex{0});
  }
}

}  // namespace headrope
