# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Tables out, through every reader of Arrow, and frames in."""

from __future__ import annotations

import datetime
import decimal
import json
from fractions import Fraction
from pathlib import Path

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
from conftest import LAST_DAY, YEAR

import headrope
from headrope import _arrow
from headrope._capi import ffi, lib


@pytest.fixture(scope="module")
def table(snapshot: headrope.Snapshot, pack: headrope.Pack) -> headrope.Table:
    return snapshot.assess(pack, "S02", **YEAR).cover("party").table()


def test_every_reader_sees_the_same(table: headrope.Table) -> None:
    t, units = table, table.column("unit")
    assert pyarrow.table(t).column("unit").to_pylist() == units
    assert polars.DataFrame(t)["unit"].to_list() == units
    if hasattr(pandas.DataFrame, "from_arrow"):  # Since pandas 3.
        assert list(pandas.DataFrame.from_arrow(t)["unit"]) == units
    found = duckdb.connect().sql("select unit, rate.numerator from t").fetchall()
    assert found == list(zip(units, t.column("met"), strict=True))


def test_texts_and_numbers_are_shared_not_copied(table: headrope.Table) -> None:
    schema, array = table._export()
    for column, name in enumerate(table.column_names):
        if name not in ("unit", "eligible"):
            continue
        buffers = array.pointer.children[column].buffers
        ours = int(ffi.cast("uintptr_t", buffers[1]))
        chunk = pyarrow.table(table).column(name).chunk(0)
        assert chunk.buffers()[1].address == ours
        frame = polars.DataFrame(table)
        if name == "eligible":
            numbers = frame[name].to_numpy(allow_copy=False)
            assert numbers.__array_interface__["data"][0] == ours


def test_an_array_outlives_its_table(snapshot: headrope.Snapshot) -> None:
    table = snapshot.member_table("party")
    expected = table.column("name")
    data = pyarrow.table(table)
    table.close()
    del table
    assert data.column("name").to_pylist() == expected


def test_pandas_and_polars_for_comfort(snapshot: headrope.Snapshot,
                                       table: headrope.Table) -> None:
    frame = table.to_pandas().set_index("unit")
    assert frame.loc["U01", "rate"] == pytest.approx(5 / 9)
    assert (frame.loc["U01", "rate_numerator"],
            frame.loc["U01", "rate_denominator"]) == (5, 9)
    assert pandas.isna(frame.loc["U12", "rate"])
    assert frame["eligible"].dtype == "int64" and frame["rate"].dtype == "Float64"
    gaps = snapshot.responsibility().gaps().to_pandas()
    assert str(gaps["valid_from"].dtype).startswith("datetime64")
    assert gaps["count"].dtype == "Int64" and gaps["count"].isna().any()
    lazy = table.to_polars()
    assert lazy.columns == list(table.to_pandas().columns)
    assert lazy.filter(polars.col("unit") == "U12")["rate"].to_list() == [None]


def test_cells_are_python_values(snapshot: headrope.Snapshot,
                                 pack: headrope.Pack, table: headrope.Table) -> None:
    assert next(table.rows())["rate"] == headrope.Ratio(5, 9)
    assert float(headrope.Ratio(5, 9)) == pytest.approx(5 / 9)
    parameters = pack.table("parameters", day=LAST_DAY)
    assert Fraction(8) in parameters.column("value")
    gaps = snapshot.responsibility().gaps()
    assert gaps["valid_from"][0] == datetime.date(2012, 1, 1)
    assert gaps["valid_until"][0] is None
    assert table.display("rate", 0) == "55.6 %"
    assert [table.depth(row) for row in range(3)] == [0, 1, 1]


@pytest.mark.parametrize("kind", [list, "int64", "int32", "float64"])
def test_figures_of_the_caller(snapshot: headrope.Snapshot, kind: object) -> None:
    values = list(range(snapshot.count("unit")))
    given = values if kind is list else numpy.array(values, kind)  # type: ignore[call-overload]
    figures = snapshot.figures(given)
    assert [figures.at(unit) for unit in values] == values
    if kind == "int64":
        with pytest.raises(headrope.errors.InvalidArgumentError):
            snapshot.figures(given[1:])
        with pytest.raises((ValueError, BufferError)):
            snapshot.figures(given[::2])


def test_csv_and_json(table: headrope.Table, tmp_path: Path) -> None:
    text = table.to_csv()
    assert text is not None and text.startswith("unit,parent,name,kind")
    assert table.to_csv(tmp_path / "out.csv") is None
    assert (tmp_path / "out.csv").read_text("utf-8") == text
    rows = json.loads(table.to_json() or "")
    assert [row["unit"] for row in rows] == table.column("unit")


