#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Checks that the C API is one list wherever it stands.

- The functions of headrope.h, the rows of capi/abi/symbols.tsv and the symbols
  that the library exports are the same, each way; removed functions aside.
- Each state is known, and each since is a version that is not in the future.
- The statuses of headrope.h are those of include/headrope/code.hpp, with the
  same numbers; the version of the header is that of CMakeLists.txt.
- Each function is called in a program of examples/c, and no other is.
- Each function has a comment that tells its rule for threads, and each status
  in a comment exists.

Prints one line per finding and exits 1 if there is any.
Usage: check_capi.py LIBRARY
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = ROOT / "capi/include/headrope/headrope.h"
STATES = {"unstable", "stable", "deprecated", "removed"}


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def listed():
    """Returns function -> (state, since) of symbols.tsv."""
    rows = [line.split("\t") for line in read("capi/abi/symbols.tsv")
            .splitlines() if line and not line.startswith("#")]
    return {row[0]: tuple(row[1:]) for row in rows[1:]}


def exported(library):
    text = subprocess.run(["nm", "-D", "--defined-only", library], check=True,
                          capture_output=True, text=True).stdout
    symbols = {line.split()[-1].split("@")[0]: line.split()[-2]
               for line in text.splitlines()}
    return {name for name, kind in symbols.items() if kind != "A"}


def project_version():
    return tuple(map(int, re.search(r"VERSION (\d+)\.(\d+)\.(\d+)",
                                    read("CMakeLists.txt")
                                    .split("project(")[1]).groups()))


def check_states(table):
    major, minor, patch = project_version()
    for name, row in table.items():
        if len(row) != 2 or row[0] not in STATES:
            yield f"symbols.tsv: {name}: '{' '.join(row)}' is no state"
        elif not re.fullmatch(r"\d+\.\d+", row[1]) or tuple(
                map(int, row[1].split("."))) > (major, minor):
            yield f"symbols.tsv: {name}: since {row[1]} is no version"


def check_statuses(header):
    codes = dict(re.findall(r"^  (\w+) = (\d+),", read(
        "include/headrope/code.hpp").split("enum class Code")[1], re.M))
    wanted = {f"HEADROPE_E_{name.upper()}": n for name, n in codes.items()}
    found = dict(re.findall(r"#define (HEADROPE_E_\w+) (\d+)", header))
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            yield (f"headrope.h: {name} is {found.get(name)}, and "
                   f"{wanted.get(name)} in code.hpp")
    for name in re.findall(r"`([A-Z][A-Z_]{4,})`", header):
        if f"HEADROPE_E_{name}" not in found and name != "HEADROPE_NTS":
            if not name.startswith("HEADROPE_"):
                yield f"headrope.h: no status {name}"


def check_comments(header):
    for comment, name in re.findall(
            r"/\*\*((?:(?!\*/).)*)\*/\s*HEADROPE_API[^;(]*?(headrope_\w+)\(",
            header, re.S):
        if "@threads" not in comment and not name.endswith("_init"):
            yield f"headrope.h: {name}: no @threads"


def called():
    """Returns the functions that the examples call."""
    texts = [file.read_text(encoding="utf-8")
             for file in sorted((ROOT / "examples/c").glob("*.[ch]"))]
    code = re.sub(r'/\*.*?\*/|"(?:[^"\\\n]|\\.)*"', "", "\n".join(texts),
                  flags=re.S)
    return set(re.findall(r"\b(headrope_\w+)\(", code))


def main():
    header = HEADER.read_text(encoding="utf-8")
    declared = set(re.findall(r"HEADROPE_API[^;(]*?(headrope_\w+)\(", header))
    documented = set(re.findall(r"\*/\s*HEADROPE_API[^;(]*?(headrope_\w+)\(",
                                header))
    table = listed()
    kept = {name for name, row in table.items() if row[0] != "removed"}
    symbols = exported(sys.argv[1])
    examples = called()
    findings = []
    for name in sorted(declared | kept | symbols | examples):
        for where, names in (("headrope.h", declared), ("symbols.tsv", kept),
                             ("the library", symbols),
                             ("examples/c", examples)):
            if name not in names:
                findings.append(f"{name} is not in {where}")
    findings += [f"headrope.h: {name}: no comment"
                 for name in sorted(declared - documented)]
    major, minor, patch = project_version()
    number = str(major * 10000 + minor * 100 + patch)
    if f"#define HEADROPE_VERSION_NUMBER {number}\n" not in header:
        findings.append(f"headrope.h: HEADROPE_VERSION_NUMBER is not {number}")
    findings += check_states(table)
    findings += check_statuses(header)
    findings += check_comments(header)
    print(*findings, sep="\n", end="\n" if findings else "")
    print(f"{len(declared)} functions")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
