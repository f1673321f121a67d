"""The read side of one ticket: its whole file; and the escalated tickets with who was told."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.ledger import Event, Part
from ouvidoria_tui.domain.reading import TicketRecord
from ouvidoria_tui.domain.ticket_file import Attachment, Entry, Raised, TicketDetail
from ouvidoria_tui.store.outbox import letters_of
from ouvidoria_tui.store.reading import CHUNK, logins, records, stream
from ouvidoria_tui.store.rows import event_of


def detail(conn: sqlite3.Connection, ticket_id: int) -> TicketDetail | None:
    """The whole file of a ticket; ``None`` where there is no such ticket."""
    found = records(conn, [ticket_id])
    if not found:
        return None
    one = (ticket_id,)
    events = [
        event_of(row) for row in conn.execute("SELECT * FROM event WHERE ticket_id = ? ORDER BY seq", one)
    ]
    words = {
        row["seq"]: row
        for row in conn.execute(
            "SELECT seq, part, subject, text, erased_at FROM message WHERE ticket_id = ?", one
        )
    }
    escalations = tuple(
        Escalation(*row)
        for row in conn.execute("SELECT * FROM escalation WHERE ticket_id = ? ORDER BY seq", one)
    )
    attachments = conn.execute(
        "SELECT seq, name, size, sha256, direction FROM attachment WHERE ticket_id = ? ORDER BY seq", one
    )
    agents = logins(conn)
    return TicketDetail(
        record=found[0],
        entries=tuple(_entry(event, agents.get(event.actor, ""), words.get(event.seq)) for event in events),
        attachments=tuple(Attachment(row[0], row[1], row[2], row[3], row[4] == "out") for row in attachments),
        escalations=escalations,
        agents=agents,
        letters=letters_of(conn, ticket_id),
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
