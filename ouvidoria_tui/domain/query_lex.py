"""The filter line cut into pieces: words, phrases and ``name:value`` or ``name<value``, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ouvidoria_tui.domain.query_error import bad_query
from ouvidoria_tui.text import N_

__all__ = ["Piece", "Value", "pieces"]

# A name starts with a letter, so that 10:30 and 2<3 stay words; decomposed accents belong to it.
_NAME = re.compile(r"([^\W\d_][\w\u0300-\u036f-]*)(:|<=|>=|<|>)")
# http://x, mailto:x and C:\x are words, although a name and a colon stand in front.
_NOT_A_FIELD = re.compile(r"[^\s:]+://|(?:mailto|tel):\S|[A-Za-z]:[\\/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, ``at`` its 0-based place."""

    text: str
    at: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece. A word or phrase has no ``op`` and one value; a field has ``name``, ``op`` and its values.

    ``values`` of a field is empty where nothing follows the operator. ``end`` is the place after the piece.
    """

    at: int
    end: int
    negated: bool
    values: tuple[Value, ...]
    name: str = ""
    op: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of ``text`` from left to right; ``UsageError`` ``BAD_QUERY`` where a quote has no end."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece = _piece(text, at)
        yield piece
        at = piece.end


def _piece(text: str, start: int) -> Piece:
    negated = text[start] == "-" and start + 1 < len(text) and not text[start + 1].isspace()
    at = start + 1 if negated else start
    if text[at] == '"':
        value, end = _quoted(text, at)
        return Piece(start, end, negated, (value,))
    match = _NAME.match(text, at)
    if match is None or _NOT_A_FIELD.match(text, at):
        end = _run(text, at, '"')
        return Piece(start, end, negated, (Value(text[at:end], at),))
    values, end = _values(text, match.end())
    return Piece(start, end, negated, values, match[1], match[2])


def _values(text: str, at: int) -> tuple[tuple[Value, ...], int]:
    """The values after an operator, separated by commas without white space."""
    found: list[Value] = []
    if at >= len(text) or text[at].isspace():
        return (), at
    while True:
        if at < len(text) and text[at] == '"':
            value, at = _quoted(text, at)
        else:
            end = _run(text, at, ',"')
            value, at = Value(text[at:end], at), end
        if not value.text.strip():
            raise bad_query(
                text,
                value.at,
                N_("a value is missing here"),
                N_("write values with commas and without spaces: status:open,assigned"),
            )
        found.append(value)
        if at >= len(text) or text[at] != ",":
            return tuple(found), at
        at += 1


def _run(text: str, at: int, stops: str) -> int:
    """The place after the characters from ``at`` that are neither white space nor one of ``stops``."""
    while at < len(text) and not text[at].isspace() and text[at] not in stops:
        at += 1
    return at


def _quoted(text: str, start: int) -> tuple[Value, int]:
    """The text between quotes, where two quotes in a row stand for one, and the place after it."""
    found: list[str] = []
    at = start + 1
    while True:
        end = text.find('"', at)
        if end < 0:
            raise bad_query(
                text,
                start,
                N_("this quote has no end"),
                N_('close it: "exact phrase"; a quote inside quotes is written twice'),
            )
        found.append(text[at:end])
        if not text.startswith('""', end):
            return Value("".join(found), start, quoted=True), end + 1
        found.append('"')
        at = end + 2
