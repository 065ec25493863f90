// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Coverage of a rule along a hierarchy: how many members of each party
// organisation took part in a rotation training in 2013.

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

  headrope::Rule rule;  // Each member attends at least one course a year.
  rule.subjects.type = headrope::Subjects::Type::persons;
  rule.tally.source = headrope::Tally::Source::attendance;
  rule.tally.measures = {*snapshot.find_measure("rotation_training")};
  rule.requirement.threshold = 1;
  const headrope::Interval year{*headrope::make_date(2013, 1, 1),
                                *headrope::make_date(2014, 1, 1)};
  const auto assessment = headrope::assess(snapshot, rule, year);
  if (!assessment) return 1;

  const headrope::Forest& party = *snapshot.find_forest("party");
  const auto coverage = headrope::cover(snapshot, party, *assessment);
  if (!coverage) return 1;
  for (std::uint32_t at = 0; at < party.place_count(); ++at) {
    const headrope::UnitIndex unit = party.unit({at});
    const headrope::StatusCounts counts = coverage->at({at});
    std::cout << std::string(2 * party.depth({at}), ' ')
              << snapshot.identity(unit) << ' ' << snapshot.name(unit) << ' '
              << counts.of(headrope::Status::met) << " of " << counts.eligible()
              << '\n';
  }
}
