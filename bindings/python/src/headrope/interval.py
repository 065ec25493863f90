# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Intervals of days, as the questions take them."""

from __future__ import annotations

import datetime
from typing import TypedDict


class Interval(TypedDict, total=False):
    """The days of a question: the first, and the day after the last.

    A dictionary, to be spread into a call; a day that is left out is an open end.

    Examples
    --------
    >>> import headrope
    >>> year = Interval(valid_from=datetime.date(2013, 1, 1),
    ...                 valid_until=datetime.date(2014, 1, 1))
    >>> snapshot = headrope.load(headrope.examples.xincheng).freeze(
    ...     datetime.date(2013, 12, 31))
    >>> snapshot.tally("study_session", **year).at("U02")
    6
    """

    valid_from: datetime.date
    valid_until: datetime.date
