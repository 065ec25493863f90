// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a snapshot and packs answer together.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

// A question, how much an explanation tells, and whom progress is told.
struct Asked {
  RuleQuestion question;
  ExplainOptions explain;
  SpacedProgress progress;
};

Result<Asked> asked_of(const headrope_question* options) {
  const auto own = options_of(options, "options");
  if (!own) return own.error();
  const auto threads = threads_of(own->thread_count);
  if (!threads) return threads.error();
  if (own->items_max < 0) return invalid("items_max is below 0");
  Asked asked{{}, {}, {own->progress, own->user_data}};
  asked.question.range = interval_of(own->valid_from, own->valid_until);
  asked.question.wants_deadlines = own->wants_deadlines != 0;
  asked.question.threads = *threads;
  if (own->items_max != 0) {
    asked.explain.items_max = static_cast<std::size_t>(own->items_max);
  }
  return asked;
}

Result<std::size_t> rule_of(const headrope_pack& pack, std::int64_t rule) {
  const auto at = id_of<UnitId>(rule, pack.value->rule_count(), "rule");
  if (!at) return at.error();
  return std::size_t{at->value};
}

Result<GroupBy> group_by(const Snapshot& snapshot, headrope_grouping grouping,
                         std::int64_t hierarchy, const char* attribute,
                         std::int64_t size) {
  GroupBy by;
  const auto type = word_of<GroupBy::Type>(grouping, 3, "grouping");
  if (!type) return type.error();
  by.type = *type;
  if (by.type == GroupBy::Type::level) {
    const auto forest = forest_of(snapshot, hierarchy);
    if (!forest) return forest.error();
    by.forest = *forest;
  }
  if (by.type == GroupBy::Type::attribute) {
    const auto name = text_of(attribute, size, "attribute");
    if (!name) return name.error();
    by.attribute = *name;
  }
  return by;
}

}  // namespace

headrope_status headrope_assessment_new(
    const headrope_snapshot* snapshot, const headrope_pack* pack,
    const int64_t* rules, int64_t rule_count, const headrope_question* options,
    headrope_assessment** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"snapshot", snapshot}, {"pack", pack}, {"out", out}},
      [&]() -> Result<void> {
        auto asked = asked_of(options);
        if (!asked) return asked.error();
        asked->question.progress = asked->progress.callback();
        const auto given = list_of(rules, rule_count, "rules");
        if (!given) return given.error();
        std::vector<std::size_t> wanted;
        for (const int64_t number : *given) {
          const auto rule = rule_of(*pack, number);
          if (!rule) return rule.error();
          wanted.push_back(*rule);
        }
        auto assessed =
            assess(*snapshot->value, pack->value, wanted, asked->question);
        if (!assessed) return assessed.error();
        *out = new headrope_assessment{snapshot->value, *std::move(assessed)};
        return {};
      });
}

void headrope_assessment_free(headrope_assessment* assessment) {
  delete assessment;
}

headrope_status headrope_assessment_table(const headrope_assessment* assessment,
                                          headrope_table** out,
                                          headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"assessment", assessment}, {"out", out}}, [&]() -> Result<void> {
        give(assessment_table(*assessment->snapshot, assessment->rules), out);
        return {};
      });
}

headrope_status headrope_assessment_summary(
    const headrope_assessment* assessment, headrope_language language,
    headrope_table** out, headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"assessment", assessment}, {"out", out}},
               [&]() -> Result<void> {
                 const auto chosen = language_of(language);
                 if (!chosen) return chosen.error();
                 give(pack_table(assessment->rules, *chosen), out);
                 return {};
               });
}

headrope_status headrope_assessment_counts(
    const headrope_assessment* assessment, headrope_counts* out,
    headrope_error* error) {
  clear_struct(out);
  return guard(error, {{"assessment", assessment}, {"out", out}},
               [&]() -> Result<void> {
                 RuleAssessment joined;
                 const auto rules = together(*assessment, joined);
                 if (!rules) return rules.error();
                 return write_struct(counts_of((*rules)->counts()), out, "out");
               });
}

