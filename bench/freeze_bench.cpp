// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Freezing the organisation: how long it takes, and what a snapshot takes for
// each unit, record and membership.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "headrope/snapshot.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const Registry registry = national.registry({true, true});
  const Date day = value_of(make_date(2025, 12, 31));
  const auto frozen = [&] {
    Diagnostics findings;
    return value_of(freeze(registry, {day, latest_day, {}}, findings));
  };
  Snapshot::Memory memory;
  {
    const auto snapshot = frozen();
    memory = snapshot->memory();
    if (snapshot->unit_count() != national.unit_count() ||
        snapshot->membership_count(Standing::primary) +
                snapshot->membership_count(Standing::secondary) !=
            national.membership_count()) {
      give_up("something is missing");
    }
  }

  Race race(arguments.rounds);
  race.add("freeze", [&] { benchmark::DoNotOptimize(frozen().get()); });
  race.run();

  const auto each = [](std::size_t bytes, std::size_t count) {
    return static_cast<double>(bytes) / static_cast<double>(count);
  };
  const double unit = each(memory.units, national.unit_count());
  const double record = each(memory.records, national.record_count());
  RatioTable table;
  table.title(fmt::format(
      "Freezing, {}; {} memberships, {} records", sizes(arguments, national),
      national.membership_count(), national.record_count()));
  table.figure("a unit, without texts", "—", fmt::format("{:.1f} bytes", unit),
               "at most 96 bytes", unit <= 96 ? 1 : 0);
  table.figure("a record", "—", fmt::format("{:.1f} bytes", record),
               "at most 24 bytes", record <= 24 ? 1 : 0);
  table.figure(
      "a unit's views of its texts", "—",
      fmt::format("{:.1f} bytes", each(memory.texts, national.unit_count())),
      "—", -1);
  table.figure("a membership, with the person's identity", "—",
               fmt::format("{:.1f} bytes",
                           each(memory.members, national.membership_count())),
               "—", -1);
  table.figure("freeze", "—",
               duration(spread_of(race.seconds("freeze")).median), "—", -1);
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
