/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Filling a registry from the host's own tables: row by row, and from its own
 * columns as an Arrow stream. Then the check of all rows together, the duties
 * that a document gives out, and freezing, as known today and as known then. */

#include "example.h"

/* A town and its two villages; of the second one the office learned in June. */
static void fill(headrope_registry* registry) {
  static const char* const unit_columns[] = {
      "unit",        "kind",          "name", "valid_from",
      "valid_until", "recorded_from", NULL};
  static const char* const units[][6] = {
      {"T", "town", "甲镇", "2012-01-01", "", "2012-01-01"},
      {"V1", "administrative_village", "乙村", "2012-01-01", "", "2012-01-01"},
      {"V2", "administrative_village", "丙村", "2013-03-01", "2013-12-31",
       "2013-06-01"}};
  static const char* const link_columns[] = {
      "hierarchy", "unit", "parent", "valid_from", "recorded_from", NULL};
  static const char* const links[][5] = {
      {"administrative", "V1", "T", "2012-01-01", "2012-01-01"},
      {"administrative", "V2", "T", "2012-01-01", "2013-06-01"}};
  for (int at = 0; at < 3; at++) {
    add_row(registry, "units", unit_columns, units[at]);
  }
  for (int at = 0; at < 2; at++) {
    add_row(registry, "links", link_columns, links[at]);
  }
}

/* A row is all or nothing too: a mistake is told by its column. */
static void add_mistake(headrope_registry* registry) {
  const headrope_text columns[] = {text("person"), text("unit")};
  const headrope_text values[] = {text("P1"), text("V9")};
  const headrope_status status = headrope_registry_add_row(
      registry, "memberships", HEADROPE_NTS, columns, values, 2, &error);
  printf("%s, column %s: %s\n", headrope_status_id(status), error.column,
         error.message);
}

/* The host's own columns, days of study, as an Arrow stream of one batch. Texts
 * lie on end, and text n goes from offset n to offset n + 1, as Arrow has it.
 * All memory is the host's and stays, so that to release is only to mark. */
struct feed {
  int64_t count;
  const char* measures;
  const int32_t* measure_offsets;
  const char* units;
  const int32_t* unit_offsets;
  const int32_t* days;
  struct ArrowSchema fields[3], *field_list[3];
  struct ArrowArray arrays[3], *array_list[3];
  const void* buffers[4][3];
  int is_done;
};

static void release_schema(struct ArrowSchema* schema) {
  for (int64_t at = 0; at < schema->n_children; at++) {
    struct ArrowSchema* child = schema->children[at];
    if (child->release != NULL) child->release(child);
  }
  schema->release = NULL;
}

static void release_array(struct ArrowArray* array) {
  for (int64_t at = 0; at < array->n_children; at++) {
    struct ArrowArray* child = array->children[at];
    if (child->release != NULL) child->release(child);
  }
  array->release = NULL;
}

static int get_schema(struct ArrowArrayStream* stream,
                      struct ArrowSchema* out) {
  static const char* const names[] = {"measure", "unit", "valid_from"};
  static const char* const formats[] = {"u", "u", "tdD"}; /* utf8, date32 */
  struct feed* feed = stream->private_data;
  for (int at = 0; at < 3; at++) {
    feed->fields[at] = (struct ArrowSchema){
        .format = formats[at], .name = names[at], .release = release_schema};
    feed->field_list[at] = &feed->fields[at];
  }
  *out = (struct ArrowSchema){.format = "+s", /* a struct: one row */
                              .name = "",
                              .n_children = 3,
                              .children = feed->field_list,
                              .release = release_schema};
  return 0;
}

static int get_next(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  struct feed* feed = stream->private_data;
  /* The first buffer says what is missing: nothing is. */
  const void* const buffers[3][3] = {
      {NULL, feed->measure_offsets, feed->measures},
      {NULL, feed->unit_offsets, feed->units},
      {NULL, feed->days, NULL}};
  *out = (struct ArrowArray){0};
  if (feed->is_done) return 0; /* An array without release ends the stream. */
  for (int at = 0; at < 3; at++) {
    for (int n = 0; n < 3; n++) feed->buffers[at][n] = buffers[at][n];
    feed->arrays[at] = (struct ArrowArray){.length = feed->count,
                                           .n_buffers = at < 2 ? 3 : 2,
                                           .buffers = feed->buffers[at],
                                           .release = release_array};
    feed->array_list[at] = &feed->arrays[at];
  }
  out->length = feed->count;
  out->n_buffers = 1;
  out->buffers = feed->buffers[3];
  out->n_children = 3;
  out->children = feed->array_list;
  out->release = release_array;
  feed->is_done = 1;
  return 0;
}

static const char* no_error(struct ArrowArrayStream* stream) {
  return (void)stream, NULL;
}

