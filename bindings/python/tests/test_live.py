# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Live figures against a fresh freeze, and what they tell and refuse."""

from __future__ import annotations

import datetime

import pytest

import headrope
from headrope import errors

TODAY = datetime.date(2013, 12, 31)


@pytest.fixture
def registry() -> headrope.Registry:
    return headrope.load(headrope.examples.xincheng)


def made(registry: headrope.Registry) -> headrope.LiveFigures:
    snapshot = registry.freeze(TODAY)
    pack = registry.load_pack(headrope.examples.pack)
    return snapshot.live("party", [
        headrope.LiveSums("study_session"),
        headrope.LiveMembers("any"),
        headrope.LiveCoverage(pack, "S02", datetime.date(2013, 1, 1)),
    ])


def session(day: datetime.date = TODAY) -> headrope.AddRecord:
    return headrope.AddRecord("study_session", "U05", valid_from=day)


def test_changes_are_those_of_a_fresh_freeze(registry: headrope.Registry) -> None:
    live = made(registry)
    first = live.next_record
    assert live.apply([session()] * 8, registry=registry) == 1
    live.apply([headrope.WithdrawRecord(first, "study_session", "U05"),
                session(datetime.date(2013, 12, 30))], registry=registry)
    moment = live.moment()
    again = registry.freeze(TODAY)
    sums = again.tally("study_session").sums("party")
    for unit in range(again.count("unit")):
        assert moment.values(0)[unit] == sums.at(unit)
    pack = registry.load_pack(headrope.examples.pack)
    coverage = again.assess(pack, "S02", valid_from=datetime.date(2013, 1, 1)
                            ).cover("party")
    assert (moment.coverage(2).table().to_csv() == coverage.table().to_csv())
    assert live.counts(2, "U01") == coverage.at("U01")


def test_a_moment_stays_and_outlives(registry: headrope.Registry) -> None:
    with made(registry) as live:
        before = live.moment()
        live.apply([session()])
        assert live.value(0, "U05") == before.values(0)[_unit(registry, "U05")] + 1
        assert repr(live) == "<LiveFigures after batch 1>"
    assert before.sequence == 0
    assert repr(live) == "<closed LiveFigures>"
    with pytest.raises(errors.ClosedError):
        live.value(0, "U05")
    assert sum(before.values(0)) > 0


def _unit(registry: headrope.Registry, identity: str) -> int:
    unit = registry.freeze(TODAY).find("unit", identity)
    assert unit is not None
    return unit


def test_members_move(registry: headrope.Registry) -> None:
    live = made(registry)
    before = live.value(1, "U05")
    come = 10_000  # Who came since has the number that the registry gave.
    live.apply([headrope.Join(come, "U05")])
    assert live.value(1, "U05") == before + 1
    live.apply([headrope.Leave(come, "U05"), headrope.Join(come, "U06")])
    assert live.value(1, "U05") == before
    changed = live.changed_since(1)
    assert changed is not None
    assert _unit(registry, "U01") not in changed


def test_listeners_hear_and_may_fail(registry: headrope.Registry) -> None:
    live = made(registry)
    heard: list[tuple[int, int]] = []

    def listen(sequence: int, units: list[int] | None) -> None:
        assert units is not None
        heard.append((sequence, len(units)))
        with pytest.raises(errors.InvalidArgumentError):
            live.apply([session()])

    subscription = live.subscribe(listen)
    live.apply([session()])
    assert heard == [(1, 3)]
    live.unsubscribe(subscription)
    live.apply([session()])
    assert len(heard) == 1

    def fail(sequence: int, units: list[int] | None) -> None:
        raise KeyError(sequence)

    live.subscribe(fail)
    with pytest.raises(KeyError):
        live.apply([session()])
    assert live.sequence == 3
    live.apply([session()])  # It is not told again.
    with pytest.raises(errors.NotFoundError):
        live.unsubscribe(99)


def test_listeners_cannot_ask_the_registry(
        registry: headrope.Registry) -> None:
    live = made(registry)
    refused: list[str] = []

    def ask(sequence: int, units: list[int] | None) -> None:
        for call in (lambda: registry.row_count("records"), registry.check,
                     lambda: registry.freeze(TODAY)):
            with pytest.raises(errors.BusyError) as error:
                call()
            refused.append(str(error.value))

    live.subscribe(ask)
    live.apply([session()], registry=registry)
    assert len(refused) == 3


def test_what_is_wrong_changes_nothing(registry: headrope.Registry) -> None:
    live = made(registry)
    with pytest.raises(errors.RecordUnknownError):
        live.apply([session(),
                    headrope.WithdrawRecord(999_999, "study_session", "U05")])
    with pytest.raises(TypeError):
        live.apply([headrope.AddRecord("study_session", "U05")])
    with pytest.raises(errors.InvalidArgumentError):
        live.counts(0, "U01")
    with pytest.raises(errors.ValueOutOfRangeError):
        live.apply([session()], registry=registry,
                   on=datetime.date(2014, 1, 1))
    assert live.sequence == 0
