# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""NetworkX: a directed graph, sorted topologically, and gone through backwards."""

import networkx
from graph import GraphPeer


class Peer(GraphPeer):
    def made(self, parents):
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(len(parents)))
        graph.add_edges_from((parent, unit) for unit, parent
                             in enumerate(parents) if parent >= 0)
        return graph

    def upwards(self):
        for unit in reversed(list(networkx.topological_sort(self.graph))):
            for parent in self.graph.predecessors(unit):
                yield unit, parent
