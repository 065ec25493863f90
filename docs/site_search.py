# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Lets the search of the site find headings and the terms of the glossary.

Doxygen's index has names of the reference and titles of pages only. It is one
script and one page for each first letter; `add` puts our entries into those,
and makes those of letters that it lacks.
"""

import collections
import dataclasses
import html
import json
import pathlib
import re

CHINESE = "[\u4e00-\u9fff]{2,}"
LETTERS = re.compile(r'^  0: "(.*)"', re.M)


@dataclasses.dataclass(frozen=True)
class Entry:
    """Words that may be looked for, and where they lead."""
    words: str
    target: str  # The page, with its anchor.
    where: str   # The title of the page.


# The results are a page of their own, which the theme leaves in 8 points.
STYLE = """
.SRSymbol, .SRScope, .SRStatus { font: 15px/1.5 sans-serif; }
"""


def identity(words):
    """What Doxygen's script makes of the words that a reader types."""
    return "".join(c if re.match(r"[a-z0-9\u0080-\uffff]", c)
                   else f"_{ord(c):02x}" for c in words.lower())


def terms(text):
    """The terms of a glossary: the first two columns of each table, and the
    Chinese ones that the third translates or puts in brackets."""
    text = re.sub(r"^\|.*\n(?=\|---)", "", text, flags=re.M)
    for *cells, meaning in re.findall(r"^\| (.+?) \| (.+?) \| (.+) \|$", text,
                                      re.M):
        for cell in cells:
            yield from (t for t in re.split(r"[、，,（）]\s*", cell)
                        if re.search(r"\w", t))
        yield from re.findall(f"{CHINESE}(?= [a-z])|(?<=[a-z] ){CHINESE}"
                              f"|(?<=（){CHINESE}(?=）)", meaning)


def line_of(number, entries):
    """The row of the index for words that lead to one or several places."""
    targets = [[f"../{entry.target}", 1, html.escape(entry.where)]
               for entry in entries]
    words = entries[0].words
    return json.dumps([f"{identity(words)}_own{number}",
                       [html.escape(words), *targets]], ensure_ascii=False)


def add(folder, entries):
    """Adds the entries to the index of the site in the folder."""
    search = pathlib.Path(folder) / "search"
    settings = search / "searchdata.js"
    text = settings.read_text("utf-8")
    letters = LETTERS.search(text).group(1)
    by_letter = collections.defaultdict(lambda: collections.defaultdict(list))
    for entry in entries:
        same = by_letter[entry.words[0].lower()][entry.words.lower()]
        if all(entry.target != other.target for other in same):
            same.append(entry)
    template = (search / "all_0.html").read_text("utf-8")
    for letter, found in by_letter.items():
        if letter not in letters:
            letters += letter
        name = f"all_{letters.index(letter):x}"
        script = search / f"{name}.js"
        old = script.read_text("utf-8") if script.exists() else (
            "var searchData=\n[\n];\n")
        rows = [line_of(*item) for item in enumerate(found.values())]
        head = old[:old.rindex("]")].rstrip()
        comma = "" if head.endswith("[") else ","
        script.write_text(f"{head}{comma}\n" + ",\n".join(rows) + "\n];\n",
                          "utf-8")
        page = search / f"{name}.html"
        page.write_text(template.replace("all_0.js", script.name), "utf-8")
    text = LETTERS.sub(lambda _: f'  0: "{letters}"', text, count=1)
    settings.write_text(text, "utf-8")
    with (search / "search.css").open("a", encoding="utf-8") as style:
        style.write(STYLE)
