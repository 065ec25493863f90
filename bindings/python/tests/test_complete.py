# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The package has the whole C API, and reads its header rightly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import CHECKOUT

import headrope
from headrope import _library
from headrope._capi import ffi, lib

FUNCTIONS = [line.split("\t")[0] for line in
             (CHECKOUT / "capi/abi/symbols.tsv").read_text("utf-8").splitlines()
             if line.startswith("headrope_")]

NOT_NEEDED = {
    "headrope_version_number": "headrope_version has the same",
    "headrope_status_title": "it is the docstring of the exception",
    "headrope_date_parse": "datetime.date.fromisoformat",
    "headrope_date_write": "datetime.date.isoformat",
    "headrope_snapshot_retain": "Python counts who holds a snapshot",
}


def test_every_function_is_used() -> None:
    assert headrope.__file__ is not None
    sources = "".join(file.read_text("utf-8")
                      for file in Path(headrope.__file__).parent.glob("*.py"))
    used = set(re.findall(r"\bheadrope_\w+", sources))
    left = {name for name in FUNCTIONS if name not in used
            and not name.endswith("_init")}
    assert left <= set(NOT_NEEDED), left - set(NOT_NEEDED)


@pytest.mark.parametrize("function", [name for name in FUNCTIONS
                                      if name.endswith("_init")])
def test_structs_begin_as_the_library_makes_them(function: str) -> None:
    struct = function.removesuffix("_init")
    ours = _library.new(struct)
    theirs = ffi.new(struct + " *")
    getattr(lib, function)(theirs)
    assert bytes(ffi.buffer(ours)) == bytes(ffi.buffer(theirs))


def test_days_are_those_of_the_library() -> None:
    import datetime

    out = ffi.new("int32_t *")
    for date in (datetime.date(1400, 1, 1), datetime.date(1969, 12, 31),
                 datetime.date(2012, 2, 29), datetime.date(9999, 12, 31)):
        text = date.isoformat().encode()
        _library.call(lib.headrope_date_parse, text, len(text), out)
        assert out[0] == _library.day(date)
        assert _library.date_of(out[0]) == date
