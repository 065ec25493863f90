// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading the items of a subject out of the columns, and reducing them.

#include "evaluate/reduce.hpp"

#include <algorithm>

#include "base/checked.hpp"

namespace headrope {
namespace {

Item item_at(const RecordColumns& columns, std::size_t at) {
  return {columns.valid_from[at], columns.valid_until[at], columns.value[at],
          columns.record[at]};
}

bool begins_in(const Item& item, const Interval& window) {
  return window.contains(Date{item.valid_from});
}

std::int64_t count_days(std::span<const Item> items, const Interval& window) {
  std::int64_t days = 0;
  std::int32_t reached = window.valid_from.days;
  for (const Item& item : items) {
    const std::int32_t first = std::max(item.valid_from, reached);
    const std::int32_t until =
        std::min(item.valid_until, window.valid_until.days);
    if (until <= first) continue;
    days += until - first;
    reached = until;
  }
  return days;
}

Result<std::optional<std::int64_t>> sum_values(std::span<const Item> items,
                                               const Interval& window) {
  int128 sum = 0;
  for (const Item& item : items) {
    if (begins_in(item, window)) sum += item.value;
  }
  const auto value = static_cast<std::int64_t>(sum);
  if (value != sum) {
    return Error{Code::sum_overflow,
                 "the sum of a subject's values is beyond 64 bits"};
  }
  return std::optional(value);
}

// The records that reach the subtree of a unit, of one measure.
template <typename Use>
void for_each_reaching(const RecordColumns& columns, std::uint32_t unit,
                       const Use& use) {
  const auto first =
      std::lower_bound(columns.reaching.begin(), columns.reaching.end(), unit,
                       [&](std::uint32_t at, std::uint32_t wanted) {
                         return columns.subject[at] < wanted;
                       });
  for (auto at = first;
       at != columns.reaching.end() && columns.subject[*at] == unit; ++at) {
    use(*at);
  }
}

}  // namespace

Result<std::optional<std::int64_t>> reduce(std::span<const Item> items,
                                           Reduction reduction,
                                           const Interval& window) {
  std::optional<std::int64_t> value;
  switch (reduction) {
    case Reduction::count:
      return std::optional(std::int64_t{std::count_if(
          items.begin(), items.end(),
          [&](const Item& item) { return begins_in(item, window); })});
    case Reduction::sum:
      return sum_values(items, window);
    case Reduction::distinct_days:
      return std::optional(count_days(items, window));
    case Reduction::last:
      for (const Item& item : items) {
        if (item.valid_from < window.valid_until.days) value = item.value;
      }
      return value;
    case Reduction::least:
    case Reduction::greatest:
      for (const Item& item : items) {
        if (!begins_in(item, window)) continue;
        value = !value                          ? item.value
                : reduction == Reduction::least ? std::min(*value, item.value)
                                                : std::max(*value, item.value);
      }
      return value;
  }
  return value;
}

ItemReader::ItemReader(const Snapshot& snapshot, const Tally& tally,
                       Subjects::Type subjects, std::uint32_t first)
    : snapshot_(snapshot), tally_(tally) {
  for (const Forest& forest : snapshot.forests()) {
    if (forest.hierarchy() == tally.credit_along) credit_forest_ = &forest;
  }
  std::vector<MeasureId> measures = tally.measures;
  std::sort(measures.begin(), measures.end());
  measures.erase(std::unique(measures.begin(), measures.end()), measures.end());
  counts_measure_.assign(snapshot.measures().size(), false);
  for (const MeasureId measure : measures) {
    counts_measure_[measure.value] = true;
    columns_.push_back(subjects == Subjects::Type::units
                           ? &snapshot.unit_records(measure)
                           : &snapshot.person_records(measure));
  }
  for (const RecordColumns* columns : columns_) {
    const auto& subject = columns->subject;
    next_.push_back(static_cast<std::size_t>(
        std::lower_bound(subject.begin(), subject.end(), first) -
        subject.begin()));
  }
  const auto marks = snapshot.marks();
  next_mark_ = static_cast<std::size_t>(
      std::lower_bound(marks.begin(), marks.end(), first,
                       [](const Mark& mark, std::uint32_t person) {
                         return mark.person.value < person;
                       }) -
      marks.begin());
  if (credit_forest_ == nullptr) return;
  has_reaching_.assign(snapshot.unit_count(), false);
  for (const RecordColumns* columns : columns_) {
    for (const std::uint32_t at : columns->reaching) {
      if (columns->subject[at] < has_reaching_.size()) {
        has_reaching_[columns->subject[at]] = true;
      }
    }
  }
}

std::span<const Item> ItemReader::of(std::uint32_t subject) {
  items_.clear();
  if (tally_.source == Tally::Source::attendance) {
    add_attended({subject});
  } else {
    add_own(subject);
    // Records without a living unit are nobody's to be credited to.
    if (credit_forest_ != nullptr && subject < snapshot_.unit_count()) {
      add_credited({subject});
    }
  }
  if (!std::is_sorted(items_.begin(), items_.end(), item_before)) {
    std::sort(items_.begin(), items_.end(), item_before);
  }
  return items_;
}

void ItemReader::add_own(std::uint32_t subject) {
  for (std::size_t which = 0; which < columns_.size(); ++which) {
    const RecordColumns& columns = *columns_[which];
    std::size_t& at = next_[which];
    while (at < columns.size() && columns.subject[at] < subject) ++at;
    for (; at < columns.size() && columns.subject[at] == subject; ++at) {
      items_.push_back(item_at(columns, at));
    }
  }
}

void ItemReader::add_credited(UnitIndex unit) {
  // A unit above by several paths is credited once.
  std::vector<std::uint32_t> above;
  const auto climb = [&](PlaceIndex place) {
    for (place = credit_forest_->parent(place); !place.is_none();
         place = credit_forest_->parent(place)) {
      const std::uint32_t upper = credit_forest_->unit(place).value;
      if (has_reaching_[upper]) above.push_back(upper);
    }
  };
  const PlaceIndex first = credit_forest_->first_place(unit);
  if (first.is_none()) return;
  climb(first);
  for (const std::uint32_t place : credit_forest_->more_places(unit)) {
    climb({place});
  }
  std::sort(above.begin(), above.end());
  above.erase(std::unique(above.begin(), above.end()), above.end());
  for (const std::uint32_t upper : above) {
    for (const RecordColumns* columns : columns_) {
      for_each_reaching(*columns, upper, [&](std::uint32_t at) {
        items_.push_back(item_at(*columns, at));
      });
    }
  }
}

void ItemReader::add_attended(PersonId person) {
  const auto marks = snapshot_.marks();
  const auto attended = snapshot_.attended_records();
  while (next_mark_ < marks.size() && marks[next_mark_].person < person) {
    ++next_mark_;
  }
  for (; next_mark_ < marks.size() && marks[next_mark_].person == person;
       ++next_mark_) {
    const Mark& mark = marks[next_mark_];
    const AttendedRecord& record = attended[mark.attended];
    if (tally_.presences.contains(mark.presence) &&
        counts_measure_[record.measure.value]) {
      items_.push_back({record.valid.valid_from.days,
                        record.valid.valid_until.days, record.value,
                        record.record.value});
    }
  }
}

}  // namespace headrope
