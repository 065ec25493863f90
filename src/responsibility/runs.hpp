// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The longest runs of days on which something stays the same.

#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "calendar/day_set.hpp"

namespace headrope {

/// True if a run has one of the days asked about.
[[nodiscard]] inline bool touches(const Interval& run, const Interval& asked) {
  return !run.is_empty() && !asked.is_empty() && run.overlaps(asked);
}

/// Calls `use(run, value)` for the longest runs of equal values that touch the
/// days asked about, in order. A day without a value is in no run.
///
/// @param parts what the values depend on: between two of their ends nothing
///   changes.
/// @param value_on `std::optional<Value>(Date)`.
/// @complexity O(p log p) and, for each stretch between ends that the runs
///   cover, one call of `value_on`.
template <typename ValueOn, typename Use>
void for_each_run(std::span<const Interval> parts, const Interval& asked,
                  const ValueOn& value_on, const Use& use) {
  if (asked.is_empty()) return;
  std::vector<Date> starts{Date::open_start()};
  for (const Interval& part : parts) {
    starts.push_back(part.valid_from);
    if (part.valid_until != Date::open_end()) {
      starts.push_back(part.valid_until);
    }
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  const auto end_of = [&](std::size_t at) {
    return at + 1 < starts.size() ? starts[at + 1] : Date::open_end();
  };
  auto first = static_cast<std::size_t>(
      std::upper_bound(starts.begin(), starts.end(), asked.valid_from) -
      starts.begin() - 1);
  for (std::size_t at = first;
       at < starts.size() && starts[at] < asked.valid_until;) {
    const auto value = value_on(starts[at]);
    std::size_t next = at + 1;
    if (!value) {
      at = next;
      continue;
    }
    Date from = starts[at];
    if (at == first) {
      for (std::size_t before = at; before > 0; --before) {
        if (value_on(starts[before - 1]) != value) break;
        from = starts[before - 1];
      }
    }
    while (next < starts.size() && value_on(starts[next]) == value) ++next;
    use(Interval{from, end_of(next - 1)}, *value);
    at = next;
  }
}

/// Calls `use(run)` for the runs of a set that touch the days asked about.
template <typename Use>
void for_each_run(const DaySet& set, const Interval& asked, const Use& use) {
  for (const Interval& run : set.runs()) {
    if (touches(run, asked)) use(run);
  }
}

}  // namespace headrope
