"""An improvement seen from the desk as a whole: where it came from, and how often its cause came back."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.domain.case_work import Improvement


@dataclass(frozen=True, slots=True)
class Improved:
    """An improvement with the ticket that it came of; ``text`` is ``None`` where it was erased.

    ``cause`` is the ticket's, as it is classified now.
    """

    improvement: Improvement
    protocol: str
    confidential: bool
    cause: str | None
    owner: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """How many tickets of a cause came in so many days before and after; ``days_after`` is fewer while they pass."""

    before: int
    after: int
    days: int
    days_after: int