static void release_stream(struct ArrowArrayStream* stream) {
  stream->release = NULL;
}

/* Adds records from the host's columns: all of them or none. */
static void add_records(headrope_registry* registry, struct feed feed) {
  struct ArrowArrayStream stream = {get_schema, get_next, no_error,
                                    release_stream, &feed};
  int64_t added = 0;
  const headrope_status status = headrope_registry_add_stream(
      registry, "records", HEADROPE_NTS, &stream, NULL, &added, &error);
  if (status != HEADROPE_OK) {
    printf("%s, row %lld, column %s: %s\n", headrope_status_id(status),
           (long long)error.row, error.column, error.message);
  }
  stream.release(&stream);
  printf("%lld records were added\n", (long long)added);
}

static void stream_records(headrope_registry* registry) {
  static const int32_t measure_offsets[] = {0, 13, 26, 39};
  static const int32_t unit_offsets[] = {0, 2, 4, 6};
  const int32_t days[] = {day("2013-04-10"), day("2013-04-11"),
                          day("2013-07-01")};
  struct feed feed = {.count = 3,
                      .measures = "study_sessionstudy_sessionstudy_session",
                      .measure_offsets = measure_offsets,
                      .units = "V1V9V2",
                      .unit_offsets = unit_offsets,
                      .days = days};
  add_records(registry, feed);
  feed.units = "V1V1V2";
  add_records(registry, feed);
}

/* Rows that are right one by one may contradict each other: the second village
 * hung below the town before it was founded. */
static void check(const headrope_registry* registry) {
  enum { value_at = 5, message_at = 6 }; /* as the header lists the columns */
  headrope_findings* findings = NULL;
  headrope_table* table = NULL;
  headrope_text value, message;
  must(headrope_findings_new(0, &findings, &error));
  must(headrope_registry_check(registry, findings, &error));
  must(headrope_findings_table(findings, &table, &error));
  for (int64_t row = 0; row < headrope_table_row_count(table); row++) {
    must(headrope_table_text(table, value_at, row, &value, &error));
    must(headrope_table_text(table, message_at, row, &message, &error));
    printf("%.*s: %.*s\n", VIEW(value), VIEW(message));
  }
  headrope_table_free(table);
  headrope_findings_free(findings);
}

/* What a document gives out becomes rows. It names an office that is not
 * there, which is a warning. */
static void add_duties(headrope_registry* registry) {
  static const char document[] =
      "format: headrope-pack/1\n"
      "id: plan\n"
      "title: {zh: 学习安排, en: Plan of study}\n"
      "effective: 2013-01-01\n"
      "duties:\n"
      "  - id: D1\n"
      "    clause: 一\n"
      "    title: {zh: 村级学习, en: study in villages}\n"
      "    lead: [甲镇]\n"
      "    cooperating: [文化站]\n"
      "    for: {kinds: [administrative_village]}\n";
  headrope_pack* pack = NULL;
  headrope_findings* findings = NULL;
  must(headrope_pack_parse(registry, document, HEADROPE_NTS, "plan.yaml",
                           HEADROPE_NTS, NULL, 0, NULL, &pack, &error));
  must(headrope_findings_new(0, &findings, &error));
  must(headrope_registry_add_duties(registry, pack, findings, &error));
  printf("== duties\n");
  show_findings(findings);
  headrope_pack_free(pack);
}

/* Freezes as of the end of 2013 and counts the units that live then. */
static void freeze(const char* title, const headrope_registry* registry,
                   int32_t known_on) {
  headrope_freeze_options options = HEADROPE_FREEZE_OPTIONS_INIT;
  headrope_snapshot* snapshot = NULL;
  int64_t units = 0, duties = 0;
  options.known_on = known_on;
  must(headrope_registry_freeze(registry, day("2013-12-31"), &options, NULL,
                                &snapshot, &error));
  must(headrope_snapshot_count(snapshot, HEADROPE_OBJECT_UNIT, &units, &error));
  must(headrope_snapshot_count(snapshot, HEADROPE_OBJECT_DUTY, &duties, NULL));
  printf("== %s\n%lld units, %lld duties\n", title, (long long)units,
         (long long)duties);
  headrope_snapshot_release(snapshot);
}

int main(void) {
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  headrope_registry* registry = NULL;
  options.ends_are_inclusive = 1; /* "until 31 December" is a last day. */
  must(headrope_registry_new(&options, &registry, &error));
  printf("== rows\n");
  fill(registry);
  add_mistake(registry);
  printf("== a stream\n");
  stream_records(registry);
  printf("== the check\n");
  check(registry);
  add_duties(registry);
  freeze("as known today", registry, 0);
  freeze("as known in May", registry, day("2013-05-31"));
  headrope_registry_free(registry);
  return 0;
}
