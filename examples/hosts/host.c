/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* A host in C: it loads the package xincheng, asks for roll-ups, coverage, gaps
 * and an explanation, cancels a load, and makes a mistake. The hosts in other
 * languages say the same, byte for byte: transcript.txt. */

#include <stdio.h>
#include <stdlib.h>

#include <headrope/headrope.h>

/* The parameters of all calls that go to the whole of a hierarchy. */
#define WHOLE HEADROPE_NONE, HEADROPE_ALL_LEVELS

static headrope_error error = HEADROPE_ERROR_INIT;

/* Ends the program unless a call succeeded. */
static void must(headrope_status status) {
  if (status == HEADROPE_OK) return;
  fprintf(stderr, "%s: %s\n", headrope_status_id(status), error.message);
  exit(1);
}

static int32_t print(const char* bytes, int64_t size, void* user_data) {
  (void)user_data;
  return fwrite(bytes, 1, (size_t)size, stdout) != (size_t)size;
}

/* Prints a table as CSV and gives it back. */
static void show(const char* title, headrope_table* table) {
  printf("== %s\n", title);
  must(headrope_table_write_csv(table, print, NULL, &error));
  headrope_table_free(table);
}

static int32_t stop(const char* stage, int64_t done, int64_t total,
                    void* user_data) {
  (void)stage, (void)done, (void)total, (void)user_data;
  return 1;
}

static int64_t find(const headrope_snapshot* snapshot, headrope_object object,
                    const char* identity) {
  int64_t number = HEADROPE_NONE;
  must(headrope_snapshot_find(snapshot, object, identity, HEADROPE_NTS, &number,
                              &error));
  return number;
}

static void roll_up(const headrope_snapshot* snapshot, int64_t party,
                    int64_t administrative) {
  const int64_t sessions =
      find(snapshot, HEADROPE_OBJECT_MEASURE, "study_session");
  headrope_tally tally = HEADROPE_TALLY_INIT;
  headrope_figures* figures = NULL;
  headrope_sums* sums = NULL;
  headrope_table* table = NULL;
  int64_t sum = 0;
  tally.reduction = HEADROPE_REDUCTION_DISTINCT_DAYS;
  tally.measures = &sessions;
  tally.measure_count = 1;
  must(headrope_figures_tally(snapshot, &tally, &figures, &error));
  must(headrope_figures_roll_up(figures, party, WHOLE, 1, &table, &error));
  show("days of study", table);
  must(headrope_sums_new(figures, party, &sums, &error));
  must(headrope_sums_at(sums, find(snapshot, HEADROPE_OBJECT_UNIT, "U08"), &sum,
                        &error));
  printf("below U08: %lld\n", (long long)sum);
  headrope_sums_free(sums);
  headrope_figures_free(figures);

  must(headrope_figures_count_units(snapshot, NULL, 0, &figures, &error));
  must(headrope_figures_roll_up(figures, administrative, HEADROPE_NONE, 1, 1,
                                &table, &error));
  show("units", table);
  headrope_figures_free(figures);
  must(headrope_snapshot_member_table(snapshot, party, WHOLE,
                                      HEADROPE_BASIS_PRIMARY, &table, &error));
  show("members", table);
}

static int32_t day(const char* text) {
  int32_t days = 0;
  must(headrope_date_parse(text, HEADROPE_NTS, &days, &error));
  return days;
}

/* What is asked of rules: the year 2013. */
static headrope_question year(void) {
  headrope_question question = HEADROPE_QUESTION_INIT;
  question.valid_from = day("2013-01-01");
  question.valid_until = day("2014-01-01");
  return question;
}

