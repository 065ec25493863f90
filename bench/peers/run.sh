#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Asks Headrope and its peers the same questions and prints the tables of
# docs/performance.md that compare them:
#   bench/peers/run.sh [--national] [--permuted] [--units N] [--rounds N]
#     [--only PEER]...
# Builds the Python package for release and installs it beside the peers. Run by
# ./dev bench --peers, and by ./dev bench.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

size=() rounds=3 peers=()
while (($#)); do
  case $1 in
    --national | --permuted) size+=("$1") ;;
    --units) size+=("$1" "$2") && shift ;;
    --rounds) rounds=$2 && shift ;;
    --only) peers+=("$2") && shift ;;
    *) echo "no such argument: $1" >&2 && exit 2 ;;
  esac
  shift
done

work=build/bench
environment=$PWD/build/python/peers
[[ -x $environment/bin/python ]] || python3 -m venv "$environment"
install=("$environment/bin/python" -m pip install -q
  --disable-pip-version-check)
"${install[@]}" -r bench/peers/requirements.txt
"${install[@]}" ./bindings/python -Cbuild-dir="$PWD/build/python/cmake"

questions=(build/release/bench/questions_bench --divisions
  "$(bench/divisions.sh)" --folder "$work" "${size[@]}")
folder=$("${questions[@]}" --only-write)
"${questions[@]}" --rounds "$rounds" >&2
"$environment/bin/python" bench/peers/run.py "$folder" --rounds "$rounds" \
  --loads "${peers[@]}"
rm -rf "$folder"
