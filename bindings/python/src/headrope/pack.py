# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Packs: a policy document as dated rules, immutable."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Literal

from headrope._capi import ffi, lib
from headrope._library import (
    NONE,
    Handle,
    Pointer,
    call,
    choose,
    date_of,
    day,
    day_or,
    encoded,
    handle,
    number,
    view,
    words,
)
from headrope.errors import RuleUnknownError
from headrope.findings import Findings
from headrope.table import Table

Language = Literal["en", "zh"]
"""A language of wording for people."""

PackPart = Literal["rules", "parameters", "duties", "changes", "audit"]
"""A table that a pack itself gives."""

LANGUAGES = words("HEADROPE_LANGUAGE_")
_PARTS = words("HEADROPE_PACK_")


class Pack(Handle):
    """A policy document as rules; made by `Registry.load_pack`.

    Examples
    --------
    >>> import headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> pack = registry.load_pack(headrope.examples.pack)
    >>> pack.id, pack.rule_ids
    ('study-plan', ['S01', 'S02', 'S03', 'S04', 'S05', 'S06'])
    >>> print(pack.table("parameters", day=datetime.date(2013, 1, 1)).column("value"))
    [None, Fraction(8, 1), Fraction(60, 1)]
    """

    __slots__ = ("findings",)

    findings: Findings
    """What was found when the pack was read; warnings."""

    @classmethod
    def _found(cls, pointer: Pointer, findings: Findings) -> Pack:
        pack = cls.__new__(cls)
        pack._pointer = pointer
        pack.findings = findings
        return pack

    @property
    def id(self) -> str:
        """The pack's own id."""
        return view(lib.headrope_pack_id, self._held())

    @property
    def in_force(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The days on which the pack is in force: the first, and the day after
        the last; None for an open end."""
        days = ffi.new("int32_t[2]")
        call(lib.headrope_pack_in_force, self._held(), days, days + 1)
        return date_of(days[0]), date_of(days[1])

    @property
    def rule_ids(self) -> list[str]:
        """The ids of the rules, in the order of the pack."""
        pointer = self._held()
        return [view(lib.headrope_pack_rule_id, pointer, at)
                for at in range(lib.headrope_pack_rule_count(pointer))]

    def find_rule(self, rule: str) -> int | None:
        """Gives the position of a rule, None if there is none."""
        text = encoded(rule)
        at = number(lib.headrope_pack_find_rule, self._held(), text, len(text))
        return None if at == NONE else at

    def _rule(self, rule: str | int) -> int:
        at = rule if isinstance(rule, int) else self.find_rule(rule)
        if at is None:
            raise RuleUnknownError(f"no rule '{rule}' in pack '{self.id}'",
                                   id="HDR-RULE-413")
        return at

    def with_parameter(self, parameter: str, value: int | Fraction, *,
                       valid_from: datetime.date) -> Pack:
        """Makes the pack in which a parameter has another value from a day on.

        Examples
        --------
        >>> import headrope
        >>> registry = headrope.load(headrope.examples.xincheng)
        >>> pack = registry.load_pack(headrope.examples.pack)
        >>> stricter = pack.with_parameter(
        ...     "branch_days", 12, valid_from=datetime.date(2013, 1, 1))
        """
        text, exact = encoded(parameter), Fraction(value)
        pointer = handle(
            lib.headrope_pack_with_parameter, self._held(), text, len(text),
            exact.numerator, exact.denominator, day(valid_from),
            kind="headrope_pack", free=lib.headrope_pack_free)
        return Pack._found(pointer, self.findings)

    def table(self, part: PackPart = "rules", *,
              day: datetime.date | None = None,
              language: Language = "en") -> Table:
        """Gives the rules, parameters, duties or changes of a pack, or the
        audit of its document's own figures.

        Parameters
        ----------
        part : {"rules", "parameters", "duties", "changes", "audit"}
            Which table.
        day : datetime.date, optional
            The day on which parameters hold; only they need one.
        language : {"en", "zh"}
            The language of titles.
        """
        if part == "parameters" and day is None:
            raise ValueError("parameters are those of a day: give one")
        return Table._from(
            lib.headrope_pack_table, self._held(),
            choose(_PARTS, part, "part of a pack"), day_or(day, 0),
            choose(LANGUAGES, language, "language"))

    def __repr__(self) -> str:
        if self.closed:
            return "<closed Pack>"
        return f"<Pack {self.id} of {len(self.rule_ids)} rules>"
