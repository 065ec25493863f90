/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Rules: a pack from a file, an overlay from a text, a pack with one other
 * number; what they demand; who meets it, by status, group and threshold, and
 * at each unit; why a branch does not, record by record; who falls out under
 * the other pack; and the cases of a pack. */

#include <string.h>

#include "example.h"

/* All questions are about the year 2013. */
static headrope_question year(void) {
  headrope_question question = HEADROPE_QUESTION_INIT;
  question.valid_from = day("2013-01-01");
  question.valid_until = day("2014-01-01");
  return question;
}

static int64_t find_rule(const headrope_pack* pack, const char* id) {
  int64_t rule = HEADROPE_NONE;
  must(headrope_pack_find_rule(pack, id, HEADROPE_NTS, &rule, &error));
  return rule; /* HEADROPE_NONE: the pack has no such rule. */
}

static void describe(const headrope_pack* pack) {
  headrope_table* table = NULL;
  headrope_text id;
  int32_t valid_from = 0, valid_until = 0;
  must(headrope_pack_id(pack, &id, &error));
  must(headrope_pack_in_force(pack, &valid_from, &valid_until, &error));
  printf("== pack %.*s\n", VIEW(id));
  printf("from 2012-12-01: %s, repealed: %s\n",
         valid_from == day("2012-12-01") ? "yes" : "no",
         valid_until == HEADROPE_DATE_OPEN ? "no" : "yes");
  printf("rules:");
  for (int64_t rule = 0; rule < headrope_pack_rule_count(pack); rule++) {
    must(headrope_pack_rule_id(pack, rule, &id, &error));
    printf(" %.*s", VIEW(id));
  }
  printf("\n");
  must(headrope_pack_table(pack, HEADROPE_PACK_PARAMETERS, day("2013-12-31"),
                           HEADROPE_LANGUAGE_ZH, &table, &error));
  show("parameters", table);
  must(headrope_pack_table(pack, HEADROPE_PACK_AUDIT, 0, HEADROPE_LANGUAGE_EN,
                           &table, &error));
  show("figures of the document", table);
}

/* The overlay stands on the pack and says only what is new. */
static headrope_pack* make_overlay(const headrope_registry* registry,
                                   const headrope_pack* base) {
  static const char notice[] =
      "format: headrope-pack/1\n"
      "id: notice\n"
      "overlays: study-plan\n"
      "title: {zh: 补充通知, en: Notice}\n"
      "effective: 2013-01-01\n"
      "parameters:\n"
      "  branch_days:\n"
      "    values: [{from: 2013-01-01, value: 7, clause: 补一}]\n";
  headrope_pack* overlay = NULL;
  headrope_table* table = NULL;
  must(headrope_pack_parse(registry, notice, HEADROPE_NTS, "notice.yaml",
                           HEADROPE_NTS, &base, 1, NULL, &overlay, &error));
  must(headrope_pack_table(overlay, HEADROPE_PACK_CHANGES, 0,
                           HEADROPE_LANGUAGE_EN, &table, &error));
  show("what the notice changes", table);
  return overlay;
}

/* All rules at once, for a first look. */
static void summarise(const headrope_snapshot* snapshot,
                      const headrope_pack* pack) {
  const headrope_question question = year();
  headrope_assessment* assessment = NULL;
  headrope_table* table = NULL;
  must(headrope_assessment_new(snapshot, pack, NULL, 0, &question, &assessment,
                               &error));
  must(headrope_assessment_summary(assessment, HEADROPE_LANGUAGE_EN, &table,
                                   &error));
  show("all rules", table);
  headrope_assessment_free(assessment);
}

static void show_counts(const char* title, const headrope_counts* counts) {
  printf("%s: %lld of %lld meet it, %lld not yet decided\n", title,
         (long long)counts->met, (long long)counts->eligible,
         (long long)counts->pending);
}

/* One rule along a hierarchy. */
static void cover(const headrope_snapshot* snapshot,
                  const headrope_assessment* assessment) {
  const int64_t party = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party");
  const int64_t park = find(snapshot, HEADROPE_OBJECT_UNIT, "U08");
  headrope_coverage* coverage = NULL;
  headrope_counts counts = HEADROPE_COUNTS_INIT;
  headrope_table* table = NULL;
  must(headrope_coverage_new(assessment, party, HEADROPE_BASIS_PRIMARY, 1,
                             &coverage, &error));
  must(headrope_coverage_at(coverage, park, &counts, &error));
  show_counts("at and below U08", &counts);
  must(headrope_coverage_table(coverage, park, HEADROPE_ALL_LEVELS, &table,
                               &error));
  show("coverage from U08 down", table);
  headrope_coverage_free(coverage);
}

