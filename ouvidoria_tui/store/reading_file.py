"""The read side of whole files, of one ticket or of many; and the escalated tickets with who was told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.ledger import FILE_PARTS, Event, Part
from ouvidoria_tui.domain.reading import TicketRecord
from ouvidoria_tui.domain.ticket_file import Attachment, Entry, Joined, Raised, TicketDetail
from ouvidoria_tui.domain.ties import Join, joins_of, named_in
from ouvidoria_tui.store.first_line import prior_of
from ouvidoria_tui.store.incidents import incidents
from ouvidoria_tui.store.outbox import letters_of
from ouvidoria_tui.store.reading import CHUNK, logins, stream
from ouvidoria_tui.store.rows import event_of

_T = TypeVar("_T")
#: What of a merged ticket is shown where it went on: whatever was said or sent, not what was done to it.
_HEARD = frozenset({Part.MANIFESTATION, Part.CUSTOMER, Part.DESK, Part.NOTE, Part.AREA, *FILE_PARTS})


def detail(conn: sqlite3.Connection, ticket_id: int) -> TicketDetail | None:
    """The whole file of a ticket with what was merged into it; ``None`` where there is no such ticket."""
    found = next(details(conn, [ticket_id]), None)
    if found is None:
        return None
    joined = tuple(_joined(conn, found, {ticket_id}))
    return replace(found, joined=joined, letters=letters_of(conn, ticket_id))


def _joined(conn: sqlite3.Connection, detail: TicketDetail, seen: set[int]) -> Iterator[Joined]:
    """Every ticket that was ever merged into ``detail``, and into those in turn."""
    for join in joins_of(entry.event for entry in detail.entries):
        inner = next(details(conn, [join.ticket]), None) if join.ticket not in seen else None
        if inner is None:
            continue
        seen.add(join.ticket)
        yield _heard(detail, inner, join)
        for one in _joined(conn, inner, seen):
            through = Join(
                one.join.ticket,
                join.seq,
                max(join.since, one.join.since),
                join.until if one.join.until is None else one.join.until,
            )
            same = one.same_customer and _same(detail, inner)
            yield replace(one, join=through, same_customer=same)


def _same(one: TicketDetail, other: TicketDetail) -> bool:
    return one.ticket.customer is not None and one.ticket.customer == other.ticket.customer


def _heard(detail: TicketDetail, inner: TicketDetail, join: Join) -> Joined:
    protocol = inner.ticket.protocol
    # It may have become confidential since it was merged.
    masked = inner.ticket.confidential and not detail.ticket.confidential
    entries = (replace(entry, origin=protocol) for entry in inner.entries if entry.part in _HEARD)
    if masked:
        entries = (replace(entry, subject="", text=None) for entry in entries)
    return Joined(protocol, join, _same(detail, inner), tuple(entries))


def _incident(conn: sqlite3.Connection, number: int | None) -> Incident | None:
    if number is None:
        return None
    return next((one for one in incidents(conn) if one.number == number), None)


def _protocols(conn: sqlite3.Connection, events: Sequence[Event]) -> dict[int, str]:
    """The protocols of the tickets that the events name."""
    ids = sorted(named_in(events))
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    return dict(conn.execute(f"SELECT id, protocol FROM ticket WHERE id IN ({marks})", ids).fetchall())


def details(conn: sqlite3.Connection, ids: Sequence[int]) -> Iterator[TicketDetail]:
    """The whole files of the tickets of one page (ids in their own order), one in memory at a time.

    What hangs on the tickets is walked beside them, so that a page costs five statements whatever its size. To
    be called inside a snapshot.
    """
    marks = ", ".join("?" * len(ids))
    agents = logins(conn)

    def beside(sql: str, make: Callable[[sqlite3.Row], _T]) -> Callable[[int], list[_T]]:
        rows = conn.execute(f"{sql} WHERE ticket_id IN ({marks}) ORDER BY ticket_id, seq", ids)
        groups = groupby(rows, key=lambda row: int(row["ticket_id"]))
        waiting: list[tuple[int, Iterator[sqlite3.Row]]] = []

        def of(ticket_id: int) -> list[_T]:
            group = waiting.pop() if waiting else next(groups, None)
            while group is not None and group[0] < ticket_id:
                group = next(groups, None)
            if group is not None and group[0] == ticket_id:
                return [make(row) for row in group[1]]
            if group is not None:
                waiting.append(group)
            return []

        return of

    events = beside("SELECT * FROM event", event_of)
    words = beside("SELECT ticket_id, seq, part, subject, text, erased_at FROM message", lambda row: row)
    files = beside("SELECT * FROM attachment", _attachment)
    raised = beside("SELECT * FROM escalation", lambda row: Escalation(*row))
    for record in stream(conn, ids):
        id_ = record.ticket.id
        said = {row["seq"]: row for row in words(id_)}
        own = events(id_)
        yield TicketDetail(
            record=record,
            entries=tuple(_entry(event, agents.get(event.actor, ""), said.get(event.seq)) for event in own),
            attachments=tuple(files(id_)),
            escalations=tuple(raised(id_)),
            agents=agents,
            protocols=_protocols(conn, own),
            incident=_incident(conn, record.ticket.incident),
            prior=prior_of(conn, record.ticket),
        )


def _attachment(row: sqlite3.Row) -> Attachment:
    return Attachment(
        row["seq"],
        row["name"],
        row["size"],
        row["sha256"],
        row["direction"] == "out",
        row["channel"],
        row["direction"] == "area",
    )


def escalated(conn: sqlite3.Connection, level: int | None = None) -> list[Raised]:
    """Open tickets above the desk's own level: the highest level first, then by time to breach."""
    one, params = ("= ?", (level,)) if level is not None else ("> 0", ())
    ids = [
        row[0]
        for row in conn.execute(
            f"SELECT id FROM ticket WHERE status <> 'closed' AND level > 0 AND level {one}"
            " ORDER BY level DESC, due_key, arrived_at, protocol",
            params,
        )
    ]
    agents = logins(conn)
    standing = _standing(conn, ids)
    return [_raised(record, standing.get(record.ticket.id), agents) for record in stream(conn, ids)]


def _entry(event: Event, actor: str, words: sqlite3.Row | None) -> Entry:
    if words is None:
        return Entry(event, actor)
    erased = words["erased_at"] is not None
    text = None if erased else words["text"]
    return Entry(event, actor, Part(words["part"]), words["subject"], text, erased)


def _standing(conn: sqlite3.Connection, ids: Sequence[int]) -> Mapping[int, Escalation]:
    found: dict[int, Escalation] = {}
    for at in range(0, len(ids), CHUNK):
        chunk = ids[at : at + CHUNK]
        rows = conn.execute(
            f"SELECT * FROM escalation WHERE ended_at IS NULL AND ticket_id IN ({', '.join('?' * len(chunk))})"
            " ORDER BY ticket_id, seq",
            chunk,
        )
        found |= {row["ticket_id"]: Escalation(*row) for row in rows}
    return found


def _raised(record: TicketRecord, standing: Escalation | None, agents: Mapping[int, str]) -> Raised:
    if standing is None:
        return Raised(record, None)
    acknowledged = standing.acknowledged_by
    return Raised(
        record,
        standing,
        raised_by=agents.get(standing.raised_by),
        acknowledged_by=None if acknowledged is None else agents.get(acknowledged),
    )
