# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The Arrow PyCapsule interface, both ways.

A capsule is how Python packages hand Arrow's C structs to each other. Going
out, the struct lies on the heap and the capsule releases it, unless the reader
moved it away. Coming in, a stream is read once; the library checks all that it
says. https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
"""

from __future__ import annotations

import ctypes
from typing import Any, Literal, Protocol, runtime_checkable

from headrope._capi import ffi, lib

Struct = Literal["schema", "array", "array_stream"]

# Own prototypes: ctypes.pythonapi is shared by all who change them.
_python = ctypes.PyDLL(None)
_python.PyCapsule_New.restype = ctypes.py_object
_python.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_python.PyCapsule_GetPointer.restype = ctypes.c_void_p
_python.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]

# A capsule keeps the address of its name.
_names: dict[str, ctypes.Array[ctypes.c_char]] = {
    struct: ctypes.create_string_buffer(b"arrow_" + struct.encode())
    for struct in ("schema", "array", "array_stream")
}


@runtime_checkable
class ArrowStream(Protocol):
    """What gives an Arrow stream: a frame, a relation, a reader, a `Table`."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class Capsule:
    """A struct to be filled, and then handed over."""

    def __init__(self, struct: Struct) -> None:
        self.struct = struct
        self.pointer: Any = getattr(lib, "headrope_python_" + struct)()
        if self.pointer == ffi.NULL:
            raise MemoryError
        end = getattr(lib, f"headrope_python_{struct}_end")()
        self.object: object = _python.PyCapsule_New(
            int(ffi.cast("uintptr_t", self.pointer)), _names[struct],
            int(ffi.cast("uintptr_t", end)))


def stream_in(capsule: object) -> Any:
    """Gives the stream in a capsule, which stays the capsule's.

    Raises
    ------
    ValueError
        If the object is no capsule of a stream.
    """
    address = _python.PyCapsule_GetPointer(capsule, _names["array_stream"])
    return ffi.cast("struct ArrowArrayStream *", address)
