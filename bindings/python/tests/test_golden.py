# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The golden cases of the C++ suite, through Python.

The worked example of Xincheng and the divisions of Ningxia, to the digit; the
transcript that hosts in six languages print; and the cases of all packs.
"""

from __future__ import annotations

import csv
import datetime
from collections import Counter

import pytest
from conftest import CHECKOUT, LAST_DAY, YEAR

import headrope

QUESTIONS = """
format: headrope-pack/1
id: worked
title: {zh: 算例, en: worked example}
issuer: {zh: 新城街道党工委, en: Xincheng working committee}
issued: 2012-11-20
effective: 2012-12-01
rules:
  - {id: WQ1, clause: 一, title: {zh: 每月, en: monthly},
     subjects: {units: [party_working_committee]}, window: {each: month},
     require: {count: centre_group_session, at_least: 1}}
  - {id: WQ2, clause: 一, title: {zh: 八天, en: eight days},
     subjects: {units: [party_branch, party_general_branch]}, window: {each: year},
     require: {days: {records: [study_session], credited: party}, at_least: 8}}
  - {id: WQ2-own, clause: 一, title: {zh: 自有, en: own days},
     subjects: {units: [party_branch, party_general_branch]}, window: {each: year},
     require: {days: study_session, at_least: 8}}
  - {id: WQ2-rata, clause: 一, title: {zh: 折算, en: in proportion},
     subjects: {units: [party_branch, party_general_branch]},
     window: {each: year}, partial: pro_rata,
     require: {days: {records: [study_session], credited: party}, at_least: 8}}
  - {id: WQ3, clause: 一, title: {zh: 党课, en: lectures},
     subjects: {persons: all, where: {attribute: rank, in: [main_leader]}},
     window: {each: year}, require: {count: party_lecture, at_least: 1}}
  - {id: WQ4, clause: 一, title: {zh: 调研, en: grassroots},
     subjects: {persons: all, where: {attribute: rank, in: [main_leader, leader]}},
     window: {each: year}, require: {days: grassroots_research, at_least: 60}}
  - {id: WQ5, clause: 一, title: {zh: 报告, en: reports},
     subjects: {units: [party_branch, party_general_branch, party_committee]},
     window: {each: year}, require: {count: research_report, at_least: 1}}
  - {id: WQ6, clause: 一, title: {zh: 轮训, en: trained},
     subjects: {persons: all}, window: {each: year},
     require: {count: {attended: [rotation_training]}, at_least: 1}}
  - {id: WQ6-strict, clause: 一, title: {zh: 到场, en: present},
     subjects: {persons: all}, window: {each: year},
     require: {count: {attended: [rotation_training], presences: [present, late]},
               at_least: 1}}
