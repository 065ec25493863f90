#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Checks what a reader of the project relies on.

- Each function, class, struct and enum of include/headrope has a Doxygen
  comment.
- Each file begins with the copyright and the licence, and ends before line
  800.
- Links inside the pages of the top folder and of docs/ lead somewhere.
- A block after `<!-- from examples/FILE -->` stands in that file, word for
  word.

Prints one line per finding and exits 1 if there is any.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

COPYRIGHT = ("Copyright 2026 The Headrope Authors",
             "SPDX-License-Identifier: Apache-2.0")
LINES_MAX = 800
# The C API is one header, with all of its documentation.
ONE_HEADER = "capi/include/headrope/headrope.h"
CODE = {".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".cmake", ".in", ".sed", ""}
FOLDERS = ("include", "src", "capi", "bindings", "tests", "bench", "examples",
           "tools", "cmake", ".ci")
TOP_FILES = ("CMakeLists.txt", "dev", ".clang-format", ".clang-tidy")

SKIPPED = re.compile(r"^(using|friend|namespace|static_assert|extern|})\b|^}"
                     r"|= (default|delete);|^~|^\w+(& operator=)?\(\w+&&\)"
                     r"|^\w[\w:<>, ]* \w+ = ")
DECLARATION = re.compile(r"^(template\b|class\b|struct\b|enum\b)|\w\(|operator")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
QUOTE = re.compile(r"<!-- from (examples/\S+) -->\n```\w*\n(.*?)\n```", re.S)


def statements(lines):
    """Yields (line number, text, documented, in a private section) for each
    statement that is not inside a function's body. A comment covers the
    declarations below it up to the next blank line."""
    scopes, text, start, documented = [], "", 0, False
    for number, raw in enumerate(lines, start=1):
        line = raw.split("//")[0].strip()
        if raw.strip().startswith(("///", "/**", "*")) and not text:
            documented = True
            continue
        if not line or line.startswith("#"):
            if not raw.strip():
                documented = False  # A blank line parts the two.
            continue
        if re.match(r"(public|protected|private):$", line):
            scopes[-1] = line[:-1]
            continue
        if not text:
            start = number
        text += (" " if text else "") + line
        if not re.search(r"[;{}]$", line):
            continue
        if scopes[-1:] != ["body"] and "private" not in scopes:
            yield start, text, documented or "///<" in raw
        for brace in re.findall(r"[{}]", text):
            if brace == "}":
                scopes.pop()
            else:
                scopes.append(scope_of(text, scopes))
        text, documented = "", documented and not line.endswith("{")


def scope_of(text, scopes):
    if scopes[-1:] == ["body"]:
        return "body"
    if re.match(r"namespace\b", text):
        return "namespace"
    if re.match(r"(template\s*<.*>\s*)?class\b", text):
        return "private"
    if re.match(r"(template\s*<.*>\s*)?struct\b", text):
        return "public"
    return "body"


def check_declarations(path, text):
    for number, code, documented in statements(text.splitlines()):
        if documented or SKIPPED.search(code) or not DECLARATION.search(code):
            continue
        if re.match(r"(class|struct|enum( class)?) \w+;", code):
            continue  # A forward declaration.
        yield f"{path}:{number}: no Doxygen comment: {code[:50]}"


def check_beginning(path, text):
    lines = text.splitlines()
    if lines and lines[0].startswith("#!"):
        lines = lines[1:]
    if [a for a, b in zip(COPYRIGHT, lines + ["", ""]) if a not in b]:
        yield f"{path}:1: the copyright and SPDX lines are missing"
    if len(lines) > LINES_MAX and path != ONE_HEADER:
        yield f"{path}:{len(lines)}: more than {LINES_MAX} lines"


def slug(heading):
    """The anchor that a heading gets on the code host."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def check_links(path, text):
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    for target in LINK.findall(prose):
        if re.match(r"\w+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (ROOT / path).parent / file if file else ROOT / path
        if not found.exists():
            yield f"{path}: the link to {target} leads nowhere"
        elif anchor and found.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", found.read_text("utf-8"), re.M)
            if anchor not in map(slug, headings):
                yield f"{path}: {file or path} has no heading #{anchor}"


def check_quotes(path, text):
    for name, quoted in QUOTE.findall(text):
        source = ROOT / name
        if not source.exists() or quoted not in source.read_text("utf-8"):
            yield f"{path}: the block quoted from {name} is not in it"


def source_files():
    for folder in FOLDERS:
        yield from (ROOT / folder).rglob("*")
    yield from (ROOT / name for name in TOP_FILES)
    yield from (ROOT / "docs").glob("*.*")


def main():
    findings = []
    for file in sorted(f for f in source_files() if f.is_file()):
        if file.suffix not in CODE and file.name != "CMakeLists.txt":
            continue
        if "__pycache__" in file.parts:
            continue
        path = file.relative_to(ROOT).as_posix()
        text = file.read_text("utf-8")
        findings += check_beginning(path, text)
        if path.startswith("include/"):
            findings += check_declarations(path, text)
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for file in sorted(p for p in pages if p.exists()):
        path = file.relative_to(ROOT).as_posix()
        text = file.read_text("utf-8")
        findings += check_links(path, text)
        findings += check_quotes(path, text)
    print(*findings, sep="\n", end="\n" if findings else "")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
