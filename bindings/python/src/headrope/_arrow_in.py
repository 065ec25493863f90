# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Arrow streams on their way in.

The library takes texts, integers, booleans and days. Frames hold more: string
views, dictionaries, timestamps, floats, decimals. Columns of those types are
turned by pyarrow, batch by batch; a stream without them is read as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from headrope._arrow import ArrowStream, stream_in
from headrope._capi import ffi

_TAKEN = frozenset(b"u U c C s S i I l L b n tdD".split())
"""The formats, as Arrow's specification writes them, that need no turning."""


class Stream:
    """A stream to be read once; `pointer` is what the library takes."""

    def __init__(self, data: ArrowStream) -> None:
        self.failure: BaseException | None = None
        if not hasattr(data, "__arrow_c_stream__"):
            raise TypeError(
                f"expected an object with __arrow_c_stream__, such as a frame, "
                f"not {type(data).__name__}")
        self._capsule = data.__arrow_c_stream__()
        self.pointer = stream_in(self._capsule)
        if not _formats(self.pointer) <= _TAKEN:
            self._turn()

    def _turn(self) -> None:
        """Puts a stream of turned batches in the place of the stream."""
        try:
            import pyarrow
        except ImportError:
            return  # The library says which column it cannot read.
        reader = pyarrow.RecordBatchReader.from_stream(_Once(self._capsule))
        schema = pyarrow.schema(
            [(field.name, _target(field.type)) for field in reader.schema])
        turned = pyarrow.RecordBatchReader.from_batches(
            schema, self._batches(reader, schema))
        self._capsule = turned.__arrow_c_stream__()
        self.pointer = stream_in(self._capsule)

    def _batches(self, reader: Any, schema: Any) -> Iterator[Any]:
        import pyarrow

        try:
            for batch in reader:
                yield pyarrow.record_batch(
                    [_turned(array, field.type)
                     for array, field in zip(batch.columns, schema, strict=True)],
                    schema=schema)
        except BaseException as failure:
            self.failure = failure
            raise

    def reraise(self) -> None:
        """Raises what turning raised, which says more than what the library
        heard of it."""
        if self.failure is not None:
            raise ValueError(str(self.failure)) from self.failure


class _Once:
    """Hands over a capsule that is there already."""

    def __init__(self, capsule: object) -> None:
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.capsule


def _formats(stream: Any) -> set[bytes]:
    """Gives the formats of the columns; nothing for a stream that the library
    will refuse."""
    if not (stream.release and stream.get_schema):
        return set()
    schema = ffi.new("struct ArrowSchema *")
    if stream.get_schema(stream, schema) != 0 or not schema.release:
        return set()
    try:
        columns = [schema.children[at] for at in range(schema.n_children)
                   ] if schema.children else []
        return {b"dictionary" if column.dictionary else ffi.string(column.format)
                for column in columns if column and column.format}
    finally:
        schema.release(schema)


def _target(type_: Any) -> Any:
    """Gives the type that the library takes in the place of another."""
    import pyarrow
    from pyarrow import types

    if types.is_dictionary(type_):
        return _target(type_.value_type)
    if types.is_string_view(type_) or types.is_floating(type_):
        return pyarrow.large_string()
    if types.is_decimal(type_):
        return pyarrow.large_string()
    if types.is_timestamp(type_) or types.is_date64(type_):
        return pyarrow.date32()
    return type_


def _turned(array: Any, target: Any) -> Any:
    """Turns an array; a value that would lose something is an error."""
    import pyarrow
    from pyarrow import compute, types

    if types.is_dictionary(array.type):
        return _turned(array.dictionary_decode(), target)
    if types.is_timestamp(array.type) and array.type.tz is not None:
        raise ValueError("a timestamp with a time zone is no day; convert it first")
    if types.is_floating(array.type):
        return pyarrow.array([_number(value) for value in array.to_pylist()],
                             pyarrow.large_string())
    if types.is_decimal(array.type):
        return pyarrow.array([None if value is None else format(value, "f")
                              for value in array.to_pylist()],
                             pyarrow.large_string())
    return compute.cast(array, target)


def _number(value: float | None) -> str | None:
    """Writes a float as the data package format has it; NaN is no value."""
    from decimal import Decimal

    if value is None or value != value:
        return None
    return format(Decimal(repr(int(value) if value.is_integer() else value)), "f")
