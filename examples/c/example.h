/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* What the examples share: how the status of a call is checked, how a text and
 * a table are printed, how a row is added, and the organisation that they ask
 * about, the package xincheng. Everything else is in the examples themselves.
 */

#ifndef HEADROPE_EXAMPLES_C_EXAMPLE_H
#define HEADROPE_EXAMPLES_C_EXAMPLE_H

#include <stdio.h>
#include <stdlib.h>

#include <headrope/headrope.h>

/* A view that is not ended by a zero byte, for "%.*s". */
#define VIEW(text) (int)(text).size, (text).data

/* The top and the levels of a table of a whole hierarchy. */
#define WHOLE HEADROPE_NONE, HEADROPE_ALL_LEVELS

static headrope_error error = HEADROPE_ERROR_INIT;

/* Ends the program unless a call succeeded. */
static inline void must(headrope_status status) {
  if (status == HEADROPE_OK) return;
  fprintf(stderr, "%s: %s\n", headrope_status_id(status), error.message);
  exit(1);
}

/* A headrope_write to the standard output. */
static inline int32_t print(const char* bytes, int64_t size, void* user_data) {
  (void)user_data;
  return fwrite(bytes, 1, (size_t)size, stdout) != (size_t)size;
}

/* Prints a table as CSV and gives it back. */
static inline void show(const char* title, headrope_table* table) {
  printf("== %s\n", title);
  must(headrope_table_write_csv(table, print, NULL, &error));
  headrope_table_free(table);
}

/* Prints the findings, if there are any, and gives them back. */
static inline void show_findings(headrope_findings* findings) {
  headrope_table* table = NULL;
  printf("%lld errors, %lld warnings\n",
         (long long)headrope_findings_error_count(findings),
         (long long)headrope_findings_warning_count(findings));
  must(headrope_findings_table(findings, &table, &error));
  if (headrope_table_row_count(table) > 0) {
    show("findings", table);
  } else {
    headrope_table_free(table);
  }
  headrope_findings_free(findings);
}

/* A text of the program itself. */
static inline headrope_text text(const char* data) {
  const headrope_text view = {data, HEADROPE_NTS};
  return view;
}

static inline int32_t day(const char* date) {
  int32_t days = 0;
  must(headrope_date_parse(date, HEADROPE_NTS, &days, &error));
  return days;
}

/* Adds a row of eight columns at most: their names up to a NULL, and as many
 * values. An empty text is no value. */
static inline void add_row(headrope_registry* registry, const char* table,
                           const char* const* columns,
                           const char* const* values) {
  headrope_text names[8], cells[8];
  int64_t count = 0;
  for (; count < 8 && columns[count] != NULL; count++) {
    names[count] = text(columns[count]);
    cells[count] = text(values[count]);
  }
  must(headrope_registry_add_row(registry, table, HEADROPE_NTS, names, cells,
                                 count, &error));
}

static inline headrope_registry* load_xincheng(void) {
  headrope_registry* registry = NULL;
  must(headrope_registry_load("xincheng", HEADROPE_NTS, NULL, NULL, &registry,
                              &error));
  return registry;
}

/* Freezes a registry as of a day and gives the registry back. */
static inline headrope_snapshot* frozen(headrope_registry* registry,
                                        const char* as_of) {
  headrope_snapshot* snapshot = NULL;
  must(headrope_registry_freeze(registry, day(as_of), NULL, NULL, &snapshot,
                                &error));
  headrope_registry_free(registry);
  return snapshot;
}

/* The number of a unit, hierarchy … that is there. */
static inline int64_t find(const headrope_snapshot* snapshot,
                           headrope_object object, const char* identity) {
  int64_t number = HEADROPE_NONE;
  must(headrope_snapshot_find(snapshot, object, identity, HEADROPE_NTS, &number,
                              &error));
  if (number != HEADROPE_NONE) return number;
  fprintf(stderr, "there is no %s\n", identity);
  exit(1);
}

#endif /* HEADROPE_EXAMPLES_C_EXAMPLE_H */
