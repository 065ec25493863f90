// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Ids in the order of first sight, growth, batches, and keys chosen to
// collide under the seeds that the index begins with.

#include "base/identity_index.hpp"

#include <chrono>
#include <cstring>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

using Clock = std::chrono::steady_clock;

// The hash as src/base/identity_index.cpp has it. Should it change there, the
// cases below stay true and merely lose their sting.
__extension__ using uint128 = unsigned __int128;
constexpr std::uint64_t factor = 0xD6E8FEB86659FD93ULL;

std::uint64_t fold(std::uint64_t left, std::uint64_t right) {
  const uint128 product = uint128{left} * right;
  return static_cast<std::uint64_t>(product) ^
         static_cast<std::uint64_t>(product >> 64U);
}

std::string three_words(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::string text(24, ' ');
  std::memcpy(text.data(), &a, 8);
  std::memcpy(text.data() + 8, &b, 8);
  std::memcpy(text.data() + 16, &c, 8);
  return text;
}

// A key whose hash under `seed` is the same whatever `first` is: the second
// word takes the state to nothing.
std::string colliding_key(std::uint64_t seed, std::uint64_t first) {
  const std::uint64_t start = seed ^ (24 * factor);
  return three_words(first, fold(first ^ start, factor ^ seed), 7);
}

}  // namespace

TEST_CASE("an index that is empty finds nothing", "[base]") {
  TextStore texts;
  const IdentityIndex index(texts);
  CHECK(index.size() == 0);
  CHECK(index.find("") == IdentityIndex::none);
  CHECK(index.find("U01") == IdentityIndex::none);
  const std::vector<std::string_view> asked{"a", "b"};
  std::vector<std::uint32_t> ids(2, 5);
  index.find_all(asked, ids);
  CHECK(ids == std::vector<std::uint32_t>(2, IdentityIndex::none));
}

TEST_CASE("ids are dense and in the order of first sight", "[base]") {
  TextStore texts;
  IdentityIndex index(texts);
  CHECK(index.find_or_add("b") == 0);
  CHECK(index.find_or_add("a") == 1);
  CHECK(index.find_or_add("b") == 0);
  CHECK(index.find_or_add("") == 2);
  CHECK(index.find("") == 2);
  CHECK(index[0] == "b");
  CHECK(index.all().size() == 3);
}

TEST_CASE("texts that differ in one byte or in length are different",
          "[base]") {
  TextStore texts;
  IdentityIndex index(texts);
  std::vector<std::string> keys;
  for (std::size_t size = 0; size < 40; ++size) {
    keys.emplace_back(size, 'a');
    keys.emplace_back(size, '\0');
    if (size == 0) keys.pop_back();
    for (std::size_t at = 0; at < size; ++at) {
      keys.emplace_back(size, 'a');
      keys.back()[at] = 'b';
    }
  }
  for (std::size_t at = 0; at < keys.size(); ++at) {
    CHECK(index.find_or_add(keys[at]) == at);
  }
  for (std::size_t at = 0; at < keys.size(); ++at) {
    CHECK(index.find(keys[at]) == at);
  }
}

