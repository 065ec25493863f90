// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The commands that ask a rule pack.

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "headrope/commands.hpp"
#include "headrope/session.hpp"

namespace headrope::tool {
namespace {

std::vector<std::filesystem::path> paths_of(const Options& options) {
  return {options.paths.begin(), options.paths.end()};
}

// The rules asked for, those of a group, or all.
std::vector<std::size_t> wanted_rules(const Pack& pack,
                                      const Options& options) {
  std::vector<std::size_t> rules;
  for (const std::string& id : options.rules) {
    rules.push_back(rule_at(pack, id));
  }
  for (std::size_t at = 0; at < pack.rule_count() && options.rules.empty();
       ++at) {
    if (options.group.empty() || pack.rule(at).group == options.group) {
      rules.push_back(at);
    }
  }
  if (rules.empty()) {
    throw UsageError{"--group: no rule is in '" + options.group + "'"};
  }
  return rules;
}

std::vector<RuleAssessment> assess_rules(const Snapshot& snapshot,
                                         const PackPointer& pack,
                                         const Options& options,
                                         bool wants_deadlines) {
  RuleQuestion question = question_of(options, snapshot);
  question.wants_deadlines = wants_deadlines;
  return value_or_stop(
      assess(snapshot, pack, wanted_rules(*pack, options), question));
}

GroupBy group_by(const Options& options, const Snapshot& snapshot) {
  constexpr std::string_view prefix = "attribute:";
  GroupBy by;
  if (options.by == "kind") return by;
  if (options.by == "level") {
    by.type = GroupBy::Type::level;
    by.forest = &forest_of(options, snapshot);
    return by;
  }
  if (options.by.starts_with(prefix)) {
    by.type = GroupBy::Type::attribute;
    by.attribute = options.by.substr(prefix.size());
    return by;
  }
  throw UsageError{"--by: expected kind, level or attribute:NAME, not '" +
                   options.by + "'"};
}

// A value of a rule as its tables show it.
std::string shown(const Fraction& value, const Pack& pack, std::size_t rule) {
  Column column;
  column.type = Column::Type::fraction;
  column.numbers = {value.numerator};
  column.denominators = {value.denominator};
  column.styles = {value_unit(pack, rule) == ValueUnit::rate
                       ? Column::Style::percent
                       : Column::Style::number};
  return display_text(column, 0);
}

void write_groups(const std::vector<GroupCounts>& groups,
                  const Options& options) {
  write(groups_table(groups), options);
  std::vector<std::int64_t> met;
  std::vector<std::int64_t> eligible;
  for (const GroupCounts& group : groups) {
    met.push_back(group.counts.of(Status::met));
    eligible.push_back(group.counts.eligible());
  }
  const Ratio mean = mean_of_rates(met, eligible);
  Column of_groups;
  of_groups.type = Column::Type::ratio;
  of_groups.numbers = {mean.numerator};
  of_groups.denominators = {mean.denominator};
  say(fmt::format("{}: {}",
                  wording("mean_of_group_rates", language_of(options)),
                  display_text(of_groups, 0)));
  if (const auto gap = disparity(groups)) {
    Column column;
    column.name = "spread";
    column.type = Column::Type::ratio;
    column.numbers = {gap->spread.numerator};
    column.denominators = {gap->spread.denominator};
    say(fmt::format("{}: {} ({} – {})", wording("spread", language_of(options)),
                    display_text(column, 0),
                    harmless(groups[gap->lowest].group),
                    harmless(groups[gap->highest].group)));
  }
}

// Every pack at or below the paths.
std::vector<PackPointer> load_all(const Registry& vocabulary,
                                  const Options& options) {
  // One file may stand on a pack beside it, which is then not asked for.
  if (options.paths.size() == 1 &&
      std::filesystem::is_regular_file(options.paths.front())) {
    return {load_one(options.paths.front(), vocabulary, options)};
  }
  Diagnostics findings;
  auto packs = load_packs(paths_of(options), vocabulary, findings);
  if (!packs) {
    report(findings, options);
    throw DataError{packs.error()};
  }
  return *std::move(packs);
}

// The packs at or below a path; one file may stand on a pack beside it.
Result<std::vector<PackPointer>> check_packs(const std::filesystem::path& path,
                                             const Registry& vocabulary,
                                             Diagnostics& findings) {
  const std::vector<std::filesystem::path> paths{path};
  if (!std::filesystem::is_regular_file(path)) {
    return load_packs(paths, vocabulary, findings);
  }
  const auto pack = load_pack(path, vocabulary, findings);
  if (!pack) return pack.error();
  return std::vector{*pack};
}

// The rules of a pack, or its parameters or duties.
Table rules_or(const Pack& pack, const Options& options) {
  const Language language = language_of(options);
  if (options.shows_duties) return duties_table(pack, language);
  if (!options.shows_parameters) return rules_table(pack, language);
  Date day = pack.in_force().valid_from;
  if (!pack.changes().empty()) day = pack.changes().front().from;
  if (!options.as_of.empty()) day = day_of(options.as_of, "--as-of");
  return parameters_table(pack, day, language);
}

// Puts the rows of a table behind those of another of the same columns.
void append(Table& to, Table more) {
  if (to.columns.empty()) {
    to = std::move(more);
    return;
  }
  const auto behind = [](auto& list, auto& others) {
    list.insert(list.end(), others.begin(), others.end());
  };
  for (std::size_t at = 0; at < more.columns.size(); ++at) {
    Column& column = to.columns[at];
    column.texts.append(more.columns[at].texts);
    behind(column.numbers, more.columns[at].numbers);
    behind(column.denominators, more.columns[at].denominators);
    behind(column.missing, more.columns[at].missing);
    behind(column.styles, more.columns[at].styles);
  }
}

// What only a rule on the command line has.
void refuse_own_rule(const Options& options) {
  if (!options.at_least.empty() || !options.at_most.empty() ||
      !options.equal.empty() || !options.measures.empty()) {
    throw UsageError{
        "--pack: the rule is that of the pack; leave out --measure and the "
        "thresholds, or change a parameter with `headrope compare --set`"};
  }
}

}  // namespace

int check_path(const Options& options) {
  std::error_code unreadable;  // `check_package` tells what is wrong.
  if (std::filesystem::exists(
          std::filesystem::path(options.data) / "datapackage.json",
          unreadable)) {
    return check_package(options);
  }
  const std::filesystem::path path(options.data);
  const bool is_pack = path.extension() == ".yaml" || [&] {
    std::error_code failed;
    if (!std::filesystem::is_directory(path, failed)) return false;
    for (std::filesystem::recursive_directory_iterator at(path, failed), end;
         !failed && at != end; at.increment(failed)) {
      if (at->path().extension() == ".yaml") return true;
    }
    return false;
  }();
  if (!is_pack) return check_package(options);
  return guarded([&] {
    StepTimer timer(options.shows_time);
    Diagnostics findings;
    const Registry vocabulary;
    const auto packs = check_packs(path, vocabulary, findings);
    timer.step("load packs");
    if (options.format != "table" || !findings.items().empty()) {
      write(findings_table(findings), options);
    }
    std::size_t rules = 0;
    if (packs) {
      for (const PackPointer& pack : *packs) {
        for (std::size_t at = 0; at < pack->rule_count(); ++at) {
          if (pack->rule(at).pack == pack->id()) ++rules;
        }
      }
    }
    say(fmt::format("{}: {}, {}, {}, {}{}", options.data,
                    counted(packs ? packs->size() : 0, "pack"),
                    counted(rules, "rule"),
                    counted(findings.error_count(), "error"),
                    counted(findings.warning_count(), "warning"),
                    packs ? "" : "; nothing is loaded"));
    if (findings.error_count() > 0) throw AlreadySaid{};
    if (!packs) throw DataError{packs.error()};
  });
}

int show_rules(const Options& options) {
  return guarded([&] {
    const Registry vocabulary;
    const Language language = language_of(options);
    Table all;
    for (const PackPointer& pack : load_all(vocabulary, options)) {
      Table table = rules_or(*pack, options);
      if (options.format != "table") {
        append(all, std::move(table));
        continue;
      }
      const Label title = pack->title();
      fmt::print(
          "{} {}\n", pack->id(),
          harmless(language == Language::zh || title.en.empty() ? title.zh
                                                                : title.en));
      write(table, options);
      if (!pack->changes().empty()) write(changes_table(*pack), options);
    }
    if (options.format != "table") write(all, options);
  });
}

int assess_pack(const Options& options) {
  if (options.pack.empty()) return show_assessment(options);
  return guarded([&] {
    StepTimer timer(options.shows_time);
    refuse_own_rule(options);
    const auto [registry, snapshot, pack] = open_with_pack(options, timer);
    const bool one_by_one = !options.rules.empty();
    const auto assessments = assess_rules(*snapshot, pack, options, one_by_one);
    timer.step("assess");
    write(one_by_one ? assessment_table(*snapshot, assessments)
                     : pack_table(assessments, language_of(options)),
          options);
  });
}

int cover_pack(const Options& options) {
  if (options.pack.empty()) return show_coverage(options);
  return guarded([&] {
    StepTimer timer(options.shows_time);
    refuse_own_rule(options);
    const auto [registry, snapshot, pack] = open_with_pack(options, timer);
    auto assessments = assess_rules(*snapshot, pack, options, false);
    timer.step("assess");
    const bool are_mixed = std::any_of(
        assessments.begin(), assessments.end(), [&](const RuleAssessment& one) {
          return one.subject_type != assessments.front().subject_type;
        });
    if (are_mixed) {
      throw UsageError{
          "the rules speak of different things (units, persons …); name some "
          "of one kind with --rule, or a --group"};
    }
    RuleAssessment together = assessments.size() == 1
                                  ? std::move(assessments.front())
                                  : value_or_stop(all_of(assessments));
    if (!options.by.empty()) {
      write_groups(value_or_stop(cover_groups(*snapshot, together,
                                              group_by(options, *snapshot))),
                   options);
      return;
    }
    const Forest& forest = forest_of(options, *snapshot);
    const auto coverage = value_or_stop(cover(
        *snapshot, forest, together, basis_of(options), {options.threads}));
    timer.step("cover");
    write(coverage_table(*snapshot, forest, coverage,
                         shown_of(options, *snapshot, forest)),
          options);
    tell_unplaced("eligible subjects", coverage.unplaced.eligible());
  });
}

int explain_status(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto [registry, snapshot, pack] = open_with_pack(options, timer);
    const auto explanation = value_or_stop(
        explain(*snapshot, pack, only_rule(*pack, options), options.subject,
                question_of(options, *snapshot)));
    timer.step("explain");
    const Language language = language_of(options);
    if (options.format == "json") {
      write_json(explanation, [](std::string_view text) {
        std::fwrite(text.data(), 1, text.size(), stdout);
      });
      return;
    }
    if (options.format == "table") {
      fmt::print("{}\n",
                 harmless(language == Language::zh ? explanation.sentence_zh
                                                   : explanation.sentence_en));
    }
    write(explanation_table(explanation, language), options);
  });
}

