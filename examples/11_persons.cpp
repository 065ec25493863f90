// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Different persons below units of two hierarchies, how the two sets overlap,
// and thresholds at one unit without a new pass.

#include <array>
#include <iostream>

#include <headrope/headrope.hpp>

namespace {

using SnapshotPointer = std::shared_ptr<const headrope::Snapshot>;

int tell_persons(const SnapshotPointer& snapshot) {
  const auto below = [&](const char* hierarchy, const char* unit) {
    return headrope::PersonSet::below(snapshot,
                                      *snapshot->find_forest(hierarchy),
                                      *snapshot->find_unit(unit));
  };
  const auto party = below("party", "U03");
  const auto street = below("administrative", "D01");
  if (!party || !street) return 1;
  headrope::PersonSet only = *street;
  if (!only.subtract(*party)) return 1;
  std::cout << only.size() << " only below D01\n";

  const std::array<const headrope::PersonSet*, 2> sets{&*party, &*street};
  const auto overlap = headrope::find_overlap(sets);
  if (!overlap) return 1;
  const std::vector<std::string> labels{"party", "administrative"};
  std::cout << headrope::overlap_sentence(*overlap, labels,
                                          headrope::Language::en)
            << '\n';
  return 0;
}

int tell_thresholds(const SnapshotPointer& snapshot) {
  headrope::Tally tally;
  tally.measures = {*snapshot->find_measure("study_session")};
  tally.reduction = headrope::Reduction::distinct_days;
  const auto made = headrope::tally_units(*snapshot, tally, {});
  if (!made) return 1;
  const headrope::UnitTally& days = *made;
  const auto index = headrope::SpectrumIndex::make(
      snapshot, *snapshot->find_forest("party"), days.value, days.has_value);
  if (!index) return 1;
  const auto unit = *snapshot->find_unit("U08");
  const auto wished =
      index->threshold_for(unit, headrope::Comparison::at_least, 1, 2);
  if (!wished) return 1;
  std::cout << "half below U08 would reach "
            << headrope::to_string(wished->threshold) << " days; "
            << wished->met << " of " << wished->known << " do\n";
  return 0;
}

}  // namespace

int main() {
  headrope::Diagnostics findings;
  const auto registry = headrope::load_package("xincheng", findings);
  if (!registry) return 1;
  const auto snapshot = headrope::freeze(
      *registry, {*headrope::make_date(2013, 12, 31), headrope::latest_day, {}},
      findings);
  if (!snapshot) return 1;
  const int status = tell_persons(*snapshot);
  return status != 0 ? status : tell_thresholds(*snapshot);
}
