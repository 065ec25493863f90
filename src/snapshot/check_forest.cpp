// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Whether the columns of a forest are one: a pre-order with its parents, ends
// and depths, and the same below each place of a unit.

#include <algorithm>
#include <vector>

#include "snapshot/column_list.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = PlaceIndex::none_value;

}  // namespace

std::string_view ForestColumns::fault_of(const Forest& forest,
                                         std::size_t unit_count,
                                         bool sizes_only) {
  if (sizes_only) return sizes_fault(forest, unit_count);
  if (const auto fault = order_fault(forest); !fault.empty()) return fault;
  if (forest.is_identity()) return {};
  for (const auto& look :
       {units_fault(forest, unit_count), many_fault(forest)}) {
    if (!look.empty()) return look;
  }
  return copies_fault(forest);
}

std::string_view ForestColumns::sizes_fault(const Forest& forest,
                                            std::size_t unit_count) {
  const std::size_t places = forest.depth_.size();
  const bool is_identity = forest.unit_of_place_.empty();
  if (places == 0 || places >= none || forest.parent_.size() != places ||
      forest.end_.size() != places ||
      forest.many_begin_.size() != forest.many_units_.size() + 1 ||
      forest.more_places_.size() >= places) {
    return "a forest has columns of different lengths";
  }
  const bool fits =
      is_identity
          ? places <= unit_count && forest.place_of_unit_.empty() &&
                forest.many_units_.empty() && forest.more_places_.empty()
          : forest.unit_of_place_.size() == places &&
                forest.place_of_unit_.size() == unit_count;
  return fits ? "" : "a forest has columns of different lengths";
}

// Each place is compared with the path of places above it, of which `path[d]`
// is the one of depth d. A place of depth d ends all places of the path that
// are as deep or deeper: that is where they must say that they end.
std::string_view ForestColumns::order_fault(const Forest& forest) {
  constexpr std::string_view fault = "the places are not in pre-order";
  const auto places = static_cast<std::uint32_t>(forest.depth_.size());
  std::vector<std::uint32_t> path;
  std::size_t deepest = 0;
  const auto ends_at = [&](std::size_t depth, std::uint32_t place) {
    bool good = true;
    while (path.size() > depth) {
      good = good && forest.end_[path.back()] == place;
      path.pop_back();
    }
    return good;
  };
  for (std::uint32_t place = 0; place < places; ++place) {
    const std::size_t depth = forest.depth_[place];
    if (depth > path.size() || !ends_at(depth, place) ||
        forest.parent_[place] != (depth == 0 ? none : path.back())) {
      return fault;
    }
    path.push_back(place);
    deepest = std::max(deepest, depth);
  }
  if (!ends_at(0, places)) return fault;
  if (forest.depth_max_ != deepest) return "the greatest depth is another one";
  return {};
}

// Every unit is in range, and its first place is where the column says.
std::string_view ForestColumns::units_fault(const Forest& forest,
                                            std::size_t unit_count) {
  constexpr std::string_view fault = "a unit and its places do not agree";
  const std::size_t places = forest.depth_.size();
  for (const std::uint32_t unit : forest.unit_of_place_) {
    if (unit >= unit_count) return "the unit of a place is not there";
  }
  std::size_t placed = 0;
  for (std::uint32_t unit = 0; unit < unit_count; ++unit) {
    const std::uint32_t first = forest.place_of_unit_[unit];
    if (first == none) continue;
    if (first >= places || forest.unit_of_place_[first] != unit) return fault;
    ++placed;
  }
  for (std::uint32_t place = 0; place < places; ++place) {
    if (forest.place_of_unit_[forest.unit_of_place_[place]] > place) {
      return fault;
    }
  }
  if (placed + forest.more_places_.size() != places) return fault;
  return {};
}

// The further places of units: all different, so that with the first ones,
// which `units_fault` has counted, they are all places.
std::string_view ForestColumns::many_fault(const Forest& forest) {
  constexpr std::string_view fault = "the further places do not agree";
  const auto& begin = forest.many_begin_;
  if (begin.front() != 0 || begin.back() != forest.more_places_.size()) {
    return fault;
  }
  for (std::size_t at = 0; at < forest.many_units_.size(); ++at) {
    const std::uint32_t unit = forest.many_units_[at];
    if (begin[at] >= begin[at + 1] ||
        begin[at + 1] > forest.more_places_.size() ||
        unit >= forest.place_of_unit_.size() ||
        (at > 0 && forest.many_units_[at - 1] >= unit)) {
      return fault;
    }
    std::uint32_t before = forest.place_of_unit_[unit];
    for (std::uint32_t i = begin[at]; i < begin[at + 1]; ++i) {
      const std::uint32_t place = forest.more_places_[i];
      if (before >= place || place >= forest.depth_.size() ||
          forest.unit_of_place_[place] != unit) {
        return fault;
      }
      before = place;
    }
  }
  return {};
}

// Below each further place of a unit stands the same as below its first. It is
// enough to compare those whose parent is a first place: the others lie inside
// such a copy, at the place of a unit that stands earlier too, so that by
// induction over places they agree with the first one. The copies that are
// compared do not overlap: O(places). Hence no unit stands below itself: its
// place below would have less below it than the one above.
std::string_view ForestColumns::copies_fault(const Forest& forest) {
  const auto& unit = forest.unit_of_place_;
  for (const std::uint32_t place : forest.more_places_) {
    const std::uint32_t parent = forest.parent_[place];
    if (parent != none && forest.place_of_unit_[unit[parent]] != parent) {
      continue;
    }
    const std::uint32_t first = forest.place_of_unit_[unit[place]];
    const std::uint32_t size = forest.end_[place] - place;
    bool same = forest.end_[first] - first == size;
    for (std::uint32_t at = 1; at < size && same; ++at) {
      same = unit[first + at] == unit[place + at] &&
             forest.depth_[first + at] - forest.depth_[first] ==
                 forest.depth_[place + at] - forest.depth_[place];
    }
    if (!same) return "below two places of a unit stands not the same";
  }
  return {};
}

}  // namespace headrope
