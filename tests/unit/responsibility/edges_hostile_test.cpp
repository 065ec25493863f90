// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Responsibility where there is nothing, at the ends of the calendar, past the
// limits, and asked about what does not exist.

#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "support/responsibility_oracle_town.hpp"

namespace headrope {
namespace {

using testing::entity;
using testing::everywhere;
using testing::only;
using testing::Town;

const Date first_day = *make_date(1400, 1, 1);
const Date last_day = *make_date(9999, 12, 31);

GapQuestion every_day() {
  GapQuestion question;
  question.days = Interval{};
  return question;
}

std::vector<Gap> gaps_of(const Responsibility& library, GapType type) {
  GapQuestion question = every_day();
  question.types = {type};
  auto found = find_gaps(library, question);
  REQUIRE(found.has_value());
  return *found;
}

TEST_CASE("Of an empty organisation there is nothing to tell",
          "[responsibility]") {
  const Registry registry(Limits{}, StartingVocabulary::empty);
  Diagnostics findings;
  const auto snapshot = freeze(registry, {Date{}, latest_day, {}}, findings);
  REQUIRE(snapshot.has_value());
  const Responsibility library(*snapshot);

  CHECK(library.holders({}).empty());
  CHECK(matrix(library)->empty());
  CHECK(find_gaps(library)->empty());
  CHECK(find_gaps(library, every_day())->empty());
  CHECK(count_load(library).empty());
  CHECK(responsible_for_missed(library, {}).empty());
  CHECK(follow_chains(library, {}).error().code == Code::invalid_argument);
  CHECK(single_points(library, {}).error().code == Code::invalid_argument);
}

TEST_CASE("A unit alone has no findings", "[responsibility]") {
  Town town;
  static_cast<void>(town.unit(0));
  const Responsibility library = town.asked();

  CHECK(find_gaps(library, every_day())->empty());
  CHECK(library.holders(UnitIndex{0}).empty());
  CHECK(matrix(library)->empty());
}

TEST_CASE("What nobody names is held by nobody", "[responsibility]") {
  Town town;
  const UnitId unit = town.unit(0);
  town.assign(town.duty(0), entity(unit), only(unit));
  town.scope(town.duty(1), everywhere());
  const Responsibility library = town.asked();
  const DutyId no_duty{77};
  const UnitIndex no_unit{77};
  const RoleId no_role{77};

  CHECK_FALSE(library.reaches(no_duty, UnitIndex{0}, Date{}));
  CHECK_FALSE(library.reaches(DutyId{}, UnitIndex{0}, Date{}));
  CHECK_FALSE(library.reaches(DutyId{1}, no_unit, Date{}));
  CHECK(library.leads(no_duty, UnitIndex{0}, Date{}, {}) == 0);
  CHECK(library.leads(DutyId{1}, no_unit, Date{}, {}) == 0);
  CHECK(library.holders(UnitIndex{0}, {{}, no_duty, {}}).empty());
  CHECK(library.holders(UnitIndex{0}, {{}, DutyId{}, {}}).empty());
  CHECK(library.holders(UnitIndex{0}, {{}, {}, {no_role}}).empty());
  CHECK(library.holders(no_unit).empty());
  CHECK(library.tenures(PostId{77}).empty());
  CHECK(library.tenures(PostId{}).empty());
  CHECK(holders_for_person(library, PersonId{77}).empty());
  CHECK(holders_for_person(library, PersonId{}).empty());
  GapQuestion question = every_day();
  question.duties = {no_duty};
  CHECK(find_gaps(library, question)->empty());
  MatrixQuestion rows;
  rows.holders.duty = no_duty;
  CHECK(matrix(library, rows)->empty());
}

TEST_CASE("Chains of nothing that exists are refused or empty",
          "[responsibility]") {
  Town town;
  const UnitId unit = town.unit(0);
  town.link(unit, {});
  static_cast<void>(town.unit(1));
  const Responsibility library = town.asked();
  ChainQuestion question;
  question.forest = library.snapshot().find_forest("line");
  REQUIRE(question.forest != nullptr);

  const std::vector<std::uint8_t> too_few{1};
  question.held = too_few;
  CHECK(follow_chains(library, question).error().code ==
        Code::invalid_argument);
  question.held = {};
  question.duty = DutyId{77};
  CHECK(follow_chains(library, question).error().code ==
        Code::invalid_argument);
  CHECK(hanging_below(*question.forest, UnitIndex{1}).empty());
  question.duty = std::nullopt;
  CHECK(single_points(library, question, 0)->empty());
}

TEST_CASE("An empty interval of days touches no finding", "[responsibility]") {
  Town town;
  static_cast<void>(town.unit(0));
  town.scope(town.duty(0), everywhere());
  const Responsibility library = town.asked();
  GapQuestion question;
  question.days = Interval{Date{10}, Date{10}};
  CHECK(find_gaps(library, question)->empty());
  question.days = Interval{Date{11}, Date{10}};
  CHECK(find_gaps(library, question)->empty());
  question.days = Interval{Date{10}, Date{11}};
  CHECK(find_gaps(library, question)->size() == 2);
}

TEST_CASE("Duties that begin on the first day and end on the last are followed",
          "[responsibility]") {
  const Date as_of = GENERATE(as<Date>{}, Date{}, first_day, last_day);
  Town town;
  const UnitId unit = town.unit(0);
  const DutyId duty = town.duty(0);
  town.scope(duty, everywhere());
  town.assign(duty, entity(unit), only(unit), {first_day, last_day});
  const Responsibility library = town.asked(as_of);

  const std::vector<Gap> gaps = gaps_of(library, GapType::no_lead);
  REQUIRE(gaps.size() == 2);
  CHECK(gaps[0].days == Interval{Date::open_start(), first_day});
  CHECK(gaps[1].days == Interval{last_day, Date::open_end()});
  CHECK(library.leads(duty, UnitIndex{0}, add_days(last_day, -1), {}) == 1);
  CHECK(library.leads(duty, UnitIndex{0}, last_day, {}) == 0);
  CHECK(library.leads(duty, UnitIndex{0}, first_day, {}) == 1);
  CHECK(library.leads(duty, UnitIndex{0}, add_days(first_day, -1), {}) == 0);
  CHECK(library.leads(duty, UnitIndex{0}, latest_day, {}) == 0);
}

TEST_CASE("What holds on one day only is told for that day",
          "[responsibility]") {
  const Date day =
      GENERATE(as<Date>{}, first_day, Date{}, add_days(last_day, -1));
  const Interval one_day{day, add_days(day, 1)};
  Town town;
  const UnitId unit = town.unit(0);
  const DutyId duty = town.duty(0);
  town.scope(duty, everywhere(), one_day);
  static_cast<void>(town.post(0, unit, {}, one_day));
  const Responsibility library = town.asked();

  REQUIRE(gaps_of(library, GapType::no_lead).size() == 1);
  CHECK(gaps_of(library, GapType::no_lead)[0].days == one_day);
  REQUIRE(gaps_of(library, GapType::vacancy).size() == 1);
  CHECK(gaps_of(library, GapType::vacancy)[0].days == one_day);
  for (const std::int32_t off : {-1, 0, 1}) {
    GapQuestion question;
    const Date at = add_days(day, off);
    question.types = {GapType::no_lead, GapType::vacancy};
    question.days = Interval{at, add_days(at, 1)};
    CHECK((find_gaps(library, question)->empty()) == (off != 0));
  }
}

TEST_CASE("Turns are counted in the first and in the last year",
          "[responsibility]") {
  const bool is_first = GENERATE(true, false);
  const Date as_of = is_first ? first_day : last_day;
  Town town;
  const UnitId unit = town.unit(0);
  for (std::size_t i = 0; i < 2; ++i) {
    town.hold(town.post(i, unit), town.person(i));
  }
  REQUIRE(town.registry
              .add(Record{town.turns,
                          {},
                          town.person(0),
                          Reach::own,
                          1,
                          {is_first ? as_of : add_days(as_of, -1),
                           is_first ? add_days(as_of, 1) : as_of},
                          {},
                          ""})
              .has_value());
  Need need;
  need.type = Need::Type::turns;
  need.role = town.head;
  need.measure = town.turns;
  Town::require(town.registry.add(need));
  const Responsibility library = town.asked(as_of);

  const std::vector<Gap> gaps = gaps_of(library, GapType::turn_skipped);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].person == PersonId{1});
  CHECK(gaps[0].count == 0);
  CHECK(gaps[0].limit == 1);
  CHECK(gaps[0].days == Interval{is_first ? first_day : *make_date(9999, 1, 1),
                                 add_days(as_of, 1)});
}

