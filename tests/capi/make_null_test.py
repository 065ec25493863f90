#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Writes the test that gives NULL for every pointer of the C API.

For each function of headrope.h and each of its pointers, the program that is
written calls it with that pointer NULL and all others good. A function with a
status must then say HEADROPE_E_NULL_ARGUMENT and empty its other outputs, or,
for what may be NULL, succeed or fail as it likes; no function may crash.
Usage: make_null_test.py HEADER OUTPUT
"""

import pathlib
import re
import sys

# What may be NULL by the header's own words.
OPTIONAL = {"options", "findings", "error", "user_data"}

INPUTS = {
    "const headrope_tally *": "&f.tally",
    "const headrope_source *": "&source.source",
    "const headrope_file *": "files.data()",
    "const headrope_text *": "texts",
    "const int64_t *": "numbers",
    "const headrope_pack *const *": "packs",
    "const headrope_persons *const *": "sets",
    "headrope_write": "drop",
    "headrope_live_listener": "listen",
    "const headrope_live_figure *": "figures",
    "const headrope_change *": "changes",
    "struct ArrowArrayStream *stream": "&memberships.stream",
}
# Scalars by name; others are 0.
SCALARS = {
    "size": "HEADROPE_NTS", "name_size": "HEADROPE_NTS", "capacity": "100",
    "count": "1", "rule_count": "1", "base_count": "1", "denominator": "1",
    "whole": "1", "grouping": "HEADROPE_GROUP_BY_ATTRIBUTE", "object": "1", "as_of": "as_of",
    "hierarchy": "f.party", "unit": "f.branch", "top": "HEADROPE_NONE",
    "valid_from": "15706", "on": "as_of", "column": "5", "levels": "HEADROPE_ALL_LEVELS",
}
TEXTS = {"table": "\"units\"", "folder": "\"none\"", "path": "\"none/none\"",
         "parameter": "\"days\"", "subject": "\"U2\""}


def declarations(header):
    """Yields (return type, name, [(type, parameter)])."""
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    for result, name, inside in re.findall(
            r"HEADROPE_API\s+([\w\s]+?[\s*]+)(headrope_\w+)\(([^;]*)\);", text):
        parameters = []
        for one in inside.split(","):
            one = " ".join(one.split())
            if one == "void":
                continue
            kind, parameter = re.match(r"(.*?)(\w+)$", one).groups()
            kind = re.sub(r"\s*\*\s*", " *", kind.strip())
            parameters.append((kind, parameter))
        yield re.sub(r"\s*\*", " *", " ".join(result.split())), name, parameters


def is_output(kind, parameter):
    return "*" in kind and "const" not in kind and parameter in (
        "out", "is_known", "numerator", "denominator", "valid_from",
        "valid_until", "schema", "array")


def argument(kind, parameter, at):
    """A good value for a parameter; outputs are variables named out_N."""
    if parameter == "error":
        return "&error"
    if parameter == "user_data":
        return "nullptr"
    if is_output(kind, parameter):
        return f"&out_{at}"
    if kind in INPUTS:
        return INPUTS[kind]
    if f"{kind}{parameter}" in INPUTS:
        return INPUTS[f"{kind}{parameter}"]
    if parameter == "buffer":
        return "characters" if kind == "char *" else "buffer"
    if kind == "const char *":
        return TEXTS.get(parameter, "\"x\"")
    handle = re.match(r"(?:const )?headrope_(\w+) \*$", kind)
    if handle:
        name = {"before": "pack", "after": "changed"}.get(
            parameter, handle.group(1))
        return "nullptr" if parameter == "options" else f"f.{name}"
    return SCALARS.get(parameter, "0")


def empty_check(kind, at):
    base = kind.removesuffix("*").strip()
    if base.endswith("*"):
        return f"out_{at} == nullptr"
    if base == "headrope_text":
        return f"out_{at}.data == nullptr && out_{at}.size == 0"
    if base == "headrope_counts":
        return f"out_{at}.eligible == 0 && out_{at}.not_evaluable == 0"
    if base == "headrope_threshold":
        return f"out_{at}.is_reached == 0 && out_{at}.known == 0"
    if base == "headrope_column":
        return f"out_{at}.type == 0 && out_{at}.name.data == nullptr"
    if base.startswith("struct Arrow"):
        return f"out_{at}.release == nullptr"
    return f"(out_{at} == 0 || out_{at} == HEADROPE_NONE)"


def output_variables(parameters):
    lines = []
    for at, (kind, parameter) in enumerate(parameters):
        if not is_output(kind, parameter):
            continue
        base = kind.removesuffix("*").strip()
        lines.append(f"    {base} out_{at};")
        lines.append(f"    std::memset(static_cast<void*>(&out_{at}), 0x5A, "
                     f"sizeof out_{at});")
        if base in ("headrope_counts", "headrope_column",
                    "headrope_threshold"):
            lines.append(f"    out_{at}.struct_size = sizeof out_{at};")
    return lines


def cases(result, name, parameters):
    pointers = [at for at, (kind, _) in enumerate(parameters)
                if "*" in kind or kind in ("headrope_write", "headrope_live_listener")]
    gives_back = result == "void"
    for null in pointers:
        kind, parameter = parameters[null]
        is_optional = parameter in OPTIONAL and (
            parameter == "options" or "const" not in kind)
        yield f"  {{  // {name}, {parameter}"
        yield "    headrope_error error = HEADROPE_ERROR_INIT;"
        yield from output_variables(parameters)
        arguments = ", ".join(
            "nullptr" if at == null or gives_back else
            argument(kind, parameter_name, at)
            for at, (kind, parameter_name) in enumerate(parameters))
        if result != "headrope_status":
            yield f"    static_cast<void>({name}({arguments}));"
        elif is_optional:
            yield f"    const headrope_status status = {name}({arguments});"
            yield (f"    expect(status != HEADROPE_E_NULL_ARGUMENT, "
                   f"\"{name}: {parameter} may be NULL\");")
            outputs = [(at, kind) for at, (kind, p) in enumerate(parameters)
                       if is_output(kind, p)]
            for at, kind in outputs:
                yield f"    put_back(out_{at});"
        else:
            yield f"    const headrope_status status = {name}({arguments});"
            yield (f"    expect(status == HEADROPE_E_NULL_ARGUMENT, "
                   f"\"{name}, {parameter}: \" + std::to_string(status) + "
                   f"error.message);")
            yield (f"    expect(std::strstr(error.message, \" is NULL\") != "
                   f"nullptr, \"{name}, {parameter}: the message\");")
            for at, (kind, other) in enumerate(parameters):
                if at != null and is_output(kind, other):
                    yield (f"    expect({empty_check(kind, at)}, "
                           f"\"{name}, {parameter}: {other} is empty\");")
        yield "    static_cast<void>(error);"
        yield "    ++count;"
        yield "  }"


HEAD = """// Written by make_null_test.py.
#include <cstring>
#include "capi/fixture.hpp"
using namespace headrope_test;
namespace {
std::int32_t drop(const char*, std::int64_t, void*) { return 0; }
std::int32_t listen(std::int64_t, const std::int64_t*, std::int64_t, void*) {
  return 0;
}
template <typename Value> void put_back(const Value&) {}
void put_back(headrope_findings* it) { headrope_findings_free(it); }
void put_back(headrope_registry* it) { headrope_registry_free(it); }
void put_back(headrope_snapshot* it) { headrope_snapshot_release(it); }
void put_back(headrope_figures* it) { headrope_figures_free(it); }
void put_back(headrope_sums* it) { headrope_sums_free(it); }
void put_back(headrope_pack* it) { headrope_pack_free(it); }
void put_back(headrope_assessment* it) { headrope_assessment_free(it); }
void put_back(headrope_coverage* it) { headrope_coverage_free(it); }
void put_back(headrope_explanation* it) { headrope_explanation_free(it); }
void put_back(headrope_responsibility* it) {
  headrope_responsibility_free(it);
}
void put_back(headrope_comparison* it) { headrope_comparison_free(it); }
void put_back(headrope_live* it) { headrope_live_free(it); }
void put_back(headrope_moment* it) { headrope_moment_free(it); }
void put_back(headrope_persons* it) { headrope_persons_free(it); }
void put_back(headrope_overlap* it) { headrope_overlap_free(it); }
void put_back(headrope_spectrum* it) { headrope_spectrum_free(it); }
void put_back(headrope_table* it) { headrope_table_free(it); }
void put_back(ArrowSchema& it) { if (it.release) it.release(&it); }
void put_back(ArrowArray& it) { if (it.release) it.release(&it); }
void put_back(ArrowArrayStream& it) { if (it.release) it.release(&it); }
"""


def main():
    header = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    parts, calls = [HEAD], []
    for result, name, parameters in declarations(header):
        body = list(cases(result, name, parameters))
        if not body:
            continue
        calls.append(f"  of_{name}(f);")
        parts.append(f"int count_{name} = 0;\nvoid of_{name}(Fixture& f) {{\n"
                     "  [[maybe_unused]] static const auto files = "
                     "package_files();\n"
                     "  [[maybe_unused]] CountingSource source;\n"
                     "  open_source(source);\n"
                     "  [[maybe_unused]] MembershipStream memberships;\n"
                     "  open_memberships(memberships);\n"
                     "  [[maybe_unused]] const headrope_text texts[] = "
                     "{text(\"unit\")};\n"
                     "  [[maybe_unused]] const std::int64_t numbers[] = {0};\n"
                     "  [[maybe_unused]] const headrope_pack* packs[] = "
                     "{f.pack};\n"
                     "  [[maybe_unused]] const headrope_persons* sets[] = "
                     "{f.persons};\n"
                     "  [[maybe_unused]] std::int64_t buffer[100];\n"
                     "  [[maybe_unused]] char characters[100];\n"
                     "  [[maybe_unused]] const headrope_live_figure figures[] "
                     "= {{HEADROPE_LIVE_MEMBERS, 0, nullptr, nullptr, 0, 0, "
                     "0}};\n"
                     "  [[maybe_unused]] const headrope_change changes[] = "
                     "{a_record(f)};\n"
                     f"  int& count = count_{name};\n")
        parts.append("\n".join(body))
        parts.append("  static_cast<void>(f);\n}\n")
    parts.append("}  // namespace\nint main() {\n  Fixture f;")
    parts += calls
    total = " + ".join("count_" + call.split("of_", 1)[1].split("(")[0]
                       for call in calls)
    parts.append(f"  std::printf(\"%d pointers\\n\", {total});\n}}\n")
    pathlib.Path(sys.argv[2]).write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
