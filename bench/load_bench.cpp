// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading the organisation from CSV on one thread and on two: units and links,
// with memberships, with records, and all together; everything that
// load_package does counts, its checks too. The time of a table is that of the
// package with it less that of the package without it. Reading the same bytes
// and counting their lines is the plain pass. On one thread the time is that of
// the processor; on two, that of the clock.

#include "headrope/load.hpp"

#include <array>
#include <cstdio>
#include <fstream>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

namespace fs = std::filesystem;

struct Package {
  std::string name;
  NationalTables tables;
  fs::path folder = {};
};

const std::array<std::string, 4> table_names{"units", "links", "memberships",
                                             "records"};

bool has(const NationalTables& tables, const std::string& name) {
  if (name == "memberships") return tables.memberships;
  return name != "records" || tables.records;
}

// Writes the package, and folders that show some of its tables.
std::vector<Package> write_packages(const Arguments& arguments,
                                    const National& national) {
  const fs::path whole =
      arguments.folder /
      fmt::format("national-{}{}", national.unit_count(),
                  arguments.national.permuted ? "-permuted" : "");
  fs::remove_all(whole);
  if (!national.write(whole)) give_up("cannot write to " + whole.string());
  std::vector<Package> packages{{"all", {true, true}, whole},
                                {"units and links", {false, false}},
                                {"with memberships", {true, false}},
                                {"with records", {false, true}}};
  for (std::size_t at = 1; at < packages.size(); ++at) {
    Package& package = packages[at];
    package.folder = whole / fmt::format("part-{}", at);
    fs::create_directories(package.folder);
    for (const std::string& name : table_names) {
      if (has(package.tables, name)) {
        fs::create_hard_link(whole / (name + ".csv"),
                             package.folder / (name + ".csv"));
      }
    }
    if (!National::write_descriptor(package.folder, package.tables)) {
      give_up("cannot write to " + package.folder.string());
    }
  }
  return packages;
}

Registry load(const fs::path& folder, std::uint32_t threads) {
  Diagnostics findings;
  LoadOptions options;
  options.threads.count = threads;
  return value_of(load_package(folder, findings, options));
}

// Reads files in blocks and counts their lines.
std::size_t count_lines(const Package& package) {
  std::size_t lines = 0;
  std::vector<char> block(1U << 20U);
  for (const std::string& name : table_names) {
    std::FILE* const file =
        std::fopen((package.folder / (name + ".csv")).c_str(), "rb");
    if (file == nullptr) give_up("cannot read " + name);
    while (const std::size_t count =
               std::fread(block.data(), 1, block.size(), file)) {
      lines += static_cast<std::size_t>(
          std::count(block.begin(),
                     block.begin() + static_cast<std::ptrdiff_t>(count), '\n'));
    }
    std::fclose(file);
  }
  return lines;
}

void check(const National& national, const Package& package) {
  const Registry registry = load(package.folder, 2);
  if (registry.unit_states().size() != national.unit_count() ||
      registry.links().size() != national.unit_count() ||
      registry.memberships().size() != national.membership_count() ||
      registry.records().size() != national.record_count() ||
      registry.person_identities().size() != national.person_count()) {
    give_up("rows are missing");
  }
  const Registry made = national.registry({true, true});
  const auto same_text = [](std::string_view left, std::string_view right) {
    return left == right;
  };
  for (std::size_t row = 0; row < national.unit_count(); ++row) {
    if (registry.links()[row].parent != made.links()[row].parent ||
        !same_text(registry.unit_states()[row].name,
                   made.unit_states()[row].name)) {
      give_up("a unit differs");
    }
  }
  for (std::size_t row = 0; row < national.record_count(); ++row) {
    if (registry.records()[row].unit != made.records()[row].unit ||
        registry.records()[row].valid != made.records()[row].valid ||
        registry.records()[row].value != made.records()[row].value) {
      give_up("a record differs");
    }
  }
}

double megabytes(const Package& package,
                 std::initializer_list<std::string> names) {
  double bytes = 0;
  for (const std::string& name : names) {
    bytes +=
        static_cast<double>(fs::file_size(package.folder / (name + ".csv")));
  }
  return bytes / 1e6;
}

void add_speed(RatioTable& table, const std::string& what, double size,
               std::vector<double> seconds, double floor) {
  const Spread spread = spread_of(std::move(seconds));
  const double speed = size / spread.median;
  table.figure(
      fmt::format("load {} ({:.0f} MB)", what, size), "—",
      fmt::format("{}, {:.0f} MB/s ({:.0f}–{:.0f})", duration(spread.median),
                  speed, size / spread.greatest, size / spread.least),
      fmt::format("at least {:.0f} MB/s", floor), speed >= floor ? 1 : 0);
}

std::vector<double> difference(const std::vector<double>& with,
                               const std::vector<double>& without) {
  std::vector<double> rest;
  for (std::size_t at = 0; at < with.size(); ++at) {
    rest.push_back(with[at] - without[at]);
  }
  return rest;
}

std::string pass_name(const std::string& package, std::uint32_t threads) {
  return fmt::format("load_package, {}, {} thread{}", package, threads,
                     threads == 1 ? "" : "s");
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const std::vector<Package> packages = write_packages(arguments, national);
  if (arguments.only_write) {
    fmt::print("{}\n", packages[0].folder.string());
    return 0;
  }
  check(national, packages[0]);

  Race race(arguments.rounds);
  race.add("plain, lines counted",
           [&] { benchmark::DoNotOptimize(count_lines(packages[0])); });
  for (const Package& package : packages) {
    for (const std::uint32_t threads : {1U, 2U}) {
      race.add(pass_name(package.name, threads), [&, threads] {
        benchmark::DoNotOptimize(load(package.folder, threads).links().data());
      });
    }
  }
  race.run();

  const Package& all = packages[0];
  RatioTable table;
  table.title("Loading, " + sizes(arguments, national));
  for (const std::uint32_t threads : {1U, 2U}) {
    const Clock clock = threads == 1 ? Clock::processor : Clock::wall;
    const double floor = threads == 1 ? 200 : 400;
    const auto seconds = [&](const std::string& name) {
      return race.seconds(pass_name(name, threads), clock);
    };
    const std::string on =
        fmt::format(", {} thread{}", threads, threads == 1 ? "" : "s");
    const auto units = seconds("units and links");
    add_speed(table, "units and links" + on, megabytes(all, {"units", "links"}),
              units, floor);
    add_speed(table, "memberships" + on, megabytes(all, {"memberships"}),
              difference(seconds("with memberships"), units), floor);
    add_speed(table, "records" + on, megabytes(all, {"records"}),
              difference(seconds("with records"), units), floor);
    add_speed(table, "all together" + on,
              megabytes(all, {"units", "links", "memberships", "records"}),
              seconds("all"), floor);
  }
  table.faster(race, "2 threads (right) against 1, all together",
               pass_name("all", 2), pass_name("all", 1), 1.7);
  table.compare(race, "load all against reading and counting lines",
                pass_name("all", 1), "plain, lines counted");
  table.print();
  fs::remove_all(packages[0].folder);
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
