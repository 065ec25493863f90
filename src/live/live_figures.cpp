// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Making live figures, changing them, and telling who listens.

#include <algorithm>
#include <string>
#include <utility>

#include "base/utf8.hpp"
#include "headrope/damaged.hpp"
#include "live/core.hpp"

namespace headrope {
namespace {

FigureResult make_figure(const FigureParts& parts, const LiveFigure& wanted) {
  struct Maker {
    const FigureParts& parts;
    FigureResult operator()(const LiveSums& sums) const {
      return make_sums(parts, sums);
    }
    FigureResult operator()(const LiveCoverage& coverage) const {
      return make_coverage(parts, coverage);
    }
    FigureResult operator()(const LivePackCoverage& coverage) const {
      return make_pack_coverage(parts, coverage);
    }
    FigureResult operator()(const LiveMembers& members) const {
      return make_members(parts, members);
    }
  };
  return std::visit(Maker{parts}, wanted);
}

Error from_a_listener() {
  return {Code::invalid_argument, "a listener may only read"};
}

}  // namespace

struct LiveFigures::Parts {
  struct Listener {
    std::uint64_t number;
    LiveListener tell;
  };

  // Tells all listeners of the last batch; one that throws is dropped.
  void tell_all() {
    is_telling = true;
    const LiveNotice notice{core->sequence, core->places};
    std::erase_if(listeners, [&](const Listener& listener) {
      try {
        listener.tell(notice);
        return false;
      } catch (...) {
        return true;
      }
    });
    is_telling = false;
  }

  std::shared_ptr<LiveCore> core;
  std::vector<Listener> listeners;
  std::uint64_t last_listener = 0;
  bool is_telling = false;
};

LiveFigures::LiveFigures(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}
LiveFigures::~LiveFigures() = default;
LiveFigures::LiveFigures(LiveFigures&&) noexcept = default;
LiveFigures& LiveFigures::operator=(LiveFigures&&) noexcept = default;

Result<LiveFigures> LiveFigures::make(std::shared_ptr<const Snapshot> snapshot,
                                      std::string_view hierarchy,
                                      std::span<const LiveFigure> figures,
                                      const LiveOptions& options) try {
  if (snapshot == nullptr) {
    return Error{Code::invalid_argument, "a snapshot is missing"};
  }
  const Forest* const forest = snapshot->find_forest(hierarchy);
  if (forest == nullptr) {
    return Error{
        Code::hierarchy_unknown,
        "the snapshot has no places in a hierarchy " + in_quotes(hierarchy)};
  }
  if (figures.empty()) {
    return Error{Code::invalid_argument, "no figure is asked for"};
  }
  auto parts = std::make_unique<Parts>();
  parts->core =
      std::make_shared<LiveCore>(std::move(snapshot), *forest, options);
  LiveCore& core = *parts->core;
  auto done = until_stopped("making live figures", [&]() -> Result<void> {
    for (std::size_t at = 0; at < figures.size(); ++at) {
      auto figure = make_figure(
          {*core.snapshot, core.forest, core.rows, core.epochs, at, options},
          figures[at]);
      if (!figure) {
        return Error{figure.error().code, "figure " + std::to_string(at) +
                                              ": " + figure.error().message};
      }
      core.figures.push_back(*std::move(figure));
    }
    return {};
  });
  if (!done) return done.error();
  return LiveFigures(std::move(parts));
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

const std::shared_ptr<const Snapshot>& LiveFigures::snapshot() const {
  return parts_->core->snapshot;
}

const Forest& LiveFigures::forest() const { return parts_->core->forest; }

std::size_t LiveFigures::figure_count() const {
  return parts_->core->figures.size();
}

RecordId LiveFigures::next_record() const {
  const std::scoped_lock lock(parts_->core->gate);
  return {parts_->core->rows.next_record()};
}

std::uint64_t LiveFigures::sequence() const {
  const std::scoped_lock lock(parts_->core->gate);
  return parts_->core->sequence;
}

Result<std::uint64_t> LiveFigures::apply(
    std::span<const LiveChange> changes) try {
  if (parts_->is_telling) return from_a_listener();
  auto done = [&] {
    const std::scoped_lock lock(parts_->core->gate);
    return parts_->core->apply(changes);
  }();
  if (done && !changes.empty() && !parts_->core->places.empty() &&
      !parts_->listeners.empty()) {
    parts_->tell_all();
  }
  return done;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<std::int64_t> LiveFigures::value(std::size_t figure,
                                        PlaceIndex place) const {
  const std::scoped_lock lock(parts_->core->gate);
  const auto found = figure_at(*parts_->core, figure, false, place);
  if (!found) return found.error();
  return (*found)->at((*found)->state(), place.value, 0);
}

Result<StatusCounts> LiveFigures::counts(std::size_t figure,
                                         PlaceIndex place) const {
  const std::scoped_lock lock(parts_->core->gate);
  const auto found = figure_at(*parts_->core, figure, true, place);
  if (!found) return found.error();
  return counts_at(**found, (*found)->state(), place);
}

std::shared_ptr<const LiveMoment> LiveFigures::moment() const {
  LiveCore& core = *parts_->core;
  const std::scoped_lock lock(core.gate);
  if (auto latest = core.latest.lock();
      latest != nullptr && latest->sequence() == core.sequence) {
    return latest;
  }
  core.clear_ended();
  auto state = std::make_unique<LiveMoment::State>();
  state->core = parts_->core;
  state->sequence = core.sequence;
  state->figures.reserve(core.figures.size());
  for (const auto& figure : core.figures) {
    state->figures.push_back(figure->state());
  }
  LiveMoment::State& kept = *state;
  auto moment = std::make_shared<const LiveMoment>(std::move(state));
  kept.mark = core.epochs.take(core.figures.size());
  core.latest = moment;
  return moment;
}

LiveChanges LiveFigures::changed_since(std::uint64_t sequence) const {
  const std::scoped_lock lock(parts_->core->gate);
  return parts_->core->ring.since(sequence, parts_->core->sequence);
}

Result<std::uint64_t> LiveFigures::subscribe(LiveListener listener) {
  if (parts_->is_telling) return from_a_listener();
  if (!listener) return Error{Code::invalid_argument, "a listener is missing"};
  parts_->listeners.push_back({parts_->last_listener + 1, std::move(listener)});
  return ++parts_->last_listener;
}

Result<void> LiveFigures::unsubscribe(std::uint64_t listener) {
  if (parts_->is_telling) return from_a_listener();
  const std::size_t gone = std::erase_if(
      parts_->listeners,
      [&](const Parts::Listener& one) { return one.number == listener; });
  if (gone > 0) return {};
  return Error{Code::not_found,
               "there is no listener " + std::to_string(listener)};
}

std::size_t LiveFigures::byte_count() const {
  const std::scoped_lock lock(parts_->core->gate);
  return parts_->core->byte_count();
}

}  // namespace headrope
