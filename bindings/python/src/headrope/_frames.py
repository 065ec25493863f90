# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Tables as frames of pandas and polars, as analysts expect their columns."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars

    from headrope.table import Column, Table


def to_pandas(table: Table) -> pandas.DataFrame:
    """Gives a pandas frame: see `Table.to_pandas`."""
    import pandas
    import pyarrow

    data = pyarrow.table(table)
    made: dict[str, Any] = {}
    for column in table.columns:
        values = data.column(column.name)
        for name, part, dtype in _parts(column, values):
            series = part.to_pandas(types_mapper=_nullable().get)
            made[name] = series.astype(dtype) if dtype else series
    frame: pandas.DataFrame = pandas.DataFrame(made)
    return frame


def _nullable() -> dict[Any, Any]:
    import pandas
    import pyarrow

    return {pyarrow.int64(): pandas.Int64Dtype()}


def _parts(column: Column, values: Any) -> list[tuple[str, Any, str | None]]:
    """Gives the columns of a frame that a column becomes, and their types."""
    import pyarrow

    # Its functions are made when it is imported: type checkers know none.
    compute: Any = importlib.import_module("pyarrow.compute")
    if column.type == "date":
        return [(column.name, values.cast(pyarrow.timestamp("s")), None)]
    if column.type == "integer" and not column.has_missing:
        return [(column.name, values, "int64")]
    if column.type == "decimal":
        shares = compute.divide(values.cast(pyarrow.float64()),
                                10.0 ** column.decimals)
        return [(column.name, shares, "Float64")]
    if column.type in ("ratio", "fraction"):
        above = compute.struct_field(values, "numerator")
        below = compute.struct_field(values, "denominator")
        whole = compute.if_else(compute.equal(below, 0), None, below)
        share = compute.divide(above.cast(pyarrow.float64()),
                               whole.cast(pyarrow.float64()))
        if column.type == "fraction":
            return [(column.name, share, "Float64")]
        return [(column.name, share, "Float64"),
                (column.name + "_numerator", above, "Int64"),
                (column.name + "_denominator", below, "Int64")]
    return [(column.name, values, None)]


def to_polars(table: Table) -> polars.DataFrame:
    """Gives a polars frame: see `Table.to_polars`."""
    import polars

    frame = polars.DataFrame(table)
    columns: list[polars.Expr] = []
    for column in table.columns:
        values = polars.col(column.name)
        if column.type == "decimal":
            columns.append((values / 10.0 ** column.decimals).alias(column.name))
        elif column.type in ("ratio", "fraction"):
            above = values.struct.field("numerator")
            below = values.struct.field("denominator")
            whole = polars.when(below != 0).then(below)
            columns.append((above / whole).alias(column.name))
            if column.type == "ratio":
                columns += [above.alias(column.name + "_numerator"),
                            below.alias(column.name + "_denominator")]
        else:
            columns.append(values)
    return frame.select(columns)
