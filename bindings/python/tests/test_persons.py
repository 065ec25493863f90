# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Sets of persons against Python's own sets, and thresholds against lists."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from conftest import LAST_DAY

import headrope
from headrope import Overlap, errors


def below(snapshot: headrope.Snapshot, hierarchy: str, unit: str) -> list[int]:
    """The units at and below a unit, by walking down."""
    found = [snapshot._number("unit", unit)]
    for at in found:
        found += snapshot.children(hierarchy, at)
    return found


def members(snapshot: headrope.Snapshot, hierarchy: str, unit: str) -> set[int]:
    return {person for at in below(snapshot, hierarchy, unit)
            for standing in ("primary", "secondary")
            for person in snapshot.members(at, standing)}  # type: ignore[arg-type]


def test_sets_are_those_of_python(snapshot: headrope.Snapshot) -> None:
    party = snapshot.persons_below("party", "U03")
    street = snapshot.persons_below("administrative", "D01", thread_count=2)
    one, other = (members(snapshot, "party", "U03"),
                  members(snapshot, "administrative", "D01"))
    assert party.numbers() == sorted(one)
    assert set(street) == other
    assert set(party | street) == one | other
    assert set(party & street) == one & other
    assert set(street - party) == other - one
    assert len(street - party) == len(other - one)
    assert not party - party
    assert party.table(2).row_count == 2
    assert party.table().column("person") == [
        snapshot.identity("person", at) for at in sorted(one)]
    with pytest.raises(TypeError):
        party | {1}  # type: ignore[operator]


def test_an_overlap_adds_up(snapshot: headrope.Snapshot) -> None:
    sets = {"甲": snapshot.persons_below("party", "U03"),
            "乙": snapshot.persons_below("administrative", "D01"),
            "丙": snapshot.persons_below("party", "U01", "primary")}
    whole = len(set().union(*sets.values()))
    with Overlap(sets) as overlap:
        table = overlap.table()
        assert sum(table.column("term")) == whole
        assert sum(table.column("exactly")) == whole
        assert table.column("persons")[:3] == [len(one) for one in sets.values()]
        assert overlap.sentence().endswith(f"= {whole} different persons")
        assert overlap.sentence("zh").startswith("甲 ")
    with pytest.raises(errors.ClosedError):
        overlap.table()
    with pytest.raises(errors.InvalidArgumentError):
        Overlap({})
    with pytest.raises(errors.LimitExceededError):
        Overlap({str(at): sets["甲"] for at in range(17)})


def test_sets_of_other_days_are_refused(registry: headrope.Registry,
                                        snapshot: headrope.Snapshot) -> None:
    other = registry.freeze(LAST_DAY).persons_below("party", "U03")
    with pytest.raises(errors.InvalidArgumentError):
        snapshot.persons_below("party", "U03") | other
    with pytest.raises(errors.NotFoundError):
        snapshot.persons_below("party", "D01")
    with pytest.raises(errors.InvalidArgumentError):
        snapshot.persons_below("party", "U03", "every")


def test_who_meets_a_rule(snapshot: headrope.Snapshot,
                          pack: headrope.Pack) -> None:
    assessment = snapshot.assess(pack, "S04",
                                 valid_from=datetime.date(2013, 1, 1))
    met = assessment.persons("met")
    assert len(met) == assessment.counts().met
    assert "P002" in met.table().column("person")
    with pytest.raises(errors.InvalidArgumentError):
        snapshot.assess(pack, "S02").persons("met")


@pytest.mark.parametrize("unit", ["U01", "U03", "U08", "U09"])
def test_thresholds_are_those_of_a_list(snapshot: headrope.Snapshot,
                                        unit: str) -> None:
    days = snapshot.tally("study_session", "distinct_days")
    spectrum = days.spectrum("party")
    values = sorted(days.at(at) or 0 for at in below(snapshot, "party", unit))
    for asked in (0, 1, 4, Fraction(9, 2), 99):
        assert spectrum.count(unit, "at_least", asked) == sum(
            value >= asked for value in values)
        assert spectrum.count(unit, "at_most", asked) == sum(
            value <= asked for value in values)
        assert spectrum.count(unit, "equal", asked) == values.count(asked)  # type: ignore[arg-type]
    assert [spectrum.value(unit, at) for at in range(len(values) + 1)] == [
        *values, None]
    for part in range(len(values) + 2):
        found = spectrum.threshold(unit, part, len(values))
        hardest = [value for value in values
                   if sum(one >= value for one in values) >= part]
        assert found.value == (max(hardest) if hardest else None)
        assert (found.known, found.unknown) == (len(values), 0)
        if hardest:
            assert found.met == sum(one >= max(hardest) for one in values)
            assert found.tied == values.count(max(hardest))
    with pytest.raises(errors.InvalidArgumentError):
        spectrum.threshold(unit, 1, 0)
    with pytest.raises(errors.InvalidArgumentError):
        spectrum.threshold(unit, 1, 2, "equal")


def test_the_spectrum_of_a_rule(snapshot: headrope.Snapshot,
                                pack: headrope.Pack) -> None:
    assessment = snapshot.assess(pack, "S02",
                                 valid_from=datetime.date(2013, 1, 1))
    index = assessment.spectrum_index("party")
    for row in assessment.spectrum():
        assert index.count("U01", "at_least", row["threshold"]) == row["met"]  # type: ignore[arg-type]
    with pytest.raises(errors.InvalidArgumentError):
        snapshot.assess(pack).spectrum_index("party")
