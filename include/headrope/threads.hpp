// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// How many threads a call may use. The library starts none of its own accord:
// the host says how many, and one is the default.

#pragma once

#include <cstdint>

namespace headrope {

/// How many threads a call may use; the caller's own is one of them.
struct Threads {
  std::uint32_t count = 1;
};

}  // namespace headrope
