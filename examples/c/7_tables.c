/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* How an answer leaves: cell by cell, as people read it, as CSV, as JSON, and
 * as Arrow without a copy, one array or a stream. All structs are made by the
 * init functions here, as a host must do that has no macros, such as one in
 * Java. */

#include <string.h>

#include "example.h"

/* Every struct that may grow. A host in another language gives each as much
 * memory as the header says, and lets the library fill it. */
struct structs {
  headrope_limits limits;
  headrope_registry_options registry;
  headrope_source source;
  headrope_freeze_options freezing;
  headrope_tally tally;
  headrope_question question;
  headrope_gaps_options gaps;
  headrope_chain_options chain;
  headrope_load_options load;
  headrope_cases_options cases;
  headrope_counts counts;
  headrope_column column;
};

static void init(struct structs* all) {
  memset(all, 0xFF, sizeof *all); /* Whatever was there is overwritten. */
  headrope_error_init(&error);    /* of example.h */
  headrope_limits_init(&all->limits);
  headrope_registry_options_init(&all->registry);
  headrope_source_init(&all->source);
  headrope_freeze_options_init(&all->freezing);
  headrope_tally_init(&all->tally);
  headrope_question_init(&all->question);
  headrope_gaps_options_init(&all->gaps);
  headrope_chain_options_init(&all->chain);
  headrope_load_options_init(&all->load);
  headrope_cases_options_init(&all->cases);
  headrope_counts_init(&all->counts);
  headrope_column_init(&all->column);
}

/* The two tables that the rest is about: how each branch stands to the rule S03
 * (three quarters of the members were trained), and its coverage from the park
 * down. They need nothing of what they came from. */
static void ask(struct structs* all, headrope_table** branches,
                headrope_table** park) {
  headrope_registry* registry = NULL;
  headrope_snapshot* snapshot = NULL;
  headrope_pack* pack = NULL;
  headrope_assessment* assessment = NULL;
  headrope_coverage* coverage = NULL;
  int64_t rule = HEADROPE_NONE;
  all->limits.units_max = 1000;
  all->registry.limits = &all->limits;
  must(headrope_registry_load("xincheng", HEADROPE_NTS, &all->registry, NULL,
                              &registry, &error));
  must(headrope_registry_freeze(registry, day("2013-12-31"), &all->freezing,
                                NULL, &snapshot, &error));
  must(headrope_pack_load(registry, "pack/pack.yaml", HEADROPE_NTS, NULL, &pack,
                          &error));
  must(headrope_pack_find_rule(pack, "S03", HEADROPE_NTS, &rule, &error));
  must(headrope_assessment_new(snapshot, pack, &rule, 1, &all->question,
                               &assessment, &error));
  must(headrope_coverage_new(assessment,
                             find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party"),
                             HEADROPE_BASIS_PRIMARY, 1, &coverage, &error));
  must(headrope_assessment_table(assessment, branches, &error));
  must(headrope_coverage_table(coverage,
                               find(snapshot, HEADROPE_OBJECT_UNIT, "U08"),
                               HEADROPE_ALL_LEVELS, park, &error));
  headrope_coverage_free(coverage);
  headrope_assessment_free(assessment);
  headrope_pack_free(pack);
  headrope_snapshot_release(snapshot);
  headrope_registry_free(registry);
}

static void describe(const headrope_table* table, headrope_column* column) {
  static const char* const types[] = {"text", "integer", "decimal",
                                      "date", "ratio",   "fraction"};
  printf("== columns\n");
  for (int64_t at = 0; at < headrope_table_column_count(table); at++) {
    must(headrope_table_column(table, at, column, &error));
    printf("%.*s: %s%s\n", VIEW(column->name), types[column->type],
           column->has_missing ? ", may be missing" : "");
  }
}

/* One cell by its type. */
static void print_cell(const headrope_table* table, int64_t column,
                       int64_t row) {
  headrope_column about = HEADROPE_COLUMN_INIT;
  headrope_text words;
  int64_t number = 0, denominator = 1;
  int32_t is_missing = 0;
  must(headrope_table_column(table, column, &about, &error));
  must(headrope_table_is_missing(table, column, row, &is_missing, &error));
  if (is_missing) {
    printf("  %.*s is missing\n", VIEW(about.name));
  } else if (about.type == HEADROPE_COLUMN_TEXT) {
    must(headrope_table_text(table, column, row, &words, &error));
    printf("  %.*s = \"%.*s\"\n", VIEW(about.name), VIEW(words));
  } else if (about.type == HEADROPE_COLUMN_RATIO ||
             about.type == HEADROPE_COLUMN_FRACTION) {
    must(headrope_table_ratio(table, column, row, &number, &denominator,
                              &error));
    printf("  %.*s = %lld over %lld\n", VIEW(about.name), (long long)number,
           (long long)denominator);
  } else { /* An integer, a decimal without its point, or a day. */
    must(headrope_table_number(table, column, row, &number, &error));
    printf("  %.*s = %lld\n", VIEW(about.name), (long long)number);
  }
}

