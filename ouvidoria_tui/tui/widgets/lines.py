"""Lines with tones: what panes draw. Made by pure functions from values and a width; no widgets here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.present.record_text import WIDEST, wrapped
from ouvidoria_tui.present.safe import cells, clean, fit

__all__ = ["WIDEST", "Found", "Line", "blank", "found_in", "head", "heading", "pair", "plain", "prose"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: (text, tone) side by side, already clean. ``item`` is what the cursor can stand on."""

    spans: tuple[tuple[str, str], ...] = ()
    item: str = ""

    @property
    def text(self) -> str:
        """Its words without tones."""
        return "".join(text for text, _tone in self.spans)


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a line (number from 0) from one character to another; ``match`` counts the places found."""

    line: int
    start: int
    end: int
    match: int


def plain(text: str, tone: str = "", *, item: str = "") -> Line:
    """A line of clean text."""
    return Line(((text, tone),), item)


def blank() -> Line:
    """An empty line."""
    return Line()


def prose(text: str, width: int, tone: str = "", indent: str = "") -> Iterator[Line]:
    """Outside text, clean and wrapped, never wider than a comfortable line."""
    for line in wrapped(text, min(width, WIDEST), indent):
        yield plain(line, tone)


def heading(left: str, right: str, width: int) -> Line:
    """A heading with something at its right, as far as there is room; cleaned here."""
    left, right, width = clean(left), clean(right), min(width, WIDEST)
    if not right or cells(left) + cells(right) + 2 > width:
        return plain(fit(left, width).rstrip(), "head")
    gap = " " * (width - cells(left) - cells(right))
    return Line(((left, "head"), (gap + right, "quiet")))


def head(text: str, width: int) -> Line:
    """A heading."""
    return heading(text, "", width)


def pair(title: str, value: str, width: int, column: int, tone: str = "") -> Iterator[Line]:
    """A title of ``column`` cells and its value beside it, wrapped; cleaned here."""
    lines = list(wrapped(" ".join(clean(value).split()), max(8, min(width, WIDEST) - column - 1)))
    for number, line in enumerate(lines or [""]):
        yield Line(((fit(clean(title) if number == 0 else "", column) + " ", "quiet"), (line, tone)))


def found_in(lines: Sequence[Line], wanted: str, most: int = 5_000) -> list[Found]:
    """Every place where ``wanted`` stands, accents and case ignored, also where it goes on in the next line."""
    words = [re.escape(_flat(word)) for word in clean(wanted).split()]
    if not words:
        return []
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    whole = "\n".join(_flat(line.text) for line in lines)
    found: list[Found] = []
    for match, hit in enumerate(re.finditer(r"\s+".join(words), whole)):
        if match >= most:
            break
        found += _pieces(starts, lines, hit.start(), hit.end(), match)
    return found


def _pieces(
    starts: Sequence[int], lines: Sequence[Line], start: int, end: int, match: int
) -> Iterable[Found]:
    from bisect import bisect_right

    number = bisect_right(starts, start) - 1
    while number < len(lines) and starts[number] < end:
        length = len(lines[number].text)
        first, last = max(0, start - starts[number]), min(length, end - starts[number])
        if last > first:
            yield Found(number, first, last, match)
        number += 1


def _flat(text: str) -> str:
    """``text`` folded character by character, so that places stay where they are."""
    return "".join(map(_flat_char, text))


@lru_cache(4096)
def _flat_char(char: str) -> str:
    return (fold(char) or char)[:1]
