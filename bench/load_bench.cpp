// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading the organisation from CSV on one thread: units and links, with
// memberships, with records, and all together; everything that load_package
// does counts, its checks too. The time of a table is that of the package with
// it less that of the package without it. Reading the same bytes and counting
// their lines is the plain pass.

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

Registry load(const fs::path& folder) {
  Diagnostics findings;
  return value_of(load_package(folder, findings));
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
  const Registry registry = load(package.folder);
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
               std::vector<double> seconds) {
  const double floor = 200;
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
    race.add("load_package, " + package.name, [&] {
      benchmark::DoNotOptimize(load(package.folder).links().data());
    });
  }
  race.run();

  const Package& all = packages[0];
  const auto& units = race.seconds("load_package, units and links");
  RatioTable table;
  table.title("Loading, " + sizes(arguments, national));
  add_speed(table, "units and links", megabytes(all, {"units", "links"}),
            units);
  add_speed(table, "memberships", megabytes(all, {"memberships"}),
            difference(race.seconds("load_package, with memberships"), units));
  add_speed(table, "records", megabytes(all, {"records"}),
            difference(race.seconds("load_package, with records"), units));
  add_speed(table, "all together",
            megabytes(all, {"units", "links", "memberships", "records"}),
            race.seconds("load_package, all"));
  table.compare(race, "load all against reading and counting lines",
                "load_package, all", "plain, lines counted");
  table.print();
  fs::remove_all(packages[0].folder);
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
