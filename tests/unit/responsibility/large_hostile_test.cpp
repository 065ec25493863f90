// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Responsibility in organisations that are deep, wide or go in a circle: the
// answers are right, and neither the stack nor the time runs out.

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

#include "support/responsibility_oracle_town.hpp"

namespace headrope {
namespace {

using testing::entity;
using testing::everywhere;
using testing::only;
using testing::Town;

std::vector<Gap> gaps_of(const Responsibility& library, GapType type) {
  GapQuestion question;
  question.types = {type};
  question.days = Interval{};
  auto found = find_gaps(library, question);
  REQUIRE(found.has_value());
  return *found;
}

// A line of units, each below the one before.
std::vector<UnitId> add_line(Town& town, std::size_t count) {
  std::vector<UnitId> units;
  for (std::size_t i = 0; i < count; ++i) {
    units.push_back(town.unit(i));
    town.link(units[i], i == 0 ? UnitId{} : units[i - 1]);
  }
  return units;
}

UnitIndex index_of(const Responsibility& library, std::size_t number) {
  return *library.snapshot().find_unit(Town::name('u', number));
}

TEST_CASE("Who leads a thousand levels above answers at the bottom",
          "[responsibility]") {
  constexpr std::size_t depth = 1'000;
  Town town;
  const std::vector<UnitId> units = add_line(town, depth);
  const DutyId duty = town.duty(0);
  town.scope(duty, everywhere());
  town.assign(duty, entity(units[0]), only(units[0]));
  const Responsibility library = town.asked();
  const UnitIndex bottom = index_of(library, depth - 1);

  const std::vector<Holder> holders = library.holders(bottom);
  REQUIRE(holders.size() == 1);
  CHECK(holders[0].reached == Reached::above);
  CHECK(holders[0].steps == depth - 1);
  CHECK(holders[0].from == index_of(library, 0));
  CHECK(gaps_of(library, GapType::no_lead).empty());
  REQUIRE(gaps_of(library, GapType::self_lead).size() == 1);
}

TEST_CASE("On a vacant top of a thousand levels hang all the others",
          "[responsibility]") {
  constexpr std::size_t depth = 1'000;
  Town town;
  const std::vector<UnitId> units = add_line(town, depth);
  for (std::size_t i = 0; i < depth; ++i) {
    const PostId post = town.post(i, units[i]);
    if (i > 0) {
      town.hold(post, town.person(i));
    }
  }
  const Responsibility library = town.asked();
  ChainQuestion question;
  question.forest = library.snapshot().find_forest("line");

  const auto chains = follow_chains(library, question);
  REQUIRE(chains.has_value());
  REQUIRE(chains->breaks.size() == 1);
  CHECK(chains->breaks[0].hanging == depth - 1);
  CHECK(chains->breaks[0].is_first);
  CHECK(chains->breaks[0].days == Interval{});
  CHECK(chains->leaves == 1);
  CHECK(chains->leaves_reached == 0);
  CHECK(hanging_below(*question.forest, index_of(library, 400)).size() ==
        depth - 401);
}

TEST_CASE("Of two parents at every level neither holds what is below",
          "[responsibility]") {
  // Pairs of units, each below both of the pair above: 2^15 places below.
  constexpr std::size_t levels = 15;
  Town town;
  std::vector<UnitId> units{town.unit(0)};
  town.link(units[0], {});
  for (std::size_t level = 1; level < levels; ++level) {
    const std::size_t above = units.size();
    for (std::size_t side = 0; side < 2; ++side) {
      units.push_back(town.unit(units.size()));
      town.link(units.back(), units[above - 1]);
      if (above > 1) {
        town.link(units.back(), units[above - 2]);
      }
    }
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    const PostId post = town.post(i, units[i]);
    if (i != 3 && i != 5 && i != 6) {
      town.hold(post, town.person(i));
    }
  }
  const Responsibility library = town.asked();
  ChainQuestion question;
  question.forest = library.snapshot().find_forest("line");

  const auto chains = follow_chains(library, question);
  REQUIRE(chains.has_value());
  REQUIRE(chains->breaks.size() == 3);
  for (const ChainBreak& one : chains->breaks) {
    CHECK(one.hanging == 0);
    CHECK(one.is_first);
  }
  CHECK(chains->leaves == 2);
  CHECK(chains->leaves_reached == 0);
  CHECK(std::count(chains->reached.begin(), chains->reached.end(), 1) == 4);
}

TEST_CASE("A hundred thousand units without a lead are all told",
          "[responsibility]") {
  constexpr std::size_t unit_count = 100'000;
  constexpr std::size_t duty_count = 3;
  Town town;
  for (std::size_t i = 0; i < unit_count; ++i) {
    static_cast<void>(town.unit(i));
  }
  for (std::size_t i = 0; i < duty_count; ++i) {
    town.scope(town.duty(i), everywhere());
  }
  const Responsibility library = town.asked();

  const std::vector<Gap> gaps = gaps_of(library, GapType::no_lead);
  REQUIRE(gaps.size() == unit_count * duty_count);
  CHECK(std::all_of(gaps.begin(), gaps.end(),
                    [](const Gap& gap) { return gap.days == Interval{}; }));
  MatrixQuestion question;
  question.rows_max = unit_count * duty_count;
  const auto rows = matrix(library, question);
  REQUIRE(rows.has_value());
  CHECK(rows->size() == unit_count * duty_count);
}

TEST_CASE("A hundred thousand leads of one unit are one finding",
          "[responsibility]") {
  constexpr std::size_t lead_count = 100'000;
  Town town;
  const UnitId unit = town.unit(0);
  const DutyId duty = town.duty(0);
  town.scope(duty, everywhere());
  for (std::size_t i = 0; i < lead_count; ++i) {
    town.assign(duty, entity(town.person(i)), only(unit));
  }
  const Responsibility library = town.asked();

  const std::vector<Gap> gaps = gaps_of(library, GapType::two_leads);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].count == lead_count);
  CHECK(gaps[0].holder == entity(PersonId{0}));
  CHECK(gaps[0].other == entity(PersonId{1}));
  CHECK(library.holders(UnitIndex{0}).size() == lead_count);
  std::vector<Responsibility::Position> two(2);
  CHECK(library.leads(duty, UnitIndex{0}, {}, two) == lead_count);
}

