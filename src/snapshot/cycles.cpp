// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// First all links are taken together, whatever their dates: what is not on a
// cycle then is on none on any day. Nearly always that is everything. What is
// left is split into strongly connected parts, and each is looked at on every
// day on which one of its links begins; a cycle of links that hold together
// exists on the day on which the last of them begins.

#include "snapshot/cycles.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

namespace headrope {
namespace {

constexpr std::size_t steps_max = 200'000'000;

// The edges that remain when units without children are taken away again and
// again. Empty if there is no cycle.
EdgeList edges_that_may_cycle(std::span<const DatedEdge> edges,
                              std::size_t node_count, Pace& pace) {
  std::vector<std::uint32_t> child_count(node_count, 0);
  std::vector<std::uint32_t> begin(node_count + 1, 0);
  for (const DatedEdge& edge : edges) {
    pace.step();
    ++child_count[edge.parent];
    ++begin[edge.child + 1];
  }
  for (std::size_t node = 0; node < node_count; ++node) {
    begin[node + 1] += begin[node];
  }
  std::vector<std::uint32_t> parents(edges.size());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (const DatedEdge& edge : edges) {
    pace.step();
    parents[next[edge.child]++] = edge.parent;
  }
  std::vector<std::uint32_t> bare;
  for (std::uint32_t node = 0; node < node_count; ++node) {
    if (child_count[node] == 0) bare.push_back(node);
  }
  std::vector<bool> removed(node_count, false);
  while (!bare.empty()) {
    pace.step();
    const std::uint32_t node = bare.back();
    bare.pop_back();
    removed[node] = true;
    for (std::uint32_t at = begin[node]; at < begin[node + 1]; ++at) {
      if (--child_count[parents[at]] == 0) bare.push_back(parents[at]);
    }
  }
  EdgeList left;
  for (std::uint32_t at = 0; at < edges.size(); ++at) {
    pace.step();
    if (!removed[edges[at].child] && !removed[edges[at].parent]) {
      left.push_back(at);
    }
  }
  return left;
}

}  // namespace

std::vector<EdgeList> connected_parts(std::span<const DatedEdge> edges,
                                      const EdgeList& chosen) {
  std::unordered_map<std::uint32_t, std::uint32_t> number;
  const auto number_of = [&](std::uint32_t node) {
    return number.try_emplace(node, static_cast<std::uint32_t>(number.size()))
        .first->second;
  };
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph;
  for (const std::uint32_t at : chosen) {
    const std::uint32_t child = number_of(edges[at].child);
    boost::add_edge(child, number_of(edges[at].parent), graph);
  }
  std::vector<std::uint32_t> component(boost::num_vertices(graph));
  const std::size_t count = boost::strong_components(
      graph, boost::make_iterator_property_map(
                 component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<EdgeList> parts(count);
  for (const std::uint32_t at : chosen) {
    const std::uint32_t part = component[number_of(edges[at].child)];
    if (part == component[number_of(edges[at].parent)]) {
      parts[part].push_back(at);
    }
  }
  std::erase_if(parts, [](const EdgeList& part) { return part.empty(); });
  return parts;
}

namespace {

// Walks inside a strongly connected part until a unit comes again.
DatedCycle cycle_in(std::span<const DatedEdge> edges, const EdgeList& part,
                    std::span<const std::uint32_t> rank) {
  std::unordered_map<std::uint32_t, std::uint32_t> edge_of;  // By child.
  for (const std::uint32_t at : part) {
    auto [entry, is_new] = edge_of.try_emplace(edges[at].child, at);
    if (!is_new && rank[at] < rank[entry->second]) entry->second = at;
  }
  std::uint32_t node =
      edges[*std::min_element(part.begin(), part.end(),
                              [&](auto left, auto right) {
                                return rank[left] < rank[right];
                              })]
          .child;
  std::unordered_map<std::uint32_t, std::size_t> step_of;
  EdgeList walked;
  while (step_of.try_emplace(node, walked.size()).second) {
    walked.push_back(edge_of.at(node));
    node = edges[walked.back()].parent;
  }
  DatedCycle cycle;
  cycle.edges.assign(
      walked.begin() + static_cast<std::ptrdiff_t>(step_of.at(node)),
      walked.end());
  for (const std::uint32_t at : cycle.edges) {
    cycle.valid = cycle.valid.intersected(edges[at].valid);
  }
  cycle.youngest = *std::max_element(
      cycle.edges.begin(), cycle.edges.end(), [&](auto left, auto right) {
        return std::tuple(edges[left].valid.valid_from, rank[left]) <
               std::tuple(edges[right].valid.valid_from, rank[right]);
      });
  return cycle;
}

// All cycles among the edges of one part, over the days on which they begin.
Result<std::vector<DatedCycle>> cycles_in_part(
    std::span<const DatedEdge> edges, EdgeList part,
    std::span<const std::uint32_t> rank, std::size_t& steps, Pace& pace) {
  std::vector<Date> days;
  for (const std::uint32_t at : part) {
    days.push_back(edges[at].valid.valid_from);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::vector<DatedCycle> cycles;
  for (std::size_t day = 0; day < days.size();) {
    pace.step();
    steps += part.size();
    if (steps > steps_max) {
      return Error{Code::limit_exceeded,
                   "links that close upon themselves begin on " +
                       std::to_string(days.size()) +
                       " days; looking at each would take too long"};
    }
    EdgeList holding;
    for (const std::uint32_t at : part) {
      if (edges[at].valid.contains(days[day])) holding.push_back(at);
    }
    const std::vector<EdgeList> closed = connected_parts(edges, holding);
    if (closed.empty()) {
      ++day;
      continue;
    }
    for (const EdgeList& list : closed) {
      cycles.push_back(cycle_in(edges, list, rank));
      std::erase(part, cycles.back().youngest);
    }
  }
  return cycles;
}

}  // namespace

Result<std::vector<DatedCycle>> find_cycles(std::span<const DatedEdge> edges,
                                            std::size_t node_count,
                                            std::span<const std::uint32_t> rank,
                                            Pace& pace) {
  std::vector<DatedCycle> cycles;
  const EdgeList left = edges_that_may_cycle(edges, node_count, pace);
  if (left.empty()) return cycles;
  std::size_t steps = 0;
  for (EdgeList& part : connected_parts(edges, left)) {
    auto found = cycles_in_part(edges, std::move(part), rank, steps, pace);
    if (!found) return found.error();
    for (DatedCycle& cycle : *found) cycles.push_back(std::move(cycle));
  }
  std::sort(cycles.begin(), cycles.end(),
            [&](const DatedCycle& left_one, const DatedCycle& right_one) {
              return rank[left_one.youngest] < rank[right_one.youngest];
            });
  return cycles;
}

}  // namespace headrope
