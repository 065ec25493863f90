// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A rule pack from a file: what it asks, who meets it, why, and what another
// threshold would change.

#include <iostream>

#include <headrope/headrope.hpp>

int main() {
  headrope::Diagnostics findings;
  const auto registry = headrope::load_package("xincheng", findings);
  if (!registry) return 1;
  const auto pack = headrope::load_pack("pack/pack.yaml", *registry, findings);
  if (!pack) {
    for (const auto& finding : findings.items()) {
      std::cerr << finding.file << ':' << finding.row << ": " << finding.message
                << '\n';
    }
    return 1;
  }
  headrope::FreezeOptions freezing;
  freezing.as_of = *headrope::make_date(2013, 12, 31);
  const auto frozen = headrope::freeze(*registry, freezing, findings);
  if (!frozen) return 1;
  const headrope::Snapshot& snapshot = **frozen;

  const std::size_t rule = *(*pack)->find_rule("S02");
  headrope::RuleQuestion question;
  question.range = {*headrope::make_date(2013, 1, 1),
                    *headrope::make_date(2014, 1, 1)};
  const auto assessed = headrope::assess(snapshot, *pack, rule, question);
  if (!assessed) return 1;
  const headrope::StatusCounts counts = assessed->counts();
  std::cout << (*pack)->rule(rule).title.en << ": "
            << counts.of(headrope::Status::met) << " of " << counts.eligible()
            << '\n';

  const auto explanation =
      headrope::explain(snapshot, *pack, rule, "U05", question);
  if (!explanation) return 1;
  std::cout << explanation->sentence_en << '\n';

  const auto looser = headrope::with_parameter(
      *pack, "branch_days", {7, 1}, *headrope::make_date(2013, 1, 1));
  if (!looser) return 1;
  const auto compared = headrope::compare(snapshot, *pack, *looser, question);
  if (!compared) return 1;
  for (const headrope::RuleComparison& one : *compared) {
    for (const headrope::ChangedSubject& changed : one.changed) {
      std::cout << one.rule << ": "
                << headrope::subject_identity(snapshot, one.after.subject_type,
                                              changed.subject)
                << (changed.transition == headrope::Transition::entered
                        ? " meets it now"
                        : " changes")
                << '\n';
    }
  }
}
