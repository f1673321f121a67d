"""Between rows and values: tickets, events, clocks."""

from __future__ import annotations

import json
import sqlite3
from operator import attrgetter
from typing import Any

from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
    EscalationReason,
    Lane,
    Merit,
    Severity,
    Status,
    Ticket,
    Turn,
    Type,
)

#: Fields of ``Ticket`` → columns of ``ticket``; the others of the row are derived from clocks and subject.
COLUMNS = {
    "id": "id",
    "protocol": "protocol",
    "status": "status",
    "turn": "turn",
    "type": "type",
    "channel": "channel",
    "subject": "subject",
    "department": "department",
    "area": "area",
    "plan": "plan",
    "cause": "cause",
    "customer": "customer_id",
    "assignee": "assignee_id",
    "severity": "severity",
    "difficulty": "difficulty",
    "lane": "lane",
    "level": "level",
    "admission": "admission",
    "merit": "merit",
    "outcome": "outcome",
    "close_reason": "close_reason",
    "prior_ticket": "prior_ticket",
    "duplicate_of": "duplicate_of",
    "incident": "incident",
    "confidential": "confidential",
    "unread": "unread",
    "flags": "flags",
    "arrived_at": "arrived_at",
    "registered_at": "registered_at",
    "answered_at": "answered_at",
    "concluded_at": "concluded_at",
    "customer_wrote_at": "customer_wrote_at",
    "public_word_at": "public_word_at",
    "closed_at": "closed_at",
    "reopened": "reopened",
    "acted_at": "acted_at",
    "updated_at": "updated_at",
    "revision": "revision",
    "head": "head",
    "complained_department": "complained_department",
    "occurred_at": "occurred_at",
    "escalation_reason": "escalation_reason",
}
TICKET_COLUMNS = ", ".join(f"ticket.{column}" for column in COLUMNS.values())

# A look into a mapping takes a tenth of the call that makes a member of its value, and a ticket has ten of them.
_STATUS = {one.value: one for one in Status}
_TURN = {one.value: one for one in Turn}
_TYPE = {one.value: one for one in Type}
_CHANNEL = {one.value: one for one in Channel}
_SEVERITY = {one.value: one for one in Severity}
_DIFFICULTY = {one.value: one for one in Difficulty}
_LANE = {one.value: one for one in Lane}
_ADMISSION = {one.value: one for one in Admission}
_MERIT = {one.value: one for one in Merit}
_CLOSE_REASON = {one.value: one for one in CloseReason}

CLOCK_FIELDS = tuple(ClockState.__dataclass_fields__)
_CLOCK_OWN = (
    "name",
    "state",
    "started_at",
    "due_at",
    "warn_at",
    "met_at",
    "missed_at",
    "paused_at",
    "remaining",
    "spent",
    "statutory",
)
_CLOCK_EXTRA = tuple(name for name in CLOCK_FIELDS if name not in _CLOCK_OWN)


def ticket_of(row: sqlite3.Row | tuple[Any, ...]) -> Ticket:
    """The ticket of a row that was selected with ``TICKET_COLUMNS``."""
    r: tuple[Any, ...] = tuple(row)
    return Ticket(
        id=r[0],
        protocol=r[1],
        status=_STATUS[r[2]],
        turn=_TURN[r[3]],
        type=_TYPE[r[4]],
        channel=_CHANNEL[r[5]],
        subject=r[6],
        department=r[7],
        area=r[8],
        plan=r[9],
        cause=r[10],
        customer=r[11],
        assignee=r[12],
        severity=None if r[13] is None else _SEVERITY[r[13]],
        difficulty=None if r[14] is None else _DIFFICULTY[r[14]],
        lane=_LANE[r[15]],
        level=r[16],
        admission=_ADMISSION[r[17]],
        merit=_MERIT[r[18]],
        outcome=r[19],
        close_reason=None if r[20] is None else _CLOSE_REASON[r[20]],
        prior_ticket=r[21],
        duplicate_of=r[22],
        incident=r[23],
        confidential=bool(r[24]),
        unread=bool(r[25]),
        flags=() if r[26] == "[]" else tuple(json.loads(str(r[26]))),
        arrived_at=r[27],
        registered_at=r[28],
        answered_at=r[29],
        concluded_at=r[30],
        customer_wrote_at=r[31],
        public_word_at=r[32],
        closed_at=r[33],
        reopened=r[34],
        acted_at=r[35],
        updated_at=r[36],
        revision=r[37],
        head=r[38],
        complained_department=r[39],
        occurred_at=r[40],
        escalation_reason=None if r[41] is None else EscalationReason(r[41]),
    )


def column_value(name: str, value: Any) -> object:
    """The value of a field of ``Ticket`` as SQLite keeps it."""
    if name == "flags":
        return json.dumps(list(value), ensure_ascii=False) if value else "[]"
    if value is True or value is False:
        return int(value)
    return value


def event_of(row: sqlite3.Row) -> Event:
    """The event of a whole row of ``event``."""
    ticket_id = row["ticket_id"]
    return Event(
        id=row["id"],
        ticket=None if ticket_id == 0 else ticket_id,
        seq=row["seq"],
        type=Act(row["type"]),
        actor=row["actor"],
        os_user=row["os_user"],
        happened_at=row["happened_at"],
        recorded_at=row["recorded_at"],
        payload=json.loads(str(row["payload"])),
        prev=row["prev"],
        hash=row["hash"],
        anchor=row["anchor"],
    )


# Made once: `json.dumps` with options makes an encoder a call, and these run for every clock of a re-assessment.
_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode
_own, _extra = attrgetter(*_CLOCK_OWN), attrgetter(*_CLOCK_EXTRA)
_STATUTORY = _CLOCK_OWN.index("statutory")


def clock_row(ticket_id: int, clock: ClockState) -> tuple[object, ...]:
    """A row of ``clock``: its own columns, and the rest of the state as JSON."""
    own = _own(clock)
    found = zip(_CLOCK_EXTRA, _extra(clock), strict=True)
    extra = {name: value for name, value in found if value is not None}
    return (ticket_id, *own[:_STATUTORY], int(own[_STATUTORY]), _encode(extra) if extra else "")


def clock_of(row: sqlite3.Row) -> ClockState:
    """The state of one clock from a whole row of ``clock``."""
    _ticket, *own, statutory, data = row
    values: dict[str, Any] = dict(zip(_CLOCK_OWN, (*own, bool(statutory)), strict=True))
    if data:
        values.update(json.loads(data))
    return ClockState(**values)
