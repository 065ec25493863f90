// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Any threshold at any unit: questions to the index, one by one over units in
// an order that looks random, and what the index takes. Against the plain way,
// which goes through the values below the unit. Then one sum by the unit's own
// identity: found in the hash index, and by search in an order.

#include <algorithm>
#include <chrono>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "headrope/headrope.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t questions = 1U << 18U;

struct Input {
  std::vector<std::int64_t> values;
  std::vector<std::uint8_t> has_value;
};

// How many at and below each unit reach a threshold, the plain way.
std::int64_t count_plainly(const Forest& forest, const Input& input,
                           UnitIndex unit, std::int64_t threshold) {
  const PlaceIndex place = forest.first_place(unit);
  std::int64_t count = 0;
  for (std::uint32_t at = place.value; at < forest.end(place).value; ++at) {
    const std::uint32_t below = forest.unit({at}).value;
    count += input.has_value[below] != 0 && input.values[below] >= threshold;
  }
  return count;
}

// The time of each question alone, in seconds, sorted.
template <typename Ask>
std::vector<double> times_of(const std::vector<UnitIndex>& units,
                             const Ask& ask) {
  std::vector<double> times;
  times.reserve(units.size());
  std::int64_t sum = 0;
  for (const UnitIndex unit : units) {
    const auto start = Clock::now();
    sum += ask(unit);
    benchmark::DoNotOptimize(sum);
    times.push_back(
        std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times;
}

void tell(RatioTable& table, const std::string& what,
          const std::vector<double>& times, double p50, double p99) {
  const double median = times[times.size() / 2];
  const double late = times[times.size() / 100 * 99];
  table.figure(what, "—", duration(median) + ", " + duration(late),
               "p50 " + duration(p50) + ", p99 " + duration(p99),
               median <= p50 && late <= p99 ? 1 : 0);
}

// Units of every level and as many at random.
std::vector<UnitIndex> some_units(std::size_t unit_count) {
  std::vector<UnitIndex> units;
  for (std::uint32_t at = 0; at < questions; ++at) {
    units.push_back(
        {below(chance(1, 5, at), static_cast<std::uint32_t>(unit_count))});
  }
  return units;
}

std::vector<UnitIndex> upper_units(const Forest& forest, std::uint32_t depth) {
  std::vector<UnitIndex> units;
  for (std::uint32_t place = 0; place < forest.place_count(); ++place) {
    if (forest.depth({place}) <= depth) units.push_back(forest.unit({place}));
  }
  std::vector<UnitIndex> asked;
  for (std::uint32_t at = 0; at < questions; ++at) {
    asked.push_back(units[below(chance(1, 6, at),
                                static_cast<std::uint32_t>(units.size()))]);
  }
  return asked;
}

void check(const SpectrumIndex& index, const Forest& forest,
           const Input& input) {
  for (std::uint32_t at = 0; at < 200; ++at) {
    const UnitIndex unit{below(
        chance(1, 7, at), static_cast<std::uint32_t>(input.values.size()))};
    const std::int64_t threshold = below(chance(1, 8, at), 1000);
    const std::int64_t met =
        index.count(unit, Comparison::at_least, {threshold, 1});
    if (met != count_plainly(forest, input, unit, threshold)) {
      give_up("a count differs");
    }
    const auto found = index.threshold_for(unit, Comparison::at_least, 80, 100);
    if (!found) continue;
    const std::int64_t reached = found->threshold.numerator;
    const std::int64_t known = index.counts(unit).known;
    if (count_plainly(forest, input, unit, reached) * 100 < known * 80 ||
        count_plainly(forest, input, unit, reached + 1) * 100 >= known * 80) {
      give_up("a threshold is not the hardest");
    }
  }
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const Registry registry = national.registry({false, false});
  Diagnostics findings;
  const auto snapshot = value_of(freeze(
      registry, {value_of(make_date(2025, 12, 31)), latest_day, {}}, findings));
  const Forest& forest = *snapshot->find_forest("administrative");
  const std::size_t unit_count = snapshot->unit_count();
  Input input;
  for (std::size_t unit = 0; unit < unit_count; ++unit) {
    const std::uint64_t random = chance(1, 98, unit);
    input.has_value.push_back(random % 10 < 9 ? 1 : 0);
    input.values.push_back(static_cast<std::int64_t>((random >> 8U) % 1000));
  }
  const auto start = Clock::now();
  const SpectrumIndex index = value_of(
      SpectrumIndex::make(snapshot, forest, input.values, input.has_value));
  const double making =
      std::chrono::duration<double>(Clock::now() - start).count();
  check(index, forest, input);
  const SubtreeSums sums =
      value_of(SubtreeSums::make(snapshot, forest, input.values));
  const UnitFinder finder = UnitFinder::make(snapshot);

  RatioTable table;
  table.title("Any threshold at any unit, " + sizes(arguments, national) +
              ", 1,000 different values; p50, p99 of one question");
  const auto any = some_units(unit_count);
  const auto upper = upper_units(forest, 3);
  for (const auto& [name, units] :
       {std::pair{"any unit", &any},
        std::pair{"the upper four levels", &upper}}) {
    tell(table, std::string("how many reach a threshold, ") + name,
         times_of(*units,
                  [&](UnitIndex unit) {
                    return index.count(unit, Comparison::at_least,
                                       {unit.value % 1000, 1});
                  }),
         2e-6, 10e-6);
    tell(table, std::string("the threshold of a wished coverage, ") + name,
         times_of(*units,
                  [&](UnitIndex unit) {
                    const auto found = index.threshold_for(
                        unit, Comparison::at_least, 80, 100);
                    return found ? found->met : 0;
                  }),
         2e-6, 10e-6);
  }
  std::vector<std::string> ids;
  for (const UnitIndex unit : any) ids.emplace_back(snapshot->identity(unit));
  std::vector<UnitIndex> positions;
  for (std::uint32_t at = 0; at < ids.size(); ++at) positions.push_back({at});
  tell(table, "one node's sum by its identity, hash index",
       times_of(
           positions,
           [&](UnitIndex at) { return sums.at(*finder.find(ids[at.value])); }),
       2e-6, 10e-6);
  tell(table, "one node's sum by its identity, find_unit",
       times_of(positions,
                [&](UnitIndex at) {
                  return sums.at(*snapshot->find_unit(ids[at.value]));
                }),
       2e-6, 10e-6);
  const auto bits = [&](std::size_t bytes) {
    return fmt::format("{:.1f} bits", static_cast<double>(bytes) * 8 /
                                          static_cast<double>(unit_count));
  };
  table.figure("the index, for each unit", "—", bits(index.byte_count()),
               "stated", -1);
  table.figure("making it", "—", duration(making), "—", -1);
  table.figure("the hash index, for each unit", "—", bits(finder.byte_count()),
               "stated", -1);
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
