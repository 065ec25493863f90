# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The pytest plugin, and cases written in Python."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LAST_DAY

import headrope
from headrope import testing


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir",
         str(folder), "-v", *arguments, str(folder)],
        capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    shutil.copytree(headrope.examples.pack.parent, tmp_path / "pack")
    shutil.copytree(headrope.examples.xincheng, tmp_path / "xincheng")
    return tmp_path / "pack"


def test_each_case_is_a_test(cases: Path) -> None:
    done = run(cases)
    assert done.returncode == 0, done.stdout
    assert "pack.cases.yaml::eight-days PASSED" in done.stdout
    assert "6 passed" in done.stdout
    assert "1 passed, 5 deselected" in run(cases, "-k", "autumn").stdout


def test_a_case_that_fails_says_why_and_where(cases: Path) -> None:
    file = cases / "pack.cases.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("value: {B1: 7, B2: 8}", "value: {B1: 6, B2: 8}"),
                    "utf-8")
    done = run(cases)
    assert done.returncode == 1
    assert "1 failed, 5 passed" in done.stdout
    line = next(at for at, one in enumerate(text.splitlines(), 1)
                if "id: eight-days" in one)
    assert f"pack.cases.yaml:{line}" in done.stdout
    assert "B1" in done.stdout and "seven days and eight" in done.stdout


def test_a_file_that_is_not_well_formed_is_an_error(cases: Path) -> None:
    file = cases / "pack.cases.yaml"
    file.write_text(file.read_text("utf-8").replace("as_of:", "asof:"), "utf-8")
    done = run(cases)
    assert done.returncode == 2 and "HDR-RULE-4" in done.stdout


ORGANISATION = {
    "units": [{"unit": "B1", "kind": "party_branch"}],
    "records": [{"measure": "study_session", "unit": "B1",
                 "valid_from": datetime.date(2013, 3, 1),
                 "valid_until": datetime.date(2013, 3, 7)}]}


def test_a_case_in_python() -> None:
    testing.check_case(headrope.examples.pack, as_of=LAST_DAY,
                       organisation=ORGANISATION,
                       expect={"S02": {"status": {"B1": "unmet"},
                                       "value": {"B1": 7}}})
    with pytest.raises(AssertionError, match="B1"):
        testing.check_case(headrope.examples.pack, as_of=LAST_DAY,
                           organisation=ORGANISATION,
                           expect={"S02": {"status": {"B1": "met"}}})
    with pytest.raises(AssertionError, match="S99"):
        testing.check_case(headrope.examples.pack, as_of=LAST_DAY,
                           organisation=ORGANISATION,
                           expect={"S99": {"met": 1}})


def test_a_case_against_an_overlay() -> None:
    testing.check_case(
        headrope.examples.pack, as_of=LAST_DAY,
        organisation={"package": headrope.examples.xincheng},
        against=headrope.examples.supplement,
        falls_out={"S02": ["U02", "U04", "U06", "U09", "U11"]},
        enters={"S04": ["P003", "P005"]})


def test_an_organisation_in_python() -> None:
    registry = testing.organisation(
        records=[{"measure": "study_session", "unit": "B1",
                  "valid_from": "2013-03-01", "valid_until": "2013-03-07"}],
        units=[{"unit": "B1", "kind": "party_branch", "valid_from": "2012-01-01"}])
    days = registry.freeze(LAST_DAY).tally("study_session", "distinct_days")
    assert days.at("B1") == 7
    with pytest.raises(headrope.HeadropeError):
        testing.organisation(units=[{"unit": "B1", "kind": "nothing"}])


def test_tables_are_filled_in_the_order_of_the_format() -> None:
    registry = headrope.Registry()
    for table in testing.TABLES:
        assert registry.row_count(table) >= 0
