# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Who answers for what, and where nobody does."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from headrope import _calls
from headrope._calls import AskedProgress, Task
from headrope._capi import lib
from headrope._library import (
    Handle,
    Pointer,
    choose,
    day_or,
    days_asked,
    new,
)
from headrope.pack import LANGUAGES, Language
from headrope.table import Table

if TYPE_CHECKING:
    from headrope.snapshot import Ref, Snapshot


class Responsibility(Handle):
    """Who answers for what; made by `Snapshot.responsibility`.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> gaps = snapshot.responsibility().gaps()
    >>> sorted(set(gaps.column("type")))
    ['no_lead', 'self_lead', 'task_without_member', 'two_leads', 'vacancy']
    """

    __slots__ = ("_snapshot",)

    _snapshot: Snapshot

    @classmethod
    def _of(cls, snapshot: Snapshot, pointer: Pointer) -> Responsibility:
        responsibility = cls.__new__(cls)
        responsibility._pointer = pointer
        responsibility._snapshot = snapshot._again()
        return responsibility

    def holders(self, unit: Ref | None = None, duty: Ref | None = None, *,
                day: datetime.date | None = None,
                language: Language = "en") -> Table:
        """Gives who answers for a unit: the nearest holders of each duty.

        Parameters
        ----------
        unit : str, optional
            None is duties as a whole.
        duty : str, optional
            None is every duty.
        day : datetime.date, optional
            None is the day of the snapshot.
        """
        return self._table(lib.headrope_responsibility_holders,
                           self._snapshot._number("unit", unit),
                           self._snapshot._number("duty", duty), day_or(day, 0),
                           language=language)

    def gaps(self, *, valid_from: datetime.date | None = None,
             valid_until: datetime.date | None = None,
             language: Language = "en", gaps_max: int = 0,
             progress: AskedProgress = None) -> Table:
        """Gives where responsibility is missing, double, vacant or stale, and
        since when.

        Parameters
        ----------
        valid_from, valid_until : datetime.date, optional
            The days asked about: the first, and the day after the last; neither
            is the day of the snapshot.
        language : {"en", "zh"}
            The language of names.
        gaps_max : int
            More are a `LimitExceededError`; 0 is 20,000,000.
        progress : function or True, optional
            As in `Registry.load`.
        """
        task = Task(progress)
        first, last = days_asked(valid_from, valid_until)
        options = new(
            "headrope_gaps_options", valid_from=first, valid_until=last,
            language=choose(LANGUAGES, language, "language"), gaps_max=gaps_max,
            progress=lib.headrope_python_progress, user_data=task.pointer)
        held = self._held()
        return _calls.long(lambda: Table._from(
            lib.headrope_responsibility_gaps, held, options), task)

    def chain(self, hierarchy: Ref, duty: Ref | None = None, *,
              day: datetime.date | None = None,
              language: Language = "en") -> Table:
        """Gives where a chain from the roots of a hierarchy to its leaves is
        broken: by vacant posts of heads, or by a unit without a lead of a
        duty."""
        return self._table(lib.headrope_responsibility_chain,
                           self._snapshot._number("hierarchy", hierarchy),
                           self._snapshot._number("duty", duty), day_or(day, 0),
                           language=language)

    def load(self, *, day: datetime.date | None = None,
             language: Language = "en") -> Table:
        """Gives what each person and unit carries: leads, posts, ties."""
        return self._table(lib.headrope_responsibility_load, day_or(day, 0),
                           language=language)

    def _table(self, function: Any, *arguments: Any, language: Language) -> Table:
        held, number = self._held(), choose(LANGUAGES, language, "language")
        return _calls.long(lambda: Table._from(function, held, *arguments, number))
