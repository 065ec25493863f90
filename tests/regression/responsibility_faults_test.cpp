// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Faults that were found in answers about responsibility, each with the input
// that showed it.

#include <catch2/catch.hpp>

#include "support/responsibility_oracle_town.hpp"
#include <headrope/responsibility.hpp>

namespace headrope {
namespace {

using testing::entity;
using testing::only;

TEST_CASE("A holder assigned at two units equally near is listed with each",
          "[responsibility]") {
  testing::Town town;
  const UnitId first = town.unit(0);
  const UnitId second = town.unit(1);
  const UnitId below = town.unit(2);
  town.link(below, first);
  town.link(below, second);
  const DutyId duty = town.duty(0);
  town.scope(duty, testing::everywhere());
  town.assign(duty, entity(below), only(first));
  town.assign(duty, entity(below), only(second));
  const Responsibility library = town.asked();
  const auto index = [&](std::size_t number) {
    return *library.snapshot().find_unit(testing::Town::name('u', number));
  };

  const std::vector<Holder> holders = library.holders(index(2));
  REQUIRE(holders.size() == 2);
  CHECK(holders[0].from == index(0));
  CHECK(holders[1].from == index(1));
  std::vector<Responsibility::Position> leads(2);
  CHECK(library.leads(duty, index(2), Date{}, leads) == 1);
  GapQuestion two_leads;
  two_leads.types = {GapType::two_leads};
  CHECK(find_gaps(library, two_leads)->empty());
}

}  // namespace
}  // namespace headrope
