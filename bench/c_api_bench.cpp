// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The border of the C API, by libheadrope.so: what a call costs that returns
// one figure, against reading the same sums from an array, and what it costs to
// hand a table of all units over to Arrow, against copying its columns. That no
// column is copied is checked by the addresses. And how long a host waits for a
// call that he wants to stop: the longest silence between two calls of his
// progress function.

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

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

using Clock = std::chrono::steady_clock;

// How long the progress of a call was silent at most.
class Silence {
 public:
  explicit Silence(std::string call) : call_(std::move(call)) {}

  static std::int32_t hear(const char* stage, std::int64_t /*done*/,
                           std::int64_t /*total*/, void* user_data) {
    auto* own = static_cast<Silence*>(user_data);
    own->end();
    own->stage_ = stage;
    return 0;
  }
  // The call is over: that is heard too.
  void end() {
    const auto now = Clock::now();
    const double silent = std::chrono::duration<double>(now - last_).count();
    if (silent > longest_) {
      longest_ = silent;
      longest_stage_ = stage_;
    }
    last_ = now;
  }
  void print(RatioTable& ratios) const {
    ratios.figure(
        fmt::format("longest silence of {}, after '{}'", call_, longest_stage_),
        "—", fmt::format("{:.0f} ms", longest_ * 1e3),
        "at most 100 ms (two spaces)", longest_ <= 0.1 ? 1 : 0);
  }

 private:
  std::string call_;
  std::string stage_;
  std::string longest_stage_;
  double longest_ = 0;
  Clock::time_point last_ = Clock::now();
};

// The snapshot, from files as a host would have them.
headrope_snapshot* open(const std::filesystem::path& folder,
                        std::vector<Silence>& silences) {
  headrope_registry* registry = nullptr;
  Silence loading("loading");
  headrope_registry_options how = HEADROPE_REGISTRY_OPTIONS_INIT;
  how.progress = Silence::hear;
  how.user_data = &loading;
  must(headrope_registry_load(folder.c_str(), HEADROPE_NTS, &how, nullptr,
                              &registry, &error));
  loading.end();
  silences.push_back(loading);
  std::int32_t day = 0;
  must(headrope_date_parse("2025-12-31", HEADROPE_NTS, &day, &error));
  headrope_snapshot* snapshot = nullptr;
  Silence freezing("freezing");
  headrope_freeze_options options = HEADROPE_FREEZE_OPTIONS_INIT;
  options.progress = Silence::hear;
  options.user_data = &freezing;
  must(headrope_registry_freeze(registry, day, &options, nullptr, &snapshot,
                                &error));
  freezing.end();
  silences.push_back(freezing);
  headrope_registry_free(registry);
  return snapshot;
}

// Two rules over all units: one that is counted and one that is interpreted.
constexpr const char* pack_text = R"(format: headrope-pack/1
id: bench
title: {zh: 测, en: bench}
issuer: {zh: 测, en: bench}
level: country
issued: 2012-11-20
effective: 2012-12-01
rules:
  - id: R1
    clause: 一
    phrase: 一次
    title: {zh: 学习, en: study}
    subjects: {units: all}
    window: {each: year}
    require: {count: study_session, at_least: 1}
  - id: R2
    clause: 二
    phrase: 两次
    title: {zh: 学习, en: study}
    subjects: {units: all}
    window: {each: year}
    require:
      any:
        - {count: study_session, at_least: 2}
        - {sum: study_session, at_least: 3}
)";

void assess(headrope_snapshot* snapshot, std::vector<Silence>& silences) {
  headrope_registry* vocabulary = nullptr;
  headrope_pack* pack = nullptr;
  must(headrope_registry_new(nullptr, &vocabulary, &error));
  must(headrope_pack_parse(vocabulary, pack_text, HEADROPE_NTS, "bench",
                           HEADROPE_NTS, nullptr, 0, nullptr, &pack, &error));
  headrope_question question = HEADROPE_QUESTION_INIT;
  must(headrope_date_parse("2025-01-01", HEADROPE_NTS, &question.valid_from,
                           &error));
  must(headrope_date_parse("2026-01-01", HEADROPE_NTS, &question.valid_until,
                           &error));
  Silence assessing("assessing");
  question.progress = Silence::hear;
  question.user_data = &assessing;
  headrope_assessment* assessment = nullptr;
  must(headrope_assessment_new(snapshot, pack, nullptr, 0, &question,
                               &assessment, &error));
  assessing.end();
  silences.push_back(assessing);
  headrope_assessment_free(assessment);
  headrope_pack_free(pack);
  headrope_registry_free(vocabulary);
}

void search_gaps(headrope_snapshot* snapshot, std::vector<Silence>& silences) {
  headrope_responsibility* responsibility = nullptr;
  headrope_table* gaps = nullptr;
  must(headrope_responsibility_new(snapshot, &responsibility, &error));
  Silence searching("searching for gaps");
  headrope_gaps_options options = HEADROPE_GAPS_OPTIONS_INIT;
  options.progress = Silence::hear;
  options.user_data = &searching;
  must(headrope_responsibility_gaps(responsibility, &options, &gaps, &error));
  searching.end();
  silences.push_back(searching);
  headrope_table_free(gaps);
  headrope_responsibility_free(responsibility);
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
      !National::write_descriptor(folder, {true, true})) {
    give_up("cannot write to " + folder.string());
  }
  std::vector<Silence> silences;
  headrope_snapshot* snapshot = open(folder, silences);
  assess(snapshot, silences);
  search_gaps(snapshot, silences);
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
  for (const Silence& one : silences) one.print(ratios);
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
