# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests share: the invented subdistrict, frozen at the end of 2013."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import headrope

CHECKOUT = Path(__file__).resolve().parents[3]
LAST_DAY = datetime.date(2013, 12, 31)
YEAR = headrope.Interval(valid_from=datetime.date(2013, 1, 1),
                         valid_until=datetime.date(2014, 1, 1))


@pytest.fixture(scope="session")
def registry() -> headrope.Registry:
    return headrope.load(headrope.examples.xincheng)


@pytest.fixture(scope="session")
def snapshot(registry: headrope.Registry) -> headrope.Snapshot:
    return registry.freeze(LAST_DAY)


@pytest.fixture(scope="session")
def pack(registry: headrope.Registry) -> headrope.Pack:
    return registry.load_pack(headrope.examples.pack)