static void cover(const headrope_snapshot* snapshot, const headrope_pack* pack,
                  const char* rule_id, int64_t hierarchy) {
  const headrope_question question = year();
  headrope_assessment* assessment = NULL;
  headrope_coverage* coverage = NULL;
  headrope_table* table = NULL;
  int64_t rule = HEADROPE_NONE;
  must(headrope_pack_find_rule(pack, rule_id, HEADROPE_NTS, &rule, &error));
  must(headrope_assessment_new(snapshot, pack, &rule, 1, &question, &assessment,
                               &error));
  must(headrope_coverage_new(assessment, hierarchy, HEADROPE_BASIS_PRIMARY, 1,
                             &coverage, &error));
  must(headrope_coverage_table(coverage, WHOLE, &table, &error));
  show(rule_id, table);
  headrope_coverage_free(coverage);
  headrope_assessment_free(assessment);
}

static void list_gaps(const headrope_snapshot* snapshot) {
  headrope_responsibility* responsibility = NULL;
  headrope_table* table = NULL;
  must(headrope_responsibility_new(snapshot, &responsibility, &error));
  must(headrope_responsibility_gaps(responsibility, NULL, &table, &error));
  show("gaps", table);
  headrope_responsibility_free(responsibility);
}

static void explain(const headrope_snapshot* snapshot,
                    const headrope_pack* pack) {
  const headrope_question question = year();
  headrope_explanation* explanation = NULL;
  headrope_text sentence;
  int64_t rule = HEADROPE_NONE;
  must(headrope_pack_find_rule(pack, "S02", HEADROPE_NTS, &rule, &error));
  must(headrope_explanation_new(snapshot, pack, rule, "U10", HEADROPE_NTS,
                                &question, &explanation, &error));
  printf("== why\n");
  must(headrope_explanation_sentence(explanation, HEADROPE_LANGUAGE_EN,
                                     &sentence, &error));
  printf("%.*s\n", (int)sentence.size, sentence.data);
  must(headrope_explanation_sentence(explanation, HEADROPE_LANGUAGE_ZH,
                                     &sentence, &error));
  printf("%.*s\n", (int)sentence.size, sentence.data);
  headrope_explanation_free(explanation);
}

static void fail(const headrope_registry* registry) {
  static const char text[] = "format: headrope-pack/1\nid: x\nrulez: []\n";
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  headrope_registry* other = NULL;
  headrope_pack* pack = NULL;
  headrope_status status;
  options.progress = stop;
  status = headrope_registry_load("xincheng", HEADROPE_NTS, &options, NULL,
                                  &other, &error);
  printf("== cancelled\n%s %s\n", headrope_status_id(status), error.message);
  status = headrope_pack_parse(registry, text, HEADROPE_NTS, "x.yaml",
                               HEADROPE_NTS, NULL, 0, NULL, &pack, &error);
  printf("== mistaken\n%s %s line %lld column %s\n%s\n",
         headrope_status_id(status), error.file, (long long)error.row,
         error.column, error.message);
}

int main(void) {
  headrope_findings* findings = NULL;
  headrope_registry* registry = NULL;
  headrope_snapshot* snapshot = NULL;
  headrope_pack* pack = NULL;
  int64_t party, administrative;
  printf("headrope %s\n", headrope_version());
  must(headrope_findings_new(0, &findings, &error));
  must(headrope_registry_load("xincheng", HEADROPE_NTS, NULL, findings,
                              &registry, &error));
  printf("%lld errors, %lld warnings\n",
         (long long)headrope_findings_error_count(findings),
         (long long)headrope_findings_warning_count(findings));
  must(headrope_registry_freeze(registry, day("2013-12-31"), NULL, findings,
                                &snapshot, &error));
  party = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party");
  administrative = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "administrative");
  roll_up(snapshot, party, administrative);
  must(headrope_pack_load(registry, "pack/pack.yaml", HEADROPE_NTS, findings,
                          &pack, &error));
  cover(snapshot, pack, "S02", party);
  cover(snapshot, pack, "S04", administrative);
  list_gaps(snapshot);
  explain(snapshot, pack);
  fail(registry);
  headrope_pack_free(pack);
  headrope_snapshot_release(snapshot);
  headrope_registry_free(registry);
  headrope_findings_free(findings);
  return 0;
}
