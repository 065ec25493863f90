# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The tree and the records that all peers are asked about, as arrays.

A tree of seven levels like that of a whole country: country, provinces,
prefectures, counties, townships, villages and, nine tenths of all units,
villager groups. Units are numbered in pre-order, as official codes are. Half as
many records as units give points to random groups.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

SHARES = (31, 340, 2_900, 41_000, 615_000)
"""How many units the levels below the country have, of 5,250,000."""

KINDS = ("country", "province", "prefecture", "county", "township",
         "administrative_village", "villager_group")
THRESHOLD = 12


@dataclass
class Data:
    """Parents (-1: none), depths, and records as unit and points."""

    parent: numpy.ndarray
    depth: numpy.ndarray
    record_unit: numpy.ndarray
    record_points: numpy.ndarray

    @property
    def count(self) -> int:
        return len(self.parent)


def level_sizes(count: int) -> list[int]:
    """Gives how many units each level has; the last one takes the rest.

    >>> sum(level_sizes(5_250_000)), level_sizes(5_250_000)[:3]
    (5250000, [1, 31, 340])
    """
    sizes = [1, *(max(1, share * count // 5_250_000) for share in SHARES)]
    return [*sizes, count - sum(sizes)]


def make(count: int) -> Data:
    """Makes the tree and the records; the same for the same size."""
    sizes = level_sizes(count)
    above = [numpy.arange(size, dtype=numpy.int64) * upper // size
             for size, upper in zip(sizes[1:], sizes, strict=False)]
    below = [numpy.ones(size, numpy.int64) for size in sizes]
    for level in range(len(sizes) - 1, 0, -1):
        numpy.add.at(below[level - 1], above[level - 1], below[level])
    # Pre-order: a unit comes after the one it hangs on and all that its elder
    # siblings have below them.
    place = [numpy.zeros(1, numpy.int64)]
    for level in range(1, len(sizes)):
        hung = above[level - 1]
        before = numpy.cumsum(below[level]) - below[level]
        first = numpy.searchsorted(hung, numpy.arange(sizes[level - 1]))
        place.append(place[-1][hung] + 1 + before - before[first][hung])
    parent = numpy.full(count, -1, numpy.int64)
    depth = numpy.zeros(count, numpy.int64)
    for level in range(1, len(sizes)):
        parent[place[level]] = place[level - 1][above[level - 1]]
        depth[place[level]] = level
    random = numpy.random.default_rng(1)
    groups = place[-1]
    return Data(parent, depth, random.choice(groups, count // 2),
                random.integers(1, 21, count // 2))
