"""What a proof finds: the problems, each named once, and what it says of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ouvidoria_tui.text import Text

Kind = Literal["changed", "removed", "added", "reordered"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was recorded: the event's number, the ticket's protocol where they are known."""

    event: int | None
    ticket: str | None
    kind: Kind
    message: Text


@dataclass(frozen=True, slots=True)
class Proof:
    """What ``verify`` found. ``head`` is the desk-wide anchor after the newest event, in hex."""

    events: int
    tickets: int
    head: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems
