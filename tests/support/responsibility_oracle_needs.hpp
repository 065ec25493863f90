// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The part of the oracle for responsibility that counts: holders against what
// roles and needs say, ties and turns.

#pragma once

#include <vector>

#include "support/responsibility_oracle.hpp"

namespace headrope::oracle {

/// More holders than `holders_max` of a role, on a day.
void add_role_limits(const Responsible& rows, Date day, std::vector<Found>& to);
/// Fewer or more than a need says, on a day.
void add_need_gaps(const Responsible& rows, Date day, std::vector<Found>& to);

}  // namespace headrope::oracle
