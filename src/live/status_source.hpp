// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The status that a rule gives one subject now, whichever kind of rule it is,
// and which subjects a batch may have changed.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "live/rows.hpp"

namespace headrope {

/// Gives the overall status of one subject after another.
/// @threads One thread at a time.
class StatusSource {
 public:
  virtual ~StatusSource() = default;

  /// True if the subjects are persons, false if they are units.
  [[nodiscard]] virtual bool has_persons() const = 0;
  /// The status as the rows stand; nothing for what is no subject.
  /// @returns the error that `assess` would give.
  [[nodiscard]] virtual Result<std::optional<Status>> status_of(
      std::uint32_t subject) = 0;
  /// Appends the subjects whose status a record may change.
  virtual void append_affected(const RecordEdit& edit,
                               std::vector<std::uint32_t>& subjects) const = 0;
};

/// Of a rule written in code, which must be one that `assess` takes and that
/// does not tally attendance.
[[nodiscard]] std::unique_ptr<StatusSource> make_status_source(
    const LiveRows& rows, const Rule& rule, std::vector<Interval> windows);

/// Of a rule of a pack.
/// @returns as `assess`; `invalid_argument` for one that looks at more than the
///   subject's own records, kind and attributes.
[[nodiscard]] Result<std::unique_ptr<StatusSource>> make_pack_status_source(
    LiveRows& rows, const LivePackCoverage& wanted);

}  // namespace headrope
