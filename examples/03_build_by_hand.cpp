// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A Registry filled row by row instead of from files: a committee, two
// branches, two donations; then the sum at and below each.

#include <iostream>

#include <headrope/headrope.hpp>

int main() {
  headrope::Registry registry;
  const auto party = *registry.find_hierarchy("party");
  const auto committee_kind = *registry.find_kind("party_committee");
  const auto branch_kind = *registry.find_kind("party_branch");
  const auto committee = *registry.make_unit("committee");
  const auto north = *registry.make_unit("north");
  const auto south = *registry.make_unit("south");

  bool good = true;
  const auto add = [&](const auto& row) {
    good = registry.add(row).has_value() && good;
  };
  add(headrope::UnitState{committee, committee_kind, "Town", "", {}, {}});
  add(headrope::UnitState{north, branch_kind, "North", "", {}, {}});
  add(headrope::UnitState{south, branch_kind, "South", "", {}, {}});
  add(headrope::Link{party, north, committee, {}, {}});
  add(headrope::Link{party, south, committee, {}, {}});
  const auto give = [&](headrope::UnitId unit, std::int64_t fen) {
    const auto day = *headrope::make_date(2013, 6, 28);
    headrope::Record record;
    record.measure = *registry.find_measure("donation");
    record.unit = unit;
    record.value = fen;  // The measure has two decimals: 120.50 yuan.
    record.valid = {day, headrope::add_days(day, 1)};
    add(record);
  };
  give(north, 12'050);
  give(south, 80'025);
  headrope::Diagnostics findings;
  registry.check(findings);
  if (!good || findings.error_count() > 0) return 1;
  headrope::FreezeOptions freezing;
  freezing.as_of = *headrope::make_date(2013, 12, 31);
  const auto frozen = headrope::freeze(registry, freezing, findings);
  if (!frozen) return 1;
  headrope::Tally tally;
  tally.measures = {*registry.find_measure("donation")};
  tally.reduction = headrope::Reduction::sum;
  const auto own = headrope::tally_units(**frozen, tally, {});
  if (!own) return 1;
  const headrope::Forest& forest = *(*frozen)->find_forest("party");
  const auto sums = headrope::roll_up(forest, own->value);
  if (!sums) return 1;
  for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
    std::cout << (*frozen)->identity(forest.unit({at})) << ' ' << (*sums)[at]
              << " fen\n";
  }
}
