# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""What the graph libraries share: lists of numbers that are added up from the
leaves, in the order that the library gives."""

import numpy
from data import THRESHOLD, Data


class GraphPeer:
    def __init__(self, data: Data) -> None:
        self.data = data
        self.graph = self.made(data.parent.tolist())

    def made(self, parents):
        """Makes the graph."""
        raise NotImplementedError

    def upwards(self):
        """Gives pairs of a unit and its parent, children before parents."""
        raise NotImplementedError

    def _own(self):
        data = self.data
        return numpy.bincount(data.record_unit, data.record_value,
                              data.count).astype(numpy.int64)

    def sums(self):
        sums = self._own().tolist()
        for unit, parent in self.upwards():
            sums[parent] += sums[unit]
        return (numpy.array(sums),)

    def coverage(self):
        group = self.data.is_group.astype(numpy.int64)
        met = (group * (self._own() >= THRESHOLD)).tolist()
        eligible = group.tolist()
        for unit, parent in self.upwards():
            eligible[parent] += eligible[unit]
            met[parent] += met[unit]
        return numpy.array(eligible), numpy.array(met)
