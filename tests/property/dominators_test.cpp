// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What hangs on whom: the dominators of a hierarchy with several parents
// against those of Boost.Graph, and against what a unit taken away cuts off.

#include "snapshot/dominators.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "unit/helpers.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// A hierarchy in which each unit has up to three parents before it.
std::shared_ptr<const Snapshot> random_snapshot() {
  Hierarchy policy;
  policy.parents = ParentPolicy::many;
  unit::Model model(policy);
  const int count = *rc::gen::inRange(1, 14);
  for (int at = 0; at < count; ++at) {
    const std::string name = "u" + std::to_string(100 + at);
    model.unit(name);
    std::set<int> parents;
    const int wanted = at == 0 ? 0 : *rc::gen::inRange(0, 4);
    for (int i = 0; i < wanted; ++i) parents.insert(*rc::gen::inRange(0, at));
    for (const int parent : parents) {
      model.link(name, "u" + std::to_string(100 + parent));
    }
    if (parents.empty()) model.link(name, "");
  }
  return model.frozen_on("2020-01-01");
}

std::set<std::pair<std::uint32_t, std::uint32_t>> links_of(
    const Forest& forest) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> links;
  for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
    const PlaceIndex parent = forest.parent(PlaceIndex{at});
    const std::uint32_t unit = forest.unit(PlaceIndex{at}).value;
    links.emplace(parent.is_none() ? none : forest.unit(parent).value, unit);
  }
  return links;
}

// The same by Boost: one more vertex stands above all roots.
std::vector<std::uint32_t> by_boost(const Snapshot& snapshot,
                                    const Forest& forest) {
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
  const std::size_t count = snapshot.unit_count();
  Graph graph(count + 1);
  for (const auto& [above, unit] : links_of(forest)) {
    boost::add_edge(above == none ? count : above, unit, graph);
  }
  std::vector<Graph::vertex_descriptor> dominator(
      count + 1, boost::graph_traits<Graph>::null_vertex());
  boost::lengauer_tarjan_dominator_tree(
      graph, count,
      boost::make_iterator_property_map(
          dominator.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::uint32_t> found;
  for (std::size_t unit = 0; unit < count; ++unit) {
    found.push_back(dominator[unit] >= count
                        ? none
                        : static_cast<std::uint32_t>(dominator[unit]));
  }
  return found;
}

// True if a unit is reached from a root without passing another.
bool is_reached_without(const Forest& forest, std::uint32_t unit,
                        std::uint32_t taken) {
  std::set<std::uint32_t> reached;
  const auto links = links_of(forest);
  bool grows = true;
  while (grows) {
    grows = false;
    for (const auto& [above, below] : links) {
      if (below == taken || (above != none && !reached.contains(above))) {
        continue;
      }
      grows = reached.insert(below).second || grows;
    }
  }
  return reached.contains(unit);
}

}  // namespace

TEST_CASE("dominators are those of Boost.Graph", "[snapshot]") {
  const bool holds = rc::check("dominators", [] {
    const auto snapshot = random_snapshot();
    const Forest& forest = snapshot->forests().front();
    const auto found = immediate_dominators(forest, snapshot->unit_count());
    RC_ASSERT(found == by_boost(*snapshot, forest));
    for (std::uint32_t unit = 0; unit < found.size(); ++unit) {
      std::set<std::uint32_t> above;
      for (std::uint32_t at = found[unit]; at != none; at = found[at]) {
        above.insert(at);
      }
      for (std::uint32_t taken = 0; taken < found.size(); ++taken) {
        if (taken == unit) continue;
        RC_ASSERT(above.contains(taken) ==
                  !is_reached_without(forest, unit, taken));
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace headrope
