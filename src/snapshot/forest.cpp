// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Pre-order by an explicit stack, so that depth costs memory and not the
// caller's stack. A unit with several parents is entered once for each path,
// which is what lets everything later treat the hierarchy as a forest.

#include "snapshot/forest.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "snapshot/columns.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = PlaceIndex::none_value;

// Sorts the positions 0 .. keys.size() by key, keeping the order of equal keys.
std::vector<std::uint32_t> order_by(const std::vector<std::uint32_t>& keys,
                                    std::size_t key_count) {
  std::vector<std::uint32_t> order(keys.size());
  if (std::is_sorted(keys.begin(), keys.end())) {
    std::iota(order.begin(), order.end(), 0U);
    return order;
  }
  std::vector<std::uint32_t> next(key_count + 1, 0);
  for (const std::uint32_t key : keys) ++next[key + 1];
  for (std::size_t key = 0; key < key_count; ++key) next[key + 1] += next[key];
  for (std::uint32_t at = 0; at < keys.size(); ++at) {
    order[next[keys[at]]++] = at;
  }
  return order;
}

// The children of each unit, in the order of ranks.
Grouped<std::uint32_t> children_of(const DayLinks& links,
                                   std::size_t rank_count, Pace& pace) {
  Grouped<std::uint32_t> children;
  children.begin.assign(rank_count + 1, 0);
  for (const std::uint32_t parent : links.parent) ++children.begin[parent + 1];
  for (std::size_t rank = 0; rank < rank_count; ++rank) {
    children.begin[rank + 1] += children.begin[rank];
  }
  children.values.resize(links.child.size());
  std::vector<std::uint32_t> next(children.begin.begin(),
                                  children.begin.end() - 1);
  for (const std::uint32_t at : order_by(links.child, rank_count)) {
    pace.step();
    children.values[next[links.parent[at]]++] = links.child[at];
  }
  return children;
}

}  // namespace

Result<Forest> ForestBuilder::build(HierarchyId hierarchy,
                                    const DayLinks& links,
                                    std::size_t rank_count,
                                    const Limits& limits, Pace& pace) {
  const Grouped<std::uint32_t> children = children_of(links, rank_count, pace);
  const std::size_t places_max =
      std::max<std::size_t>(1'000'000, rank_count * limits.places_per_unit_max);
  // Depths are kept in 16 bits, whatever the limit says.
  const std::uint32_t levels_max =
      std::min<std::uint32_t>(limits.depth_max, 65'535);
  Forest forest;
  forest.hierarchy_ = hierarchy;
  const std::size_t places_likely = links.child.size() + links.roots.size();
  std::vector<std::uint32_t> unit_of_place;
  std::vector<std::uint32_t> parent_of_place;
  std::vector<std::uint16_t> depth_of_place;
  unit_of_place.reserve(places_likely);
  parent_of_place.reserve(places_likely);
  depth_of_place.reserve(places_likely);

  struct Entry {
    std::uint32_t rank;
    std::uint32_t parent;
  };
  std::vector<Entry> stack;
  for (auto root = links.roots.rbegin(); root != links.roots.rend(); ++root) {
    stack.push_back({*root, none});
  }
  while (!stack.empty()) {
    pace.step();
    const Entry entry = stack.back();
    stack.pop_back();
    const auto place = static_cast<std::uint32_t>(depth_of_place.size());
    const std::uint32_t depth =
        entry.parent == none ? 0U : depth_of_place[entry.parent] + 1U;
    if (depth >= levels_max) {
      return Error{Code::depth_exceeded, "a unit stands more than " +
                                             std::to_string(levels_max) +
                                             " levels deep"};
    }
    if (place >= places_max) {
      return Error{Code::paths_too_many,
                   "units with several parents give more than " +
                       std::to_string(places_max) + " paths"};
    }
    unit_of_place.push_back(entry.rank);
    parent_of_place.push_back(entry.parent);
    depth_of_place.push_back(static_cast<std::uint16_t>(depth));
    forest.depth_max_ = std::max(forest.depth_max_, depth);
    const auto below = children.of(entry.rank);
    for (auto child = below.rbegin(); child != below.rend(); ++child) {
      stack.push_back({*child, place});
    }
  }
  std::vector<std::uint32_t> end_of_place(depth_of_place.size(), 0);
  for (std::size_t place = depth_of_place.size(); place-- > 0;) {
    pace.step();
    std::uint32_t& end = end_of_place[place];
    end = std::max(end, static_cast<std::uint32_t>(place + 1));
    if (const std::uint32_t parent = parent_of_place[place]; parent != none) {
      end_of_place[parent] = std::max(end_of_place[parent], end);
    }
  }
  forest.unit_of_place_ = std::move(unit_of_place);
  forest.parent_ = std::move(parent_of_place);
  forest.end_ = std::move(end_of_place);
  forest.depth_ = std::move(depth_of_place);
  return forest;
}

void ForestBuilder::renumber(Forest& forest,
                             const std::vector<std::uint32_t>& number,
                             Pace& pace) {
  std::vector<std::uint32_t> units(forest.place_count());
  std::vector<std::uint32_t> first_places(number.size(), none);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> further;
  bool is_identity = true;
  for (std::uint32_t place = 0; place < forest.place_count(); ++place) {
    pace.step();
    const std::uint32_t unit = number[forest.unit_of_place_[place]];
    units[place] = unit;
    is_identity = is_identity && unit == place;
    if (first_places[unit] == none) {
      first_places[unit] = place;
    } else {
      further.emplace_back(unit, place);
    }
  }
  forest.unit_of_place_ = is_identity ? FrozenColumn<std::uint32_t>{}
                                      : FrozenColumn(std::move(units));
  forest.place_of_unit_ = is_identity ? FrozenColumn<std::uint32_t>{}
                                      : FrozenColumn(std::move(first_places));
  std::sort(further.begin(), further.end());
  std::vector<std::uint32_t> many_units;
  std::vector<std::uint32_t> many_begin;
  std::vector<std::uint32_t> more_places;
  for (const auto& [unit, place] : further) {
    if (many_units.empty() || many_units.back() != unit) {
      many_units.push_back(unit);
      many_begin.push_back(static_cast<std::uint32_t>(more_places.size()));
    }
    more_places.push_back(place);
  }
  many_begin.push_back(static_cast<std::uint32_t>(more_places.size()));
  forest.many_units_ = std::move(many_units);
  forest.many_begin_ = std::move(many_begin);
  forest.more_places_ = std::move(more_places);
}

}  // namespace headrope