static void read_row(const headrope_table* table, const char* name,
                     const char* value) {
  int64_t column = HEADROPE_NONE;
  headrope_text words;
  must(headrope_table_find_column(table, name, HEADROPE_NTS, &column, &error));
  for (int64_t row = 0; row < headrope_table_row_count(table); row++) {
    must(headrope_table_text(table, column, row, &words, &error));
    if (words.size != (int64_t)strlen(value) ||
        memcmp(words.data, value, (size_t)words.size) != 0) {
      continue;
    }
    printf("== row %lld\n", (long long)row);
    for (int64_t at = 0; at < headrope_table_column_count(table); at++) {
      print_cell(table, at, row);
    }
  }
}

/* As people read it: indented, with percents. */
static void display(const headrope_table* table) {
  printf("== a tree\n");
  for (int64_t row = 0; row < headrope_table_row_count(table); row++) {
    int32_t depth = 0;
    must(headrope_table_depth(table, row, &depth, &error));
    printf("%*s", 2 * (int)depth, "");
    for (int64_t at = 0; at < headrope_table_column_count(table); at++) {
      char cell[64];
      int64_t size = 0;
      must(headrope_table_display(table, at, row, cell, sizeof cell, &size,
                                  &error));
      printf("%s%.*s", at == 0 ? "" : " | ", (int)size, cell);
    }
    printf("\n");
  }
}

/* A headrope_write of a host that wants no more. */
static int32_t refuse(const char* bytes, int64_t size, void* user_data) {
  (void)bytes, (void)size, (void)user_data;
  return 1;
}

static void write_texts(const headrope_table* table) {
  headrope_status status;
  printf("== CSV\n");
  must(headrope_table_write_csv(table, print, NULL, &error));
  printf("== JSON\n");
  must(headrope_table_write_json(table, print, NULL, &error));
  status = headrope_table_write_csv(table, refuse, NULL, &error);
  printf("== the host wants no more\n%s\n", headrope_status_id(status));
}

/* The columns of a struct array: large utf8 has offsets and bytes, int64 the
 * numbers themselves. An array lives on without its table. */
static void read_array(headrope_table* table) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  must(headrope_table_export_array(table, &schema, &array, &error));
  headrope_table_free(table);
  printf("== an Arrow array of %lld rows\n", (long long)array.length);
  for (int64_t at = 0; at < array.n_children; at++) {
    const struct ArrowArray* column = array.children[at];
    printf("%s (%s)", schema.children[at]->name, schema.children[at]->format);
    for (int64_t row = 0; row < array.length; row++) {
      if (strcmp(schema.children[at]->format, "U") == 0) {
        const int64_t* offsets = column->buffers[1];
        const char* bytes = column->buffers[2];
        printf(" %.*s", (int)(offsets[row + 1] - offsets[row]),
               bytes + offsets[row]);
      } else if (strcmp(schema.children[at]->format, "l") == 0) {
        const int64_t* numbers = column->buffers[1];
        printf(" %lld", (long long)numbers[row]);
      }
    }
    printf("\n");
  }
  array.release(&array);
  schema.release(&schema);
}

/* A stream goes where Arrow goes: to pandas, to a database, or, here, into the
 * units of another registry. */
static void hand_over(const headrope_table* table) {
  struct ArrowArrayStream stream;
  headrope_registry* registry = NULL;
  headrope_findings* findings = NULL;
  int64_t added = 0;
  must(headrope_registry_new(NULL, &registry, &error));
  must(headrope_findings_new(0, &findings, &error));
  must(headrope_table_export_stream(table, &stream, &error));
  must(headrope_registry_add_stream(registry, "units", HEADROPE_NTS, &stream,
                                    findings, &added, &error));
  stream.release(&stream);
  printf("== a stream: %lld units\n", (long long)added);
  show_findings(findings);
  headrope_registry_free(registry);
}

int main(void) {
  struct structs all;
  headrope_table *branches = NULL, *park = NULL;
  init(&all);
  ask(&all, &branches, &park);
  describe(branches, &all.column);
  read_row(branches, "subject", "U07");
  display(park);
  write_texts(park);
  hand_over(park);
  read_array(park);
  headrope_table_free(branches);
  return 0;
}
