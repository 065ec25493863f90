# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Sets of persons, how they overlap, and every threshold at every unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

from headrope import _calls
from headrope._capi import ffi, lib
from headrope._library import (
    Handle,
    Pointer,
    SnapshotHandle,
    call,
    choose,
    handle,
    new,
    number,
    numbers,
    texts,
    view,
    words,
)
from headrope.errors import NotFoundError
from headrope.pack import LANGUAGES, Language
from headrope.table import Table

if TYPE_CHECKING:
    from headrope.snapshot import Ref

Test = Literal["at_least", "at_most", "equal"]
"""How a value is compared with a threshold."""

_TESTS = words("HEADROPE_COMPARING_")
_OPERATIONS = words("HEADROPE_SET_")


class Persons(Handle):
    """Some persons of a snapshot; made by `Snapshot.persons_below` and
    `Assessment.persons`. Sets of one snapshot combine by ``|``, ``&``, ``-``.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> party = snapshot.persons_below("party", "U01")
    >>> street = snapshot.persons_below("administrative", "D01")
    >>> len(party) + len(street) - len(party & street) == len(party | street)
    True
    """

    __slots__ = ()

    @classmethod
    def _of(cls, pointer: Pointer) -> Persons:
        persons = cls.__new__(cls)
        persons._pointer = pointer
        return persons

    def __len__(self) -> int:
        count: int = lib.headrope_persons_count(self._held())
        return count

    def __bool__(self) -> bool:
        return len(self) > 0

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers())

    def numbers(self) -> list[int]:
        """Gives the persons by their numbers in the snapshot, ascending."""
        return numbers(lib.headrope_persons_list, self._held())

    def table(self, rows_max: int = 0) -> Table:
        """Gives the persons with the unit of the formal membership; so many at
        most, or all for 0."""
        held = self._held()
        return _calls.long(lambda: Table._from(
            lib.headrope_persons_table, held, rows_max))

    def _combined(self, other: Persons, operation: str) -> Persons:
        if not isinstance(other, Persons):
            raise TypeError(f"expected Persons, not {type(other).__name__}")
        return Persons._of(handle(
            lib.headrope_persons_combine, self._held(), other._held(),
            _OPERATIONS[operation], kind="headrope_persons",
            free=lib.headrope_persons_free))

    def __or__(self, other: Persons) -> Persons:
        return self._combined(other, "unite")

    def __and__(self, other: Persons) -> Persons:
        return self._combined(other, "intersect")

    def __sub__(self, other: Persons) -> Persons:
        return self._combined(other, "subtract")


class Overlap(Handle):
    """How sets of persons overlap, so that their sizes add up.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> overlap = Overlap({
    ...     "party": snapshot.persons_below("party", "U01"),
    ...     "street": snapshot.persons_below("administrative", "D01")})
    >>> table = overlap.table()
    >>> table.column("sets")
    ['party', 'street', 'party & street']
    """

    __slots__ = ()

    def __init__(self, sets: Mapping[str, Persons]) -> None:
        """Compares sets of one snapshot.

        Parameters
        ----------
        sets : mapping of str to Persons
            1 to 16 sets, each by what table and sentence call it.
        """
        held = [persons._held() for persons in sets.values()]
        array = ffi.new("headrope_persons *[]", held)
        labels = texts(sets)
        self._pointer = _calls.long(lambda: handle(
            lib.headrope_overlap_new, array, labels, len(held),
            kind="headrope_overlap", free=lib.headrope_overlap_free))

    def table(self) -> Table:
        """Gives a row for each combination of sets; the column ``term`` adds up
        to the different persons."""
        return Table._from(lib.headrope_overlap_table, self._held())

    def sentence(self, language: Language = "en") -> str:
        """Gives the sum in one line."""
        return view(lib.headrope_overlap_sentence, self._held(),
                    choose(LANGUAGES, language, "language"))

    def __str__(self) -> str:
        return self.sentence()


@dataclass(frozen=True)
class Threshold:
    """The hardest threshold that a wished part of some subjects reaches.

    Attributes
    ----------
    value : Fraction or None
        None if no threshold is reached by so many.
    met : int
        Subjects that reach it.
    tied : int
        Of these, those with exactly this value.
    known, unknown : int
        Subjects with a value, and those who are asked for one and have none.
    """

    value: Fraction | None
    met: int
    tied: int
    known: int
    unknown: int


class Spectrum(SnapshotHandle):
    """Every threshold at every unit; made by `Figures.spectrum` and
    `Assessment.spectrum_index`.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> days = snapshot.tally("study_session", "distinct_days")
    >>> spectrum = days.spectrum("party")
    >>> spectrum.count("U08", "at_least", 7)
    2
    >>> spectrum.threshold("U08", 2, 3).value
    Fraction(7, 1)
    """

    __slots__ = ()

    def count(self, unit: Ref, test: Test, threshold: int | Fraction) -> int:
        """Counts the subjects at and below a unit whose value stands so to a
        threshold."""
        exact = Fraction(threshold)
        return number(lib.headrope_spectrum_count, self._held(),
                      self._snapshot._number("unit", unit),
                      choose(_TESTS, test, "test"), exact.numerator,
                      exact.denominator)

    def value(self, unit: Ref, rank: int) -> Fraction | None:
        """Gives the value at a position, from 0, in the order of values; None
        past the last."""
        numerator, denominator = ffi.new("int64_t *"), ffi.new("int64_t *")
        at = self._snapshot._number("unit", unit)
        try:
            call(lib.headrope_spectrum_value, self._held(), at, rank, numerator,
                 denominator)
        except NotFoundError:
            return None
        return Fraction(numerator[0], denominator[0])

    def threshold(self, unit: Ref, part: int, whole: int,
                  test: Test = "at_least") -> Threshold:
        """Gives the hardest threshold that at least ``part`` of ``whole`` of the
        subjects at and below a unit reach.

        Parameters
        ----------
        unit : str or int
            The unit.
        part, whole : int
            The wished coverage, such as 80 and 100.
        test : {"at_least", "at_most"}
            Whether greater or smaller values meet.
        """
        out = new("headrope_threshold")
        call(lib.headrope_spectrum_threshold, self._held(),
             self._snapshot._number("unit", unit), choose(_TESTS, test, "test"),
             part, whole, out)
        reached = Fraction(out.numerator, out.denominator) if out.is_reached \
            else None
        return Threshold(reached, *(cast(int, getattr(out, name)) for name in
                                    ("met", "tied", "known", "unknown")))
