// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The sweep over the days against comparing every two rows.

#include "model/overlap.hpp"

#include <map>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {
namespace {

using Rows = std::vector<ClockedRow>;

Interval random_interval(std::mt19937& random, int days) {
  const auto from = static_cast<int>(random() % static_cast<unsigned>(days));
  const auto more = 1 + static_cast<int>(random() % 6);
  Interval interval{Date{from}, Date{from + more}};
  if (random() % 8 == 0) interval.valid_from = Date::open_start();
  if (random() % 8 == 0) interval.valid_until = Date::open_end();
  return interval;
}

Rows random_rows(std::mt19937& random) {
  Rows rows(random() % 12);
  const int days = 4 + static_cast<int>(random() % 30);
  const bool one_clock = random() % 3 == 0;
  for (std::uint32_t at = 0; at < rows.size(); ++at) {
    rows[at].valid = random_interval(random, days);
    if (!one_clock) rows[at].recorded = random_interval(random, days);
    rows[at].row = at;
  }
  return rows;
}

bool meet(const ClockedRow& left, const ClockedRow& right) {
  return left.valid.overlaps(right.valid) &&
         left.recorded.overlaps(right.recorded);
}

bool comes_before(const ClockedRow& left, const ClockedRow& right) {
  return left.valid.valid_from < right.valid.valid_from ||
         (left.valid.valid_from == right.valid.valid_from &&
          left.row < right.row);
}

std::multimap<std::uint32_t, std::uint32_t> reported(Rows rows) {
  std::multimap<std::uint32_t, std::uint32_t> list;
  for_each_overlap(rows, [&](std::uint32_t earlier, std::uint32_t later) {
    list.emplace(later, earlier);
  });
  return list;
}

}  // namespace

TEST_CASE("rows that overlap on one clock only are not reported", "[model]") {
  const Interval first = unit::span_of("2013-01-01", "2013-07-01");
  const Interval second = unit::span_of("2013-07-01", "");
  CHECK(reported({{first, {}, 0}, {second, {}, 1}}).empty());
  CHECK(reported({{{}, first, 0}, {{}, second, 1}}).empty());
  CHECK(reported({{{}, {}, 0}, {second, {}, 1}}).size() == 1);
  CHECK(reported({{{}, {}, 0}}).empty());
  CHECK(reported({}).empty());
}

TEST_CASE(
    "of two rows the one that begins later is reported, of equals the "
    "one that stands later",
    "[model]") {
  const Interval early = unit::span_of("2013-01-01", "2013-07-01");
  const Interval late = unit::span_of("2013-06-30", "");
  const auto by_day = reported({{late, {}, 0}, {early, {}, 1}});
  REQUIRE(by_day.size() == 1);
  CHECK(by_day.begin()->first == 0);
  CHECK(by_day.begin()->second == 1);
  const auto by_row = reported({{early, {}, 7}, {early, {}, 3}});
  REQUIRE(by_row.size() == 1);
  CHECK(by_row.begin()->first == 7);
}

TEST_CASE(
    "of random rows, only such are reported as meet one that begins no "
    "later, each once, and some if any two meet",
    "[model]") {
  std::mt19937 random(20130101);
  for (int round = 0; round < 20'000; ++round) {
    const Rows rows = random_rows(random);
    const auto list = reported(rows);
    std::size_t wrong = 0;
    std::uint32_t previous = ~0U;
    for (const auto& [later, earlier] : list) {
      if (later == previous) ++wrong;
      previous = later;
      if (!meet(rows[later], rows[earlier])) ++wrong;
      if (!comes_before(rows[earlier], rows[later])) ++wrong;
    }
    bool any = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) any = any || meet(rows[i], rows[j]);
    }
    if (any == list.empty()) ++wrong;
    REQUIRE(wrong == 0);
  }
}

TEST_CASE("many rows of one subject cost no more than sorting them",
          "[model]") {
  Rows rows;
  for (std::uint32_t at = 0; at < 200'000; ++at) {
    // All hold on every day; the books had them one after the other.
    const auto from = static_cast<std::int32_t>(at);
    rows.push_back({{}, {Date{from}, Date{from + 1}}, at});
  }
  CHECK(reported(rows).empty());
  for (ClockedRow& row : rows) row.recorded = {};
  CHECK(reported(rows).size() == 199'999);
}

TEST_CASE(
    "groups come by key with their rows in order, and small ones are "
    "left out",
    "[model]") {
  const std::vector<std::size_t> keys{2, 0, 2, 4, 0, 2, 5, 9};
  const RowGroups pairs(keys.size(), 5, 2,
                        [&](std::size_t row) { return keys[row]; });
  CHECK(pairs.key_count() == 5);
  CHECK_FALSE(pairs.empty());
  const auto list = [&](const RowGroups& groups, std::size_t key) {
    const auto rows = groups.of(key);
    return std::vector<std::uint32_t>(rows.begin(), rows.end());
  };
  using Ids = std::vector<std::uint32_t>;
  CHECK(list(pairs, 0) == Ids{1, 4});
  CHECK(list(pairs, 1).empty());
  CHECK(list(pairs, 2) == Ids{0, 2, 5});
  CHECK(list(pairs, 4).empty());
  const RowGroups all(keys.size(), 5, 1,
                      [&](std::size_t row) { return keys[row]; });
  CHECK(list(all, 4) == Ids{3});
  CHECK(RowGroups(0, 5, 1, [](std::size_t) { return std::size_t{0}; }).empty());
  CHECK(RowGroups(3, 0, 1, [](std::size_t) { return std::size_t{0}; }).empty());
}

}  // namespace headrope
