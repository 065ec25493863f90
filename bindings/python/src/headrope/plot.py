# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Plots of answers, by matplotlib (``pip install headrope[plot]``).

`coverage_tree` shows where a rule is kept, `heat_map` when, and `spectrum` what
another number would do. Chinese names are drawn in a font of the machine that
has them; without one, a warning says so once.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast, get_args

from matplotlib import colormaps, font_manager
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from matplotlib.ticker import PercentFormatter

from headrope.answers import Assessment, Coverage, Status
from headrope.pack import Language
from headrope.table import Ratio

if TYPE_CHECKING:
    from headrope.snapshot import Ref

CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "Source Han Sans CN", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC", "Hiragino Sans GB",
    "Noto Serif CJK SC", "SimSun", "Songti SC", "Noto Sans CJK JP",
    "Droid Sans Fallback", "Arial Unicode MS")
"""Fonts with Chinese characters, the first that is installed is taken."""

ROWS_MAX = 60
"""More subjects than these are not drawn in a heat map."""

COLOURS: dict[Status, str] = {
    "met": "#2c7d59", "unmet": "#c0503c", "pending": "#e6b54a",
    "exempt": "#8fa8c8", "not_applicable": "#d9d9d9", "not_in_force": "#efefef",
    "not_evaluable": "#9b7bb5"}

WORDS: dict[Status, str] = {
    "met": "达标", "unmet": "未达标", "pending": "待定", "exempt": "免除",
    "not_applicable": "不适用", "not_in_force": "未生效", "not_evaluable": "无法评定"}


@functools.cache
def chinese_font() -> str | None:
    """Gives a font of the machine that has Chinese characters, None for none.

    Examples
    --------
    >>> chinese_font() is None or chinese_font() in CHINESE_FONTS
    True
    """
    installed = set(font_manager.get_font_names())
    for font in CHINESE_FONTS:
        if font in installed:
            return font
    warnings.warn("no font with Chinese characters is installed: names will be "
                  "empty boxes (on Debian, install fonts-noto-cjk)", stacklevel=3)
    return None


def _in_chinese(axes: Axes) -> Axes:
    """Draws every text in a font that has its characters."""
    font = chinese_font()
    if font is not None:
        for text in axes.figure.findobj(Text):
            assert isinstance(text, Text)
            text.set_fontfamily([font, "sans-serif"])
    return axes


def _axes(axes: Axes | None, width: float, height: float) -> Axes:
    if axes is not None:
        return axes
    figure = plt.figure(figsize=(width, height), layout="constrained")
    return figure.add_subplot()


def coverage_tree(coverage: Coverage, *, top: Ref | None = None,
                  levels: int | None = 3, axes: Axes | None = None,
                  title: str = "") -> Axes:
    """Draws coverage as a tree from left to right.

    A unit is as high as it has subjects, and as green as it has met.

    Parameters
    ----------
    coverage : Coverage
        What is drawn.
    top : str, optional
        The unit from which the tree goes down.
    levels : int, optional
        How many levels below it; None is all.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure without.
    title : str
        Above the plot.

    Examples
    --------
    >>> import datetime, headrope
    >>> registry = headrope.load(headrope.examples.xincheng)
    >>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
    >>> pack = registry.load_pack(headrope.examples.pack)
    >>> assessment = snapshot.assess(
    ...     pack, "S02", valid_from=datetime.date(2013, 1, 1))
    >>> axes = coverage_tree(assessment.cover("party"))
    >>> plt.close(axes.figure)
    """
    table = coverage.table(top=top, levels=levels)
    names, rates = table.column("name"), cast(list[Ratio], table.column("rate"))
    depths = [table.depth(row) for row in range(len(table))]
    axes = _axes(axes, 2.6 * (max(depths, default=0) + 1),
                 max(2.5, 0.3 * sum(rate.denominator > 0 for rate in rates)))
    colours, scale = colormaps["RdYlGn"], Normalize(0, 1)
    begins = _places(depths, [rate.denominator for rate in rates])
    for row, (name, rate) in enumerate(zip(names, rates, strict=True)):
        if rate.denominator == 0:
            continue
        share = float(rate)
        axes.add_patch(Rectangle((depths[row], begins[row]), 1, rate.denominator,
                                 facecolor=colours(0.12 + 0.76 * share),
                                 edgecolor="white", linewidth=1.5))
        axes.text(depths[row] + 0.03, begins[row] + rate.denominator / 2,
                  f"{name}  {rate}", va="center", ha="left", clip_on=True,
                  fontsize=8)
    axes.set_xlim(0, max(depths, default=0) + 1)
    axes.set_ylim(max((begin + rate.denominator for begin, rate
                       in zip(begins, rates, strict=True)), default=1), 0)
    axes.set_axis_off()
    axes.set_title(title)
    bar = axes.figure.colorbar(
        plt.cm.ScalarMappable(scale, ListedColormap(
            [colours(0.12 + 0.76 * at / 99) for at in range(100)])),
        ax=axes, shrink=0.6, aspect=30)
    bar.ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return _in_chinese(axes)


