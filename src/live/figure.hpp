// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A figure that is kept, whatever it is: it works out what a batch changes
// without changing anything, then writes it, which cannot fail.

#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/pace.hpp"
#include "headrope/live.hpp"
#include "live/paged_table.hpp"
#include "live/rows.hpp"

namespace headrope {

/// A figure in one state: what a moment keeps of it.
struct FigureState {
  const PageHead* root = nullptr;
  StatusCounts unplaced{};  ///< of a coverage
};

/// A figure that is kept.
/// @threads The writer's; reading a state: any, while a moment keeps it.
class KeptFigure {
 public:
  virtual ~KeptFigure() = default;

  /// True for a coverage, false for sums and members.
  [[nodiscard]] virtual bool is_coverage() const = 0;
  /// The state now.
  [[nodiscard]] virtual FigureState state() const = 0;
  /// A number of a state. The column of a coverage is a Status, else 0.
  [[nodiscard]] virtual std::int64_t at(const FigureState& state,
                                        std::size_t place,
                                        std::size_t column) const = 0;
  /// A column of a state.
  virtual void copy(const FigureState& state, std::size_t column,
                    std::span<std::int64_t> out) const = 0;

  /// Works out what a staged batch changes. @throws std::bad_alloc.
  [[nodiscard]] virtual Result<void> plan(const Batch& batch) = 0;
  /// How many places `commit` may give.
  [[nodiscard]] virtual std::size_t change_count() const = 0;
  /// Writes what was planned; appends the places within the room there is.
  virtual void commit(std::vector<PlaceIndex>& places) noexcept = 0;
  /// Forgets what was planned.
  virtual void drop() noexcept = 0;

  /// Takes a page back that no moment sees.
  virtual void give_back(PageHead* page, bool is_leaf) noexcept = 0;
  [[nodiscard]] virtual std::size_t byte_count() const = 0;
};

/// What figures are made of.
struct FigureParts {
  const Snapshot& snapshot;
  const Forest& forest;
  LiveRows& rows;
  Epochs& epochs;
  std::size_t number;  ///< of the figure
  const LiveOptions& options;
};

using FigureResult = Result<std::unique_ptr<KeptFigure>>;

/// Makes the figure as it stands in the snapshot.
[[nodiscard]] FigureResult make_sums(const FigureParts& parts,
                                     const LiveSums& wanted);
[[nodiscard]] FigureResult make_coverage(const FigureParts& parts,
                                         const LiveCoverage& wanted);
[[nodiscard]] FigureResult make_pack_coverage(const FigureParts& parts,
                                              const LivePackCoverage& wanted);
[[nodiscard]] FigureResult make_members(const FigureParts& parts,
                                        const LiveMembers& wanted);

}  // namespace headrope
