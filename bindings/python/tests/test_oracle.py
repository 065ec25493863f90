# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Random organisations against plain pandas and NetworkX.

The oracle is written as an analyst would: links and records are frames, the
hierarchy is a directed graph, what is below a unit are its descendants.
"""

from __future__ import annotations

import datetime

import networkx
import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import headrope

FIRST = datetime.date(2013, 1, 1)
DAYS = 40
AS_OF = FIRST + datetime.timedelta(days=DAYS)

PACK = """
format: headrope-pack/1
id: random
title: {zh: 随机, en: random}
issuer: {zh: 某, en: some}
issued: 2012-12-01
effective: 2013-01-01
parameters:
  asked:
    title: {zh: 次数, en: sessions}
    unit: session
    values: [{from: 2013-01-01, value: 2, clause: 一}]
rules:
  - {id: R1, clause: 一, title: {zh: 天, en: days},
     subjects: {units: [party_branch]}, window: {by: 2013-02-10},
     require: {days: study_session, at_least: asked}}
"""


@st.composite
def organisations(draw: st.DrawFn) -> dict[str, pandas.DataFrame]:
    """Frames of units, links, persons, memberships and records."""
    count = draw(st.integers(1, 25))
    names = [f"U{at:02d}" for at in range(count)]
    units = pandas.DataFrame({
        "unit": names,
        "kind": [draw(st.sampled_from(["party_branch", "party_committee"]))
                 for _ in names],
        "name": [f"支部{at}" for at in range(count)],
        "valid_from": pandas.Series([FIRST] * count, dtype="datetime64[s]")})
    parents = [None] + [draw(st.sampled_from([*names[:at], None]))
                        for at in range(1, count)]
    links = pandas.DataFrame({
        "hierarchy": "party", "unit": names,
        "parent": pandas.Series(parents, dtype="str"),
        "valid_from": units["valid_from"]})
    persons = draw(st.lists(st.sampled_from(names), max_size=30))
    memberships = pandas.DataFrame({
        "person": pandas.Series([f"P{at:02d}" for at in range(len(persons))],
                                dtype="str"),
        "unit": pandas.Series(persons, dtype="str"),
        "valid_from": pandas.Series([FIRST] * len(persons), dtype="datetime64[s]")})
    records = draw(st.lists(st.tuples(
        st.sampled_from(names), st.integers(0, DAYS - 1), st.integers(0, 4)),
        max_size=60))
    starts = [FIRST + datetime.timedelta(days=start) for _, start, _ in records]
    lengths = [length for _, _, length in records]
    frame = pandas.DataFrame({
        "measure": "study_session",
        "unit": pandas.Series([unit for unit, _, _ in records], dtype="str"),
        "valid_from": pandas.Series(starts, dtype="datetime64[s]"),
        # The day after the last; what lies beyond the day of the snapshot is cut.
        "valid_until": pandas.Series(
            [start + datetime.timedelta(days=1 + length)
             for start, length in zip(starts, lengths, strict=True)],
            dtype="datetime64[s]")})
    return {"units": units, "links": links, "memberships": memberships,
            "records": frame}


def built(tables: dict[str, pandas.DataFrame]) -> headrope.Registry:
    registry = headrope.Registry()
    for name, frame in tables.items():
        if not frame.empty:
            assert registry.add_stream(name, frame) == len(frame)
    registry.check()
    return registry


def graph_of(tables: dict[str, pandas.DataFrame]) -> networkx.DiGraph[str]:
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(tables["units"]["unit"])
    linked = tables["links"].dropna(subset="parent")
    graph.add_edges_from(zip(linked["parent"], linked["unit"], strict=True))
    return graph


def below(graph: networkx.DiGraph[str], unit: str) -> set[str]:
    return {unit, *networkx.descendants(graph, unit)}


def study_days(tables: dict[str, pandas.DataFrame]) -> pandas.Series[int]:
    """Distinct days of each unit, one row for each day of each record."""
    records = tables["records"]
    days = records.assign(day=[
        pandas.date_range(row.valid_from, row.valid_until, inclusive="left")
        for row in records.itertuples()]).explode("day")
    days = days.assign(day=pandas.to_datetime(days["day"]))
    days = days[days["day"] <= pandas.Timestamp(AS_OF)]
    return days.groupby("unit")["day"].nunique()


@settings(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.too_slow])
@given(organisations())
def test_roll_up_members_and_coverage(tables: dict[str, pandas.DataFrame]) -> None:
    registry = built(tables)
    snapshot = registry.freeze(AS_OF)
    graph, days = graph_of(tables), study_days(tables)
    own = {unit: int(days.get(unit, 0)) for unit in graph}

    rolled = snapshot.tally("study_session", "distinct_days").roll_up("party")
    frame = rolled.to_pandas().set_index("unit")
    assert frame["own"].to_dict() == own
    assert frame["sum"].to_dict() == {
        unit: sum(own[one] for one in below(graph, unit)) for unit in graph}

    members = tables["memberships"].groupby("unit")["person"].nunique()
    counted = snapshot.member_table("party").to_polars()
    assert dict(counted.select("unit", "members").iter_rows()) == {
        unit: sum(int(members.get(one, 0)) for one in below(graph, unit))
        for unit in graph}

    pack = registry.parse_pack(PACK)
    kinds = tables["units"].set_index("unit")["kind"]
    table = snapshot.assess(pack, "R1").cover("party").table()
    for row in table:
        branches = [one for one in below(graph, str(row["unit"]))
                    if kinds[one] == "party_branch"]
        met = sum(own[one] >= 2 for one in branches)
        assert row["rate"] == headrope.Ratio(met, len(branches))


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.too_slow])
@given(organisations(), st.integers(1, 6))
def test_who_falls_out(tables: dict[str, pandas.DataFrame], asked: int) -> None:
    registry = built(tables)
    snapshot = registry.freeze(AS_OF)
    pack = registry.parse_pack(PACK)
    stricter = pack.with_parameter("asked", asked, valid_from=FIRST)
    days, kinds = study_days(tables), tables["units"].set_index("unit")["kind"]
    branches = kinds[kinds == "party_branch"].index
    expected = [unit for unit in branches if 2 <= days.get(unit, 0) < asked]
    changed = snapshot.compare(pack, stricter).falls_out
    assert list(changed["subject"]) == sorted(expected)


@pytest.mark.parametrize("thread_count", [1, 2])
def test_the_answer_does_not_depend_on_threads(
        snapshot: headrope.Snapshot, pack: headrope.Pack, thread_count: int) -> None:
    assessment = snapshot.assess(pack, "S02", thread_count=thread_count)
    text = assessment.cover("party", thread_count=thread_count).table().to_csv()
    assert text == snapshot.assess(pack, "S02").cover("party").table().to_csv()
