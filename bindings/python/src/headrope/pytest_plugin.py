# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The pytest plugin: each case of a file ``*.cases.yaml`` is a test.

It is there as soon as the package is installed: ``pytest packs/``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from headrope.cases import Cases


class CaseFailure(Exception):
    """A case in which something else came out than is expected."""


class CaseFile(pytest.File):
    """A file of cases; it is run once, for the first of its cases."""

    _results: list[dict[str, Any]] | None = None

    def collect(self) -> Iterable[CaseItem]:
        import headrope

        cases = headrope.run_cases(self.path, only_lists=True)
        _refuse_findings(cases)
        for at, row in enumerate(cases.table):
            yield CaseItem.from_parent(self, name=str(row["case"]), row=row, at=at)

    def result(self, at: int) -> dict[str, Any]:
        """Gives what became of the case at a position."""
        if self._results is None:
            import headrope

            cases = headrope.run_cases(self.path)
            _refuse_findings(cases)
            self._results = list(cases.table)
        return self._results[at]


class CaseItem(pytest.Item):
    """A case."""

    def __init__(self, *, row: dict[str, Any], at: int, **more: Any) -> None:
        super().__init__(**more)
        self.row = row
        self.at = at

    def runtest(self) -> None:
        assert isinstance(self.parent, CaseFile)
        result = self.parent.result(self.at)
        if result["result"] != "passed":
            raise CaseFailure(result["failures"])

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        if isinstance(excinfo.value, CaseFailure):
            place = f"{self.path}:{self.row['row']}: {self.row['title']}"
            return f"{place}\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.row["row"] - 1, f"case {self.name}"


def _refuse_findings(cases: Cases) -> None:
    if cases.findings.error_count:
        lines = [f"{row['id']} {row['file']}:{row['row']}: {row['message']}"
                 for row in cases.findings.table]
        raise pytest.Collector.CollectError("\n".join(lines))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """Takes files of cases."""
    if file_path.name.endswith(".cases.yaml"):
        return CaseFile.from_parent(parent, path=file_path)
    return None
