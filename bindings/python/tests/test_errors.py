# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Every status of the C API has its exception, and calls raise them."""

from __future__ import annotations

import builtins
import copy
import datetime
import pickle
import re

import pytest
from conftest import CHECKOUT, LAST_DAY

import headrope
from headrope import _library, errors
from headrope._capi import ffi, lib

STATUSES = {name[len("HEADROPE_E_"):]: getattr(lib, name) for name in dir(lib)
            if name.startswith("HEADROPE_E_")}


def test_the_header_is_all_there() -> None:
    header = (CHECKOUT / "capi/include/headrope/headrope.h").read_text()
    functions = set(re.findall(r"^headrope_(\w+)\(|\bheadrope_(\w+)\(", header))
    named = {"headrope_" + (one or other) for one, other in functions}
    listed = {line.split("\t")[0]
              for line in (CHECKOUT / "capi/abi/symbols.tsv").read_text().splitlines()
              if line.startswith("headrope_")}
    assert listed <= named
    assert listed <= set(dir(lib))


@pytest.mark.parametrize("name", STATUSES)
def test_each_status_has_one_exception(name: str) -> None:
    status = STATUSES[name]
    kind = errors.BY_STATUS[status]
    words = "".join(word.capitalize() for word in name.split("_"))
    assert kind.__name__ == words + "Error"
    assert issubclass(kind, headrope.HeadropeError)
    natural = [base for base in kind.__bases__ if base is not headrope.HeadropeError]
    assert len(natural) == 1 and natural[0] in vars(builtins).values()
    id = ffi.string(lib.headrope_status_id(status)).decode()
    title = ffi.string(lib.headrope_status_title(status)).decode()
    assert kind.__doc__ is not None and f"`{id}`" in kind.__doc__
    assert kind.__doc__.lower().startswith(title.lower())


def test_no_exception_is_left_over() -> None:
    assert set(errors.BY_STATUS) == set(STATUSES.values())


@pytest.mark.parametrize("status", [*STATUSES.values(), 999_999])
def test_a_status_becomes_its_exception(status: int) -> None:
    error = _library.new("headrope_error", status=status, row=7,
                         file="units.csv".encode(), column="valid_from".encode(),
                         message="不是日期".encode())
    raised = _library.failure(status, error)
    assert type(raised) is errors.BY_STATUS.get(status, errors.InternalError)
    assert (raised.row, raised.file, raised.column) == (7, "units.csv", "valid_from")
    assert str(raised) == f"{raised.id}: units.csv row 7 column valid_from: 不是日期"
    with pytest.raises(headrope.HeadropeError):
        raise raised


def test_a_missing_folder_is_an_os_error_with_findings() -> None:
    with pytest.raises(NotADirectoryError) as raised:
        headrope.load("/nowhere")
    assert isinstance(raised.value, errors.NotAFolderError)
    assert raised.value.findings is not None
    assert raised.value.findings.error_count == 1
    assert raised.value.findings.table.column("id") == ["HDR-LOAD-101"]


def test_an_error_in_a_row_names_its_column() -> None:
    registry = headrope.Registry()
    with pytest.raises(errors.ValueNotADateError) as raised:
        registry.add_row("units", unit="U1", kind="party_branch", name="一",
                         valid_from="2013-02-30")
    assert raised.value.column == "valid_from"
    assert registry.row_count("units") == 0


@pytest.mark.parametrize(("ask", "kind"), [
    (lambda s, p: s.name("unit", "U99"), errors.NotFoundError),
    (lambda s, p: s.name("unit", 10_000), errors.InvalidArgumentError),
    (lambda s, p: s.member_table("nowhere"), errors.NotFoundError),
    (lambda s, p: s.member_table("party", basis="twice"), errors.InvalidArgumentError),
    (lambda s, p: s.tally("library_room", "sum"), errors.ReductionRefusedError),
    (lambda s, p: s.tally([]), errors.RuleInvalidError),
    (lambda s, p: s.figures([1]), errors.InvalidArgumentError),
    (lambda s, p: s.assess(p, "S99"), errors.RuleUnknownError),
    (lambda s, p: s.assess(p).spectrum(), errors.InvalidArgumentError),
    (lambda s, p: s.explain(p, "S02", "U99"), errors.NotFoundError),
    (lambda s, p: p.with_parameter("no", 1, valid_from=LAST_DAY),
     errors.ParameterUnknownError),
    (lambda s, p: s.member_table("party").column("no"), errors.NotFoundError),
])
def test_what_cannot_be_asked(ask, kind, snapshot, pack) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(kind):
        ask(snapshot, pack)


def test_a_closed_object_says_so(registry: headrope.Registry) -> None:
    with registry.freeze(LAST_DAY) as snapshot:
        table = snapshot.member_table("party")
        figures = snapshot.count_units()
    assert snapshot.closed
    with pytest.raises(errors.ClosedError):
        snapshot.count("unit")
    with pytest.raises(ValueError, match="closed"), snapshot:
        pass
    # Answers live on.
    assert len(table) == 14
    assert figures.at("U01") == 1
    snapshot.close()


def test_a_handle_is_neither_pickled_nor_copied(snapshot: headrope.Snapshot) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(snapshot)
    with pytest.raises(TypeError):
        copy.copy(snapshot)


def test_a_datetime_is_no_day(registry: headrope.Registry) -> None:
    with pytest.raises(TypeError):
        registry.freeze(datetime.datetime(2013, 12, 31))
    with pytest.raises(TypeError):
        registry.freeze("2013-12-31")  # type: ignore[arg-type]