TEST_CASE("A hundred thousand leads one day after the other leave no day",
          "[responsibility]") {
  constexpr std::int32_t lead_count = 100'000;
  const Date first = *make_date(1500, 1, 1);
  Town town;
  const UnitId unit = town.unit(0);
  const DutyId duty = town.duty(0);
  town.scope(duty, everywhere());
  for (std::int32_t i = 0; i < lead_count; ++i) {
    town.assign(duty, entity(town.person(static_cast<std::size_t>(i % 7))),
                only(unit), {add_days(first, i), add_days(first, i + 1)});
  }
  const Date end = add_days(first, lead_count);
  const Responsibility library = town.asked();

  const std::vector<Gap> without = gaps_of(library, GapType::no_lead);
  REQUIRE(without.size() == 2);
  CHECK(without[0].days == Interval{Date::open_start(), first});
  CHECK(without[1].days == Interval{end, Date::open_end()});
  const std::vector<Gap> expired =
      gaps_of(library, GapType::assignment_expired);
  REQUIRE(expired.size() == 1);
  CHECK(expired[0].days == Interval{end, Date::open_end()});
  CHECK(library.holders(UnitIndex{0}, {add_days(first, 5), {}, {}}).size() ==
        1);
}

TEST_CASE("A post that changed hands fifty thousand times is told at once",
          "[responsibility]") {
  constexpr std::int32_t holder_count = 50'000;
  const Date first = *make_date(1500, 1, 1);
  Town town;
  const PostId post = town.post(0, town.unit(0));
  for (std::int32_t i = 0; i < holder_count; ++i) {
    town.hold(post, town.person(static_cast<std::size_t>(i % 7)),
              {add_days(first, 2 * i), add_days(first, 2 * i + 1)});
  }
  const Responsibility library = town.asked();

  CHECK(library.tenures(post).size() == 2 * holder_count + 1);
  CHECK(gaps_of(library, GapType::vacancy).size() == holder_count + 1);
}

