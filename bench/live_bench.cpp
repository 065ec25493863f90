// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Live figures: what one record takes until every ancestor is right, with and
// without moments that are held, and asking again for all nodes after 1,000
// changes, against working it out again from the records.

#include "headrope/live.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

constexpr std::size_t change_count = 20'000;

// Processor time: what others do meanwhile is not counted.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         1e-9 * static_cast<double>(now.tv_nsec);
}

double wall_seconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

struct Latency {
  double median = 0, p99 = 0, greatest = 0, processor = 0;
};

// Records of units of the greatest depth, in an order that looks random, made
// beforehand.
class Stream {
 public:
  Stream(const LiveFigures& live, MeasureId measure, std::uint64_t seed) {
    const Forest& forest = live.forest();
    const Date day = live.snapshot()->as_of();
    std::uint32_t id = live.next_record().value;
    for (std::uint64_t at = 0; changes_.size() < change_count; ++at) {
      const PlaceIndex place{
          below(chance(seed, 97, at),
                static_cast<std::uint32_t>(forest.place_count()))};
      if (forest.depth(place) < forest.depth_max()) continue;
      LiveChange change;
      change.record.id = RecordId{id++};
      change.record.measure = measure;
      change.record.unit = forest.unit(place);
      change.record.value = static_cast<std::int64_t>(at % 7);
      change.record.valid = {day, add_days(day, 1)};
      changes_.push_back(change);
    }
  }

  // Applies each change alone; `before` is called first, and not timed unless
  // it is part of the change.
  template <typename Before>
  Latency run(LiveFigures& live, const Before& before) const {
    std::vector<double> times;
    times.reserve(changes_.size());
    const double began = processor_seconds();
    for (const LiveChange& change : changes_) {
      const double start = wall_seconds();
      before();
      value_of(live.apply(std::span(&change, 1)));
      times.push_back(wall_seconds() - start);
    }
    const double spent = processor_seconds() - began;
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100],
            times.back(), spent / static_cast<double>(times.size())};
  }

  [[nodiscard]] std::span<const LiveChange> some(std::size_t count) const {
    return std::span(changes_).first(count);
  }

 private:
  std::vector<LiveChange> changes_;
};

Rule rule_of(MeasureId measure) {
  Rule rule;
  rule.id = "a session each quarter";
  rule.tally.measures = {measure};
  rule.period = Period::quarter;
  rule.requirement.threshold = 1;
  return rule;
}