/* One rule, from all sides. */
static void assess(const headrope_snapshot* snapshot, const headrope_pack* pack,
                   const char* rule_id) {
  const headrope_question question = year();
  const int64_t rule = find_rule(pack, rule_id);
  headrope_assessment* assessment = NULL;
  headrope_counts counts = HEADROPE_COUNTS_INIT;
  headrope_table* table = NULL;
  must(headrope_assessment_new(snapshot, pack, &rule, 1, &question, &assessment,
                               &error));
  must(headrope_assessment_table(assessment, &table, &error));
  show(rule_id, table);
  must(headrope_assessment_counts(assessment, &counts, &error));
  show_counts("all", &counts);
  must(headrope_assessment_groups(assessment, HEADROPE_GROUP_BY_KIND,
                                  HEADROPE_NONE, NULL, 0, &table, &error));
  show("by kind", table);
  must(headrope_assessment_spectrum(assessment, &table, &error));
  show("if another number were asked for", table);
  cover(snapshot, assessment);
  headrope_assessment_free(assessment);
}

/* A headrope_write into memory of the host's, for an answer over HTTP, say. */
struct buffer {
  char bytes[8192];
  int64_t size;
};

static int32_t keep(const char* bytes, int64_t size, void* user_data) {
  struct buffer* buffer = user_data;
  if (size >= (int64_t)sizeof buffer->bytes - buffer->size) return 1;
  memcpy(buffer->bytes + buffer->size, bytes, (size_t)size);
  buffer->size += size;
  buffer->bytes[buffer->size] = 0;
  return 0;
}

static void explain(const headrope_snapshot* snapshot,
                    const headrope_pack* pack) {
  const headrope_question question = year();
  headrope_explanation* explanation = NULL;
  headrope_rule_status status = HEADROPE_RULE_MET;
  headrope_text sentence;
  headrope_table* table = NULL;
  struct buffer json = {{0}, 0};
  must(headrope_explanation_new(snapshot, pack, find_rule(pack, "S05"), "P001",
                                HEADROPE_NTS, &question, &explanation, &error));
  must(headrope_explanation_status(explanation, &status, &error));
  printf("== P001 and S05: %s\n", status == HEADROPE_RULE_MET ? "met" : "else");
  must(headrope_explanation_sentence(explanation, HEADROPE_LANGUAGE_ZH,
                                     &sentence, &error));
  printf("%.*s\n", VIEW(sentence));
  must(headrope_explanation_table(explanation, HEADROPE_LANGUAGE_EN, &table,
                                  &error));
  show("step by step", table);
  must(headrope_explanation_write_json(explanation, keep, &json, &error));
  /* After the brace. */
  printf("== as JSON, its first line\n%.*s\n",
         (int)strcspn(json.bytes + 2, "\n"), json.bytes + 2);
  headrope_explanation_free(explanation);
}

static void compare(const headrope_snapshot* snapshot, const char* title,
                    const headrope_pack* before, const headrope_pack* after) {
  const headrope_question question = year();
  headrope_comparison* comparison = NULL;
  headrope_table* table = NULL;
  printf("== %s\n", title);
  must(headrope_comparison_new(snapshot, before, after, &question, &comparison,
                               &error));
  must(headrope_comparison_summary(comparison, &table, &error));
  show("rules", table);
  must(headrope_comparison_table(comparison, &table, &error));
  show("subjects", table);
  headrope_comparison_free(comparison);
}

/* The cases beside the pack: a host runs them after each change of a pack. */
static void run_cases(void) {
  headrope_cases_options options = HEADROPE_CASES_OPTIONS_INIT;
  headrope_findings* findings = NULL;
  headrope_table* table = NULL;
  options.filter = text("eight-days");
  must(headrope_findings_new(0, &findings, &error));
  must(headrope_cases_run("pack", HEADROPE_NTS, &options, findings, &table,
                          &error));
  show("cases", table);
  show_findings(findings);
}

int main(void) {
  headrope_registry* registry = load_xincheng();
  headrope_pack *pack = NULL, *overlay = NULL, *stricter = NULL;
  headrope_snapshot* snapshot = NULL;
  must(headrope_pack_load(registry, "pack/pack.yaml", HEADROPE_NTS, NULL, &pack,
                          &error));
  describe(pack);
  overlay = make_overlay(registry, pack);
  must(headrope_pack_with_parameter(pack, "branch_days", HEADROPE_NTS, 9, 1,
                                    day("2013-01-01"), &stricter, &error));
  snapshot = frozen(registry, "2013-12-31");
  summarise(snapshot, pack);
  assess(snapshot, pack, "S02");
  explain(snapshot, pack);
  compare(snapshot, "the notice asks for 7 days", pack, overlay);
  compare(snapshot, "what if it were 9", pack, stricter);
  run_cases();
  headrope_snapshot_release(snapshot);
  headrope_pack_free(stricter);
  headrope_pack_free(overlay);
  headrope_pack_free(pack);
  return 0;
}
