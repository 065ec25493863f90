# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Faults that were found and mended, each a test that fails without the mend."""

from __future__ import annotations

import datetime
import decimal
import gc
import os
import signal
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import LAST_DAY

import headrope
from headrope import _arrow_in, _calls, _library, errors
from headrope import registry as registries

BIRTH = datetime.date(2012, 1, 1)
EPOCH = datetime.date(1970, 1, 1)
UNIT = {"unit": "U1", "kind": "party_branch", "name": "x", "valid_from": BIRTH}


def read_example(path: str) -> bytes:
    return (headrope.examples.xincheng / path).read_bytes()


# What a file gives

@pytest.mark.parametrize("wide", [bytes, lambda data: array("i", data + b"\n" * 8)])
def test_a_file_that_gives_more_than_was_asked_for(
        wide: Callable[[bytes], Any]) -> None:
    class Generous(BytesIO):
        def read(self, size: int | None = -1, /) -> Any:
            assert size is not None and size > 0
            return wide(b"\n" * 4 * size)

    with pytest.raises(ValueError, match=r"read\(\d+\) of a file gave \d+ bytes"):
        headrope.Registry.load_source(lambda path: Generous())


def test_a_file_may_give_less_and_any_buffer() -> None:
    class Sparing(BytesIO):
        def read(self, size: int | None = -1, /) -> Any:
            return array("b", super().read(7))

    registry = headrope.Registry.load_source(lambda path: Sparing(read_example(path)))
    assert registry.row_count("units") == 23


def test_files_in_memory_are_measured_in_bytes() -> None:
    files: dict[str, Any] = {
        file.name: file.read_bytes()
        for file in headrope.examples.xincheng.iterdir() if file.is_file()}
    text = files["datapackage.json"]
    files["datapackage.json"] = array("H", text + b" " * (len(text) % 2))
    assert headrope.Registry.load_memory(files).row_count("units") == 23


# Calls within calls

def asks(registry: headrope.Registry, pack: headrope.Pack,
         ) -> dict[str, Callable[[], object]]:
    return {
        "add_row": lambda: registry.add_row("units", UNIT),
        "add_stream": lambda: registry.add_stream(
            "units", registry.findings.table),
        "check": registry.check,
        "row_count": lambda: registry.row_count("units"),
        "add_duties": lambda: registry.add_duties(pack),
        "load_pack": lambda: registry.load_pack(headrope.examples.pack),
        "parse_pack": lambda: registry.parse_pack("id: x"),
        "freeze": lambda: registry.freeze(LAST_DAY),
    }


@pytest.mark.parametrize("ask", ["add_row", "add_stream", "check", "row_count",
                                 "add_duties", "load_pack", "parse_pack", "freeze"])
def test_a_progress_function_cannot_ask_its_registry(
        ask: str, pack: headrope.Pack) -> None:
    registry = headrope.load(headrope.examples.xincheng)
    inner = asks(registry, pack)[ask]
    with pytest.raises(errors.BusyError, match="in a call"):
        registry.freeze(LAST_DAY, progress=lambda *_: inner())
    # The call is over, and left nothing behind.
    assert registry.row_count("units") == 23
    assert registry.freeze(LAST_DAY).count("unit") == 23


def test_a_stream_cannot_ask_the_registry_that_reads_it() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    registry = headrope.Registry()
    refused: list[BaseException] = []

    def batches() -> Iterator[Any]:
        yield pyarrow.record_batch({name: [value] for name, value in UNIT.items()})
        try:
            registry.add_row("units", {**UNIT, "unit": "U2"})
        except errors.BusyError as error:
            refused.append(error)
            raise

    schema = pyarrow.schema([("unit", pyarrow.string()), ("kind", pyarrow.string()),
                             ("name", pyarrow.string()),
                             ("valid_from", pyarrow.date32())])
    with pytest.raises(headrope.HeadropeError, match="in a call"):
        registry.add_stream("units", pyarrow.RecordBatchReader.from_batches(
            schema, batches()))
    assert len(refused) == 1
    assert registry.row_count("units") == 0


