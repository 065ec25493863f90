// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The matrix of duties by holders, units or kinds as cells: what the cross
// table and the picture have in common.

#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "headrope/responsibility_tables.hpp"
#include "report/names.hpp"

namespace headrope {

/// One cell of a matrix.
struct CrossCell {
  /// What it says about leads, the worst last.
  enum class State : std::uint8_t {
    other,  ///< a role that does not lead
    lead,   ///< one leads
    many,   ///< several lead at once for one unit
    none    ///< somebody should lead, and nobody does
  };
  State state = State::other;
  /// Roles by RoleId, or names of who leads: each once.
  std::vector<std::string> texts;
  std::int64_t gaps = 0;  ///< units without a lead, or 1 for the whole
};

/// A matrix: duties down, the others across; cells that say nothing are not
/// there.
struct CrossCells {
  std::vector<DutyId> duties;
  /// ReportNames for people, each once; identities are added where names
  /// repeat.
  std::vector<std::string> others;
  bool counts_gaps = false;  ///< the last of `others` counts what has no lead
  std::map<std::pair<std::uint32_t, std::uint32_t>, CrossCell> cells;

  /// The cell of a duty and another; nullptr if it says nothing.
  [[nodiscard]] const CrossCell* find(std::size_t duty,
                                      std::size_t other) const;
};

/// Gathers the cells. Rows without a duty, which are posts of the units' own,
/// are left out. Holders stand in the order in which the duties name them,
/// units and kinds in that of the snapshot; what is of no unit comes last.
[[nodiscard]] CrossCells cross_cells(const Snapshot& snapshot,
                                     std::span<const Holder> holders,
                                     MatrixBy by, const ReportNames& names);

}  // namespace headrope
