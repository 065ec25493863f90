#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Uses the library as a subdirectory of a user's project, in C and in C++: builds
# all of it once more, as such a project does, without our warnings and flags,
# and with clang where there is one. What was built is kept for the next time.
# Arguments: source folder, folder to build in, C compiler, C++ compiler.
set -euo pipefail

source_dir=$1 work=$2 compiler=$3 cxx=$4
if command -v clang++-19 >/dev/null; then compiler=clang-19 cxx=clang++-19; fi
mkdir -p "$work"

cmake -S "$source_dir/tests/consume/c" -B "$work" -G Ninja \
  -DHEADROPE_SOURCE="$source_dir" -DCMAKE_C_COMPILER="$compiler" \
  -DCMAKE_CXX_COMPILER="$cxx" >"$work/log" 2>&1 &&
  cmake --build "$work" >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
for use in c c_static cpp; do
  printf "%s: " "$use"
  "$work/consume_$use"
done
