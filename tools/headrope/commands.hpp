// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The commands of the program; each gives the exit status.

#pragma once

#include "headrope/options.hpp"

namespace headrope::tool {

/// 0: done; 1: the data is at fault; 2: the command line is.
int check_package(const Options& options);
/// Writes a freeze file.
int freeze_to_file(const Options& options);
int show_summary(const Options& options);
int show_roll_up(const Options& options);
int show_members(const Options& options);
int show_overlap(const Options& options);
int show_assessment(const Options& options);
int show_coverage(const Options& options);
int show_attendance(const Options& options);

// With a pack.
int check_path(const Options& options);
int show_rules(const Options& options);
int assess_pack(const Options& options);
int cover_pack(const Options& options);
int explain_status(const Options& options);
int compare_packs(const Options& options);
int show_spectrum(const Options& options);
int audit_packs(const Options& options);

// About responsibility.
int show_holders(const Options& options);
int show_gaps(const Options& options);
int show_chain(const Options& options);
int show_load(const Options& options);

// Reports.
int make_report(const Options& options);
int import_workbook(const Options& options);

// Pictures.
int draw_tree(const Options& options);
int draw_heatmap(const Options& options);
int draw_matrix(const Options& options);
int draw_spectrum(const Options& options);
int draw_chain(const Options& options);

}  // namespace headrope::tool
