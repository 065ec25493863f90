# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""rustworkx: a directed graph, gone through from the leaves up."""

import numpy
import rustworkx
from data import THRESHOLD, Data


def prepare(data: Data):
    graph = rustworkx.PyDiGraph()
    graph.extend_from_edge_list(list(zip(
        data.parent[1:].tolist(), range(1, data.count), strict=True)))
    return graph, data


def answer(prepared):
    graph, data = prepared
    points = numpy.bincount(data.record_unit, data.record_points, data.count)
    eligible = (data.depth == data.depth.max()).astype(int).tolist()
    met = (points >= THRESHOLD).astype(int).tolist()
    above = {child: parent for parent, child in graph.edge_list()}
    for unit in reversed(rustworkx.topological_sort(graph)):
        parent = above.get(unit)
        if parent is not None:
            eligible[parent] += eligible[unit]
            met[parent] += met[unit]
    return numpy.array(eligible), numpy.array(met)
