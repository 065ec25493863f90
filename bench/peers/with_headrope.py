# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Headrope from Python: assess a pack of one rule, cover, and hand the table
over. `native.c` asks the same by the C API alone, in the same process."""

import ctypes
import datetime
import os
import subprocess
import tempfile
import time

import numpy
import pyarrow
from data import THRESHOLD, Data

import headrope
from headrope._capi import ffi, lib

MEASURES = ("study_session", "branch_assembly", "party_lecture",
            "party_group_meeting")
PACK = f"""
format: headrope-pack/1
id: peers
title: {{zh: 比较, en: peers}}
issuer: {{zh: 某, en: some}}
issued: 2024-12-01
effective: 2025-01-01
rules:
  - id: R
    clause: 一
    title: {{zh: 合计, en: total}}
    subjects: {{units: [party_branch, party_group, villager_group]}}
    window: {{each: year}}
    require:
      total: [{", ".join(f"{{sum: {{records: [{name}]}}}}" for name in MEASURES)}]
      at_least: {THRESHOLD}
"""


class Peer:
    def __init__(self, data: Data) -> None:
        registry = headrope.load(data.folder)
        self.pack = registry.parse_pack(PACK)
        self.snapshot = registry.freeze(datetime.date(2025, 12, 31))
        # The table stands in pre-order, the answer in the order of the rows.
        self.place = data.place

    def coverage(self):
        found = pyarrow.table(
            self.snapshot.assess(self.pack).cover("administrative").table())
        eligible = found.column("eligible").to_numpy()
        met = found.column("met").to_numpy()
        return lambda: (eligible[self.place], met[self.place])

    @staticmethod
    def load(folder) -> None:
        headrope.load(folder)

    def overhead(self, rounds: int) -> dict[str, float]:
        """Times the package against the C API alone, by turns, in processor time."""
        snapshot, pack = self.snapshot, self.pack
        native = _native()
        hierarchy = snapshot.find("hierarchy", "administrative")
        by_package, by_c = [], []
        for _ in range(rounds):
            by_c.append(native(snapshot, pack, hierarchy))
            begin = time.process_time()
            table = snapshot.assess(pack).cover("administrative").table()
            by_package.append(time.process_time() - begin)
            table.close()
        parts = {"assess": [], "cover": [], "table": []}
        for _ in range(rounds):
            begins = [time.process_time()]
            assessment = snapshot.assess(pack)
            begins.append(time.process_time())
            coverage = assessment.cover("administrative")
            begins.append(time.process_time())
            coverage.table()
            begins.append(time.process_time())
            for at, part in enumerate(parts.values()):
                part.append(begins[at + 1] - begins[at])
        ratios = numpy.array(by_package) / numpy.array(by_c)
        return {"package": min(by_package), "c": min(by_c),
                "ratio": float(numpy.median(ratios)),
                "least": float(ratios.min()), "greatest": float(ratios.max()),
                **{part: min(times) for part, times in parts.items()}}


def _native():
    folder = tempfile.mkdtemp()
    here = os.path.dirname(os.path.abspath(__file__))
    subprocess.run(
        ["cc", "-O2", "-shared", "-fPIC", f"-I{here}/../../capi/include",
         f"{here}/native.c", "-o", f"{folder}/native.so"], check=True)
    function = ctypes.CDLL(f"{folder}/native.so").seconds_native
    function.restype = ctypes.c_double
    names = ("assessment_new", "coverage_new", "coverage_table",
             "assessment_free", "coverage_free", "table_free")
    functions = (ctypes.c_void_p * len(names))(*(
        int(ffi.cast("uintptr_t", ffi.addressof(lib, "headrope_" + name)))
        for name in names))

    def call(snapshot, pack, hierarchy: int) -> float:
        seconds = function(
            functions,
            *(ctypes.c_void_p(int(ffi.cast("uintptr_t", one._held())))
              for one in (snapshot, pack)), ctypes.c_int64(hierarchy))
        if seconds < 0:
            raise RuntimeError("the C API alone could not answer")
        return float(seconds)

    return call
