# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""What was found in data or packs, with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from headrope._capi import ffi, lib
from headrope._library import call, handle
from headrope.errors import HeadropeError
from headrope.table import Table


@dataclass(frozen=True)
class Findings:
    """What one call found: all are counted, the first 1,000 are listed.

    Attributes
    ----------
    error_count : int
        How many errors there are.
    warning_count : int
        How many warnings there are.
    table : Table
        ``id``, ``severity``, ``file``, ``row``, ``column``, ``value`` and
        ``message`` of each.
    """

    error_count: int
    warning_count: int
    table: Table

    def _repr_html_(self) -> str:
        counts = f"<p>{self.error_count} errors, {self.warning_count} warnings</p>"
        return counts + self.table._repr_html_()


class Gathering:
    """Gathers the findings of one call; `pointer` is what the call takes."""

    def __init__(self) -> None:
        self.pointer: Any = handle(lib.headrope_findings_new, 0,
                                   kind="headrope_findings",
                                   free=lib.headrope_findings_free)

    def call(self, function: Callable[..., int], *arguments: Any) -> None:
        """Calls a function; findings go with what it raises."""
        try:
            call(function, *arguments)
        except HeadropeError as error:
            error.findings = self.findings()
            raise

    def handle(self, function: Callable[..., int], *arguments: Any, kind: str,
               free: Any) -> Any:
        """Calls a function that makes an object, which is freed once."""
        out = ffi.new(kind + " **")
        self.call(function, *arguments, out)
        return ffi.gc(out[0], free)

    def findings(self) -> Findings:
        """Gives what was found so far."""
        return Findings(
            lib.headrope_findings_error_count(self.pointer),
            lib.headrope_findings_warning_count(self.pointer),
            Table._from(lib.headrope_findings_table, self.pointer))
