// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// In a graph without cycles one pass in topological order will do: what all
// paths to a unit pass is what all its parents have in common, which is the
// place where their chains of dominators meet (Cooper, Harvey and Kennedy
// 2001).

#include "snapshot/dominators.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// The places that are looked at.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

class Dominators {
 public:
  Dominators(const Forest& forest, std::size_t unit_count, Range range)
      : forest_(forest),
        range_(range),
        first_(unit_count, none),
        open_parents_(unit_count, 0),
        depth_(unit_count, 0),
        found_(unit_count, none) {}

  std::vector<std::uint32_t> run() {
    for (std::uint32_t at = range_.first; at < range_.last; ++at) {
      std::uint32_t& first = first_[unit_at(at)];
      if (first == none) first = at;
    }
    std::vector<std::uint32_t> ready;
    for_each_link(
        [&](std::uint32_t, std::uint32_t child) { ++open_parents_[child]; });
    for (std::uint32_t at = range_.first; at < range_.last; ++at) {
      const std::uint32_t unit = unit_at(at);
      if (first_[unit] == at && open_parents_[unit] == 0) ready.push_back(unit);
    }
    seen_.assign(found_.size(), 0);
    while (!ready.empty()) {
      const std::uint32_t unit = ready.back();
      ready.pop_back();
      depth_[unit] = found_[unit] == none ? 1 : depth_[found_[unit]] + 1;
      for_each_child(unit, [&](std::uint32_t child) {
        found_[child] = seen_[child] == 0 ? unit : common(found_[child], unit);
        seen_[child] = 1;
        if (--open_parents_[child] == 0) ready.push_back(child);
      });
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::uint32_t unit_at(std::uint32_t place) const {
    return forest_.unit(PlaceIndex{place}).value;
  }

  // Below every place of a unit stands the same; the first will do.
  template <typename Use>
  void for_each_child(std::uint32_t unit, const Use& use) const {
    const std::uint32_t place = first_[unit];
    const std::uint32_t end = forest_.end(PlaceIndex{place}).value;
    for (std::uint32_t at = place + 1; at < end;
         at = forest_.end(PlaceIndex{at}).value) {
      use(unit_at(at));
    }
  }

  template <typename Use>
  void for_each_link(const Use& use) const {
    for (std::uint32_t at = range_.first; at < range_.last; ++at) {
      const std::uint32_t unit = unit_at(at);
      if (first_[unit] != at) continue;
      for_each_child(unit, [&](std::uint32_t child) { use(unit, child); });
    }
  }

  // Where two chains of dominators meet; none stands above all roots.
  [[nodiscard]] std::uint32_t common(std::uint32_t left,
                                     std::uint32_t right) const {
    while (left != right) {
      if (left == none || right == none) return none;
      if (depth_[left] < depth_[right]) {
        right = found_[right];
      } else {
        left = found_[left];
      }
    }
    return left;
  }

  const Forest& forest_;
  Range range_;
  std::vector<std::uint32_t> first_;  // By unit, its first place in the range.
  std::vector<std::uint32_t> open_parents_;
  std::vector<std::uint32_t> depth_;
  std::vector<std::uint32_t> found_;
  std::vector<std::uint8_t> seen_;
};

}  // namespace

std::vector<std::uint32_t> immediate_dominators(const Forest& forest,
                                                std::size_t unit_count,
                                                PlaceIndex top) {
  const Range range =
      top.is_none() ? Range{0, static_cast<std::uint32_t>(forest.place_count())}
                    : Range{top.value, forest.end(top).value};
  if (!forest.is_tree()) return Dominators(forest, unit_count, range).run();
  std::vector<std::uint32_t> found(unit_count, none);
  for (std::uint32_t at = range.first; at < range.last; ++at) {
    const PlaceIndex parent = forest.parent(PlaceIndex{at});
    if (parent.is_none() || parent.value < range.first) continue;
    found[forest.unit(PlaceIndex{at}).value] = forest.unit(parent).value;
  }
  return found;
}

}  // namespace headrope
