/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Figures and their sums: one number for each unit, from records, from counting
 * units or from the host itself; what is known of one unit; the roll-up along
 * each hierarchy as a table; and sums that are prepared once and asked for
 * often. */

#include "example.h"

/* Adds what the package does not have: a service point that closed in summer,
 * with a session in May, and the floor area of two branches. */
static void add_facts(headrope_registry* registry) {
  static const char* const unit_columns[] = {"unit", "kind", "valid_from",
                                             "valid_until", NULL};
  static const char* const unit[] = {"D10", "villager_group", "2012-01-01",
                                     "2013-07-01"};
  static const char* const record_columns[] = {"measure", "unit", "valid_from",
                                               "value", NULL};
  static const char* const records[][4] = {
      {"study_session", "D10", "2013-05-04", "1"},
      {"m2", "U03", "2012-06-01", "120.5"},
      {"m2", "U03", "2013-06-01", "180.25"},
      {"m2", "U04", "2013-06-01", "60"}};
  add_row(registry, "units", unit_columns, unit);
  for (size_t at = 0; at < sizeof records / sizeof *records; at++) {
    add_row(registry, "records", record_columns, records[at]);
  }
}

/* The tally of the records of one measure in the year 2013. */
static headrope_status tally_2013(const headrope_snapshot* snapshot,
                                  const char* measure,
                                  headrope_reduction reduction,
                                  headrope_figures** out) {
  const int64_t number = find(snapshot, HEADROPE_OBJECT_MEASURE, measure);
  headrope_tally tally = HEADROPE_TALLY_INIT;
  tally.reduction = reduction;
  tally.measures = &number;
  tally.measure_count = 1;
  tally.valid_from = day("2013-01-01");
  tally.valid_until = day("2014-01-01"); /* the day after the last */
  return headrope_figures_tally(snapshot, &tally, out, &error);
}

static void count_sessions(const headrope_snapshot* snapshot, int64_t party) {
  headrope_figures* figures = NULL;
  headrope_table* table = NULL;
  must(tally_2013(snapshot, "study_session", HEADROPE_REDUCTION_COUNT,
                  &figures));
  must(headrope_figures_roll_up(figures, party, WHOLE, 1, &table, &error));
  show("sessions along the party line", table);
  printf("of units that do not live on the day: %lld\n",
         (long long)headrope_figures_unplaced(figures));
  headrope_figures_free(figures);
}

/* Floor area is a stock: its last value holds, in hundredths of a square metre
 * as the measure has two decimals. Nothing known is not zero. */
static void read_stock(const headrope_snapshot* snapshot) {
  static const char* const units[] = {"U03", "U04", "U05"};
  headrope_figures* figures = NULL;
  must(tally_2013(snapshot, "m2", HEADROPE_REDUCTION_LAST, &figures));
  printf("== floor area\n");
  for (size_t at = 0; at < sizeof units / sizeof *units; at++) {
    const int64_t unit = find(snapshot, HEADROPE_OBJECT_UNIT, units[at]);
    int64_t value = 0;
    int32_t is_known = 0;
    must(headrope_figures_at(figures, unit, &value, &is_known, &error));
    if (is_known) {
      printf("%s %lld.%02lld\n", units[at], (long long)(value / 100),
             (long long)(value % 100));
    } else {
      printf("%s is not known\n", units[at]);
    }
  }
  headrope_figures_free(figures);
}

/* Scores are rates: a sum of them would be a wrong figure, and is refused. */
static void refuse_to_add(const headrope_snapshot* snapshot) {
  headrope_figures* figures = NULL;
  const headrope_status status =
      tally_2013(snapshot, "assessment", HEADROPE_REDUCTION_SUM, &figures);
  printf("== scores\n%s: %s\n", headrope_status_id(status), error.message);
}

/* Branches and general branches, for a kind means those below it too, along the
 * other hierarchy. */
static void count_branches(const headrope_snapshot* snapshot,
                           int64_t administrative) {
  const int64_t kind =
      find(snapshot, HEADROPE_OBJECT_KIND, "branch_or_general_branch");
  headrope_figures* figures = NULL;
  headrope_table* table = NULL;
  must(headrope_figures_count_units(snapshot, &kind, 1, &figures, &error));
  must(headrope_figures_roll_up(figures, administrative,
                                find(snapshot, HEADROPE_OBJECT_UNIT, "D04"),
                                HEADROPE_ALL_LEVELS, 1, &table, &error));
  show("branches at and below D04", table);
  headrope_figures_free(figures);
}

/* The host's own figures: seats of two meeting rooms. Sums are prepared once;
 * each question is then a subtraction. */
static void ask_often(const headrope_snapshot* snapshot,
                      int64_t administrative) {
  static const char* const units[] = {"D01", "D02", "D04", "D05"};
  headrope_figures* figures = NULL;
  headrope_sums* sums = NULL;
  int64_t count = 0;
  int64_t* seats = NULL;
  must(headrope_snapshot_count(snapshot, HEADROPE_OBJECT_UNIT, &count, &error));
  seats = calloc((size_t)count, sizeof *seats);
  if (seats == NULL) exit(1);
  seats[find(snapshot, HEADROPE_OBJECT_UNIT, "D02")] = 80;
  seats[find(snapshot, HEADROPE_OBJECT_UNIT, "D05")] = 25;
  must(headrope_figures_new(snapshot, seats, count, &figures, &error));
  free(seats);
  must(headrope_sums_new(figures, administrative, &sums, &error));
  headrope_figures_free(figures); /* The sums live on. */
  printf("== seats at and below\n");
  for (size_t at = 0; at < sizeof units / sizeof *units; at++) {
    const int64_t unit = find(snapshot, HEADROPE_OBJECT_UNIT, units[at]);
    int64_t sum = 0;
    must(headrope_sums_at(sums, unit, &sum, &error));
    printf("%s %lld\n", units[at], (long long)sum);
  }
  headrope_sums_free(sums);
}

int main(void) {
  headrope_registry* registry = load_xincheng();
  headrope_snapshot* snapshot = NULL;
  int64_t party, administrative;
  add_facts(registry);
  snapshot = frozen(registry, "2013-12-31");
  party = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party");
  administrative = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "administrative");
  count_sessions(snapshot, party);
  read_stock(snapshot);
  refuse_to_add(snapshot);
  count_branches(snapshot, administrative);
  ask_often(snapshot, administrative);
  headrope_snapshot_release(snapshot);
  return 0;
}
