# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The snapshot: an organisation as of a day, immutable, and its figures.

Units, persons, hierarchies and so on are dense numbers of a snapshot. Wherever
one is asked for, the user's own identity may stand instead: ``"U08"`` and
``"party"``. Any number of threads may ask.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from headrope import _calls
from headrope._calls import AskedProgress, Task
from headrope._capi import ffi, lib
from headrope._library import (
    NONE,
    Handle,
    Pointer,
    SnapshotHandle,
    call,
    choose,
    date_of,
    days_asked,
    encoded,
    encoded_path,
    handle,
    keep,
    new,
    number,
    numbers,
    texts,
    view,
    words,
)
from headrope.answers import (
    BASES,
    Assessment,
    Basis,
    Comparison,
    Explanation,
    Question,
)
from headrope.errors import NotFoundError
from headrope.findings import Findings, Gathering
from headrope.live import LiveCoverage, LiveFigures, LiveMembers, LiveSums
from headrope.pack import LANGUAGES, Language, Pack
from headrope.persons import Persons, Spectrum
from headrope.responsibility import Responsibility
from headrope.subtree import Subtree
from headrope.table import Table

Object = Literal["unit", "person", "post", "duty", "kind", "hierarchy", "measure",
                 "role", "attribute"]
"""A kind of object that a snapshot numbers."""

Reduction = Literal["count", "sum", "distinct_days", "last", "least", "greatest"]
"""How the records of a unit become one number."""

Verify = Literal["at_open", "as_needed"]
"""When a freeze file is looked at."""

Standing = Literal["primary", "secondary"]
"""Whether a membership is the formal one."""

Ref = str | int
"""An object: by the user's own identity, or by its number."""

_OBJECTS = words("HEADROPE_OBJECT_")
_REDUCTIONS = words("HEADROPE_REDUCTION_")
_STANDINGS = words("HEADROPE_STANDING_")
_VERIFY = words("HEADROPE_VERIFY_")


