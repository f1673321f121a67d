"""A road by which mail leaves, and the three ways in which it does not.

MailTrouble
├── Rejected   the server refuses this letter for good
├── Deferred   it did not work this time
└── Blocked    no letter can leave by this road now: wrong password, no server, no program
"""

from __future__ import annotations

from typing import Protocol, Self

from ouvidoria_tui.errors import Refused
from ouvidoria_tui.outbound.message import Envelope


class MailTrouble(Exception):
    """Mail did not leave; ``words`` are the server's or the system's, fit to be kept."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Rejected(MailTrouble):
    """The letter will not be taken, however often it is offered."""


class Deferred(MailTrouble):
    """The letter was not taken now."""


class Blocked(MailTrouble):
    """The road itself is closed and the letters wait; ``refusal`` says what a person has to do."""

    def __init__(self, words: str, refusal: Refused) -> None:
        super().__init__(words)
        self.refusal = refusal


class Carrier(Protocol):
    """What carries letters, one after another, while it is entered."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_exc: object) -> None: ...

    def carry(self, envelope: Envelope) -> None:
        """Nothing, once a server has taken the letter; raises :class:`MailTrouble`."""
        ...
