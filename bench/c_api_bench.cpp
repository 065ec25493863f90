// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The border of the C API, by libheadrope.so: what a call costs that returns
// one figure, against reading the same sums from an array, and what it costs to
// hand a table of all units over to Arrow, against copying its columns. That no
// column is copied is checked by the addresses.

#include <cstring>
#include <filesystem>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "headrope/headrope.h"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

headrope_error error = HEADROPE_ERROR_INIT;

void must(headrope_status status) {
  if (status != HEADROPE_OK) give_up(error.message);
}

// The snapshot, from files as a host would have them.
headrope_snapshot* open(const std::filesystem::path& folder) {
  headrope_registry* registry = nullptr;
  must(headrope_registry_load(folder.c_str(), HEADROPE_NTS, nullptr, nullptr,
                              &registry, &error));
  std::int32_t day = 0;
  must(headrope_date_parse("2023-12-31", HEADROPE_NTS, &day, &error));
  headrope_snapshot* snapshot = nullptr;
  must(headrope_registry_freeze(registry, day, nullptr, nullptr, &snapshot,
                                &error));
  headrope_registry_free(registry);
  return snapshot;
}

// The column of a table whose buffers an array must share.
void check_shared(const headrope_table* table, const ArrowArray& array) {
  for (std::int64_t at = 0; at < array.n_children; ++at) {
    const ArrowArray& child = *array.children[at];
    headrope_column column = HEADROPE_COLUMN_INIT;
    must(headrope_table_column(table, at, &column, &error));
    if (column.type == HEADROPE_COLUMN_TEXT) {
      headrope_text text;
      must(headrope_table_text(table, at, array.length - 1, &text, &error));
      const auto* offsets = static_cast<const std::int64_t*>(child.buffers[1]);
      if (static_cast<const char*>(child.buffers[2]) +
              offsets[array.length - 1] !=
          text.data) {
        give_up("a text column is copied");
      }
    }
  }
  // A second export gives the very same buffers.
  ArrowSchema schema;
  ArrowArray again;
  must(headrope_table_export_array(table, &schema, &again, &error));
  for (std::int64_t at = 0; at < array.n_children; ++at) {
    for (std::int64_t buffer = 1; buffer < array.children[at]->n_buffers;
         ++buffer) {
      if (array.children[at]->buffers[buffer] !=
          again.children[at]->buffers[buffer]) {
        give_up("a column is copied");
      }
    }
  }
  schema.release(&schema);
  again.release(&again);
}

// Bytes of the columns of a table that has only texts and numbers.
std::size_t bytes_of(const ArrowArray& array) {
  std::size_t bytes = 0;
  for (std::int64_t at = 0; at < array.n_children; ++at) {
    const ArrowArray& child = *array.children[at];
    bytes += static_cast<std::size_t>(array.length) * 8;
    if (child.n_buffers == 3) {
      bytes += static_cast<std::size_t>(
          static_cast<const std::int64_t*>(child.buffers[1])[array.length]);
    }
  }
  return bytes;
}

