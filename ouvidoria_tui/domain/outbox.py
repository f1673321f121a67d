"""A letter that leaves the desk: what is known of its journey, and when it is tried again.

A letter holds no words: they are the ticket's message, so that whatever erases them there erases them here.
Times are UTC epoch seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

#: Seconds until a letter is tried again, after its first, second… attempt that failed for a while. After the last
#: one it is given up: five days, as RFC 5321 (4.5.4.1) asks of a mail server.
RETRIES: Final = (60, 300, 900, 3_600, 14_400, 43_200, 86_400, 86_400, 86_400, 86_400)
#: A sender that has not said what became of a letter after so many seconds is taken for dead.
CLAIM_SECONDS: Final = 900
#: So much of what a mail server said is kept.
ERROR_LIMIT: Final = 300


class LetterState(StrEnum):
    """Where a letter stands. ``held`` waits for a person, ``sending`` is in somebody's hands right now."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    HELD = "held"


class LetterKind(StrEnum):
    """What a letter is; an ``automatic`` one was written by a rule and says so in its header.

    One to an ``area`` never goes to a customer, and none of the others to an area.
    """

    REPLY = "reply"
    REQUEST = "request"
    NOTICE = "notice"
    AUTOMATIC = "automatic"
    AREA = "area"


class Trouble(StrEnum):
    """What the desk itself has to say of a letter that did not leave; all else in ``last_error`` is a server's."""

    NOT_AN_ADDRESS = "not-an-address"
    NOT_FOR_THE_CUSTOMER = "not-for-the-customer"
    NOT_FOR_THE_AREA = "not-for-the-area"
    UNWRITABLE = "unwritable"
    ERASED = "erased"
    INTERRUPTED = "interrupted"
    NO_ANSWER = "no-answer"
    NEVER_FINISHED = "never-finished"
    DAILY_CEILING = "daily-ceiling"
    DEAD_ADDRESS = "dead-address"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one customer, or to one area. ``ticket`` is 0 where it is about no ticket.

    ``message_id`` stands without angle brackets; ``seq`` is its event's number.

    ``claimed_by`` names the one attempt that may say what became of it. ``bounced_at`` is when a server on the
    way reported that it was not delivered. ``code`` is an access code that its text, as it is kept, has only a mask of.
    ``ticket`` 0 stands for the desk as a whole: a digest to an area, or the copy of a notice.
    """

    id: int
    ticket: int
    seq: int
    message_id: str
    recipient: str
    kind: LetterKind
    state: LetterState
    created_at: int
    attempts: int = 0
    next_try_at: int | None = None
    claimed_at: int | None = None
    claimed_by: str | None = None
    last_error: str = ""
    sent_at: int | None = None
    bounced_at: int | None = None
    code: str = field(default="", repr=False)

    @property
    def of_notice(self) -> bool:
        """Whether it is the copy of a notice, which belongs to no ticket."""
        return self.ticket == 0 and self.kind is LetterKind.NOTICE

    @property
    def lost(self) -> bool:
        """Whether the customer has not got it and will not, unless somebody does something."""
        return self.state in (LetterState.FAILED, LetterState.HELD) or self.bounced_at is not None


def next_try(attempts: int, now: int) -> int | None:
    """When a letter is tried again after ``attempts`` that failed for a while; ``None``: it is given up."""
    return now + RETRIES[attempts - 1] if 0 < attempts <= len(RETRIES) else None


def said_by_server(words: str, *, secret: str = "") -> str:
    """What a mail server said, fit to be kept: one line, cut, without controls, never with the password in it."""
    if secret:
        words = words.replace(secret, "***")
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return line[:ERROR_LIMIT]
