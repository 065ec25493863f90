# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Frames in, frames out: an organisation from pandas, answers to polars and
DuckDB, and no file of CSV. docs/guide/python.md quotes this file.
"""

import datetime

import duckdb
import pandas
import polars

import headrope

begin = pandas.Timestamp("2012-01-01")
units = pandas.DataFrame({
    "unit": ["C1", "B1", "B2"], "name": ["街道党工委", "一支部", "二支部"],
    "kind": ["party_working_committee", "party_branch", "party_branch"],
    "valid_from": begin})
links = pandas.DataFrame({
    "hierarchy": "party", "unit": ["C1", "B1", "B2"], "parent": [None, "C1", "C1"],
    "valid_from": begin})
sessions = polars.DataFrame({
    "measure": "study_session", "unit": ["B1", "B1", "B2"],
    "valid_from": [datetime.date(2013, 3, day) for day in (1, 8, 8)]})

registry = headrope.Registry()
registry.add_stream("units", units)
registry.add_stream("links", links)
registry.add_stream("records", duckdb.sql("from sessions where unit like 'B%'"))
registry.check()

snapshot = registry.freeze(datetime.date(2013, 12, 31))
t = snapshot.tally("study_session").roll_up("party")
assert polars.DataFrame(t)["sum"].to_list() == [3, 2, 1]
assert duckdb.sql("select max(sum) from t").fetchall() == [(3,)]
print(t.to_pandas()[["name", "own", "sum"]])