// Two units without a lead, whom two persons lead in another duty.
Town four_rows() {
  Town town;
  const DutyId unled = town.duty(0);
  const DutyId led = town.duty(1);
  town.scope(unled, everywhere());
  town.scope(led, everywhere());
  for (std::size_t i = 0; i < 2; ++i) {
    static_cast<void>(town.unit(i));
  }
  town.assign(led, entity(town.person(0)), everywhere());
  return town;
}

TEST_CASE("One finding past the limit is an error, none is not",
          "[responsibility]") {
  const Responsibility library = four_rows().asked();
  GapQuestion question;
  question.types = {GapType::no_lead};
  question.gaps_max = 2;
  REQUIRE(find_gaps(library, question).has_value());
  CHECK(find_gaps(library, question)->size() == 2);
  question.gaps_max = 1;
  CHECK(find_gaps(library, question).error().code == Code::limit_exceeded);
  question.gaps_max = 0;
  CHECK(find_gaps(library, question).error().code == Code::limit_exceeded);
}

TEST_CASE("Findings of all types together count against the limit",
          "[responsibility]") {
  Town town = four_rows();
  static_cast<void>(town.post(0, *town.registry.find_unit(Town::name('u', 0))));
  const Responsibility library = town.asked();
  GapQuestion question;
  const std::size_t count = find_gaps(library, question)->size();
  REQUIRE(count > 3);
  question.gaps_max = count;
  CHECK(find_gaps(library, question).has_value());
  question.gaps_max = count - 1;
  CHECK(find_gaps(library, question).error().code == Code::limit_exceeded);
}

