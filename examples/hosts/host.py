#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""A host in Python by ctypes alone: the same scenario as host.c.

Argument: libheadrope.so.
"""

import ctypes as c
import sys

NTS, NONE, ALL_LEVELS, PRIMARY = -1, -1, -1, 0
UNIT, HIERARCHY, MEASURE, DISTINCT_DAYS = 1, 6, 7, 2
EN, ZH = 0, 1

PROGRESS = c.CFUNCTYPE(c.c_int32, c.c_char_p, c.c_int64, c.c_int64, c.c_void_p)
WRITE = c.CFUNCTYPE(c.c_int32, c.POINTER(c.c_char), c.c_int64, c.c_void_p)


class Text(c.Structure):
    _fields_ = [("data", c.POINTER(c.c_char)), ("size", c.c_int64)]

    def __str__(self):
        return c.string_at(self.data, self.size).decode()


class Sized(c.Structure):
    """A struct that knows its own size."""

    def __init__(self, **values):
        super().__init__(struct_size=c.sizeof(self), **values)


class Error(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("status", c.c_int32),
                ("row", c.c_int64), ("column", c.c_char * 64),
                ("file", c.c_char * 256), ("message", c.c_char * 512)]


class RegistryOptions(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("vocabulary", c.c_int32),
                ("limits", c.c_void_p), ("progress", PROGRESS),
                ("user_data", c.c_void_p), ("ends_are_inclusive", c.c_int32),
                ("persons_are_listed", c.c_int32),
                ("thread_count", c.c_int32), ("reserved", c.c_int32)]


class Tally(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("reduction", c.c_int32),
                ("measures", c.POINTER(c.c_int64)),
                ("measure_count", c.c_int64), ("valid_from", c.c_int32),
                ("valid_until", c.c_int32), ("credits_above", c.c_int32),
                ("reserved", c.c_int32), ("credit_along", c.c_int64)]


class Question(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("valid_from", c.c_int32),
                ("valid_until", c.c_int32), ("thread_count", c.c_int32),
                ("wants_deadlines", c.c_int32), ("items_max", c.c_int32)]


library = c.CDLL(sys.argv[1])
library.headrope_version.restype = c.c_char_p
library.headrope_status_id.restype = c.c_char_p
library.headrope_findings_error_count.restype = c.c_int64
library.headrope_findings_warning_count.restype = c.c_int64
error = Error()


def wide(argument):
    """Whole numbers go as 64 bits, texts as UTF-8."""
    if isinstance(argument, int):
        return c.c_int64(argument)
    return argument.encode() if isinstance(argument, str) else argument


def call(name, *arguments):
    """Calls a function that takes an error at the end; gives its status."""
    function = getattr(library, "headrope_" + name)
    return function(*map(wide, arguments), c.byref(error))


def must(name, *arguments):
    if (status := call(name, *arguments)) != 0:
        raise RuntimeError(f"{status_id(status)}: {error.message.decode()}")


def made(name, *arguments, kind=c.c_void_p):
    """Calls a function whose last output is a handle or a number."""
    out = kind()
    must(name, *arguments, c.byref(out))
    return out if kind is c.c_void_p else out.value


def free(kind, *handles):
    for handle in handles:
        getattr(library, f"headrope_{kind}")(handle)


def status_id(status):
    return library.headrope_status_id(status).decode()


def show(title, table):
    pieces = []

    def take(data, size, _):
        pieces.append(c.string_at(data, size))
        return 0

    must("table_write_csv", table, WRITE(take), None)
    free("table_free", table)
    print(f"== {title}\n{b''.join(pieces).decode()}", end="")


def day(text):
    return made("date_parse", text, NTS, kind=c.c_int32)


def find(snapshot, thing, identity):
    return made("snapshot_find", snapshot, thing, identity, NTS, kind=c.c_int64)


def roll_up(snapshot, party, administrative):
    sessions = c.c_int64(find(snapshot, MEASURE, "study_session"))
    tally = Tally(reduction=DISTINCT_DAYS, measures=c.pointer(sessions),
                  measure_count=1)
    days = made("figures_tally", snapshot, c.byref(tally))
    show("days of study", made("figures_roll_up", days, party, NONE, ALL_LEVELS,
                               1))
    sums = made("sums_new", days, party)
    below = made("sums_at", sums, find(snapshot, UNIT, "U08"), kind=c.c_int64)
    print(f"below U08: {below}")
    units = made("figures_count_units", snapshot, None, 0)
    show("units", made("figures_roll_up", units, administrative, NONE, 1, 1))
    show("members", made("snapshot_member_table", snapshot, party, NONE,
                         ALL_LEVELS, PRIMARY))
    free("sums_free", sums)
    free("figures_free", days, units)


def year():
    return Question(valid_from=day("2013-01-01"), valid_until=day("2014-01-01"))


def find_rule(pack, rule):
    return made("pack_find_rule", pack, rule, NTS, kind=c.c_int64)


def cover(snapshot, pack, rule_id, hierarchy):
    rule = c.c_int64(find_rule(pack, rule_id))
    assessment = made("assessment_new", snapshot, pack, c.byref(rule), 1,
                      c.byref(year()))
    coverage = made("coverage_new", assessment, hierarchy, PRIMARY, 1)
    show(rule_id, made("coverage_table", coverage, NONE, ALL_LEVELS))
    free("coverage_free", coverage)
    free("assessment_free", assessment)


def list_gaps(snapshot):
    responsibility = made("responsibility_new", snapshot)
    show("gaps", made("responsibility_gaps", responsibility, None))
    free("responsibility_free", responsibility)


def explain(snapshot, pack):
    explanation = made("explanation_new", snapshot, pack,
                       find_rule(pack, "S02"), "U10", NTS, c.byref(year()))
    print("== why")
    for language in (EN, ZH):
        sentence = Text()
        must("explanation_sentence", explanation, language, c.byref(sentence))
        print(sentence)
    free("explanation_free", explanation)


def fail(registry):
    stop = PROGRESS(lambda stage, done, total, data: 1)
    other = c.c_void_p()
    status = call("registry_load", "xincheng", NTS,
                  c.byref(RegistryOptions(progress=stop)), None,
                  c.byref(other))
    print(f"== cancelled\n{status_id(status)} {error.message.decode()}")
    status = call("pack_parse", registry,
                  "format: headrope-pack/1\nid: x\nrulez: []\n", NTS, "x.yaml",
                  NTS, None, 0, None, c.byref(other))
    print(f"== mistaken\n{status_id(status)} {error.file.decode()} line "
          f"{error.row} column {error.column.decode()}\n"
          f"{error.message.decode()}")


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    print("headrope", library.headrope_version().decode())
    findings = made("findings_new", 0)
    registry = made("registry_load", "xincheng", NTS, None, findings)
    print(f"{library.headrope_findings_error_count(findings)} errors, "
          f"{library.headrope_findings_warning_count(findings)} warnings")
    snapshot = made("registry_freeze", registry, day("2013-12-31"), None,
                    findings)
    party = find(snapshot, HIERARCHY, "party")
    administrative = find(snapshot, HIERARCHY, "administrative")
    roll_up(snapshot, party, administrative)
    pack = made("pack_load", registry, "pack/pack.yaml", NTS, findings)
    cover(snapshot, pack, "S02", party)
    cover(snapshot, pack, "S04", administrative)
    list_gaps(snapshot)
    explain(snapshot, pack)
    fail(registry)
    free("pack_free", pack)
    free("snapshot_release", snapshot)
    free("registry_free", registry)
    free("findings_free", findings)


main()
