// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Two clocks: when a thing was true, and when it stood in the books. A session
// of December is entered in January; on the last day of the year it was not
// known. Both figures can be asked for later.

#include <iostream>

#include <headrope/headrope.hpp>

int main() {
  headrope::Registry registry;
  const auto unit = *registry.make_unit("branch");
  const auto kind = *registry.find_kind("party_branch");
  const auto measure = *registry.find_measure("study_session");
  bool good =
      registry.add(headrope::UnitState{unit, kind, "", "", {}, {}}).has_value();

  const auto add_session = [&](const char* held, const char* entered) {
    headrope::Record record;
    record.measure = measure;
    record.unit = unit;
    const headrope::Date day = *headrope::parse_date(held);
    record.valid = {day, headrope::add_days(day, 1)};
    record.recorded = {*headrope::parse_date(entered),
                       headrope::Date::open_end()};
    good = registry.add(record).has_value() && good;
  };
  add_session("2013-11-08", "2013-11-11");
  add_session("2013-12-20", "2014-01-10");
  if (!good) return 1;

  for (const char* known_on : {"2013-12-31", "2014-01-31"}) {
    headrope::FreezeOptions freezing;
    freezing.as_of = *headrope::parse_date("2013-12-31");
    freezing.known_on = *headrope::parse_date(known_on);
    headrope::Diagnostics findings;
    const auto frozen = headrope::freeze(registry, freezing, findings);
    if (!frozen) return 1;
    headrope::Tally sessions;
    sessions.measures = {measure};
    const auto counts = headrope::tally_units(**frozen, sessions, {});
    if (!counts) return 1;
    std::cout << "sessions until 2013-12-31, as known on " << known_on << ": "
              << counts->value[0] << '\n';
  }
}
