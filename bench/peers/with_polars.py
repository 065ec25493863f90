# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""polars: a grouped sum of the records, then for each level a grouped sum that
is joined to the units above."""

import polars
from data import THRESHOLD, Data


def prepare(data: Data):
    units = polars.DataFrame({"parent": data.parent, "depth": data.depth}
                             ).with_row_index("unit").with_columns(
        polars.col("unit").cast(polars.Int64))
    records = polars.DataFrame({"unit": data.record_unit,
                                "points": data.record_points})
    levels = [units.filter(polars.col("depth") == depth)
              for depth in range(int(data.depth.max()) + 1)]
    return levels, records


def answer(prepared):
    levels, records = prepared
    points = records.group_by("unit").agg(polars.col("points").sum())
    level = levels[-1].join(points, on="unit", how="left").select(
        "unit", "parent", eligible=polars.lit(1, polars.Int64),
        met=(polars.col("points").fill_null(0) >= THRESHOLD).cast(polars.Int64))
    done = [level]
    for above in reversed(levels[:-1]):
        sums = level.group_by("parent").agg(polars.col("eligible", "met").sum())
        level = above.join(sums, left_on="unit", right_on="parent", how="left"
                           ).select("unit", "parent",
                                    polars.col("eligible", "met").fill_null(0))
        done.append(level)
    frame = polars.concat(done).sort("unit")
    return frame["eligible"].to_numpy(), frame["met"].to_numpy()
