"""Between a row of ``ticket`` and a :class:`~ouvidoria_tui.domain.ticket.Ticket`, and the same for events and clocks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
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
}
TICKET_COLUMNS = ", ".join(f"ticket.{column}" for column in COLUMNS.values())

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


def ticket_of(row: sqlite3.Row | tuple[object, ...]) -> Ticket:
    """The ticket of a row that was selected with ``TICKET_COLUMNS``."""
    r: tuple[object, ...] = tuple(row)
    return Ticket(
        id=r[0],  # type: ignore[arg-type]
        protocol=r[1],  # type: ignore[arg-type]
        status=Status(r[2]),
        turn=Turn(r[3]),
        type=Type(r[4]),
        channel=Channel(r[5]),
        subject=r[6],  # type: ignore[arg-type]
        department=r[7],  # type: ignore[arg-type]
        area=r[8],  # type: ignore[arg-type]
        plan=r[9],  # type: ignore[arg-type]
        cause=r[10],  # type: ignore[arg-type]
        customer=r[11],  # type: ignore[arg-type]
        assignee=r[12],  # type: ignore[arg-type]
        severity=None if r[13] is None else Severity(r[13]),
        difficulty=None if r[14] is None else Difficulty(r[14]),
        lane=Lane(r[15]),
        level=r[16],  # type: ignore[arg-type]
        admission=Admission(r[17]),
        merit=Merit(r[18]),
        outcome=r[19],  # type: ignore[arg-type]
        close_reason=None if r[20] is None else CloseReason(r[20]),
        prior_ticket=r[21],  # type: ignore[arg-type]
        duplicate_of=r[22],  # type: ignore[arg-type]
        confidential=bool(r[23]),
        unread=bool(r[24]),
        flags=() if r[25] == "[]" else tuple(json.loads(str(r[25]))),
        arrived_at=r[26],  # type: ignore[arg-type]
        registered_at=r[27],  # type: ignore[arg-type]
        answered_at=r[28],  # type: ignore[arg-type]
        concluded_at=r[29],  # type: ignore[arg-type]
        customer_wrote_at=r[30],  # type: ignore[arg-type]
        public_word_at=r[31],  # type: ignore[arg-type]
        closed_at=r[32],  # type: ignore[arg-type]
        reopened=r[33],  # type: ignore[arg-type]
        acted_at=r[34],  # type: ignore[arg-type]
        updated_at=r[35],  # type: ignore[arg-type]
        revision=r[36],  # type: ignore[arg-type]
        head=r[37],  # type: ignore[arg-type]
    )


def column_value(name: str, value: object) -> object:
    """The value of a field of ``Ticket`` as SQLite keeps it."""
    if name == "flags":
        return json.dumps(list(value), ensure_ascii=False) if value else "[]"  # type: ignore[call-overload]
    if value is True or value is False:
        return int(value)
    return value


def event_of(row: Mapping[str, object]) -> Event:
    """The event of a whole row of ``event``."""
    ticket_id = row["ticket_id"]
    return Event(
        id=row["id"],  # type: ignore[arg-type]
        ticket=None if ticket_id == 0 else ticket_id,  # type: ignore[arg-type]
        seq=row["seq"],  # type: ignore[arg-type]
        type=Act(row["type"]),
        actor=row["actor"],  # type: ignore[arg-type]
        os_user=row["os_user"],  # type: ignore[arg-type]
        happened_at=row["happened_at"],  # type: ignore[arg-type]
        recorded_at=row["recorded_at"],  # type: ignore[arg-type]
        payload=json.loads(str(row["payload"])),
        prev=row["prev"],  # type: ignore[arg-type]
        hash=row["hash"],  # type: ignore[arg-type]
        anchor=row["anchor"],  # type: ignore[arg-type]
    )


def clock_row(ticket_id: int, clock: ClockState) -> tuple[object, ...]:
    """A row of ``clock``: its own columns, and the rest of the state as JSON."""
    extra = {name: getattr(clock, name) for name in _CLOCK_EXTRA}
    extra = {name: value for name, value in extra.items() if value is not None}
    return (
        ticket_id,
        clock.name,
        clock.state,
        clock.started_at,
        clock.due_at,
        clock.warn_at,
        clock.met_at,
        clock.missed_at,
        clock.paused_at,
        clock.remaining,
        clock.spent,
        int(clock.statutory),
        json.dumps(extra, separators=(",", ":"), sort_keys=True) if extra else "",
    )


def clock_of(row: Mapping[str, object]) -> ClockState:
    """The state of one clock from a whole row of ``clock``."""
    values = {name: row[name] for name in _CLOCK_OWN}
    values["statutory"] = bool(values["statutory"])
    if row["data"]:
        values.update(json.loads(str(row["data"])))
    return ClockState(**values)  # type: ignore[arg-type]