int compare_packs(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto [registry, snapshot, before] = open_with_pack(options, timer);
    const PackPointer after = other_pack(before, registry, options);
    auto comparisons = value_or_stop(
        compare(*snapshot, before, after, question_of(options, *snapshot)));
    timer.step("compare");
    if (!options.rules.empty()) {
      std::erase_if(comparisons, [&](const RuleComparison& one) {
        return std::find(options.rules.begin(), options.rules.end(),
                         one.rule) == options.rules.end();
      });
      if (comparisons.empty()) only_rule(*before, options);
    }
    if (!options.hierarchy.empty() && comparisons.size() == 1) {
      const Forest& forest = forest_of(options, *snapshot);
      const CountBasis basis = basis_of(options);
      const auto was = value_or_stop(
          cover(*snapshot, forest, comparisons.front().before, basis));
      const auto is = value_or_stop(
          cover(*snapshot, forest, comparisons.front().after, basis));
      write(coverage_change_table(*snapshot, forest, was, is,
                                  shown_of(options, *snapshot, forest)),
            options);
      return;
    }
    write(options.shows_who ? comparison_table(*snapshot, comparisons)
                            : comparison_summary_table(comparisons),
          options);
    if (!after->changes().empty() && options.format == "table") {
      write(changes_table(*after), options);
    }
  });
}

