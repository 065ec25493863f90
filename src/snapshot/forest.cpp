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
                                   std::size_t rank_count) {
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
    children.values[next[links.parent[at]]++] = links.child[at];
  }
  return children;
}

}  // namespace

Result<Forest> ForestBuilder::build(HierarchyId hierarchy,
                                    const DayLinks& links,
                                    std::size_t rank_count,
                                    const Limits& limits) {
  const Grouped<std::uint32_t> children = children_of(links, rank_count);
  const std::size_t places_max =
      std::max<std::size_t>(1'000'000, rank_count * limits.places_per_unit_max);
  // Depths are kept in 16 bits, whatever the limit says.
  const std::uint32_t levels_max =
      std::min<std::uint32_t>(limits.depth_max, 65'535);
  Forest forest;
  forest.hierarchy_ = hierarchy;
  const std::size_t places_likely = links.child.size() + links.roots.size();
  forest.unit_of_place_.reserve(places_likely);
  forest.parent_.reserve(places_likely);
  forest.depth_.reserve(places_likely);

  struct Entry {
    std::uint32_t rank;
    std::uint32_t parent;
  };
  std::vector<Entry> stack;
  for (auto root = links.roots.rbegin(); root != links.roots.rend(); ++root) {
    stack.push_back({*root, none});
  }
  while (!stack.empty()) {
    const Entry entry = stack.back();
    stack.pop_back();
    const auto place = static_cast<std::uint32_t>(forest.depth_.size());
    const std::uint32_t depth =
        entry.parent == none ? 0U : forest.depth_[entry.parent] + 1U;
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
    forest.unit_of_place_.push_back(entry.rank);
    forest.parent_.push_back(entry.parent);
    forest.depth_.push_back(static_cast<std::uint16_t>(depth));
    forest.depth_max_ = std::max(forest.depth_max_, depth);
    const auto below = children.of(entry.rank);
    for (auto child = below.rbegin(); child != below.rend(); ++child) {
      stack.push_back({*child, place});
    }
  }
  forest.end_.assign(forest.depth_.size(), 0);
  for (std::size_t place = forest.depth_.size(); place-- > 0;) {
    std::uint32_t& end = forest.end_[place];
    end = std::max(end, static_cast<std::uint32_t>(place + 1));
    if (const std::uint32_t parent = forest.parent_[place]; parent != none) {
      forest.end_[parent] = std::max(forest.end_[parent], end);
    }
  }
  return forest;
}

void ForestBuilder::renumber(Forest& forest,
                             const std::vector<std::uint32_t>& number) {
  forest.place_of_unit_.assign(number.size(), none);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> further;
  bool is_identity = true;
  for (std::uint32_t place = 0; place < forest.place_count(); ++place) {
    std::uint32_t& unit = forest.unit_of_place_[place];
    unit = number[unit];
    is_identity = is_identity && unit == place;
    if (forest.place_of_unit_[unit] == none) {
      forest.place_of_unit_[unit] = place;
    } else {
      further.emplace_back(unit, place);
    }
  }
  std::sort(further.begin(), further.end());
  for (const auto& [unit, place] : further) {
    if (forest.many_units_.empty() || forest.many_units_.back() != unit) {
      forest.many_units_.push_back(unit);
      forest.many_begin_.push_back(
          static_cast<std::uint32_t>(forest.more_places_.size()));
    }
    forest.more_places_.push_back(place);
  }
  forest.many_begin_.push_back(
      static_cast<std::uint32_t>(forest.more_places_.size()));
  if (is_identity) {
    forest.unit_of_place_ = {};
    forest.place_of_unit_ = {};
  }
}

}  // namespace headrope
