// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The freeze file: how long it takes to save, to open, and to the first answer,
// which is the sum of a figure at every node.

#include "headrope/snapshot_file.hpp"

#include <algorithm>
#include <filesystem>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "headrope/answers.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

namespace fs = std::filesystem;

// The hierarchy of most places.
const Forest& widest(const Snapshot& snapshot) {
  const auto forests = snapshot.forests();
  return *std::max_element(forests.begin(), forests.end(),
                           [](const Forest& left, const Forest& right) {
                             return left.place_count() < right.place_count();
                           });
}

std::shared_ptr<const Snapshot> opened(const fs::path& file, Verify verify,
                                       bool into_memory = false,
                                       std::uint32_t threads = 1) {
  return value_of(open_snapshot(file, {verify, into_memory, threads, {}}));
}

// Opens and answers: the sum of the figure at every node.
std::vector<std::int64_t> first_answer(const fs::path& file, Verify verify) {
  const auto snapshot = opened(file, verify);
  const SavedFigure figure = snapshot->saved_figure(0);
  return value_of(roll_up(widest(*snapshot), figure.values));
}

// Freezes the organisation and saves it with a figure; gives the sums.
std::vector<std::int64_t> save(const Arguments& arguments,
                               const National& national, const fs::path& file) {
  const Registry registry = national.registry({true, true});
  Diagnostics findings;
  const auto snapshot = value_of(freeze(
      registry, {value_of(make_date(2025, 12, 31)), latest_day, {}}, findings));
  std::vector<std::int64_t> values(snapshot->unit_count());
  for (std::size_t at = 0; at < values.size(); ++at) {
    values[at] = below(chance(arguments.national.seed, 77, at), 1'000);
  }
  const std::vector<SavedFigure> figures{
      {"households", snapshot->as_of(), 0, values, {}}};
  if (auto done = save_snapshot(*snapshot, file, {figures, {}}); !done) {
    give_up(done.error().message);
  }
  return value_of(roll_up(widest(*snapshot), values));
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const fs::path folder =
      arguments.folder.empty() ? fs::temp_directory_path() : arguments.folder;
  const fs::path file = folder / "snapshot.freeze";
  const fs::path again = folder / "snapshot-again.freeze";
  const std::vector<std::int64_t> expected = save(arguments, national, file);
  for (const Verify verify : {Verify::at_open, Verify::as_needed}) {
    if (first_answer(file, verify) != expected) give_up("other sums");
  }

  Race race(arguments.rounds);
  const auto whole = opened(file, Verify::at_open);
  std::vector<std::int64_t> figure;
  for (const std::int64_t value : whole->saved_figure(0).values) {
    figure.push_back(value);
  }
  race.add("answer, frozen", [&] {
    benchmark::DoNotOptimize(value_of(roll_up(widest(*whole), figure)).data());
  });
  race.add("open, as needed", [&] {
    benchmark::DoNotOptimize(opened(file, Verify::as_needed).get());
  });
  race.add("open and answer, as needed", [&] {
    benchmark::DoNotOptimize(first_answer(file, Verify::as_needed).data());
  });
  race.add("open, all looked at", [&] {
    benchmark::DoNotOptimize(opened(file, Verify::at_open).get());
  });
  race.add("open, all looked at by 2 threads", [&] {
    benchmark::DoNotOptimize(opened(file, Verify::at_open, false, 2).get());
  });
  race.add("open, into memory", [&] {
    benchmark::DoNotOptimize(opened(file, Verify::at_open, true).get());
  });
  race.add("save", [&] {
    if (auto done = save_snapshot(*whole, again); !done) {
      give_up(done.error().message);
    }
  });
  race.run();

  RatioTable table;
  table.title(fmt::format("The freeze file, {}; {} memberships, {} records",
                          sizes(arguments, national),
                          national.membership_count(),
                          national.record_count()));
  const auto row = [&](const std::string& name, double seconds_max) {
    const double median = spread_of(race.seconds(name)).median;
    table.figure(name, "—", duration(median),
                 seconds_max > 0 ? "under " + duration(seconds_max) : "—",
                 seconds_max > 0 ? (median < seconds_max ? 1 : 0) : -1);
  };
  table.figure(
      "the file", "—",
      fmt::format("{:.1f} MB", static_cast<double>(fs::file_size(file)) / 1e6),
      "—", -1);
  row("open, as needed", 0.05);
  row("open and answer, as needed", 0.1);
  row("answer, frozen", 0);
  row("open, all looked at", 0);
  row("open, all looked at by 2 threads", 0);
  row("open, into memory", 0);
  row("save", 0);
  table.print();
  fs::remove(file);
  fs::remove(again);
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
