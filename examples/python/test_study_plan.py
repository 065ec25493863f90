# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The study plan as unit tests: cases in Python, for those who like it better
than YAML. Run by pytest.
"""

import datetime

import pytest

import headrope
from headrope.testing import check_case


@pytest.mark.parametrize(("days", "status"), [(7, "unmet"), (8, "met")])
def test_a_branch_studies_eight_days(days: int, status: str) -> None:
    check_case(
        headrope.examples.pack, as_of=datetime.date(2013, 12, 31),
        organisation={
            "units": [{"unit": "B1", "kind": "party_branch"}],
            "records": [{"measure": "study_session", "unit": "B1",
                         "valid_from": datetime.date(2013, 3, 1),
                         "valid_until": datetime.date(2013, 3, days)}]},
        expect={"S02": {"status": {"B1": status}, "value": {"B1": days}}})
