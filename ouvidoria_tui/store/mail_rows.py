"""Rows of ``mail`` to values and back."""

from __future__ import annotations

import json
import sqlite3

from ouvidoria_tui.domain.fold import normal_subject
from ouvidoria_tui.domain.ledger import canonical, storable
from ouvidoria_tui.domain.mail_decision import Ending
from ouvidoria_tui.domain.mail_record import KeptMail, Quarantine, steps_json, steps_of

COLUMNS = (
    "message_id, body_sha256, raw_sha256, ticket_id, seq, ending, reason, state, marks, steps, label, sender,"
    " sender_name, recipients, subject, subject_key, size, arrived_at, seen_at, settled_by, settled_at, settled_why"
)

#: What an area wrote is no word of a customer (``domain/mail_routing.py`` marks it).
NOT_AN_AREAS = "instr(mail.marks, '\"area\"') = 0"


def key_of(subject: str) -> str:
    """A subject as it is compared: as ``ticket.subject_key`` is."""
    return normal_subject(subject)[:200]


def values_of(mail: KeptMail) -> tuple[object, ...]:
    """The values of :data:`COLUMNS`."""
    return (
        storable(mail.message_id),
        mail.body_sha256,
        mail.raw_sha256,
        mail.ticket,
        mail.seq,
        mail.ending.value,
        mail.reason,
        mail.state.value,
        canonical(list(mail.marks)),
        canonical(steps_json(mail.steps)),
        storable(mail.label),
        storable(mail.sender),
        storable(mail.sender_name),
        canonical([storable(one) for one in mail.recipients]),
        storable(mail.subject),
        key_of(storable(mail.subject)),
        mail.size,
        mail.arrived_at,
        mail.seen_at,
        mail.settled_by,
        mail.settled_at,
        mail.settled_why,
    )


def mail_of(row: sqlite3.Row) -> KeptMail:
    """The message of a row of ``mail`` with all its columns."""
    return KeptMail(
        message_id=row["message_id"],
        body_sha256=row["body_sha256"],
        raw_sha256=row["raw_sha256"],
        ending=Ending(row["ending"]),
        arrived_at=row["arrived_at"],
        seen_at=row["seen_at"],
        id=row["id"],
        ticket=row["ticket_id"],
        seq=row["seq"],
        reason=row["reason"],
        state=Quarantine(row["state"]),
        marks=tuple(json.loads(row["marks"])),
        steps=steps_of(json.loads(row["steps"])),
        label=row["label"],
        sender=row["sender"],
        sender_name=row["sender_name"],
        recipients=tuple(json.loads(row["recipients"])),
        subject=row["subject"],
        size=row["size"],
        settled_by=row["settled_by"],
        settled_at=row["settled_at"],
        settled_why=row["settled_why"],
    )
