// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sums of one measure at every node, against two plain passes over the same
// arrays: the one everybody writes (add each node to its parent, from the end)
// and the fastest known (one accumulator for each depth, backwards). All make
// a new array of sums. Then the sum at and below one unit.

#include <algorithm>
#include <numeric>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "headrope/answers.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

using Values = std::vector<std::int64_t>;

void add_to_parents(std::span<const std::uint32_t> parents,
                    std::span<const std::int64_t> values, Values& sums) {
  std::copy(values.begin(), values.end(), sums.begin());
  for (std::size_t at = sums.size(); at-- > 0;) {
    if (parents[at] != PlaceIndex::none_value) sums[parents[at]] += sums[at];
  }
}

void add_by_depth(std::span<const std::uint16_t> depths,
                  std::span<const std::int64_t> values, std::size_t depth_max,
                  Values& sums) {
  Values pending(depth_max + 2);
  for (std::size_t at = sums.size(); at-- > 0;) {
    const std::size_t depth = depths[at];
    const std::int64_t sum = values[at] + pending[depth + 1];
    pending[depth + 1] = 0;
    pending[depth] += sum;
    sums[at] = sum;
  }
}

// Up to 1,024 units of a depth, in an order that looks random.
std::vector<UnitIndex> some_units_of_depth(const Forest& forest,
                                           std::uint32_t depth) {
  std::vector<UnitIndex> units;
  for (std::uint32_t place = 0; place < forest.place_count(); ++place) {
    if (forest.depth({place}) == depth) units.push_back(forest.unit({place}));
  }
  for (std::uint32_t left = static_cast<std::uint32_t>(units.size()); left > 1;
       --left) {
    std::swap(units[left - 1], units[below(chance(1, depth, left), left)]);
  }
  units.resize(std::min<std::size_t>(units.size(), 1024));
  return units;
}

// How many records each unit has in a year, straight into the array, and added
// up by depth.
void add_records(const Snapshot& snapshot, const Tally& tally,
                 const Interval& year, const Forest& forest, Values& values,
                 Values& sums) {
  std::fill(values.begin(), values.end(), 0);
  for (const MeasureId measure : tally.measures) {
    const RecordColumns& records = snapshot.unit_records(measure);
    for (std::size_t at = 0; at < records.size(); ++at) {
      const std::uint32_t unit = records.subject[at];
      if (unit < values.size() && year.contains(Date{records.valid_from[at]})) {
        ++values[unit];
      }
    }
  }
  add_by_depth(forest.depth_column(), values, forest.depth_max(), sums);
}

constexpr std::size_t look_ups = 1U << 16U;