namespace {

// The threshold of a wished share; nothing if none was wished.
std::optional<Fraction> wanted_of(const Options& options) {
  if (options.wanted.empty()) return std::nullopt;
  const auto wanted = parse_fraction(options.wanted);
  if (!wanted) {
    throw UsageError{"--wanted: expected a share such as 90%, not '" +
                     options.wanted + "'"};
  }
  return wanted;
}

void tell_wanted(const std::optional<Fraction>& threshold, const Pack& pack,
                 std::size_t rule, const Options& options) {
  say(threshold ? fmt::format("a threshold of {} is met by at least {}",
                              shown(*threshold, pack, rule), options.wanted)
                : fmt::format("no threshold is met by {}", options.wanted));
}

// At and below one unit.
void show_spectrum_at(const std::shared_ptr<const Snapshot>& snapshot,
                      const RuleAssessment& assessment,
                      const Options& options) {
  const auto unit = snapshot->find_unit(options.under);
  if (!unit) throw UsageError{"--unit: no unit '" + options.under + "'"};
  const SpectrumIndex index = value_or_stop(SpectrumIndex::make(
      snapshot, forest_of(options, *snapshot), assessment, basis_of(options)));
  write(spectrum_table(index, *unit), options);
  const auto wanted = wanted_of(options);
  if (!wanted) return;
  const auto found = index.threshold_for(
      *unit, index.comparison(), wanted->numerator, wanted->denominator);
  tell_wanted(found ? std::optional(found->threshold) : std::nullopt,
              *assessment.pack, assessment.rule, options);
}

}  // namespace

