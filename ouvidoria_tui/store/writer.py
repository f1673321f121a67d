"""Writing what was recorded, and all that follows from it, in as few statements as possible."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.ports import Recorded
from ouvidoria_tui.domain import escalation
from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.fold import normal_subject
from ouvidoria_tui.domain.ledger import FILE_PARTS, Act, Event, Message, canonical
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.store.rows import COLUMNS, clock_row, column_value, event_of

_EVENT = (
    "INSERT INTO event"
    " (id, ticket_id, seq, type, actor, os_user, happened_at, recorded_at, payload, prev, hash, anchor)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MESSAGE = (
    "INSERT INTO message (ticket_id, seq, part, at, subject, text, salt, confidential)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_CLOCK = "INSERT OR REPLACE INTO clock VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_VERSION = (
    "INSERT INTO deadline_version (ticket_id, clock, seq, cause, actor, old_due, new_due, policy, recorded_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ATTACHMENT = "INSERT OR REPLACE INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?)"
_ESCALATION = "INSERT OR REPLACE INTO escalation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_FIELDS = tuple(COLUMNS)
#: The columns of a ticket's row that are written: the fields, and what is derived from them and the clocks.
ROW = (*COLUMNS.values(), "subject_key", "arrived_month", "next_due_at", "next_due_clock", "next_warn_at")
_TICKET = f"INSERT INTO ticket ({', '.join(ROW)}) VALUES ({', '.join('?' * len(ROW))})"


class Writer:
    """Collects what a transaction records and writes it in a few ``executemany``; see :meth:`flush`."""

    def __init__(self, conn: sqlite3.Connection, zone: str) -> None:
        self.conn = conn
        self.zone = ZoneInfo(zone)
        self._months: dict[int, str] = {}
        self._clear()

    def _clear(self) -> None:
        self._events: list[tuple[object, ...]] = []
        self._messages: list[tuple[object, ...]] = []
        self._versions: list[tuple[object, ...]] = []
        self._attachments: list[tuple[object, ...]] = []
        self._tickets: dict[
            int, tuple[Ticket | None, Ticket, tuple[ClockState, ...], tuple[ClockState, ...]]
        ] = {}
        self._escalated: set[int] = set()

    @property
    def waiting(self) -> bool:
        """Whether something has been collected and not been written yet."""
        return bool(self._events)

    def add(self, rows: Sequence[Recorded]) -> None:
        """Collects ``rows``; several events of one ticket become one write of its row."""
        for row in rows:
            event, ticket = row.event, row.ticket
            self._events.append(event_row(event, row.payload))
            if row.message is not None:
                self._add_message(row)
            self._versions.extend(versions_of(row))
            first = self._tickets.get(ticket.id)
            before, clocks_before = (
                (first[0], first[2]) if first is not None else (row.before, row.clocks_before)
            )
            # A ticket that begins with these events has no escalation before they raise one.
            if event.type is Act.ESCALATED or (before is not None and event.type in escalation.ABOUT):
                self._escalated.add(ticket.id)
            self._tickets[ticket.id] = (before, ticket, clocks_before, row.clocks)

    def add_desk(self, event: Event, message: Message | None = None) -> None:
        """Collects an event of the desk as a whole, with its words: no search of tickets finds those."""
        self._events.append(event_row(event, canonical(event.payload)))
        if message is not None:
            words = (message.part.value, event.happened_at, message.subject, message.text, message.salt)
            self._messages.append((0, event.seq, *words, 1))

    def _add_message(self, row: Recorded) -> None:
        event, message = row.event, row.message
        assert message is not None
        self._messages.append(
            (
                event.ticket,
                event.seq,
                message.part.value,
                event.happened_at,
                message.subject,
                message.text,
                message.salt,
                int(row.ticket.confidential),
            )
        )
        if message.part in FILE_PARTS:
            self._attachments.append(attachment_row(event, message.subject))

    def flush(self) -> None:
        """Everything collected, written in the transaction that is open."""
        if not self._events:
            return
        conn = self.conn
        conn.executemany(_EVENT, self._events)
        self._write_tickets()
        if self._messages:
            conn.executemany(_MESSAGE, self._messages)
        self._mark_confidential()
        if self._versions:
            conn.executemany(_VERSION, self._versions)
        if self._attachments:
            conn.executemany(_ATTACHMENT, self._attachments)
        for ticket_id in self._escalated:
            write_escalations(conn, ticket_id)
        self._clear()

    def _write_tickets(self) -> None:
        new: list[tuple[object, ...]] = []
        clocks: list[tuple[object, ...]] = []
        gone: list[tuple[int, str]] = []
        for before, ticket, clocks_before, clocks_after in self._tickets.values():
            if before is None:
                new.append(self.ticket_row(ticket, clocks_after))
            else:
                self._update(before, ticket, clocks_before, clocks_after)
            if clocks_before is clocks_after:
                continue
            clocks.extend(clock_row(ticket.id, clock) for clock in clocks_after if clock not in clocks_before)
            names = {clock.name for clock in clocks_after}
            gone.extend((ticket.id, clock.name) for clock in clocks_before if clock.name not in names)
        if new:
            self.conn.executemany(_TICKET, new)
        if clocks:
            self.conn.executemany(_CLOCK, clocks)
        if gone:  # a clock that began with an act that was taken back
            self.conn.executemany("DELETE FROM clock WHERE ticket_id = ? AND name = ?", gone)

    def _mark_confidential(self) -> None:
        """Texts follow their ticket: what became confidential leaves the index, what ceased to be enters it."""
        changed = [
            (int(ticket.confidential), ticket.id)
            for before, ticket, _clocks_before, _clocks in self._tickets.values()
            if (before is not None and before.confidential) != ticket.confidential
        ]
        if changed:
            self.conn.executemany("UPDATE message SET confidential = ? WHERE ticket_id = ?", changed)

    def ticket_row(self, ticket: Ticket, clocks: tuple[ClockState, ...]) -> tuple[object, ...]:
        """A whole row of ``ticket``, under :data:`ROW`."""
        values = [column_value(name, getattr(ticket, name)) for name in _FIELDS]
        values.append(normal_subject(ticket.subject)[:200])
        values.append(self.month(ticket.arrived_at))
        values.extend(next_due(ticket, clocks))
        return tuple(values)

    def _update(
        self,
        before: Ticket,
        ticket: Ticket,
        clocks_before: tuple[ClockState, ...],
        clocks: tuple[ClockState, ...],
    ) -> None:
        # Only what changed: SQLite then leaves the indexes of the other columns alone.
        sets: list[str] = []
        values: list[object] = []
        for name in _FIELDS:
            value = getattr(ticket, name)
            if value != getattr(before, name):
                sets.append(f"{COLUMNS[name]} = ?")
                values.append(column_value(name, value))
        due = next_due(ticket, clocks)
        if due != next_due(before, clocks_before):
            sets.append("next_due_at = ?, next_due_clock = ?, next_warn_at = ?")
            values.extend(due)
        values.append(ticket.id)
        self.conn.execute(f"UPDATE ticket SET {', '.join(sets)} WHERE id = ?", values)

    def month(self, at: int) -> str:
        """The local month of a moment, as ``2026-11``."""
        day = at // 900  # zones differ by quarters of an hour; a month never begins inside one
        known = self._months.get(day)
        if known is None:
            known = self._months[day] = datetime.fromtimestamp(at, self.zone).strftime("%Y-%m")
        return known


def event_row(event: Event, payload: str) -> tuple[object, ...]:
    """A whole row of ``event``; ``payload`` as canonical JSON."""
    return (
        event.id,
        event.ticket or 0,
        event.seq,
        event.type.value,
        event.actor,
        event.os_user,
        event.happened_at,
        event.recorded_at,
        payload,
        event.prev,
        event.hash,
        event.anchor,
    )


def attachment_row(event: Event, name: str) -> tuple[object, ...]:
    """A whole row of ``attachment``."""
    facts = event.payload
    kept = (facts["size"], facts["sha256"], facts["direction"], facts.get("channel"))
    return (event.ticket, event.seq, name, *kept)


def next_due(ticket: Ticket, clocks: tuple[ClockState, ...]) -> tuple[int | None, str | None, int | None]:
    """Due time and name of the clock that falls due first, and the first warning not given yet.

    Nothing on a closed ticket.
    """
    if ticket.status is Status.CLOSED:
        return (None, None, None)
    first: ClockState | None = None
    warn_at: int | None = None
    for clock in clocks:
        runs = clock.met_at is None and clock.due_at is not None and clock.state == "running"
        if runs and clock.lapses:  # the customer's time: nobody is late, but the watch has to look at its end
            if clock.breached != clock.due_at:
                warn_at = clock.due_at if warn_at is None else min(warn_at, clock.due_at)  # type: ignore[type-var]
            continue
        if runs and (first is None or clock.due_at < first.due_at):  # type: ignore[operator]
            first = clock
        if runs and clock.warn_at is not None and clock.warned != clock.due_at:
            warn_at = clock.warn_at if warn_at is None else min(warn_at, clock.warn_at)
    return (None, None, warn_at) if first is None else (first.due_at, first.name, warn_at)


def versions_of(row: Recorded) -> list[tuple[object, ...]]:
    """A row of ``deadline_version`` for each due time that the event set, moved or took away."""
    if row.clocks is row.clocks_before:
        return []
    old = {clock.name: clock.due_at for clock in row.clocks_before}
    event = row.event
    return [
        (
            event.ticket,
            clock.name,
            event.seq,
            event.type.value,
            event.actor,
            old.get(clock.name),
            clock.due_at,
            row.policy,
            event.recorded_at,
        )
        for clock in row.clocks
        if old.get(clock.name) != clock.due_at
    ]


def write_escalations(conn: sqlite3.Connection, ticket_id: int) -> None:
    """The escalations of a ticket, folded from its events."""
    rows = conn.execute(
        "SELECT * FROM event WHERE ticket_id = ? AND type IN (SELECT value FROM json_each(?)) ORDER BY seq",
        (ticket_id, canonical([act.value for act in Act if act in escalation.ABOUT])),
    )
    standing = escalation.fold(event_of(row) for row in rows)
    conn.execute("DELETE FROM escalation WHERE ticket_id = ?", (ticket_id,))
    conn.executemany(_ESCALATION, [escalation_row(item) for item in standing])


def escalation_row(item: Escalation) -> tuple[object, ...]:
    """A whole row of ``escalation``."""
    return (
        item.ticket,
        item.seq,
        item.level,
        item.addressee,
        item.raised_at,
        item.raised_by,
        item.acknowledged_at,
        item.acknowledged_by,
        item.ended_at,
        item.ended_by,
        item.ended_how,
    )
