# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Figures that are kept right while records come and members move."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from headrope import _calls
from headrope._calls import AskedProgress, Task
from headrope._capi import ffi, lib
from headrope._library import (
    Handle,
    Pointer,
    SnapshotHandle,
    behind,
    call,
    choose,
    day,
    days_asked,
    handle,
    keep,
    number,
    numbers,
    weak_handle,
    words,
)
from headrope.answers import BASES, Basis, Counts, Coverage, Question
from headrope.pack import Pack

if TYPE_CHECKING:
    from headrope.registry import Registry
    from headrope.snapshot import Reduction, Ref, Snapshot

NONE: int = lib.HEADROPE_NONE

Listener = Callable[[int, "list[int] | None"], object]
"""Told the number of a batch and the units at and below which figures changed,
by number; None: any may have changed."""

_REDUCTIONS = words("HEADROPE_REDUCTION_")
_STANDINGS = words("HEADROPE_STANDING_")


@dataclass(frozen=True)
class LiveSums:
    """Sums of the records of units; as `Snapshot.tally` and `Figures.sums`."""

    measures: Ref | Sequence[Ref]
    reduction: Reduction = "count"
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None


@dataclass(frozen=True)
class LiveCoverage:
    """The coverage of a rule of a pack whose subjects are units, and which looks
    at no records but theirs and those credited from above."""

    pack: Pack
    rule: str
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None


@dataclass(frozen=True)
class LiveMembers:
    """How many members there are at and below each unit."""

    basis: Basis = "primary"


@dataclass(frozen=True)
class AddRecord:
    """A record of a unit, a person, or both."""

    measure: Ref
    unit: Ref | None = None
    person: Ref | None = None
    value: int = 1
    valid_from: datetime.date | None = None
    """The first day; must be given."""
    valid_until: datetime.date | None = None
    """The day after the last; the day after the first if none is given."""
    reaches: bool = False
    """Whether it reaches the subtree."""


@dataclass(frozen=True)
class WithdrawRecord:
    """A record that goes: its number, its measure and its subjects."""

    record: int
    measure: Ref
    unit: Ref | None = None
    person: Ref | None = None


@dataclass(frozen=True)
class Join:
    """A person becomes a member of a unit."""

    person: Ref
    unit: Ref
    standing: Literal["primary", "secondary"] = "primary"


@dataclass(frozen=True)
class Leave:
    """A person ends to be a member of a unit."""

    person: Ref
    unit: Ref


Change = AddRecord | WithdrawRecord | Join | Leave


class _Told(Task):
    """What a subscription calls; what it raises waits for the end of the
    change."""

    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self.listener = listener
        self.pointer = weak_handle(self)


@ffi.def_extern(name="headrope_python_listen", error=1)  # type: ignore[untyped-decorator]
def _listen(sequence: int, units: Any, count: int, user_data: Any) -> int:
    told: _Told | None = behind(user_data)
    if told is None:
        return 1
    try:
        told.listener(sequence, None if count == NONE else list(units[0:count]))
    except BaseException as failure:
        told.fail(failure)
        return 1
    return 0


