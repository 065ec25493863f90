// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "headrope/test_command.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "headrope/terminal.hpp"
#include "headrope/test_report.hpp"

namespace headrope::tool {
namespace {

namespace fs = std::filesystem;

void say(const std::string& text) {
  std::fflush(stdout);  // In the order in which it was said.
  std::fputs((harmless(text) + "\n").c_str(), stderr);
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

// The summary of a pack.
struct PackSummary {
  std::string pack;
  std::int64_t cases = 0;
  std::int64_t failed = 0;
  std::int64_t checked = 0;
  std::int64_t rules = 0;
  std::int64_t with_cases = 0;
  std::int64_t pinned = 0;
  std::string without;  // Rules that no case speaks of.
};

PackSummary& summary_of(std::vector<PackSummary>& list,
                        const std::string& pack) {
  for (PackSummary& one : list) {
    if (one.pack == pack) return one;
  }
  PackSummary made;
  made.pack = pack;
  return list.emplace_back(std::move(made));
}

std::vector<PackSummary> summaries_of(
    std::span<const CaseResult> results,
    std::span<const ClauseCoverage> coverage) {
  std::vector<PackSummary> list;
  for (const ClauseCoverage& rule : coverage) {
    PackSummary& one = summary_of(list, rule.pack);
    ++one.rules;
    if (rule.cases > 0) {
      ++one.with_cases;
    } else {
      one.without += (one.without.empty() ? "" : " ") + rule.rule;
    }
    if (rule.pins_met && rule.pins_unmet) ++one.pinned;
  }
  for (const CaseResult& result : results) {
    // A case that could not be made ready may have no pack.
    PackSummary& one =
        summary_of(list, result.pack.empty() ? result.file : result.pack);
    ++one.cases;
    if (!result.failures.empty()) ++one.failed;
    one.checked += result.checked;
  }
  return list;
}

Column column_of(std::string name, Column::Type type) {
  Column column;
  column.name = std::move(name);
  column.type = type;
  return column;
}

Table summary_table(std::span<const PackSummary> list) {
  Table table;
  table.columns.push_back(column_of("pack", Column::Type::text));
  for (const PackSummary& one : list) {
    table.columns.back().texts.push_back(one.pack);
  }
  constexpr std::pair<const char*, std::int64_t PackSummary::*> numbers[] = {
      {"cases", &PackSummary::cases},
      {"failed", &PackSummary::failed},
      {"checks", &PackSummary::checked},
      {"rules", &PackSummary::rules},
      {"with cases", &PackSummary::with_cases},
      {"met and unmet", &PackSummary::pinned}};
  for (const auto& [name, member] : numbers) {
    table.columns.push_back(column_of(name, Column::Type::integer));
    for (const PackSummary& one : list) {
      table.columns.back().numbers.push_back(one.*member);
    }
  }
  table.columns.push_back(column_of("without cases", Column::Type::text));
  for (const PackSummary& one : list) {
    table.columns.back().texts.push_back(one.without);
  }
  return table;
}

void write_failures(std::span<const TestPoint> points) {
  for (const TestPoint& point : points) {
    if (point.failures.empty()) continue;
    print(fmt::format("\n{}:{}: {}\n", harmless(point.file), point.line,
                      harmless(point.name)));
    for (const std::string& failure : point.failures) {
      print("  " + harmless(failure) + "\n");
    }
  }
}

std::vector<std::string> boundary_notes(
    std::span<const LooseBoundary> boundaries) {
  std::vector<std::string> notes;
  for (const LooseBoundary& one : boundaries) {
    notes.push_back(fmt::format("loose: {} {}: {} changed to {}", one.pack,
                                one.rule, one.parameter, one.changed_to));
  }
  return notes;
}

// Writes boundary cases for a pack.
int generate(std::span<const fs::path> paths) {
  if (paths.size() != 1 || !fs::is_regular_file(paths.front())) {
    say("headrope: --generate takes the file of one pack");
    return 2;
  }
  Diagnostics findings;
  const auto pack = load_pack(paths.front(), Registry(), findings);
  for (const Diagnostic& finding : findings.items()) {
    say(finding_line(finding));
  }
  if (!pack) return 1;
  std::vector<std::string> skipped;
  const auto text = write_boundary_cases(*pack, skipped);
  for (const std::string& rule : skipped) say("no cases made: " + rule);
  if (!text) {
    say("headrope: " + text.error().message);
    return 1;
  }
  const std::size_t second_line = text->find('\n') + 1;
  print(text->substr(0, second_line));
  print(fmt::format("pack: {}\n", paths.front().filename().string()));
  print(text->substr(second_line));
  return 0;
}

// Finds loose boundaries, if that is asked for.
Result<std::vector<std::string>> loose_notes(const TestOptions& options,
                                             std::span<const fs::path> paths,
                                             const CaseOptions& how) {
  if (!options.finds_boundaries) return std::vector<std::string>();
  Diagnostics told_before;
  const auto found = find_loose_boundaries(paths, told_before, how);
  if (!found) return found.error();
  std::vector<std::string> notes = boundary_notes(*found);
  notes.push_back(fmt::format("{} loose boundaries", found->size()));
  return notes;
}

}  // namespace

CLI::App* add_test_command(CLI::App& app, TestOptions& options) {
  CLI::App* command = app.add_subcommand("test", "Run the cases of rule packs");
  command->add_option("paths", options.paths, "packs, case files or folders")
      ->required();
  command->add_option("--filter", options.filter,
                      "only cases whose id or file contains this");
  command->add_option("--output", options.output, "tap, junit or table")
      ->check(CLI::IsMember({"tap", "junit", "table"}));
  command->add_option("--threads", options.threads, "threads to use")
      ->check(CLI::Range(1U, 64U));
  command->add_flag("--boundaries", options.finds_boundaries,
                    "tell thresholds and dates that no case pins down");
  command->add_flag("--generate", options.generates,
                    "write cases around the thresholds of a pack");
  return command;
}

int run_tests(const TestOptions& options, const std::string& language) {
  const std::vector<fs::path> paths(options.paths.begin(), options.paths.end());
  if (options.generates) return generate(paths);
  const Language wanted = language == "zh" ? Language::zh : Language::en;
  CaseOptions how;
  how.filter = options.filter;
  how.threads.count = options.threads;
  Diagnostics findings;
  const auto results = run_cases(paths, findings, how);
  if (!results) {
    say("headrope: " + results.error().message);
    return 1;
  }
  for (const Diagnostic& finding : findings.items()) {
    say(finding_line(finding));
  }
  const auto notes = loose_notes(options, paths, how);
  if (!notes) {
    say("headrope: " + notes.error().message);
    return 1;
  }
  const std::vector<TestPoint> points = test_points(*results, findings, wanted);
  if (options.output == "tap") {
    write_tap(points, *notes, print);
  } else if (options.output == "junit") {
    write_junit(points, print);
    for (const std::string& note : *notes) say(note);
  } else {
    Diagnostics told_before;
    const auto coverage = clause_coverage(paths, *results, told_before);
    if (!coverage) {
      say("headrope: " + coverage.error().message);
      return 1;
    }
    const std::vector<PackSummary> list = summaries_of(*results, *coverage);
    write_terminal(summary_table(list), wanted, print);
    write_failures(points);
    for (const std::string& note : *notes) print(harmless(note) + "\n");
  }
  const auto failed = std::count_if(
      points.begin(), points.end(),
      [](const TestPoint& point) { return !point.failures.empty(); });
  if (points.empty()) say("headrope: there are no cases");
  say(fmt::format("{} cases, {} failed", results->size(), failed));
  return failed > 0 || points.empty() || findings.error_count() > 0 ? 1 : 0;
}

}  // namespace headrope::tool
