// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The commands about responsibility: who, gaps, chain, load. The data is a
// package, with a pack's duties added or not, or the file of a pack alone.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "headrope/commands.hpp"
#include "headrope/session.hpp"

namespace headrope::tool {
namespace {

// Tells once which names of a pack are not found, however often it has them.
void report_names(const Diagnostics& findings, const Options& options) {
  Diagnostics different;
  std::set<std::pair<std::string, std::string>> seen;
  for (const Diagnostic& finding : findings.items()) {
    if (seen.emplace(finding.value, finding.message).second) {
      different.add(finding);
    }
  }
  report(different, options, "`headrope rules --duties` lists the names");
  if (!different.items().empty()) {
    say("say whose a name is with --name NAME=IDENTITY");
  }
}

// What every question needs.
struct Opened {
  std::shared_ptr<const Snapshot> snapshot;
  PackPointer pack;  // Or none.
  std::unique_ptr<const Responsibility> responsibility;
};

bool is_pack_file(const std::string& path) {
  std::error_code failed;
  return std::filesystem::is_regular_file(path, failed) &&
         std::filesystem::path(path).extension() == ".yaml";
}

// The day whose structure is frozen: that of a pack alone is its first.
std::string day_to_freeze(const Options& options, const PackPointer& alone) {
  if (!options.as_of.empty()) return options.as_of;
  if (alone == nullptr) throw UsageError{"--as-of is required"};
  const Date first = alone->in_force().valid_from;
  if (first.is_open()) {
    throw UsageError{"--as-of: the pack does not say when it takes effect"};
  }
  return to_string(first);
}

// What a name is said to stand for must be there.
void check_names(const PackDutyOptions& duties, const Registry& registry) {
  for (const auto& [name, identity] : duties.names) {
    if (registry.find_unit(identity) || registry.find_post(identity)) continue;
    throw UsageError{"--name: no unit or post '" + identity + "' in the data"};
  }
}

Opened open_all(const Options& options, StepTimer& timer) {
  const bool alone = is_pack_file(options.data);
  if (alone && !options.pack.empty()) {
    throw UsageError{"--pack: the data is a pack itself"};
  }
  if (is_freeze_file(options.data)) {
    if (!options.pack.empty()) {
      throw UsageError{"--pack: give the folder of the data package with it"};
    }
    Opened opened;
    opened.snapshot = open_file(options, timer);
    opened.responsibility =
        std::make_unique<const Responsibility>(opened.snapshot);
    timer.step("index");
    return opened;
  }
  PackDutyOptions duty_options;
  duty_options.names = names_of(options);
  duty_options.makes_units = alone;
  if (!alone && options.as_of.empty()) day_to_freeze(options, nullptr);
  Registry registry = alone ? Registry() : load(options, timer);
  if (!alone) check_names(duty_options, registry);
  Opened opened;
  if (alone || !options.pack.empty()) {
    opened.pack =
        load_one(alone ? options.data : options.pack, registry, options);
    Diagnostics findings;
    stop_if_failed(add_duties(registry, *opened.pack, findings, duty_options));
    report_names(findings, options);
    timer.step("load the pack");
  }
  Options dated = options;
  dated.as_of = day_to_freeze(options, opened.pack);
  opened.snapshot = freeze_data(registry, dated, timer);
  opened.responsibility =
      std::make_unique<const Responsibility>(opened.snapshot);
  timer.step("index");
  return opened;
}

const Pack& pack_of(const Opened& opened, const char* option) {
  if (opened.pack != nullptr) return *opened.pack;
  throw UsageError{std::string(option) + ": give the pack with --pack"};
}

bool is_empty(const Column& column) {
  if (column.type == Column::Type::text) return column.texts.bytes().empty();
  return !column.missing.empty() &&
         std::find(column.missing.begin(), column.missing.end(), 0) ==
             column.missing.end();
}

// Puts the columns `X` and `X_name` together, for people: `U14 街道组织部门`.
// A name that is the identity stands there once.
Table with_names_joined(Table table) {
  constexpr std::string_view suffix = "_name";
  Table joined;
  for (Column& column : table.columns) {
    const auto identity = std::find_if(
        joined.columns.begin(), joined.columns.end(), [&](const Column& one) {
          return one.name + std::string(suffix) == column.name;
        });
    if (identity == joined.columns.end()) {
      joined.columns.push_back(std::move(column));
      continue;
    }
    TextColumn texts;
    for (std::size_t row = 0; row < column.texts.size(); ++row) {
      const std::string_view name = column.texts[row];
      std::string text(identity->texts[row]);
      if (!name.empty() && name != text) {
        text += text.empty() ? "" : " ";
        text += name;
      }
      texts.push_back(text);
    }
    identity->texts = std::move(texts);
  }
  return joined;
}

// Writes a table. People are spared the columns that say nothing in any row,
// and find names beside identities; programs always get the same columns.
void write_short(Table table, const Options& options) {
  if (options.format != "table") {
    write(table, options);
    return;
  }
  if (table.row_count() == 0) {
    say(std::string(wording("nothing_here", language_of(options))));
    return;
  }
  Table shown = with_names_joined(std::move(table));
  std::erase_if(shown.columns, is_empty);
  write(shown, options);
}

void write_picture(const std::string& picture, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file << picture;
  file.close();
  if (!file) throw UsageError{"--svg: '" + path + "' cannot be written"};
  say("wrote " + harmless(path));
}

MatrixQuestion matrix_asked(const Options& options, const Snapshot& snapshot) {
  MatrixQuestion question;
  question.holders = holders_asked(options, snapshot);
  question.top = unit_of(options, snapshot);
  if (!question.top.is_none()) {
    question.forest = &forest_of(options, snapshot);
  }
  const std::vector<KindId> kinds = kinds_of(options, snapshot);
  if (kinds.size() > 1) throw UsageError{"--kind: give one kind"};
  if (!kinds.empty()) question.kind = kinds.front();
  return question;
}

// The matrix as a list, as a cross table or as a picture.
void show_matrix(const Opened& opened, const Options& options) {
  const Snapshot& snapshot = *opened.snapshot;
  const MatrixQuestion question = matrix_asked(options, snapshot);
  const MatrixBy by = matrix_by(options);
  const auto rows = value_or_stop(matrix(*opened.responsibility, question));
  if (!options.svg.empty()) {
    PictureOptions picture;
    picture.by = by;
    picture.language = language_of(options);
    picture.day = question.holders.day;
    if (opened.pack != nullptr && is_pack_file(options.data)) {
      const Label title = opened.pack->title();
      const bool zh = picture.language == Language::zh || title.en.empty();
      picture.title = zh ? title.zh : title.en;
    }
    write_picture(value_or_stop(matrix_svg(snapshot, rows, picture)),
                  options.svg);
    if (!options.shows_matrix) return;
  }
  if (!options.shows_matrix) {
    write_short(holders_table(snapshot, rows, language_of(options)), options);
    return;
  }
  Table table = cross_table(snapshot, rows, by, language_of(options));
  constexpr std::size_t columns_max = 1'000;
  if (table.columns.size() > columns_max) {
    throw UsageError{fmt::format(
        "--matrix: {} columns; ask for units below --unit or of a --kind",
        table.columns.size())};
  }
  write_short(std::move(table), options);
}

// Who had to answer when a rule was missed.
void show_missed(const Opened& opened, const Options& options) {
  const Snapshot& snapshot = *opened.snapshot;
  const std::size_t rule = only_rule(pack_of(opened, "--missed"), options);
  const auto assessment = value_or_stop(
      assess(snapshot, opened.pack, rule, question_of(options, snapshot)));
  const auto missed = responsible_for_missed(*opened.responsibility, assessment,
                                             holders_asked(options, snapshot));
  write_short(missed_table(snapshot, assessment, missed, language_of(options)),
              options);
}

// Who answers for a person: the rules whose subjects a duty is for are assessed
// to see whether the person is one.
void show_for_person(const Opened& opened, const Options& options) {
  const Snapshot& snapshot = *opened.snapshot;
  const PersonId person = person_of(options, snapshot);
  std::vector<std::size_t> rules;
  if (opened.pack != nullptr) {
    for (const DutyInfo& duty : opened.pack->duties()) {
      if (duty.subjects_of.empty()) continue;
      rules.push_back(rule_at(*opened.pack, std::string(duty.subjects_of)));
    }
  }
  std::vector<RuleAssessment> assessments;
  if (!rules.empty()) {
    assessments = value_or_stop(
        assess(snapshot, opened.pack, rules, question_of(options, snapshot)));
  }
  write_short(holders_table(snapshot,
                            holders_for_person(*opened.responsibility, person,
                                               holders_asked(options, snapshot),
                                               assessments),
                            language_of(options)),
              options);
}

// The days of `--on`, or the last day of each period of the range.
std::vector<Date> load_days(const Options& options, const Snapshot& snapshot) {
  std::vector<Date> days;
  for (const std::string& text : options.on) {
    days.push_back(day_of(text, "--on"));
  }
  if (options.each == "whole") return days;
  if (options.year == 0 && options.from.empty()) {
    throw UsageError{"--every: give --year, or --from and --to"};
  }
  const Interval range = range_of(options, snapshot);
  const auto windows =
      value_or_stop(windows_in(range, period_named(options.each, "--every")));
  for (const Interval& window : windows) {
    days.push_back(add_days(window.intersected(range).valid_until, -1));
  }
  return days;
}

void say_sum(const Chains& chains, Language language) {
  const Table sum = chain_sum_table(chains);
  std::string text;
  for (const Column& column : sum.columns) {
    if (!text.empty()) text += "; ";
    text += fmt::format("{}: {}", wording(column.name, language),
                        display_text(column, 0));
  }
  say(text);
}

ChainQuestion chain_asked(const Options& options, const Snapshot& snapshot) {
  const HolderQuestion holders = holders_asked(options, snapshot);
  ChainQuestion question;
  question.forest = &forest_of(options, snapshot);
  question.day = holders.day;
  question.roles = holders.roles;
  question.duty = holders.duty;
  question.needs_post = options.needs_post;
  if (!options.shows_hanging) {
    question.top = shown_of(options, snapshot, *question.forest).top;
  }
  return question;
}

// The units that hang on the unit asked about, or on every first break.
std::vector<UnitIndex> breaks_asked(const Options& options,
                                    const Snapshot& snapshot,
                                    const Chains& chains) {
  const UnitIndex unit = unit_of(options, snapshot);
  if (!unit.is_none()) return {unit};
  std::vector<UnitIndex> breaks;
  for (const ChainBreak& one : chains.breaks) {
    if (one.is_first) breaks.push_back(one.unit);
  }
  return breaks;
}

}  // namespace

int show_holders(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const Opened opened = open_all(options, timer);
    const Snapshot& snapshot = *opened.snapshot;
    const Language language = language_of(options);
    const bool asks_matrix = options.shows_matrix || !options.svg.empty();
    if (options.shows_missed) {
      show_missed(opened, options);
    } else if (!options.post.empty()) {
      const PostId post = post_of(options, snapshot);
      write_short(tenures_table(snapshot, post,
                                opened.responsibility->tenures(post), language),
                  options);
    } else if (!options.person.empty()) {
      show_for_person(opened, options);
    } else if (!options.under.empty() && options.hierarchy.empty() &&
               !asks_matrix) {
      const auto holders = opened.responsibility->holders(
          unit_of(options, snapshot), holders_asked(options, snapshot));
      write_short(holders_table(snapshot, holders, language), options);
    } else {
      show_matrix(opened, options);
    }
    timer.step("answer");
  });
}

