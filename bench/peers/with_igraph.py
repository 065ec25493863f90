# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""igraph: gone through breadth first from the country, and back."""

import igraph
from graph import GraphPeer


class Peer(GraphPeer):
    def made(self, parents):
        edges = [(parent, unit) for unit, parent in enumerate(parents) if parent >= 0]
        return igraph.Graph(n=len(parents), edges=edges, directed=True)

    def upwards(self):
        order, _, parents = self.graph.bfs(int(self.data.parent.argmin()))
        for unit in reversed(order[1:]):
            yield unit, parents[unit]
