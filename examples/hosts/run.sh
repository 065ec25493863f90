#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Runs one of the hosts and compares what it prints with transcript.txt, byte
# for byte. Exits with 77 if the machine lacks its language. Arguments: c, cpp,
# python, java, node or csharp; libheadrope.so; folder of headrope/headrope.h.
set -euo pipefail

host=$1 library=$(realpath "$2") include=$3
hosts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$hosts/.." # The data packages lie here.
export LD_LIBRARY_PATH=$(dirname "$library")

lacks() {
  echo "$1 is not installed: the host is not tried"
  exit 77
}
needs() { command -v "$1" >/dev/null || lacks "$1"; }

link=(-I"$include" -L"$LD_LIBRARY_PATH" -lheadrope)
case $host in
  c)
    ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror hosts/host.c \
      "${link[@]}" -o "$work/host"
    run=("$work/host")
    ;;
  cpp)
    ${CXX:-c++} -std=c++17 -Wall -Wextra -Wpedantic -Werror hosts/host.cpp \
      "${link[@]}" -o "$work/host"
    run=("$work/host")
    ;;
  python)
    needs python3
    run=(python3 hosts/host.py "$library")
    ;;
  java)
    needs javac
    jna=${HEADROPE_JNA:-/usr/share/java/jna.jar}
    [[ -f $jna ]] || lacks JNA
    javac -cp "$jna" -d "$work" hosts/Host.java
    run=(java -cp "$jna:$work" Host "$library")
    ;;
  node)
    needs node
    needs npm
    # koffi is no Debian package; it is kept beside the library.
    modules=$LD_LIBRARY_PATH/node
    mkdir -p "$modules"
    [[ -d $modules/node_modules/koffi ]] ||
      npm install --silent --no-save --prefix "$modules" koffi@3 \
        >"$work/npm.log" 2>&1 || lacks koffi
    export NODE_PATH=$modules/node_modules
    run=(node hosts/host.js "$library")
    ;;
  csharp)
    needs mcs
    needs mono
    mcs -out:"$work/Host.exe" hosts/Host.cs
    run=(mono "$work/Host.exe")
    ;;
  *)
    echo "run.sh: no host '$host'" >&2
    exit 2
    ;;
esac

"${run[@]}" >"$work/transcript.txt"
diff "$work/transcript.txt" hosts/transcript.txt
echo "$host: $(wc -l <hosts/transcript.txt) lines, byte for byte"
