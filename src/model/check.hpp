// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Checking the rows of a Registry together, on several threads.

#pragma once

#include <cstddef>

#include "base/pace.hpp"
#include "headrope/diagnostics.hpp"
#include "model/tables.hpp"

namespace headrope {

/// As `Registry::check`, on up to so many threads.
/// @param findings an empty list that keeps up to `findings_max`. It is the
///   same for any number of threads.
/// @param pace is told of the stage "check rows".
/// @throws what the checks throw (`std::bad_alloc`), `Stopped`.
void check_registry(const Registry::Tables& tables, Diagnostics& findings,
                    std::size_t findings_max, std::size_t threads, Pace& pace);

}  // namespace headrope
