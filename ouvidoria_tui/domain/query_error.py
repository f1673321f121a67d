"""What a bad QUERY says, and the caret that shows where."""

from __future__ import annotations

import unicodedata

from ouvidoria_tui.errors import OuvidoriaError, UsageError
from ouvidoria_tui.text import Text

__all__ = ["bad_query", "caret", "shown"]

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def bad_query(text: str, at: int, message: Text, hint: Text) -> UsageError:
    """The error ``BAD_QUERY`` at the 0-based character ``at`` of ``text``; its details count from 1."""
    return UsageError("BAD_QUERY", message, hint, details={"column": at + 1, "query": text})


def shown(text: str, limit: int = 40) -> str:
    """``text`` as an error may quote it: no control, format mark or broken character, and not too long."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(_visible(char) for char in cut)


def caret(error: OuvidoriaError, width: int = 76) -> str:
    """Two lines: the query that ``error`` is about and a caret under the place; empty for any other error.

    A query wider than ``width`` cells is cut around the place. Wide characters count two cells.
    """
    query, column = error.details.get("query"), error.details.get("column")
    if not isinstance(query, str) or not isinstance(column, int):
        return ""
    at = max(0, min(column - 1, len(query)))
    # A window of plain characters first, so that neither a huge nor a wide query costs anything.
    first = max(0, at - width // 2) if len(query) > width // 2 else 0
    before = [(char, cells(char)) for char in map(_visible, query[first:at])]
    head = "…" if first else ""
    while before and len(head) + sum(size for _, size in before) > width * 2 // 3:
        before.pop(0)
        head = "…"
    used = len(head) + sum(size for _, size in before)
    tail = ""
    for char in map(_visible, query[at : at + width]):
        if used + cells(tail) + cells(char) > width - 1:
            tail += "…"
            break
        tail += char
    return f"{head}{''.join(char for char, _ in before)}{tail}".rstrip() + "\n" + " " * used + "^"


def cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes, once it is neutralised."""
    total = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me"}:
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    return "?" if unicodedata.category(char) in _HIDDEN else char
