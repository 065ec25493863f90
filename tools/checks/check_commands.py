#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Runs every `$ headrope ...` that the pages show and compares what it prints.

A command and its output stand in a fenced block; the output ends with the
block or at the next `$ `. With --write the pages are corrected instead.

Usage: check_commands.py PROGRAM [--write]
"""

import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```\w*\n(\$ headrope .*?)^```$", re.S | re.M)


def output_of(program, line):
    """What the program prints, its two streams in the order of printing."""
    done = subprocess.run([program, *shlex.split(line)[2:]], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    return done.stdout


def as_it_is(program, block):
    """The block with the output that the commands in it have now."""
    text = ""
    for part in re.split(r"^(?=\$ )", block, flags=re.M):
        if part:
            line = part.split("\n", 1)[0]
            text += line + "\n" + output_of(program, line)
    return text


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    wrong = 0
    for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]:
        page = path.read_text(encoding="utf-8")

        def corrected(match, path=path, page=page):
            nonlocal wrong
            now = as_it_is(program, match.group(1))
            if now != match.group(1):
                wrong += 1
                line = page[:match.start()].count("\n") + 2
                print(f"{path.relative_to(ROOT)}:{line}: prints otherwise now")
            return match.group(0).replace(match.group(1), now)

        new = BLOCK.sub(corrected, page)
        if new != page and "--write" in sys.argv:
            path.write_text(new, encoding="utf-8")
    return 1 if wrong and "--write" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