TEST_CASE("growth keeps every id, and find_all says what find says", "[base]") {
  TextStore texts;
  IdentityIndex index(texts);
  const std::size_t reserved =
      GENERATE(values<std::size_t>({0, 1, 50'000, 200'000}));
  index.reserve(reserved);
  std::vector<std::string> keys;
  for (std::uint32_t at = 0; at < 50'000; ++at) {
    keys.push_back("64" + std::to_string(at * 7919U));
    REQUIRE(index.find_or_add(keys.back()) == at);
  }
  std::vector<std::string_view> asked;
  for (const std::string& key : keys) {
    asked.emplace_back(key);
    asked.emplace_back(std::string_view(key).substr(1));
  }
  asked.pop_back();  // Not a whole number of batches.
  std::vector<std::uint32_t> ids(asked.size());
  index.find_all(asked, ids);
  std::size_t wrong = 0;
  for (std::size_t at = 0; at < asked.size(); ++at) {
    if (ids[at] != index.find(asked[at])) ++wrong;
    if (at % 2 == 0 && ids[at] != at / 2) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("find_or_add_all does what find_or_add does one by one", "[base]") {
  std::vector<std::string> keys;
  for (std::uint32_t at = 0; at < 3'000; ++at) {
    // New ones, repeated ones, the one before, and an empty one.
    keys.push_back("P" + std::to_string(at));
    if (at % 3 == 0) keys.push_back("P" + std::to_string(at / 2));
    if (at % 5 == 0) keys.push_back(keys.back());
    if (at == 70) keys.emplace_back();
  }
  // Their hashes are equal until the seed changes, in the middle of a batch.
  for (std::uint64_t at = 0; at < 1'000; ++at) {
    keys.push_back(colliding_key(0x9E3779B97F4A7C15ULL, at));
  }
  const std::vector<std::string_view> asked(keys.begin(), keys.end());
  TextStore texts;
  IdentityIndex one_by_one(texts);
  std::vector<std::uint32_t> expected;
  for (const std::string& key : keys) {
    expected.push_back(one_by_one.find_or_add(key));
  }
  for (const std::size_t reserved : {0U, 10'000U}) {
    IdentityIndex index(texts);
    index.reserve(reserved);
    std::vector<std::uint32_t> ids(asked.size());
    index.find_or_add_all(asked, ids);
    CHECK(ids == expected);
    CHECK(index.size() == one_by_one.size());
    index.find_or_add_all(asked, ids);
    CHECK(ids == expected);
  }
}

TEST_CASE("find_all follows the order of ids and leaves it", "[base]") {
  TextStore texts;
  IdentityIndex index(texts);
  std::vector<std::string> keys;
  for (std::uint32_t at = 0; at < 300; ++at) {
    keys.push_back("unit " + std::to_string(at));
    index.find_or_add(keys.back());
  }
  std::vector<std::string_view> asked;
  for (std::uint32_t at = 0; at < 300; ++at) {
    asked.emplace_back(keys[at]);
    if (at % 7 == 0) asked.emplace_back(keys[at]);
    if (at % 90 == 0) asked.emplace_back("unknown");
    if (at % 110 == 0) asked.emplace_back(keys[299 - at]);
  }
  asked.emplace_back(keys[299]);
  asked.emplace_back("past the last");
  std::vector<std::uint32_t> ids(asked.size());
  index.find_all(asked, ids);
  for (std::size_t at = 0; at < asked.size(); ++at) {
    CHECK(ids[at] == index.find(asked[at]));
  }
}

TEST_CASE("keys chosen to collide under the first seed are all found",
          "[base]") {
  TextStore texts;
  IdentityIndex index(texts);
  std::vector<std::string> keys;
  for (std::uint64_t at = 0; at < 200'000; ++at) {
    keys.push_back(colliding_key(0x9E3779B97F4A7C15ULL, at));
  }
  const auto start = Clock::now();
  for (std::uint32_t at = 0; at < keys.size(); ++at) {
    REQUIRE(index.find_or_add(keys[at]) == at);
  }
  CHECK(Clock::now() - start < std::chrono::seconds(10));
  std::size_t wrong = 0;
  for (std::uint32_t at = 0; at < keys.size(); ++at) {
    if (index.find(keys[at]) != at) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("keys chosen to collide under each seed in turn are all found",
          "[base]") {
  TextStore texts;
  IdentityIndex index(texts);
  std::vector<std::string> keys;
  std::uint64_t seed = 0x9E3779B97F4A7C15ULL;
  for (std::uint64_t at = 0; at < 10'000; ++at) {
    if (at % 129 == 128) seed = fold(seed, 0xA0761D6478BD642FULL + 1);
    keys.push_back(colliding_key(seed, at));
  }
  std::size_t wrong = 0;
  for (std::uint32_t at = 0; at < keys.size(); ++at) {
    if (index.find_or_add(keys[at]) != at) ++wrong;
  }
  CHECK(wrong == 0);
}

}  // namespace headrope
