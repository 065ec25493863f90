# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""DuckDB: a table that holds, for each unit, the one above it at each depth; one
grouped sum for each depth. Different persons by count(distinct), and again by
the trick that Headrope uses, in SQL: one for each membership, less one at the
lowest node above two that follow each other."""

import duckdb
import pyarrow
from data import THRESHOLD, Data


class Peer:
    def __init__(self, data: Data) -> None:
        self.connection = duckdb.connect()
        self.depths = range(int(data.depth.max()) + 1)
        columns = {"unit": pyarrow.array(range(data.count), pyarrow.int64()),
                   "place": data.place, "depth": data.depth,
                   "identity": pyarrow.array(data.identities),
                   "is_group": data.is_group.astype("int64")}
        for depth, above in enumerate(data.ancestors):
            columns[f"a{depth}"] = pyarrow.array(above, mask=above < 0)
        units = pyarrow.table(columns)
        records = pyarrow.table({"unit": data.record_unit,
                                 "value": data.record_value})
        members = pyarrow.table({"unit": data.member_unit,
                                 "person": data.member_person})
        for name in ("units", "records", "members"):
            self.connection.execute(f"create table {name} as from {name}")
        del units, records, members

    def _answer(self, query, names):
        self.connection.execute(f"create or replace temp table answer as {query}")

        def fetch():
            wanted = ", ".join(f"coalesce({name}, 0)::bigint as {name}"
                               for name in names)
            found = self.connection.execute(
                f"select {wanted} from units left join answer using (unit) "
                "order by unit").fetchnumpy()
            return tuple(found[name] for name in names)

        return fetch

    def _levels(self, what, source):
        return " union all ".join(
            f"select a{depth} as unit, {what} from {source} "
            f"where a{depth} is not null group by a{depth}" for depth in self.depths)

    def sums(self):
        return self._answer(
            "with own as (select unit, sum(value) as v from records group by unit), "
            "flat as materialized (select * from own join units using (unit)) " +
            self._levels("sum(v)::bigint as sum", "flat"), ["sum"])

    def coverage(self):
        return self._answer(
            "with own as (select unit, sum(value) as v from records group by unit), "
            "flat as materialized (select units.*, "
            f"(coalesce(v, 0) >= {THRESHOLD})::bigint as is_met "
            "from units left join own using (unit) where is_group = 1) " +
            self._levels("count(*)::bigint as eligible, sum(is_met)::bigint as met",
                         "flat"), ["eligible", "met"])

    def persons(self):
        return self._answer(
            "with flat as (select * from members join units using (unit)) " +
            self._levels("count(distinct person)::bigint as persons", "flat"),
            ["persons"])

    def persons_by_meeting(self):
        deepest_first = list(reversed(self.depths))
        meet = " ".join(f"when b.a{depth} = u.a{depth} then u.a{depth}"
                        for depth in deepest_first)
        return self._answer(
            "with placed as (select person, unit, lag(unit) over "
            "(partition by person order by place) as before from members "
            "join units using (unit)), "
            "deltas as (select unit, 1 as delta from members union all "
            f"select case {meet} end, -1 from placed "
            "join units u on u.unit = placed.unit "
            "join units b on b.unit = placed.before), "
            "own as (select unit, sum(delta) as v from deltas "
            "where unit is not null group by unit), "
            "flat as materialized (select * from own join units using (unit)) " +
            self._levels("sum(v)::bigint as persons", "flat"), ["persons"])

    def prepare_one(self) -> None:
        self.sums()
        self.connection.execute(
            "create table totals as select identity, coalesce(sum, 0) as sum "
            "from units left join answer using (unit)")
        self.connection.execute("create index by_identity on totals (identity)")

    def one(self, identity: str) -> int:
        return self.connection.execute(
            "select sum from totals where identity = ?", [identity]).fetchone()[0]

    @staticmethod
    def load(folder) -> None:
        connection = duckdb.connect()
        for name in ("units", "links", "memberships", "records"):
            connection.execute(f"create table {name} as "
                               f"from read_csv('{folder / name}.csv', header = true)")
