#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Runs every `$ headrope ...` that the pages show and compares what it prints.

A command and its output stand in a fenced block; the output ends with the
block or at the next `$ `. With --write the pages are corrected instead.

A block after `<!-- file PATH -->` is a file that the reader writes. Such a page
runs in a folder of its own with these files, as they are at each command.

Usage: check_commands.py PROGRAM [--write]
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^(?:<!-- file (\S+) -->\n)?```\w*\n(.*?)^```$",
                   re.S | re.M)


def output_of(program, line, folder):
    """What the program prints, its two streams in the order of printing."""
    done = subprocess.run([program, *shlex.split(line)[2:]], cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    return done.stdout


def as_it_is(program, block, folder):
    """The block with the output that the commands in it have now."""
    text = ""
    for part in re.split(r"^(?=\$ )", block, flags=re.M):
        if part:
            line = part.split("\n", 1)[0]
            text += line + "\n" + output_of(program, line, folder)
    return text


def check_page(program, path, folder):
    """The page as it should be, and the lines where it is not."""
    page = path.read_text(encoding="utf-8")
    wrong = []
    has_files = any(name for name, _ in BLOCK.findall(page))

    def corrected(match):
        name, block = match.groups()
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(block, encoding="utf-8")
        if name or not block.startswith("$ headrope "):
            return match.group(0)
        now = as_it_is(program, block, folder if has_files else ROOT)
        if now != block:
            wrong.append(page[:match.start()].count("\n") + 2)
        return match.group(0).replace(block, now)

    return BLOCK.sub(corrected, page), wrong


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    writing = "--write" in sys.argv
    any_wrong = False
    for path in [*sorted(ROOT.glob("README*.md")),
                 *sorted(ROOT.glob("docs/**/*.md"))]:
        with tempfile.TemporaryDirectory() as folder:
            page, wrong = check_page(program, path, pathlib.Path(folder))
        for line in wrong:
            any_wrong = True
            print(f"{path.relative_to(ROOT)}:{line}: prints otherwise now")
        if wrong and writing:
            path.write_text(page, encoding="utf-8")
    return 1 if any_wrong and not writing else 0


if __name__ == "__main__":
    sys.exit(main())
