# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""A unit and all below it, as people look at it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from headrope import _html

if TYPE_CHECKING:
    from headrope.snapshot import Snapshot


class Subtree:
    """The units at and below a unit; made by `Snapshot.subtree`.

    Examples
    --------
    >>> import datetime, headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> print(snapshot.subtree("U08", "party"))
    U08 非公企业园区党委
      U09 甲企业党支部
      U10 乙企业党支部
    """

    def __init__(self, snapshot: Snapshot, hierarchy: int, top: int) -> None:
        self._snapshot = snapshot
        self._hierarchy = hierarchy
        self._top = top

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Goes through the units from the top down: depth and number of each."""
        tops = ([self._top] if self._top >= 0
                else self._snapshot.children(self._hierarchy))
        waiting = [(0, unit) for unit in reversed(tops)]
        while waiting:
            depth, unit = waiting.pop()
            yield depth, unit
            below = self._snapshot.children(self._hierarchy, unit)
            waiting += [(depth + 1, child) for child in reversed(below)]

    def _lines(self) -> Iterator[tuple[int, str, str, str]]:
        for depth, unit in self:
            yield (depth, self._snapshot.identity("unit", unit),
                   self._snapshot.name("unit", unit), self._snapshot.kind(unit))

    def __str__(self) -> str:
        return "\n".join("  " * depth + f"{identity} {name}"
                         for depth, identity, name, _ in self._lines())

    def _repr_html_(self) -> str:
        shown = list(itertools.islice(self._lines(), _html.ROWS_MAX + 1))
        note = "… more units" if len(shown) > _html.ROWS_MAX else ""
        return _html.rows(
            ["unit", "name", "kind"],
            [["\u2003" * depth + identity, name, kind]
             for depth, identity, name, kind in shown[:_html.ROWS_MAX]],
            ["text-align: left"] * 3, note)
