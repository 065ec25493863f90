// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "responsibility/reach.hpp"

#include <algorithm>

#include "responsibility/runs.hpp"

namespace headrope {
namespace {

// Marks a unit and what is below it in a forest.
void mark_subtree(const Forest& forest, UnitIndex top,
                  std::vector<std::uint8_t>& marks) {
  const auto mark = [&](PlaceIndex place) {
    for (std::uint32_t at = place.value; at < forest.end(place).value; ++at) {
      marks[forest.unit(PlaceIndex{at}).value] = 1;
    }
  };
  const PlaceIndex first = forest.first_place(top);
  if (first.is_none()) return;
  mark(first);
  for (const std::uint32_t more : forest.more_places(top)) {
    mark(PlaceIndex{more});
  }
}

}  // namespace

void mark_covered(const Snapshot& snapshot, const DutyReach& scope,
                  std::vector<std::uint8_t>& marks) {
  switch (scope.type) {
    case Scope::Type::all:
      std::fill(marks.begin(), marks.end(), std::uint8_t{1});
      return;
    case Scope::Type::kind: {
      std::vector<std::uint8_t> wanted(snapshot.kinds().size());
      for (std::uint32_t kind = 0; kind < wanted.size(); ++kind) {
        wanted[kind] = snapshot.is_a(KindId{kind}, scope.kind) ? 1 : 0;
      }
      const auto kinds = snapshot.kind_column();
      for (std::size_t unit = 0; unit < kinds.size(); ++unit) {
        marks[unit] |= wanted[kinds[unit].value];
      }
      return;
    }
    case Scope::Type::subtree:
      for (const Forest& forest : snapshot.forests()) {
        if (forest.hierarchy() == scope.hierarchy && !scope.unit.is_none()) {
          mark_subtree(forest, scope.unit, marks);
        }
      }
      [[fallthrough]];
    case Scope::Type::unit:
      if (!scope.unit.is_none()) marks[scope.unit.value] = 1;
  }
}

std::vector<std::uint8_t> units_reached(const Responsibility::Index& index,
                                        DutyId duty, const Interval& days) {
  std::vector<std::uint8_t> marks(index.snapshot->unit_count());
  for (const std::uint32_t at : index.reaches_of_duty.of(duty.value)) {
    if (touches(index.reaches[at].valid, days)) {
      mark_covered(*index.snapshot, index.reaches[at], marks);
    }
  }
  return marks;
}

UnitFilter::UnitFilter(const Responsibility::Index& index, const Forest* forest,
                       UnitIndex top, std::optional<KindId> kind) {
  is_all_ = forest == nullptr && !kind;
  if (is_all_) return;
  const Snapshot& snapshot = *index.snapshot;
  marks_.assign(snapshot.unit_count(), forest == nullptr ? 1 : 0);
  if (forest != nullptr && top.value < snapshot.unit_count()) {
    mark_subtree(*forest, top, marks_);
    marks_[top.value] = 1;
  } else if (forest != nullptr && top.is_none()) {
    for (std::uint32_t at = 0; at < forest->place_count(); ++at) {
      marks_[forest->unit(PlaceIndex{at}).value] = 1;
    }
  }
  for (std::uint32_t unit = 0; kind && unit < marks_.size(); ++unit) {
    if (!snapshot.is_a(snapshot.kind(UnitIndex{unit}), *kind)) marks_[unit] = 0;
  }
}

}  // namespace headrope
