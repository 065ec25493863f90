# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""pandas: a grouped sum of the records, then one grouped sum for each level."""

import pandas
from data import THRESHOLD, Data


def prepare(data: Data):
    units = pandas.DataFrame({"parent": data.parent, "depth": data.depth})
    records = pandas.DataFrame({"unit": data.record_unit,
                                "points": data.record_points})
    return units, records


def answer(prepared):
    units, records = prepared
    points = records.groupby("unit")["points"].sum()
    deepest = units["depth"].max()
    frame = pandas.DataFrame({
        "eligible": (units["depth"] == deepest).astype("int64"),
        "met": (points.reindex(units.index, fill_value=0) >= THRESHOLD)
               .astype("int64")})
    for depth in range(deepest, 0, -1):
        level = units["depth"] == depth
        sums = frame[level].groupby(units.loc[level, "parent"]).sum()
        frame.loc[sums.index] += sums
    return frame["eligible"].to_numpy(), frame["met"].to_numpy()
