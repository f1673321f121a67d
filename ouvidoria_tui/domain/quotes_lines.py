"""A text as lines that can be compared: white space that only looks different, or cannot be seen, is levelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Nothing that a mail program writes by itself is longer; longer lines are only ever kept or quoted as a whole,
#: and no pattern is tried on them. It bounds the work for each line.
LONGEST: Final = 500

_SPACES = "\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u202f\u205f\u2028\u2029\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_UNSEEN = "\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2061, 0x206A)))
)
_LEVEL: Final = dict.fromkeys(map(ord, _SPACES), " ") | dict.fromkeys(map(ord, _UNSEEN), "")
_RULE = re.compile(r"[-_=*~–—─━]{3,}")


@dataclass(frozen=True, slots=True)
class Line:
    """``raw`` is the line as it came, with its end; ``plain`` is for comparing: levelled, and bare at both ends."""

    raw: str
    plain: str

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen of it."""
        return not self.plain

    @property
    def quoted(self) -> bool:
        """Whether it bears a ``>``; that alone makes no quote (``>= 5`` is not even asked)."""
        return self.plain.startswith(">") and not self.plain.startswith(">=")

    @property
    def rule(self) -> bool:
        """Whether it is a drawn line."""
        return _RULE.fullmatch(self.plain) is not None


def lines_of(text: str) -> list[Line]:
    """The lines of ``text``; their ``raw`` in a row is ``text`` again."""
    raws = text.split("\n")
    plains = text.translate(_LEVEL).split("\n")
    ends = ["\n"] * (len(raws) - 1) + [""]
    lines = [Line(raw + end, plain.strip()) for raw, plain, end in zip(raws, plains, ends, strict=True)]
    return lines if lines[-1].raw else lines[:-1]


def bare(text: str) -> str:
    """``text`` without blank lines around it; the indentation of its first line stays."""
    lines = lines_of(text)
    first, last = 0, len(lines)
    while first < last and lines[first].blank:
        first += 1
    while last > first and lines[last - 1].blank:
        last -= 1
    return "".join(line.raw for line in lines[first:last]).rstrip(_SPACES + _UNSEEN + " \n")


def following(lines: Sequence[Line]) -> list[int]:
    """For each place, and the one past the end, the first place from there on that is not blank."""
    after = [len(lines)] * (len(lines) + 1)
    for place in range(len(lines) - 1, -1, -1):
        after[place] = after[place + 1] if lines[place].blank else place
    return after
