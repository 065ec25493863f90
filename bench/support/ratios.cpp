// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/ratios.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace headrope::bench {
namespace {

using Times = std::map<std::string, std::vector<double>>;

// Keeps the times; the table says what they mean.
class Collector : public benchmark::BenchmarkReporter {
 public:
  Collector(Times& wall, Times& processor)
      : wall_(wall), processor_(processor) {}

  bool ReportContext(const Context& /*context*/) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred) give_up(run.error_message);
      const std::string& name = run.run_name.function_name;
      const auto repeats = static_cast<double>(run.iterations);
      wall_[name].push_back(run.real_accumulated_time / repeats);
      processor_[name].push_back(run.cpu_accumulated_time / repeats);
    }
  }

 private:
  Times& wall_;
  Times& processor_;
};

std::size_t number_after(int argc, char** argv, int at) {
  const long long number = at < argc ? std::atoll(argv[at]) : 0;
  if (number < 1) give_up("a number from 1 is needed");
  return static_cast<std::size_t>(number);
}

std::string_view met_word(bool is_met) { return is_met ? "yes" : "**no**"; }

}  // namespace

void give_up(const std::string& message) {
  std::fprintf(stderr, "bench: %s\n", message.c_str());
  std::exit(1);
}

Arguments read_arguments(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  Arguments arguments;
  arguments.folder = "build/bench";
  for (int at = 1; at < argc; ++at) {
    const std::string_view word = argv[at];
    if (word == "--national") {
      arguments.national.units = 5'250'000;
    } else if (word == "--permuted") {
      arguments.national.permuted = true;
    } else if (word == "--only-write") {
      arguments.only_write = true;
    } else if (word == "--units") {
      arguments.national.units = number_after(argc, argv, ++at);
    } else if (word == "--rounds") {
      arguments.rounds = number_after(argc, argv, ++at);
    } else if (word == "--divisions" && at + 1 < argc) {
      arguments.national.divisions = argv[++at];
    } else if (word == "--folder" && at + 1 < argc) {
      arguments.folder = argv[++at];
    } else {
      give_up(fmt::format("no such argument: {}", word));
    }
  }
  if (arguments.national.divisions.empty()) {
    arguments.national.divisions = "examples/ningxia";
  }
  return arguments;
}

Spread spread_of(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const std::size_t middle = numbers.size() / 2;
  const double median = numbers.size() % 2 == 1
                            ? numbers[middle]
                            : (numbers[middle - 1] + numbers[middle]) / 2;
  return {median, numbers.front(), numbers.back()};
}

void Race::add(const std::string& name, std::function<void()> pass,
               std::size_t repeats) {
  processor_[name];
  benchmark::RegisterBenchmark(
      name.c_str(),
      [pass = std::move(pass)](benchmark::State& state) {
        for ([[maybe_unused]] auto unused : state) {
          pass();
        }
      })
      ->Iterations(static_cast<benchmark::IterationCount>(repeats))
      ->UseRealTime();
}

void Race::run() {
  Times ignored;
  Collector warm_up(ignored, ignored);
  benchmark::RunSpecifiedBenchmarks(&warm_up);
  Collector collector(wall_, processor_);
  for (std::size_t round = 0; round < rounds_; ++round) {
    benchmark::RunSpecifiedBenchmarks(&collector);
  }
  for (const auto& [name, times] : processor_) {
    if (times.size() != rounds_) give_up("no times of " + name);
    const Spread processor = spread_of(times);
    const Spread wall = spread_of(wall_[name]);
    fmt::print("{:<34} processor {:>8} ({} to {}), wall {:>8} ({} to {})\n",
               name, duration(processor.median), duration(processor.least),
               duration(processor.greatest), duration(wall.median),
               duration(wall.least), duration(wall.greatest));
  }
}

const std::vector<double>& Race::seconds(const std::string& name,
                                         Clock clock) const {
  return (clock == Clock::wall ? wall_ : processor_).at(name);
}

Spread Race::ratio(const std::string& upper, const std::string& lower,
                   Clock clock) const {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < rounds_; ++round) {
    ratios.push_back(seconds(upper, clock)[round] /
                     seconds(lower, clock)[round]);
  }
  return spread_of(std::move(ratios));
}

void RatioTable::title(const std::string& text) {
  text_ += fmt::format(
      "\n{}\n\n| what | plain | Headrope | ratio | target | met |\n"
      "|---|---|---|---|---|---|\n",
      text);
}

void RatioTable::at_most(const Race& race, const std::string& what,
                         const std::string& headrope, const std::string& plain,
                         double limit) {
  const Spread ratio = race.ratio(headrope, plain);
  text_ += fmt::format("| {} | {} | {} | {} | at most {} | {} |\n", what,
                       duration(spread_of(race.seconds(plain)).median),
                       duration(spread_of(race.seconds(headrope)).median),
                       range(ratio), limit, met_word(ratio.median <= limit));
}

void RatioTable::compare(const Race& race, const std::string& what,
                         const std::string& headrope,
                         const std::string& plain) {
  text_ += fmt::format("| {} | {} | {} | {} | — | — |\n", what,
                       duration(spread_of(race.seconds(plain)).median),
                       duration(spread_of(race.seconds(headrope)).median),
                       range(race.ratio(headrope, plain)));
}

void RatioTable::faster(const Race& race, const std::string& what,
                        const std::string& fast, const std::string& slow,
                        std::optional<double> limit) {
  const Spread ratio = race.ratio(slow, fast, Clock::wall);
  text_ += fmt::format(
      "| {} | {} | {} | {} | {} | {} |\n", what,
      duration(spread_of(race.seconds(slow, Clock::wall)).median),
      duration(spread_of(race.seconds(fast, Clock::wall)).median), range(ratio),
      limit ? fmt::format("at least {}", *limit) : "—",
      limit ? met_word(ratio.median >= *limit) : "—");
}

void RatioTable::figure(const std::string& what, const std::string& plain,
                        const std::string& headrope, const std::string& target,
                        int met) {
  text_ +=
      fmt::format("| {} | {} | {} | — | {} | {} |\n", what, plain, headrope,
                  target, met < 0 ? std::string_view("—") : met_word(met == 1));
}

void RatioTable::print() const { fmt::print("{}", text_); }

std::string duration(double seconds) {
  if (seconds >= 1) return fmt::format("{:.2f} s", seconds);
  if (seconds >= 1e-3) return fmt::format("{:.1f} ms", seconds * 1e3);
  if (seconds >= 1e-6) return fmt::format("{:.1f} µs", seconds * 1e6);
  return fmt::format("{:.1f} ns", seconds * 1e9);
}

std::string range(const Spread& spread) {
  return fmt::format("{:.2f} ({:.2f}–{:.2f})", spread.median, spread.least,
                     spread.greatest);
}

std::string sizes(const Arguments& arguments, const National& national) {
  return fmt::format("{} units ({} leaves), {}, {} rounds",
                     national.unit_count(), national.leaf_count(),
                     arguments.national.permuted
                         ? "identities that say nothing of the tree"
                         : "identities in the order of codes",
                     arguments.rounds);
}

}  // namespace headrope::bench
