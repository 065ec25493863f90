#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Checks the built documentation site, as a reader meets it.

- No link, menu entry or picture leads to a missing file or anchor.
- Every guide stands in the index of its language and has its translation.
- Every page has the search box, and the search finds every guide by its title
  and by its headings.

Prints one line per finding and exits 1 if there is any. --self-test breaks a
small site in every way that is named here, and expects the finding.

Usage: check_site.py FOLDER | --self-test
"""

import dataclasses
import html
import html.parser
import pathlib
import re
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
import site_pages  # noqa: E402  (docs/site_pages.py names the pages)


@dataclasses.dataclass
class Guide:
    """A page of a guide: where it is, what the search must find it by, and
    the index that must name it."""
    page: str
    words: list
    index: str


class Page(html.parser.HTMLParser):
    """What one page offers and what it refers to."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.targets = set(), []
        self.text = text
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.anchors |= {found[k] for k in ("id", "name") if found.get(k)}
        self.targets += [found[k] for k in ("href", "src") if found.get(k)]


def broken(folder, pages, where, target):
    """Why the target leads nowhere; empty if it leads somewhere."""
    if re.match(r"[a-z]+:|//", target) or "$" in target:
        return ""
    file, _, anchor = target.partition("#")
    file = urllib.parse.unquote(file) or where
    if not (folder / file).exists():
        return f"{where}: {target} leads nowhere"
    known = pages[file].anchors if file in pages else {""}
    anchor = urllib.parse.unquote(anchor)
    if anchor and file in pages and anchor not in known:
        return f"{where}: {file} has no anchor {anchor}"
    return ""


def check_links(folder, pages):
    for where, page in pages.items():
        yield from (broken(folder, pages, where, t) for t in page.targets)
    for script in sorted(folder.glob("*.js")):
        if script.name.startswith("navtreeindex"):
            continue  # From a page to its entry in the tree: no links.
        text = script.read_text("utf-8").split("NAVTREEINDEX")[0]
        for target in re.findall(r'"([\w.-]+\.html(?:#[\w-]*)?)"', text):
            yield broken(folder, pages, script.name, target)


def check_guides(folder, pages, guides):
    index = "".join(file.read_text("utf-8")
                    for file in sorted((folder / "search").glob("*.js")))
    for guide in guides:
        if guide.page not in pages:
            yield f"{guide.page}: the guide is missing"
            continue
        from_index = pages[guide.index].targets if guide.index in pages else ()
        if guide.page not in from_index:
            yield f"{guide.index}: the guide {guide.page} is not in the index"
        for words in guide.words:
            row = f"{re.escape(words)}['\"][^\\n]*/{re.escape(guide.page)}"
            if not re.search(row, index, re.I):
                yield f"{guide.page}: the search does not find {words}"


def check_search(pages):
    for where, page in pages.items():
        menu = re.search(r"initMenu\('[^']*',true,", page.text)
        box = "MSearchField" in page.anchors or menu
        if not box or "search/search.js" not in page.targets:
            yield f"{where}: no search box"


def check_site(folder, guides):
    pages = {file.name: Page(file.read_text("utf-8"))
             for file in sorted(folder.glob("*.html"))}
    found = [*check_links(folder, pages), *check_guides(folder, pages, guides),
             *check_search(pages)]
    return sorted({finding for finding in found if finding})


def guides_of_the_project():
    """Every guide in both languages, and what has no translation."""
    guides, missing = [], []
    for path in site_pages.guides():
        other = site_pages.translation(path)[0]
        if not (ROOT / other).exists():
            missing.append(f"{path}: not translated: {other} is missing")
        text = (ROOT / path).read_text("utf-8")
        title = re.search(r"^# (.*)", text, re.M).group(1)
        found = [entry.words for entry in site_pages.search_entries(path)]
        guides.append(Guide(site_pages.file_name(path),
                            [html.escape(w) for w in [title, *found]],
                            site_pages.file_name(site_pages.index_of(path))))
    return guides, missing


HEAD = "<script src='search/search.js'></script><i id='MSearchField'></i>"
GOOD = {"index.html": HEAD + "<a href='guide.html#part'>x</a>"
                             "<a href='guide.html'>x</a>",
        "guide.html": HEAD + "<h2 id='part'>x</h2><img src='picture.svg'>",
        "picture.svg": "<svg/>", "menudata.js": '{url:"guide.html"}',
        "search/search.js": "",
        "search/pages_0.js": "['Load','../guide.html']"}
FAULTS = (
    ("guide.html", "id='part'", "", "no anchor part"),
    ("guide.html", "picture.svg", "lost.svg", "lost.svg leads nowhere"),
    ("guide.html", "id='MSearchField'", "", "no search box"),
    ("guide.html", "src='search/search.js'", "", "no search box"),
    ("index.html", "href='guide.html'>", ">", "is not in the index"),
    ("index.html", "guide.html#part", "lost.html", "lost.html leads nowhere"),
    ("menudata.js", "guide.html", "lost.html", "lost.html leads nowhere"),
    ("search/pages_0.js", "Load", "Save", "the search does not find Load"),
)


def self_test():
    """The good site passes, and every fault is found."""
    guides = [Guide("guide.html", ["Load"], "index.html")]
    failed = []
    for name, old, new, expected in (("index.html", "", "", ""), *FAULTS):
        with tempfile.TemporaryDirectory() as made:
            folder = pathlib.Path(made)
            (folder / "search").mkdir()
            for file, text in GOOD.items():
                text = text.replace(old, new) if file == name else text
                (folder / file).write_text(text, "utf-8")
            found = check_site(folder, guides)
        good = any(expected in f for f in found) if expected else not found
        if not good:
            failed.append(f"{name} without {old!r}: found {found}")
    return failed


def main():
    if sys.argv[1] == "--self-test":
        findings = self_test()
    else:
        guides, findings = guides_of_the_project()
        findings += check_site(pathlib.Path(sys.argv[1]), guides)
    print(*findings, sep="\n", end="\n" if findings else "")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
