/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Looking around in a snapshot: how many units, persons, posts … it has, from
 * the host's identity to a number and back, names in two languages, the units
 * above and below, members and attributes, and the tables of members and of
 * attendance. */

#include "example.h"

static void count_objects(const headrope_snapshot* snapshot) {
  static const struct {
    headrope_object object;
    const char* name;
  } objects[] = {{HEADROPE_OBJECT_UNIT, "units"},
                 {HEADROPE_OBJECT_PERSON, "persons"},
                 {HEADROPE_OBJECT_POST, "posts"},
                 {HEADROPE_OBJECT_DUTY, "duties"},
                 {HEADROPE_OBJECT_ATTRIBUTE, "attributes"}};
  printf("== as of day %d\n", (int)headrope_snapshot_as_of(snapshot));
  for (size_t at = 0; at < sizeof objects / sizeof *objects; at++) {
    int64_t count = 0;
    must(headrope_snapshot_count(snapshot, objects[at].object, &count, &error));
    printf("%lld %s\n", (long long)count, objects[at].name);
  }
}

/* A number is good for this snapshot only: a host keeps identities. */
static headrope_text identity(const headrope_snapshot* snapshot,
                              headrope_object object, int64_t number) {
  headrope_text out = {NULL, 0};
  must(headrope_snapshot_identity(snapshot, object, number, &out, &error));
  return out;
}

static headrope_text name(const headrope_snapshot* snapshot,
                          headrope_object object, int64_t number,
                          headrope_language language) {
  headrope_text out = {NULL, 0};
  must(
      headrope_snapshot_name(snapshot, object, number, language, &out, &error));
  return out;
}

static void describe(const headrope_snapshot* snapshot, const char* unit) {
  int64_t number = HEADROPE_NONE, kind = HEADROPE_NONE;
  must(headrope_snapshot_find(snapshot, HEADROPE_OBJECT_UNIT, unit,
                              HEADROPE_NTS, &number, &error));
  if (number == HEADROPE_NONE) {
    printf("%s does not live on the day\n", unit);
    return;
  }
  must(headrope_snapshot_kind(snapshot, number, &kind, &error));
  printf(
      "%s %.*s, kind %.*s: %.*s, %.*s\n", unit,
      VIEW(name(snapshot, HEADROPE_OBJECT_UNIT, number, HEADROPE_LANGUAGE_ZH)),
      VIEW(identity(snapshot, HEADROPE_OBJECT_KIND, kind)),
      VIEW(name(snapshot, HEADROPE_OBJECT_KIND, kind, HEADROPE_LANGUAGE_EN)),
      VIEW(name(snapshot, HEADROPE_OBJECT_KIND, kind, HEADROPE_LANGUAGE_ZH)));
}

/* From a unit up to the root of a hierarchy. */
static void go_up(const headrope_snapshot* snapshot, int64_t hierarchy,
                  const char* unit) {
  int64_t at = find(snapshot, HEADROPE_OBJECT_UNIT, unit);
  printf("above %s:", unit);
  for (;;) {
    must(headrope_snapshot_parent(snapshot, hierarchy, at, &at, &error));
    if (at == HEADROPE_NONE) break;
    printf(" %.*s", VIEW(identity(snapshot, HEADROPE_OBJECT_UNIT, at)));
  }
  printf("\n");
}

/* The units below the roots and below one unit. How many there are is asked
 * first, with no room at all. */
static void go_down(const headrope_snapshot* snapshot, int64_t hierarchy,
                    int64_t unit, int depth, int depth_max) {
  int64_t count = 0;
  int64_t* children = NULL;
  headrope_status status = headrope_snapshot_children(snapshot, hierarchy, unit,
                                                      NULL, 0, &count, &error);
  if (status != HEADROPE_E_BUFFER_TOO_SMALL) must(status);
  if (count == 0) return;
  children = malloc((size_t)count * sizeof *children);
  if (children == NULL) exit(1);
  must(headrope_snapshot_children(snapshot, hierarchy, unit, children, count,
                                  &count, &error));
  for (int64_t at = 0; at < count; at++) {
    printf("%*s%.*s %.*s\n", 2 * depth, "",
           VIEW(identity(snapshot, HEADROPE_OBJECT_UNIT, children[at])),
           VIEW(name(snapshot, HEADROPE_OBJECT_UNIT, children[at],
                     HEADROPE_LANGUAGE_ZH)));
    if (depth < depth_max) {
      go_down(snapshot, hierarchy, children[at], depth + 1, depth_max);
    }
  }
  free(children);
}

/* The members of a branch, with an attribute of each. */
static void list_members(const headrope_snapshot* snapshot, const char* unit,
                         const char* attribute) {
  const int64_t number = find(snapshot, HEADROPE_OBJECT_UNIT, unit);
  const int64_t column = find(snapshot, HEADROPE_OBJECT_ATTRIBUTE, attribute);
  int64_t members[16], count = 0;
  headrope_text value;
  printf("== members of %s\n", unit);
  must(headrope_snapshot_members(snapshot, number, HEADROPE_STANDING_PRIMARY,
                                 members, 16, &count, &error));
  for (int64_t at = 0; at < count; at++) {
    must(headrope_snapshot_attribute(snapshot, HEADROPE_OBJECT_PERSON,
                                     members[at], column, &value, &error));
    printf("%.*s %s %.*s\n",
           VIEW(identity(snapshot, HEADROPE_OBJECT_PERSON, members[at])),
           attribute, VIEW(value));
  }
}

/* Who was there, at the courses of 2013. */
static void show_attendance(const headrope_snapshot* snapshot,
                            int64_t hierarchy) {
  const int64_t courses =
      find(snapshot, HEADROPE_OBJECT_MEASURE, "rotation_training");
  headrope_tally tally = HEADROPE_TALLY_INIT;
  headrope_table* table = NULL;
  tally.measures = &courses;
  tally.measure_count = 1;
  tally.valid_from = day("2013-01-01");
  tally.valid_until = day("2014-01-01"); /* the day after the last */
  must(headrope_snapshot_attendance_table(snapshot, &tally, hierarchy, WHOLE,
                                          &table, &error));
  show("attendance", table);
}

int main(void) {
  headrope_snapshot* snapshot = frozen(load_xincheng(), "2013-12-31");
  /* Another thread would take a hold of its own, and let it go. */
  headrope_snapshot* hold = headrope_snapshot_retain(snapshot);
  headrope_table* table = NULL;
  int64_t party;
  headrope_snapshot_release(snapshot);
  party = find(hold, HEADROPE_OBJECT_HIERARCHY, "party");
  count_objects(hold);
  printf("== units\n");
  describe(hold, "U03");
  describe(hold, "D04");
  describe(hold, "U99");
  go_up(hold, party, "U09");
  printf("== the party line\n");
  go_down(hold, party, HEADROPE_NONE, 0, 1);
  list_members(hold, "U05", "category");
  must(headrope_snapshot_member_table(
      hold, party, find(hold, HEADROPE_OBJECT_UNIT, "U03"), HEADROPE_ALL_LEVELS,
      HEADROPE_BASIS_PRIMARY, &table, &error));
  show("members at and below U03", table);
  show_attendance(hold, party);
  headrope_snapshot_release(hold);
  return 0;
}
