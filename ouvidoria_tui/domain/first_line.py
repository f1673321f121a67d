"""The first instance (SAC): its tickets, as far as the desk must know of them, and what it solved in a day.

The desk comes after ordinary attendance: a previous ticket must have ended unsatisfactorily (S1-16, S1-19), and
more than 99 % of what arrives is solved without the desk (S0-39, S1-05).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.ledger import canonical
from ouvidoria_tui.domain.ticket import Channel


class Ending(StrEnum):
    """How a ticket of the first instance ended for the customer."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FirstLineTicket:
    """One ticket of the first instance as a file tells it; times in UTC epoch seconds, ``None`` = not said."""

    number: str
    source: str
    customer: str | None = None
    email: str | None = None
    document: str | None = None
    department: str | None = None
    subject: str | None = None
    opened_at: int | None = None
    closed_at: int | None = None
    outcome: Ending = Ending.UNKNOWN
    channel: Channel | None = None
    line: int = field(default=0, compare=False)

    def digest(self) -> bytes:
        """32 bytes that change exactly when the file says something else of the ticket."""
        said = {name: getattr(self, name) for name in self.__slots__ if name != "line"}
        return sha256(canonical(said).encode()).digest()


@dataclass(frozen=True, slots=True)
class DayVolume:
    """What the first instance received on a day at the desk, and how much of it it solved; ``""`` = any channel."""

    day: date
    received: int
    solved: int
    channel: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Prior:
    """What the imported history knows of a number. ``same_customer`` is ``None`` where it cannot be told."""

    number: str
    same_customer: bool | None
    opened_at: int | None
    closed_at: int | None
    outcome: Ending
    channel: Channel | None = None

    @property
    def ended(self) -> bool:
        """Whether the first instance has done with it: closed, or it is known how it ended."""
        return self.closed_at is not None or self.outcome is not Ending.UNKNOWN


def number_key(number: str) -> str:
    """A number as it is compared: no case, signs, blanks, or zeros that a spreadsheet drops in front."""
    key = "".join(char for char in fold(number) if char.isalnum())
    return key.lstrip("0") or key if key.isdigit() else key


def document_key(document: str) -> str:
    """A CPF or CNPJ as it is compared: its digits, without those zeros in front; other documents folded."""
    return number_key(document)