class Snapshot(Handle):
    """An organisation as of a day; made by `Registry.freeze` or `open_snapshot`.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> snapshot.count("unit"), snapshot.name("unit", "U08")
    (23, '非公企业园区党委')
    >>> [snapshot.identity("unit", unit) for unit in snapshot.children("party", "U08")]
    ['U09', 'U10']
    """

    __slots__ = ("findings",)

    findings: Findings
    """What freezing found; warnings."""

    @classmethod
    def _found(cls, pointer: Pointer, findings: Findings) -> Snapshot:
        snapshot = cls.__new__(cls)
        snapshot._pointer = pointer
        snapshot.findings = findings
        return snapshot

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, verify: Verify = "at_open",
             into_memory: bool = False, thread_count: int = 1,
             progress: AskedProgress = None) -> Snapshot:
        """Opens a file that `save` wrote; nothing in it is trusted.

        Parameters
        ----------
        path : path
            The file. It is mapped into memory, and must not be written or cut
            while it is open; `save` to the same path is no harm.
        verify : {"at_open", "as_needed"}
            Looks at all of it now, or at each part when it is first asked for;
            then any question may raise `errors.FileDamagedError`.
        into_memory : bool
            Whether to read the file and not to map it.
        thread_count : int
            How many threads look at it, 64 at most.
        progress : function or True, optional
            As in `Registry.load`.
        """
        file, task = encoded_path(path), Task(progress)
        options = new("headrope_open_options",
                      verify=choose(_VERIFY, verify, "verify"),
                      into_memory=into_memory, thread_count=thread_count,
                      progress=lib.headrope_python_progress,
                      user_data=task.pointer)
        pointer = _calls.long(lambda: handle(
            lib.headrope_snapshot_open, file, len(file), options,
            kind="headrope_snapshot", free=lib.headrope_snapshot_release), task)
        return cls._found(pointer, Gathering().findings())

    def save(self, path: str | os.PathLike[str], *,
             figures: Mapping[str, Figures] | None = None,
             progress: AskedProgress = None) -> None:
        """Saves the snapshot as a file, whole or not at all.

        Parameters
        ----------
        path : path
            The file; one that is there is replaced.
        figures : mapping of str to Figures, optional
            Figures of this snapshot to keep beside it, by their names.
        progress : function or True, optional
            As in `Registry.load`.

        Examples
        --------
        >>> import headrope, tempfile
        >>> registry = headrope.load(headrope.examples.xincheng)
        >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     snapshot.save(folder + "/xincheng.freeze",
        ...                   figures={"units": snapshot.count_units()})
        ...     opened = headrope.open_snapshot(folder + "/xincheng.freeze")
        >>> opened.saved_figures()["units"].sums("party").at("U08")
        3
        """
        file, task, kept = encoded_path(path), Task(progress), figures or {}
        names = texts(kept)
        held = ffi.new("headrope_figures *[]",
                       [figure._held() for figure in kept.values()])
        options = new("headrope_save_options", figures=held, names=names,
                      figure_count=len(kept),
                      progress=lib.headrope_python_progress,
                      user_data=task.pointer)
        keep(options, list(kept.values()))
        pointer = self._held()
        _calls.long(lambda: call(lib.headrope_snapshot_save, pointer, file,
                                 len(file), options), task)

    def saved_figures(self) -> dict[str, Figures]:
        """Gives the figures that lie beside an opened snapshot, by name."""
        pointer = self._held()
        return {
            view(lib.headrope_snapshot_figure_name, pointer, at):
            Figures._of(self, handle(lib.headrope_figures_saved, pointer, at,
                                     kind="headrope_figures",
                                     free=lib.headrope_figures_free))
            for at in range(lib.headrope_snapshot_figure_count(pointer))}

    def _again(self) -> Snapshot:
        """Gives the same snapshot, which its answers keep when it is closed."""
        return Snapshot._found(self._held(), self.findings)

    @property
    def as_of(self) -> datetime.date:
        """The day that was frozen."""
        date = date_of(lib.headrope_snapshot_as_of(self._held()))
        assert date is not None
        return date

    def count(self, object: Object) -> int:
        """Counts the living units, the persons, kinds …"""
        return number(lib.headrope_snapshot_count, self._held(), _object(object))

    def find(self, object: Object, identity: str) -> int | None:
        """Finds an object by the user's own identity; None if there is none, or
        it is a unit that does not live on the day."""
        text = encoded(identity)
        found = number(lib.headrope_snapshot_find, self._held(), _object(object),
                       text, len(text))
        return None if found == NONE else found

    def _number(self, object: Object, ref: Ref | None) -> int:
        """Gives the number of an object; no object is `NONE`."""
        if ref is None:
            return NONE
        if isinstance(ref, int):
            return ref
        found = self.find(object, ref)
        if found is None:
            raise NotFoundError(f"no {object} '{ref}' on {self.as_of}",
                                id="HDR-BASE-005")
        return found

    def identity(self, object: Object, number: int) -> str:
        """Gives the user's own identity of an object."""
        return view(lib.headrope_snapshot_identity, self._held(), _object(object),
                    number)

    def identities(self, object: Object) -> list[str]:
        """Gives the identities of all objects of a kind, in the order of their
        numbers."""
        return [self.identity(object, at) for at in range(self.count(object))]

    def name(self, object: Object, ref: Ref, language: Language = "en") -> str:
        """Gives the name for people: of a unit its own on the day, of a kind,
        hierarchy, measure or role its label; empty if it has none."""
        return view(lib.headrope_snapshot_name, self._held(), _object(object),
                    self._number(object, ref),
                    choose(LANGUAGES, language, "language"))

    def kind(self, unit: Ref) -> str:
        """Gives the identity of the kind of a unit on the day."""
        kind = number(lib.headrope_snapshot_kind, self._held(),
                      self._number("unit", unit))
        return self.identity("kind", kind)

    def parent(self, hierarchy: Ref, unit: Ref) -> int | None:
        """Gives the unit above a unit; None for a root, and for a unit outside
        the hierarchy."""
        found = number(lib.headrope_snapshot_parent, self._held(),
                       self._number("hierarchy", hierarchy),
                       self._number("unit", unit))
        return None if found == NONE else found

    def children(self, hierarchy: Ref, unit: Ref | None = None) -> list[int]:
        """Gives the units right below a unit; the roots for None."""
        return numbers(lib.headrope_snapshot_children, self._held(),
                       self._number("hierarchy", hierarchy),
                       self._number("unit", unit))

    def members(self, unit: Ref, standing: Standing = "primary") -> list[int]:
        """Gives the members of a unit on the day, by number."""
        return numbers(lib.headrope_snapshot_members, self._held(),
                       self._number("unit", unit),
                       choose(_STANDINGS, standing, "standing"))

    def attribute(self, object: Object, ref: Ref, attribute: Ref) -> str:
        """Gives the value of an attribute of a unit, person or post on the day;
        empty if it has none."""
        return view(lib.headrope_snapshot_attribute, self._held(),
                    _object(object), self._number(object, ref),
                    self._number("attribute", attribute))

    def subtree(self, unit: Ref | None = None,
                hierarchy: Ref = "administrative") -> Subtree:
        """Gives the units at and below a unit, as notebooks show them."""
        return Subtree(self._again(), self._number("hierarchy", hierarchy),
                       self._number("unit", unit))

    def member_table(self, hierarchy: Ref, *, top: Ref | None = None,
                     levels: int | None = None,
                     basis: Basis = "primary") -> Table:
        """Counts the different members at and below every unit.

        Parameters
        ----------
        hierarchy : str or int
            Along which hierarchy.
        top : str or int, optional
            The unit from which the table goes down.
        levels : int, optional
            How many levels below it.
        basis : {"primary", "any", "every"}
            Who is counted, and how often.
        """
        arguments = (self._held(), *self._whole(hierarchy, top, levels),
                     choose(BASES, basis, "basis"))
        return _calls.long(lambda: Table._from(
            lib.headrope_snapshot_member_table, *arguments))

    def persons_below(self, hierarchy: Ref, unit: Ref, basis: Basis = "any", *,
                      thread_count: int = 1) -> Persons:
        """Gives the members of a unit and of all units below it, as a set.

        Parameters
        ----------
        hierarchy, unit : str or int
            Below which unit along which hierarchy.
        basis : {"primary", "any"}
            By the formal membership, or by any.
        thread_count : int
            How many threads work, 64 at most.
        """
        arguments = (self._held(), self._number("hierarchy", hierarchy),
                     self._number("unit", unit), choose(BASES, basis, "basis"),
                     thread_count)
        return Persons._of(_calls.long(lambda: handle(
            lib.headrope_persons_below, *arguments, kind="headrope_persons",
            free=lib.headrope_persons_free)))

    def attendance_table(self, measures: Ref | Sequence[Ref], hierarchy: Ref, *,
                         top: Ref | None = None, levels: int | None = None,
                         valid_from: datetime.date | None = None,
                         valid_until: datetime.date | None = None) -> Table:
        """Counts attendance at the records of measures, at every unit.

        The days are those of `tally`.
        """
        tally = self._tally(measures, valid_from, valid_until)
        arguments = (self._held(), tally, *self._whole(hierarchy, top, levels))
        return _calls.long(lambda: Table._from(
            lib.headrope_snapshot_attendance_table, *arguments))

    def _whole(self, hierarchy: Ref, top: Ref | None,
               levels: int | None) -> tuple[int, int, int]:
        return (self._number("hierarchy", hierarchy), self._number("unit", top),
                lib.HEADROPE_ALL_LEVELS if levels is None else levels)

    # Figures

    def figures(self, values: Iterable[int]) -> Figures:
        """Takes the caller's own figures, one for each unit by its number.

        An array of 64-bit integers, such as NumPy's, is read as it lies.
        """
        array = _int64s(values)
        return Figures._of(self, handle(
            lib.headrope_figures_new, self._held(), array, len(array),
            kind="headrope_figures", free=lib.headrope_figures_free))

    def tally(self, measures: Ref | Sequence[Ref], reduction: Reduction = "count", *,
              valid_from: datetime.date | None = None,
              valid_until: datetime.date | None = None,
              credit_along: Ref | None = None) -> Figures:
        """Tallies the records of each unit, up to the day of the snapshot.

        Parameters
        ----------
        measures : str or sequence of str
            Which records.
        reduction : {"count", "sum", "distinct_days", "last", "least", "greatest"}
            How they become one number.
        valid_from, valid_until : datetime.date, optional
            The first day, and the day after the last.
        credit_along : str, optional
            Also credit records of units above, along this hierarchy, that reach
            the subtree.
        """
        tally = self._tally(measures, valid_from, valid_until)
        tally.reduction = choose(_REDUCTIONS, reduction, "reduction")
        if credit_along is not None:
            tally.credits_above = 1
            tally.credit_along = self._number("hierarchy", credit_along)
        held = self._held()
        return Figures._of(self, _calls.long(lambda: handle(
            lib.headrope_figures_tally, held, tally, kind="headrope_figures",
            free=lib.headrope_figures_free)))

    def _tally(self, measures: Ref | Sequence[Ref],
               valid_from: datetime.date | None,
               valid_until: datetime.date | None) -> Pointer:
        several = [measures] if isinstance(measures, (str, int)) else measures
        array = ffi.new("int64_t[]",
                        [self._number("measure", one) for one in several])
        first, last = days_asked(valid_from, valid_until)
        return new("headrope_tally", measures=array, measure_count=len(array),
                   valid_from=first, valid_until=last)

    def count_units(self, kinds: Sequence[Ref] = ()) -> Figures:
        """Counts units: 1 for each living unit of one of the kinds or of a
        narrower one; of any kind if none is given."""
        array = ffi.new("int64_t[]", [self._number("kind", kind) for kind in kinds])
        return Figures._of(self, handle(
            lib.headrope_figures_count_units, self._held(), array, len(array),
            kind="headrope_figures", free=lib.headrope_figures_free))

    # Rules

    def assess(self, pack: Pack, rules: str | Sequence[str] = (), *,
               valid_from: datetime.date | None = None,
               valid_until: datetime.date | None = None,
               thread_count: int = 1, wants_deadlines: bool = False,
               progress: AskedProgress = None) -> Assessment:
        """Assesses rules of a pack for all their subjects.

        Parameters
        ----------
        pack : Pack
            The pack.
        rules : str or sequence of str, optional
            The ids of the rules; all if none is given.
        valid_from, valid_until : datetime.date, optional
            The days asked about: the first, and the day after the last. None is
            from the day on which the pack takes effect, and up to the day of
            the snapshot.
        thread_count : int
            How many threads work, 64 at most.
        wants_deadlines : bool
            Whether to tell the day on which pending turns unmet.
        progress : function or True, optional
            As in `Registry.load`.
        """
        several = [rules] if isinstance(rules, str) else rules
        array = ffi.new("int64_t[]", [pack._rule(rule) for rule in several])
        question = Question(valid_from, valid_until, thread_count,
                            wants_deadlines, progress=progress)
        arguments = (self._held(), pack._held(), array, len(array))
        pointer = question.ask(lambda options: handle(
            lib.headrope_assessment_new, *arguments, options,
            kind="headrope_assessment", free=lib.headrope_assessment_free))
        return Assessment._of(self, pack, pointer)

    def explain(self, pack: Pack, rule: str, subject: str, *,
                valid_from: datetime.date | None = None,
                valid_until: datetime.date | None = None, items_max: int = 0,
                progress: AskedProgress = None) -> Explanation:
        """Explains why a rule has its status for a subject.

        Parameters
        ----------
        rule : str
            The id of the rule.
        subject : str
            The user's own identity of the subject.
        items_max : int
            How many items are told for each amount; 0 is 200.
        """
        text = encoded(subject)
        question = Question(valid_from, valid_until, items_max=items_max,
                            progress=progress)
        arguments = (self._held(), pack._held(), pack._rule(rule), text, len(text))
        return Explanation._own_made(question.ask(lambda options: handle(
            lib.headrope_explanation_new, *arguments, options,
            kind="headrope_explanation", free=lib.headrope_explanation_free)))

    def compare(self, before: Pack, after: Pack, *,
                valid_from: datetime.date | None = None,
                valid_until: datetime.date | None = None, thread_count: int = 1,
                progress: AskedProgress = None) -> Comparison:
        """Compares two packs, rule by rule: who falls out, who enters."""
        question = Question(valid_from, valid_until, thread_count,
                            progress=progress)
        arguments = (self._held(), before._held(), after._held())
        return Comparison._own_made(question.ask(lambda options: handle(
            lib.headrope_comparison_new, *arguments, options,
            kind="headrope_comparison", free=lib.headrope_comparison_free)))

    def live(self, hierarchy: Ref,
             figures: Sequence[LiveSums | LiveCoverage | LiveMembers], *,
             thread_count: int = 1, progress: AskedProgress = None) -> LiveFigures:
        """Makes figures that are kept right while records come and members move.

        Parameters
        ----------
        hierarchy : str
            Along which they are counted.
        figures : sequence of LiveSums, LiveCoverage or LiveMembers
            What is kept; numbered from 0.
        """
        return LiveFigures._make(self, hierarchy, figures, thread_count, progress)

    def responsibility(self) -> Responsibility:
        """Indexes who answers for what."""
        held = self._held()
        return Responsibility._of(self, _calls.long(lambda: handle(
            lib.headrope_responsibility_new, held, kind="headrope_responsibility",
            free=lib.headrope_responsibility_free)))

    def __repr__(self) -> str:
        if self.closed:
            return "<closed Snapshot>"
        return f"<Snapshot of {self.count('unit')} units on {self.as_of}>"


open_snapshot = Snapshot.open
"""Opens a file that `Snapshot.save` wrote: `Snapshot.open`."""


def _int64s(values: Iterable[int]) -> Pointer:
    """Gives an array of int64_t, by the buffer of the values if they have
    one."""
    try:
        view = memoryview(values)  # type: ignore[arg-type]
    except TypeError:
        view = None
    if view is not None and view.format in ("l", "q") and view.itemsize == 8:
        return ffi.from_buffer("int64_t[]", view)
    return ffi.new("int64_t[]", [int(value) for value in values])


def _object(word: Object) -> int:
    return choose(_OBJECTS, word, "object")


class Figures(SnapshotHandle):
    """One number for each unit of a snapshot; made by `Snapshot.tally`.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> days = snapshot.tally("study_session", "distinct_days")
    >>> days.at("U09"), days.sums("party").at("U08")
    (8, 15)
    """

    __slots__ = ()

    def at(self, unit: Ref) -> int | None:
        """Gives the figure of one unit alone, in the measure's fixed-point
        units; None if it is unknown, which is not zero."""
        out, is_known = ffi.new("int64_t *"), ffi.new("int32_t *")
        call(lib.headrope_figures_at, self._held(),
             self._snapshot._number("unit", unit), out, is_known)
        return out[0] if is_known[0] else None

    @property
    def unplaced(self) -> int:
        """What was counted in records of units that do not live on the day."""
        count: int = lib.headrope_figures_unplaced(self._held())
        return count

    def roll_up(self, hierarchy: Ref, *, top: Ref | None = None,
                levels: int | None = None, thread_count: int = 1) -> Table:
        """Adds figures up along a hierarchy: ``own`` and ``sum`` of each unit."""
        arguments = (self._held(), *self._snapshot._whole(hierarchy, top, levels),
                     thread_count)
        return _calls.long(lambda: Table._from(
            lib.headrope_figures_roll_up, *arguments))

    def sums(self, hierarchy: Ref) -> Sums:
        """Prepares the sums of a hierarchy, so that each is one subtraction."""
        held = self._held()
        along = self._snapshot._number("hierarchy", hierarchy)
        return Sums._of(self._snapshot, _calls.long(lambda: handle(
            lib.headrope_sums_new, held, along, kind="headrope_sums",
            free=lib.headrope_sums_free)))

    def spectrum(self, hierarchy: Ref) -> Spectrum:
        """Indexes the figures, so that any threshold at any unit is answered
        at once."""
        held = self._held()
        along = self._snapshot._number("hierarchy", hierarchy)
        return Spectrum._of(self._snapshot, _calls.long(lambda: handle(
            lib.headrope_spectrum_new, held, along, kind="headrope_spectrum",
            free=lib.headrope_spectrum_free)))


class Sums(SnapshotHandle):
    """The sums of figures at and below each unit; made by `Figures.sums`."""

    __slots__ = ()

    def at(self, unit: Ref) -> int:
        """Gives the sum at and below a unit; 0 for one outside the hierarchy."""
        return number(lib.headrope_sums_at, self._held(),
                      self._snapshot._number("unit", unit))

