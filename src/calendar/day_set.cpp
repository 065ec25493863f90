// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "calendar/day_set.hpp"

#include <algorithm>

namespace headrope {

DaySet::DaySet(const Interval& days) {
  if (!days.is_empty()) runs_.push_back(days);
}

DaySet::DaySet(std::vector<Interval> days) {
  std::sort(days.begin(), days.end());
  for (const Interval& one : days) {
    if (one.is_empty()) continue;
    if (!runs_.empty() && one.valid_from <= runs_.back().valid_until) {
      Date& until = runs_.back().valid_until;
      until = std::max(until, one.valid_until);
    } else {
      runs_.push_back(one);
    }
  }
}

bool DaySet::contains(Date day) const {
  const auto after = std::upper_bound(
      runs_.begin(), runs_.end(), day,
      [](Date wanted, const Interval& run) { return wanted < run.valid_from; });
  return after != runs_.begin() && std::prev(after)->contains(day);
}

DaySet DaySet::and_in(const DaySet& other) const {
  DaySet both;
  auto left = runs_.begin();
  auto right = other.runs_.begin();
  while (left != runs_.end() && right != other.runs_.end()) {
    const Interval shared = left->intersected(*right);
    if (!shared.is_empty()) both.runs_.push_back(shared);
    // The one that ends first has nothing more to share.
    if (left->valid_until < right->valid_until) {
      ++left;
    } else {
      ++right;
    }
  }
  return both;
}

DaySet DaySet::without(const DaySet& other) const {
  DaySet rest;
  auto hole = other.runs_.begin();
  for (Interval run : runs_) {
    while (hole != other.runs_.end() && hole->valid_until <= run.valid_from) {
      ++hole;
    }
    for (auto at = hole;
         at != other.runs_.end() && at->valid_from < run.valid_until; ++at) {
      if (run.valid_from < at->valid_from) {
        rest.runs_.push_back({run.valid_from, at->valid_from});
      }
      run.valid_from = at->valid_until;
    }
    if (!run.is_empty()) rest.runs_.push_back(run);
  }
  return rest;
}

}  // namespace headrope
