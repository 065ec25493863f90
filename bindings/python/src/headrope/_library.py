# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""How the package calls the C library: texts, days, statuses and handles.

A handle is held by a `Handle`. Every call takes its own reference to the C
object, so an object that one thread closes while another asks it lives until
the answer is there, and is freed once, by whoever lets go last.
"""

from __future__ import annotations

import datetime
import os
import weakref
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from headrope import errors
from headrope._capi import ffi, lib

if TYPE_CHECKING:
    from headrope.snapshot import Snapshot

Pointer = Any
"""A value of cffi."""

NONE: int = lib.HEADROPE_NONE
EPOCH = datetime.date(1970, 1, 1).toordinal()

H = TypeVar("H", bound="Handle")
S = TypeVar("S", bound="SnapshotHandle")


_kept: weakref.WeakKeyDictionary[Pointer, list[Any]] = weakref.WeakKeyDictionary()


def keep(owner: Pointer, *things: Any) -> None:
    """Lets things live as long as the C object that points at them.

    A call that Ctrl-C left behind still reads them when its caller is gone.
    """
    _kept.setdefault(owner, []).extend(things)


def weak_handle(thing: object) -> Pointer:
    """Gives what C hands back to a function, which finds the thing by `behind`.

    It does not keep the thing, so that a thing may hold its own without being
    a cycle; whoever calls C keeps the thing until the call has ended.
    """
    return ffi.new_handle(weakref.ref(thing))


def behind(handle: Pointer) -> Any:
    """Gives what a weak handle was made for."""
    return ffi.from_handle(handle)()


def new(struct: str, **members: Any) -> Pointer:
    """Makes a struct that knows its own size, and keeps what it points at."""
    made = ffi.new(struct + " *")
    made.struct_size = ffi.sizeof(struct)
    for name, value in members.items():
        setattr(made, name, value)
        if isinstance(value, ffi.CData):
            keep(made, value)
    return made


def call(function: Callable[..., int], *arguments: Any) -> None:
    """Calls a function that takes an error at the end."""
    error = new("headrope_error")
    status = function(*arguments, error)
    if status != 0:
        raise failure(status, error)


def failure(status: int, error: Pointer) -> errors.HeadropeError:
    """Makes the exception of a status."""
    kind = errors.BY_STATUS.get(status, errors.InternalError)
    return kind(
        text_of(error.message),
        id=text_of(lib.headrope_status_id(status)),
        file=text_of(error.file) or None,
        row=error.row or None,
        column=text_of(error.column) or None,
    )


def made(function: Callable[..., int], *arguments: Any, kind: str) -> Any:
    """Calls a short function whose last output is a number.

    What went wrong is asked for only if something did: a failed call changes
    nothing and may be repeated.
    """
    out = ffi.new(kind + " *")
    if function(*arguments, out, ffi.NULL) != 0:
        call(function, *arguments, out)
    return out[0]


_INT64 = ffi.typeof("int64_t *")


def number(function: Callable[..., int], *arguments: Any) -> int:
    """Calls a short function whose last output is an int64_t."""
    out = ffi.new(_INT64)
    if function(*arguments, out, ffi.NULL) != 0:
        call(function, *arguments, out)
    value: int = out[0]
    return value


def numbers(function: Callable[..., int], *arguments: Any) -> list[int]:
    """Calls a function that fills a buffer, twice: how many, then which."""
    count = ffi.new("int64_t *")
    status = function(*arguments, ffi.NULL, 0, count, ffi.NULL)
    if status not in (0, lib.HEADROPE_E_BUFFER_TOO_SMALL):
        call(function, *arguments, ffi.NULL, 0, count)
    buffer = ffi.new("int64_t[]", count[0])
    call(function, *arguments, buffer, count[0], count)
    return list(buffer)


def view(function: Callable[..., int], *arguments: Any) -> str:
    """Calls a function whose last output is a text, and copies it."""
    out = ffi.new("headrope_text *")
    if function(*arguments, out, ffi.NULL) != 0:
        call(function, *arguments, out)
    return str(bytes(ffi.buffer(out.data, out.size)), "utf-8") if out.size else ""


def encoded(text: str) -> bytes:
    """Gives what the library takes: pass it with its `len`."""
    return text.encode("utf-8")


def encoded_path(path: str | os.PathLike[str]) -> bytes:
    """Gives a path as the system writes it."""
    return os.fsencode(path)


def text_of(characters: Pointer) -> str:
    """Reads a text that ends with a zero byte."""
    text: bytes = ffi.string(characters)
    return text.decode("utf-8", "replace")


def texts(values: Iterable[str]) -> Pointer:
    """Makes an array of texts, which keeps them."""
    views = [ffi.from_buffer(encoded(value)) for value in values]
    array = ffi.new("headrope_text[]", len(views))
    for at, view in enumerate(views):
        array[at].data = ffi.cast("const char *", view)
        array[at].size = len(view)
    keep(array, *views)
    return array


def day(date: datetime.date) -> int:
    """Gives a day as the library counts it."""
    if isinstance(date, datetime.datetime) or not isinstance(date, datetime.date):
        raise TypeError(f"expected a datetime.date, not {type(date).__name__}")
    return date.toordinal() - EPOCH


def day_asked(date: datetime.date | None) -> int:
    """Gives the day of a question: nothing said is 0, as the library has it."""
    if date is None:
        return 0
    return day(date) or _refuse_zero("1970-01-01 cannot be asked about")


def _refuse_zero(what: str) -> NoReturn:
    raise errors.InvalidArgumentError(
        f"{what}: the library counts it as day 0, which is no day given",
        id="HDR-BASE-004")


def day_or(date: datetime.date | None, missing: int) -> int:
    """Gives a day, or what stands for none."""
    return missing if date is None else day(date)


def date_of(days: int) -> datetime.date | None:
    """Gives a date; None for an open end, and for a day beyond `datetime`."""
    if days in (lib.HEADROPE_DATE_OPEN, lib.HEADROPE_DATE_OPEN_START):
        return None
    return datetime.date.fromordinal(days + EPOCH)


def days_asked(valid_from: datetime.date | None,
               valid_until: datetime.date | None) -> tuple[int, int]:
    """Gives the interval of a question: nothing said is 0 and 0."""
    if valid_from is None and valid_until is None:
        return 0, 0
    first = day_or(valid_from, lib.HEADROPE_DATE_OPEN_START)
    last = day_or(valid_until, lib.HEADROPE_DATE_OPEN)
    if first == last == 0:
        _refuse_zero("an interval cannot begin and end on 1970-01-01")
    return first, last


def words(prefix: str) -> dict[str, int]:
    """Gives the words of an enumeration, from the names of its constants."""
    return {name[len(prefix):].lower(): getattr(lib, name)
            for name in dir(lib) if name.startswith(prefix)}


def choose(values: dict[str, int], word: str, what: str) -> int:
    """Gives the number of a word."""
    try:
        return values[word]
    except (KeyError, TypeError):
        known = ", ".join(values)
        raise errors.InvalidArgumentError(
            f"no {what} '{word}'; there are: {known}", id="HDR-BASE-004") from None


class Handle:
    """An object of the library: a context manager that is freed once."""

    __slots__ = ("__weakref__", "_pointer")

    _pointer: Pointer | None

    @classmethod
    def _own(cls: type[H], pointer: Pointer, free: Pointer) -> H:
        """Takes over an object that the library made."""
        handle = cls.__new__(cls)
        handle._pointer = ffi.gc(pointer, free)
        return handle

    def _held(self) -> Pointer:
        """Gives the object, which lives as long as what is given."""
        try:
            pointer = self._pointer
        except AttributeError:  # Making it failed.
            pointer = None
        if pointer is None:
            raise errors.ClosedError(f"this {type(self).__name__} is closed")
        return pointer

    @property
    def closed(self) -> bool:
        """Whether the object was closed."""
        return getattr(self, "_pointer", None) is None

    def close(self) -> None:
        """Lets the object go. Closing twice is nothing."""
        self._pointer = None

    def __enter__(self: H) -> H:
        self._held()
        return self

    def __exit__(self, kind: type[BaseException] | None,
                 value: BaseException | None,
                 traceback: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError(f"a {type(self).__name__} cannot be pickled or copied")


class SnapshotHandle(Handle):
    """An object that was made of a snapshot, whose units it names."""

    __slots__ = ("_snapshot",)

    _snapshot: Snapshot

    @classmethod
    def _of(cls: type[S], snapshot: Snapshot, pointer: Pointer) -> S:
        """Holds an object; the snapshot may be closed without it."""
        made = cls.__new__(cls)
        made._pointer = pointer
        made._snapshot = snapshot._again()
        return made


def handle(function: Callable[..., int], *arguments: Any, kind: str,
           free: Pointer) -> Pointer:
    """Calls a function that makes an object; the object is freed once."""
    out = ffi.new(kind + " **")
    call(function, *arguments, out)
    return ffi.gc(out[0], free)
