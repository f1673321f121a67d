"""Where a message ends, and the steps that led there: values that are kept for whoever asks why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """The five ends of a message; every message has exactly one."""

    TICKET = "ticket"
    REPLY = "reply"
    MACHINE = "machine"
    QUARANTINE = "quarantine"
    SEEN = "seen"


class Reason(StrEnum):
    """Why a message waits in quarantine for a person."""

    UNREADABLE = "unreadable"
    LIMIT = "limit"
    AMBIGUOUS = "ambiguous"
    NO_SENDER = "no-sender"
    OWN_ADDRESS = "own-address"
    EMPTY = "empty"
    STORAGE = "storage"
    FAULT = "fault"
    NOT_THE_AREA = "not-the-area"
    DIGEST = "digest"


class StepName(StrEnum):
    """What is considered, in this order (C-20)."""

    READ = "read"
    SEEN = "seen"
    MACHINE = "machine"
    SENDER = "sender"
    AREA = "area"
    OWN_ID = "own-id"
    STORED_ID = "stored-id"
    ANSWERED_BY = "answered-by"
    TOKEN = "token"
    SUBJECT = "subject"
    NEW = "new"


class Found(StrEnum):
    """What a step came to: it decided, found nothing, was not believed, or found equally good answers."""

    DECIDED = "decided"
    NOTHING = "nothing"
    NOT_BELIEVED = "not-believed"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``why`` is a slug that says more, ``tickets`` the protocols that it came upon."""

    name: StepName
    found: Found
    why: str = ""
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a message goes. ``ticket`` is the id for a reply (or of what a machine speaks of).

    ``department`` and ``flags`` are those of a new ticket; ``marks`` are slugs kept with the message.
    ``area`` is the slug of the area whose words they are.
    """

    ending: Ending
    steps: tuple[Step, ...]
    ticket: int | None = None
    reason: Reason | None = None
    department: str | None = None
    flags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    area: str | None = None
