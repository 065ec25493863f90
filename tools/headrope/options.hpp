// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What can be said on the command line, and turning its words into the
// library's values.

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "headrope/headrope.hpp"

namespace headrope::tool {

/// Options of the program and of all its commands.
struct Options {
  std::string language;  // Empty: English on the terminal, Chinese in reports.
  std::string format = "table";
  std::string data;
  std::string as_of;
  std::string known_on;
  std::string hierarchy;
  std::string under;
  int levels = -1;
  bool shows_time = false;

  // Days.
  std::string from;
  std::string to;
  int year = 0;

  // Figures and rules.
  std::vector<std::string> measures;
  std::string tally = "count";
  std::vector<std::string> kinds;
  std::string subjects = "units";
  std::vector<std::string> where;
  std::vector<std::string> exempt;
  std::string each = "whole";
  std::string at_least;
  std::string at_most;
  std::string equal;
  std::string partial = "any_day";
  std::string credit_along;
  std::vector<std::string> attended;
  std::string basis = "primary";
  std::string set_basis = "any";
  std::vector<std::string> subtrees;
  unsigned threads = 1;

  // Packs.
  std::vector<std::string> paths;
  std::string pack;
  std::string against;
  std::vector<std::string> set;
  std::string set_from;
  std::vector<std::string> rules;
  std::string group;
  std::string subject;
  std::string by;
  std::string wanted;
  bool shows_who = false;
  bool shows_parameters = false;
  bool shows_duties = false;

  // Who answers for what.
  std::vector<std::string> duties;
  std::vector<std::string> roles;
  std::vector<std::string> on;
  std::vector<std::string> names;
  std::vector<std::string> types;
  std::vector<std::string> limits;
  std::string person;
  std::string post;
  std::string svg;
  int points = 0;
  bool shows_matrix = false;
  bool shows_missed = false;
  bool shows_units = false;
  bool shows_hanging = false;
  bool needs_post = false;
  bool shows_over = false;
  bool shows_persons = false;
  bool shows_unit_load = false;

  // Reports and pictures.
  std::string out;
  std::string title;
  std::vector<std::string> group_by;
  int explanations = -1;  // As many as do not take long.
  double scale = 2;
  int publish = 0;  // 0: not for publication.
  std::string withheld;
};

/// Says that the command line is at fault; the program then exits with 2.
struct UsageError {
  std::string message;
};

/// The days asked about: `--year`, or `--from` and `--to` (the last day), or
/// everything up to the day of the snapshot.
[[nodiscard]] Interval range_of(const Options& options,
                                const Snapshot& snapshot);

[[nodiscard]] Date day_of(const std::string& text, const char* option);
[[nodiscard]] Language language_of(const Options& options);
/// Of reports and pictures: Chinese unless English is asked for.
[[nodiscard]] Language report_language(const Options& options);
[[nodiscard]] CountBasis basis_of(const Options& options);
[[nodiscard]] std::vector<KindId> kinds_of(const Options& options,
                                           const Snapshot& snapshot);
[[nodiscard]] const Forest& forest_of(const Options& options,
                                      const Snapshot& snapshot);
[[nodiscard]] Shown shown_of(const Options& options, const Snapshot& snapshot,
                             const Forest& forest);
[[nodiscard]] Tally tally_of(const Options& options, const Snapshot& snapshot);
[[nodiscard]] Rule rule_of(const Options& options, const Snapshot& snapshot);
/// The periods of `--each` and `--every`.
[[nodiscard]] Period period_named(const std::string& word, const char* option);

// Of packs.
/// What is asked about a rule: the days, else the year of the snapshot's day.
[[nodiscard]] RuleQuestion question_of(const Options& options,
                                       const Snapshot& snapshot);
/// The position of a rule.
[[nodiscard]] std::size_t rule_at(const Pack& pack, const std::string& id);
/// The one rule that is named; a UsageError for none or an unknown one.
std::size_t only_rule(const Pack& pack, const Options& options);

// Of responsibility.
/// The unit of `--unit`; none if it is not given.
[[nodiscard]] UnitIndex unit_of(const Options& options,
                                const Snapshot& snapshot);
[[nodiscard]] PersonId person_of(const Options& options,
                                 const Snapshot& snapshot);
[[nodiscard]] PostId post_of(const Options& options, const Snapshot& snapshot);
[[nodiscard]] std::vector<DutyId> duties_of(const Options& options,
                                            const Snapshot& snapshot);
[[nodiscard]] std::vector<RoleId> roles_of(const Options& options,
                                           const Snapshot& snapshot);
/// The day, duty and roles; one of each of the first two at most.
[[nodiscard]] HolderQuestion holders_asked(const Options& options,
                                           const Snapshot& snapshot);
[[nodiscard]] std::vector<GapType> gap_types_of(const Options& options);
[[nodiscard]] BurdenLimits limits_of(const Options& options);
[[nodiscard]] MatrixBy matrix_by(const Options& options);
/// The pairs of `--name NAME=IDENTITY`.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> names_of(
    const Options& options);

}  // namespace headrope::tool
