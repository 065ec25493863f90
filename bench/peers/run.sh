#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Builds the Python package for release, installs it beside its peers, and prints
# the table of docs/performance.md that compares them. Arguments are those of
# run.py. Run by ./dev bench --peers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

peers=$PWD/build/python/peers
[[ -x $peers/bin/python ]] || python3 -m venv "$peers"
install=("$peers/bin/python" -m pip install -q --disable-pip-version-check)
"${install[@]}" -r bench/peers/requirements.txt
"${install[@]}" ./bindings/python -Cbuild-dir="$PWD/build/python/cmake"
"$peers/bin/python" bench/peers/run.py "$@"