"""


@pytest.fixture(scope="module")
def questions(registry: headrope.Registry) -> headrope.Pack:
    return registry.parse_pack(QUESTIONS)


def coverage(snapshot: headrope.Snapshot, questions: headrope.Pack, rule: str,
             unit: str = "U01", **days: datetime.date) -> str:
    counts = snapshot.assess(questions, rule, **(days or YEAR)).cover("party").at(unit)
    return f"{counts.met}/{counts.eligible}"


def values(snapshot: headrope.Snapshot, questions: headrope.Pack,
           rule: str) -> dict[object, object]:
    rows = snapshot.assess(questions, rule, **YEAR).table().rows()
    return {row["subject"]: row["value"] for row in rows}


@pytest.mark.parametrize(("rule", "expected"), [
    ("WQ2", "5/9"), ("WQ2-own", "4/9"), ("WQ2-rata", "6/9"), ("WQ3", "1/2"),
    ("WQ4", "3/6"), ("WQ5", "5/10"), ("WQ6", "23/29"), ("WQ6-strict", "21/29"),
])
def test_coverage_of_the_subdistrict(snapshot, questions, rule, expected) -> None:  # type: ignore[no-untyped-def]
    assert coverage(snapshot, questions, rule) == expected


def test_the_centre_group_met_in_11_of_12_months(snapshot, questions) -> None:  # type: ignore[no-untyped-def]
    table = snapshot.assess(questions, "WQ1", **YEAR).table()
    assert sum(table.column("value")) == 12
    assert Counter(table.column("status")) == {"met": 11, "unmet": 1}
    assert snapshot.tally("centre_group_session", "distinct_days",
                          **YEAR).at("U01") == 13


def test_days_of_study_with_and_without_credit(snapshot, questions) -> None:  # type: ignore[no-untyped-def]
    assert values(snapshot, questions, "WQ2") == {
        "U02": 8, "U03": 7, "U04": 8, "U05": 7, "U06": 8, "U07": 4, "U09": 8,
        "U10": 7, "U11": 8}
    assert values(snapshot, questions, "WQ2-own") == {
        "U02": 8, "U03": 7, "U04": 2, "U05": 0, "U06": 8, "U07": 4, "U09": 8,
        "U10": 7, "U11": 8}


def test_the_trained_of_each_unit(snapshot, questions) -> None:  # type: ignore[no-untyped-def]
    assert {unit: coverage(snapshot, questions, "WQ6", unit) for unit in (
        "U02", "U03", "U04", "U05", "U06", "U07", "U08", "U09", "U10", "U11")
    } == {"U02": "7/9", "U03": "7/7", "U04": "4/4", "U05": "3/3", "U06": "3/4",
          "U07": "2/3", "U08": "3/4", "U09": "2/2", "U10": "1/2", "U11": "1/2"}


def test_the_late_batch(registry, questions) -> None:  # type: ignore[no-untyped-def]
    january = registry.freeze(datetime.date(2014, 1, 31))
    assert coverage(january, questions, "WQ6") == "23/29"
    # Over thirteen months as one window: as the answer of January's day.
    whole = registry.parse_pack(QUESTIONS.replace(
        "window: {each: year},\n     require: {count: {attended: [rotation_training]},",
        "window: {by: 2014-01-31},\n     require: {count: {attended: "
        "[rotation_training]},"))
    asked = january.assess(whole, "WQ6", valid_from=datetime.date(2013, 1, 1),
                           valid_until=datetime.date(2014, 2, 1))
    counts = asked.cover("party").at("U01")
    assert (counts.met, counts.eligible) == (26, 29)


def test_ningxia_has_as_many_units_of_each_kind_as_its_file() -> None:
    folder = CHECKOUT / "examples/ningxia"
    registry = headrope.load(folder)
    assert registry.findings.error_count == 0
    snapshot = registry.freeze(datetime.date(2023, 6, 30))
    with open(folder / "units.csv", encoding="utf-8") as file:
        lines = Counter(row["kind"] for row in csv.DictReader(file))
    assert lines["community"] == 657 and lines["administrative_village"] == 2214
    assert Counter(map(snapshot.kind, range(snapshot.count("unit")))) == lines
    for kind, count in lines.items():
        own = snapshot.figures(int(snapshot.kind(unit) == kind)
                               for unit in range(snapshot.count("unit")))
        assert sum(own.sums("administrative").at(top)
                   for top in snapshot.children("administrative")) == count


def test_the_transcript_of_the_hosts(registry, snapshot, pack) -> None:  # type: ignore[no-untyped-def]
    days = snapshot.tally("study_session", "distinct_days")
    units = snapshot.count_units()
    explanation = snapshot.explain(pack, "S02", "U10", **YEAR)
    with pytest.raises(headrope.errors.CancelledError) as stopped:
        headrope.load(headrope.examples.xincheng, progress=_stop)
    with pytest.raises(headrope.errors.KeyMissingError) as mistaken:
        registry.parse_pack("format: headrope-pack/1\nid: x\nrulez: []\n",
                            name="x.yaml")
    wrong = mistaken.value
    printed = [
        f"headrope {headrope.__version__}",
        f"{registry.findings.error_count} errors, "
        f"{registry.findings.warning_count} warnings",
        "== days of study", days.roll_up("party").to_csv(),
        f"below U08: {days.sums('party').at('U08')}",
        "== units", units.roll_up("administrative", levels=1).to_csv(),
        "== members", snapshot.member_table("party").to_csv(),
        "== S02", snapshot.assess(pack, "S02", **YEAR).cover("party").table().to_csv(),
        "== S04", snapshot.assess(pack, "S04", **YEAR).cover(
            "administrative").table().to_csv(),
        "== gaps", snapshot.responsibility().gaps().to_csv(),
        "== why", explanation.sentence("en"), explanation.sentence("zh"),
        f"== cancelled\n{stopped.value.id} {stopped.value.message}",
        f"== mistaken\n{wrong.id} {wrong.file} line {wrong.row} column {wrong.column}",
        wrong.message,
    ]
    text = "".join(one if one.endswith("\n") else one + "\n" for one in printed)
    assert text == (CHECKOUT / "examples/hosts/transcript.txt").read_text("utf-8")


def _stop(stage: str, done: int, total: int) -> None:
    raise headrope.errors.CancelledError("loading was stopped by the caller",
                                         id="HDR-BASE-003")


@pytest.mark.parametrize("folder", ["packs", "examples/pack"])
def test_the_cases_of_the_packs(folder: str) -> None:
    cases = headrope.run_cases(CHECKOUT / folder)
    assert cases.findings.error_count == 0
    failed = [row for row in cases.table if row["result"] != "passed"]
    assert not failed
    assert len(cases.table) == sum(
        file.read_text("utf-8").count("\n  - id: ")
        for file in (CHECKOUT / folder).rglob("*.cases.yaml"))


def test_figures_of_the_last_day(snapshot: headrope.Snapshot) -> None:
    assert snapshot.as_of == LAST_DAY
    members = snapshot.member_table("party")
    assert dict(zip(members["unit"], members["members"], strict=True))["U01"] == 29
