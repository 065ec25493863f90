// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Each command loads, freezes, asks one question and writes its table.

#include "headrope/commands.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "headrope/session.hpp"

namespace headrope::tool {
namespace {

// How many records had begun on a day.
std::size_t begun_records(const RecordColumns& records, Date day) {
  return static_cast<std::size_t>(
      std::count_if(records.valid_from.begin(), records.valid_from.end(),
                    [&](std::int32_t first) { return first <= day.days; }));
}

// Without a threshold nothing can be judged, which may be meant or forgotten.
void tell_missing_threshold(const Assessment& assessment) {
  if (!assessment.rule.requirement.threshold) {
    say("no threshold: give --at-least, --at-most or --equal");
  }
}

Column integer_column(std::string name) {
  Column column;
  column.name = std::move(name);
  column.type = Column::Type::integer;
  return column;
}

// The mean of the units' own rates, apart from the table and labelled, since it
// is not the rate of the units together.
void tell_mean_of_rates(const AttendanceCounts& counts,
                        const Options& options) {
  std::vector<std::int64_t> attended(counts.own[0].size(), 0);
  std::vector<std::int64_t> expected(counts.own[0].size(), 0);
  for (std::size_t at = 0; at < counts.own.size(); ++at) {
    const bool counts_as_attended =
        attended_presences.contains(static_cast<Presence>(at));
    for (std::size_t unit = 0; unit < expected.size(); ++unit) {
      expected[unit] += counts.own[at][unit];
      if (counts_as_attended) attended[unit] += counts.own[at][unit];
    }
  }
  const Ratio mean = mean_of_rates(attended, expected);
  Column column;
  column.name = "mean_of_rates";
  column.type = Column::Type::ratio;
  column.numbers = {mean.numerator};
  column.denominators = {mean.denominator};
  say(fmt::format("{}: {}", wording(column.name, language_of(options)),
                  display_text(column, 0)));
}

}  // namespace

int check_package(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    Diagnostics findings;
    ProgressLine progress;
    LoadOptions load_options;
    load_options.progress = progress.callback();
    load_options.threads = {options.threads};
    const auto registry = load_package(options.data, findings, load_options);
    timer.step("load");
    if (registry) check_hierarchies(*registry, findings);
    timer.step("check hierarchies");
    if (options.format != "table" || !findings.items().empty()) {
      write(findings_table(findings), options);
    }
    if (findings.dropped_count() > 0) {
      say(fmt::format("… {} more findings", findings.dropped_count()));
    }
    say(fmt::format("{}: {}, {}{}", options.data,
                    counted(findings.error_count(), "error"),
                    counted(findings.warning_count(), "warning"),
                    registry ? "" : "; nothing is loaded"));
    if (findings.error_count() > 0) throw AlreadySaid{};
  });
}

int freeze_to_file(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    ProgressLine progress;
    SaveOptions save_options;
    save_options.progress = progress.callback();
    stop_if_failed(save_snapshot(*snapshot, options.out, save_options));
    timer.step("save");
    say(fmt::format("{}: {} as of {}", options.out,
                    counted(snapshot->unit_count(), "unit"),
                    to_string(snapshot->as_of())));
  });
}

