# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""igraph: a graph, gone through from the leaves up."""

import igraph
import numpy
from data import THRESHOLD, Data


def prepare(data: Data):
    edges = numpy.column_stack([data.parent[1:], numpy.arange(1, data.count)])
    return igraph.Graph(n=data.count, edges=edges, directed=True), data


def answer(prepared):
    graph, data = prepared
    points = numpy.bincount(data.record_unit, data.record_points, data.count)
    eligible = (data.depth == data.depth.max()).astype(int).tolist()
    met = (points >= THRESHOLD).astype(int).tolist()
    above = {child: parent for parent, child in graph.get_edgelist()}
    for unit in reversed(graph.topological_sorting()):
        parent = above.get(unit)
        if parent is not None:
            eligible[parent] += eligible[unit]
            met[parent] += met[unit]
    return numpy.array(eligible), numpy.array(met)
