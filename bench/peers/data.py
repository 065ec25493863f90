# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The rows that all peers are asked about, as arrays of numbers.

`questions_bench --only-write` leaves them in a folder: the tree of the country
with party branches and villager groups below its villages, records of one year,
memberships; and Headrope's answers, which all peers must give too. The same rows
lie there as CSV files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy

THRESHOLD = 12
"""Coverage: a group is met if its records add up to so much."""


@dataclass
class Data:
    """Units are numbered by row; the country has the parent -1."""

    folder: Path

    def _column(self, name: str) -> numpy.ndarray:
        kinds = {"u8": numpy.uint8, "u16": numpy.uint16, "u32": numpy.uint32,
                 "i64": numpy.int64}
        return numpy.fromfile(self.folder / name, kinds[name.rpartition(".")[2]])

    @cached_property
    def parent(self) -> numpy.ndarray:
        return self._column("parent.u32").view(numpy.int32).astype(numpy.int64)

    @cached_property
    def place(self) -> numpy.ndarray:
        """Position of each unit in the pre-order."""
        return self._column("place.u32").astype(numpy.int64)

    @cached_property
    def depth_of_place(self) -> numpy.ndarray:
        return self._column("depth_of_place.u16")

    @cached_property
    def depth(self) -> numpy.ndarray:
        return self.depth_of_place[self.place].astype(numpy.int64)

    @cached_property
    def end(self) -> numpy.ndarray:
        """One past the last place below each unit."""
        size = numpy.ones(self.count, numpy.int64)
        for depth in range(int(self.depth.max()), 0, -1):
            level = numpy.flatnonzero(self.depth == depth)
            numpy.add.at(size, self.parent[level], size[level])
        return self.place + size

    @cached_property
    def is_group(self) -> numpy.ndarray:
        return self._column("is_group.u8")

    @cached_property
    def record_unit(self) -> numpy.ndarray:
        return self._column("record_unit.u32").astype(numpy.int64)

    @cached_property
    def record_value(self) -> numpy.ndarray:
        return self._column("record_value.u32").astype(numpy.int64)

    @cached_property
    def member_person(self) -> numpy.ndarray:
        return self._column("member_person.u32").astype(numpy.int64)

    @cached_property
    def member_unit(self) -> numpy.ndarray:
        return self._column("member_unit.u32").astype(numpy.int64)

    @cached_property
    def identities(self) -> list[str]:
        """The units' own strings, by row."""
        with open(self.folder / "units.csv", encoding="utf-8") as file:
            next(file)
            return [line.partition(",")[0] for line in file]

    @cached_property
    def ancestors(self) -> numpy.ndarray:
        """Of each unit the one above it at each depth, itself at its own; -1."""
        levels = numpy.full((int(self.depth.max()) + 1, self.count), -1, numpy.int64)
        for depth in range(len(levels)):
            level = numpy.flatnonzero(self.depth == depth)
            levels[depth, level] = level
            for above in range(depth):
                levels[above, level] = levels[above, self.parent[level]]
        return levels

    @property
    def count(self) -> int:
        return len(self.parent)

    def expected(self, question: str) -> list[numpy.ndarray]:
        """Headrope's answer, by unit."""
        names = {"sums": ["sums"], "coverage": ["eligible", "met"],
                 "persons": ["persons"]}[question]
        return [self._column(name + ".i64") for name in names]