headrope_status headrope_assessment_groups(
    const headrope_assessment* assessment, headrope_grouping grouping,
    int64_t hierarchy, const char* attribute, int64_t size,
    headrope_table** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"assessment", assessment}, {"out", out}}, [&]() -> Result<void> {
        const auto by = group_by(*assessment->snapshot, grouping, hierarchy,
                                 attribute, size);
        if (!by) return by.error();
        RuleAssessment joined;
        const auto rules = together(*assessment, joined);
        if (!rules) return rules.error();
        const auto groups = cover_groups(*assessment->snapshot, **rules, *by);
        if (!groups) return groups.error();
        give(groups_table(*groups), out);
        return {};
      });
}

headrope_status headrope_assessment_spectrum(
    const headrope_assessment* assessment, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"assessment", assessment}, {"out", out}}, [&]() -> Result<void> {
        if (assessment->rules.size() != 1) {
          return invalid("a spectrum is that of one rule, not of " +
                         std::to_string(assessment->rules.size()));
        }
        const RuleAssessment& rule = assessment->rules.front();
        const auto points = spectrum(rule);
        if (!points) return points.error();
        give(spectrum_table(*assessment->snapshot, rule, *points), out);
        return {};
      });
}

headrope_status headrope_coverage_new(const headrope_assessment* assessment,
                                      int64_t hierarchy, headrope_basis basis,
                                      int32_t thread_count,
                                      headrope_coverage** out,
                                      headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"assessment", assessment}, {"out", out}}, [&]() -> Result<void> {
        const auto forest = forest_of(*assessment->snapshot, hierarchy);
        if (!forest) return forest.error();
        const auto how = word_of<CountBasis>(basis, 3, "basis");
        if (!how) return how.error();
        const auto threads = threads_of(thread_count);
        if (!threads) return threads.error();
        RuleAssessment joined;
        const auto rules = together(*assessment, joined);
        if (!rules) return rules.error();
        auto coverage =
            cover(*assessment->snapshot, **forest, **rules, *how, *threads);
        if (!coverage) return coverage.error();
        *out = new headrope_coverage{assessment->snapshot, *forest,
                                     *std::move(coverage)};
        return {};
      });
}

void headrope_coverage_free(headrope_coverage* coverage) { delete coverage; }

headrope_status headrope_coverage_table(const headrope_coverage* coverage,
                                        int64_t top, int32_t levels,
                                        headrope_table** out,
                                        headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"coverage", coverage}, {"out", out}}, [&]() -> Result<void> {
        const auto shown =
            shown_of(*coverage->snapshot, *coverage->forest, top, levels);
        if (!shown) return shown.error();
        give(coverage_table(*coverage->snapshot, *coverage->forest,
                            coverage->value, *shown),
             out);
        return {};
      });
}

headrope_status headrope_coverage_at(const headrope_coverage* coverage,
                                     int64_t unit, headrope_counts* out,
                                     headrope_error* error) {
  clear_struct(out);
  return guard(
      error, {{"coverage", coverage}, {"out", out}}, [&]() -> Result<void> {
        if (unit == HEADROPE_NONE) {
          return write_struct(counts_of(coverage->value.unplaced), out, "out");
        }
        const auto shown = shown_of(*coverage->snapshot, *coverage->forest,
                                    unit, HEADROPE_ALL_LEVELS);
        if (!shown) return shown.error();
        return write_struct(counts_of(coverage->value.at(shown->top)), out,
                            "out");
      });
}

