/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Loading: the version of the library, what a status says, days, and a data
 * package from a folder, from memory and through functions of the host's own,
 * such as it needs for files in a database or an archive. Then what is told of
 * a package with mistakes, how limits hold it, how a host follows a long load
 * and how it stops one. */

#include <string.h>

#include "example.h"

static void show_version(void) {
  printf("headrope %s\n", headrope_version());
  printf("the library is %s its header\n",
         headrope_version_number() < HEADROPE_VERSION_NUMBER ? "older than"
                                                             : "no older than");
}

static void show_days(void) {
  char text[16];
  int64_t size = 0;
  int32_t days = 0;
  headrope_status status;
  printf("== days\n");
  printf("1970-01-01 is %d, 2013-12-31 is %d\n", (int)day("1970-01-01"),
         (int)day("2013-12-31"));
  must(headrope_date_write(16070, text, sizeof text, &size, &error));
  printf("16070 is %.*s\n", (int)size, text);
  status = headrope_date_parse("2013-02-30", HEADROPE_NTS, &days, &error);
  printf("%s (%s): %s\n", headrope_status_id(status),
         headrope_status_title(status), error.message);
}

/* Prints how many units a registry has rows of, and gives it back. */
static void count_units(const char* origin, headrope_registry* registry) {
  int64_t rows = 0;
  must(headrope_registry_row_count(registry, "units", HEADROPE_NTS, &rows,
                                   &error));
  printf("%lld units from %s\n", (long long)rows, origin);
  headrope_registry_free(registry);
}

/* What a host knows of a load while it runs. */
struct follower {
  int64_t calls;
  int32_t wants_to_stop;
};

/* A headrope_progress: here a desktop program moves its bar. */
static int32_t follow(const char* stage, int64_t done, int64_t total,
                      void* user_data) {
  struct follower* follower = user_data;
  (void)stage, (void)done, (void)total;
  follower->calls++;
  return follower->wants_to_stop;
}

static void load_folder(void) {
  struct follower follower = {0, 0};
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  headrope_findings* findings = NULL;
  headrope_registry* registry = NULL;
  printf("== a folder\n");
  options.progress = follow;
  options.user_data = &follower;
  must(headrope_findings_new(0, &findings, &error));
  must(headrope_registry_load("xincheng", HEADROPE_NTS, &options, findings,
                              &registry, &error));
  printf("progress was told: %s\n", follower.calls > 0 ? "yes" : "no");
  count_units("xincheng", registry);
  show_findings(findings);
}

static const char descriptor[] =
    "{\"headrope\": {\"format\": 1, \"interval_end\": \"inclusive\"},"
    " \"resources\": [{\"name\": \"units\", \"path\": \"units.csv\"},"
    " {\"name\": \"links\", \"path\": \"links.csv\"}]}";

/* Loads a package of two tables that lie in memory. */
static headrope_status load_texts(const char* units, const char* links,
                                  const headrope_registry_options* options,
                                  headrope_findings* findings,
                                  headrope_registry** out) {
  const headrope_file files[] = {
      {text("datapackage.json"), descriptor, (int64_t)strlen(descriptor)},
      {text("units.csv"), units, (int64_t)strlen(units)},
      {text("links.csv"), links, (int64_t)strlen(links)}};
  return headrope_registry_load_memory(files, 3, options, findings, out,
                                       &error);
}

static const char two_units[] =
    "unit,kind,name\nT,town,甲镇\nV,administrative_village,乙村\n";

static void load_memory(void) {
  headrope_registry* registry = NULL;
  printf("== memory\n");
  must(load_texts(two_units, "hierarchy,unit,parent\nadministrative,V,T\n",
                  NULL, NULL, &registry));
  count_units("memory", registry);
}

/* One mistake does not hide the next, and the error is the first of them. */
static void load_mistakes(void) {
  headrope_findings* findings = NULL;
  headrope_registry* registry = NULL;
  headrope_status status;
  printf("== mistakes\n");
  must(headrope_findings_new(0, &findings, &error));
  status = load_texts(
      "unit,kind,name,valid_from,colour\n"
      "T,town,甲镇,2012-01-01,\n"
      "V,vilage,乙村,2012-13-01,\n",
      "hierarchy,unit,parent\nadministrative,W,T\n", NULL, findings, &registry);
  printf("%s: file %s, row %lld, column %s\n%s\n", headrope_status_id(status),
         error.file, (long long)error.row, error.column, error.message);
  show_findings(findings);
}

/* The members of a headrope_source: files of the folder xincheng. The user data
 * count the files that are open. */
static int32_t open_file(const char* path, void** file, int64_t* size,
                         void* user_data) {
  char where[512];
  (void)size; /* It is not known before the end. */
  if (snprintf(where, sizeof where, "xincheng/%s", path) >= (int)sizeof where) {
    return 1;
  }
  *file = fopen(where, "rb");
  if (*file == NULL) return 1;
  ++*(int*)user_data;
  return 0;
}

static int64_t read_file(void* file, char* buffer, int64_t capacity,
                         void* user_data) {
  const size_t size = fread(buffer, 1, (size_t)capacity, file);
  (void)user_data;
  return ferror((FILE*)file) ? -1 : (int64_t)size;
}

static void close_file(void* file, void* user_data) {
  fclose(file);
  --*(int*)user_data;
}

static void load_source(void) {
  int open_files = 0;
  headrope_source source = HEADROPE_SOURCE_INIT;
  headrope_registry* registry = NULL;
  printf("== functions\n");
  source.open = open_file;
  source.read = read_file;
  source.close = close_file;
  source.user_data = &open_files;
  must(headrope_registry_load_source(&source, NULL, NULL, &registry, &error));
  printf("%d files are still open\n", open_files);
  count_units("functions", registry);
}

/* A package from outside gets limits: more is a status, never a full memory. */
static void keep_limits(void) {
  headrope_limits limits = HEADROPE_LIMITS_INIT;
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  headrope_registry* registry = NULL;
  headrope_status status;
  printf("== limits\n");
  limits.units_max = 1;
  options.limits = &limits;
  status = load_texts(two_units, "hierarchy,unit,parent\n", &options, NULL,
                      &registry);
  printf("%s: %s\n", headrope_status_id(status), error.message);
}

static void stop(void) {
  struct follower follower = {0, 1};
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  headrope_registry* registry = NULL;
  headrope_status status;
  printf("== stopped\n");
  options.progress = follow;
  options.user_data = &follower;
  status = headrope_registry_load("xincheng", HEADROPE_NTS, &options, NULL,
                                  &registry, &error);
  printf("%s: %s\n", headrope_status_id(status), error.message);
  printf("a registry was made: %s\n", registry == NULL ? "no" : "yes");
}

int main(void) {
  show_version();
  show_days();
  load_folder();
  load_memory();
  load_source();
  load_mistakes();
  keep_limits();
  stop();
  return 0;
}
