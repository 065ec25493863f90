// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Decimal numbers: exact, and strict about what is one.

#include "base/decimal.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("a value is read back from what was written, at 0 to 9 places",
          "[base]") {
  const int places = GENERATE(range(0, 10));
  const auto value = GENERATE(
      values<std::int64_t>({0, 1, -1, 9, 10, -10, 99, 100, 101, 1005, -1005,
                            999'999'999, 1'000'000'000, -1'000'000'001,
                            largest - 1, largest, smallest + 1, smallest}));
  const std::string text = format_decimal(value, places);
  CAPTURE(text);
  const Decimal back = parse_decimal(text, places);
  CHECK(back.fault == DecimalFault::none);
  CHECK(back.value == value);
  CHECK((text.find('.') == std::string::npos) == (places == 0));
}

TEST_CASE("a value is written with all its places", "[base]") {
  CHECK(format_decimal(0, 0) == "0");
  CHECK(format_decimal(0, 2) == "0.00");
  CHECK(format_decimal(5, 2) == "0.05");
  CHECK(format_decimal(-5, 2) == "-0.05");
  CHECK(format_decimal(1250, 2) == "12.50");
  CHECK(format_decimal(smallest, 0) == "-9223372036854775808");
  CHECK(format_decimal(largest, 9) == "9223372036.854775807");
  CHECK(format_decimal(smallest, 9) == "-9223372036.854775808");
}

TEST_CASE("fewer places than there may be are filled with noughts", "[base]") {
  CHECK(parse_decimal("12", 2).value == 1200);
  CHECK(parse_decimal("12.5", 2).value == 1250);
  CHECK(parse_decimal("-12.5", 2).value == -1250);
  CHECK(parse_decimal("-0", 2).value == 0);
  CHECK(parse_decimal("-0.0", 2).value == 0);
  CHECK(parse_decimal("007", 0).value == 7);
  CHECK(parse_decimal(std::string(1000, '0') + "1", 0).value == 1);
}

TEST_CASE("what is not digits with at most one point is no number",
          "[base][HDR-LOAD-119]") {
  const auto text =
      GENERATE(values<std::string>({"",      "-",
                                    ".",     "-.",
                                    "1.",    ".5",
                                    "-.5",   "+1",
                                    "--1",   "1-",
                                    "1e3",   "1,000",
                                    "1 000", " 1",
                                    "1 ",    "1.2.3",
                                    "0x10",  "twelve",
                                    "1.5a",  "١",
                                    "１",    std::string("1\0", 2),
                                    "nan",   "inf",
                                    "1..2",  "1.-2"}));
  CAPTURE(text);
  CHECK(parse_decimal(text, 2).fault == DecimalFault::not_a_number);
  CHECK(parse_decimal(text, 2).value == 0);
}

TEST_CASE("more places than there may be are refused, noughts too",
          "[base][HDR-LOAD-120]") {
  CHECK(parse_decimal("10.005", 2).fault == DecimalFault::too_many_places);
  CHECK(parse_decimal("10.00", 2).fault == DecimalFault::none);
  CHECK(parse_decimal("10.000", 2).fault == DecimalFault::too_many_places);
  CHECK(parse_decimal("1.0", 0).fault == DecimalFault::too_many_places);
  CHECK(parse_decimal("0.0000000001", 9).fault ==
        DecimalFault::too_many_places);
}

TEST_CASE("a value beyond 64 bits is too large, on both sides",
          "[base][HDR-LOAD-120]") {
  CHECK(parse_decimal("9223372036854775807", 0).value == largest);
  CHECK(parse_decimal("9223372036854775808", 0).fault ==
        DecimalFault::too_large);
  CHECK(parse_decimal("-9223372036854775808", 0).value == smallest);
  CHECK(parse_decimal("-9223372036854775809", 0).fault ==
        DecimalFault::too_large);
  CHECK(parse_decimal("9223372036.854775807", 9).value == largest);
  CHECK(parse_decimal("9223372036.854775808", 9).fault ==
        DecimalFault::too_large);
  CHECK(parse_decimal("-9223372036.854775808", 9).value == smallest);
  CHECK(parse_decimal("9223372037", 9).fault == DecimalFault::too_large);
  CHECK(parse_decimal(std::string(1000, '9'), 0).fault ==
        DecimalFault::too_large);
}

}  // namespace headrope