def test_html_is_escaped_and_short() -> None:
    registry = headrope.Registry()
    for at in range(60):
        registry.add_row("units", unit=f"U{at:02d}", kind="party_branch",
                         name="<script>alert('x')</script>",
                         valid_from=datetime.date(2012, 1, 1))
        registry.add_row("links", hierarchy="party", unit=f"U{at:02d}",
                         parent="U00" if at else None,
                         valid_from=datetime.date(2012, 1, 1))
    snapshot = registry.freeze(LAST_DAY)
    for shown in (snapshot.member_table("party"), snapshot.subtree("U00", "party")):
        html = shown._repr_html_()
        assert "<script>" not in html and "&lt;script&gt;" in html
        assert html.count("<tr>") == 51 and "more" in html


def test_an_explanation_shows_itself(snapshot: headrope.Snapshot,
                                     pack: headrope.Pack) -> None:
    explanation = snapshot.explain(pack, "S02", "U10", **YEAR)
    assert "U10" in explanation._repr_html_()
    assert explanation.to_dict()["subject"] == "U10"


# Frames in

UNITS = [("B1", "party_branch", "一支部"), ("B2", "party_branch", "二支部")]


def filled(**tables: object) -> headrope.Registry:
    registry = headrope.Registry()
    for name, data in tables.items():
        registry.add_stream(name, data)  # type: ignore[arg-type]
    return registry


def frames() -> dict[str, object]:
    names = ["unit", "kind", "name"]
    columns: dict[str, list[object]] = {
        name: [row[at] for row in UNITS] for at, name in enumerate(names)}
    columns["valid_from"] = [datetime.date(2012, 1, 1)] * 2
    arrow = pyarrow.table(columns)
    relation = duckdb.connect().from_arrow(arrow)
    midnight = pandas.DataFrame(columns)
    midnight["valid_from"] = pandas.to_datetime(midnight["valid_from"])
    midnight["kind"] = midnight["kind"].astype("category")
    return {"pyarrow": arrow, "reader": arrow.to_reader(), "polars":
            polars.DataFrame(columns), "categories": polars.DataFrame(columns).with_columns(
                polars.col("kind").cast(polars.Categorical)),
            "pandas": pandas.DataFrame(columns), "timestamps": midnight,
            "duckdb": relation}


@pytest.mark.parametrize("source", frames())
def test_units_come_in_from(source: str) -> None:
    registry = filled(units=frames()[source])
    snapshot = registry.freeze(LAST_DAY)
    assert snapshot.identities("unit") == ["B1", "B2"]
    assert snapshot.name("unit", "B2") == "二支部"


