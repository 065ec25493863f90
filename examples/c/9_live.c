/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Keeps figures right while records come and members move: what changes is
 * told, a moment stays what it was, and the registry gets the same changes. */

#include "example.h"

static headrope_snapshot* organisation;

static void print_units(const int64_t* units, int64_t count) {
  for (int64_t at = 0; at < count; ++at) {
    headrope_text identity;
    must(headrope_snapshot_identity(organisation, HEADROPE_OBJECT_UNIT,
                                    units[at], &identity, &error));
    printf(" %.*s", (int)identity.size, identity.data);
  }
  printf("\n");
}

static int32_t tell(int64_t sequence, const int64_t* units, int64_t count,
                    void* user_data) {
  (void)user_data;
  printf("batch %lld changed", (long long)sequence);
  print_units(units, count);
  return 0;
}

static void print_sums(headrope_live* live, int64_t top) {
  int64_t sum = 0;
  int64_t members = 0;
  headrope_counts counts = HEADROPE_COUNTS_INIT;
  must(headrope_live_value(live, 0, top, &sum, &error));
  must(headrope_live_counts(live, 1, top, &counts, &error));
  must(headrope_live_value(live, 2, top, &members, &error));
  printf("U01: %lld sessions, %lld of %lld met, %lld members\n", (long long)sum,
         (long long)counts.met, (long long)counts.eligible, (long long)members);
}

/* A session of a branch, from a day until the next. */
static headrope_change session_of(int64_t unit, int32_t day) {
  headrope_change change = HEADROPE_CHANGE_INIT;
  change.measure = find(organisation, HEADROPE_OBJECT_MEASURE, "study_session");
  change.unit = unit;
  change.value = 1;
  change.valid_from = day;
  change.valid_until = day + 1;
  return change;
}

int main(void) {
  const int32_t as_of = 16070; /* 2013-12-31 */
  headrope_registry* registry = load_xincheng();
  must(headrope_registry_freeze(registry, as_of, NULL, NULL, &organisation,
                                &error));
  headrope_pack* pack = NULL;
  const char* text =
      "format: headrope-pack/1\n"
      "id: P\n"
      "title: {en: a plan}\n"
      "effective: 2013-01-01\n"
      "rules:\n"
      "- {id: R1, clause: c, title: {en: study},\n"
      "   subjects: {units: [party_branch]}, window: {each: year},\n"
      "   require: {count: study_session, at_least: 4}}\n";
  must(headrope_pack_parse(registry, text, HEADROPE_NTS, "plan", HEADROPE_NTS,
                           NULL, 0, NULL, &pack, &error));

  /* Three figures along the party line. */
  const int64_t party = find(organisation, HEADROPE_OBJECT_HIERARCHY, "party");
  const int64_t measure =
      find(organisation, HEADROPE_OBJECT_MEASURE, "study_session");
  headrope_tally tally = HEADROPE_TALLY_INIT;
  tally.measures = &measure;
  tally.measure_count = 1;
  const headrope_live_figure figures[] = {
      {HEADROPE_LIVE_SUMS, 0, &tally, NULL, 0, 0, 0},
      {HEADROPE_LIVE_COVERAGE, 0, NULL, pack, 0, 0, 0},
      {HEADROPE_LIVE_MEMBERS, HEADROPE_BASIS_ANY, NULL, NULL, 0, 0, 0}};
  headrope_live* live = NULL;
  must(headrope_live_new(organisation, party, figures, 3, NULL, &live, &error));
  headrope_pack_free(pack);
  const int64_t top = find(organisation, HEADROPE_OBJECT_UNIT, "U01");
  const int64_t branch = find(organisation, HEADROPE_OBJECT_UNIT, "U05");
  print_sums(live, top);

  /* A moment stays what it was. */
  headrope_moment* before = NULL;
  must(headrope_live_moment(live, &before, &error));
  int64_t subscription = 0;
  must(headrope_live_subscribe(live, tell, NULL, &subscription, &error));

  /* Four sessions of the branch that had none, in one batch. */
  const int64_t first = headrope_live_next_record(live);
  headrope_change changes[4];
  for (int at = 0; at < 4; ++at) changes[at] = session_of(branch, as_of - at);
  int64_t sequence = 0;
  must(headrope_live_apply_to_registry(live, registry, changes, 4, as_of,
                                       &sequence, &error));
  print_sums(live, top);

  /* One was a mistake: it goes, and the branch no longer meets the rule. */
  headrope_change wrong = session_of(branch, as_of);
  wrong.type = HEADROPE_CHANGE_WITHDRAW_RECORD;
  wrong.record = first;
  must(headrope_live_apply_to_registry(live, registry, &wrong, 1, as_of,
                                       &sequence, &error));
  must(headrope_live_unsubscribe(live, subscription, &error));
  print_sums(live, top);

  /* Somebody nobody knew joins; the registry is not told of it. */
  headrope_change join = HEADROPE_CHANGE_INIT;
  join.type = HEADROPE_CHANGE_JOIN;
  join.unit = branch;
  must(headrope_snapshot_count(organisation, HEADROPE_OBJECT_PERSON,
                               &join.person, &error));
  must(headrope_live_apply(live, &join, 1, &sequence, &error));
  print_sums(live, top);
  int64_t units[32];
  int64_t count = 0;
  must(headrope_live_changed(live, sequence - 1, units, 32, &count, &error));
  printf("of %lld batches the last changed",
         (long long)headrope_live_sequence(live));
  print_units(units, count);

  /* What the moment still says, of all units at once. */
  int64_t sums[64];
  must(headrope_moment_values(before, 0, sums, 64, &count, &error));
  headrope_coverage* coverage = NULL;
  must(headrope_moment_coverage(before, 1, &coverage, &error));
  headrope_counts counts = HEADROPE_COUNTS_INIT;
  must(headrope_coverage_at(coverage, top, &counts, &error));
  printf("after batch %lld U01 had %lld sessions, %lld branches had met it\n",
         (long long)headrope_moment_sequence(before), (long long)sums[top],
         (long long)counts.met);

  /* A fresh freeze of the registry knows what it was told. */
  headrope_snapshot* again = NULL;
  headrope_figures* fresh = NULL;
  headrope_sums* all = NULL;
  int64_t sum = 0;
  must(headrope_registry_freeze(registry, as_of, NULL, NULL, &again, &error));
  must(headrope_figures_tally(again, &tally, &fresh, &error));
  must(headrope_sums_new(fresh, party, &all, &error));
  must(headrope_sums_at(all, top, &sum, &error));
  printf("frozen again: %lld sessions\n", (long long)sum);

  headrope_sums_free(all);
  headrope_figures_free(fresh);
  headrope_snapshot_release(again);
  headrope_coverage_free(coverage);
  headrope_moment_free(before);
  headrope_live_free(live);
  headrope_snapshot_release(organisation);
  headrope_registry_free(registry);
  return 0;
}