int show_spectrum(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto [registry, snapshot, pack] = open_with_pack(options, timer);
    const auto assessment =
        value_or_stop(assess(*snapshot, pack, only_rule(*pack, options),
                             question_of(options, *snapshot)));
    if (!options.under.empty()) {
      show_spectrum_at(snapshot, assessment, options);
      timer.step("spectrum");
      return;
    }
    const Spectrum points = value_or_stop(spectrum(assessment));
    timer.step("spectrum");
    write(spectrum_table(*snapshot, assessment, points), options);
    if (const auto wanted = wanted_of(options)) {
      tell_wanted(points.threshold_for(wanted->numerator, wanted->denominator),
                  *pack, assessment.rule, options);
    }
  });
}

int audit_packs(const Options& options) {
  return guarded([&] {
    const Registry vocabulary;
    std::vector<AuditResult> results;
    for (const PackPointer& pack : load_all(vocabulary, options)) {
      if (!pack->overlays().empty()) continue;
      const auto of_pack = audit(*pack);
      results.insert(results.end(), of_pack.begin(), of_pack.end());
    }
    write(audit_table(results, language_of(options)), options);
    std::map<AuditVerdict, std::size_t> counts;
    for (const AuditResult& one : results) ++counts[one.verdict];
    say(fmt::format("{}, {} contradicted", counted(results.size(), "check"),
                    counts[AuditVerdict::contradicted]));
  });
}

}  // namespace headrope::tool