def test_a_parquet_file_comes_in(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(frames()["pyarrow"], tmp_path / "units.parquet")
    data = pyarrow.parquet.ParquetFile(tmp_path / "units.parquet").read()
    assert filled(units=data).row_count("units") == 2


def test_a_table_of_ours_comes_in(snapshot: headrope.Snapshot) -> None:
    registry = headrope.Registry()
    t = snapshot.member_table("party")
    answer = duckdb.connect().sql(
        "select unit, kind, name, date '2012-01-01' as valid_from from t")
    assert len(t) == 14
    assert registry.add_stream("units", answer) == 14


@pytest.mark.parametrize(("value", "expected"), [
    (2.0, "2"), (2.5, None), (decimal.Decimal("3.00"), "3"), (3, "3"),
    (decimal.Decimal("3.50"), None), (float("inf"), None),
])
def test_numbers_of_records(value: object, expected: str | None) -> None:
    registry = filled(units=frames()["pyarrow"])
    records = pyarrow.table({
        "measure": ["study_session"], "unit": ["B1"],
        "valid_from": [datetime.date(2013, 3, 1)], "value": [value]})
    if expected is None:  # The measure has no decimals.
        with pytest.raises(headrope.HeadropeError):
            registry.add_stream("records", records)
    else:
        registry.add_stream("records", records)
        sums = registry.freeze(LAST_DAY).tally("study_session", "sum")
        assert sums.at("B1") == int(expected)


def test_a_time_of_day_is_no_day() -> None:
    data = pyarrow.table({
        "unit": ["B1"], "kind": ["party_branch"], "name": ["一"],
        "valid_from": [datetime.datetime(2012, 1, 1, 13, 30)]})
    with pytest.raises(ValueError):
        filled(units=data)
    zoned = data.set_column(3, "valid_from", pyarrow.array(
        [datetime.datetime(2012, 1, 1)], pyarrow.timestamp("s", "Asia/Shanghai")))
    with pytest.raises(headrope.errors.FormatUnsupportedError):
        filled(units=zoned)


def test_all_rows_or_none() -> None:
    registry = headrope.Registry()
    data = pyarrow.table({
        "unit": ["B1", "B2"], "kind": ["party_branch", "no_such_kind"],
        "valid_from": [datetime.date(2012, 1, 1)] * 2})
    with pytest.raises(headrope.errors.KindUnknownError) as raised:
        registry.add_stream("units", data)
    assert raised.value.row == 2 and registry.row_count("units") == 0


def test_a_spent_stream_is_a_clean_error() -> None:
    reader = pyarrow.table(frames()["pyarrow"]).to_reader()
    registry = headrope.Registry()
    assert registry.add_stream("units", reader) == 2
    with pytest.raises((ValueError, headrope.HeadropeError)):
        headrope.Registry().add_stream("units", reader)
        raise ValueError("an empty stream adds nothing")


# Hostile streams

class Hostile:
    """A stream of one column that lies in one way."""

    def __init__(self, lie: str) -> None:
        self.lie = lie
        self.kept: _Lying | None = None

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        stream = _arrow.Capsule("array_stream")
        if self.lie == "null release":
            self.capsule = stream
            return stream.object
        good = pyarrow.table({"unit": ["B1", "B2"],
                              "kind": ["party_branch"] * 2,
                              "valid_from": [datetime.date(2012, 1, 1)] * 2})
        reader = good.to_reader()
        self.kept = _Lying(reader.__arrow_c_stream__(), self.lie)
        return self.kept.capsule.object


class _Lying:
    """Passes a stream on and spoils its first array."""

    def __init__(self, capsule: object, lie: str) -> None:
        self.inner_capsule = capsule
        self.inner = _arrow.stream_in(capsule)
        self.lie = lie
        self.capsule = _arrow.Capsule("array_stream")
        it = self.capsule.pointer
        self.callbacks = [
            ffi.callback("int(struct ArrowArrayStream *, struct ArrowSchema *)",
                         lambda _, out: self.inner.get_schema(self.inner, out)),
            ffi.callback("int(struct ArrowArrayStream *, struct ArrowArray *)",
                         self.get_next),
            ffi.callback("const char *(struct ArrowArrayStream *)",
                         lambda _: ffi.NULL),
            ffi.callback("void(struct ArrowArrayStream *)", self.release)]
        it.get_schema, it.get_next, it.get_last_error, it.release = self.callbacks

    def release(self, stream: object) -> None:
        self.capsule.pointer.release = ffi.NULL

    def get_next(self, _: object, out: object) -> int:
        if self.lie == "fails":
            return 5
        status: int = self.inner.get_next(self.inner, out)
        array = ffi.cast("struct ArrowArray *", out)
        if array.release:
            self.spoil(array)
        return status

    def spoil(self, array: object) -> None:
        array = ffi.cast("struct ArrowArray *", array)
        column = array.children[0]
        if self.lie == "negative length":
            array.length = -1
        elif self.lie == "length beyond the columns":
            array.length = 1_000_000_000
        elif self.lie == "offsets go back":
            offsets = ffi.cast("int32_t *", column.buffers[1])
            self.saved = list(offsets[0:3])
            offsets[1] = -7
        elif self.lie == "offsets far away":
            offsets = ffi.cast("int32_t *", column.buffers[1])
            offsets[1] = 2**31 - 1
        elif self.lie == "no buffers":
            column.n_buffers = 0
        elif self.lie == "children missing":
            array.n_children = 1
        elif self.lie == "not utf-8":
            ffi.memmove(ffi.cast("char *", column.buffers[2]), b"\xff\xfe", 2)


@pytest.mark.parametrize("lie", [
    "null release", "fails", "negative length", "length beyond the columns",
    "offsets go back", "offsets far away", "no buffers", "children missing",
    "not utf-8"])
def test_a_hostile_stream_is_refused(lie: str) -> None:
    registry = headrope.Registry()
    stream = Hostile(lie)
    with pytest.raises(headrope.HeadropeError):
        registry.add_stream("units", stream)
    assert registry.row_count("units") == 0
    if stream.kept is not None:  # C may call back until it is released.
        stream.kept.capsule.pointer.release(stream.kept.capsule.pointer)


@pytest.mark.parametrize("thing", [None, 7, "units", [1, 2], object()])
def test_what_is_no_stream_is_a_type_error(thing: object) -> None:
    with pytest.raises(TypeError):
        headrope.Registry().add_stream("units", thing)  # type: ignore[arg-type]


def test_a_capsule_of_another_kind_is_refused(table: headrope.Table) -> None:
    class Wrong:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table.__arrow_c_schema__()

    with pytest.raises(ValueError):
        headrope.Registry().add_stream("units", Wrong())


def test_capsules_that_nobody_reads_are_released(table: headrope.Table) -> None:
    for _ in range(100):
        table.__arrow_c_stream__()
        table.__arrow_c_array__()
    assert lib.headrope_table_row_count(table._held()) == 14
