# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Arrow streams on their way in.

The library reads them itself and trusts nothing that they say. Only decimals,
such as the sums of DuckDB, it does not know: columns of them are turned into
texts by pyarrow, batch by batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from headrope._arrow import ArrowStream, stream_in
from headrope._capi import ffi


class Stream:
    """A stream to be read once; `pointer` is what the library takes."""

    def __init__(self, data: ArrowStream) -> None:
        if not hasattr(data, "__arrow_c_stream__"):
            raise TypeError(
                f"expected an object with __arrow_c_stream__, such as a frame, "
                f"not {type(data).__name__}")
        self._capsule = data.__arrow_c_stream__()
        self.pointer = stream_in(self._capsule)
        if any(format.startswith(b"d:") for format in _formats(self.pointer)):
            self._turn()

    def _turn(self) -> None:
        """Puts a stream of turned batches in the place of the stream."""
        try:
            import pyarrow
        except ImportError:
            return  # The library says which column it cannot read.
        reader = pyarrow.RecordBatchReader.from_stream(_Once(self._capsule))
        schema = pyarrow.schema(
            [(field.name, pyarrow.large_string())
             if pyarrow.types.is_decimal(field.type) else field
             for field in reader.schema])
        turned = pyarrow.RecordBatchReader.from_batches(
            schema, _batches(reader, schema))
        self._capsule = turned.__arrow_c_stream__()
        self.pointer = stream_in(self._capsule)


class _Once:
    """Hands over a capsule that is there already."""

    def __init__(self, capsule: object) -> None:
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.capsule


def _batches(reader: Any, schema: Any) -> Iterator[Any]:
    import pyarrow

    for batch in reader:
        yield pyarrow.record_batch(
            [pyarrow.array([None if value is None else plain(value)
                            for value in array.to_pylist()],
                           pyarrow.large_string())
             if pyarrow.types.is_decimal(array.type) else array
             for array in batch.columns], schema=schema)


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
        return {ffi.string(column.format) for column in columns
                if column and column.format}
    finally:
        schema.release(schema)


def plain(value: Decimal) -> str:
    """Writes a number without an exponent, and without zeros at its end.

    Every digit is kept, whatever precision the caller computes with.
    """
    text = format(value, "f") if value.is_finite() else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
