#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Uses the library as its users do: installed and moved, by find_package and by
# pkg-config. (run_subdirectory.sh has it as a subdirectory.) Arguments: source
# folder, build folder, compiler.
set -euo pipefail

source_dir=$1 build_dir=$2 compiler=$3
consume=$source_dir/tests/consume
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
  cmake -S "$consume" -B "$dir" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
    "$@" >"$dir.log" 2>&1 && cmake --build "$dir" >>"$dir.log" 2>&1 ||
    { cat "$dir.log"; exit 1; }
}

configure "$work/package" -DCMAKE_PREFIX_PATH="$work/moved"
step find_package "$work/package/consume"

pc_dir=$(dirname "$(find "$work/moved" -name headrope.pc)")
read -ra flags < <(PKG_CONFIG_PATH=$pc_dir pkg-config --static --cflags --libs headrope)
"$compiler" -std=c++20 "$consume/main.cpp" "${flags[@]}" -o "$work/by_pkg_config"
step pkg-config env LD_LIBRARY_PATH="$(dirname "$pc_dir")" "$work/by_pkg_config"
