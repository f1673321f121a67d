"""Glyphs and tones of the command line's tables. The only escape sequences that ever go out start here."""

from __future__ import annotations

_TONES = {"head": "1", "bad": "1;31", "warn": "33", "quiet": "2"}


def ellipsis(ascii_only: bool) -> str:
    """What shows that a text goes on."""
    return ".." if ascii_only else "…"


def rule(ascii_only: bool) -> str:
    """What a horizontal line is made of."""
    return "-" if ascii_only else "─"


def nothing(ascii_only: bool) -> str:
    """What stands where there is no value."""
    return "-" if ascii_only else "—"


def toned(text: str, tone: str, colour: bool) -> str:
    """``text`` (already clean) in the colours of ``tone`` (head, bad, warn, quiet), or plain."""
    code = _TONES.get(tone) if colour else None
    return text if code is None else f"\x1b[{code}m{text}\x1b[0m"
