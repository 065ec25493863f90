# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The registry: dated facts about an organisation, being gathered.

It is filled from a data package, row by row, or from any Arrow stream: a frame
of pandas or polars, a Parquet file, a query of DuckDB. Then it is frozen as of
a day. One thread at a time uses a registry: a lock sees to that. What a call
calls, a progress function or an Arrow stream, may not ask the same registry.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, Literal, TypeVar

from headrope import _arrow_in, _calls, errors
from headrope._arrow import ArrowStream
from headrope._calls import AskedProgress, Relay, Task
from headrope._capi import ffi, lib
from headrope._library import (
    Handle,
    Pointer,
    behind,
    call,
    choose,
    day,
    day_asked,
    encoded,
    encoded_path,
    keep,
    new,
    number,
    texts,
    weak_handle,
    words,
)
from headrope.findings import Findings, Gathering
from headrope.pack import Pack
from headrope.snapshot import Snapshot

T = TypeVar("T")

Vocabulary = Literal["shipped", "empty"]
"""Whether a registry knows Chinese party and government terms from the start."""

_VOCABULARIES = words("HEADROPE_VOCABULARY_")

Cell = str | int | float | bool | Decimal | datetime.date | None
"""A value of a row; None is no value."""


@dataclass(frozen=True)
class Limits:
    """Upper limits on what data may take; 0 is the default of each.

    Past one is a `LimitExceededError`, or the error that docs/errors.md names.
    """

    units_max: int = 0
    persons_max: int = 0
    rows_max: int = 0
    vocabulary_max: int = 0
    identity_bytes_max: int = 0
    field_bytes_max: int = 0
    row_bytes_max: int = 0
    columns_max: int = 0
    descriptor_bytes_max: int = 0
    descriptor_depth_max: int = 0
    depth_max: int = 0
    places_per_unit_max: int = 0
    findings_max: int = 0


@dataclass(frozen=True)
class RegistryOptions:
    """How a registry is made and filled.

    Attributes
    ----------
    vocabulary : {"shipped", "empty"}
        What it knows before the first row.
    limits : Limits
        Fixed when the registry is made.
    ends_are_inclusive : bool
        Of rows added one by one or by stream: True if the end of an interval is
        the last day, as documents have it; False if it is the day after.
    persons_are_listed : bool
        True if a row may not be the first to name a person.
    thread_count : int
        How many threads load a package, 64 at most. The registry and the
        findings are the same for any number.
    """

    vocabulary: Vocabulary = "shipped"
    limits: Limits = Limits()
    ends_are_inclusive: bool = False
    persons_are_listed: bool = False
    thread_count: int = 1


