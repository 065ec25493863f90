// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The ways through the records, one for each kind of reduction, so that the
// innermost loops have nothing to decide.

#include "evaluate/batch.hpp"

#include <algorithm>
#include <utility>

#include "base/checked.hpp"

namespace headrope {
namespace {

// So many subjects are gone through for one measure after the other: their
// cells stay in the cache.
constexpr std::size_t subjects_of_run = std::size_t{1} << 14U;

}  // namespace

BatchTally::BatchTally(std::vector<const RecordColumns*> columns,
                       Reduction reduction, std::vector<BatchWindow> windows,
                       std::span<const std::uint32_t> subjects)
    : columns_(std::move(columns)),
      reduction_(reduction),
      windows_(std::move(windows)),
      subjects_(subjects),
      is_dense_(subjects.empty() || subjects.back() + 1U == subjects.size()) {}

BatchTally::BatchTally(std::vector<const RecordColumns*> columns,
                       Reduction reduction, std::vector<BatchWindow> windows)
    : columns_(std::move(columns)),
      reduction_(reduction),
      windows_(std::move(windows)) {}

bool BatchTally::is_possible() const {
  switch (reduction_) {
    case Reduction::count:
    case Reduction::sum:
    case Reduction::least:
    case Reduction::greatest:
      return true;
    case Reduction::last:
      return columns_.size() == 1;
    case Reduction::distinct_days:
      break;
  }
  return false;
}

bool BatchTally::fill(std::size_t first, std::size_t last,
                      const BatchCells& cells) const {
  if (windows_.empty()) return true;
  const std::size_t run = columns_.size() == 1 ? last - first : subjects_of_run;
  bool fits = true;
  for (std::size_t from = first; from < last; from += run) {
    fits = fill_run(from, std::min(from + run, last), cells) && fits;
  }
  return fits;
}

bool BatchTally::fill_run(std::size_t first, std::size_t last,
                          const BatchCells& cells) const {
  bool fits = true;
  for (const RecordColumns* columns : columns_) {
    switch (reduction_) {
      case Reduction::count:
        count(*columns, first, last, cells.values.data());
        break;
      case Reduction::sum:
        fits = add(*columns, first, last, cells.values.data()) && fits;
        break;
      default:
        choose(*columns, first, last, cells);
        break;
    }
  }
  return fits;
}

// Calls `take(position of the subject, position of the record)`.
template <typename Take>
void BatchTally::for_each_record(const RecordColumns& columns,
                                 std::size_t first, std::size_t last,
                                 const Take& take) const {
  const auto& subject = columns.subject;
  const std::size_t size = columns.size();
  const auto place_of = [&](std::uint32_t wanted) {
    return static_cast<std::size_t>(
        std::lower_bound(subject.begin(), subject.end(), wanted) -
        subject.begin());
  };
  std::size_t at = place_of(this->subject(first));
  if (is_dense_) {
    const std::size_t end = place_of(static_cast<std::uint32_t>(last));
    for (; at < end; ++at) take(std::size_t{subject[at]}, at);
    return;
  }
  std::size_t place = first;
  for (; at < size; ++at) {
    while (place < last && subjects_[place] < subject[at]) ++place;
    if (place == last) return;
    if (subjects_[place] == subject[at]) take(place, at);
  }
}

void BatchTally::count(const RecordColumns& columns, std::size_t first,
                       std::size_t last, std::int64_t* values) const {
  const std::int32_t* day = columns.valid_from.data();
  if (windows_.size() == 1) {
    const BatchWindow window = windows_.front();
    for_each_record(
        columns, first, last, [=](std::size_t place, std::size_t at) {
          values[place] += day[at] >= window.from && day[at] < window.until;
        });
    return;
  }
  const std::size_t width = windows_.size();
  for_each_record(columns, first, last, [&](std::size_t place, std::size_t at) {
    for (std::size_t w = 0; w < width; ++w) {
      const auto [from, until] = windows_[w];
      values[place * width + w] += day[at] >= from && day[at] < until;
    }
  });
}

bool BatchTally::add(const RecordColumns& columns, std::size_t first,
                     std::size_t last, std::int64_t* values) const {
  bool fits = true;
  const std::size_t width = windows_.size();
  if (width == 1) {
    const BatchWindow window = windows_.front();
    const std::int32_t* const days = columns.valid_from.data();
    const std::int64_t* const added = columns.value.data();
    for_each_record(
        columns, first, last, [&](std::size_t place, std::size_t at) {
          const bool is_inside =
              days[at] >= window.from && days[at] < window.until;
          fits &= add_checked(values[place], is_inside ? added[at] : 0);
        });
    return fits;
  }
  for_each_record(columns, first, last, [&](std::size_t place, std::size_t at) {
    const std::int32_t day = columns.valid_from[at];
    for (std::size_t w = 0; w < width; ++w) {
      const auto [from, until] = windows_[w];
      if (day < from || day >= until) continue;
      fits = add_checked(values[place * width + w], columns.value[at]) && fits;
    }
  });
  return fits;
}

// One value of those of the window. The last looks before the window too: what
// was reported holds until something else is.
void BatchTally::choose(const RecordColumns& columns, std::size_t first,
                        std::size_t last, const BatchCells& cells) const {
  const std::size_t width = windows_.size();
  for_each_record(columns, first, last, [&](std::size_t place, std::size_t at) {
    const std::int32_t day = columns.valid_from[at];
    const std::int64_t value = columns.value[at];
    for (std::size_t w = 0; w < width; ++w) {
      const auto [from, until] = windows_[w];
      const bool is_last = reduction_ == Reduction::last;
      if (day >= until || (day < from && !is_last)) continue;
      const std::size_t cell = place * width + w;
      std::int64_t& chosen = cells.values[cell];
      const bool is_first = cells.has_value[cell] == 0;
      cells.has_value[cell] = 1;
      if (is_first || is_last ||
          (reduction_ == Reduction::least ? value < chosen : value > chosen)) {
        chosen = value;
      }
    }
  });
}

}  // namespace headrope
