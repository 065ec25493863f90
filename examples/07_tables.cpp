// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An answer as a table: the members of the park committee and the branches
// below it, as CSV and as JSON.

#include <iostream>

#include <headrope/headrope.hpp>

int main() {
  headrope::Diagnostics findings;
  const auto registry = headrope::load_package("xincheng", findings);
  if (!registry) return 1;
  headrope::FreezeOptions freezing;
  freezing.as_of = *headrope::make_date(2013, 12, 31);
  const auto frozen = headrope::freeze(*registry, freezing, findings);
  if (!frozen) return 1;
  const headrope::Snapshot& snapshot = **frozen;

  const headrope::Forest& party = *snapshot.find_forest("party");
  const auto counts =
      headrope::count_members(snapshot, party, headrope::CountBasis::primary);
  headrope::Shown shown;
  shown.top = party.first_place(*snapshot.find_unit("U08"));
  const headrope::Table table =
      headrope::members_table(snapshot, party, counts, shown);

  const auto print = [](std::string_view text) { std::cout << text; };
  headrope::write_csv(table, print);
  headrope::write_json(table, print);
}
