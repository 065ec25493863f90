// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Figures that stay right: a session is recorded, a member moves, and the sums,
// the coverage and the members of every unit above are asked again at once. A
// moment that is held stays what it was.

#include <iostream>

#include <headrope/headrope.hpp>

int main() {
  headrope::Diagnostics findings;
  auto registry = headrope::load_package("xincheng", findings);
  if (!registry) return 1;
  const headrope::Date today = *headrope::make_date(2013, 12, 31);
  headrope::FreezeOptions freezing;
  freezing.as_of = today;
  const auto snapshot = headrope::freeze(*registry, freezing, findings);
  if (!snapshot) return 1;

  // What is kept: sessions, branches that met four, members.
  headrope::Tally sessions;
  sessions.measures = {*registry->find_measure("study_session")};
  headrope::Rule four;
  four.subjects.kinds = {*registry->find_kind("party_branch")};
  four.tally = sessions;
  four.requirement.threshold = 4;
  const headrope::Interval year{*headrope::make_date(2013, 1, 1),
                                *headrope::make_date(2014, 1, 1)};
  const headrope::LiveFigure figures[] = {
      headrope::LiveSums{sessions, year},
      headrope::LiveCoverage{four, year, headrope::CountBasis::primary},
      headrope::LiveMembers{headrope::CountBasis::any}};
  auto live = headrope::LiveFigures::make(*snapshot, "party", figures);
  if (!live) return 1;

  const headrope::UnitIndex branch = *(*snapshot)->find_unit("U05");
  const headrope::PlaceIndex top =
      live->forest().first_place(*(*snapshot)->find_unit("U01"));
  const auto print = [&](const headrope::LiveMoment& moment) {
    const auto counts = *moment.counts(1, top);
    std::cout << "U01 after batch " << moment.sequence() << ": "
              << *moment.value(0, top) << " sessions, "
              << counts.of(headrope::Status::met) << " of " << counts.eligible()
              << " branches, " << *moment.value(2, top) << " members\n";
  };
  const auto before = live->moment();
  print(*before);

  // A session of the branch, in the registry too, for the next freeze.
  headrope::LiveChange session;
  session.record.measure = sessions.measures.front();
  session.record.unit = branch;
  session.record.valid = {today, headrope::add_days(today, 1)};
  const auto added =
      headrope::apply_to_registry(*registry, *live, {&session, 1}, today);
  if (!added) return 1;
  print(*live->moment());

  // Where figures changed.
  for (const headrope::PlaceIndex place :
       live->changed_since(before->sequence()).places) {
    std::cout << (*snapshot)->identity(live->forest().unit(place)) << ' ';
  }
  std::cout << "changed\n";
  print(*before);  // As it was.
}
