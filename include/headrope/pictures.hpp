// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Answers as SVG pictures for a written report: the tree with its coverage, the
// heat map by month, the coverage at every threshold, and broken chains. The
// matrix of responsibility stands in responsibility_tables.hpp. Texts are
// broken into lines, never cut, and escaped; characters that XML does not allow
// and those that turn the direction of text become U+FFFD.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "headrope/report.hpp"
#include "headrope/responsibility.hpp"

namespace headrope {

/// How a picture is drawn.
struct DrawOptions {
  Language language = Language::zh;
  std::string_view title{};  ///< empty: what the picture shows
  Shown shown{};             ///< of a hierarchy
  std::size_t rows_max = 300;
};

/// Draws the units of a hierarchy, each with a bar of those that are met,
/// pending, not evaluable and unmet, the rate and the counts.
/// @returns `limit_exceeded` if there are more rows than the options allow.
[[nodiscard]] Result<std::string> tree_svg(const Snapshot& snapshot,
                                           const Forest& forest,
                                           const RuleAssessment& assessment,
                                           const Coverage& coverage,
                                           const DrawOptions& options = {});

/// Draws units by month: how many of those who are asked meet the rule, in the
/// same figures as the heat map of a report.
/// @param question its first rule is drawn; the others are not looked at.
/// @returns `limit_exceeded`; `invalid_argument` without a rule, or if the
///   range has no month; as `write_report`.
[[nodiscard]] Result<std::string> heatmap_svg(
    const Registry& registry, const std::shared_ptr<const Snapshot>& snapshot,
    const Forest& forest, const ReportQuestion& question,
    const DrawOptions& options = {});

/// Draws the share of subjects that meet each threshold, with the threshold of
/// the rule marked.
[[nodiscard]] std::string spectrum_svg(const RuleAssessment& assessment,
                                       const Spectrum& spectrum,
                                       const DrawOptions& options = {});

/// Draws the places where a chain is broken and everything above them; what
/// lies beside them is counted only.
/// @returns `limit_exceeded`.
[[nodiscard]] Result<std::string> chain_svg(const Snapshot& snapshot,
                                            const Forest& forest,
                                            const Chains& chains,
                                            const DrawOptions& options = {});

}  // namespace headrope
