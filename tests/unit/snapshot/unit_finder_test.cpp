// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every unit is found by its identity, and nothing else.

#include <string>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/unit_finder.hpp>

namespace headrope {

TEST_CASE("a finder finds what find_unit finds", "[snapshot]") {
  unit::Model model;
  for (int at = 0; at < 3000; ++at) {
    // Of every length around the words of the hash.
    std::string id = std::to_string(at);
    model.unit(id + std::string(static_cast<std::size_t>(at % 20), 'x'));
  }
  const auto snapshot = model.frozen_on("2013-01-01");
  const UnitFinder finder = UnitFinder::make(snapshot);
  bool agrees = true;
  for (std::uint32_t at = 0; at < snapshot->unit_count(); ++at) {
    const std::string id(snapshot->identity(UnitIndex{at}));
    agrees = agrees && finder.find(id) == UnitIndex{at} &&
             finder.find(id + "y") == snapshot->find_unit(id + "y") &&
             finder.find("y" + id) == std::nullopt;
  }
  CHECK(agrees);
  CHECK_FALSE(finder.find(""));
  CHECK(finder.byte_count() <= 3000 * 22);
}

TEST_CASE("a finder of no units finds none", "[snapshot]") {
  unit::Model model;
  model.unit("gone", unit::span_of("", "2012-01-01"));
  const UnitFinder finder = UnitFinder::make(model.frozen_on("2013-01-01"));
  CHECK_FALSE(finder.find("gone"));
  CHECK_FALSE(finder.find(""));
}

}  // namespace headrope
