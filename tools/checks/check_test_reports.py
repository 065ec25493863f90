#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Reads what `headrope test` writes about tests/data/cases: a case that
passes, one that fails, and a file that is not well formed, with texts that XML
and TAP have to escape.

Usage: check_test_reports.py PROGRAM. Exits 1 with a message if it is not as it
should be.
"""

import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = "tests/data/cases"
TITLE = '<passes> & "quotes" # hash ]]>'
FAILURE = '"U\\2" # x: expected met, got unmet'


def run(program, *arguments, status):
    result = subprocess.run([program, "test", *arguments], cwd=ROOT,
                            capture_output=True, check=False)
    told = result.stderr.decode("utf-8")
    assert result.returncode == status, (arguments, result.returncode, told)
    return result.stdout.decode("utf-8")


def check_junit(text):
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    assert (root.get("tests"), root.get("failures")) == ("3", "2")
    suites = {one.get("name"): one for one in root}
    assert list(suites) == [f"{DATA}/awkward.cases.yaml",
                            f"{DATA}/malformed.cases.yaml"], list(suites)
    cases = list(suites[f"{DATA}/awkward.cases.yaml"])
    assert cases[0].get("name") == f"passes {TITLE}", cases[0].attrib
    assert cases[0].get("classname") == "AWKWARD" and not list(cases[0])
    failure = cases[1].find("failure")
    assert FAILURE in failure.text, failure.text
    assert failure.get("message").startswith("AWKWARD-R1: status of <U&1>")
    malformed = suites[f"{DATA}/malformed.cases.yaml"][0].find("failure")
    assert "titel" in malformed.text, malformed.text


def check_tap(text):
    lines = text.splitlines()
    assert lines[:2] == ["TAP version 14", "1..3"], lines[:2]
    points = [line for line in lines if re.match(r"(not )?ok ", line)]
    assert [re.match(r"(not )?ok (\d+) - ", p).group(2) for p in points] \
        == ["1", "2", "3"]
    assert [p.startswith("not") for p in points] == [False, True, True]
    name = points[0].split(" - ", 1)[1]
    assert re.sub(r"\\([#\\])", r"\1", name).endswith(TITLE), name
    # Every # that begins no directive is escaped.
    assert not re.search(r"(?<!\\)#", name), name
    blocks = re.findall(r"^  ---\n(.*?)^  \.\.\.\n", text, re.M | re.S)
    assert len(blocks) == 2, blocks
    for block in blocks:
        first, second, *items = block.splitlines()
        assert json.loads(first.removeprefix("  at: ")).startswith(DATA)
        assert second == "  failures:"
        texts = [json.loads(item.removeprefix("    - ")) for item in items]
        assert texts and all(texts)
    assert FAILURE in json.loads(
        blocks[0].splitlines()[-1].removeprefix("    - "))


def main(program):
    program = str(pathlib.Path(program).resolve())
    check_tap(run(program, DATA, status=1))
    check_junit(run(program, DATA, "--output", "junit", status=1))
    table = run(program, DATA, "--output", "table", status=1)
    assert "AWKWARD" in table and "fails" in table, table
    passing = run(program, DATA, "--filter", "passes", "--output", "junit",
                  status=1)  # The other file is still not well formed.
    assert 'tests="2" failures="1"' in passing, passing
    good = run(program, f"{DATA}/awkward.cases.yaml", "--filter", "passes",
               status=0)
    assert good.count("\nok 1 - ") == 1, good
    assert "通过" in run(program, f"{DATA}/awkward.cases.yaml", "--filter",
                       "passes", "--lang", "zh", status=0)
    for wrong in (["--output", "xml", DATA], [], ["--generate", DATA],
                  ["--threads", "0", DATA]):
        run(program, *wrong, status=2)
    run(program, "tests/data/no-such-folder", status=1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
