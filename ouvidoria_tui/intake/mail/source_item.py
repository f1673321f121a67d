"""What a source of mail hands over: a message's bytes, or the word that there was one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One message. ``label`` says where it stood (a path, ``box.mbox:3``, ``imap:INBOX:17``).

    ``received_at`` is when the desk's own server took it in (UTC epoch seconds), where the source knows.
    """

    label: str
    raw: bytes
    received_at: int | None = None


class SkipReason(StrEnum):
    """Why a message that was there is not handed over."""

    TOO_LARGE = "too-large"
    VANISHED = "vanished"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A message that is left where it is. ``size`` in bytes where it is known, else 0."""

    label: str
    reason: SkipReason
    size: int = 0
