#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Checks that no two headers define different things under one name.

Names of the library are hidden but share one namespace, so two inline arrays
of one name in different modules become one where they are linked, silently.
They mostly differ in size: this check compares the sizes of all inline
variables and functions over all objects of the library, which must have been
compiled without optimisation. Destructors and the inner parts of the standard
library are left out, which gcc writes in more ways than one.
Usage: check_symbols.py BUILD_FOLDER
"""

import collections
import pathlib
import re
import subprocess
import sys


def sizes(build):
    """Returns name -> {size: an object that has it}."""
    found = collections.defaultdict(dict)
    objects = sorted(str(path) for path in build.glob(
        "CMakeFiles/headrope_*.dir/src/**/*.o"))
    if not objects:
        sys.exit(f"check_symbols: no objects of the library in {build}")
    lines = subprocess.run(["nm", "-A", "-S", "--defined-only", *objects],
                           check=True, capture_output=True,
                           text=True).stdout.splitlines()
    for line in lines:
        place, _, rest = line.partition(":")
        fields = rest.split()
        if (len(fields) == 4 and fields[2] in "VuW" and
                "headrope" in fields[3] and
                not re.search(r"D[012]Ev$|^_ZNK?St8__detail", fields[3])):
            found[fields[3]].setdefault(int(fields[1], 16), place)
    return found


def demangled(name):
    return subprocess.run(["c++filt", name], capture_output=True,
                          text=True).stdout.strip()


def main():
    found = sizes(pathlib.Path(sys.argv[1]))
    status = 0
    for name, by_size in sorted(found.items()):
        if len(by_size) > 1:
            places = ", ".join(f"{pathlib.Path(place).name}: {size} bytes"
                               for size, place in sorted(by_size.items()))
            print(f"{demangled(name)} is several things: {places}")
            status = 1
    print(f"{len(found)} inline names")
    return status


if __name__ == "__main__":
    sys.exit(main())
