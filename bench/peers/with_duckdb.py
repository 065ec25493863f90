# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""DuckDB: one query; a recursive one gives each unit those above it."""

import duckdb
import pyarrow
from data import THRESHOLD, Data

QUERY = f"""
with recursive points as (
  select unit, sum(points) as points from records group by unit),
leaves as (
  select u.unit, u.parent, (coalesce(p.points, 0) >= {THRESHOLD})::bigint as met
  from units u left join points p using (unit)
  where u.depth = (select max(depth) from units)),
counted as (
  select unit, parent, 1::bigint as eligible, met from leaves
  union all
  select u.unit, u.parent, c.eligible, c.met
  from (select parent, sum(eligible)::bigint as eligible, sum(met)::bigint as met
        from counted group by parent) c
  join units u on u.unit = c.parent)
select unit, sum(eligible)::bigint as eligible, sum(met)::bigint as met
from counted group by unit order by unit
"""


def prepare(data: Data):
    connection = duckdb.connect()
    units = pyarrow.table({"unit": range(0), "parent": [], "depth": []})
    units = pyarrow.table({
        "unit": pyarrow.array(range(data.count), pyarrow.int64()),
        "parent": data.parent, "depth": data.depth})
    records = pyarrow.table({"unit": data.record_unit,
                             "points": data.record_points})
    connection.execute("create table units as from units")
    connection.execute("create table records as from records")
    del units, records
    return connection


def answer(connection):
    found = connection.execute(QUERY).fetchnumpy()
    return found["eligible"], found["met"]
