// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Intervals in the order of their first days under a binary tree of latest
// ends: those that begin in time are a prefix, and a branch of it in which
// nothing lasts long enough is not entered.

#include "calendar/day_index.hpp"

#include <algorithm>
#include <numeric>

namespace headrope {
namespace {

constexpr std::size_t few = 32;

}  // namespace

DayIndex::DayIndex(std::vector<Interval> days) : days_(std::move(days)) {
  if (days_.size() <= few) return;
  order_.resize(days_.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [&](auto left, auto right) {
    return days_[left].valid_from < days_[right].valid_from;
  });
  std::size_t leaves = 1;
  while (leaves < order_.size()) leaves *= 2;
  latest_.assign(2 * leaves, Date::open_start());
  for (std::size_t at = 0; at < order_.size(); ++at) {
    latest_[leaves + at] = days_[order_[at]].valid_until;
  }
  for (std::size_t node = leaves - 1; node > 0; --node) {
    latest_[node] = std::max(latest_[2 * node], latest_[2 * node + 1]);
  }
}

void DayIndex::on(Date day, std::vector<std::uint32_t>& to) const {
  to.clear();
  if (order_.empty()) {
    for (std::uint32_t at = 0; at < days_.size(); ++at) {
      if (days_[at].contains(day)) to.push_back(at);
    }
    return;
  }
  const auto end = std::upper_bound(order_.begin(), order_.end(), day,
                                    [&](Date wanted, std::uint32_t at) {
                                      return wanted < days_[at].valid_from;
                                    });
  descend(1, 0, latest_.size() / 2,
          static_cast<std::size_t>(end - order_.begin()), day, to);
  std::sort(to.begin(), to.end());
}

// Looks through the leaves first .. last below a node, up to `end`. As deep as
// the tree, which is not more than 32 levels.
void DayIndex::descend(std::size_t node, std::size_t first, std::size_t last,
                       std::size_t end, Date day,
                       std::vector<std::uint32_t>& to) const {
  if (first >= end || latest_[node] <= day) return;
  if (last - first == 1) {
    to.push_back(order_[first]);
    return;
  }
  const std::size_t middle = first + (last - first) / 2;
  descend(2 * node, first, middle, end, day, to);
  descend(2 * node + 1, middle, last, end, day, to);
}

}  // namespace headrope
