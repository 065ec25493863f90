// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading the figures of a moment.

#include <algorithm>
#include <utility>

#include "live/core.hpp"

namespace headrope {

LiveMoment::LiveMoment(std::unique_ptr<const State> state)
    : state_(std::move(state)) {}

LiveMoment::~LiveMoment() {
  if (state_->mark != nullptr) state_->core->end(state_->mark);
}

std::uint64_t LiveMoment::sequence() const { return state_->sequence; }

Result<std::int64_t> LiveMoment::value(std::size_t figure,
                                       PlaceIndex place) const {
  const auto found = figure_at(*state_->core, figure, false, place);
  if (!found) return found.error();
  return (*found)->at(state_->figures[figure], place.value, 0);
}

Result<StatusCounts> LiveMoment::counts(std::size_t figure,
                                        PlaceIndex place) const {
  const auto found = figure_at(*state_->core, figure, true, place);
  if (!found) return found.error();
  return counts_at(**found, state_->figures[figure], place);
}

Result<void> LiveMoment::values_into(std::size_t figure,
                                     std::span<std::int64_t> values) const {
  const auto found = figure_at(*state_->core, figure, false);
  if (!found) return found.error();
  if (values.size() != state_->core->forest.place_count()) {
    return Error{Code::invalid_argument,
                 "there must be room for one value for each place"};
  }
  (*found)->copy(state_->figures[figure], 0, values);
  return {};
}

Result<std::vector<std::int64_t>> LiveMoment::values(std::size_t figure) const {
  const auto found = figure_at(*state_->core, figure, false);
  if (!found) return found.error();
  std::vector<std::int64_t> values(state_->core->forest.place_count());
  (*found)->copy(state_->figures[figure], 0, values);
  return values;
}

Result<Coverage> LiveMoment::coverage(std::size_t figure) const {
  const auto found = figure_at(*state_->core, figure, true);
  if (!found) return found.error();
  const FigureState& state = state_->figures[figure];
  const Forest& forest = state_->core->forest;
  // A status occurs if it does at a root.
  StatusCounts total;
  for (std::uint32_t root = 0; root < forest.place_count();
       root = forest.end({root}).value) {
    const StatusCounts counts = counts_at(**found, state, {root});
    for (std::size_t status = 0; status < status_count; ++status) {
      total.by_status[status] += counts.by_status[status];
    }
  }
  Coverage coverage;
  coverage.place_count = forest.place_count();
  coverage.unplaced = state.unplaced;
  for (std::size_t status = 0; status < status_count; ++status) {
    if (total.by_status[status] == 0) continue;
    coverage.by_status[status].resize(coverage.place_count);
    (*found)->copy(state, status, coverage.by_status[status]);
  }
  return coverage;
}

Result<void> LiveMoment::counts_into(std::size_t figure, Status status,
                                     std::span<std::int64_t> counts) const {
  const auto found = figure_at(*state_->core, figure, true);
  if (!found) return found.error();
  const auto column = static_cast<std::size_t>(status);
  if (column >= status_count ||
      counts.size() != state_->core->forest.place_count()) {
    return Error{Code::invalid_argument,
                 "there must be a status, and room for one count for each "
                 "place"};
  }
  (*found)->copy(state_->figures[figure], column, counts);
  return {};
}

Result<StatusCounts> LiveMoment::unplaced(std::size_t figure) const {
  const auto found = figure_at(*state_->core, figure, true);
  if (!found) return found.error();
  return state_->figures[figure].unplaced;
}

}  // namespace headrope
