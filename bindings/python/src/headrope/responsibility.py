# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Who answers for what, and where nobody does."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headrope import _calls
from headrope._calls import AskedProgress, Task
from headrope._capi import ffi, lib
from headrope._library import (
    Pointer,
    SnapshotHandle,
    choose,
    day_asked,
    days_asked,
    new,
)
from headrope.pack import LANGUAGES, Language
from headrope.table import Table

if TYPE_CHECKING:
    from headrope.snapshot import Ref


@dataclass(frozen=True)
class LoadLimits:
    """What is too much for one person or unit; 0 is no limit."""

    leads_max: int = 0
    cooperations_max: int = 0
    posts_max: int = 0
    liaisons_max: int = 0
    contact_points_max: int = 0
    total_max: int = 0


class Responsibility(SnapshotHandle):
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

    __slots__ = ()

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
                           self._snapshot._number("duty", duty), day_asked(day),
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
              top: Ref | None = None, day: datetime.date | None = None,
              roles: Sequence[Ref] = (), needs_post: bool = False,
              language: Language = "en") -> Table:
        """Gives where a chain from the roots of a hierarchy to its leaves is
        broken: by vacant posts of heads, or by a unit without a lead of a duty.

        Parameters
        ----------
        hierarchy : str
            Along which hierarchy.
        duty : str, optional
            Whose leads hold the chain; None is the posts.
        top : str, optional
            Only at and below this unit.
        day : datetime.date, optional
            None is the day of the snapshot.
        roles : sequence of str
            The roles that hold the chain; none is every role of heads.
        needs_post : bool
            Whether a unit without any such post is a break too.
        """
        options = self._chain(day, roles, needs_post, language)
        return self._made(lib.headrope_responsibility_chain,
                          self._snapshot._number("hierarchy", hierarchy),
                          self._snapshot._number("duty", duty),
                          self._snapshot._number("unit", top), options)

    def single_points(self, hierarchy: Ref, duty: Ref | None = None, *,
                      top: Ref | None = None, day: datetime.date | None = None,
                      roles: Sequence[Ref] = (), needs_post: bool = False,
                      count_max: int = 0, language: Language = "en") -> Table:
        """Gives the persons and units whose loss would break most of a chain,
        most hanging units first.

        The parameters are those of `chain`, and `count_max`: so many at most; 0
        is 100.
        """
        options = self._chain(day, roles, needs_post, language)
        return self._made(lib.headrope_responsibility_single_points,
                          self._snapshot._number("hierarchy", hierarchy),
                          self._snapshot._number("duty", duty),
                          self._snapshot._number("unit", top), options, count_max)

    def _chain(self, day: datetime.date | None, roles: Sequence[Ref],
               needs_post: bool, language: Language) -> Pointer:
        array = ffi.new("int64_t[]",
                        [self._snapshot._number("role", role) for role in roles])
        return new("headrope_chain_options", day=day_asked(day),
                   language=choose(LANGUAGES, language, "language"),
                   needs_post=needs_post, roles=array if len(array) else ffi.NULL,
                   role_count=len(array))

    def load(self, *, line: Ref | None = None, top: Ref | None = None,
             day: datetime.date | None = None, limits: LoadLimits | None = None,
             language: Language = "en") -> Table:
        """Gives what each person and unit carries: leads, posts, ties.

        Parameters
        ----------
        line : str, optional
            Only what lies in this hierarchy.
        top : str, optional
            And at or below this unit in it.
        day : datetime.date, optional
            None is the day of the snapshot.
        limits : LoadLimits, optional
            What is past one of them is told under ``over``.
        """
        options = new("headrope_load_options", day=day_asked(day),
                      language=choose(LANGUAGES, language, "language"),
                      **dataclasses.asdict(limits or LoadLimits()))
        return self._made(lib.headrope_responsibility_load,
                          self._snapshot._number("hierarchy", line),
                          self._snapshot._number("unit", top), options)

    def _table(self, function: Any, *arguments: Any, language: Language) -> Table:
        return self._made(function, *arguments,
                          choose(LANGUAGES, language, "language"))

    def _made(self, function: Any, *arguments: Any) -> Table:
        held = self._held()
        return _calls.long(lambda: Table._from(function, held, *arguments))
