// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Kept texts stay where they are.

#include "base/text_store.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {

TEST_CASE("the empty text takes no room", "[base]") {
  TextStore store;
  CHECK(store.keep("").empty());
  CHECK(store.byte_count() == 0);
}

TEST_CASE("kept texts stay good while the store grows and its givers change",
          "[base]") {
  TextStore store;
  std::vector<std::string_view> kept;
  std::size_t bytes = 0;
  for (std::size_t at = 0; at < 300'000; ++at) {
    std::string text = "text " + std::to_string(at);
    kept.push_back(store.keep(text));
    bytes += text.size();
    text.assign(text.size(), '?');
  }
  std::size_t wrong = 0;
  for (std::size_t at = 0; at < kept.size(); ++at) {
    if (kept[at] != "text " + std::to_string(at)) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(store.byte_count() == bytes);
}

TEST_CASE("a text may fill a block to its last byte or be larger than one",
          "[base]") {
  constexpr std::size_t block = std::size_t{1} << 20U;
  TextStore store;
  std::vector<std::string> given;
  std::vector<std::string_view> kept;
  for (const std::size_t size : {block - 1, std::size_t{1}, std::size_t{1},
                                 block, block + 1, 3 * block, std::size_t{7}}) {
    given.emplace_back(size, static_cast<char>('a' + given.size()));
  }
  for (const std::string& text : given) kept.push_back(store.keep(text));
  for (std::size_t at = 0; at < given.size(); ++at) {
    CHECK((kept[at] == given[at]));
  }
}

}  // namespace headrope
