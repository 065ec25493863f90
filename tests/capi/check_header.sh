#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Compiles headrope.h alone: C11 to C23, C++17 to C++23, gcc and clang, with
# every warning an error. Argument: the header.
set -euo pipefail

header=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for language in c cc; do
  {
    printf '#include "%s"\n#include "%s"\n' "$header" "$header"
    echo 'int use_macros(void);'
    echo 'int use_macros(void) {'
    # Each INIT macro makes its struct; those that never grow have no size.
    sed -nE 's/^#define HEADROPE_(\w+)_INIT.*/\1/p' "$header" |
      tr '[:upper:]' '[:lower:]' | while read -r name; do
        echo "  headrope_$name $name = HEADROPE_${name^^}_INIT;"
        if sed -n "/^typedef struct headrope_$name {/,/^}/p" "$header" |
          grep -q struct_size; then
          echo "  if ($name.struct_size != sizeof($name)) return 1;"
        else
          echo "  (void)$name;"
        fi
      done
    echo '  return HEADROPE_OK;'
    echo '}'
  } >"$work/alone.$language"
done
grep -q headrope_error "$work/alone.c" # The macros are found.

compiled=0
try() {
  local compiler=$1 standard=$2 file=$3
  command -v "$compiler" >/dev/null || return 0
  # A compiler that does not know the standard is not asked.
  : | "$compiler" "-std=$standard" -fsyntax-only -x "$4" - 2>/dev/null ||
    return 0
  "$compiler" "-std=$standard" -Wall -Wextra -Wpedantic -Wconversion -Wshadow \
    -Wundef -Werror -c "$file" -o "$work/alone.o"
  compiled=$((compiled + 1))
}
for compiler in gcc clang-19 clang; do
  for standard in c11 c17 c2x c23; do
    try "$compiler" "$standard" "$work/alone.c" c
  done
done
for compiler in g++ clang++-19 clang++; do
  for standard in c++17 c++20 c++23; do
    try "$compiler" "$standard" "$work/alone.cc" c++
  done
done
echo "compiled $compiled times"
((compiled >= 6))
