// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// How long calls tell how far they are, and how they are stopped.

#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace headrope {

/// Called now and then from the caller's own thread with what is being done,
/// and how much of how much is done (in bytes or rows; a total of 0 is
/// unknown). Returning false stops the call, which then gives `cancelled`. It
/// must not throw. An empty function is never called.
using Progress = std::function<bool(std::string_view stage, std::uint64_t done,
                                    std::uint64_t total)>;

}  // namespace headrope