def test_a_refused_call_leaves_the_progress_of_the_outer_one() -> None:
    """The progress function goes on being told, and may still stop the call."""
    pyarrow = pytest.importorskip("pyarrow")
    count = 200_000
    registry, told = headrope.Registry(), 0

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal told
        told += 1
        with pytest.raises(errors.BusyError):
            registry.check()
        if told == 3:
            raise ZeroDivisionError

    table = pyarrow.table({
        "unit": [f"U{at}" for at in range(count)], "kind": ["party_branch"] * count,
        "name": ["x"] * count, "valid_from": [BIRTH] * count})
    with pytest.raises(ZeroDivisionError):
        registry.add_stream("units", table, progress=progress)
    assert told == 3
    assert registry.add_stream("units", table) == count


def test_a_registry_that_was_never_made() -> None:
    registry = headrope.Registry.__new__(headrope.Registry)
    assert registry.closed
    for name, ask in asks(registry, None).items():  # type: ignore[arg-type]
        if name in ("add_stream", "add_duties"):
            continue  # They need another object first.
        with pytest.raises(errors.ClosedError):
            ask()


# Ctrl-C and memory

WRITES = """
import datetime, os, signal, sys, threading, time
import pyarrow
import headrope

registry = headrope.Registry()
count = 10_000
registry.add_stream("units", pyarrow.table({
    "unit": [f"U{at}" for at in range(count)], "kind": ["party_branch"] * count,
    "name": ["x"] * count, "valid_from": [datetime.date(2012, 1, 1)] * count}))
registry.add_stream("links", pyarrow.table({
    "hierarchy": ["party"] * count, "unit": [f"U{at}" for at in range(count)],
    "parent": [f"U{(at - 1) // 4}" if at else None for at in range(count)],
    "valid_from": [datetime.date(2012, 1, 1)] * count}))
table = registry.freeze(datetime.date(2013, 12, 31)).member_table("party")
assert len(table) == count
write, raised = getattr(table, sys.argv[1]), []
for at in range(20):
    killer = threading.Timer(0.01 + at * 0.001, os.kill, (os.getpid(), signal.SIGINT))
    try:
        killer.start()
        while True:
            write(sys.argv[2])
    except BaseException as error:
        raised.append(type(error).__name__)
    killer.join()
print(len(raised), *set(raised))
"""


