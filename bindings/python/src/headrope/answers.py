# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Answers of packs: assessments, coverage, explanations, comparisons.

All are immutable, and any number of threads may ask. They are made by
`Snapshot.assess`, `Snapshot.explain` and `Snapshot.compare`.
"""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from headrope import _calls, _html
from headrope._calls import AskedProgress, Task
from headrope._capi import ffi, lib
from headrope._library import (
    NONE,
    Handle,
    Pointer,
    SnapshotHandle,
    call,
    choose,
    days_asked,
    encoded,
    handle,
    made,
    new,
    view,
    words,
)
from headrope.pack import LANGUAGES, Language, Pack
from headrope.persons import Persons, Spectrum
from headrope.table import Table

if TYPE_CHECKING:
    import pandas

    from headrope.snapshot import Ref, Snapshot

Basis = Literal["primary", "any", "every"]
"""Who is counted, and how often: once at the formal membership, once below a
unit by any membership, or each membership."""

Status = Literal["met", "unmet", "pending", "exempt", "not_applicable",
                 "not_in_force", "not_evaluable"]
"""The status of a rule for a subject."""

Grouping = Literal["kind", "level", "attribute"]
"""A property that subjects are grouped by."""

BASES = words("HEADROPE_BASIS_")
_STATUSES = cast(dict[int, Status],
                 {at: word for word, at in words("HEADROPE_RULE_").items()})
_GROUPINGS = words("HEADROPE_GROUP_BY_")

T = TypeVar("T")
M = TypeVar("M", bound="_Made")


class Question:
    """What is asked of rules."""

    def __init__(self, valid_from: datetime.date | None,
                 valid_until: datetime.date | None, thread_count: int = 1,
                 wants_deadlines: bool = False, items_max: int = 0,
                 progress: AskedProgress = None) -> None:
        first, last = days_asked(valid_from, valid_until)
        self.task = Task(progress)
        self.struct = new(
            "headrope_question", valid_from=first, valid_until=last,
            thread_count=thread_count, wants_deadlines=wants_deadlines,
            items_max=items_max, progress=lib.headrope_python_progress,
            user_data=self.task.pointer)

    def ask(self, work: Callable[[Pointer], T]) -> T:
        """Does what may last with the question."""
        return _calls.long(lambda: work(self.struct), self.task)


@dataclass(frozen=True)
class Counts:
    """How many subjects have which status.

    Attributes
    ----------
    eligible : int
        Met, unmet, pending or not evaluable.
    """

    eligible: int
    met: int
    unmet: int
    pending: int
    exempt: int
    not_applicable: int
    not_in_force: int
    not_evaluable: int

    @classmethod
    def _read(cls, function: Callable[..., int], *arguments: Any) -> Counts:
        out = new("headrope_counts")
        call(function, *arguments, out)
        return cls(**{name: getattr(out, name) for name in cls.__annotations__})


class _Made(Handle):
    """An answer that needs nothing but itself."""

    __slots__ = ()

    @classmethod
    def _own_made(cls: type[M], pointer: Pointer) -> M:
        answer = cls.__new__(cls)
        answer._pointer = pointer
        return answer


class Assessment(Handle):
    """The status of rules for each of their subjects.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> pack = registry.load_pack(headrope.examples.pack)
    >>> assessment = snapshot.assess(
    ...     pack, "S02", valid_from=datetime.date(2013, 1, 1))
    >>> assessment.counts().met, assessment.counts().eligible
    (5, 9)
    >>> coverage = assessment.cover("party")
    >>> coverage.at("U08").unmet
    1
    """

    __slots__ = ("_snapshot", "pack")

    _snapshot: Snapshot
    pack: Pack
    """The pack that was assessed."""

    @classmethod
    def _of(cls, snapshot: Snapshot, pack: Pack, pointer: Pointer) -> Assessment:
        assessment = cls.__new__(cls)
        assessment._pointer = pointer
        assessment._snapshot = snapshot._again()
        assessment.pack = pack
        return assessment

    def table(self) -> Table:
        """Gives status, value, threshold and margin of each subject in each
        window."""
        held = self._held()
        return _calls.long(lambda: Table._from(
            lib.headrope_assessment_table, held))

    def summary(self, language: Language = "en") -> Table:
        """Gives each rule with the counts of its subjects by status."""
        return Table._from(lib.headrope_assessment_summary, self._held(),
                           choose(LANGUAGES, language, "language"))

    def counts(self) -> Counts:
        """Counts subjects by status; of several rules, a subject meets them if
        it meets all that speak of it."""
        return Counts._read(lib.headrope_assessment_counts, self._held())

    def groups(self, grouping: Grouping, *, hierarchy: Ref | None = None,
               attribute: str = "") -> Table:
        """Counts subjects by status in groups.

        Parameters
        ----------
        grouping : {"kind", "level", "attribute"}
            What they are grouped by.
        hierarchy : str, optional
            Of levels.
        attribute : str, optional
            Of attributes.
        """
        text = encoded(attribute)
        arguments = (self._held(), choose(_GROUPINGS, grouping, "grouping"),
                     self._snapshot._number("hierarchy", hierarchy), text,
                     len(text))
        return _calls.long(lambda: Table._from(
            lib.headrope_assessment_groups, *arguments))

    def spectrum(self) -> Table:
        """Gives the coverage at every threshold, of an assessment of one
        rule."""
        return Table._from(lib.headrope_assessment_spectrum, self._held())

    def spectrum_index(self, hierarchy: Ref,
                       basis: Basis = "primary") -> Spectrum:
        """Indexes the values of one rule, so that any threshold at any unit is
        answered at once."""
        arguments = (self._held(), self._snapshot._number("hierarchy", hierarchy),
                     choose(BASES, basis, "basis"))
        return Spectrum._of(self._snapshot, _calls.long(lambda: handle(
            lib.headrope_spectrum_of_assessment, *arguments,
            kind="headrope_spectrum", free=lib.headrope_spectrum_free)))

    def persons(self, status: Status) -> Persons:
        """Gives the persons who have a status, as a set."""
        held = self._held()
        word = choose(words("HEADROPE_RULE_"), status, "status")
        return Persons._of(_calls.long(lambda: handle(
            lib.headrope_persons_with_status, held, word,
            kind="headrope_persons", free=lib.headrope_persons_free)))

    def cover(self, hierarchy: Ref, basis: Basis = "primary", *,
              thread_count: int = 1) -> Coverage:
        """Rolls the assessment up along a hierarchy."""
        arguments = (self._held(), self._snapshot._number("hierarchy", hierarchy),
                     choose(BASES, basis, "basis"), thread_count)
        return Coverage._of(self._snapshot, _calls.long(lambda: handle(
            lib.headrope_coverage_new, *arguments, kind="headrope_coverage",
            free=lib.headrope_coverage_free)))

    def _repr_html_(self) -> str:
        return self.summary()._repr_html_()


class Coverage(SnapshotHandle):
    """An assessment rolled up along a hierarchy; made by `Assessment.cover`."""

    __slots__ = ()

    def table(self, *, top: Ref | None = None, levels: int | None = None) -> Table:
        """Gives the counts at and below each unit, and the rate.

        Parameters
        ----------
        top : str or int, optional
            The unit from which the table goes down.
        levels : int, optional
            How many levels below it.
        """
        arguments = (self._held(), self._snapshot._number("unit", top),
                     lib.HEADROPE_ALL_LEVELS if levels is None else levels)
        return _calls.long(lambda: Table._from(
            lib.headrope_coverage_table, *arguments))

    def at(self, unit: Ref | None) -> Counts:
        """Gives the counts at and below one unit; those of subjects outside the
        hierarchy for None."""
        return Counts._read(lib.headrope_coverage_at, self._held(),
                            NONE if unit is None
                            else self._snapshot._number("unit", unit))

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


class Explanation(_Made):
    """Why a rule has its status for a subject; made by `Snapshot.explain`.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> pack = registry.load_pack(headrope.examples.pack)
    >>> explanation = snapshot.explain(pack, "S02", "U10")
    >>> explanation.status
    'unmet'
    """

    __slots__ = ()

    @property
    def status(self) -> Status:
        """The status that is explained, over all windows."""
        return _STATUSES[made(lib.headrope_explanation_status, self._held(),
                              kind="headrope_rule_status")]

    def sentence(self, language: Language = "en") -> str:
        """Gives the explanation in one sentence."""
        return view(lib.headrope_explanation_sentence, self._held(),
                    choose(LANGUAGES, language, "language"))

    def table(self, language: Language = "en") -> Table:
        """Gives a row for each step and each item."""
        return Table._from(lib.headrope_explanation_table, self._held(),
                           choose(LANGUAGES, language, "language"))

    def to_json(self) -> str:
        """Writes the explanation as one JSON object."""
        pieces = io.BytesIO()
        _calls.written(lib.headrope_explanation_write_json, self._held(),
                       pieces.write)
        return pieces.getvalue().decode("utf-8")

    def to_dict(self) -> dict[str, Any]:
        """Gives the JSON object: sentence, windows, steps, items."""
        return cast(dict[str, Any], json.loads(self.to_json()))

    def __str__(self) -> str:
        return self.sentence()

    def _repr_html_(self) -> str:
        return _html.paragraph(self.sentence()) + self.table()._repr_html_()


class Comparison(_Made):
    """What changes between two packs; made by `Snapshot.compare`.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> pack = registry.load_pack(headrope.examples.pack)
    >>> stricter = pack.with_parameter(
    ...     "branch_days", 12, valid_from=datetime.date(2013, 1, 1))
    >>> comparison = snapshot.compare(
    ...     pack, stricter, valid_from=datetime.date(2013, 1, 1))
    >>> list(comparison.falls_out["subject"])
    ['U02', 'U04', 'U06', 'U09', 'U11']
    """

    __slots__ = ()

    def table(self) -> Table:
        """Gives each subject whose status changes, and its ``transition``."""
        return Table._from(lib.headrope_comparison_table, self._held())

    def summary(self) -> Table:
        """Gives the counts of each rule before and after."""
        return Table._from(lib.headrope_comparison_summary, self._held())

    @property
    def falls_out(self) -> pandas.DataFrame:
        """Who does not meet a rule any more; needs pandas and pyarrow."""
        return self._changed("fell_out")

    @property
    def enters(self) -> pandas.DataFrame:
        """Who newly meets a rule; needs pandas and pyarrow."""
        return self._changed("entered")

    def _changed(self, transition: str) -> pandas.DataFrame:
        frame = self.table().to_pandas()
        chosen = frame[frame["transition"] == transition]
        shown: pandas.DataFrame = chosen.drop(
            columns="transition").reset_index(drop=True)
        return shown

    def _repr_html_(self) -> str:
        return self.summary()._repr_html_()


__all__ = ["Assessment", "Basis", "Comparison", "Counts", "Coverage",
           "Explanation", "Grouping", "Status"]