class LiveFigures(Handle):
    """Figures of a snapshot that are kept right; made by `Snapshot.live`.

    Figures are named by their position. After any changes each is what a fresh
    freeze of a registry with the same rows would give.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> today = datetime.date(2013, 12, 31)
    >>> snapshot = registry.freeze(today)
    >>> live = snapshot.live("party", [headrope.LiveSums("study_session")])
    >>> before = live.moment()
    >>> session = headrope.AddRecord("study_session", "U05", valid_from=today)
    >>> live.apply([session], registry=registry, on=today)
    1
    >>> live.value(0, "U01"), before.values(0)[snapshot.find("unit", "U01")]
    (31, 30)
    >>> [snapshot.identity("unit", unit) for unit in live.changed_since(0)]
    ['U03', 'U05', 'U01']
    """

    __slots__ = ("_listeners", "_lock", "_snapshot")

    _snapshot: Snapshot
    _listeners: dict[int, _Told]
    _lock: threading.RLock

    @classmethod
    def _make(cls, snapshot: Snapshot, hierarchy: Ref,
              figures: Sequence[LiveSums | LiveCoverage | LiveMembers],
              thread_count: int, progress: AskedProgress) -> LiveFigures:
        array = ffi.new("headrope_live_figure[]", len(figures))
        for at, figure in enumerate(figures):
            _fill_figure(snapshot, array, array[at], figure)
        along = snapshot._number("hierarchy", hierarchy)
        question = Question(None, None, thread_count, progress=progress)
        held = snapshot._held()
        live = cls.__new__(cls)
        live._snapshot = snapshot._again()
        live._listeners = {}
        live._lock = threading.RLock()
        live._pointer = question.ask(lambda options: handle(
            lib.headrope_live_new, held, along, array, len(figures), options,
            kind="headrope_live", free=lib.headrope_live_free))
        return live

    @property
    def next_record(self) -> int:
        """The number that the next record will get; those of one call of
        `apply` follow each other."""
        following: int = lib.headrope_live_next_record(self._held())
        return following

    @property
    def sequence(self) -> int:
        """The number of the last batch of changes."""
        last: int = lib.headrope_live_sequence(self._held())
        return last

    def apply(self, changes: Sequence[Change], *,
              registry: Registry | None = None,
              on: datetime.date | None = None) -> int:
        """Makes changes, all or none of them.

        What a listener raises is raised here; the changes stand.

        Parameters
        ----------
        changes : sequence of AddRecord, WithdrawRecord, Join or Leave
            To correct a record, withdraw it and add the right one; to move a
            member, let it leave and join.
        registry : Registry, optional
            What the snapshot was frozen from: gets the same changes.
        on : datetime.date, optional
            The day of the changes in the registry; that of the snapshot.

        Returns
        -------
        int
            The number of the batch.
        """
        array = ffi.new("headrope_change[]", len(changes))
        for at, change in enumerate(changes):
            _fill_change(self._snapshot, array[at], change)
        with self._lock:
            held = self._held()
            if registry is None:
                made = number(lib.headrope_live_apply, held, array,
                              len(changes))
            else:
                date = day(self._snapshot.as_of if on is None else on)
                relay = registry._relay
                made = registry._alone(lambda rows: relay.during(
                    Task(), lambda: number(
                        lib.headrope_live_apply_to_registry, held, rows,
                        array, len(changes), date)))
            self._raise_told()
        return made

    def _raise_told(self) -> None:
        """Raises what a listener raised, which is not told again."""
        failure: BaseException | None = None
        for subscription, told in list(self._listeners.items()):
            if told.failure is not None:
                failure, told.failure = told.failure, None
                del self._listeners[subscription]
        if failure is not None:
            raise failure

    def value(self, figure: int, unit: Ref) -> int:
        """Gives the sum, or the number of members, at and below a unit."""
        return number(lib.headrope_live_value, self._held(), figure,
                      self._snapshot._number("unit", unit))

    def counts(self, figure: int, unit: Ref) -> Counts:
        """Counts the subjects of a coverage at and below a unit by status."""
        return Counts._read(lib.headrope_live_counts, self._held(), figure,
                            self._snapshot._number("unit", unit))

    def changed_since(self, sequence: int) -> list[int] | None:
        """Gives the units at and below which figures changed after a batch, by
        number; None if it is too long ago: any may have changed."""
        with self._lock:
            held = self._held()
            count = ffi.new("int64_t *")
            lib.headrope_live_changed(held, sequence, ffi.NULL, 0, count, ffi.NULL)
            if count[0] == NONE:
                return None
            return numbers(lib.headrope_live_changed, held, sequence)

    def subscribe(self, listener: Listener) -> int:
        """Has a function called after each batch that changes a figure. It may
        read, may not change; the registry that is changed refuses it
        (`BusyError`). Gives the number of the subscription."""
        told = _Told(listener)
        with self._lock:
            subscription = number(lib.headrope_live_subscribe, self._held(),
                                  lib.headrope_python_listen, told.pointer)
            self._listeners[subscription] = told
        return subscription

    def unsubscribe(self, subscription: int) -> None:
        """Ends a subscription."""
        with self._lock:
            call(lib.headrope_live_unsubscribe, self._held(), subscription)
            self._listeners.pop(subscription, None)

    def moment(self) -> LiveMoment:
        """Keeps all figures as they are now."""
        return LiveMoment._of(self._snapshot, handle(
            lib.headrope_live_moment, self._held(), kind="headrope_moment",
            free=lib.headrope_moment_free))

    def __repr__(self) -> str:
        if self.closed:
            return "<closed LiveFigures>"
        return f"<LiveFigures after batch {self.sequence}>"