int show_gaps(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const Opened opened = open_all(options, timer);
    const Snapshot& snapshot = *opened.snapshot;
    GapQuestion question;
    if (options.year != 0 || !options.from.empty() || !options.to.empty()) {
      question.days = range_of(options, snapshot);
    }
    question.types = gap_types_of(options);
    question.duties = duties_of(options, snapshot);
    question.top = unit_of(options, snapshot);
    if (!question.top.is_none()) {
      question.forest = &forest_of(options, snapshot);
    }
    ProgressLine progress;
    question.progress = progress.callback();
    const auto gaps =
        value_or_stop(find_gaps(*opened.responsibility, question));
    timer.step("find gaps");
    const Language language = language_of(options);
    write_short(options.shows_units
                    ? gaps_table(snapshot, gaps, language)
                    : grouped_gaps_table(snapshot, gaps, language),
                options);
    timer.step("write");
  });
}

int show_chain(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const Opened opened = open_all(options, timer);
    const Snapshot& snapshot = *opened.snapshot;
    const ChainQuestion question = chain_asked(options, snapshot);
    if (options.points > 0) {
      const auto points = value_or_stop(
          single_points(*opened.responsibility, question,
                        static_cast<std::size_t>(options.points)));
      timer.step("find single points");
      write_short(single_points_table(snapshot, points), options);
      return;
    }
    const Chains chains =
        value_or_stop(follow_chains(*opened.responsibility, question));
    timer.step("follow the chains");
    const Language language = language_of(options);
    write_short(options.shows_hanging
                    ? hanging_table(snapshot, *question.forest,
                                    breaks_asked(options, snapshot, chains))
                    : chain_table(snapshot, chains, language, question.day),
                options);
    say_sum(chains, language);
  });
}

int show_load(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const Opened opened = open_all(options, timer);
    const Snapshot& snapshot = *opened.snapshot;
    LoadQuestion question;
    question.days = load_days(options, snapshot);
    question.top = unit_of(options, snapshot);
    if (!options.hierarchy.empty() || !question.top.is_none()) {
      question.line = &forest_of(options, snapshot);
    }
    question.limits = limits_of(options);
    if (options.shows_over && options.limits.empty()) {
      throw UsageError{"--over: give a --limit, such as posts=2"};
    }
    std::vector<Load> loads = count_load(*opened.responsibility, question);
    timer.step("count");
    std::erase_if(loads, [&](const Load& one) {
      const bool is_unit = one.holder.type == EntityType::unit;
      return (options.shows_over && !one.is_over) ||
             (options.shows_persons && is_unit) ||
             (options.shows_unit_load && !is_unit);
    });
    write_short(
        load_table(snapshot, loads, question.limits, language_of(options)),
        options);
    timer.step("write");
  });
}

}  // namespace headrope::tool