@pytest.mark.parametrize("write", ["to_csv", "to_json"])
def test_ctrl_c_in_writing_is_a_keyboard_interrupt(write: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    done = subprocess.run([sys.executable, "-c", WRITES, write, str(tmp_path / "out")],
                          capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["20", "KeyboardInterrupt"], done.stderr
    assert done.stderr == ""


def test_what_writing_raises_is_raised(snapshot: headrope.Snapshot) -> None:
    table = snapshot.member_table("party")

    def write(piece: bytes) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _calls.written(_calls.lib.headrope_table_write_csv, table._held(), write)


def count_left() -> int:
    mine = (_calls.Task, _calls.Writer, _calls._Worker, registries._Source)
    return sum(isinstance(thing, mine) for thing in gc.get_objects())


@pytest.mark.parametrize("call", ["to_csv", "to_dict", "freeze", "raise", "load",
                                  "load_source", "open_raises"])
def test_a_call_leaves_nothing_for_the_collector(
        call: str, registry: headrope.Registry, pack: headrope.Pack) -> None:
    snapshot = registry.freeze(LAST_DAY)
    table = snapshot.member_table("party")
    explanation = snapshot.explain(pack, "S02", "U10")

    def fail(*_: object) -> Any:
        raise ZeroDivisionError

    def caught(work: Callable[[], object]) -> None:
        with pytest.raises(ZeroDivisionError):
            work()

    work: Callable[[], object] = {
        "to_csv": table.to_csv,
        "to_dict": explanation.to_dict,
        "freeze": lambda: registry.freeze(LAST_DAY, progress=lambda *_: None),
        "raise": lambda: caught(lambda: registry.freeze(LAST_DAY, progress=fail)),
        "load": lambda: headrope.load(headrope.examples.xincheng),
        "load_source": lambda: headrope.Registry.load_source(
            lambda path: BytesIO(read_example(path))),
        "open_raises": lambda: caught(lambda: headrope.Registry.load_source(fail)),
    }[call]
    gc.collect()
    before = count_left()
    gc.disable()
    try:
        for _ in range(5):
            work()
        # A thread that did the call may be on its way out.
        until = time.monotonic() + 5
        while (left := count_left() - before) > 0 and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        gc.enable()
    assert left <= 0


# Numbers

@pytest.mark.parametrize("number", [
    "1234567", "0.1234567890123456789012345678901234567",
    "12345678901234567890123456789012345.678", "-9999999999999999999999999999999.5"])
def test_decimals_keep_every_digit(number: str) -> None:
    with decimal.localcontext() as context:
        context.prec = 6
        assert _arrow_in.plain(Decimal(number)) == number


@pytest.mark.parametrize(("number", "said"), [
    ("1.500", "1.5"), ("100", "100"), ("100.00", "100"), ("0.00", "0"),
    ("1E+3", "1000"), ("0E+3", "0"), ("-2.50E-3", "-0.0025"),
    ("NaN", "NaN"), ("-Infinity", "-Infinity")])
def test_decimals_have_no_exponent_and_no_zeros_at_the_end(
        number: str, said: str) -> None:
    assert _arrow_in.plain(Decimal(number)) == said


def test_the_precision_of_the_caller_changes_no_record() -> None:
    registry = headrope.Registry()
    registry.add_row("measures", measure="area", nature="flow", decimals=9)
    registry.add_row("units", UNIT)
    registry.add_row("links", hierarchy="party", unit="U1", valid_from=BIRTH)
    with decimal.localcontext() as context:
        context.prec = 6
        registry.add_row("records", measure="area", unit="U1", valid_from=BIRTH,
                         value=Decimal("1234567.123456789"))
    area = registry.freeze(LAST_DAY).tally("area", "sum")
    assert area.at("U1") == 1_234_567_123_456_789
    with decimal.localcontext() as context:
        context.prec = 6
        assert area.roll_up("party").column("own") == [Decimal("1234567.123456789")]


def test_floats_of_numpy_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    assert registries._cell(numpy.float64(0.1)) == "0.1"


# The day 0

@pytest.mark.parametrize("ask", [
    lambda registry, snapshot: registry.freeze(LAST_DAY, known_on=EPOCH),
    lambda registry, snapshot: snapshot.responsibility().holders("U09", day=EPOCH),
    lambda registry, snapshot: snapshot.responsibility().chain("party", day=EPOCH),
    lambda registry, snapshot: snapshot.responsibility().single_points(
        "party", day=EPOCH),
    lambda registry, snapshot: snapshot.responsibility().load(day=EPOCH),
    lambda registry, snapshot: snapshot.responsibility().gaps(
        valid_from=EPOCH, valid_until=EPOCH),
    lambda registry, snapshot: snapshot.tally(
        "study_session", valid_from=EPOCH, valid_until=EPOCH),
])
def test_the_day_that_stands_for_none_is_refused(
        ask: Callable[..., object], registry: headrope.Registry,
        snapshot: headrope.Snapshot) -> None:
    with pytest.raises(ValueError, match="1970-01-01"):
        ask(registry, snapshot)


def test_other_days_of_1970_are_days(registry: headrope.Registry,
                                     snapshot: headrope.Snapshot) -> None:
    for day in (EPOCH - datetime.timedelta(1), EPOCH + datetime.timedelta(1)):
        assert _library.day_asked(day) == (day - EPOCH).days
        registry.freeze(LAST_DAY, known_on=day)
        snapshot.responsibility().holders("U09", day=day)
    since = snapshot.tally("study_session", valid_from=EPOCH, valid_until=LAST_DAY)
    assert since.at("U02") == snapshot.tally("study_session").at("U02")
