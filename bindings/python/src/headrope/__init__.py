# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""An organisation as a graph, and the figures its rules ask for.

A `Registry` holds dated facts; frozen as of a day it is a `Snapshot`; with a
`Pack` of rules that gives an `Assessment`, and every answer leaves as a
`Table`, which pandas, polars, pyarrow and DuckDB read without a copy.

Examples
--------
>>> import datetime
>>> import headrope
>>> registry = headrope.load(headrope.examples.xincheng)
>>> snapshot = registry.freeze(datetime.date(2013, 12, 31))
>>> pack = registry.load_pack(headrope.examples.pack)
>>> assessment = snapshot.assess(pack, "S02", valid_from=datetime.date(2013, 1, 1))
>>> coverage = assessment.cover("party")
>>> frame = coverage.table().to_pandas()
>>> float(frame.loc[frame["unit"] == "U01", "rate"].iloc[0]).__round__(3)
0.556
"""

from __future__ import annotations

from headrope import errors, examples
from headrope._capi import ffi as _ffi
from headrope._capi import lib as _lib
from headrope.answers import Assessment, Comparison, Counts, Coverage, Explanation
from headrope.cases import Cases, run_cases
from headrope.errors import HeadropeError
from headrope.findings import Findings
from headrope.interval import Interval
from headrope.live import (
    AddRecord,
    Join,
    Leave,
    LiveCoverage,
    LiveFigures,
    LiveMembers,
    LiveMoment,
    LiveSums,
    WithdrawRecord,
)
from headrope.pack import Pack
from headrope.persons import Overlap, Persons, Spectrum, Threshold
from headrope.registry import Limits, Registry, RegistryOptions, load
from headrope.responsibility import LoadLimits, Responsibility
from headrope.snapshot import Figures, Snapshot, Sums, open_snapshot
from headrope.subtree import Subtree
from headrope.table import Column, Ratio, Table

__version__: str = _ffi.string(_lib.headrope_version()).decode()

__all__ = [
    "AddRecord",
    "Assessment",
    "Cases",
    "Column",
    "Comparison",
    "Counts",
    "Coverage",
    "Explanation",
    "Figures",
    "Findings",
    "HeadropeError",
    "Interval",
    "Join",
    "Leave",
    "Limits",
    "LiveCoverage",
    "LiveFigures",
    "LiveMembers",
    "LiveMoment",
    "LiveSums",
    "LoadLimits",
    "Overlap",
    "Pack",
    "Persons",
    "Ratio",
    "Registry",
    "RegistryOptions",
    "Responsibility",
    "Snapshot",
    "Spectrum",
    "Subtree",
    "Sums",
    "Table",
    "Threshold",
    "WithdrawRecord",
    "__version__",
    "errors",
    "examples",
    "load",
    "open_snapshot",
    "run_cases",
]
