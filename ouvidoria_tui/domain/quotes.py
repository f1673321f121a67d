"""What somebody said in a message of mail, without what was quoted, and without signatures.

Nothing is lost: :func:`pieces` gives the whole message, so that a screen can unfold what :func:`trim` leaves
out. Where it is not certain that a line was not said, it was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ouvidoria_tui.domain.quotes_lines import Line, bare, lines_of
from ouvidoria_tui.domain.quotes_marking import Kind, mark, said_runs

__all__ = ["Kind", "Piece", "pieces", "trim"]

#: Looks at what is left, until nothing more falls away. A text that needs more is no mail: it stays whole.
_LOOKS: Final = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Some whole lines of a message, verbatim, and what they are."""

    kind: Kind
    text: str


def pieces(text: str) -> tuple[Piece, ...]:
    """The message in pieces; their texts in a row are ``text`` exactly. The work is proportional to its length."""
    lines = lines_of(text)
    kinds = _settled(lines)
    told = zip(kinds, lines, strict=True)
    return tuple(
        Piece(kind, "".join(line.raw for _kind, line in group))
        for kind, group in groupby(told, key=lambda one: one[0])
    )


def trim(text: str) -> str:
    """What was said, verbatim but for blank lines around it; the whole text where it is a quote only."""
    return bare("".join(piece.text for piece in pieces(text) if piece.kind is Kind.SAID))


def _settled(lines: Sequence[Line]) -> list[Kind]:
    kinds = [Kind.SAID] * len(lines)
    left = list(range(len(lines)))
    for _look in range(_LOOKS):
        found = mark([lines[place] for place in left])
        for place, kind in zip(left, found, strict=True):
            kinds[place] = kind
        _give_blanks(lines, kinds)
        said = [place for place in left if kinds[place] is Kind.SAID]
        if len(said) == len(left):
            return kinds
        left = said
    return [Kind.SAID] * len(lines)


def _give_blanks(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """Blank lines alone among what was not said belong to what stands above them."""
    for start, end in said_runs(kinds):
        if start > 0 and all(line.blank for line in lines[start:end]):
            kinds[start:end] = [kinds[start - 1]] * (end - start)
