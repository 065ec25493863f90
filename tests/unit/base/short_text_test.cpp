// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Comparing short texts, byte by byte changed.

#include "base/short_text.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace headrope {

TEST_CASE("two texts are equal if all of their bytes are", "[base]") {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text;
    for (std::size_t at = 0; at < size; ++at) {
      text += static_cast<char>('a' + at % 26);
    }
    CHECK(same_text(text, std::string(text)));
    CHECK_FALSE(same_text(text, text + "a"));
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = static_cast<char>(other[at] ^ 0x80);
      CHECK_FALSE(same_text(text, other));
    }
  }
  CHECK(same_text({}, std::string_view{}));
}

}  // namespace headrope
