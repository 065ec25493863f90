# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""rustworkx: sorted topologically, and gone through backwards."""

import rustworkx
from graph import GraphPeer


class Peer(GraphPeer):
    def made(self, parents):
        graph = rustworkx.PyDiGraph()
        graph.add_nodes_from(range(len(parents)))
        graph.add_edges_from_no_data([(parent, unit) for unit, parent
                                      in enumerate(parents) if parent >= 0])
        return graph

    def upwards(self):
        above = {child: parent for parent, child in self.graph.edge_list()}
        for unit in reversed(rustworkx.topological_sort(self.graph)):
            if unit in above:
                yield unit, above[unit]
