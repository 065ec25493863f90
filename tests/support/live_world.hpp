// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Changes to an organisation of plain rows, and the figures that a fresh freeze
// of the rows gives: what live figures are compared with.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "support/organisation.hpp"
#include <headrope/live.hpp>

namespace headrope::testing {

/// The numbers of one figure: one column by place, or seven by status, and then
/// those that have no place.
struct FigureNumbers {
  std::vector<std::vector<std::int64_t>> columns;
  StatusCounts unplaced{};
  friend bool operator==(const FigureNumbers& left,
                         const FigureNumbers& right) {
    return left.columns == right.columns &&
           left.unplaced.by_status == right.unplaced.by_status;
  }
};
using AllNumbers = std::vector<FigureNumbers>;

/// A change as it is drawn, before it is said which rows it speaks of.
struct ChangeDraw {
  std::uint32_t type = 0;
  std::uint32_t row = 0;
  std::uint32_t measure = 0;
  std::uint32_t unit = 0;
  std::uint32_t person = 0;
  std::uint32_t subjects = 0;
  Date day{};
  std::int32_t length = 1;
  std::int64_t value = 0;
  bool reaches = false;
  bool is_primary = false;
  bool ends_batch = false;
};

/// Draws of changes, many of which can be made.
[[nodiscard]] rc::Gen<std::vector<ChangeDraw>> change_draws(bool large_values);

/// An organisation that changes, as plain rows. The position of a record is
/// its RecordId.
class LiveWorld {
 public:
  /// @param on the day of the changes.
  LiveWorld(Organisation organisation, const Snapshot& snapshot, Date on);

  /// Says what a draw means here, if it can be said.
  [[nodiscard]] std::optional<LiveChange> change_of(
      const ChangeDraw& draw) const;
  /// Makes a change in the rows; false and nothing changed if the rules of the
  /// model do not allow it.
  [[nodiscard]] bool make(const LiveChange& change);

  [[nodiscard]] const Organisation& organisation() const {
    return organisation_;
  }

 private:
  [[nodiscard]] bool holds(const Clocks& clocks) const;
  [[nodiscard]] bool begins_now(const LiveChange& change) const;
  [[nodiscard]] bool make_record(const LiveRecord& record);
  [[nodiscard]] bool withdraw(const LiveRecord& record);
  [[nodiscard]] bool join(const LiveChange& change);
  [[nodiscard]] bool leave(const LiveChange& change);

  Organisation organisation_;
  const Snapshot* snapshot_;
  std::map<Name, std::uint32_t> unit_of_name_;  // Those that live.
  Date on_;
};

/// What a fresh snapshot gives for the figures; nothing if one of them is
/// refused because a sum is too large.
[[nodiscard]] std::optional<AllNumbers> fresh_numbers(
    const std::shared_ptr<const Snapshot>& snapshot, const Name& hierarchy,
    const std::vector<LiveFigure>& figures);

/// The same numbers of a moment.
[[nodiscard]] AllNumbers numbers_of(const LiveMoment& moment,
                                    const std::vector<LiveFigure>& figures,
                                    std::size_t place_count);

/// The places where numbers differ.
[[nodiscard]] std::vector<PlaceIndex> differing(const AllNumbers& before,
                                                const AllNumbers& after);

}  // namespace headrope::testing
