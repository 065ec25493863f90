# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Small data to try things with: an invented subdistrict and its plan of study.

Examples
--------
>>> import headrope
>>> headrope.load(headrope.examples.xincheng).row_count("units")
23
"""

from __future__ import annotations

from pathlib import Path

_folder = Path(__file__).parent / "data"

xincheng = _folder / "xincheng"
"""The data package of an invented subdistrict, Xincheng."""

pack = _folder / "pack" / "pack.yaml"
"""Its plan of study, a pack of six rules."""

supplement = _folder / "pack" / "supplement.yaml"
"""An overlay of the plan, which changes two of its numbers."""
