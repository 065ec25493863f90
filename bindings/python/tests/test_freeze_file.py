# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""A snapshot as a file: the same answers, figures beside it, damage told."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from conftest import LAST_DAY, YEAR

import headrope
from headrope import errors


@pytest.fixture
def file(snapshot: headrope.Snapshot, tmp_path: Path) -> Path:
    path = tmp_path / "刻.freeze"
    snapshot.save(path, figures={"单位": snapshot.count_units()})
    return path


@pytest.mark.parametrize("verify", ["at_open", "as_needed"])
@pytest.mark.parametrize("into_memory", [False, True])
def test_the_answers_are_the_same(
        snapshot: headrope.Snapshot, pack: headrope.Pack, file: Path,
        verify: Literal["at_open", "as_needed"], into_memory: bool) -> None:
    opened = headrope.open_snapshot(file, verify=verify, thread_count=2,
                                    into_memory=into_memory)
    assert opened.as_of == LAST_DAY
    assert opened.identities("unit") == snapshot.identities("unit")
    assert opened.findings.warning_count == 0

    def coverage(of: headrope.Snapshot) -> str | None:
        assessed = of.assess(pack, "S02", **YEAR)
        return assessed.cover("party").table().to_csv()

    assert coverage(opened) == coverage(snapshot)


def test_figures_are_kept(snapshot: headrope.Snapshot, file: Path) -> None:
    figures = headrope.open_snapshot(file).saved_figures()
    assert list(figures) == ["单位"]
    assert (figures["单位"].sums("party").at("U01")
            == snapshot.count_units().sums("party").at("U01"))
    assert snapshot.saved_figures() == {}


def test_figures_are_of_the_snapshot(snapshot: headrope.Snapshot,
                                     file: Path) -> None:
    opened = headrope.open_snapshot(file)
    with pytest.raises(errors.InvalidArgumentError):
        opened.save(file, figures={"a": snapshot.count_units()})


def test_damage_is_told(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-64] ^= 1  # In the last part, the figure.
    file.write_bytes(content)
    with pytest.raises(errors.FileDamagedError, match="单位"):
        headrope.open_snapshot(file)
    opened = headrope.open_snapshot(file, verify="as_needed")
    assert opened.count("unit") == 23
    with pytest.raises(errors.FileDamagedError):
        opened.saved_figures()


def test_what_cannot_be_written_or_read(snapshot: headrope.Snapshot,
                                        tmp_path: Path) -> None:
    with pytest.raises(errors.FileUnwritableError):
        snapshot.save(tmp_path / "none" / "a")
    with pytest.raises(errors.FileUnreadableError):
        headrope.open_snapshot(tmp_path / "none")


def test_progress_stops_both(snapshot: headrope.Snapshot, file: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt(stage)

    with pytest.raises(KeyboardInterrupt, match="save"):
        snapshot.save(file.parent / "b", progress=stop)
    assert not (file.parent / "b").exists()
    with pytest.raises(KeyboardInterrupt, match="open"):
        headrope.open_snapshot(file, progress=stop)