// Copies every column, as an export would that does not share them.
void copy_columns(const ArrowArray& array, std::vector<char>& to) {
  char* out = to.data();
  const auto rows = static_cast<std::size_t>(array.length);
  for (std::int64_t at = 0; at < array.n_children; ++at) {
    const ArrowArray& child = *array.children[at];
    std::memcpy(out, child.buffers[1], rows * 8);
    out += rows * 8;
    if (child.n_buffers == 3) {
      const auto size = static_cast<std::size_t>(
          static_cast<const std::int64_t*>(child.buffers[1])[array.length]);
      std::memcpy(out, child.buffers[2], size);
      out += size;
    }
  }
  benchmark::DoNotOptimize(to.data());
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const std::filesystem::path folder = arguments.folder / "national-c";
  std::filesystem::remove_all(folder);
  if (!national.write(folder) ||
      !National::write_descriptor(folder, {false, false})) {
    give_up("cannot write to " + folder.string());
  }
  headrope_snapshot* snapshot = open(folder);
  std::filesystem::remove_all(folder);

  std::int64_t hierarchy = HEADROPE_NONE;
  std::int64_t unit_count = 0;
  headrope_figures* figures = nullptr;
  headrope_sums* sums = nullptr;
  headrope_table* table = nullptr;
  must(headrope_snapshot_find(snapshot, HEADROPE_OBJECT_HIERARCHY,
                              "administrative", HEADROPE_NTS, &hierarchy,
                              &error));
  must(headrope_snapshot_count(snapshot, HEADROPE_OBJECT_UNIT, &unit_count,
                               &error));
  must(headrope_figures_count_units(snapshot, nullptr, 0, &figures, &error));
  must(headrope_sums_new(figures, hierarchy, &sums, &error));
  must(headrope_figures_roll_up(figures, hierarchy, HEADROPE_NONE,
                                HEADROPE_ALL_LEVELS, 1, &table, &error));
  ArrowSchema schema;
  ArrowArray array;
  must(headrope_table_export_array(table, &schema, &array, &error));
  check_shared(table, array);

  // Units are asked in the order of their numbers, so that the border is
  // measured and not the wait for memory.
  std::vector<std::int64_t> answers(static_cast<std::size_t>(unit_count));
  for (std::int64_t unit = 0; unit < unit_count; ++unit) {
    must(headrope_sums_at(sums, unit, &answers[static_cast<std::size_t>(unit)],
                          &error));
  }
  std::vector<char> copy(bytes_of(array));

  Race race(arguments.rounds);
  race.add("plain, sums in an array", [&] {
    std::int64_t all = 0;
    for (const std::int64_t& answer : answers) {
      all += answer;
      benchmark::DoNotOptimize(all);
    }
  });
  race.add("headrope_sums_at, with an error", [&] {
    std::int64_t sum = 0;
    for (std::int64_t unit = 0; unit < unit_count; ++unit) {
      headrope_sums_at(sums, unit, &sum, &error);
      benchmark::DoNotOptimize(sum);
    }
  });
  race.add("headrope_sums_at", [&] {
    std::int64_t sum = 0;
    for (std::int64_t unit = 0; unit < unit_count; ++unit) {
      headrope_sums_at(sums, unit, &sum, nullptr);
      benchmark::DoNotOptimize(sum);
    }
  });
  race.add("plain, columns copied", [&] { copy_columns(array, copy); });
  race.add(
      "headrope_table_export_array",
      [&] {
        ArrowSchema types;
        ArrowArray columns;
        must(headrope_table_export_array(table, &types, &columns, nullptr));
        types.release(&types);
        columns.release(&columns);
      },
      100);
  race.run();

  RatioTable ratios;
  ratios.title(fmt::format("The C API, {} units", unit_count));
  for (const char* name :
       {"headrope_sums_at", "headrope_sums_at, with an error"}) {
    std::vector<double> calls = race.seconds(name);
    for (double& seconds : calls) seconds /= static_cast<double>(unit_count);
    const Spread spread = spread_of(calls);
    ratios.figure(fmt::format("one figure: {}", name), "—",
                  fmt::format("{:.1f} ns ({:.1f}–{:.1f})", spread.median * 1e9,
                              spread.least * 1e9, spread.greatest * 1e9),
                  "at most 30 ns", spread.median <= 30e-9 ? 1 : 0);
  }
  ratios.at_most(race,
                 fmt::format("a table of {} rows to Arrow, against a copy of "
                             "its {:.0f} MB",
                             headrope_table_row_count(table),
                             static_cast<double>(copy.size()) / 1e6),
                 "headrope_table_export_array", "plain, columns copied", 0.01);
  ratios.print();

  schema.release(&schema);
  array.release(&array);
  headrope_table_free(table);
  headrope_sums_free(sums);
  headrope_figures_free(figures);
  headrope_snapshot_release(snapshot);
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
