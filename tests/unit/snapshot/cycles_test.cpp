// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Cycles over all dates, against a plain search on every single day.

#include "snapshot/cycles.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::Model;
using unit::span_of;

namespace {

using Edges = std::vector<DatedEdge>;

std::vector<DatedCycle> found(const Edges& edges, std::size_t node_count) {
  std::vector<std::uint32_t> rank(edges.size());
  std::iota(rank.begin(), rank.end(), 0U);
  Pace pace;
  const auto cycles = find_cycles(edges, node_count, rank, pace);
  REQUIRE(cycles);
  return *cycles;
}

// Whether the edges of a day close upon themselves: taking away edges to nodes
// without a parent until nothing changes.
bool cycles_on(const Edges& edges, Date day) {
  Edges left;
  for (const DatedEdge& edge : edges) {
    if (edge.valid.contains(day)) left.push_back(edge);
  }
  for (std::size_t before = left.size() + 1; before != left.size();) {
    before = left.size();
    std::set<std::uint32_t> below;
    for (const DatedEdge& edge : left) below.insert(edge.child);
    std::erase_if(left, [&](const DatedEdge& edge) {
      return below.count(edge.parent) == 0;
    });
  }
  return !left.empty();
}

constexpr int day_count = 12;

Edges random_edges(std::mt19937& random, std::uint32_t node_count) {
  Edges edges(random() % 16);
  for (DatedEdge& edge : edges) {
    edge.child = static_cast<std::uint32_t>(random() % node_count);
    edge.parent = static_cast<std::uint32_t>(random() % (node_count - 1));
    if (edge.parent >= edge.child) ++edge.parent;
    const auto from = static_cast<std::int32_t>(random() % day_count);
    edge.valid = {Date{from},
                  Date{from + 1 + static_cast<std::int32_t>(random() % 5)}};
    if (random() % 4 == 0) edge.valid.valid_from = Date::open_start();
    if (random() % 4 == 0) edge.valid.valid_until = Date::open_end();
  }
  return edges;
}

bool cycles_ever(const Edges& edges) {
  for (std::int32_t at = -1; at <= day_count + 6; ++at) {
    if (cycles_on(edges, Date{at})) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("no edges, a chain and a diamond have no cycle", "[snapshot]") {
  CHECK(found({}, 0).empty());
  CHECK(found({}, 3).empty());
  CHECK(found({{1, 0, {}}, {2, 1, {}}}, 3).empty());
  CHECK(found({{1, 0, {}}, {2, 0, {}}, {3, 1, {}}, {3, 2, {}}}, 4).empty());
}

TEST_CASE(
    "links that close together only on some days are a cycle of those "
    "days",
    "[snapshot][HDR-FREEZE-301]") {
  const Interval first = span_of("1999-01-01", "2001-01-01");
  const Interval second = span_of("2000-06-01", "");
  const auto cycles = found({{0, 1, first}, {1, 0, second}}, 2);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].valid == span_of("2000-06-01", "2001-01-01"));
  CHECK(cycles[0].youngest == 1);
  CHECK(cycles[0].edges.size() == 2);
}

TEST_CASE("links that close but never together are no cycle", "[snapshot]") {
  CHECK(found({{0, 1, span_of("", "2000-01-01")},
               {1, 0, span_of("2000-01-01", "")}},
              2)
            .empty());
  CHECK(found({{0, 1, span_of("2001-01-01", "2002-01-01")},
               {1, 2, span_of("2002-01-01", "2003-01-01")},
               {2, 0, span_of("2001-01-01", "2003-01-01")}},
              3)
            .empty());
}

TEST_CASE(
    "of links begun on one day the one with the greatest rank is the "
    "youngest",
    "[snapshot]") {
  const Edges edges{{0, 1, {}}, {1, 2, {}}, {2, 0, {}}};
  const std::vector<std::uint32_t> rank{1, 2, 0};
  Pace pace;
  const auto cycles = find_cycles(edges, 3, rank, pace);
  REQUIRE(cycles);
  REQUIRE(cycles->size() == 1);
  CHECK(cycles->front().youngest == 1);
  CHECK(cycles->front().valid == Interval{});
}

TEST_CASE("a long cycle beside a long tree is found whole", "[snapshot]") {
  Edges edges;
  constexpr std::uint32_t length = 50'000;
  for (std::uint32_t at = 0; at < length; ++at) {
    edges.push_back({at, (at + 1) % length, {}});
    edges.push_back({length + at, at, {}});
  }
  const auto cycles = found(edges, std::size_t{2} * length);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].edges.size() == length);
}

