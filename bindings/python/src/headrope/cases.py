# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Cases: the tests of packs, as files (docs/formats/rule-cases.md)."""

from __future__ import annotations

import os
from dataclasses import dataclass

from headrope import _calls
from headrope._capi import ffi, lib
from headrope._library import choose, encoded, encoded_path, keep, new
from headrope.findings import Findings, Gathering
from headrope.pack import LANGUAGES, Language
from headrope.table import Table


@dataclass(frozen=True)
class Cases:
    """What became of cases.

    Attributes
    ----------
    table : Table
        ``file``, ``row``, ``case``, ``title``, ``pack``, ``checked`` (how many
        expectations), ``result`` (``passed``, ``failed``, or nothing where cases
        are only listed) and ``failures`` of each.
    findings : Findings
        What is not well formed in case files and packs; their cases did not run.
    """

    table: Table
    findings: Findings

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def run_cases(path: str | os.PathLike[str], *, only_lists: bool = False,
              filter: str = "", thread_count: int = 1,
              language: Language = "en") -> Cases:
    """Runs the cases in every file ``*.cases.yaml`` at or below a path.

    Parameters
    ----------
    path : path
        A file or a folder.
    only_lists : bool
        True lists the cases and runs none.
    filter : str
        Only cases whose id or file contains it.
    thread_count : int
        How many threads work, 64 at most.
    language : {"en", "zh"}
        The language of titles.

    Examples
    --------
    >>> import headrope
    >>> cases = run_cases(headrope.examples.pack.parent)
    >>> cases.table.column("case")[:2], set(cases.table.column("result"))
    (['eight-days', 'three-of-four'], {'passed'})
    """
    name, text = encoded_path(path), ffi.from_buffer(encoded(filter))
    options = new("headrope_cases_options", thread_count=thread_count,
                  only_lists=only_lists,
                  language=choose(LANGUAGES, language, "language"))
    keep(options, text)
    options.filter.data = ffi.cast("const char *", text)
    options.filter.size = len(text)
    gathering = Gathering()

    def work() -> Cases:
        pointer = gathering.handle(
            lib.headrope_cases_run, name, len(name), options, gathering.pointer,
            kind="headrope_table", free=lib.headrope_table_free)
        return Cases(Table._of(pointer), gathering.findings())

    return _calls.long(work)
