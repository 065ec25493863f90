// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include <compare>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include <headrope/fraction.hpp>

namespace headrope {
namespace {

constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

Fraction of(std::int64_t numerator, std::int64_t denominator) {
  const auto value = make_fraction(numerator, denominator);
  INFO(numerator << "/" << denominator);
  REQUIRE(value);
  return *value;
}

Fraction parsed(std::string_view text) {
  const auto value = parse_fraction(text);
  INFO(text);
  REQUIRE(value);
  return *value;
}

TEST_CASE("a fraction is kept in lowest terms with the sign above",
          "[base][fraction]") {
  CHECK(of(57, 63) == Fraction{19, 21});
  CHECK(of(-4, 8) == Fraction{-1, 2});
  CHECK(of(4, -8) == Fraction{-1, 2});
  CHECK(of(-4, -8) == Fraction{1, 2});
  CHECK(of(0, 7) == Fraction{0, 1});
  CHECK(of(0, -7) == Fraction{0, 1});
  CHECK(of(greatest, greatest) == Fraction{1, 1});
  CHECK(of(smallest, smallest) == Fraction{1, 1});
}

TEST_CASE("a fraction over nothing, or one that does not fit, is none",
          "[base][fraction]") {
  CHECK_FALSE(make_fraction(1, 0));
  CHECK_FALSE(make_fraction(0, 0));
  CHECK_FALSE(make_fraction(1, smallest));
  CHECK_FALSE(make_fraction(smallest, -1));
  CHECK(of(smallest, 1) == Fraction{smallest, 1});
  CHECK(of(smallest, 2) == Fraction{smallest / 2, 1});
  CHECK(of(2, smallest) == Fraction{-1, -(smallest / 2)});
}

TEST_CASE("fractions compare by size, also where products are beyond 64 bits",
          "[base][fraction]") {
  CHECK(Fraction{1, 3} < Fraction{1, 2});
  CHECK(Fraction{-1, 2} < Fraction{-1, 3});
  CHECK(Fraction{-1, 2} < Fraction{0, 1});
  CHECK(Fraction{greatest, greatest - 1} > Fraction{1, 1});
  CHECK(Fraction{greatest - 1, greatest} >
        Fraction{greatest - 2, greatest - 1});
  CHECK(Fraction{smallest, 1} < Fraction{smallest + 1, 1});
  CHECK((Fraction{19, 21} <=> of(57, 63)) == std::strong_ordering::equal);
}

TEST_CASE("arithmetic is exact and says when it cannot be",
          "[base][fraction]") {
  CHECK(add({1, 3}, {1, 6}) == Fraction{1, 2});
  CHECK(subtract({1, 3}, {1, 2}) == Fraction{-1, 6});
  CHECK(multiply({-2, 3}, {3, 4}) == Fraction{-1, 2});
  CHECK(divide({1, 2}, {-1, 4}) == Fraction{-2, 1});
  CHECK_FALSE(divide({1, 2}, {0, 1}));
  CHECK(divide({0, 1}, {5, 1}) == Fraction{0, 1});
  CHECK_FALSE(add({greatest, 1}, {1, 1}));
  CHECK(add({greatest, 1}, {-1, 1}) == Fraction{greatest - 1, 1});
  CHECK_FALSE(subtract({smallest, 1}, {1, 1}));
  CHECK_FALSE(subtract({0, 1}, {smallest, 1}));
  CHECK_FALSE(multiply({greatest, 1}, {2, 1}));
  CHECK(multiply({greatest, 2}, {2, greatest}) == Fraction{1, 1});
  CHECK_FALSE(divide({1, greatest}, {2, 1}));
  CHECK_FALSE(add({1, greatest}, {1, greatest - 1}));
  CHECK_FALSE(divide({smallest, 1}, {-1, 1}));
  CHECK(add({smallest, greatest}, {smallest, greatest}) == std::nullopt);
}

TEST_CASE("numbers are read as documents write them", "[base][fraction]") {
  CHECK(parsed("8") == Fraction{8, 1});
  CHECK(parsed("-2.5") == Fraction{-5, 2});
  CHECK(parsed("90 %") == Fraction{9, 10});
  CHECK(parsed("90%") == Fraction{9, 10});
  CHECK(parsed("43.60 %") == Fraction{109, 250});
  CHECK(parsed("1/3") == Fraction{1, 3});
  CHECK(parsed("57/63") == Fraction{19, 21});
  CHECK(parsed("-1/3") == Fraction{-1, 3});
  CHECK(parsed("0") == Fraction{0, 1});
  CHECK(parsed("  8 ") == Fraction{8, 1});
  CHECK(parsed("0.000000001") == Fraction{1, 1'000'000'000});
  CHECK(parsed("9223372036854775807") == Fraction{greatest, 1});
}

TEST_CASE("anything else is no number", "[base][fraction]") {
  for (const char* text : {"",
                           " ",
                           "%",
                           " %",
                           "x",
                           "8x",
                           "+8",
                           "1e3",
                           "1,000",
                           ".5",
                           "5.",
                           "--1",
                           "1/0",
                           "1/",
                           "/3",
                           "1/2/3",
                           "1.5/2",
                           "1 / 2",
                           "90 %%",
                           "% 90",
                           "0.0000000001",
                           "9223372036854775808",
                           "1/9223372036854775808",
                           "2013-01-01",
                           "8 days",
                           "∞",
                           "８"}) {
    INFO(text);
    CHECK_FALSE(parse_fraction(text));
  }
  CHECK_FALSE(parse_fraction(std::string_view("8\0", 2)));
}

TEST_CASE("a value is written as a decimal if it is a finite one",
          "[base][fraction]") {
  CHECK(to_string(Fraction{8, 1}) == "8");
  CHECK(to_string(Fraction{13, 2}) == "6.5");
  CHECK(to_string(Fraction{-5, 2}) == "-2.5");
  CHECK(to_string(Fraction{109, 250}) == "0.436");
  CHECK(to_string(Fraction{19, 21}) == "19/21");
  CHECK(to_string(Fraction{-1, 3}) == "-1/3");
  CHECK(to_string(Fraction{0, 1}) == "0");
  CHECK(to_string(Fraction{smallest, 1}) == "-9223372036854775808");
  CHECK(to_string(Fraction{greatest, 2}) == "9223372036854775807/2");
  CHECK(to_string(Fraction{1, 1'000'000'000}) == "0.000000001");
}

// Numbers of every size, small ones often.
class Numbers {
 public:
  Fraction next() {
    return of(part(), std::max<std::int64_t>(1, part() & greatest));
  }

 private:
  std::int64_t part() {
    const auto bits = static_cast<std::int64_t>(engine_());
    return bits >> (engine_() % 63);
  }

  std::mt19937_64 engine_{20'130'401};
};

TEST_CASE("what is added can be taken away, what is multiplied divided",
          "[base][fraction]") {
  Numbers numbers;
  std::size_t sums = 0;
  std::size_t products = 0;
  for (int round = 0; round < 20'000; ++round) {
    const Fraction left = numbers.next();
    const Fraction right = numbers.next();
    INFO(to_string(left) << " and " << to_string(right));
    REQUIRE(add(left, right) == add(right, left));
    REQUIRE(multiply(left, right) == multiply(right, left));
    if (const auto sum = add(left, right)) {
      ++sums;
      REQUIRE(subtract(*sum, right) == left);
      REQUIRE((*sum > left) == (right > Fraction{0, 1}));
    }
    if (const auto product = multiply(left, right);
        product && right.numerator != 0) {
      ++products;
      REQUIRE(divide(*product, right) == left);
    }
    REQUIRE((left < right) == (right > left));
    REQUIRE(((left <=> right) == 0) == (left == right));
  }
  CHECK(sums > 1'000);
  CHECK(products > 1'000);
}

TEST_CASE("what is written is read back", "[base][fraction]") {
  Numbers numbers;
  for (int round = 0; round < 20'000; ++round) {
    const Fraction value = numbers.next();
    if (value.numerator == smallest) continue;
    INFO(to_string(value));
    REQUIRE(parse_fraction(to_string(value)) == value);
  }
}

}  // namespace
}  // namespace headrope
