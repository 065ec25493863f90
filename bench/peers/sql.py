# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""What SQLite and PostgreSQL share: nested sets. Units stand in pre-order, each
knows the last place below it; running sums give every node's sum. Different
persons by a table of all pairs of a unit and one above it."""

import numpy
from data import THRESHOLD, Data


class SqlPeer:
    def __init__(self, data: Data) -> None:
        self.run("create table units (unit integer, place integer primary key, "
                 "last integer, is_group integer, identity text, parent integer)")
        self.fill("units", zip(
            range(data.count), data.place.tolist(), (data.end - 1).tolist(),
            data.is_group.tolist(), data.identities, data.parent.tolist(),
            strict=True))
        self.run("create table records (unit integer, value integer)")
        self.fill("records", zip(data.record_unit.tolist(),
                                 data.record_value.tolist(), strict=True))
        self.run("create unique index units_unit on units (unit)")
        self.data = data

    def run(self, statement: str):
        """Runs a statement and gives its rows, if it has any."""
        raise NotImplementedError

    def fill(self, table: str, rows) -> None:
        """Puts rows into a table."""
        raise NotImplementedError

    def _answer(self, values: dict[str, str]):
        own = ", ".join(f"{value} as {name}" for name, value in values.items())
        upto = ", ".join(f"sum({name}) over (order by place) as {name}_upto"
                         for name in values)
        self.run("drop table if exists line")
        self.run("create temporary table line (place integer primary key, "
                 "unit integer, last integer, " +
                 ", ".join(f"{name} bigint, {name}_upto bigint" for name in values) +
                 ")")
        self.run("insert into line select place, unit, last, " +
                 ", ".join(f"{name}, {name}_upto" for name in values) +
                 f" from (select *, {upto} from (select u.place, u.unit, u.last, "
                 f"{own} from units u left join (select unit, sum(value) as v "
                 "from records group by unit) r on r.unit = u.unit) t) s "
                 "order by place")
        self.run("drop table if exists answer")
        self.run("create temporary table answer as select a.unit, " +
                 ", ".join(f"z.{name}_upto - a.{name}_upto + a.{name} as {name}"
                           for name in values) +
                 " from line a join line z on z.place = a.last")

        def fetch():
            rows = numpy.array(self.run(
                f"select unit, {', '.join(values)} from answer"), numpy.int64)
            answers = numpy.zeros((len(values), self.data.count), numpy.int64)
            answers[:, rows[:, 0]] = rows[:, 1:].T
            return tuple(answers)

        return fetch

    def sums(self):
        return self._answer({"total": "coalesce(v, 0)"})

    def coverage(self):
        return self._answer({
            "eligible": "is_group",
            "met": f"case when is_group = 1 and coalesce(v, 0) >= {THRESHOLD} "
                   "then 1 else 0 end"})

    def prepare_one(self) -> None:
        self.sums()
        self.run("create table totals (identity text primary key, total bigint)")
        self.run("insert into totals select u.identity, a.total from units u "
                 "join answer a on a.unit = u.unit order by u.identity")
