// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// One assessment, two hierarchies. Three of the four members of the park's
// branches are trained: the party line shows them under the park, the
// administrative line under the village. Both lines have the same total.

#include <iostream>

#include <headrope/headrope.hpp>

namespace {

void tell(const headrope::Snapshot& snapshot, const char* hierarchy,
          const char* unit, const headrope::Assessment& assessment) {
  const headrope::Forest& forest = *snapshot.find_forest(hierarchy);
  const auto coverage = headrope::cover(snapshot, forest, assessment);
  if (!coverage) return;
  const auto index = *snapshot.find_unit(unit);
  const auto counts = coverage->at(forest.first_place(index));
  std::cout << hierarchy << ": " << unit << ' ' << snapshot.name(index) << ' '
            << counts.of(headrope::Status::met) << " of " << counts.eligible()
            << '\n';
}

}  // namespace

int main() {
  headrope::Diagnostics findings;
  const auto registry = headrope::load_package("xincheng", findings);
  if (!registry) return 1;
  headrope::FreezeOptions freezing;
  freezing.as_of = *headrope::make_date(2013, 12, 31);
  const auto frozen = headrope::freeze(*registry, freezing, findings);
  if (!frozen) return 1;
  const headrope::Snapshot& snapshot = **frozen;

  headrope::Rule rule;
  rule.subjects.type = headrope::Subjects::Type::persons;
  rule.tally.source = headrope::Tally::Source::attendance;
  rule.tally.measures = {*snapshot.find_measure("rotation_training")};
  rule.requirement.threshold = 1;
  const auto assessment = headrope::assess(snapshot, rule, {});
  if (!assessment) return 1;

  tell(snapshot, "party", "U08", *assessment);
  tell(snapshot, "administrative", "D04", *assessment);
  tell(snapshot, "party", "U01", *assessment);
  tell(snapshot, "administrative", "D01", *assessment);
}
