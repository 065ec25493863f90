// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Different persons under every node by compressed bitmaps, as one would count
// them with CRoaring.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace headrope::bench {

/// Unites the bitmaps of the persons of each place upwards and counts them.
/// @param depths by place of the pre-order.
/// @param begin where the persons of each place begin, and one end.
[[nodiscard]] std::vector<std::int64_t> count_by_bitmaps(
    std::span<const std::uint16_t> depths, std::size_t depth_max,
    std::span<const std::uint32_t> begin,
    std::span<const std::uint32_t> persons);

}  // namespace headrope::bench
