#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Compares the binary interface of libheadrope.so with every baseline of
# capi/abi by abidiff; any difference that is not an addition fails. Exits with
# 77 where abigail-tools are missing. Arguments: library, folder to work in.
# With --write the baseline of this version is written instead.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if ! command -v abidw >/dev/null || ! command -v abidiff >/dev/null; then
  echo "abigail-tools are not installed: the binary interface is not compared"
  exit 77
fi

describe() {
  abidw --exported-interfaces-only --headers-dir capi/include \
    --drop-private-types --no-show-locs --no-comp-dir-path --no-corpus-path \
    --out-file "$2" "$1"
  sed -i "s|path='[^']*/capi/src/|path='capi/src/|" "$2"
}

if [[ ${1:-} == --write ]]; then
  version=$(sed -nE 's/^project\(headrope VERSION ([0-9.]+).*/\1/p' \
    CMakeLists.txt)
  describe "$2" "capi/abi/libheadrope-$version.abi"
  exit
fi

# Whether a description differs from a baseline by more than additions, which
# an old program does not see.
differs() {
  ! abidiff --no-added-syms --suppressions capi/abi/growing.suppr "$1" "$2" >"$3"
}

describe "$1" "$2/now.abi"
status=0
for baseline in capi/abi/libheadrope-*.abi; do
  if differs "$baseline" "$2/now.abi" "$2/difference.txt"; then
    cat "$2/difference.txt"
    status=1
  fi
  echo "$baseline: compared"
done

# The comparison can fail: by a function that is gone, and a struct that grew
# where it may not.
sed 's/headrope_sums_at/headrope_sums_gone/g' "$2/now.abi" >"$2/gone.abi"
sed "/class-decl name='headrope_text'/s/size-in-bits='128'/size-in-bits='192'/" \
  "$2/now.abi" >"$2/grown.abi"
for spoilt in gone grown; do
  if ! differs "$2/now.abi" "$2/$spoilt.abi" "$2/difference.txt"; then
    echo "a spoilt description ($spoilt) is not told from the right one"
    status=1
  fi
done
exit "$status"
