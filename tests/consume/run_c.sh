#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Uses the C library as its users do: shared and static, by find_package and by
# pkg-config from an installed and moved prefix. (run_subdirectory.sh has it as
# a subdirectory.)
# Arguments: source folder, build folder, C compiler, C++ compiler.
set -euo pipefail

source_dir=$1 build_dir=$2 compiler=$3 cxx=$4
consume=$source_dir/tests/consume/c
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints the title of a step, then what the program of that step prints.
step() { printf "%s: " "$1"; shift; "$@"; }

cmake --install "$build_dir" --prefix "$work/first" >"$work/install.log" ||
  { cat "$work/install.log"; exit 1; }
mv "$work/first" "$work/moved"

configure() {
  local dir=$1
  shift
  cmake -S "$consume" -B "$dir" -G Ninja -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_CXX_COMPILER="$cxx" "$@" >"$dir.log" 2>&1 &&
    cmake --build "$dir" >>"$dir.log" 2>&1 || { cat "$dir.log"; exit 1; }
}

pc_dir=$(dirname "$(find "$work/moved" -name headrope-c.pc)")
export PKG_CONFIG_PATH=$pc_dir
for use in shared static; do
  configure "$work/package_$use" -DHEADROPE_USE=$use \
    -DCMAKE_PREFIX_PATH="$work/moved"
  step "find_package, $use" "$work/package_$use/consume"
  name=headrope-c
  [[ $use == shared ]] || name=headrope-c-static
  read -ra flags < <(pkg-config --cflags --libs "$name")
  "$compiler" -std=c11 "$consume/main.c" "${flags[@]}" -o "$work/by_pkg_config"
  step "pkg-config, $use" env LD_LIBRARY_PATH="$(dirname "$pc_dir")" \
    "$work/by_pkg_config"
done
# What a program finds is the library of this generation, and nothing of C++.
library=$(find "$work/moved" -name libheadrope.so.0)
readelf -d "$library" >"$work/elf.txt"
grep -q 'soname: \[libheadrope.so.0\]' "$work/elf.txt"