class Registry(Handle):
    """Facts about an organisation, being gathered.

    Parameters
    ----------
    options : RegistryOptions, optional
        How it is filled.

    Examples
    --------
    >>> import datetime
    >>> registry = Registry()
    >>> registry.add_row("units", unit="U1", kind="party_branch", name="一支部",
    ...                  valid_from=datetime.date(2012, 1, 1))
    >>> registry.row_count("units")
    1
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> snapshot.name("unit", "U1")
    '一支部'
    """

    __slots__ = ("_lock", "_relay", "findings")

    findings: Findings
    """What the last call found that looks for findings; warnings too."""

    def __init__(self, options: RegistryOptions | None = None) -> None:
        self._make(lambda options, gathering, out, error:
                   lib.headrope_registry_new(options, out, error),
                   options or RegistryOptions(), None)

    @classmethod
    def load(cls, folder: str | os.PathLike[str], *,
             options: RegistryOptions | None = None,
             progress: AskedProgress = None) -> Registry:
        """Loads the data package in a folder, all or nothing.

        Parameters
        ----------
        folder : path
            Its path. Only regular files inside it are read.
        options : RegistryOptions, optional
            How the registry is filled.
        progress : function or True, optional
            Called with the stage, how much is done, and of how much; True shows
            a bar where tqdm is installed.

        Raises
        ------
        HeadropeError
            The first error; `findings` of it has all.
        """
        path = encoded_path(folder)
        registry = cls.__new__(cls)
        registry._make(
            lambda *rest: lib.headrope_registry_load(path, len(path), *rest),
            options or RegistryOptions(), progress)
        return registry

    @classmethod
    def load_memory(cls, files: Mapping[str, bytes], *,
                    options: RegistryOptions | None = None,
                    progress: AskedProgress = None) -> Registry:
        """Loads a data package from memory, like one in a folder.

        Parameters
        ----------
        files : mapping of str to bytes
            The files by their paths in the package, ``datapackage.json`` among
            them.
        """
        paths = texts(files)
        array = ffi.new("headrope_file[]", len(files))
        keep(array, paths)
        for at, content in enumerate(files.values()):
            view = ffi.from_buffer(content)
            keep(array, view)
            array[at].path = paths[at]
            array[at].bytes = ffi.cast("const void *", view)
            array[at].size = len(view)
        registry = cls.__new__(cls)
        registry._make(
            lambda *rest: lib.headrope_registry_load_memory(
                array, len(files), *rest),
            options or RegistryOptions(), progress)
        return registry

    @classmethod
    def load_source(cls, open: Callable[[str], BinaryIO], *,
                    options: RegistryOptions | None = None,
                    progress: AskedProgress = None) -> Registry:
        """Loads a data package from wherever `open` finds its files.

        Parameters
        ----------
        open : function
            Takes a path in the package and gives a binary file. What it or the
            file raises is raised. Paths that lead out of the package never come
            here.
        """
        source = _Source(open)
        registry = cls.__new__(cls)
        try:
            registry._make(
                lambda *rest: lib.headrope_registry_load_source(
                    source.struct, *rest),
                options or RegistryOptions(), progress)
        except Exception:
            if source.failure is not None:
                raise source.failure from None
            raise
        finally:
            source.failure = None  # It leads to frames that hold the source.
        return registry

    def _make(self, function: Callable[..., int], options: RegistryOptions,
              progress: AskedProgress) -> None:
        self._lock = threading.RLock()
        self._relay = Relay()
        limits = new("headrope_limits", **dataclasses.asdict(options.limits))
        struct = new(
            "headrope_registry_options",
            vocabulary=choose(_VOCABULARIES, options.vocabulary, "vocabulary"),
            limits=limits, progress=lib.headrope_python_progress,
            user_data=self._relay.pointer,
            ends_are_inclusive=options.ends_are_inclusive,
            persons_are_listed=options.persons_are_listed,
            thread_count=options.thread_count)
        gathering, task = Gathering(), Task(progress)
        self._pointer = _calls.long(lambda: self._relay.during(
            task, lambda: gathering.handle(
                function, struct, gathering.pointer, kind="headrope_registry",
                free=lib.headrope_registry_free)), task)
        self.findings = gathering.findings()

    def _long(self, task: Task, work: Callable[[Pointer], T]) -> T:
        """Does a long call, alone on the registry."""
        self._held()
        # The call has a thread of its own, which would wait for this one.
        if self._lock.acquire(blocking=False):
            try:
                self._refuse_within_a_call()
            finally:
                self._lock.release()
        return _calls.long(lambda: self._alone(
            lambda held: self._relay.during(task, lambda: work(held))), task)

    def _alone(self, work: Callable[[Pointer], T]) -> T:
        """Does a call while no other thread does one. The lock lets in what the
        call itself calls: that is refused."""
        held = self._held()
        with self._lock:
            self._refuse_within_a_call()
            return work(held)

    def _refuse_within_a_call(self) -> None:
        """Raises BusyError for what is called by a call. Needs the lock."""
        if self._relay.task is not None:
            raise errors.BusyError(
                "this registry is in a call: what the call calls, such as a "
                "progress function, a listener or an Arrow stream, cannot ask "
                "it")

    def add_row(self, table: str, values: Mapping[str, Cell] | None = None,
                /, **more: Cell) -> None:
        """Adds a row to a table of the data package format, such as ``units``.

        Parameters
        ----------
        table : str
            The name of the table.
        values, **more
            The values by column. What the row names must be there already.
        """
        row = {**(values or {}), **more}
        given = {name: _cell(value) for name, value in row.items()
                 if value is not None}
        columns, cells = texts(given), texts(given.values())
        name = encoded(table)
        self._alone(lambda held: call(
            lib.headrope_registry_add_row, held, name, len(name), columns, cells,
            len(given)))

    def add_stream(self, table: str, stream: ArrowStream, *,
                   progress: AskedProgress = None) -> int:
        """Adds all rows of an Arrow stream to a table, all or none.

        Parameters
        ----------
        table : str
            The name of a table of the data package format, such as ``records``.
        stream : object with ``__arrow_c_stream__``
            A frame of pandas or polars, a table or reader of pyarrow, a relation
            of DuckDB. Columns are found by name; one that the table lacks is a
            warning in `findings`. Timestamps must be midnights; decimals need
            pyarrow.

        Returns
        -------
        int
            How many rows were added.
        """
        gathering, name = Gathering(), encoded(table)
        count = ffi.new("int64_t *")
        source = _arrow_in.Stream(stream)
        self._long(Task(progress), lambda held: gathering.call(
            lib.headrope_registry_add_stream, held, name, len(name),
            source.pointer, gathering.pointer, count))
        self.findings = gathering.findings()
        added: int = count[0]
        return added

    def check(self, *, progress: AskedProgress = None) -> Findings:
        """Checks all rows together, and the hierarchies over all days.

        Returns
        -------
        Findings
            The warnings.
        """
        gathering = Gathering()
        self._long(Task(progress), lambda held: gathering.call(
            lib.headrope_registry_check, held, gathering.pointer))
        self.findings = gathering.findings()
        return self.findings

    def row_count(self, table: str) -> int:
        """Counts the rows of a table of the format."""
        name = encoded(table)
        return self._alone(lambda held: number(
            lib.headrope_registry_row_count, held, name, len(name)))

    def add_duties(self, pack: Pack) -> Findings:
        """Adds the duties that a pack gives out.

        Returns
        -------
        Findings
            A warning for each holder whose name is not found.
        """
        gathering, given = Gathering(), pack._held()
        self._long(Task(), lambda held: gathering.call(
            lib.headrope_registry_add_duties, held, given, gathering.pointer))
        self.findings = gathering.findings()
        return self.findings

    def load_pack(self, path: str | os.PathLike[str]) -> Pack:
        """Loads a pack from a YAML file, in the vocabulary of the registry.

        The pack that an overlay stands on is looked for in the same folder.
        """
        name = encoded_path(path)
        return self._pack(lambda held, *rest: lib.headrope_pack_load(
            held, name, len(name), *rest))

    def parse_pack(self, text: str, *, name: str = "pack.yaml",
                   bases: Sequence[Pack] = ()) -> Pack:
        """Reads a pack from a text.

        Parameters
        ----------
        text : str
            The pack, as YAML.
        name : str
            What findings call the text.
        bases : sequence of Pack
            Packs that it may stand on, if it is an overlay.
        """
        data, named = encoded(text), encoded(name)
        given = [base._held() for base in bases]
        array = ffi.new("headrope_pack *[]", given)
        keep(array, *given)
        return self._pack(lambda held, *rest: lib.headrope_pack_parse(
            held, data, len(data), named, len(named), array, len(given), *rest))

    def _pack(self, function: Callable[..., int]) -> Pack:
        gathering = Gathering()
        pointer = self._long(Task(), lambda held: gathering.handle(
            function, held, gathering.pointer, kind="headrope_pack",
            free=lib.headrope_pack_free))
        return Pack._found(pointer, gathering.findings())

    def freeze(self, as_of: datetime.date, *,
               known_on: datetime.date | None = None,
               progress: AskedProgress = None) -> Snapshot:
        """Freezes the registry as of a day.

        Parameters
        ----------
        as_of : datetime.date
            The day whose structure is frozen.
        known_on : datetime.date, optional
            Only what stood in the books on that day; else everything.

        Returns
        -------
        Snapshot
            It does not need the registry, and any thread may ask it.
        """
        task, gathering, at = Task(progress), Gathering(), day(as_of)
        options = new("headrope_freeze_options", known_on=day_asked(known_on),
                      progress=lib.headrope_python_progress,
                      user_data=task.pointer)
        pointer = self._long(task, lambda held: gathering.handle(
            lib.headrope_registry_freeze, held, at, options, gathering.pointer,
            kind="headrope_snapshot", free=lib.headrope_snapshot_release))
        return Snapshot._found(pointer, gathering.findings())


