// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// One HTML file that shows how an organisation stands under a pack: the trees
// with the coverage of each rule, a heat map by month, findings about
// responsibility, rules with their clauses, who falls out under another pack,
// and why each subject has its status. It needs no network and no server.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/pack_answers.hpp"
#include "headrope/publish.hpp"
#include "headrope/snapshot.hpp"
#include "headrope/table.hpp"

namespace headrope {

/// What a report shows.
struct ReportQuestion {
  PackPointer pack{};                   ///< must be given
  PackPointer against{};                ///< who falls out under it; or none
  std::vector<std::size_t> rules{};     ///< positions in the pack; empty: all
  Interval range{};                     ///< the days, as in `RuleQuestion`
  std::vector<std::string> group_by{};  ///< attributes, for the disparity
  CountBasis basis = CountBasis::primary;
  Threads threads{};
};

/// How a report is made.
struct ReportOptions {
  Language language = Language::zh;  ///< in which it opens
  std::string title{};               ///< empty: the title of the pack
  /// How many subjects are explained step by step: the unmet first. Of the
  /// others the value, the threshold and the status are told.
  std::size_t explanations_max = 2'000;
  /// Rows of a list; how many there are is told.
  std::size_t rows_max = 5'000;
  /// Months of the heat map, the last ones of the range; 0: no heat map.
  std::size_t months_max = 24;
  /// Units of the heat map in each hierarchy, the upper levels first.
  std::size_t month_units_max = 2'000;
};

/// What is withheld in a report for publication.
struct PublishedRule {
  std::size_t rule = 0;  ///< position in the pack
  Suppression suppression;
};

/// Writes a report for publication: one hierarchy with the counts of each rule,
/// of which small ones and those that would give them away are withheld; rules,
/// clauses and parameters. It has no subjects, explanations, months, groups or
/// gaps. Two hierarchies over the same subjects would give small counts away by
/// their differences, and so would two rules, so there is one of each.
/// @param least as in `suppress_small_counts`.
/// @returns what is withheld; `invalid_argument` for several rules, or if a
///   small count could be worked out all the same; as `suppress_small_counts`,
///   `write_report`.
[[nodiscard]] Result<std::vector<PublishedRule>> write_public_report(
    const Snapshot& snapshot, const Forest& forest,
    const ReportQuestion& question, const ReportOptions& options,
    std::int64_t least, std::string_view page, const Sink& sink);

/// Writes a report.
///
/// The heat map has the coverage on the last day of each month, in the
/// structure of that day: the registry is frozen again for each. Of a rule with
/// a window for each month it has the windows themselves instead, as of the day
/// of the snapshot.
/// @param registry what the snapshot was frozen from.
/// @param page the page that shows the data; it has the marker
///   `<!--headrope:data-->` once, where the data is put.
/// @returns `invalid_argument` without a pack or for a page without the marker;
///   as `assess`, `cover`, `compare`, `explain` and `find_gaps`.
/// @complexity O(places × rules), and that of the questions asked.
[[nodiscard]] Result<void> write_report(
    const Registry& registry, const std::shared_ptr<const Snapshot>& snapshot,
    const ReportQuestion& question, const ReportOptions& options,
    std::string_view page, const Sink& sink);

}  // namespace headrope
