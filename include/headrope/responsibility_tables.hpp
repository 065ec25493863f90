// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The answers of responsibility.hpp as tables, and the matrix of duties and
// holders (责任分工表) as a table and as a picture. Every table has the same
// columns whatever is in it; columns that say nothing stay empty.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "headrope/responsibility.hpp"
#include "headrope/table.hpp"

namespace headrope {

/// Holders, one row each: the duty, for whom, in which role, how it comes
/// about. A gap row of a matrix shows “no lead” as its role, and no holder.
[[nodiscard]] Table holders_table(const Snapshot& snapshot,
                                  std::span<const Holder> holders,
                                  Language language);

/// The word of a finding in files and tables, such as `no_lead`.
[[nodiscard]] std::string_view gap_type_word(GapType type);

/// Findings, one row each.
[[nodiscard]] Table gaps_table(const Snapshot& snapshot,
                               std::span<const Gap> gaps, Language language);

/// Findings that differ only in whom they concern (unit, post, person) as one
/// row, with the number of findings and of units and the first names. A unit
/// that leads itself is no difference. In the order of the first finding.
/// @complexity O(gaps log gaps).
[[nodiscard]] Table grouped_gaps_table(const Snapshot& snapshot,
                                       std::span<const Gap> gaps,
                                       Language language);

/// The breaks of a chain: unit, state, post, the days, and how many so far as
/// of `day`, itself included; an open day is that of the snapshot. Days that
/// begin nowhere have no number.
[[nodiscard]] Table chain_table(const Snapshot& snapshot, const Chains& chains,
                                Language language,
                                Date day = Date::open_start());

/// The sum of a chain in one row: leaves that are reached, leaves, breaks and
/// first breaks.
[[nodiscard]] Table chain_sum_table(const Chains& chains);

/// The units that hang below each of some breaks.
[[nodiscard]] Table hanging_table(const Snapshot& snapshot,
                                  const Forest& forest,
                                  std::span<const UnitIndex> breaks);

/// Persons and units whose loss would break most.
[[nodiscard]] Table single_points_table(const Snapshot& snapshot,
                                        std::span<const SinglePoint> points);

/// What each carries; a column with each limit that is given, and under `over`
/// the names of those passed.
[[nodiscard]] Table load_table(const Snapshot& snapshot,
                               std::span<const Load> loads,
                               const BurdenLimits& limits, Language language);

/// Who held a post, and when nobody did; with the number of days where both
/// ends are known.
[[nodiscard]] Table tenures_table(
    const Snapshot& snapshot, PostId post,
    std::span<const Responsibility::Tenure> tenures, Language language);

/// Missed requirements and who had to answer, one row for each holder; one
/// without a holder where there was none.
[[nodiscard]] Table missed_table(const Snapshot& snapshot,
                                 const RuleAssessment& assessment,
                                 std::span<const Missed> missed,
                                 Language language);

/// What stands beside the duties in a matrix.
enum class MatrixBy : std::uint8_t {
  holder,  ///< the holders; cells: their roles
  unit,    ///< the units that are answered for; cells: who leads
  kind     ///< the kinds of these units; cells: who leads
};

/// The matrix as a cross table: a row for each duty. By holder, several roles
/// of one are joined, and if something has no lead a last column counts it. By
/// unit and kind, a cell names who leads, or says that nobody does; it is empty
/// where the duty does not reach.
/// @param holders of `matrix`, with its gap rows.
/// @complexity O(holders log holders + cells).
[[nodiscard]] Table cross_table(const Snapshot& snapshot,
                                std::span<const Holder> holders, MatrixBy by,
                                Language language);

/// How a matrix is drawn.
struct PictureOptions {
  MatrixBy by = MatrixBy::holder;
  Language language = Language::zh;
  std::string_view title{};       ///< empty: “Who answers for what”
  Date day = Date::open_start();  ///< open: the day of the snapshot
  std::size_t narrow_max = 60;    ///< cells one way
  std::size_t wide_max = 400;     ///< cells the other way
};

/// Draws the cross table as SVG: leads are dark, other roles light; where
/// nobody leads a cell is red, where several do it is amber. Duties run down
/// if the others fit across; by unit they run across. Long names are broken
/// into lines, never cut. All texts are escaped; characters that XML does not
/// allow, and those that turn the direction of text, become U+FFFD.
/// @returns `limit_exceeded` if there are more cells than the options allow.
/// @complexity O(holders log holders + cells).
[[nodiscard]] Result<std::string> matrix_svg(
    const Snapshot& snapshot, std::span<const Holder> holders,
    const PictureOptions& options = {});

}  // namespace headrope
