/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* A snapshot as a file: saved once with a figure beside it, opened by a map
 * into memory without loading or freezing, and refused when it was damaged. */

#include "example.h"

static const char path[] = "c-example.freeze";

/* Saves a snapshot, and how many units each unit is, under a name. */
static void save(const headrope_snapshot* snapshot) {
  headrope_figures* units = NULL;
  const headrope_text name = text("units");
  headrope_save_options options;
  headrope_save_options_init(&options);
  must(headrope_figures_count_units(snapshot, NULL, 0, &units, &error));
  options.figures = (const headrope_figures* const*)&units;
  options.names = &name;
  options.figure_count = 1;
  must(headrope_snapshot_save(snapshot, path, HEADROPE_NTS, &options, &error));
  headrope_figures_free(units);
}

/* Opens the file and asks what lies beside the snapshot. */
static void open_and_ask(void) {
  headrope_open_options options;
  headrope_snapshot* snapshot = NULL;
  headrope_open_options_init(&options);
  options.verify = HEADROPE_VERIFY_AS_NEEDED; /* a program that ends soon */
  must(headrope_snapshot_open(path, HEADROPE_NTS, &options, &snapshot, &error));
  for (int64_t at = 0; at < headrope_snapshot_figure_count(snapshot); at++) {
    headrope_text name;
    headrope_figures* figures = NULL;
    headrope_table* table = NULL;
    must(headrope_snapshot_figure_name(snapshot, at, &name, &error));
    printf("figure: %.*s\n", VIEW(name));
    must(headrope_figures_saved(snapshot, at, &figures, &error));
    must(headrope_figures_roll_up(
        figures, find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party"),
        HEADROPE_NONE, 0, 1, &table, &error));
    show("units along the party line", table);
    headrope_figures_free(figures);
  }
  headrope_snapshot_release(snapshot);
}

/* Flips one bit in the middle of the file. */
static void damage(void) {
  FILE* file = fopen(path, "r+b");
  int byte;
  if (file == NULL) exit(1);
  fseek(file, 0, SEEK_END);
  fseek(file, ftell(file) / 2, SEEK_SET);
  byte = fgetc(file);
  fseek(file, -1, SEEK_CUR);
  fputc(byte ^ 1, file);
  fclose(file);
}

int main(void) {
  headrope_snapshot* snapshot = frozen(load_xincheng(), "2013-12-31");
  headrope_status status;
  save(snapshot);
  headrope_snapshot_release(snapshot);
  open_and_ask();
  damage();
  status = headrope_snapshot_open(path, HEADROPE_NTS, NULL, &snapshot, &error);
  printf("damaged: %s\n", headrope_status_id(status));
  remove(path);
  return 0;
}
