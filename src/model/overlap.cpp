// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A sweep over the days. The rows that hold at one moment and were not reported
// stood in the books at different times, so they are ordered by that clock, and
// a new row can meet only its neighbours there.

#include "model/overlap.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>

namespace headrope {
namespace {

// Holding rows by the start of their stay in the books.
using Holding = std::map<Date, ClockedRow>;

// The holding row that stood in the books at some time with `row`, if any.
const ClockedRow* met_by(const Holding& holding, const ClockedRow& row) {
  auto after = holding.lower_bound(row.recorded.valid_from);
  if (after != holding.end() && after->second.recorded.overlaps(row.recorded)) {
    return &after->second;
  }
  if (after == holding.begin()) return nullptr;
  const auto before = std::prev(after);
  return before->second.recorded.overlaps(row.recorded) ? &before->second
                                                        : nullptr;
}

bool starts_before(const ClockedRow& left, const ClockedRow& right) {
  return std::tie(left.valid.valid_from, left.row) <
         std::tie(right.valid.valid_from, right.row);
}

}  // namespace

void for_each_overlap(
    std::span<ClockedRow> rows,
    const std::function<void(std::uint32_t, std::uint32_t)>& report) {
  if (rows.size() < 2) return;
  std::sort(rows.begin(), rows.end(), starts_before);
  using End = std::pair<Date, Date>;  // valid_until, and the key to erase.
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  Holding holding;
  for (const ClockedRow& row : rows) {
    while (!ends.empty() && ends.top().first <= row.valid.valid_from) {
      holding.erase(ends.top().second);
      ends.pop();
    }
    if (const ClockedRow* other = met_by(holding, row)) {
      report(other->row, row.row);
      continue;
    }
    holding.emplace(row.recorded.valid_from, row);
    ends.emplace(row.valid.valid_until, row.recorded.valid_from);
  }
}

}  // namespace headrope
