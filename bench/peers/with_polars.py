# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""polars: a grouped sum of the records, then for each level a grouped sum that
is joined to the units above; different persons level by level too."""

import polars
from data import THRESHOLD, Data


class Peer:
    def __init__(self, data: Data) -> None:
        units = polars.DataFrame({
            "parent": data.parent, "depth": data.depth,
            "is_group": data.is_group}).with_row_index("unit").with_columns(
            polars.col("unit", "is_group").cast(polars.Int64))
        self.records = polars.DataFrame({"unit": data.record_unit,
                                         "value": data.record_value})
        self.members = polars.DataFrame({"unit": data.member_unit,
                                         "person": data.member_person})
        self.levels = [units.filter(polars.col("depth") == depth)
                       for depth in range(int(data.depth.max()) + 1)]

    def _add_up(self, own, names):
        done = []
        below = None
        for level in reversed(self.levels):
            level = level.join(own, on="unit", how="left").with_columns(
                polars.col(names).fill_null(0))
            if below is not None:
                sums = below.group_by("parent").agg(polars.col(names).sum())
                level = level.join(sums, left_on="unit", right_on="parent",
                                   how="left", suffix="_below").with_columns(
                    polars.col(name) + polars.col(name + "_below").fill_null(0)
                    for name in names)
            below = level.select("unit", "parent", *names)
            done.append(below)
        frame = polars.concat(done).sort("unit")
        return tuple(frame[name].to_numpy() for name in names)

    def _own(self):
        return self.records.group_by("unit").agg(polars.col("value").sum())

    def sums(self):
        return self._add_up(self._own(), ["value"])

    def coverage(self):
        groups = polars.concat(self.levels).filter(polars.col("is_group") == 1)
        own = groups.join(self._own(), on="unit", how="left").select(
            "unit", eligible=polars.lit(1, polars.Int64),
            met=(polars.col("value").fill_null(0) >= THRESHOLD).cast(polars.Int64))
        return self._add_up(own, ["eligible", "met"])

    def persons(self):
        counts = []
        below = None
        for level in reversed(self.levels):
            here = self.members.join(level.select("unit", "parent"), on="unit")
            if below is not None:
                here = polars.concat([here.select("unit", "person"), below.select(
                    polars.col("parent").alias("unit"), "person")]).join(
                    level.select("unit", "parent"), on="unit")
            below = here.unique(["unit", "person"])
            counts.append(level.select("unit").join(
                below.group_by("unit").agg(polars.len().cast(polars.Int64)),
                on="unit", how="left").fill_null(0))
        return (polars.concat(counts).sort("unit")["len"].to_numpy(),)

    @staticmethod
    def load(folder) -> None:
        for name in ("units", "links", "memberships", "records"):
            polars.read_csv(folder / f"{name}.csv", infer_schema_length=100_000)
