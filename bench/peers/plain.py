# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The plain pass (plain.c), timed in the process of a peer."""

import ctypes
import subprocess
import tempfile
import time
from pathlib import Path

import numpy
from data import Data


class Plain:
    """Compiles the pass and keeps what it reads."""

    def __init__(self, data: Data) -> None:
        folder = tempfile.mkdtemp()
        source = Path(__file__).with_name("plain.c")
        subprocess.run(["cc", "-O3", "-shared", "-fPIC", source, "-o",
                        f"{folder}/plain.so"], check=True)
        self._pass = ctypes.CDLL(f"{folder}/plain.so").plain_sums
        self._pass.restype = None
        self._places = data.place[data.record_unit].astype(numpy.uint32)
        self._values = data.record_value.astype(numpy.uint32)
        self._depth = data.depth_of_place
        self._deepest = int(self._depth.max())
        self._sums = numpy.zeros(data.count, numpy.int64)
        self._pending = numpy.zeros(self._deepest + 2, numpy.int64)
        self.seconds()
        if not (self._sums[data.place] == data.expected("sums")[0]).all():
            raise SystemExit("the plain pass is wrong")

    def seconds(self) -> float:
        """Runs it once."""
        def at(array):
            return ctypes.c_void_p(array.ctypes.data)

        begin = time.perf_counter()
        self._pass(at(self._places), at(self._values),
                   ctypes.c_size_t(len(self._places)), at(self._depth),
                   ctypes.c_size_t(self._deepest),
                   ctypes.c_size_t(len(self._sums)), at(self._sums),
                   at(self._pending))
        return time.perf_counter() - begin