class LiveMoment(SnapshotHandle):
    """Live figures as they were; made by `LiveFigures.moment`."""

    __slots__ = ()

    @property
    def sequence(self) -> int:
        """The number of the last batch that it knows of."""
        last: int = lib.headrope_moment_sequence(self._held())
        return last

    def values(self, figure: int) -> list[int]:
        """Gives the sum, or the number of members, at and below each unit, by
        number; 0 outside the hierarchy."""
        return numbers(lib.headrope_moment_values, self._held(), figure)

    def coverage(self, figure: int) -> Coverage:
        """Gives a coverage, with its tables."""
        held = self._held()
        return Coverage._of(self._snapshot, _calls.long(lambda: handle(
            lib.headrope_moment_coverage, held, figure,
            kind="headrope_coverage", free=lib.headrope_coverage_free)))


def _fill_figure(snapshot: Snapshot, array: Pointer, into: Pointer,
                 figure: LiveSums | LiveCoverage | LiveMembers) -> None:
    if isinstance(figure, LiveSums):
        into.type = lib.HEADROPE_LIVE_SUMS
        tally = snapshot._tally(figure.measures, figure.valid_from,
                                figure.valid_until)
        tally.reduction = choose(_REDUCTIONS, figure.reduction, "reduction")
        into.tally = tally
        keep(array, tally)
    elif isinstance(figure, LiveCoverage):
        into.type = lib.HEADROPE_LIVE_COVERAGE
        pack = figure.pack._held()
        into.pack = pack
        into.rule = figure.pack._rule(figure.rule)
        into.valid_from, into.valid_until = days_asked(figure.valid_from,
                                                       figure.valid_until)
        keep(array, pack)
    else:
        into.type = lib.HEADROPE_LIVE_MEMBERS
        into.basis = choose(BASES, figure.basis, "basis")


def _fill_change(snapshot: Snapshot, into: Pointer, change: Change) -> None:
    into.unit = snapshot._number("unit", change.unit)
    into.person = snapshot._number("person", change.person)
    if isinstance(change, Join):
        into.type = lib.HEADROPE_CHANGE_JOIN
        into.standing = choose(_STANDINGS, change.standing, "standing")
    elif isinstance(change, Leave):
        into.type = lib.HEADROPE_CHANGE_LEAVE
    else:
        into.measure = snapshot._number("measure", change.measure)
    if isinstance(change, WithdrawRecord):
        into.type = lib.HEADROPE_CHANGE_WITHDRAW_RECORD
        into.record = change.record
    elif isinstance(change, AddRecord):
        into.type = lib.HEADROPE_CHANGE_ADD_RECORD
        into.reaches = change.reaches
        into.value = change.value
        if change.valid_from is None:
            raise TypeError("a record that comes needs valid_from")
        into.valid_from = day(change.valid_from)
        into.valid_until = (into.valid_from + 1 if change.valid_until is None
                            else day(change.valid_until))
