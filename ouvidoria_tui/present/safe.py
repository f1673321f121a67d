"""The only road from the store to a screen: outside text made harmless, a plain ``str``, never markup.

What callers do with the result is make a ``Content`` (console) or a ``Text`` (command line) of it, or write
it. Dropped: controls (ESC, NUL, DEL, C1), bidi controls and marks, every invisible character (zero width,
joiners, fillers, variation selectors, tags): they move the cursor, reorder or hide what is read. Joiners in
an emoji go too, since terminals disagree about the width of what they join. Code points without a meaning of
their own (lone surrogates, private use, non-characters) become U+FFFD.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
#: More marks than this on one letter is a prank; no living script stacks more.
MARKS_IN_A_RUN = 4

_LINE_BREAKS = frozenset(map(ord, "\n\r\v\f\x85\u2028\u2029"))
_INVISIBLE_RANGES = (
    (0x034F, 0x034F),  # grapheme joiner
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian selectors
    (0x2065, 0x2065),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),  # tags and variation selectors
)
# One more than a run may have, of characters from blocks that hold marks: only then is each looked at.
_MAYBE_MARKS = re.compile(
    r"[^\x00-\u02ff\u0370-\u0482\u1e00-\u20cf\u2100-\u2cee\u2e00-\u3029\u30a0-\ua66e\uac00-\ufb1d]{5}"
)
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


class _Table(dict[int, str | None]):
    """What each code point becomes; filled as characters are met, so that starting costs nothing."""

    def __init__(self, newline: str, tab: str) -> None:
        super().__init__({code: newline for code in _LINE_BREAKS})
        self[9] = tab

    def __missing__(self, code: int) -> str | None:
        replaced = self[code] = _replace(code)
        return replaced


def _replace(code: int) -> str | None:
    category = unicodedata.category(chr(code))
    if category in ("Cc", "Cf") or any(low <= code <= high for low, high in _INVISIBLE_RANGES):
        return None
    if category in ("Cs", "Co") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return REPLACEMENT
    return " " if category == "Zs" else chr(code)


_ONE_LINE = _Table(" ", " ")
_LINES = _Table("\n", "    ")


def clean(text: str, *, newlines: bool = False) -> str:
    r"""``text`` without anything that could act on a terminal or deceive a reader.

    Line breaks and tabs become a space; with ``newlines`` every kind of line break becomes ``\n`` and a tab
    four spaces. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text).translate(_LINES if newlines else _ONE_LINE)
    if text.isascii():
        return text
    if _is_mark(text[0]):
        text = text[next((i for i, char in enumerate(text) if not _is_mark(char)), len(text)) :]
    return _unstacked(text) if _MAYBE_MARKS.search(text) else text


@lru_cache(4096)
def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def _unstacked(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if char >= "\u0300" and _is_mark(char) else 0
        if run <= MARKS_IN_A_RUN:
            kept.append(char)
    return "".join(kept)


@lru_cache(8192)
def _width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """How many cells of a terminal ``text`` (already clean) takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def cut(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """``text`` (already clean), or its beginning with an ellipsis, in at most ``width`` cells."""
    if width <= 0:
        return ""
    room = width - len(ellipsis)
    used, end = 0, -1
    for index, char in enumerate(text):
        used += _width(char)
        if end < 0 and used > room:
            end = index
        if used > width:
            return text[:end].rstrip() + ellipsis if room >= 0 else ellipsis[:width]
    return text


def one_line(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """``text`` clean, its white space folded, in one line of at most ``width`` cells."""
    return cut(" ".join(clean(text).split()), width, ellipsis)


def fit(text: str, width: int, *, right: bool = False, ellipsis: str = ELLIPSIS) -> str:
    """``text`` (already clean) cut and padded to exactly ``width`` cells."""
    short = cut(text, width, ellipsis)
    padding = " " * (width - cells(short))
    return padding + short if right else short + padding
