# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Tables: how every answer leaves the library.

A table gives its columns to pyarrow, polars, pandas and DuckDB without copying
texts and numbers, because it speaks the Arrow PyCapsule interface. `to_pandas`
and `to_polars` are for comfort: they also unfold what Arrow has no type for.
"""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from headrope import _calls, _html
from headrope._arrow import Capsule
from headrope._capi import ffi, lib
from headrope._library import (
    NONE,
    Handle,
    Pointer,
    call,
    date_of,
    encoded,
    handle,
    made,
    new,
    number,
    view,
    words,
)
from headrope.errors import NotFoundError

if TYPE_CHECKING:
    import pandas
    import polars

ColumnType = Literal["text", "integer", "decimal", "date", "ratio", "fraction"]

_TYPES = cast(dict[int, ColumnType],
              {at: word for word, at in words("HEADROPE_COLUMN_").items()})


class Ratio(NamedTuple):
    """A part over a whole, both kept. A ratio over 0 is that of nothing.

    Examples
    --------
    >>> float(Ratio(23, 29)), str(Ratio(23, 29))
    (0.7931034482758621, '23/29')
    """

    numerator: int
    denominator: int

    def __float__(self) -> float:
        if self.denominator == 0:
            return float("nan")
        return self.numerator / self.denominator

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


class Column(NamedTuple):
    """What a column of a table holds.

    Attributes
    ----------
    name : str
        For machines, such as ``not_evaluable``.
    type : str
        ``text``, ``integer``, ``decimal``, ``date``, ``ratio`` or ``fraction``.
    decimals : int
        Of a decimal: how many places its integers have.
    has_missing : bool
        Whether a value may be missing.
    """

    name: str
    type: ColumnType
    decimals: int
    has_missing: bool


Value = str | int | Decimal | datetime.date | Ratio | Fraction | None
"""What a cell gives; None where the value is missing."""


class Table(Handle):
    """Columns of one length, immutable.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> table = snapshot.member_table("party")
    >>> len(table), table.column_names
    (14, ['unit', 'parent', 'name', 'kind', 'members'])
    >>> table.column("members")[:3]
    [29, 9, 7]
    >>> next(table.rows())["name"]
    '新城街道党工委'
    """

    __slots__ = ("_columns",)

    _columns: list[Column]

    @classmethod
    def _from(cls, function: Callable[..., int], *arguments: Any) -> Table:
        """Takes over the table that a function of the library makes."""
        return cls._of(handle(function, *arguments, kind="headrope_table",
                              free=lib.headrope_table_free))

    @classmethod
    def _of(cls, pointer: Pointer) -> Table:
        table = cls.__new__(cls)
        table._pointer = pointer
        table._columns = [_column(pointer, at) for at in
                          range(lib.headrope_table_column_count(pointer))]
        return table

    @property
    def row_count(self) -> int:
        """How many rows there are; also `len`."""
        count: int = lib.headrope_table_row_count(self._held())
        return count

    def __len__(self) -> int:
        return self.row_count

    @property
    def columns(self) -> list[Column]:
        """What each column holds."""
        return list(self._columns)

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, for machines."""
        return [column.name for column in self._columns]

    def find_column(self, name: str) -> int | None:
        """Gives the position of a column, None if there is none."""
        text = encoded(name)
        at = number(lib.headrope_table_find_column, self._held(), text, len(text))
        return None if at == NONE else at

    def column(self, name: str) -> list[Value]:
        """Gives the values of a column.

        Raises
        ------
        NotFoundError
            If there is no such column.
        """
        at = self._position(name)
        read = _READERS[self._columns[at].type]
        pointer = self._held()
        return [self._cell(pointer, read, at, row) for row in range(self.row_count)]

    def __getitem__(self, name: str) -> list[Value]:
        return self.column(name)

    def rows(self) -> Iterator[dict[str, Value]]:
        """Goes through the rows, each a dictionary by the names of columns."""
        pointer = self._held()
        cells = [(column.name, _READERS[column.type], at)
                 for at, column in enumerate(self._columns)]
        for row in range(self.row_count):
            yield {name: self._cell(pointer, read, at, row)
                   for name, read, at in cells}

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return self.rows()

    def _cell(self, pointer: Pointer, read: Callable[..., Value], at: int,
              row: int) -> Value:
        if self._columns[at].has_missing and made(
                lib.headrope_table_is_missing, pointer, at, row, kind="int32_t"):
            return None
        return read(pointer, self._columns[at], at, row)

    def depth(self, row: int) -> int:
        """Gives the depth of a row in a tree; 0 in a table that is none."""
        depth: int = made(lib.headrope_table_depth, self._held(), row,
                          kind="int32_t")
        return depth

    def display(self, column: str | int, row: int) -> str:
        """Writes a cell as people read it: ``79.3 %``, ``2013-12-31``, a dash."""
        at = self._position(column) if isinstance(column, str) else column
        pointer, size = self._held(), ffi.new("int64_t *")
        buffer = ffi.new("char[]", 64)
        if lib.headrope_table_display(pointer, at, row, buffer, 64, size, ffi.NULL):
            buffer = ffi.new("char[]", max(64, size[0]))
            call(lib.headrope_table_display, pointer, at, row, buffer,
                 len(buffer), size)
        return str(bytes(ffi.buffer(buffer, size[0])), "utf-8")

    def _position(self, name: str) -> int:
        at = self.find_column(name)
        if at is None:
            known = ", ".join(self.column_names)
            raise NotFoundError(f"no column '{name}'; there are: {known}",
                                id="HDR-BASE-005")
        return at

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Writes the table as CSV (RFC 4180), to a file or as a text."""
        return self._write(lib.headrope_table_write_csv, path)

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Writes the table as a JSON array of one object for each row."""
        return self._write(lib.headrope_table_write_json, path)

    def _write(self, function: Callable[..., int],
               path: str | os.PathLike[str] | None) -> str | None:
        pointer = self._held()
        if path is not None:
            with open(path, "wb") as file:
                _calls.written(function, pointer, file.write)
            return None
        pieces = io.BytesIO()
        _calls.written(function, pointer, pieces.write)
        return pieces.getvalue().decode("utf-8")

    # Arrow

    def __arrow_c_schema__(self) -> object:
        """Gives the types, as Arrow has it."""
        schema, _ = self._export()
        return schema.object

    def __arrow_c_array__(
            self, requested_schema: object = None) -> tuple[object, object]:
        """Gives schema and data as one struct array, without copying."""
        schema, array = self._export()
        return schema.object, array.object

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Gives the table as a stream of one batch, without copying.

        May be asked again. `requested_schema` is not followed, as Arrow allows.
        """
        stream = Capsule("array_stream")
        call(lib.headrope_table_export_stream, self._held(), stream.pointer)
        return stream.object

    def _export(self) -> tuple[Capsule, Capsule]:
        schema, array = Capsule("schema"), Capsule("array")
        call(lib.headrope_table_export_array, self._held(), schema.pointer,
             array.pointer)
        return schema, array

    def to_pandas(self) -> pandas.DataFrame:
        """Gives a pandas frame; needs pandas and pyarrow.

        Days are ``datetime64``, integers that may be missing ``Int64``, decimals
        ``Float64``. A ratio ``rate`` becomes ``rate`` (``Float64``, missing over
        0) and keeps its counts in ``rate_numerator`` and ``rate_denominator``;
        a fraction becomes ``Float64``, and `column` gives it exactly.
        """
        from headrope import _frames

        return _frames.to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """Gives a polars frame, with the columns of `to_pandas`; needs polars."""
        from headrope import _frames

        return _frames.to_polars(self)

    def _repr_html_(self) -> str:
        return _html.table(self)

    def __repr__(self) -> str:
        if self.closed:
            return "<closed Table>"
        return f"<Table of {self.row_count} rows: {', '.join(self.column_names)}>"


def _column(pointer: Pointer, at: int) -> Column:
    out = new("headrope_column")
    call(lib.headrope_table_column, pointer, at, out)
    name = str(bytes(ffi.buffer(out.name.data, out.name.size)), "utf-8")
    return Column(name, _TYPES[out.type], out.decimals, bool(out.has_missing))


def _text(pointer: Pointer, column: Column, at: int, row: int) -> str:
    return view(lib.headrope_table_text, pointer, at, row)


def _integer(pointer: Pointer, column: Column, at: int, row: int) -> int:
    return number(lib.headrope_table_number, pointer, at, row)


def _decimal(pointer: Pointer, column: Column, at: int, row: int) -> Decimal:
    # From a text it is exact, whatever precision the caller computes with.
    return Decimal(f"{_integer(pointer, column, at, row)}E-{column.decimals}")


def _date(pointer: Pointer, column: Column, at: int,
          row: int) -> datetime.date | None:
    return date_of(_integer(pointer, column, at, row))


def _ratio(pointer: Pointer, column: Column, at: int, row: int) -> Ratio:
    parts = ffi.new("int64_t[2]")
    call(lib.headrope_table_ratio, pointer, at, row, parts, parts + 1)
    return Ratio(*parts)


def _fraction(pointer: Pointer, column: Column, at: int, row: int) -> Fraction:
    return Fraction(*_ratio(pointer, column, at, row))


_READERS: dict[ColumnType, Callable[[Pointer, Column, int, int], Value]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "ratio": _ratio,
    "fraction": _fraction,
}
