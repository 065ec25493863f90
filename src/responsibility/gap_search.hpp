// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the searches for findings share: the question, what was found, and one
// function for each family of findings.

#pragma once

#include <cstdint>
#include <vector>

#include "responsibility/index.hpp"
#include "responsibility/reach.hpp"
#include "responsibility/runs.hpp"

namespace headrope {

/// A search that is under way. Once it is full or stopped, nothing is added.
class GapSearch {
 public:
  GapSearch(const Responsibility::Index& asked_of, const GapQuestion& asked);

  const Responsibility::Index& index;
  const GapQuestion& question;
  Interval days;  ///< that are asked about

  /// True if findings of a type are asked for.
  [[nodiscard]] bool wants(GapType type) const {
    return wanted_[static_cast<std::size_t>(type)] != 0;
  }
  /// True if findings of one of two types are.
  [[nodiscard]] bool wants(GapType one, GapType other) const {
    return wants(one) || wants(other);
  }
  /// True if findings about a duty (none: about none) are asked for.
  [[nodiscard]] bool wants(DutyId duty) const;
  /// True if findings about a unit (none: about none) are asked for.
  [[nodiscard]] bool wants(UnitIndex unit) const {
    return filter_.is_all() || (!unit.is_none() && filter_.has(unit));
  }
  /// True if a single day is asked about.
  [[nodiscard]] bool is_one_day() const { return days.day_count() == 1; }

  /// Adds a finding, cut to the life of its unit, if it touches the days.
  void add(const Gap& gap);
  /// True once there is nothing to do any more.
  [[nodiscard]] bool is_over() const { return is_full_ || is_stopped_; }
  /// Tells the caller how far it is; true if it may go on.
  bool go_on(std::uint64_t done, std::uint64_t total);

  /// What was found, in order; or why not.
  [[nodiscard]] Result<std::vector<Gap>> take();

 private:
  void keep(const Gap& gap);

  std::array<std::uint8_t, gap_type_count> wanted_{};
  UnitFilter filter_;
  std::vector<Gap> gaps_;
  bool is_full_ = false;
  bool is_stopped_ = false;
};

/// Adds the days on which a person (`gap.person`) holds something for a unit
/// (`gap.unit`) after the membership there has ended.
void add_left(GapSearch& search, const Interval& held, Gap gap);

/// No lead, two leads, self-lead, more holders than a role allows, and what the
/// needs of duties say; over all units that each duty reaches.
void find_duty_gaps(GapSearch& search);
/// Vacancies, too many holders, offices.
void find_post_gaps(GapSearch& search);
/// Assignments that ended, whose holder is gone, has left or is not allowed,
/// and those that go in a circle.
void find_assignment_gaps(GapSearch& search);
/// Members without a task, tasks without a member, overlapping tasks.
void find_task_gaps(GapSearch& search);
/// What needs say of posts, ties and turns.
void find_need_gaps(GapSearch& search);

}  // namespace headrope
