// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What live figures and their moments share: the figures, the rows as they
// stand, the epochs, and the gate through which one thread goes at a time.

#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "headrope/live.hpp"
#include "live/change_ring.hpp"
#include "live/figure.hpp"

namespace headrope {

/// The state behind LiveFigures; its moments keep it alive.
struct LiveCore {
  LiveCore(std::shared_ptr<const Snapshot> snapshot_given,
           const Forest& forest_given, const LiveOptions& options)
      : snapshot(std::move(snapshot_given)),
        forest(forest_given),
        rows(*snapshot, options.changes_max),
        ring(options.remembered_max) {}

  /// Makes a staged and planned batch or nothing of it. The gate is held.
  [[nodiscard]] Result<std::uint64_t> apply(
      std::span<const LiveChange> changes);
  /// Gives back what only moments that ended saw. The gate is held.
  void clear_ended() noexcept;
  /// Notes that a moment ended. Any thread.
  void end(Epochs::Mark* mark) noexcept;
  [[nodiscard]] std::size_t byte_count() const;

  const std::shared_ptr<const Snapshot> snapshot;
  const Forest& forest;

  std::mutex gate;  ///< before everything below, but for what has ended
  Epochs epochs;
  LiveRows rows;
  std::vector<std::unique_ptr<KeptFigure>> figures;
  ChangeRing ring;
  std::uint64_t sequence = 0;
  std::weak_ptr<const LiveMoment> latest;
  Batch batch;
  std::vector<PlaceIndex> places;  ///< that the last batch changed

  std::mutex ended_gate;
  Epochs::Mark* ended = nullptr;

 private:
  [[nodiscard]] Result<void> stage_and_plan(
      std::span<const LiveChange> changes);
  void take_back(const LiveRows::Checkpoint& before) noexcept;
};

/// What a moment keeps.
struct LiveMoment::State {
  std::shared_ptr<LiveCore> core;
  Epochs::Mark* mark = nullptr;
  std::uint64_t sequence = 0;
  std::vector<FigureState> figures;
};

/// The figure at a position, if it is there, has the place, and is a coverage
/// or not, as is wanted; else `invalid_argument`.
[[nodiscard]] Result<const KeptFigure*> figure_at(const LiveCore& core,
                                                  std::size_t figure,
                                                  bool is_coverage);
[[nodiscard]] Result<const KeptFigure*> figure_at(const LiveCore& core,
                                                  std::size_t figure,
                                                  bool is_coverage,
                                                  PlaceIndex place);
/// The counts of a place in a state of a coverage.
[[nodiscard]] StatusCounts counts_at(const KeptFigure& figure,
                                     const FigureState& state,
                                     PlaceIndex place);

}  // namespace headrope
