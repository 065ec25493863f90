// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every type of Arrow column that is read, and every way in which a producer
// can break Arrow's rules.

#include "load/arrow_column.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

void keep_array(ArrowArray* array) { array->release = nullptr; }
void keep_schema(ArrowSchema* schema) { schema->release = nullptr; }

// An array over memory of the test's.
struct Made {
  ArrowArray array{};
  std::vector<const void*> buffers;

  Made(std::int64_t length, std::vector<const void*> of) : buffers(of) {
    array.length = length;
    array.n_buffers = static_cast<std::int64_t>(buffers.size());
    array.buffers = buffers.data();
    array.release = keep_array;
  }
};

ArrowSchema schema_of(const char* format) {
  ArrowSchema schema{};
  schema.format = format;
  schema.name = "c";
  schema.release = keep_schema;
  return schema;
}

// All values of a column, or what is wrong with it.
std::vector<std::string> read(const ArrowSchema& schema,
                              const ArrowArray& array) {
  auto column = ArrowColumn::of(schema, "c");
  if (!column) return {"column: " + column.error().message};
  const auto taken = column->take(&array, 0, array.length);
  if (!taken) return {"array: " + taken.error().message};
  std::vector<std::string> values;
  for (std::int64_t row = 0; row < array.length; ++row) {
    ArrowColumn::Digits digits{};
    const auto value = column->value(row, digits, Limits{});
    values.push_back(value ? std::string(*value)
                           : "value: " + value.error().message);
  }
  return values;
}

template <typename Value>
std::vector<std::string> read_numbers(const char* format,
                                      const std::vector<Value>& values) {
  const Made made(static_cast<std::int64_t>(values.size()),
                  {nullptr, values.data()});
  return read(schema_of(format), made.array);
}

using Texts = std::vector<std::string>;

bool is_broken(const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    if (value.find("breaks its own rules") != std::string::npos) return true;
  }
  return false;
}

// A view of a text in the way of Arrow's columnar format.
std::array<std::int32_t, 4> view(std::string_view text, std::int32_t part,
                                 std::int32_t begin) {
  std::array<std::int32_t, 4> made{static_cast<std::int32_t>(text.size()), 0,
                                   part, begin};
  if (text.size() <= 12) {
    made[2] = made[3] = 0;
    std::memcpy(&made[1], text.data(), text.size());
  } else {
    std::memcpy(&made[1], text.data(), 4);
  }
  return made;
}

}  // namespace

TEST_CASE("numbers of every width are read as they are") {
  CHECK(read_numbers<std::int8_t>("c", {-128, 127}) == Texts{"-128", "127"});
  CHECK(read_numbers<std::int16_t>("s", {-32768}) == Texts{"-32768"});
  CHECK(read_numbers<std::int32_t>("i", {-7}) == Texts{"-7"});
  CHECK(read_numbers<std::int64_t>(
            "l", {std::numeric_limits<std::int64_t>::min()}) ==
        Texts{"-9223372036854775808"});
  CHECK(read_numbers<std::uint8_t>("C", {255}) == Texts{"255"});
  CHECK(read_numbers<std::uint16_t>("S", {65535}) == Texts{"65535"});
  CHECK(read_numbers<std::uint32_t>("I", {4294967295U}) == Texts{"4294967295"});
  CHECK(read_numbers<std::uint64_t>(
            "L", {std::numeric_limits<std::uint64_t>::max()}) ==
        Texts{"18446744073709551615"});
}

TEST_CASE("floating-point numbers are read by their shortest digits") {
  CHECK(read_numbers<double>("g", {3.0, -0.1, 12.5, 1e15}) ==
        Texts{"3", "-0.1", "12.5", "1000000000000000"});
  CHECK(read_numbers<float>("f", {0.5F}) == Texts{"0.5"});
  // These are no numbers of the format, which says so at their row.
  CHECK(read_numbers<double>("g", {1e300, std::nan("")}) ==
        Texts{"1e+300", "nan"});
}

