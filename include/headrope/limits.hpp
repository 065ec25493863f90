// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The upper limits on what a caller's data may take, in one struct with
// defaults. Past a limit is an error with the code `limit_exceeded`, or the
// one that the member names; never an abort and never unbounded memory.

#pragma once

#include <cstddef>
#include <cstdint>

namespace headrope {

/// Upper limits, fixed when a Registry is made.
struct Limits {
  std::uint32_t units_max = 50'000'000;
  std::uint32_t persons_max = 400'000'000;
  std::uint32_t rows_max = 2'000'000'000;  ///< of one table
  std::uint32_t vocabulary_max = 60'000;   ///< kinds, roles, measures … each
  std::uint32_t identity_bytes_max = 255;
  std::uint32_t field_bytes_max = 1U << 20;  ///< `field_too_long`
  std::uint32_t row_bytes_max = 16U << 20;   ///< `field_too_long`
  std::uint32_t columns_max = 1'024;         ///< of one table
  std::uint32_t descriptor_bytes_max = 4U << 20;
  std::uint32_t descriptor_depth_max = 64;
  /// Levels of a hierarchy, at most 65,535; `depth_exceeded`.
  std::uint32_t depth_max = 1'024;
  /// Places of a hierarchy with several parents, as a multiple of its units
  /// (and at least a million), `paths_too_many`.
  std::uint32_t places_per_unit_max = 16;
  std::size_t findings_max = 1'000;
};

}  // namespace headrope
