// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A Result holds a value or an error.

#include "headrope/result.hpp"

#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {

TEST_CASE("a value comes out as it went in, also one that only moves",
          "[base]") {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  REQUIRE(result);
  CHECK(**result == 7);
  const std::unique_ptr<int> taken = *std::move(result);
  CHECK(*taken == 7);
}

TEST_CASE("an error comes out as it went in", "[base]") {
  const Result<int> result(Error{Code::not_found, "'x' is not there"});
  CHECK_FALSE(result);
  CHECK_FALSE(result.has_value());
  CHECK(result.error().code == Code::not_found);
  CHECK(result.error().message == "'x' is not there");
}

TEST_CASE("a Result of nothing is a success unless it has an error", "[base]") {
  CHECK(Result<void>());
  const Result<void> failed(Error{Code::cancelled, "stopped"});
  CHECK_FALSE(failed);
  CHECK(failed.error().code == Code::cancelled);
}

TEST_CASE("a Result may hold a type that an Error could be made into",
          "[base]") {
  Result<std::string> text(std::string("HDR"));
  REQUIRE(text);
  CHECK(text->size() == 3);
  text->push_back('-');
  CHECK(*text == "HDR-");
  const Result<std::vector<int>> list(std::vector{1, 2});
  CHECK(list->size() == 2);
}

TEST_CASE("a copy is a value of its own", "[base]") {
  Result<std::string> first(std::string("a"));
  Result<std::string> second = first;
  *second = "b";
  CHECK(*first == "a");
  CHECK(*second == "b");
}

}  // namespace headrope
