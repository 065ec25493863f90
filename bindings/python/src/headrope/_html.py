# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""What notebooks show: at most 50 rows, every text escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headrope.table import Table

ROWS_MAX = 50

_RIGHT = "text-align: right"
_LEFT = "text-align: left"


def rows(heads: Sequence[str], lines: Iterable[Sequence[str]],
         styles: Sequence[str], note: str = "") -> str:
    """Gives an HTML table; every text is escaped here."""
    parts = ["<table><thead><tr>"]
    parts += [f'<th style="{style}">{html.escape(head)}</th>'
              for head, style in zip(heads, styles, strict=True)]
    parts.append("</tr></thead><tbody>")
    for line in lines:
        parts.append("<tr>")
        parts += [f'<td style="{style}">{html.escape(cell)}</td>'
                  for cell, style in zip(line, styles, strict=True)]
        parts.append("</tr>")
    parts.append("</tbody></table>")
    if note:
        parts.append(f"<p>{html.escape(note)}</p>")
    return "".join(parts)


def table(shown: Table) -> str:
    """Gives a table; what is deeper in a tree is moved right."""
    columns = shown.columns
    styles = [_LEFT if column.type in ("text", "date") else _RIGHT
              for column in columns]
    count = min(len(shown), ROWS_MAX)
    lines = [[_indent(shown, at, row) + shown.display(at, row)
              for at in range(len(columns))] for row in range(count)]
    return rows([column.name for column in columns], lines, styles,
                more(len(shown)))


def _indent(shown: Table, column: int, row: int) -> str:
    return "\u2003" * shown.depth(row) if column == 0 else ""


def more(count: int) -> str:
    """Says how many rows are not shown."""
    return f"… {count - ROWS_MAX} more rows" if count > ROWS_MAX else ""


def paragraph(text: str) -> str:
    """Gives a paragraph; the text is escaped."""
    return f"<p>{html.escape(text)}</p>"
