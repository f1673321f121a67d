"""What a filter line means, as values: a query is terms that must all hold."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.query_values import Span
from ouvidoria_tui.errors import UsageError

#: Values with a meaning: the agent who asks, "there is none", and a status that excludes nothing.
ME, NONE, ANY = "me", "none", "any"


@dataclass(frozen=True, slots=True)
class Words:
    """Full text: one word, where ``*`` at its end means "begins so", or a phrase, taken as written."""

    text: str
    phrase: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field that has one of ``values``: slugs of a closed list, or the text that was written."""

    name: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """``due`` (time left, negative when overdue), ``age`` or ``silent`` compared by ``op`` with a number of seconds."""

    name: str
    op: str
    seconds: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """``opened``, ``answered``, ``closed`` or ``due`` inside one of ``spans``, local dates at the desk."""

    name: str
    spans: tuple[Span, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """One of these properties holds: ``overdue``, ``unread``, ``escalated``, ``confidential``, ``mine``…"""

    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """One of these things is there: ``attachment``, ``note``, ``answer``, ``owner``, ``deadline``…"""

    values: tuple[str, ...]
    negated: bool = False


Term = Words | Field | Compare | Period | Is | Has


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked; no terms means everything."""

    terms: tuple[Term, ...] = ()


def wants_closed(query: Query) -> bool:
    """Whether closed tickets are asked for by name; a list of the queue leaves them out otherwise.

    They are by ``status:closed``, ``status:any``, ``is:closed``, a date of closing, a reason of closing or a
    protocol. A negated term asks for none.
    """
    return any(not term.negated and _names_closed(term) for term in query.terms)


def _names_closed(term: Term) -> bool:
    if isinstance(term, Field):
        if term.name == "status":
            return "closed" in term.values or ANY in term.values
        return term.name in {"reason", "protocol"}
    if isinstance(term, Is):
        return "closed" in term.values
    if isinstance(term, Words):
        return protocol_of(term) is not None
    return isinstance(term, Period) and term.name == "closed"


def protocol_of(words: Words) -> str | None:
    """The protocol that a word or phrase is, in its one spelling, or ``None``."""
    if len(words.text) > 40 or not any(char.isdigit() for char in words.text):
        return None
    try:
        return parse_protocol(words.text)
    except UsageError:
        return None
