"""One look at the lines of a message: which were said, and what the others are.

In doubt a line was said. A text under an attribution is given up as quoted only where something was said above
it, and where nobody announced answers between its lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.quotes_attribution import WRAPPED, attribution_at
from ouvidoria_tui.domain.quotes_disclaimer import is_disclaimer
from ouvidoria_tui.domain.quotes_headers import Marker, headers_at, marker_of
from ouvidoria_tui.domain.quotes_lines import LONGEST, Line, following
from ouvidoria_tui.domain.quotes_signature import signature_from


class Kind(StrEnum):
    """What a piece of a message is."""

    SAID = "said"
    QUOTED = "quoted"
    ATTRIBUTION = "attribution"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    FORWARDED = "forwarded"


_ANNOUNCED = re.compile(
    r"\b(?:respost\w+|respond\w+|coment\w+|answers?|repl(?:y|ies)|responses?|comments?|respuestas?)\b.{0,60}"
    r"\b(?:abaixo|no corpo|em (?:vermelho|azul|verde|negrito)|entre as linhas|inline|in-line|below"
    r"|in (?:red|blue|green|bold)|abajo)\b",
    re.IGNORECASE,
)
#: A block marked with ``>`` that nothing introduces is a quote at the end, if it is prose: lines and words.
_PROSE: Final = (3, 15)
_PARAGRAPH: Final = 40


def mark(lines: Sequence[Line]) -> list[Kind]:
    """The kind of each line; all of them said where nothing would be left."""
    marking = _Marking(lines)
    marking.run()
    kinds = marking.kinds
    for start, end in said_runs(kinds):
        _sign(lines, kinds, start, end)
    if any(
        kind is Kind.SAID and not line.blank and not line.rule
        for line, kind in zip(lines, kinds, strict=True)
    ):
        return kinds
    return [Kind.SAID] * len(lines)


@dataclass(slots=True)
class _Marking:
    """The walk down the lines. ``spoken``: something was said; ``attributed``: marked lines are quotes."""

    lines: Sequence[Line]
    kinds: list[Kind] = field(init=False)
    plains: list[str] = field(init=False)
    after: list[int] = field(init=False)
    spoken: bool = False
    attributed: bool = False
    headless: bool = False
    loose: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self.kinds = [Kind.SAID] * len(self.lines)
        self.plains = [line.plain for line in self.lines]
        self.after = following(self.lines)

    def run(self) -> None:
        place = 0
        while place < len(self.lines):
            line = self.lines[place]
            if line.blank:
                place += 1
            elif line.quoted:
                place = self.block(place)
            else:
                place = self.line(place)
        self.end()

    def block(self, place: int) -> int:
        """A run of marked lines, blank ones between them included."""
        end = self.run_end(place, ">")
        if self.attributed or self.introduces_itself(place, end):
            self.attributed = True
            self.set(place, end, Kind.QUOTED)
        else:
            self.loose = (place, end)
        return end

    def line(self, place: int) -> int:
        """A line without a mark: an attribution, the head of another message, or something that was said."""
        marker = marker_of(self.plains[place])
        if marker is not None:
            head = Kind.FORWARDED if marker is Marker.FORWARDED else Kind.ATTRIBUTION
            rest = Kind.FORWARDED if marker is Marker.FORWARDED else Kind.QUOTED
            return self.introduced(place, place + 1, head, rest, certain=True)
        end = headers_at(self.plains, place)
        if end is not None:
            return self.introduced(place, end, Kind.ATTRIBUTION, Kind.QUOTED, certain=True)
        found = attribution_at(self.plains, place)
        if found is not None:
            if not self.spoken and found.certain and not self.marked(found.end):
                # Nothing above it: what follows may be the quote or the answer. It stays.
                self.headless = True
                self.set(place, found.end, Kind.ATTRIBUTION)
                return found.end
            return self.introduced(place, found.end, Kind.ATTRIBUTION, Kind.QUOTED, certain=found.certain)
        self.spoken = self.spoken or not self.lines[place].rule
        return place + 1

    def introduced(self, place: int, end: int, head: Kind, rest: Kind, *, certain: bool) -> int:
        """What follows a head: marked lines only, or where it is certain enough, everything."""
        if self.marked(end):
            self.attributed = True
            first = self.after[end]
            self.set(place, first, head)
            if not self.lines[first].quoted:
                last = self.run_end(first, "|")
                self.set(first, last, Kind.QUOTED)
                return last
            return first
        if not certain:
            self.spoken = True
            return place + 1
        if not self.spoken or self.headless or self.announced(place):
            if self.headless:
                self.kinds = [Kind.SAID] * len(self.lines)
            self.headless = True
            return end
        self.set(self.above(place), end, head)
        self.set(end, len(self.lines), rest)
        return len(self.lines)

    def end(self) -> None:
        """A block of marked prose that nothing introduced, and nothing follows, is a quote all the same."""
        if self.loose is None or not self.spoken:
            return
        start, end = self.loose
        marked = [line.plain for line in self.lines[start:end] if not line.blank]
        words = sum(len(plain.split()) for plain in marked)
        if self.leads_in(start):
            return
        if self.after[end] == len(self.lines) and len(marked) >= _PROSE[0] and words >= _PROSE[1]:
            self.set(start, end, Kind.QUOTED)

    def marked(self, end: int) -> bool:
        """Whether marked lines follow: ``>``, or bars on two lines at least."""
        first = self.after[end]
        if first == len(self.lines):
            return False
        return self.lines[first].quoted or all(
            plain.startswith("|") for plain in (self.plains[first], *self.plains[first + 1 : first + 2])
        )

    def introduces_itself(self, place: int, end: int) -> bool:
        """Whether the first marked lines are an attribution or headers themselves."""
        inner = [plain.lstrip("> ") for plain in self.plains[place : min(end, place + WRAPPED + 2)]]
        for at, plain in enumerate(inner):
            if plain:
                return marker_of(plain) is not None or (
                    attribution_at(inner, at) is not None or headers_at(inner, at) is not None
                )
        return False

    def announced(self, place: int) -> bool:
        """Whether what was said above leads in to it, or speaks of answers between the lines."""
        return self.leads_in(place) or any(
            _ANNOUNCED.search(self.plains[at][:LONGEST])
            for at in range(place)
            if self.kinds[at] is Kind.SAID and self.plains[at]
        )

    def leads_in(self, place: int) -> bool:
        """Whether the last line above ends with a colon: somebody shows what follows, and may comment on it."""
        while place > 0 and (self.lines[place - 1].blank or self.lines[place - 1].rule):
            place -= 1
        return place > 0 and self.kinds[place - 1] is Kind.SAID and self.plains[place - 1].endswith(":")

    def above(self, place: int) -> int:
        """The place from which a drawn line belongs to the head at ``place``."""
        top = at = place
        while at > 0 and (self.lines[at - 1].blank or self.lines[at - 1].rule):
            at -= 1
            if self.lines[at].rule:
                top = at
        return top

    def run_end(self, place: int, sign: str) -> int:
        """Past the last of the lines that begin with ``sign``, blank ones between them included."""
        end = place
        while end < len(self.lines) and self.plains[end].startswith(sign):
            end += 1
            if self.after[end] < len(self.lines) and self.plains[self.after[end]].startswith(sign):
                end = self.after[end]
        return end

    def set(self, start: int, end: int, kind: Kind) -> None:
        self.kinds[start:end] = [kind] * (end - start)


def said_runs(kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """Where what was said begins and ends, each time."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for place, kind in enumerate((*kinds, None)):
        if kind is Kind.SAID:
            start = place if start is None else start
        elif start is not None:
            runs.append((start, place))
            start = None
    return runs


def _sign(lines: Sequence[Line], kinds: list[Kind], start: int, end: int) -> None:
    """Signatures and notices at the end of what was said from ``start`` to ``end``, with the blanks under them."""
    while True:
        under = end
        while end > start and lines[end - 1].blank:
            end -= 1
        if end == start:
            return
        kind, first = Kind.SIGNATURE, signature_from(lines, start, end)
        if first is None:
            kind, first = Kind.DISCLAIMER, _notice_from(lines, start, end)
        if first is None:
            return
        kinds[first:under] = [kind] * (under - first)
        end = first


def _notice_from(lines: Sequence[Line], start: int, end: int) -> int | None:
    first = end - 1
    while first > max(start, end - _PARAGRAPH) and not lines[first - 1].blank:
        first -= 1
    words = " ".join(line.plain[:2_000] for line in lines[first:end])
    return first if is_disclaimer(words) else None
