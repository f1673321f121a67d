"""A message of mail as the desk reads it: what was claimed, what was said, and whether a person said it.

Every header is a claim by whoever sent it. Times are UTC epoch seconds. ``intake.mail`` makes one from bytes,
``desk.intake`` decides where it belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Machine(StrEnum):
    """Why a message is taken for a machine's: it opens no ticket, moves no status, and is never answered."""

    DELIVERY_REPORT = "delivery-report"
    AUTO_REPLY = "auto-reply"
    FEEDBACK_REPORT = "feedback-report"
    LIST = "list"
    BULK = "bulk"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as written: ``email`` in lower case without surrounding space, ``name`` decoded, may be empty."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MailPart:
    """A part that is kept as a file: ``name`` as the sender wrote it (never a path to be trusted)."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """One recipient of a delivery report. ``status`` is like ``5.1.1``; ``permanent`` where waiting will not help."""

    recipient: str
    status: str = ""
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. ``raw_sha256`` names its bytes, ``body_sha256`` what it says whatever road it took.

    Message ids stand without angle brackets. ``text`` is the whole readable body; ``said`` what is left of it
    without quoted text and signature (``text`` in doubt). ``dated_at`` is the sender's ``Date``, ``received_at``
    what the desk's own server wrote, where it can be told. ``original_ids`` are the Message-IDs that a report
    is about. ``remarks`` are slugs of what had to be guessed or left out (``charset-guessed``, ``cut``…).
    """

    raw_sha256: str
    body_sha256: str
    size: int
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    dated_at: int | None = None
    received_at: int | None = None
    text: str = ""
    said: str = ""
    parts: tuple[MailPart, ...] = ()
    machine: Machine | None = None
    machine_why: str = ""
    failures: tuple[FailedDelivery, ...] = ()
    original_ids: tuple[str, ...] = ()
    authentication_failed: bool = False
    remarks: tuple[str, ...] = ()
