// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// One window for each month: the centre group meets monthly. Asked in the
// middle of August and at the end of the year; the first missing month is
// pending first, and unmet later.

#include <array>
#include <iostream>

#include <headrope/headrope.hpp>

int main() {
  constexpr std::array names{"met", "unmet", "pending"};
  headrope::Diagnostics findings;
  const auto registry = headrope::load_package("xincheng", findings);
  if (!registry) return 1;

  headrope::Rule rule;
  rule.subjects.kinds = {*registry->find_kind("party_working_committee")};
  rule.tally.measures = {*registry->find_measure("centre_group_session")};
  rule.period = headrope::Period::month;
  rule.requirement.threshold = 1;
  const headrope::Interval year{*headrope::make_date(2013, 1, 1),
                                *headrope::make_date(2014, 1, 1)};

  for (const char* day : {"2013-08-20", "2013-12-31"}) {
    headrope::FreezeOptions freezing;
    freezing.as_of = *headrope::parse_date(day);
    const auto frozen = headrope::freeze(*registry, freezing, findings);
    if (!frozen) return 1;
    const auto result = headrope::assess(**frozen, rule, year);
    if (!result) return 1;
    std::cout << "as of " << day << ":";
    for (std::size_t window = 0; window < result->windows.size(); ++window) {
      const headrope::Status status = result->statuses[result->at(0, window)];
      if (status == headrope::Status::met) continue;
      const headrope::Date first = result->windows[window].valid_from;
      std::cout << ' ' << headrope::to_string(first).substr(0, 7) << ' '
                << names.at(static_cast<std::size_t>(status));
    }
    std::cout << '\n';
  }
}
