/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* The smallest program that uses the C library: it makes a registry and prints
 * the version; it fails if header and library are of different versions. */

#include <stdio.h>

#include <headrope/headrope.h>

int main(void) {
  headrope_error error = HEADROPE_ERROR_INIT;
  headrope_registry* registry = NULL;
  if (headrope_registry_new(NULL, &registry, &error) != HEADROPE_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  headrope_registry_free(registry);
  printf("headrope %s in C\n", headrope_version());
  return headrope_version_number() == HEADROPE_VERSION_NUMBER ? 0 : 1;
}
