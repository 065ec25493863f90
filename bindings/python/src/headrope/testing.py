# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Tests of packs, written in Python.

`check_case` takes what a file of cases says (docs/formats/rule-cases.md): the
same organisation, the same expectations. `organisation` makes a registry of
rows, where a test asks something that cases cannot.
"""

from __future__ import annotations

import datetime
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from headrope.cases import run_cases
from headrope.registry import Cell, Registry, RegistryOptions

TABLES = ("kinds", "hierarchies", "roles", "measures", "units", "links", "persons",
          "memberships", "posts", "holdings", "pairings", "duties", "duty_scopes",
          "assignments", "needs", "records", "attendance", "attributes", "events")
"""The order in which tables are filled: what a row names comes first."""


def check_case(pack: str | os.PathLike[str], *, as_of: datetime.date,
               organisation: Mapping[str, Any] | None = None,
               **more: Any) -> None:
    """Fails unless the case comes out as expected.

    Parameters
    ----------
    pack : path
        The file of the pack.
    as_of : datetime.date
        The day.
    organisation : mapping
        As in a case file: tables as lists of rows, or ``package``.
    **more
        The other keys of a case: ``expect``, ``range``, ``against``,
        ``falls_out``, ``enters``, ``audit``, ``phase``, ``responsibility``.

    Raises
    ------
    AssertionError
        With a line for each expectation that does not hold.

    Examples
    --------
    >>> import headrope
    >>> check_case(
    ...     headrope.examples.pack, as_of=datetime.date(2013, 12, 31),
    ...     organisation={
    ...         "units": [{"unit": "B1", "kind": "party_branch"}],
    ...         "records": [{"measure": "study_session", "unit": "B1",
    ...                      "valid_from": datetime.date(2013, 3, 1),
    ...                      "valid_until": datetime.date(2013, 3, 7)}]},
    ...     expect={"S02": {"status": {"B1": "unmet"}, "value": {"B1": 7}}})
    """
    given = {"package": "organisation"}
    case: dict[str, Any] = {"id": "case", "title": {"zh": "例", "en": "case"},
                            "as_of": as_of, **more}
    if organisation is not None:
        case["organisation"] = {
            key: os.path.abspath(value) if key in given else value
            for key, value in organisation.items()}
    with tempfile.TemporaryDirectory() as folder:
        for path in ("pack", "against"):
            if isinstance(case.get(path), (str, os.PathLike)):
                case[path] = os.path.relpath(case[path], folder)
        document = {"format": "headrope-cases/1",
                    "pack": os.path.relpath(pack, folder), "cases": [case]}
        if "package" in case.get("organisation", {}):
            case["organisation"]["package"] = os.path.relpath(
                case["organisation"]["package"], folder)
        file = Path(folder) / "case.cases.yaml"
        file.write_text(_yaml(document), encoding="utf-8")
        cases = run_cases(file)
    wrong = [str(row["message"]) for row in cases.findings.table]
    if not cases.findings.error_count:
        wrong = [str(row["failures"]) for row in cases.table
                 if row["result"] != "passed"]
    if wrong:
        raise AssertionError("\n".join(wrong))


def _yaml(document: Mapping[str, Any]) -> str:
    """Writes JSON, which is YAML; a day is a text."""
    return json.dumps(document, ensure_ascii=False, default=_day, indent=1)


def _day(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"a case cannot have a {type(value).__name__}")


def organisation(options: RegistryOptions | None = None, /,
                 **tables: Iterable[Mapping[str, Cell]]) -> Registry:
    """Makes a registry of rows and checks it.

    Parameters
    ----------
    options : RegistryOptions, optional
        How it is filled; without, the end of an interval is its last day.
    **tables
        The rows of each table of the data package format.

    Examples
    --------
    >>> registry = organisation(units=[
    ...     {"unit": "B1", "kind": "party_branch", "name": "一支部",
    ...      "valid_from": "2012-01-01"}])
    >>> registry.row_count("units")
    1
    """
    registry = Registry(options or RegistryOptions(ends_are_inclusive=True))
    for table in sorted(tables, key=_order):
        for row in tables[table]:
            registry.add_row(table, row)
    registry.check()
    return registry


def _order(table: str) -> int:
    return TABLES.index(table) if table in TABLES else len(TABLES)
