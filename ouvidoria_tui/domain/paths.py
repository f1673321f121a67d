"""What each kind of manifestation goes through on its own path: the words of decisions, praise, reports, mediation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What becomes of a suggestion (S4-31)."""

    ACCEPTED = "accepted"
    UNDER_STUDY = "under-study"
    NOT_ACCEPTED = "not-accepted"


class Told(StrEnum):
    """To whom praise is handed on: the person it is for, and the head of that person's area."""

    PERSON = "person"
    HEAD = "head"


class Element(StrEnum):
    """What a report of wrongdoing must hold at the least to be looked into."""

    RELEVANCE = "relevance"
    AUTHORSHIP = "authorship"
    MATERIALITY = "materiality"


class Mediation(StrEnum):
    """How a mediation between customer and company ended (S4-09)."""

    AGREEMENT = "agreement"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of the elements of a report; ``seq`` is the event's, whose words are the grounds."""

    seq: int
    found: frozenset[Element]

    @property
    def missing(self) -> tuple[Element, ...]:
        """What it does not hold."""
        return tuple(one for one in Element if one not in self.found)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A conclusive answer that a second reader is to read (S4-32): by whom, approved or returned by which event."""

    seq: int
    author: int
    approved: int | None = None
    returned: int | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has read it yet."""
        return self.approved is None and self.returned is None


@dataclass(frozen=True, slots=True)
class Mediated:
    """The outcome of a mediation; ``area`` is the company's side of it, where it was one area."""

    seq: int
    outcome: Mediation
    area: str | None = None