headrope_status headrope_explanation_new(
    const headrope_snapshot* snapshot, const headrope_pack* pack, int64_t rule,
    const char* subject, int64_t size, const headrope_question* options,
    headrope_explanation** out, headrope_error* error) {
  clear_handle(out);
  return guard(error,
               {{"snapshot", snapshot},
                {"pack", pack},
                {"subject", subject},
                {"out", out}},
               [&]() -> Result<void> {
                 auto asked = asked_of(options);
                 if (!asked) return asked.error();
                 asked->question.progress = asked->progress.callback();
                 const auto at = rule_of(*pack, rule);
                 if (!at) return at.error();
                 const auto who = text_of(subject, size, "subject");
                 if (!who) return who.error();
                 auto explained =
                     explain(*snapshot->value, pack->value, *at, *who,
                             asked->question, asked->explain);
                 if (!explained) return explained.error();
                 *out = new headrope_explanation{*std::move(explained)};
                 return {};
               });
}

void headrope_explanation_free(headrope_explanation* explanation) {
  delete explanation;
}

headrope_status headrope_explanation_status(
    const headrope_explanation* explanation, headrope_rule_status* out,
    headrope_error* error) {
  clear_output(out, 0);
  return guard(error, {{"explanation", explanation}, {"out", out}},
               [&]() -> Result<void> {
                 *out = static_cast<std::int32_t>(explanation->value.overall);
                 return {};
               });
}

headrope_status headrope_explanation_sentence(
    const headrope_explanation* explanation, headrope_language language,
    headrope_text* out, headrope_error* error) {
  clear_text(out);
  return guard(error, {{"explanation", explanation}, {"out", out}},
               [&]() -> Result<void> {
                 const auto chosen = language_of(language);
                 if (!chosen) return chosen.error();
                 *out = view_of(*chosen == Language::zh
                                    ? explanation->value.sentence_zh
                                    : explanation->value.sentence_en);
                 return {};
               });
}

headrope_status headrope_explanation_table(
    const headrope_explanation* explanation, headrope_language language,
    headrope_table** out, headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"explanation", explanation}, {"out", out}},
               [&]() -> Result<void> {
                 const auto chosen = language_of(language);
                 if (!chosen) return chosen.error();
                 give(explanation_table(explanation->value, *chosen), out);
                 return {};
               });
}

headrope_status headrope_explanation_write_json(
    const headrope_explanation* explanation, headrope_write write,
    void* user_data, headrope_error* error) {
  return guard(error,
               {{"explanation", explanation},
                {"write", reinterpret_cast<const void*>(write)}},
               [&]() -> Result<void> {
                 Writer writer(write, user_data);
                 write_json(explanation->value, writer.sink());
                 return writer.outcome();
               });
}

headrope_status headrope_comparison_new(const headrope_snapshot* snapshot,
                                        const headrope_pack* before,
                                        const headrope_pack* after,
                                        const headrope_question* options,
                                        headrope_comparison** out,
                                        headrope_error* error) {
  clear_handle(out);
  return guard(error,
               {{"snapshot", snapshot},
                {"before", before},
                {"after", after},
                {"out", out}},
               [&]() -> Result<void> {
                 auto asked = asked_of(options);
                 if (!asked) return asked.error();
                 asked->question.progress = asked->progress.callback();
                 auto compared = compare(*snapshot->value, before->value,
                                         after->value, asked->question);
                 if (!compared) return compared.error();
                 *out = new headrope_comparison{snapshot->value,
                                                *std::move(compared)};
                 return {};
               });
}

void headrope_comparison_free(headrope_comparison* comparison) {
  delete comparison;
}

headrope_status headrope_comparison_table(const headrope_comparison* comparison,
                                          headrope_table** out,
                                          headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"comparison", comparison}, {"out", out}}, [&]() -> Result<void> {
        give(comparison_table(*comparison->snapshot, comparison->rules), out);
        return {};
      });
}

headrope_status headrope_comparison_summary(
    const headrope_comparison* comparison, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"comparison", comparison}, {"out", out}},
               [&]() -> Result<void> {
                 give(comparison_summary_table(comparison->rules), out);
                 return {};
               });
}
