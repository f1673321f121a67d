"""The whole file of a ticket and the escalated tickets in the machine formats; a test pins their keys.

Where a ticket is confidential and the reader may not open it (``reveal`` false), subject, customer,
description, names of files and texts of messages are ``null``, and ``show`` says so with ``masked``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ouvidoria_tui.domain.area_request import PRIORITY, AreaRequest
from ouvidoria_tui.domain.deadline import CompiledClock
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.identity import identity_level
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.outbox import Letter
from ouvidoria_tui.domain.reading import next_due
from ouvidoria_tui.domain.ticket_file import Raised, TicketDetail
from ouvidoria_tui.present.dates import rfc3339
from ouvidoria_tui.present.prior_words import prior_record
from ouvidoria_tui.present.record_survey import survey_records
from ouvidoria_tui.present.record_work import measure_records, work_record
from ouvidoria_tui.present.records import due_record, ticket_record

#: What ``show`` adds to the keys of a ticket.
DETAIL_KEYS: Final = (
    "identity",
    "description",
    "messages",
    "attachments",
    "requests",
    "measures",
    "work",
    "prior",
    "surveys",
    "links",
    "escalations",
    "letters",
    "masked",
)
#: The keys of a line of ``escalations``.
ESCALATION_KEYS: Final = (
    "protocol",
    "level",
    "addressee",
    "raised_at",
    "raised_by",
    "acknowledged_at",
    "acknowledged_by",
    "status",
    "type",
    "subject",
    "assignee",
    "confidential",
    "next_due",
    "revision",
)
_SAID: Final = frozenset({Part.CUSTOMER, Part.DESK, Part.NOTE, Part.AREA})


def detail_record(
    detail: TicketDetail, now: int, zone: str, clocks: Sequence[CompiledClock], *, reveal: bool = True
) -> dict[str, object]:
    """A ticket as ``show`` gives it: its whole file."""
    hidden = detail.ticket.confidential and not reveal
    moments = {entry.event.seq: rfc3339(entry.event.happened_at, zone) for entry in detail.entries}
    return {
        **ticket_record(detail.record, now, zone, clocks, reveal=reveal),
        "identity": identity_level(detail.ticket).value,
        "description": None if hidden else detail.description,
        "messages": [
            {
                "seq": entry.event.seq,
                "at": moments[entry.event.seq],
                "from": entry.part.value,
                "author": entry.actor,
                "text": None if hidden else entry.text,
            }
            for entry in detail.entries
            if entry.part in _SAID and entry.part is not None
        ],
        "attachments": [
            {
                "seq": item.seq,
                "at": moments.get(item.seq),
                "name": None if hidden else item.name,
                "size": item.size,
                "sha256": item.sha256,
                "direction": item.direction,
                "channel": item.channel,
            }
            for item in detail.attachments
        ],
        "requests": [
            request_record(item, zone, detail.agents.get(item.asked_by)) for item in detail.requests
        ],
        "measures": measure_records(detail, zone, hidden=hidden),
        "work": work_record(detail, zone, hidden=hidden),
        "prior": None if detail.prior is None else prior_record(detail.prior, zone),
        "surveys": survey_records(detail, zone, hidden=hidden),
        "links": [
            *({"tie": tie.value, "protocol": protocol, "incident": None} for tie, protocol in detail.ties),
            *(_incident(detail.ticket.incident)),
        ],
        "escalations": [
            escalation_record(
                item, zone, detail.agents.get(item.raised_by), _who(detail, item.acknowledged_by)
            )
            for item in detail.escalations
        ],
        "letters": [letter_record(letter, zone, hidden=hidden) for letter in detail.letters],
        "masked": hidden,
    }


def letter_record(letter: Letter, zone: str, *, hidden: bool) -> dict[str, object]:
    """A letter of a ticket and how it fares; whom it is for is masked where the ticket is."""
    return {
        "seq": letter.seq,
        "to": None if hidden else letter.recipient,
        "kind": letter.kind.value,
        "state": letter.state.value,
        "sent_at": None if letter.sent_at is None else rfc3339(letter.sent_at, zone),
        "bounced_at": None if letter.bounced_at is None else rfc3339(letter.bounced_at, zone),
        "error": None if hidden else letter.last_error or None,
    }


def raised_record(raised: Raised, now: int, zone: str, *, reveal: bool = True) -> dict[str, object]:
    """A line of ``escalations``: who was told and when, acknowledged or not."""
    ticket, standing = raised.record.ticket, raised.escalation
    hidden = ticket.confidential and not reveal
    told = (
        dict.fromkeys(("addressee", "raised_at", "raised_by", "acknowledged_at", "acknowledged_by"))
        if standing is None
        else escalation_record(standing, zone, raised.raised_by, raised.acknowledged_by)
    )
    return {
        "protocol": ticket.protocol,
        "level": ticket.level,
        "addressee": told["addressee"],
        "raised_at": told["raised_at"],
        "raised_by": told["raised_by"],
        "acknowledged_at": told["acknowledged_at"],
        "acknowledged_by": told["acknowledged_by"],
        "status": ticket.status.value,
        "type": ticket.type.value,
        "subject": None if hidden else ticket.subject,
        "assignee": raised.record.assignee,
        "confidential": ticket.confidential,
        "next_due": due_record(next_due(raised.record), now, zone),
        "revision": ticket.revision,
    }


def escalation_record(
    item: Escalation, zone: str, raised_by: str | None, acknowledged_by: str | None
) -> dict[str, object]:
    """One rung that a ticket was taken to, and what became of it."""

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, zone)

    return {
        "level": item.level,
        "addressee": item.addressee,
        "raised_at": at(item.raised_at),
        "raised_by": raised_by,
        "acknowledged_at": at(item.acknowledged_at),
        "acknowledged_by": acknowledged_by,
        "ended_at": at(item.ended_at),
        "ended_how": item.ended_how,
    }


def request_record(item: AreaRequest, zone: str, asked_by: str | None) -> dict[str, object]:
    """What an area was asked, and what became of it."""

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, zone)

    return {
        "seq": item.seq,
        "area": item.area,
        "asked_at": at(item.asked_at),
        "asked_by": asked_by,
        "reminded": item.reminded,
        "answered_at": at(item.answered_at),
        "answer": item.answer,
        "ended_at": at(item.ended_at),
        "reminded_at": at(item.reminded_at),
        "waived": item.waived,
        "priority": PRIORITY,
    }


def _incident(number: int | None) -> list[dict[str, object]]:
    return [] if number is None else [{"tie": "incident", "protocol": None, "incident": number}]


def _who(detail: TicketDetail, agent: int | None) -> str | None:
    return None if agent is None else detail.agents.get(agent)