// Units of which each is led by the next, and the last by the first.
Town led_in_a_circle(std::size_t count) {
  Town town;
  std::vector<UnitId> units;
  for (std::size_t i = 0; i < count; ++i) {
    units.push_back(town.unit(i));
  }
  const DutyId duty = town.duty(0);
  town.scope(duty, everywhere());
  for (std::size_t i = 0; i < count; ++i) {
    town.assign(duty, entity(units[(i + 1) % count]), only(units[i]));
  }
  return town;
}

TEST_CASE("Units that lead each other in a circle are told once",
          "[responsibility]") {
  const std::size_t count = GENERATE(2U, 3U, 50'000U);
  const Responsibility library = led_in_a_circle(count).asked();

  const std::vector<Gap> gaps = gaps_of(library, GapType::delegation_cycle);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].unit == UnitIndex{0});
  CHECK(gaps[0].other == Entity{EntityType::unit, 1});
  CHECK(gaps[0].count == static_cast<std::int64_t>(count));
  CHECK(gaps[0].days == Interval{});
  CHECK(gaps_of(library, GapType::self_lead).empty());
}

TEST_CASE("A unit that leads itself is no circle", "[responsibility]") {
  const Responsibility library = led_in_a_circle(1).asked();

  CHECK(gaps_of(library, GapType::delegation_cycle).empty());
  CHECK(gaps_of(library, GapType::self_lead).size() == 1);
}

TEST_CASE("A circle that is open on a day is none on that day",
          "[responsibility]") {
  constexpr std::size_t count = 50'000;
  const Date day = *make_date(2013, 1, 1);
  Town town;
  std::vector<UnitId> units;
  for (std::size_t i = 0; i < count; ++i) {
    units.push_back(town.unit(i));
  }
  const DutyId duty = town.duty(0);
  town.scope(duty, everywhere());
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_last = i + 1 == count;
    town.assign(duty, entity(units[(i + 1) % count]), only(units[i]),
                {is_last ? day : Date::open_start(), Date::open_end()});
  }
  const Responsibility library = town.asked(day);

  const std::vector<Gap> gaps = gaps_of(library, GapType::delegation_cycle);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].days == Interval{day, Date::open_end()});
  GapQuestion before;
  before.types = {GapType::delegation_cycle};
  before.days = Interval{add_days(day, -1), day};
  CHECK(find_gaps(library, before)->empty());
}

TEST_CASE("Offices that follow each other in a circle are compared one by one",
          "[responsibility]") {
  const std::size_t count = GENERATE(1U, 2U, 50'000U);
  Town town;
  const UnitId unit = town.unit(0);
  std::vector<PostId> posts;
  for (std::size_t i = 0; i < count; ++i) {
    posts.push_back(*town.registry.make_post(Town::name('s', i)));
  }
  for (std::size_t i = 0; i < count; ++i) {
    static_cast<void>(town.post(i, unit, posts[(i + 1) % count]));
    town.hold(posts[i], town.person(i));
  }
  Diagnostics findings;
  town.registry.check(findings);
  const Responsibility library = town.asked();

  const auto gaps = gaps_of(library, GapType::ex_officio_not_followed);
  CHECK(gaps.size() == (count == 1 ? 0 : count));
  CHECK(gaps_of(library, GapType::office_gone).empty());
}

TEST_CASE("Load of a hundred thousand holders is counted once each",
          "[responsibility]") {
  constexpr std::size_t count = 100'000;
  Town town;
  const UnitId unit = town.unit(0);
  const DutyId duty = town.duty(0);
  for (std::size_t i = 0; i < count; ++i) {
    town.assign(duty, entity(town.person(i)), only(unit));
    town.assign(duty, entity(town.person(i)), everywhere());
    town.assign(duty, entity(unit), only(unit));
  }
  const std::vector<Load> loads = count_load(town.asked());

  std::size_t leading = 0;
  for (const Load& load : loads) {
    leading += load.burden.leads == 1 ? 1U : 0U;
    CHECK(load.burden.total() <= 1);
  }
  CHECK(leading == count + 1);
}

}  // namespace
}  // namespace headrope