load = Registry.load
"""Loads the data package in a folder: `Registry.load`."""


def _cell(value: Cell) -> str:
    """Writes a value as the data package format has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        raise TypeError("expected a datetime.date, not a datetime")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (float, Decimal)):
        return _arrow_in.plain(Decimal(repr(float(value)))
                               if isinstance(value, float) else value)
    return str(value)


class _Source:
    """Files that a function opens, as the library asks for them."""

    def __init__(self, open: Callable[[str], BinaryIO]) -> None:
        self.open = open
        self.files: dict[Any, BinaryIO] = {}
        self.failure: BaseException | None = None
        self.pointer: Any = weak_handle(self)
        self.struct = new(
            "headrope_source", open=lib.headrope_python_open,
            read=lib.headrope_python_read, close=lib.headrope_python_close,
            user_data=self.pointer)


@ffi.def_extern(name="headrope_python_open", error=1)  # type: ignore[untyped-decorator]
def _open(path: Any, file: Any, size: Any, user_data: Any) -> int:
    source: _Source = behind(user_data)
    try:
        opened = source.open(ffi.string(path).decode("utf-8"))
    except FileNotFoundError:
        return 1
    except BaseException as failure:
        source.failure = failure
        return 1
    key = ffi.new_handle(opened)
    source.files[key] = opened
    file[0] = key
    return 0


@ffi.def_extern(name="headrope_python_read", error=-1)  # type: ignore[untyped-decorator]
def _read(file: Any, buffer: Any, capacity: int, user_data: Any) -> int:
    source: _Source = behind(user_data)
    try:
        data = memoryview(source.files[file].read(capacity))
        if data.nbytes > capacity:
            raise ValueError(
                f"read({capacity}) of a file gave {data.nbytes} bytes")
        ffi.memmove(buffer, data, data.nbytes)
        return data.nbytes
    except BaseException as failure:
        source.failure = failure
        return -1


@ffi.def_extern(name="headrope_python_close")  # type: ignore[untyped-decorator]
def _close(file: Any, user_data: Any) -> None:
    source: _Source = behind(user_data)
    try:
        source.files.pop(file).close()
    except BaseException as failure:
        source.failure = failure
