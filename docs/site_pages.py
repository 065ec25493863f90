#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Makes Doxygen show our pages as the code host does, with a menu.

Doxygen knows neither the anchors of the code host nor the order of our pages.
So each page is read through `page`, which gives every heading the label that
links to it use, and the page a link to itself in the other language. `menu`
makes the menu from the lists of docs/index.md and docs/zh/README.md: a page
that stands in a list stands in the menu. `finish` names the language of the
Chinese pages, by which a browser chooses their letters, mends entries of the
tree that lead to the wrong page, and lets the search find headings and terms.

Usage: site_pages.py page FILE | menu OUTPUT | finish FOLDER
"""

import hashlib
import pathlib
import posixpath
import re
import sys
from xml.sax.saxutils import quoteattr

import site_search

ROOT = pathlib.Path(__file__).resolve().parents[1]
INDEX, INDEX_ZH = "docs/index.md", "docs/zh/README.md"

FENCE = re.compile(r"^(```.*?^```[ \t]*$)", re.S | re.M)
HEADING = re.compile(r"^(#+) (.*?)[ \t]*$", re.M)
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
ITEM = re.compile(r"^- \[([^\]]+)\]\(([^)\s]+\.md)\)", re.M)
# Doxygen's own entries of the menu, and what stands below them.
REFERENCE = {"namespaces": ("namespacelist", "namespacemembers"),
             "classes": ("classlist", "classindex", "classmembers"),
             "files": ("filelist", "globals")}
LONG = 4  # A page with so many sections has a table of contents.


def slug(heading):
    """The anchor that a heading gets on the code host."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def page_label(path):
    """The name of a page in the site, from its path in the checkout."""
    if path == INDEX:
        return "index"
    name = posixpath.splitext(path)[0].removeprefix("docs/")
    return re.sub(r"\W", "_", "page_" + name.lower())


def file_name(path):
    """The file of a page in the site."""
    return page_label(path) + ".html"


def guides():
    """The pages that a reader must find, and find in both languages."""
    files = [*ROOT.glob("docs/guide/*.md"), *ROOT.glob("docs/zh/*.md"),
             *ROOT.glob("README*.md"), ROOT / "docs/glossary.md"]
    return sorted(path.relative_to(ROOT).as_posix() for path in files)


def index_of(path):
    """The page that must name this one."""
    chinese = path.startswith("docs/zh/") or path == "README.zh.md"
    return INDEX_ZH if chinese and path != INDEX_ZH else INDEX


def heading_label(path, anchor):
    """Doxygen takes ASCII only, and anchors may be Chinese."""
    digest = hashlib.sha1(f"{path}#{anchor}".encode()).hexdigest()
    return "s" + digest[:12]


def target_label(path, target):
    """The label that a link of the page leads to; none if it is no page."""
    file, _, anchor = target.partition("#")
    if re.match(r"\w+:", target) or (file and not file.endswith(".md")):
        return None
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    there = there if file else path
    return heading_label(there, anchor) if anchor else page_label(there)


def translation(path):
    """The same page in the other language, and the word for that one."""
    if path.startswith("docs/zh/guide-"):
        return path.replace("zh/guide-", "guide/"), "English"
    if path.startswith("docs/zh/") and path != INDEX_ZH:
        return path.replace("docs/zh/", "docs/"), "English"
    other = {INDEX: INDEX_ZH, "README.md": "README.zh.md"}
    if path in (INDEX_ZH, "README.zh.md"):
        return next(k for k, v in other.items() if v == path), "English"
    chinese = path.replace("docs/guide/", "docs/zh/guide-")
    if chinese == path:
        chinese = path.replace("docs/", "docs/zh/")
    return other.get(path, chinese), "中文"


def linked(path, text):
    """The prose with links as Doxygen knows them; a link to a file that is
    no page becomes plain words."""
    def reference(match):
        words, target = match.groups()
        if re.match(r"\w+:", target):
            return match.group(0)
        label = target_label(path, target)
        return f"[{words}](@ref {label})" if label else words
    return LINK.sub(reference, text)


def emphasised(text):
    """The prose with its emphasis as HTML: Doxygen knows `**` only between
    spaces, and Chinese has none; nor has it any at the end of a line."""
    text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u4e00-\u9fff])",
                  "", text)
    parts = re.split(r"(`+[^`]*`+)", text)
    for at in range(0, len(parts), 2):
        bold = re.sub(r"\*\*(\S(?:[^*]*\S)?)\*\*", r"<b>\1</b>", parts[at])
        parts[at] = re.sub(r"\*(\S(?:[^*]*\S)?)\*", r"<em>\1</em>", bold)
    return "".join(parts)


def under_the_title(path, text):
    """What a page shows below its title: the other language, the contents."""
    lines = []
    other, word = translation(path)
    if other != path and (ROOT / other).exists():
        lines.append(f'<div class="language">\n[{word}](@ref '
                     f"{page_label(other)})\n</div>")
    if len(re.findall(r"^## ", FENCE.sub("", text), re.M)) >= LONG:
        lines.append("[TOC]")
    return "".join(f"\n\n{line}" for line in lines)