int show_summary(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    Column what;
    what.name = "what";
    Column id;
    id.name = "id";
    Column label;
    label.name = "name";
    Column count = integer_column("count");
    const bool zh = language_of(options) == Language::zh;
    const auto add = [&](const char* type, std::string_view name,
                         const Label& text, std::size_t number) {
      what.texts.emplace_back(type);
      id.texts.emplace_back(name);
      label.texts.emplace_back(zh ? text.zh : text.en);
      count.numbers.push_back(static_cast<std::int64_t>(number));
    };
    std::vector<std::size_t> units_of_kind(snapshot->kinds().size(), 0);
    for (const KindId kind : snapshot->kind_column()) {
      ++units_of_kind[kind.value];
    }
    for (std::size_t kind = 0; kind < units_of_kind.size(); ++kind) {
      if (units_of_kind[kind] == 0) continue;
      add("unit", snapshot->kinds()[kind].id, snapshot->kinds()[kind].label,
          units_of_kind[kind]);
    }
    for (const Forest& forest : snapshot->forests()) {
      const Hierarchy& hierarchy =
          snapshot->hierarchies()[forest.hierarchy().value];
      add("hierarchy", hierarchy.id, hierarchy.label, forest.place_count());
    }
    for (const Standing standing : {Standing::primary, Standing::secondary}) {
      if (snapshot->membership_count(standing) == 0) continue;
      add("membership", standing == Standing::primary ? "primary" : "secondary",
          {}, snapshot->membership_count(standing));
    }
    for (std::uint32_t at = 0; at < snapshot->measures().size(); ++at) {
      const Measure& measure = snapshot->measures()[at];
      const std::size_t of_units =
          begun_records(snapshot->unit_records({at}), snapshot->as_of());
      const std::size_t of_persons =
          begun_records(snapshot->person_records({at}), snapshot->as_of());
      if (of_units > 0) add("unit record", measure.id, measure.label, of_units);
      if (of_persons > 0) {
        add("person record", measure.id, measure.label, of_persons);
      }
    }
    if (!snapshot->marks().empty()) {
      add("attendance", "marks", {}, snapshot->marks().size());
    }
    Table table;
    table.columns = {std::move(what), std::move(id), std::move(label),
                     std::move(count)};
    write(table, options);
  });
}

int show_roll_up(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    const Forest& forest = forest_of(options, *snapshot);
    UnitTally own;
    int decimals = 0;
    if (options.measures.empty()) {
      own = count_units(*snapshot, kinds_of(options, *snapshot));
    } else {
      const Tally tally = tally_of(options, *snapshot);
      own = value_or_stop(
          tally_units(*snapshot, tally, range_of(options, *snapshot)));
      decimals = decimals_of(*snapshot, tally);
    }
    const auto sums =
        value_or_stop(roll_up(forest, own.value, {options.threads}));
    timer.step("roll up");
    write(roll_up_table(*snapshot, forest, own.value, sums, decimals,
                        shown_of(options, *snapshot, forest)),
          options);
    tell_unplaced("of records whose unit does not live on that day",
                  own.unplaced);
    timer.step("write");
  });
}

int show_members(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    const Forest& forest = forest_of(options, *snapshot);
    const auto counts = count_members(*snapshot, forest, basis_of(options));
    timer.step("count members");
    write(members_table(*snapshot, forest, counts,
                        shown_of(options, *snapshot, forest)),
          options);
    tell_unplaced(
        "memberships in units that do not live on that day",
        static_cast<std::int64_t>(snapshot->unplaced_membership_count()));
  });
}

int show_assessment(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    const auto assessment = value_or_stop(assess(
        *snapshot, rule_of(options, *snapshot), range_of(options, *snapshot)));
    timer.step("assess");
    write(assessment_table(*snapshot, assessment), options);
    tell_missing_threshold(assessment);
  });
}

int show_coverage(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    const Forest& forest = forest_of(options, *snapshot);
    const auto assessment = value_or_stop(assess(
        *snapshot, rule_of(options, *snapshot), range_of(options, *snapshot)));
    timer.step("assess");
    const auto coverage = value_or_stop(cover(
        *snapshot, forest, assessment, basis_of(options), {options.threads}));
    timer.step("cover");
    write(coverage_table(*snapshot, forest, coverage,
                         shown_of(options, *snapshot, forest)),
          options);
    tell_missing_threshold(assessment);
    tell_unplaced("eligible subjects", coverage.unplaced.eligible());
  });
}

int show_attendance(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    const Forest& forest = forest_of(options, *snapshot);
    const Tally tally = tally_of(options, *snapshot);
    const auto counts = value_or_stop(count_attendance(
        *snapshot, forest, tally.measures, range_of(options, *snapshot)));
    timer.step("count attendance");
    write(attendance_table(*snapshot, forest, counts,
                           shown_of(options, *snapshot, forest)),
          options);
    tell_mean_of_rates(counts, options);
    for (const Mark& mark : counts.strangers) {
      const AttendedRecord& record =
          snapshot->attended_records()[mark.attended];
      say(harmless(fmt::format(
          "warning: record {} marks {}, who did not belong to unit {} on {}; "
          "not counted",
          snapshot->record_identity(record.record),
          snapshot->identity(mark.person), snapshot->identity(record.unit),
          to_string(record.valid.valid_from))));
    }
    tell_unplaced("marks at records of other units", counts.unplaced);
  });
}

}  // namespace headrope::tool
