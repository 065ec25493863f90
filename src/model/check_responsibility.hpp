// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Checking posts and assignments together: what would be nonsense on any day.
// All of it is told as warnings, with the place of the row.

#pragma once

#include "headrope/diagnostics.hpp"
#include "model/tables.hpp"

namespace headrope {

/// Tells holdings, assignments and offices outside the days of their post,
/// holders that their role does not allow, and offices that follow each other
/// in a circle.
/// @complexity O(rows), and O(k) for each row of a post with k rows.
void check_responsibility(const Registry::Tables& tables,
                          Diagnostics& findings);

}  // namespace headrope
