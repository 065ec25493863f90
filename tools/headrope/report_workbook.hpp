// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The tables of a report as one .xlsx workbook.

#pragma once

#include "headrope/report.hpp"
#include "headrope/session.hpp"

namespace headrope::tool {

/// Whether the program was built with libxlsxwriter.
[[nodiscard]] bool writes_workbooks();

/// Writes the summary of all units, a summary for each level, the rules, their
/// subjects, the gaps, and what another pack changes.
void write_workbook(const DataWithPack& data, const ReportQuestion& question,
                    const Options& options);

}  // namespace headrope::tool
