// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// One threshold rule over every unit, against a plain scan of the same columns
// that makes the same value and status; as a flat rule, as a rule of a pack,
// and with another threshold on values that were kept.

#include <benchmark/benchmark.h>

#include "headrope/headrope.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

constexpr std::int64_t threshold = 2;

constexpr std::string_view pack_text = R"(format: headrope-pack/1
id: bench
title: one threshold
effective: 2020-01-01
parameters:
  sessions:
    values: [{from: 2020-01-01, value: 2, clause: '1'}]
rules:
  - id: B1
    clause: '1'
    title: sessions a year
    subjects: {units: all}
    window: {each: year}
    require: {count: study_session, at_least: sessions}
)";

struct Judged {
  std::vector<std::int64_t> values;
  std::vector<Status> statuses;
};

Judged scan(const Snapshot& snapshot, const RecordColumns& records,
            const Interval& window) {
  Judged judged;
  judged.values.resize(snapshot.unit_count());
  judged.statuses.resize(snapshot.unit_count());
  for (std::size_t at = 0; at < records.size(); ++at) {
    const std::uint32_t unit = records.subject[at];
    if (unit < judged.values.size() &&
        window.contains(Date{records.valid_from[at]})) {
      ++judged.values[unit];
    }
  }
  for (std::size_t unit = 0; unit < judged.values.size(); ++unit) {
    judged.statuses[unit] =
        judged.values[unit] >= threshold ? Status::met : Status::unmet;
  }
  return judged;
}

// Units that lived in the year have the same value and status everywhere.
void check_equal(const Judged& plain, const Assessment& flat,
                 const RuleAssessment& of_pack) {
  if (flat.subjects.size() != plain.values.size() ||
      of_pack.subjects != flat.subjects) {
    give_up("the subjects differ");
  }
  for (std::size_t at = 0; at < flat.subjects.size(); ++at) {
    if (flat.values[at] != plain.values[at] ||
        of_pack.numerators[at] != plain.values[at] ||
        of_pack.statuses[at] != flat.statuses[at] ||
        (flat.statuses[at] != plain.statuses[at] &&
         flat.statuses[at] != Status::not_applicable)) {
      give_up("an answer differs");
    }
  }
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const Registry registry = national.registry({false, true});
  Diagnostics findings;
  const auto snapshot = value_of(freeze(
      registry, {value_of(make_date(2025, 12, 31)), latest_day, {}}, findings));
  const MeasureId measure = *snapshot->find_measure("study_session");
  const RecordColumns& records = snapshot->unit_records(measure);
  const Interval year{value_of(make_date(2025, 1, 1)),
                      value_of(make_date(2026, 1, 1))};
  const PackPointer pack =
      value_of(parse_pack(pack_text, "bench", registry, {}, findings));
  Rule rule;
  rule.tally.measures = {measure};
  rule.period = Period::year;
  rule.requirement.threshold = threshold;
  const auto flat = [&](std::uint32_t threads) {
    return value_of(assess(*snapshot, rule, year, Threads{threads}));
  };
  const auto of_pack = [&](std::uint32_t threads) {
    return value_of(
        assess(*snapshot, pack, 0, {year, false, Threads{threads}}));
  };
  check_equal(scan(*snapshot, records, year), flat(1), of_pack(1));
  check_equal(scan(*snapshot, records, year), flat(2), of_pack(2));

  Race race(arguments.rounds);
  race.add("plain scan", [&] {
    benchmark::DoNotOptimize(scan(*snapshot, records, year).values.data());
  });
  race.add("flat rule, 1 thread",
           [&] { benchmark::DoNotOptimize(flat(1).values.data()); });
  race.add("flat rule, 2 threads",
           [&] { benchmark::DoNotOptimize(flat(2).values.data()); });
  race.add("rule of a pack, 1 thread",
           [&] { benchmark::DoNotOptimize(of_pack(1).numerators.data()); });
  race.add("rule of a pack, 2 threads",
           [&] { benchmark::DoNotOptimize(of_pack(2).numerators.data()); });
  race.run();

  RatioTable table;
  table.title("One threshold rule, " + sizes(arguments, national) + ", " +
              std::to_string(records.size()) + " records of the measure");
  table.at_most(race, "a flat rule over every unit", "flat rule, 1 thread",
                "plain scan", 2.0);
  table.at_most(race, "a rule of a pack over every unit",
                "rule of a pack, 1 thread", "plain scan", 2.0);
  table.faster(race, "flat, 2 threads (right) against 1",
               "flat rule, 2 threads", "flat rule, 1 thread", 1.7);
  table.faster(race, "of a pack, 2 threads (right) against 1",
               "rule of a pack, 2 threads", "rule of a pack, 1 thread", 1.7);
  // Other programs do not disturb this one: what the calling thread does of
  // two.
  table.compare(race, "flat, the caller's own part of 2 threads",
                "flat rule, 2 threads", "flat rule, 1 thread");
  table.compare(race, "of a pack, the caller's own part of 2 threads",
                "rule of a pack, 2 threads", "rule of a pack, 1 thread");
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