struct Setting {
  std::string name;
  std::vector<LiveFigure> figures;
};

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const Registry registry = national.registry({true, true});
  Diagnostics findings;
  const Date as_of = value_of(make_date(2025, 12, 31));
  const auto snapshot =
      value_of(freeze(registry, {as_of, latest_day, {}}, findings));
  const Forest& forest = *snapshot->find_forest("administrative");
  const MeasureId measure = value_of([&]() -> Result<MeasureId> {
    for (std::uint32_t at = 0; at < snapshot->measures().size(); ++at) {
      const Measure& one = snapshot->measures()[at];
      if (one.nature == Nature::flow &&
          !snapshot->unit_records({at}).subject.empty()) {
        return MeasureId{at};
      }
    }
    return Error{Code::measure_unknown, "no flow has records"};
  }());
  const Interval year{value_of(make_date(2025, 1, 1)), add_days(as_of, 1)};
  Tally tally;
  tally.measures = {measure};
  tally.reduction = Reduction::sum;
  const LiveFigure sums = LiveSums{tally, year};
  const LiveFigure coverage =
      LiveCoverage{rule_of(measure), year, CountBasis::primary};
  const LiveFigure members = LiveMembers{CountBasis::any};
  const std::array<Setting, 3> settings{
      Setting{"one sum", {sums}},
      Setting{"one coverage, 4 quarters", {coverage}},
      Setting{"a sum, a coverage and members", {sums, coverage, members}}};

  RatioTable table;
  table.title("Live figures, " + sizes(arguments, national) +
              fmt::format(", depth {}", forest.depth_max()));
  const auto show = [&](const std::string& what, const Latency& latency,
                        bool is_target) {
    table.figure(
        what, "",
        fmt::format("p50 {}, p99 {}, max {}; processor {}",
                    duration(latency.median), duration(latency.p99),
                    duration(latency.greatest), duration(latency.processor)),
        is_target ? "p50 < 10 µs" : "",
        is_target ? (latency.median < 10e-6 ? 1 : 0) : -1);
  };
  for (const Setting& setting : settings) {
    const double began = wall_seconds();
    LiveFigures live = value_of(
        LiveFigures::make(snapshot, "administrative", setting.figures));
    fmt::print("{}: made in {}, {} MiB\n", setting.name,
               duration(wall_seconds() - began), live.byte_count() >> 20U);
    show("a record and all above it: " + setting.name,
         Stream(live, measure, 1).run(live, [] {}), true);
    std::shared_ptr<const LiveMoment> held;
    show("the same, a moment taken before each",
         Stream(live, measure, 2).run(live, [&] { held = live.moment(); }),
         true);
    held = live.moment();
    const auto first = held;
    show("the same, one moment held since the first",
         Stream(live, measure, 3).run(live, [] {}), true);
  }

  // All nodes again after 1,000 changes.
  LiveFigures live = value_of(
      LiveFigures::make(snapshot, "administrative", settings[2].figures));
  const Stream stream(live, measure, 4);
  value_of(live.apply(stream.some(1000)));
  std::vector<std::int64_t> values(forest.place_count());
  std::vector<std::int64_t> plain(forest.place_count());
  const auto again = [&] {
    const UnitTally own = value_of(tally_units(*snapshot, tally, year));
    if (auto done = roll_up_into(forest, own.value, plain); !done) {
      give_up(done.error().message);
    }
    benchmark::DoNotOptimize(plain.data());
  };
  const auto read = [&] {
    if (auto done = live.moment()->values_into(0, values); !done) {
      give_up(done.error().message);
    }
    benchmark::DoNotOptimize(values.data());
  };
  Race race(arguments.rounds);
  race.add("tally_units and roll_up", again);
  race.add("live: all values", read, 5);
  race.add("assess and cover", [&] {
    const Assessment found =
        value_of(assess(*snapshot, rule_of(measure), year));
    benchmark::DoNotOptimize(
        value_of(cover(*snapshot, forest, found)).place_count);
  });
  race.add("live: all coverages", [&] {
    benchmark::DoNotOptimize(value_of(live.moment()->coverage(1)).place_count);
  });
  std::vector<std::int64_t> met(forest.place_count());
  race.add("live: met and unmet of all", [&] {
    const auto moment = live.moment();
    if (!moment->counts_into(1, Status::met, met) ||
        !moment->counts_into(1, Status::unmet, values)) {
      give_up("no counts");
    }
    benchmark::DoNotOptimize(met.data());
  });
  race.add("count_members", [&] {
    benchmark::DoNotOptimize(
        count_members(*snapshot, forest, CountBasis::any).data());
  });
  race.add(
      "live: all members",
      [&] {
        if (auto done = live.moment()->values_into(2, values); !done) {
          give_up(done.error().message);
        }
        benchmark::DoNotOptimize(values.data());
      },
      5);
  race.add(
      "copy of as many numbers",
      [&] {
        std::copy(plain.begin(), plain.end(), values.begin());
        benchmark::DoNotOptimize(values.data());
      },
      5);
  race.run();
  table.compare(race, "sums of all nodes again, from the records",
                "live: all values", "tally_units and roll_up");
  table.compare(race, "coverages of all nodes again, from the records",
                "live: all coverages", "assess and cover");
  table.compare(race, "met and unmet of all nodes, into the same memory",
                "live: met and unmet of all", "assess and cover");
  table.compare(race, "members of all nodes again", "live: all members",
                "count_members");
  table.compare(race, "values of all nodes, against a plain copy",
                "live: all values", "copy of as many numbers");
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
