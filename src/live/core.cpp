// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "live/core.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace headrope {

Result<std::uint64_t> LiveCore::apply(std::span<const LiveChange> changes) {
  if (changes.empty()) return sequence;
  clear_ended();
  const LiveRows::Checkpoint before = rows.checkpoint();
  try {
    if (auto done = stage_and_plan(changes); !done) {
      take_back(before);
      return done.error();
    }
  } catch (...) {
    take_back(before);
    throw;
  }
  // From here on nothing can fail.
  places.clear();
  for (const auto& figure : figures) figure->commit(places);
  if (figures.size() > 1) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
  }
  rows.keep();
  batch.clear();
  ring.note(++sequence, places);
  return sequence;
}

Result<void> LiveCore::stage_and_plan(std::span<const LiveChange> changes) {
  for (std::size_t at = 0; at < changes.size(); ++at) {
    if (auto done = rows.stage(changes[at], batch); !done) {
      return Error{done.error().code, "change " + std::to_string(at + 1) +
                                          ": " + done.error().message};
    }
  }
  std::size_t changed = 0;
  for (const auto& figure : figures) {
    if (auto done = figure->plan(batch); !done) return done;
    changed += figure->change_count();
  }
  places.clear();
  places.reserve(changed);
  ring.prepare();
  return {};
}

void LiveCore::take_back(const LiveRows::Checkpoint& before) noexcept {
  for (const auto& figure : figures) figure->drop();
  rows.unstage(batch, before);
}

void LiveCore::end(Epochs::Mark* mark) noexcept {
  const std::scoped_lock lock(ended_gate);
  mark->next_ended = std::exchange(ended, mark);
}

void LiveCore::clear_ended() noexcept {
  Epochs::Mark* list = nullptr;
  {
    const std::scoped_lock lock(ended_gate);
    list = std::exchange(ended, nullptr);
  }
  while (list != nullptr) {
    Epochs::Mark* const mark = std::exchange(list, list->next_ended);
    epochs.end(mark, [&](std::size_t figure, PageHead* page, bool is_leaf) {
      figures[figure]->give_back(page, is_leaf);
    });
  }
}

std::size_t LiveCore::byte_count() const {
  std::size_t bytes = rows.byte_count() + ring.byte_count();
  for (const auto& figure : figures) bytes += figure->byte_count();
  return bytes;
}

Result<const KeptFigure*> figure_at(const LiveCore& core, std::size_t figure,
                                    bool is_coverage) {
  if (figure >= core.figures.size()) {
    return Error{Code::invalid_argument,
                 "there is no figure at position " + std::to_string(figure)};
  }
  const KeptFigure* const found = core.figures[figure].get();
  if (found->is_coverage() != is_coverage) {
    return Error{Code::invalid_argument,
                 "figure " + std::to_string(figure) +
                     (is_coverage ? " is no coverage" : " is a coverage")};
  }
  return found;
}

Result<const KeptFigure*> figure_at(const LiveCore& core, std::size_t figure,
                                    bool is_coverage, PlaceIndex place) {
  if (place.value >= core.forest.place_count()) {
    return Error{Code::invalid_argument,
                 "there is no place " + std::to_string(place.value)};
  }
  return figure_at(core, figure, is_coverage);
}

StatusCounts counts_at(const KeptFigure& figure, const FigureState& state,
                       PlaceIndex place) {
  StatusCounts counts;
  for (std::size_t status = 0; status < status_count; ++status) {
    counts.by_status[status] = figure.at(state, place.value, status);
  }
  return counts;
}

}  // namespace headrope
