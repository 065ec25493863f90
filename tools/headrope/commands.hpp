// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The commands of the program; each gives the exit status.

#pragma once

#include "headrope/options.hpp"

namespace headrope::tool {

/// 0: done; 1: the data is at fault; 2: the command line is.
int check_package(const Options& options);
int show_summary(const Options& options);
int show_roll_up(const Options& options);
int show_members(const Options& options);
int show_assessment(const Options& options);
int show_coverage(const Options& options);
int show_attendance(const Options& options);

}  // namespace headrope::tool
