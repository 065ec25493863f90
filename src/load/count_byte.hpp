// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Counting a byte in a long text, 16 at a time.

#pragma once

#include <cstddef>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace headrope {

/// How often a byte stands in a text. @complexity O(bytes).
[[nodiscard]] inline std::size_t count_byte(std::string_view text, char byte) {
  std::size_t count = 0;
  std::size_t at = 0;
#if defined(__SSE2__)
  constexpr std::size_t width = sizeof(__m128i);
  const __m128i wanted = _mm_set1_epi8(byte);
  while (text.size() - at >= width) {
    // A lane counts to 255 at most.
    __m128i lanes = _mm_setzero_si128();
    for (int turn = 0; turn < 255 && text.size() - at >= width; ++turn) {
      const __m128i some =
          _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
      lanes = _mm_sub_epi8(lanes, _mm_cmpeq_epi8(some, wanted));
      at += width;
    }
    const __m128i sums = _mm_sad_epu8(lanes, _mm_setzero_si128());
    count += static_cast<std::size_t>(_mm_cvtsi128_si64(sums)) +
             static_cast<std::size_t>(
                 _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
  }
#endif
  for (; at < text.size(); ++at) count += text[at] == byte ? 1U : 0U;
  return count;
}

}  // namespace headrope