// Asks for many units one after the other; returns what they add up to.
std::int64_t look_up(const SubtreeSums& sums,
                     const std::vector<UnitIndex>& units) {
  std::int64_t total = 0;
  for (std::size_t done = 0, at = 0; done < look_ups; ++done) {
    total += sums.at(units[at]);
    at = at + 1 == units.size() ? 0 : at + 1;
  }
  return total;
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const Registry registry = national.registry({false, true});
  Diagnostics findings;
  const auto snapshot = value_of(freeze(
      registry, {value_of(make_date(2025, 12, 31)), latest_day, {}}, findings));
  const Forest& forest = *snapshot->find_forest("administrative");
  if (!forest.is_identity()) give_up("the plain passes need places = units");

  Values values(snapshot->unit_count());
  for (std::size_t unit = 0; unit < values.size(); ++unit) {
    values[unit] = static_cast<std::int64_t>(chance(1, 99, unit) % 1000) - 200;
  }
  const auto parents = forest.parent_column();
  const auto depths = forest.depth_column();
  Values expected(values.size());
  add_to_parents(parents, values, expected);
  // All passes write into the same memory, which is there already.
  Values written(values.size());
  const SubtreeSums sums =
      value_of(SubtreeSums::make(snapshot, forest, values));
  add_by_depth(depths, values, forest.depth_max(), written);
  if (written != expected || value_of(roll_up(forest, values)) != expected ||
      value_of(roll_up(forest, values, Threads{2})) != expected) {
    give_up("the sums differ");
  }
  for (std::uint32_t unit = 0; unit < expected.size(); ++unit) {
    if (sums.at({unit}) != expected[unit]) give_up("a single sum differs");
  }

  const Interval year{value_of(make_date(2025, 1, 1)),
                      value_of(make_date(2026, 1, 1))};
  Tally tally;
  for (const char* id : {"study_session", "branch_assembly", "party_lecture",
                         "party_group_meeting"}) {
    tally.measures.push_back(*snapshot->find_measure(id));
  }
  const auto from_records = [&](std::uint32_t threads) {
    const auto own =
        value_of(tally_units(*snapshot, tally, year, true, Threads{threads}));
    return value_of(roll_up(forest, own.value, Threads{threads}));
  };
  Values counted(values.size());
  add_records(*snapshot, tally, year, forest, counted, written);
  if (from_records(1) != written || from_records(2) != written) {
    give_up("the sums of records differ");
  }

  Race race(arguments.rounds);
  constexpr std::size_t repeats = 5;
  const auto timed = [&](const auto& pass) {
    return [&, pass] {
      pass();
      benchmark::DoNotOptimize(written.data());
    };
  };
  const auto roll_up_with = [&](std::uint32_t threads) {
    return timed([&, threads] {
      if (!roll_up_into(forest, values, written, Threads{threads})) {
        give_up("a roll-up was refused");
      }
    });
  };
  race.add("plain, to the parent",
           timed([&] { add_to_parents(parents, values, written); }), repeats);
  race.add("plain, by depth", timed([&] {
             add_by_depth(depths, values, forest.depth_max(), written);
           }),
           repeats);
  race.add("roll_up_into, 1 thread", roll_up_with(1), repeats);
  race.add("roll_up_into, 2 threads", roll_up_with(2), repeats);
  race.add("plain, from the records", [&] {
    // As the other: both columns are made anew.
    Values own(values.size());
    Values all(values.size());
    add_records(*snapshot, tally, year, forest, own, all);
    benchmark::DoNotOptimize(all.data());
  });
  race.add("from the records, 1 thread",
           [&] { benchmark::DoNotOptimize(from_records(1).data()); });
  race.add("from the records, 2 threads",
           [&] { benchmark::DoNotOptimize(from_records(2).data()); });
  const std::uint32_t leaf = forest.depth_max();
  const std::vector<std::pair<std::string, std::uint32_t>> levels{
      {"leaf", leaf}, {"township", 4}, {"province", 1}, {"country", 0}};
  std::vector<std::vector<UnitIndex>> asked;
  for (const auto& [name, depth] : levels) {
    asked.push_back(some_units_of_depth(forest, depth));
  }
  for (std::size_t level = 0; level < levels.size(); ++level) {
    race.add(
        "SubtreeSums::at, " + levels[level].first,
        [&, level] { benchmark::DoNotOptimize(look_up(sums, asked[level])); },
        4);
  }
  race.run();

  RatioTable table;
  table.title("Sums, " + sizes(arguments, national));
  table.at_most(race, "every node's sum, to the parent",
                "roll_up_into, 1 thread", "plain, to the parent", 1.5);
  table.compare(race, "every node's sum, by depth", "roll_up_into, 1 thread",
                "plain, by depth");
  table.faster(race, "2 threads (right) against 1", "roll_up_into, 2 threads",
               "roll_up_into, 1 thread", 1.4);
  table.at_most(race, "every node's records, from the records",
                "from the records, 1 thread", "plain, from the records", 1.3);
  table.faster(race, "from the records, 2 threads (right) against 1",
               "from the records, 2 threads", "from the records, 1 thread",
               std::nullopt);
  table.compare(race, "the caller's own part of 2 threads",
                "roll_up_into, 2 threads", "roll_up_into, 1 thread");
  for (const auto& [name, depth] : levels) {
    const Spread spread = spread_of(race.seconds("SubtreeSums::at, " + name));
    table.figure("one node's sum, " + name, "—",
                 duration(spread.median / look_ups), "constant time", -1);
  }
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
