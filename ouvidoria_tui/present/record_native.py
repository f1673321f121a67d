"""A ticket as the native record: what ``import`` reads, so that another store makes the same ticket of it.

A record carries what happened and what was decided. What only the ledger of its own desk can hold (who acted,
pauses and extensions of clocks, escalations, the bytes of files) is in ``db backup``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import FILE_PARTS, Act, Part
from ouvidoria_tui.domain.projection import PUBLIC_WORDS
from ouvidoria_tui.domain.reading import TicketRecord
from ouvidoria_tui.domain.record import Author
from ouvidoria_tui.domain.survey import Scores
from ouvidoria_tui.domain.ticket_file import Entry, TicketDetail
from ouvidoria_tui.present.dates import rfc3339
from ouvidoria_tui.present.record_history import undone_seqs

#: The keys of the native record, in the order of the reference.
NATIVE_KEYS: Final = (
    "external_id",
    "source",
    "subject",
    "description",
    "type",
    "channel",
    "received_at",
    "occurred_at",
    "department",
    "complained_department",
    "area",
    "prior_ticket",
    "status",
    "admission",
    "outcome",
    "lane",
    "level",
    "severity",
    "difficulty",
    "cause",
    "assignee",
    "answered_at",
    "closed_at",
    "close_reason",
    "merit",
    "satisfaction",
    "confidential",
    "customer",
    "messages",
    "tags",
    "extra",
)
_CUSTOMER: Final = ("external_id", "name", "email", "document", "plan")
#: The same for a table: who complains is dotted, messages and extra are one cell of JSON each.
NATIVE_COLUMNS: Final = tuple(
    column
    for key in NATIVE_KEYS
    for column in ([f"customer.{name}" for name in _CUSTOMER] if key == "customer" else [key])
)
#: Where a ticket of this desk comes from, in the eyes of the next one: its external id there is its protocol.
SOURCE: Final = "ouvidoria"
_SAID: Final = {Part.CUSTOMER: Author.CUSTOMER, Part.DESK: Author.DESK, Part.NOTE: Author.NOTE}


def native_record(
    detail: TicketDetail, zone: str, extra: str = "", *, reveal: bool = True, documents: bool = False
) -> dict[str, object]:
    """The native record of a ticket; ``extra`` is what its source said besides, as JSON.

    Without ``reveal`` the words of a confidential ticket and who is behind it are ``null``; the numbers of
    documents are there with ``documents`` only.
    """
    record, ticket = detail.record, detail.ticket
    hidden = ticket.confidential and not reveal
    source, external_id = record.refs[0] if record.refs else (SOURCE, ticket.protocol)

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, zone)

    return {
        "external_id": external_id,
        "source": source,
        "subject": None if hidden else ticket.subject,
        "description": None if hidden else detail.description,
        "type": ticket.type.value,
        "channel": ticket.channel.value,
        "received_at": at(ticket.arrived_at),
        "occurred_at": at(ticket.occurred_at),
        "department": _named(record, "department", ticket.department),
        "complained_department": ticket.complained_department,
        "area": _named(record, "area", ticket.area),
        "prior_ticket": ticket.prior_ticket,
        "status": ticket.status.value,
        "admission": ticket.admission.value,
        "outcome": ticket.outcome,
        "lane": ticket.lane.value,
        "level": ticket.level,
        "severity": ticket.severity,
        "difficulty": ticket.difficulty,
        "cause": _named(record, "cause", ticket.cause),
        "assignee": record.assignee,
        "answered_at": at(_answered(detail)),
        "closed_at": at(ticket.closed_at),
        "close_reason": ticket.close_reason,
        "merit": ticket.merit.value,
        "satisfaction": _rating(detail),
        "confidential": ticket.confidential,
        "customer": None if hidden else _customer(record, documents),
        "messages": None if hidden else list(_messages(detail, zone)),
        "tags": list(ticket.flags),
        "extra": None if hidden else _extra(detail, extra),
    }


def _rating(detail: TicketDetail) -> int | None:
    """The newest score: of the service, as other sources have it; of the solution where that is all there is."""
    answers = detail.surveys.answers
    scores = answers[-1].scores if answers else Scores(None, None)
    return scores.solution if scores.service is None else scores.service


def _named(record: TicketRecord, register: str, slug: str | None) -> str | None:
    """The name where it gives the same slug again; else the slug, which always does."""
    name = record.names.get(register)
    return name if name is not None and slugify(name) == slug else slug


def _answered(detail: TicketDetail) -> int | None:
    """The answer that closed the question; where there is none, one that was recorded without its words.

    Other answers stand among the messages, from which the same moment follows.
    """
    ticket = detail.ticket
    if ticket.concluded_at is not None:
        return ticket.concluded_at
    spoken = {e.event.happened_at for e in detail.entries if e.part is Part.DESK}
    return None if ticket.answered_at in spoken else ticket.answered_at


def _customer(record: TicketRecord, documents: bool) -> dict[str, object] | None:
    who = record.customer
    if who is None:
        return None
    plan = record.ticket.plan or who.plan
    document = who.document if documents else None
    if not (who.external_id or who.name or who.email or document):
        return None
    return {
        "external_id": who.external_id,
        "name": who.name,
        "email": who.email,
        "document": document,
        "plan": _named(record, "plan", plan),
    }


_LEFT_OUT = frozenset({Act.RECEIVED, Act.IDENTITY_SHOWN})


def _messages(detail: TicketDetail, zone: str) -> Iterator[dict[str, object]]:
    """What was said, in order of time; what only informed of a delay, and reasons of acts, become notes.

    Who asked for an identity stays with this desk: the export itself may be such an asking.
    """
    gone = undone_seqs(detail)
    for entry in sorted(detail.entries, key=lambda entry: (entry.event.happened_at, entry.event.seq)):
        event = entry.event
        if event.type in _LEFT_OUT or event.seq in gone or not (entry.text or "").strip():
            continue
        if entry.part in (Part.MANIFESTATION, *FILE_PARTS, Part.SURVEY, None):
            continue
        yield {
            "at": rfc3339(max(event.happened_at, detail.ticket.arrived_at), zone),
            "from": _author(entry),
            "text": entry.text,
        }


def _author(entry: Entry) -> str:
    # A letter of triage and a notice of more time are no answer; as the desk's word they would be one to import.
    if entry.part is None or (entry.part is Part.DESK and entry.event.type not in PUBLIC_WORDS):
        return Author.NOTE.value
    return _SAID.get(entry.part, Author.NOTE).value


def _extra(detail: TicketDetail, extra: str) -> Mapping[str, object]:
    """What the source said besides, and under which protocols the ticket was known so far."""
    kept = json.loads(extra) if extra else {}
    before = kept.get("protocols")
    known = [str(one) for one in before] if isinstance(before, list) else []
    return {**kept, "protocols": list(dict.fromkeys([*known, detail.ticket.protocol]))}