def _places(depths: list[int], sizes: list[int]) -> list[int]:
    """Gives where each unit begins: below the one before it at its level, and
    not above the unit that it hangs on."""
    begins: list[int] = []
    free: list[int] = []
    for depth, size in zip(depths, sizes, strict=True):
        del free[depth + 1:]
        if depth == len(free):
            # The first below a unit begins where that unit begins.
            free.append(begins[-1] if begins else 0)
        begins.append(free[depth])
        free[depth] += size
    return begins


def heat_map(assessment: Assessment, *, language: Language = "zh",
             axes: Axes | None = None, title: str = "") -> Axes:
    """Draws the status of each subject in each window: units by months.

    Parameters
    ----------
    assessment : Assessment
        Of one rule.
    language : {"en", "zh"}
        The language of the legend.
    axes, title
        As in `coverage_tree`.

    Raises
    ------
    ValueError
        For an assessment of several rules.
    """
    rows = list(assessment.table())
    if len({row["rule"] for row in rows}) > 1:
        raise ValueError("a heat map is that of one rule")
    statuses: tuple[Status, ...] = get_args(Status)
    subjects = list(dict.fromkeys(f"{row['subject']} {row['name']}" for row in rows))
    days = sorted({row["valid_from"] for row in rows}, key=str)
    shown = subjects[:ROWS_MAX]
    cells: list[list[float]] = [[float("nan")] * len(days) for _ in shown]
    at_day = {day: at for at, day in enumerate(days)}
    at_subject = {subject: at for at, subject in enumerate(shown)}
    for row in rows:
        at = at_subject.get(f"{row['subject']} {row['name']}")
        if at is not None:
            cells[at][at_day[row["valid_from"]]] = statuses.index(row["status"])
    axes = _axes(axes, 2.5 + 0.55 * len(days), 1.2 + 0.28 * len(shown))
    axes.pcolormesh(cells, cmap=ListedColormap([COLOURS[one] for one in statuses]),
                    vmin=-0.5, vmax=len(statuses) - 0.5, edgecolors="white",
                    linewidth=1)
    axes.invert_yaxis()
    axes.set_yticks([at + 0.5 for at in range(len(shown))], shown)
    axes.set_xticks([at + 0.5 for at in range(len(days))], _day_labels(days),
                    rotation=45, ha="right")
    axes.tick_params(length=0)
    if len(subjects) > ROWS_MAX:
        axes.set_xlabel(f"… {len(subjects) - ROWS_MAX}")
    axes.set_title(title)
    used = {row["status"] for row in rows}
    axes.legend(handles=[
        Patch(color=COLOURS[one],
              label=WORDS[one] if language == "zh" else one.replace("_", " "))
        for one in statuses if one in used], loc="upper left",
        bbox_to_anchor=(1.01, 1), frameon=False)
    return _in_chinese(axes)


def _day_labels(days: Iterable[Any]) -> list[str]:
    days = list(days)
    if all(day is not None and day.day == 1 for day in days):
        return [f"{day:%Y-%m}" for day in days]
    return ["–" if day is None else day.isoformat() for day in days]


def spectrum(assessment: Assessment, *, axes: Axes | None = None,
             title: str = "") -> Axes:
    """Draws the coverage that every other threshold would give.

    Parameters
    ----------
    assessment : Assessment
        Of one rule that compares one amount.
    axes, title
        As in `coverage_tree`.
    """
    table = assessment.spectrum()
    thresholds = [float(cast(float, one)) for one in table.column("threshold")]
    rates = [float(cast(Ratio, one)) for one in table.column("rate")]
    axes = _axes(axes, 6, 3.5)
    # Up to a threshold its coverage holds, and nobody meets what is beyond all.
    beyond = max(thresholds, default=1.0) * 1.1
    axes.step([0.0, *thresholds, beyond], [*rates[:1], *rates, 0.0], where="pre",
              color=COLOURS["met"], linewidth=2)
    axes.plot(thresholds, rates, "o", color=COLOURS["met"])
    now = [one for one in assessment.table().column("threshold") if one is not None]
    if now and len(set(now)) == 1:
        axes.axvline(float(cast(float, now[0])), color=COLOURS["unmet"],
                     linestyle="--", linewidth=1)
    axes.set_ylim(0, 1.05)
    axes.set_xlim(left=0)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(axis="y", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(title)
    return _in_chinese(axes)
