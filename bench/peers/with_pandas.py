# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""pandas: a grouped sum of the records, then one grouped sum for each level."""

import pandas
from data import THRESHOLD, Data


class Peer:
    def __init__(self, data: Data) -> None:
        self.units = pandas.DataFrame({"parent": data.parent, "depth": data.depth,
                                       "is_group": data.is_group.astype("int64")})
        self.records = pandas.DataFrame({"unit": data.record_unit,
                                         "value": data.record_value})

    def _own(self):
        values = self.records.groupby("unit")["value"].sum()
        return values.reindex(self.units.index, fill_value=0)

    def _add_up(self, frame):
        for depth in range(self.units["depth"].max(), 0, -1):
            level = self.units["depth"] == depth
            sums = frame[level].groupby(self.units.loc[level, "parent"]).sum()
            frame.loc[sums.index] += sums
        return tuple(frame[name].to_numpy() for name in frame)

    def sums(self):
        return self._add_up(pandas.DataFrame({"sum": self._own()}))

    def coverage(self):
        group = self.units["is_group"]
        return self._add_up(pandas.DataFrame(
            {"eligible": group, "met": group * (self._own() >= THRESHOLD)}))

    @staticmethod
    def load(folder) -> None:
        for name in ("units", "links", "memberships", "records"):
            pandas.read_csv(folder / f"{name}.csv")
