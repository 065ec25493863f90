#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Refuses an #include that the include table of the project does not allow.

Which module may use which is read from the headrope_module() calls in
CMakeLists.txt; which folder may use which other library stands below.
Prints one line per finding and exits 1 if there is any.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

POSIX = ("fcntl.h", "unistd.h", "dirent.h", "sys/")

# Folder -> prefixes it may include, besides the standard library, the public
# headers and its own files. The longest folder that matches a file counts.
LIBRARIES = {
    "include": ("gsl/",),
    "src": ("gsl/", "fmt/"),
    "src/base": ("gsl/", "fmt/", "sys/mman.h", "arm_acle.h"),
    "src/calendar": ("gsl/", "fmt/", "boost/date_time/"),
    "src/snapshot": ("gsl/", "fmt/", "boost/graph/", "boost/property_map/",
                     *POSIX),
    "src/load": ("gsl/", "fmt/", "nlohmann/", "yaml-cpp/", "iconv.h",
                 "emmintrin.h", *POSIX),
    "src/report": ("gsl/", "fmt/", "nlohmann/"),
    "capi": ("headrope.h", "stdint.h"),
    "tools/headrope": ("fmt/", "CLI/", "utf8proc.h", "librsvg/",
                       "xlsxwriter.h", "minizip/", "expat.h",
                       *POSIX),
    "examples": (),
    "examples/c": ("stdio.h", "stdlib.h", "string.h"),
    "examples/hosts": ("stdio.h", "stdlib.h"),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
MODULE = re.compile(r"headrope_module\((\w+)([^)]*)\)")


def module_table():
    """Returns module -> the modules it may include, itself among them."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    table = {}
    for name, rest in MODULE.findall(text):
        uses = re.search(r"USES ([\w\s]+?)(?:LINKS|$)", rest)
        table[name] = {name, *(uses.group(1).split() if uses else ())}
    return table


def folder_of(path):
    """Returns the longest folder of LIBRARIES that holds the file."""
    folders = [f for f in LIBRARIES if path.startswith(f + "/")]
    return max(folders, key=len)


def is_allowed(path, quote, name, modules):
    if ".." in name.split("/"):
        return False
    if name.startswith("headrope/"):
        return True
    if any(name.startswith(prefix) for prefix in LIBRARIES[folder_of(path)]):
        return True
    if quote == "<":
        return re.fullmatch(r"[a-z0-9_]+", name) is not None  # std
    if path.startswith("src/"):
        target = name.split("/")[0]
        return "/" in name and target in modules[path.split("/")[1]]
    return not path.startswith("include/")  # A program's own headers.


def main():
    modules = module_table()
    findings = 0
    for folder in ("include", "src", "capi", "tools/headrope", "examples"):
        for file in sorted((ROOT / folder).rglob("*.[chi]*")):
            if file.suffix not in (".cpp", ".hpp", ".h", ".c", ".inc"):
                continue
            path = file.relative_to(ROOT).as_posix()
            lines = file.read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(lines, start=1):
                match = INCLUDE.match(line)
                if match and not is_allowed(path, *match.groups(), modules):
                    print(f"{path}:{number}: {match.group(2)} is not allowed")
                    findings += 1
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
