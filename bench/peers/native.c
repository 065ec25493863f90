/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* The same question without Python: assesses, covers and makes the table by the
 * functions that are passed, and tells for how many seconds the
 * process had a processor. */

#include <stdint.h>
#include <time.h>

#include <headrope/headrope.h>

typedef struct functions {
  __typeof__(&headrope_assessment_new) assess;
  __typeof__(&headrope_coverage_new) cover;
  __typeof__(&headrope_coverage_table) table;
  __typeof__(&headrope_assessment_free) free_assessment;
  __typeof__(&headrope_coverage_free) free_coverage;
  __typeof__(&headrope_table_free) free_table;
} functions;

double seconds_native(const functions* call, const headrope_snapshot* snapshot,
                      const headrope_pack* pack, int64_t hierarchy) {
  headrope_assessment* assessment = 0;
  headrope_coverage* coverage = 0;
  headrope_table* table = 0;
  struct timespec begin, end;
  headrope_status status;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
  status = call->assess(snapshot, pack, 0, 0, 0, &assessment, 0);
  if (!status) status = call->cover(assessment, hierarchy, 0, 1, &coverage, 0);
  if (!status)
    status =
        call->table(coverage, HEADROPE_NONE, HEADROPE_ALL_LEVELS, &table, 0);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  call->free_table(table);
  call->free_coverage(coverage);
  call->free_assessment(assessment);
  if (status) return -1;
  return (double)(end.tv_sec - begin.tv_sec) +
         (double)(end.tv_nsec - begin.tv_nsec) * 1e-9;
}
