# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""NetworkX: a directed graph, gone through from the leaves up."""

import networkx
import numpy
from data import THRESHOLD, Data


def prepare(data: Data):
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(data.count))
    graph.add_edges_from(zip(data.parent[1:].tolist(), range(1, data.count),
                             strict=True))
    return graph, data.record_unit.tolist(), data.record_points.tolist(), data.depth


def answer(prepared):
    graph, units, points, depth = prepared
    sums = dict.fromkeys(graph, 0)
    for unit, value in zip(units, points, strict=True):
        sums[unit] += value
    deepest = depth.max()
    eligible = (depth == deepest).astype(int).tolist()
    met = [int(sums[unit] >= THRESHOLD) for unit in graph]
    for unit in reversed(list(networkx.topological_sort(graph))):
        for parent in graph.predecessors(unit):
            eligible[parent] += eligible[unit]
            met[parent] += met[unit]
    return numpy.array(eligible), numpy.array(met)
