"""The native record: one manifestation as a file brings it, checked and typed, not yet a ticket."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
    Lane,
    Merit,
    Severity,
    Status,
    Type,
)


class Author(StrEnum):
    """Whose words a message is; a note stays inside the desk."""

    CUSTOMER = "customer"
    DESK = "desk"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """Who complains, as the file names them; at least one of the first four is given."""

    external_id: str | None = None
    name: str | None = None
    email: str | None = None
    document: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message of the history; ``at`` in UTC epoch seconds, ``text`` verbatim."""

    at: int
    from_: Author
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One manifestation, checked: the native record (times in UTC epoch seconds), ``None`` = not said.

    One of ``subject`` and ``description`` is never empty, both are ``""`` where not said. ``department``,
    ``complained_department``, ``cause`` and ``assignee`` are the names as written, not yet looked up. ``messages``
    are in order of time. ``area`` to ``confidential`` is what another desk had decided: taken over with a new
    ticket, never changed by a later import, because this desk decides then; what becomes confidential later does.
    ``extra`` holds every unknown field (JSON values; text where it comes from a table). ``line`` is where the
    record begins in its file.
    """

    external_id: str
    source: str
    received_at: int
    subject: str = ""
    description: str = ""
    type: Type | None = None
    channel: Channel | None = None
    department: str | None = None
    complained_department: str | None = None
    occurred_at: int | None = None
    prior_ticket: str | None = None
    status: Status | None = None
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    cause: str | None = None
    assignee: str | None = None
    answered_at: int | None = None
    closed_at: int | None = None
    close_reason: CloseReason | None = None
    merit: Merit | None = None
    satisfaction: int | None = None
    customer: CustomerRecord | None = None
    messages: tuple[MessageRecord, ...] = ()
    tags: tuple[str, ...] = ()
    area: str | None = None
    admission: Admission | None = None
    outcome: str | None = None
    lane: Lane | None = None
    level: int | None = None
    confidential: bool | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


_UNDECIDED = (None,) * 6
_UNSAID = (None, None)
_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


def row_hash(record: Record) -> bytes:
    """32 bytes that change exactly when the record says something else (``line`` apart).

    SHA-256 over its JSON in a fixed order: the same on every machine and Python, so it may be stored to tell
    an ``unchanged`` row from an update.
    """
    who = record.customer
    decided = (
        record.area,
        record.admission,
        record.outcome,
        record.lane,
        record.level,
        record.confidential,
    )
    about = (record.complained_department, record.occurred_at)
    said = (
        1,
        record.external_id,
        record.source,
        record.received_at,
        record.subject,
        record.description,
        record.type,
        record.channel,
        record.department,
        record.prior_ticket,
        record.status,
        record.severity,
        record.difficulty,
        record.cause,
        record.assignee,
        record.answered_at,
        record.closed_at,
        record.close_reason,
        record.merit,
        record.satisfaction,
        who and (who.external_id, who.name, who.email, who.document, who.plan),
        [(message.at, message.from_, message.text) for message in record.messages],
        record.tags,
        record.extra,
        # Only where there is something: the hash of what says nothing of it stays what it was.
        *(() if decided == _UNDECIDED else (decided,)),
        *(() if about == _UNSAID else (about,)),
    )
    return sha256(_encode(said).encode("ascii")).digest()