TEST_CASE("days and moments that begin a day are days") {
  CHECK(read_numbers<std::int32_t>("tdD", {15706}) == Texts{"2013-01-01"});
  // DuckDB's infinity is no open end.
  CHECK(read_numbers<std::int32_t>(
            "tdD", {std::numeric_limits<std::int32_t>::max(),
                    std::numeric_limits<std::int32_t>::min()}) ==
        Texts{"day 2147483647", "day -2147483648"});
  constexpr std::int64_t day = 15706;
  CHECK(read_numbers<std::int64_t>("tdm", {day * 86'400'000}) ==
        Texts{"2013-01-01"});
  CHECK(read_numbers<std::int64_t>("tss:", {day * 86'400, -86'400}) ==
        Texts{"2013-01-01", "1969-12-31"});
  CHECK(read_numbers<std::int64_t>("tsm:", {day * 86'400'000}) ==
        Texts{"2013-01-01"});
  CHECK(read_numbers<std::int64_t>("tsu:", {day * 86'400'000'000}) ==
        Texts{"2013-01-01"});
  CHECK(read_numbers<std::int64_t>(
            "tsn:", {day * 86'400'000'000'000, day * 86'400'000'000'000 + 1}) ==
        Texts{"2013-01-01", "2013-01-01 with a time"});
  CHECK(read_numbers<std::int64_t>(
            "tss:", {std::numeric_limits<std::int64_t>::min(),
                     std::numeric_limits<std::int64_t>::max()}) ==
        Texts{"a moment out of range", "a moment out of range"});
}

TEST_CASE("booleans, nulls and nothing") {
  const unsigned char bits[] = {0b101};
  const unsigned char valid[] = {0b011};
  Made booleans(3, {valid, bits});
  booleans.array.null_count = 1;
  CHECK(read(schema_of("b"), booleans.array) == Texts{"true", "false", ""});
  const Made nothing(2, {});
  CHECK(read(schema_of("n"), nothing.array) == Texts{"", ""});
}

TEST_CASE("texts with offsets, from the middle of an array too") {
  const std::int32_t offsets[] = {0, 3, 3, 9};
  Made made(3, {nullptr, offsets, "abc党支"});
  CHECK(read(schema_of("u"), made.array) == Texts{"abc", "", "党支"});
  made.array.offset = 1;
  made.array.length = 2;
  CHECK(read(schema_of("u"), made.array) == Texts{"", "党支"});
  const std::int64_t large[] = {0, 3, 9};
  const Made wide(2, {nullptr, large, "abc党支"});
  CHECK(read(schema_of("U"), wide.array) == Texts{"abc", "党支"});
}

TEST_CASE("offsets that go backwards or past the last are refused") {
  const std::int32_t backwards[] = {0, 4, 2};
  const Made first(2, {nullptr, backwards, "abcd"});
  CHECK(is_broken(read(schema_of("u"), first.array)));
  // The first text ends past where the last one does.
  const std::int32_t past[] = {0, 1'000'000, 4};
  const Made second(2, {nullptr, past, "abcd"});
  CHECK(is_broken(read(schema_of("u"), second.array)));
  const std::int64_t negative[] = {-1, 2};
  const Made third(1, {nullptr, negative, "abcd"});
  CHECK(is_broken(read(schema_of("U"), third.array)));
}

TEST_CASE("viewed texts, short and long") {
  const std::string_view part = "a text of more than twelve bytes";
  const std::array<std::int32_t, 4> views[] = {
      view("short", 0, 0), view("twelve bytes", 0, 0), view(part, 0, 0),
      view(part.substr(2, 20), 0, 2)};
  const std::int64_t sizes[] = {static_cast<std::int64_t>(part.size())};
  const Made made(4, {nullptr, views, part.data(), sizes});
  CHECK(read(schema_of("vu"), made.array) ==
        Texts{"short", "twelve bytes", std::string(part),
              std::string(part.substr(2, 20))});
}

TEST_CASE("viewed texts outside their buffer are refused") {
  const std::string_view part = "a text of more than twelve bytes";
  const auto size = static_cast<std::int32_t>(part.size());
  const std::int64_t sizes[] = {size};
  std::array<std::int32_t, 4> bad[] = {view(part, 1, 0),
                                       view(part, -1, 0),
                                       view(part, 0, 1),
                                       view(part, 0, -1),
                                       {-1, 0, 0, 0}};
  for (const auto& one : bad) {
    const Made made(1, {nullptr, &one, part.data(), sizes});
    CHECK(is_broken(read(schema_of("vu"), made.array)));
  }
  const auto good = view(part, 0, 0);
  const Made no_part(1, {nullptr, &good, nullptr, sizes});
  CHECK(is_broken(read(schema_of("vu"), no_part.array)));
  const Made no_sizes(1, {nullptr, &good, part.data(), nullptr});
  CHECK(is_broken(read(schema_of("vu"), no_sizes.array)));
}

TEST_CASE("a dictionary gives its words; an index outside it is refused") {
  const std::int32_t offsets[] = {0, 1, 3};
  Made words(2, {nullptr, offsets, "abb"});
  ArrowSchema of_words = schema_of("u");
  ArrowSchema schema = schema_of("c");
  schema.dictionary = &of_words;
  const std::int8_t indexes[] = {1, 0, 1};
  Made made(3, {nullptr, indexes});
  made.array.dictionary = &words.array;
  CHECK(read(schema, made.array) == Texts{"bb", "a", "bb"});
  const std::int8_t outside[] = {2, -1};
  Made bad(2, {nullptr, outside});
  bad.array.dictionary = &words.array;
  CHECK(is_broken(read(schema, bad.array)));
  // The schema and the array do not agree.
  CHECK(is_broken(read(schema_of("c"), made.array)));
  bad.array.dictionary = nullptr;
  CHECK(is_broken(read(schema, bad.array)));
}

TEST_CASE("types that are not read are named") {
  for (const char* format : {"z", "+l", "tsn:UTC", "d:10,2", "e", ""}) {
    const ArrowSchema schema = schema_of(format);
    const auto column = ArrowColumn::of(schema, "c");
    REQUIRE(!column);
    CHECK(column.error().code == Code::format_unsupported);
  }
  CHECK(ArrowColumn::of(schema_of(nullptr), "c").error().code ==
        Code::invalid_argument);
}

TEST_CASE("lengths and buffers that do not fit are refused") {
  const std::int64_t values[] = {1, 2};
  const ArrowSchema schema = schema_of("l");
  const auto breaks = [&](const auto& change) {
    Made made(2, {nullptr, values});
    change(made);
    auto column = ArrowColumn::of(schema, "c");
    REQUIRE(column);
    return !column->take(&made.array, 0, 2);
  };
  CHECK_FALSE(breaks([](Made&) {}));
  CHECK(breaks([](Made& made) { made.array.length = -1; }));
  CHECK(breaks([](Made& made) { made.array.length = 1; }));
  CHECK(breaks([](Made& made) { made.array.offset = -1; }));
  CHECK(breaks([](Made& made) {
    made.array.offset = std::numeric_limits<std::int64_t>::max();
  }));
  CHECK(breaks([](Made& made) { made.array.n_buffers = 3; }));
  CHECK(breaks([](Made& made) { made.array.buffers = nullptr; }));
  CHECK(breaks([](Made& made) { made.buffers[1] = nullptr; }));
  CHECK(breaks([](Made& made) { made.array.null_count = 1; }));
  CHECK(breaks([](Made& made) { made.array.n_children = 1; }));
  CHECK(breaks([](Made& made) { made.array.release = nullptr; }));
}

}  // namespace headrope