TEST_CASE("cycles of random links agree with a search on every day",
          "[snapshot]") {
  std::mt19937 random(64);
  int with_cycle = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto node_count = 2 + static_cast<std::uint32_t>(random() % 6);
    const Edges edges = random_edges(random, node_count);
    const auto cycles = found(edges, node_count);
    std::size_t wrong = 0;
    if (cycles.empty() == cycles_ever(edges)) ++wrong;
    std::set<std::uint32_t> youngest;
    for (const DatedCycle& cycle : cycles) {
      Interval valid;
      for (std::size_t at = 0; at < cycle.edges.size(); ++at) {
        const DatedEdge& edge = edges[cycle.edges[at]];
        const DatedEdge& next =
            edges[cycle.edges[(at + 1) % cycle.edges.size()]];
        if (edge.parent != next.child) ++wrong;
        valid = valid.intersected(edge.valid);
        if (edges[cycle.youngest].valid.valid_from < edge.valid.valid_from) {
          ++wrong;
        }
      }
      if (valid != cycle.valid || valid.is_empty()) ++wrong;
      if (std::find(cycle.edges.begin(), cycle.edges.end(), cycle.youngest) ==
          cycle.edges.end()) {
        ++wrong;
      }
      if (!youngest.insert(cycle.youngest).second) ++wrong;
    }
    Edges broken;
    for (std::uint32_t at = 0; at < edges.size(); ++at) {
      if (youngest.count(at) == 0) broken.push_back(edges[at]);
    }
    if (cycles_ever(broken)) ++wrong;
    REQUIRE(wrong == 0);
    with_cycle += cycles.empty() ? 0 : 1;
  }
  CHECK(with_cycle > 1000);
}

TEST_CASE(
    "links that close upon themselves on too many days are refused, not "
    "looked at for ever",
    "[snapshot][HDR-BASE-007]") {
  Edges edges;
  for (std::int32_t at = 0; at < 40'000; ++at) {
    // Up and down between two units, day by day, never together.
    edges.push_back({static_cast<std::uint32_t>(at % 2),
                     static_cast<std::uint32_t>(1 - at % 2),
                     {Date{at}, Date{at + 1}}});
  }
  std::vector<std::uint32_t> rank(edges.size());
  std::iota(rank.begin(), rank.end(), 0U);
  Pace pace;
  const auto cycles = find_cycles(edges, 2, rank, pace);
  if (cycles) {
    CHECK(cycles->empty());
  } else {
    CHECK(cycles.error().code == Code::limit_exceeded);
  }
}

TEST_CASE(
    "a cycle of the past or the future stops a freeze today, named as a "
    "list",
    "[snapshot][HDR-FREEZE-301]") {
  Model model;
  for (const char* id : {"C", "A", "B"}) model.unit(id);
  model.link("C", "A", span_of("1999-01-01", ""));
  model.link("A", "B", span_of("1999-01-01", "2001-01-01"));
  model.link("B", "C", span_of("2000-01-01", "2002-01-01"));
  const auto as_of =
      GENERATE(values<std::string>({"1400-01-01", "2000-06-01", "2013-01-01"}));
  const auto snapshot = model.freeze_on(as_of);
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().code == Code::cycle);
  CHECK(snapshot.error().message ==
        "hierarchy 'line': units stand below themselves: A → B → C → A from "
        "2000-01-01 until 2001-01-01");
  CHECK(
      unit::told(model.findings) ==
      std::vector<std::string>{"HDR-FREEZE-301 error hierarchy line:0  'B' "
                               "units stand below themselves: A "
                               "→ B → C → A from 2000-01-01 until 2001-01-01"});
}

TEST_CASE("a cycle that only the books of another day had is none",
          "[snapshot]") {
  Model model;
  model.unit("A");
  model.unit("B");
  model.link("A", "B", {}, span_of("", "2013-01-01"));
  model.link("B", "A", {}, span_of("2013-01-01", ""));
  CHECK(unit::drawn(*model.frozen_on("2013-06-01", unit::day("2012-12-31"))) ==
        "B .A");
  CHECK(unit::drawn(*model.frozen_on("2013-06-01", unit::day("2013-01-01"))) ==
        "A .B");
}

TEST_CASE("where cycles are broken the youngest link is left out and told",
          "[snapshot][HDR-FREEZE-302]") {
  Hierarchy policy;
  policy.cycles = CyclePolicy::break_youngest;
  Model model(policy);
  for (const char* id : {"A", "B", "C"}) model.unit(id);
  model.link("B", "A", span_of("2001-01-01", ""));
  model.link("C", "B", span_of("2003-01-01", ""));
  model.link("A", "C", span_of("2002-01-01", ""));
  CHECK(unit::drawn(*model.frozen_on("2013-01-01")) == "C .A ..B");
  CHECK(unit::told(model.findings) ==
        std::vector<std::string>{
            "HDR-FREEZE-302 warning hierarchy line:0  'C' units stand below "
            "themselves: "
            "A → C → B → A from 2003-01-01 until …; the link of 'C' to 'B' is "
            "left out"});
  // The link is left out before the cycle too, so that no day is special.
  CHECK(unit::drawn(*model.frozen_on("2002-06-01")) == "C .A ..B");
}

TEST_CASE("a long cycle is named in part", "[snapshot][HDR-FREEZE-301]") {
  Model model;
  for (int at = 0; at < 1000; ++at) model.unit("U" + std::to_string(at));
  for (int at = 0; at < 1000; ++at) {
    model.link("U" + std::to_string(at), "U" + std::to_string((at + 1) % 1000));
  }
  const auto snapshot = model.freeze_on("2013-01-01");
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().message.size() < 400);
  CHECK(snapshot.error().message.find("… 980 more") != std::string::npos);
}

}  // namespace headrope
