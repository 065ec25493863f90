# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Who answers for what: the answers of docs/guide/who-answers.md."""

from __future__ import annotations

import datetime

import pytest
from conftest import CHECKOUT, LAST_DAY

import headrope


@pytest.fixture(scope="module")
def responsibility(snapshot: headrope.Snapshot) -> headrope.Responsibility:
    return snapshot.responsibility()


def test_the_nearest_lead(responsibility: headrope.Responsibility) -> None:
    leads = [row for row in responsibility.holders("U05", "A2")
             if row["role"] == "lead"]
    assert [row["holder"] for row in leads] == ["U14"]


def test_vacancies_of_a_day(responsibility: headrope.Responsibility) -> None:
    day = datetime.date(2013, 9, 15)
    gaps = responsibility.gaps(valid_from=day,
                               valid_until=day + datetime.timedelta(days=1))
    vacant = {row["post"]: row["valid_until"] for row in gaps
              if row["type"] == "vacancy"}
    assert vacant == {
        "U05/study_liaison": None, "U11/study_liaison": datetime.date(2013, 12, 1),
        "U01/group_deputy": datetime.date(2013, 10, 1), "U07/study_liaison": None,
        "U08/study_liaison": None}
    with pytest.raises(headrope.errors.LimitExceededError):
        responsibility.gaps(gaps_max=1)


def test_duties_of_a_pack_become_rows() -> None:
    registry = headrope.load(headrope.examples.xincheng)
    before = registry.row_count("duties")
    pack = registry.load_pack(CHECKOUT / "packs/R1/pack.yaml")
    findings = registry.add_duties(pack)
    assert registry.row_count("duties") == before + len(pack.table("duties"))
    # The document speaks of another town: its holders are not found.
    assert findings.error_count == 0 and findings.warning_count > 0


def test_answers_outlive_the_snapshot(registry: headrope.Registry) -> None:
    with registry.freeze(LAST_DAY) as snapshot:
        responsibility = snapshot.responsibility()
    assert responsibility.holders("U05", "A2").row_count > 0


def test_a_chain_of_liaisons(responsibility: headrope.Responsibility) -> None:
    chain = responsibility.chain("party", roles=["study_liaison"])
    assert [(row["unit"], row["hanging"]) for row in chain] == [
        ("U05", 0), ("U07", 0), ("U08", 2)]
    below = responsibility.chain("party", roles=["study_liaison"], top="U08")
    assert below.column("unit") == ["U08"]


def test_who_holds_too_many_posts(responsibility: headrope.Responsibility) -> None:
    load = responsibility.load(limits=headrope.LoadLimits(posts_max=1))
    assert [row["holder"] for row in load
            if row["over"]] == ["P005", "P010", "P012", "P025"]


def test_single_points(responsibility: headrope.Responsibility) -> None:
    points = responsibility.single_points("party", roles=["study_liaison"],
                                          count_max=2)
    assert 0 < len(points) <= 2
