/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* The pass that marks the limit, run before and after each answer of a peer, so
 * that times of different processes can be compared: the sum of all records at
 * every node, by places of the pre-order. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

void plain_sums(const uint32_t* record_place, const uint32_t* record_value,
                size_t record_count, const uint16_t* depth, size_t depth_max,
                size_t count, int64_t* sums, int64_t* pending) {
  memset(sums, 0, count * sizeof *sums);
  memset(pending, 0, (depth_max + 2) * sizeof *pending);
  for (size_t row = 0; row < record_count; ++row) {
    sums[record_place[row]] += record_value[row];
  }
  for (size_t at = count; at-- > 0;) {
    const size_t own = depth[at];
    const int64_t sum = sums[at] + pending[own + 1];
    pending[own + 1] = 0;
    pending[own] += sum;
    sums[at] = sum;
  }
}
