# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""numpy: one pass over the records, then one over each level, deepest first."""

import numpy
from data import THRESHOLD, Data


class Peer:
    def __init__(self, data: Data) -> None:
        self.data = data
        self.levels = [numpy.flatnonzero(data.depth == depth)
                       for depth in range(int(data.depth.max()) + 1)]
        self.above = [data.parent[level] for level in self.levels]

    def _own(self):
        data = self.data
        return numpy.bincount(data.record_unit, data.record_value,
                              data.count).astype(numpy.int64)

    def _add_up(self, sums) -> None:
        for level, above in zip(self.levels[:0:-1], self.above[:0:-1], strict=True):
            sums += numpy.bincount(above, sums[level],
                                   self.data.count).astype(numpy.int64)

    def sums(self):
        sums = self._own()
        self._add_up(sums)
        return (sums,)

    def coverage(self):
        eligible = self.data.is_group.astype(numpy.int64)
        met = eligible * (self._own() >= THRESHOLD)
        self._add_up(eligible)
        self._add_up(met)
        return eligible, met

    def persons(self):
        # By person, then pre-order: at every depth the memberships of a person
        # below one node follow each other.
        data = self.data
        order = numpy.lexsort((data.place[data.member_unit], data.member_person))
        person, unit = data.member_person[order], data.member_unit[order]
        is_first = numpy.ones(len(order), bool)
        is_first[1:] = person[1:] != person[:-1]
        counts = numpy.zeros(data.count, numpy.int64)
        for above in data.ancestors:
            node = above[unit]
            is_new = is_first.copy()
            is_new[1:] |= node[1:] != node[:-1]
            counts += numpy.bincount(node[is_new & (node >= 0)], minlength=data.count)
        return (counts,)
