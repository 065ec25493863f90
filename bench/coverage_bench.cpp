// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// How many units have a value, and how many reach a threshold, at and below
// every node, against plain passes with two counters: to the parent, and one
// pair of accumulators for each depth. All make new arrays.

#include <benchmark/benchmark.h>

#include "headrope/answers.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

constexpr std::int64_t threshold = 12;

struct Input {
  std::vector<std::int64_t> values;
  std::vector<std::uint8_t> has_value;
};

ThresholdCoverage cover_to_parents(std::span<const std::uint32_t> parents,
                                   const Input& input) {
  const std::size_t count = parents.size();
  ThresholdCoverage coverage;
  coverage.eligible.resize(count);
  coverage.met.resize(count);
  for (std::size_t at = count; at-- > 0;) {
    const bool counts = input.has_value[at] != 0;
    coverage.eligible[at] += counts ? 1U : 0U;
    coverage.met[at] += counts && input.values[at] >= threshold ? 1U : 0U;
    const std::uint32_t parent = parents[at];
    if (parent == PlaceIndex::none_value) continue;
    coverage.eligible[parent] += coverage.eligible[at];
    coverage.met[parent] += coverage.met[at];
  }
  return coverage;
}

ThresholdCoverage cover_by_depth(std::span<const std::uint16_t> depths,
                                 std::size_t depth_max, const Input& input) {
  struct Pair {
    std::uint32_t eligible = 0, met = 0;
  };
  ThresholdCoverage coverage;
  coverage.eligible.resize(depths.size());
  coverage.met.resize(depths.size());
  std::vector<Pair> pending(depth_max + 2);
  for (std::size_t at = depths.size(); at-- > 0;) {
    const std::size_t depth = depths[at];
    const bool counts = input.has_value[at] != 0;
    Pair sum = pending[depth + 1];
    sum.eligible += counts ? 1U : 0U;
    sum.met += counts && input.values[at] >= threshold ? 1U : 0U;
    pending[depth + 1] = {};
    pending[depth].eligible += sum.eligible;
    pending[depth].met += sum.met;
    coverage.eligible[at] = sum.eligible;
    coverage.met[at] = sum.met;
  }
  return coverage;
}

bool same(const ThresholdCoverage& left, const ThresholdCoverage& right) {
  return left.eligible == right.eligible && left.met == right.met;
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const Registry registry = national.registry({false, false});
  Diagnostics findings;
  const auto snapshot = value_of(freeze(
      registry, {value_of(make_date(2025, 12, 31)), latest_day, {}}, findings));
  const Forest& forest = *snapshot->find_forest("administrative");
  if (!forest.is_identity()) give_up("the plain passes need places = units");

  Input input;
  for (std::size_t unit = 0; unit < snapshot->unit_count(); ++unit) {
    const std::uint64_t random = chance(1, 98, unit);
    input.has_value.push_back(random % 10 < 9 ? 1 : 0);
    input.values.push_back(static_cast<std::int64_t>((random >> 8U) % 20));
  }
  const auto parents = forest.parent_column();
  const auto depths = forest.depth_column();
  const auto cover = [&](std::uint32_t threads) {
    return value_of(cover_threshold(forest, input.values, input.has_value,
                                    threshold, Threads{threads}));
  };
  const ThresholdCoverage expected = cover_to_parents(parents, input);
  if (!same(cover(1), expected) || !same(cover(2), expected) ||
      !same(cover_by_depth(depths, forest.depth_max(), input), expected)) {
    give_up("the coverages differ");
  }

  Race race(arguments.rounds);
  constexpr std::size_t repeats = 5;
  const auto keep = [](const ThresholdCoverage& coverage) {
    benchmark::DoNotOptimize(coverage.eligible.data());
    benchmark::DoNotOptimize(coverage.met.data());
  };
  race.add(
      "plain, to the parent", [&] { keep(cover_to_parents(parents, input)); },
      repeats);
  race.add(
      "plain, by depth",
      [&] { keep(cover_by_depth(depths, forest.depth_max(), input)); },
      repeats);
  race.add("cover_threshold, 1 thread", [&] { keep(cover(1)); }, repeats);
  race.add("cover_threshold, 2 threads", [&] { keep(cover(2)); }, repeats);
  race.run();

  RatioTable table;
  table.title("Coverage of a threshold, " + sizes(arguments, national));
  table.at_most(race, "coverage at every node, to the parent",
                "cover_threshold, 1 thread", "plain, to the parent", 2.0);
  table.compare(race, "coverage at every node, by depth",
                "cover_threshold, 1 thread", "plain, by depth");
  table.faster(race, "2 threads (right) against 1",
               "cover_threshold, 2 threads", "cover_threshold, 1 thread",
               std::nullopt);
  table.compare(race, "the caller's own part of 2 threads",
                "cover_threshold, 2 threads", "cover_threshold, 1 thread");
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
