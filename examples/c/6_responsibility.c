/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Who answers for what: the holders of the duties of a unit, on the day and on
 * another; where nobody answers, or two do, since when; where the chain from
 * the top down is broken; and what everybody carries. */

#include "example.h"

/* A branch of autumn 2013 with a group below it. Its secretary, who is to lead
 * the duty A7 there, was never found. */
#define ROW(...) ((const char* const[]){__VA_ARGS__, NULL})
static void add_branch(headrope_registry* registry) {
  add_row(registry, "units", ROW("unit", "kind", "name", "valid_from"),
          ROW("U15", "party_branch", "丙村党支部", "2013-10-01"));
  add_row(registry, "units", ROW("unit", "kind", "name", "valid_from"),
          ROW("U16", "party_group", "丙村党小组", "2013-10-01"));
  add_row(registry, "links", ROW("hierarchy", "unit", "parent", "valid_from"),
          ROW("party", "U15", "U01", "2013-10-01"));
  add_row(registry, "links", ROW("hierarchy", "unit", "parent", "valid_from"),
          ROW("party", "U16", "U15", "2013-10-01"));
  add_row(registry, "posts", ROW("post", "unit", "role", "valid_from"),
          ROW("U15/party_secretary", "U15", "party_secretary", "2013-10-01"));
  add_row(registry, "duties", ROW("duty", "name", "valid_from"),
          ROW("A7", "新建党支部", "2013-10-01"));
  add_row(registry, "duty_scopes",
          ROW("duty", "scope_type", "scope", "hierarchy", "valid_from"),
          ROW("A7", "subtree", "U15", "party", "2013-10-01"));
  add_row(registry, "assignments",
          ROW("duty", "role", "holder_type", "holder", "valid_from"),
          ROW("A7", "lead", "post", "U15/party_secretary", "2013-10-01"));
}
#undef ROW

/* Of a unit, all duties that reach it; of none, the duties that are one whole,
 * such as A5, which is for persons of an age. */
static void show_holders(const headrope_snapshot* snapshot,
                         const headrope_responsibility* responsibility) {
  const int64_t unit = find(snapshot, HEADROPE_OBJECT_UNIT, "U09");
  const int64_t duty = find(snapshot, HEADROPE_OBJECT_DUTY, "A5");
  headrope_table* table = NULL;
  must(headrope_responsibility_holders(responsibility, unit, HEADROPE_NONE, 0,
                                       HEADROPE_LANGUAGE_ZH, &table, &error));
  show("who answers for U09", table);
  must(headrope_responsibility_holders(responsibility, HEADROPE_NONE, duty,
                                       day("2013-01-01"), HEADROPE_LANGUAGE_EN,
                                       &table, &error));
  show("who answered for A5 at the start of the year", table);
}

/* The gaps of some days; by default those of the day of the snapshot. */
static void show_gaps(const headrope_responsibility* responsibility) {
  headrope_gaps_options options = HEADROPE_GAPS_OPTIONS_INIT;
  headrope_table* table = NULL;
  options.valid_from = day("2013-09-01");
  options.valid_until = day("2013-10-01"); /* the day after the last */
  options.language = HEADROPE_LANGUAGE_EN;
  must(headrope_responsibility_gaps(responsibility, &options, &table, &error));
  show("gaps in September", table);
}

static void show_chains(const headrope_snapshot* snapshot,
                        const headrope_responsibility* responsibility) {
  const int64_t party = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party");
  const int64_t duty = find(snapshot, HEADROPE_OBJECT_DUTY, "A7");
  headrope_table* table = NULL;
  must(headrope_responsibility_chain(responsibility, party, HEADROPE_NONE,
                                     HEADROPE_NONE, NULL, &table, &error));
  show("breaks in the chain of secretaries", table);
  must(headrope_responsibility_chain(responsibility, party, duty, HEADROPE_NONE,
                                     NULL, &table, &error));
  show("breaks in the chain of duty A7", table);
  must(headrope_responsibility_single_points(responsibility, party,
                                             HEADROPE_NONE, HEADROPE_NONE, NULL,
                                             3, &table, &error));
  show("whose loss would break most", table);
}

static int64_t column(const headrope_table* table, const char* name) {
  int64_t at = HEADROPE_NONE;
  must(headrope_table_find_column(table, name, HEADROPE_NTS, &at, &error));
  return at;
}

/* Who carries more than one thing. */
static void show_load(const headrope_responsibility* responsibility) {
  headrope_load_options options;
  headrope_table* table = NULL;
  headrope_text holder;
  headrope_text over;
  int64_t total = 0;
  headrope_load_options_init(&options);
  options.total_max = 1;
  must(headrope_responsibility_load(responsibility, HEADROPE_NONE,
                                    HEADROPE_NONE, &options, &table, &error));
  printf("== who carries two or more\n");
  for (int64_t row = 0; row < headrope_table_row_count(table); row++) {
    must(headrope_table_number(table, column(table, "total"), row, &total,
                               &error));
    must(headrope_table_text(table, column(table, "holder"), row, &holder,
                             &error));
    must(headrope_table_text(table, column(table, "over"), row, &over, &error));
    if (over.size > 0) printf("%.*s %lld\n", VIEW(holder), (long long)total);
  }
  headrope_table_free(table);
}

int main(void) {
  headrope_registry* registry = load_xincheng();
  headrope_snapshot* snapshot = NULL;
  headrope_responsibility* responsibility = NULL;
  add_branch(registry);
  snapshot = frozen(registry, "2013-12-31");
  must(headrope_responsibility_new(snapshot, &responsibility, &error));
  show_holders(snapshot, responsibility);
  show_gaps(responsibility);
  show_chains(snapshot, responsibility);
  show_load(responsibility);
  headrope_responsibility_free(responsibility);
  headrope_snapshot_release(snapshot);
  return 0;
}
