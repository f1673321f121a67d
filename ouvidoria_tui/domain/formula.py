"""Cells that a spreadsheet would run as a formula: made harmless on the way out, given back on the way in.

A leading apostrophe is what spreadsheets themselves use to say "this is text". A cell that already begins with
one gets a second, so that what was written comes back as it was, whatever it began with.
"""

from __future__ import annotations

#: What a spreadsheet takes as the start of a formula, and the mark itself.
STARTS = frozenset("=+-@\t\r'")

_MARK = "'"


def neutral(text: str) -> str:
    """``text`` as a spreadsheet may open it: marked where its first character would start a formula."""
    return _MARK + text if text[:1] in STARTS else text


def plain(text: str) -> str:
    """What :func:`neutral` was given; a text that it did not mark comes back unchanged."""
    return text[1:] if text[:1] == _MARK and text[1:2] in STARTS else text