def as_doxygen(path, text):
    """The page as Doxygen shall read it."""
    title_seen = False

    def labelled(match):
        nonlocal title_seen
        marks, words = match.groups()
        if len(marks) == 1 and not title_seen:
            title_seen = True
            label = "" if path == INDEX else f" {{#{page_label(path)}}}"
            return f"# {words}{label}" + under_the_title(path, text)
        label = heading_label(path, slug(words))
        words = words.replace("--", "\\--")  # Or Doxygen makes it one dash.
        return f"{marks} {words} {{#{label}}}"

    parts = FENCE.split(text)
    for at, part in enumerate(parts):
        if at % 2:  # Fonts with Chinese letters draw this line twice as wide.
            parts[at] = part.replace("─", "-")
        else:
            parts[at] = linked(path, emphasised(HEADING.sub(labelled, part)))
    return "".join(parts)


def entries(path):
    """The lists of an index: (heading, [(title, label of the page)])."""
    text = (ROOT / path).read_text("utf-8")
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        pages = [(title, target_label(path, target))
                 for title, target in ITEM.findall(section)]
        if pages:
            yield section.split("\n", 1)[0], pages


def menu():
    """The layout file with our menu; all else stays Doxygen's own."""
    def tab(kind, title, label, inside=""):
        return (f'<tab type="{kind}" url="@ref {label}" '
                f"title={quoteattr(title)}>{inside}</tab>\n")

    def groups(index):
        return "".join(
            tab("usergroup", heading, heading_label(index, slug(heading)),
                "".join(tab("user", *page) for page in pages))
            for heading, pages in entries(index))

    chinese = tab("usergroup", "中文", page_label(INDEX_ZH), groups(INDEX_ZH))
    reference = '<tab type="usergroup" title="Reference">' + "".join(
        f'<tab type="{kind}" visible="yes" title="">'
        + "".join(f'<tab type="{part}" visible="yes" title=""/>'
                  for part in parts) + "</tab>\n"
        for kind, parts in REFERENCE.items()) + "</tab>"
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            '<doxygenlayout version="1.0">\n<navindex>\n'
            '<tab type="mainpage" visible="yes" title="Headrope"/>\n'
            f"{chinese}{groups(INDEX)}{reference}"
            '<tab type="pages" visible="no" title=""/>\n'
            "</navindex>\n</doxygenlayout>\n")


def mend_tree(folder):
    """Doxygen 1.9.4 shows the members of a namespace under their file in the
    tree, but with the page of the file, where they are not."""
    anchors = {file.name: set(re.findall(r'\b(?:id|name)="(a[0-9a-f]{32,})"',
                                         file.read_text("utf-8")))
               for file in folder.glob("*.html")}
    page_of = {anchor: page for page, found in anchors.items()
               if page.startswith("namespace") for anchor in found}

    def mended(match):
        page, anchor = match.groups()
        if anchor not in anchors.get(page, ()):
            page = page_of.get(anchor, page)
        return f'"{page}#{anchor}"'

    for script in folder.glob("*.js"):
        if script.name.startswith("navtree"):
            continue  # These find the entry of a page; they lead nowhere.
        text = script.read_text("utf-8")
        new = re.sub(r'"([\w.-]+\.html)#(\w+)"', mended, text)
        if new != text:
            script.write_text(new, "utf-8")


def plain(words):
    """A heading without its marks."""
    return re.sub(r"[`*]", "", LINK.sub(r"\1", words))


def search_entries(path):
    """What the search shall find on a page: its headings, and its terms if
    it is a glossary."""
    text = FENCE.sub("", (ROOT / path).read_text("utf-8"))
    title = plain(HEADING.search(text).group(2))
    for section in re.split(r"^(?=##+ )", text, flags=re.M)[1:]:
        words = HEADING.match(section).group(2)
        target = f"{file_name(path)}#{heading_label(path, slug(words))}"
        found = [words]
        if path.endswith("glossary.md"):
            found += site_search.terms(section)
        for each in found:
            yield site_search.Entry(plain(each), target, title)


def pages():
    """Every page of the site, by its path."""
    return sorted(path.relative_to(ROOT).as_posix()
                  for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def finish(folder):
    """Makes of what Doxygen wrote what the reader shall meet."""
    mend_tree(folder)
    site_search.add(folder, [entry for path in pages()
                             for entry in search_entries(path)])
    for path in pages():
        if not path.startswith("docs/zh/") and path != "README.zh.md":
            continue
        page = folder / file_name(path)
        text = page.read_text("utf-8")
        text = re.sub(r'(<html [^>]*?)(?: lang="[^"]*")?>',
                      r'\1 lang="zh-CN">', text, count=1)
        page.write_text(text.replace("Table of Contents", "本页目录"), "utf-8")


def main():
    verb, argument = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    if verb == "page":
        path = argument.relative_to(ROOT).as_posix()
        print(as_doxygen(path, argument.read_text("utf-8")), end="")
    elif verb == "menu":
        argument.write_text(menu(), "utf-8")
    elif verb == "finish":
        finish(argument)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