TEST_CASE("One row past the limit is an error, none is not",
          "[responsibility]") {
  const Responsibility library = four_rows().asked();
  MatrixQuestion question;
  question.rows_max = 4;
  REQUIRE(matrix(library, question).has_value());
  CHECK(matrix(library, question)->size() == 4);
  question.rows_max = 3;
  CHECK(matrix(library, question).error().code == Code::limit_exceeded);
  question.with_gaps = false;
  question.rows_max = 2;
  CHECK(matrix(library, question)->size() == 2);
  question.rows_max = 1;
  CHECK(matrix(library, question).error().code == Code::limit_exceeded);
}

TEST_CASE("A search that is stopped tells so", "[responsibility]") {
  Town town;
  for (std::size_t i = 0; i < 1'000; ++i) {
    static_cast<void>(town.unit(i));
  }
  for (std::size_t i = 0; i < 40; ++i) {
    town.scope(town.duty(i), everywhere());
  }
  const Responsibility library = town.asked();
  int calls = 0;
  GapQuestion question;
  question.progress = [&](std::string_view, std::uint64_t, std::uint64_t) {
    ++calls;
    return true;
  };
  const auto whole = find_gaps(library, question);
  REQUIRE(whole.has_value());
  REQUIRE(calls > 0);
  for (int stop = 1; stop <= calls; ++stop) {
    int left = stop;
    question.progress = [&](std::string_view, std::uint64_t, std::uint64_t) {
      return --left > 0;
    };
    CHECK(find_gaps(library, question).error().code == Code::cancelled);
  }
}

}  // namespace
}  // namespace headrope
