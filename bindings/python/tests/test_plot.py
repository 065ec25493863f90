# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Plots: what they show, and that no name is an empty box."""

from __future__ import annotations

import warnings
from io import BytesIO

import pytest
from conftest import YEAR

import headrope

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")

from headrope import plot  # noqa: E402


def drawn(axes: object) -> bytes:
    """Draws; a character that no font has would be a warning."""
    figure = axes.figure  # type: ignore[attr-defined]
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(out, format="png")
    plot.plt.close(figure)
    return out.getvalue()


@pytest.fixture(scope="module")
def assessment(snapshot: headrope.Snapshot, pack: headrope.Pack) -> headrope.Assessment:
    return snapshot.assess(pack, "S02", **YEAR)


def test_a_coverage_tree(assessment: headrope.Assessment) -> None:
    axes = plot.coverage_tree(assessment.cover("party"), title="支部学习天数")
    texts = [text.get_text() for text in axes.texts]
    assert "新城街道党工委  5/9" in texts and "乙企业党支部  0/1" in texts
    # Units without subjects are not drawn, the others fill their unit.
    heights = {patch.get_height() for patch in axes.patches}
    assert len(axes.patches) == 11 and heights == {9, 3, 2, 1}
    assert len(drawn(axes)) > 5_000


def test_units_lie_beside_the_unit_that_they_hang_on() -> None:
    assert plot._places([0, 1, 2, 2, 1, 2, 0], [5, 3, 1, 2, 2, 2, 4]
                        ) == [0, 0, 0, 1, 3, 3, 5]


def test_a_heat_map(snapshot: headrope.Snapshot, pack: headrope.Pack) -> None:
    axes = plot.heat_map(snapshot.assess(pack, "S01", **YEAR))
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert labels == [f"2013-{month:02d}" for month in range(1, 13)]
    assert [label.get_text() for label in axes.get_yticklabels()
            ] == ["U01 新城街道党工委"]
    shown = axes.collections[0].get_array().ravel().tolist()
    assert shown == [0] * 7 + [1] + [0] * 4
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["达标", "未达标"]
    assert len(drawn(axes)) > 5_000
    with pytest.raises(ValueError):
        plot.heat_map(snapshot.assess(pack, **YEAR))


def test_a_spectrum(assessment: headrope.Assessment) -> None:
    axes = plot.spectrum(assessment)
    points = axes.lines[1]
    assert list(points.get_xdata()) == [4, 7, 8]
    assert [round(float(one) * 9) for one in points.get_ydata()] == [9, 8, 5]
    assert list(axes.lines[2].get_xdata()) == [8, 8]
    assert len(drawn(axes)) > 5_000


def test_a_machine_without_chinese_fonts_is_told(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot.font_manager, "get_font_names", lambda: ["DejaVu Sans"])
    plot.chinese_font.cache_clear()
    try:
        with pytest.warns(UserWarning, match="Chinese"):
            assert plot.chinese_font() is None
    finally:
        plot.chinese_font.cache_clear()
