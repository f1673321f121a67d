"""Digests and analyses, read from the desk's own events, and what a period brought to an area."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import date

from ouvidoria_tui.domain import case_work
from ouvidoria_tui.domain.area_list import AreaState
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.case_work import Improvement, Measure
from ouvidoria_tui.domain.digest import Analysis, DigestFacts, DigestSent, Taken
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Merit, Type
from ouvidoria_tui.store.area_requests import requests
from ouvidoria_tui.store.rows import event_of

_DESK = (
    "SELECT event.seq, event.type, event.actor, event.happened_at, event.payload, message.subject,"
    " CASE WHEN message.erased_at IS NULL THEN message.text END FROM event"
    " LEFT JOIN message ON message.ticket_id = 0 AND message.seq = event.seq"
    " WHERE event.ticket_id = 0 AND event.type IN ({types}) ORDER BY event.seq"
)
_TICKET = "SELECT id, type, merit, cause, arrived_at FROM ticket WHERE protocol = ?"
_MEASURED = (
    "SELECT ticket_id FROM event WHERE type = 'measure-added' AND json_extract(payload, '$.area') = ?"
    " UNION SELECT ticket_id FROM event WHERE type = 'improvement-added' AND json_extract(payload, '$.area') = ?"
    " ORDER BY 1"
)
_TEXTS = "SELECT seq, text FROM message WHERE ticket_id = ? AND erased_at IS NULL"
_COMPLAINTS = frozenset({Type.COMPLAINT.value, Type.CRITICISM.value, Type.REPORT.value})
_FOUNDED = frozenset({Merit.FOUNDED.value, Merit.PARTLY.value})
#: So many causes are named.
CAUSES = 5


def digests(conn: sqlite3.Connection) -> list[DigestSent]:
    """The digests that were sent, the newest first."""
    found: dict[tuple[str, str], DigestSent] = {}
    types = "'digest-sent', 'digest-acknowledged'"
    for _seq, type_, _actor, at, payload, _subject, text in conn.execute(_DESK.format(types=types)):
        facts = json.loads(payload)
        key = (facts["area"], facts["period"])
        if type_ == Act.DIGEST_SENT.value:
            found[key] = DigestSent(*key, sent_at=at)
        elif key in found:
            found[key] = replace(found[key], acknowledged_at=at, by=text)
    return list(reversed(found.values()))


def analyses(conn: sqlite3.Connection) -> list[Analysis]:
    """The analyses that were recorded, the newest first."""
    rows = conn.execute(_DESK.format(types="'analysis-recorded'")).fetchall()
    found = [
        Analysis(
            number,
            date.fromisoformat(facts["first"]),
            date.fromisoformat(facts["last"]),
            at,
            actor,
            subject or "",
            text,
        )
        for number, (_seq, _type, actor, at, payload, subject, text) in enumerate(rows, 1)
        if (facts := json.loads(payload))
    ]
    return found[::-1]


def founded_at(conn: sqlite3.Connection) -> int:
    """When the desk was founded."""
    row = conn.execute("SELECT happened_at FROM event WHERE ticket_id = 0 ORDER BY seq LIMIT 1").fetchone()
    return 0 if row is None else int(row[0])


def digest_facts(
    conn: sqlite3.Connection, area: str, start: int, end: int, now: int, calendar: Calendar
) -> DigestFacts:
    """What arrived in [start, end) and was asked of ``area``, and the measures taken or planned there in that time."""
    received: dict[str, sqlite3.Row] = {}
    late = 0
    for one in requests(conn, now, calendar):
        if one.request.area != area:
            continue
        row = conn.execute(_TICKET, (one.protocol,)).fetchone()
        if not start <= row[4] < end:
            continue
        received[one.protocol] = row
        late += one.state(now) in (AreaState.LATE, AreaState.OVERDUE, AreaState.WAIVED)
    names = dict(conn.execute("SELECT slug, name FROM cause").fetchall())
    causes = Counter(names.get(row[3], row[3]) for row in received.values() if row[3] is not None)
    complaints = [row for row in received.values() if row[1] in _COMPLAINTS]
    return DigestFacts(
        received=len(received),
        complaints=len(complaints),
        founded=sum(row[2] in _FOUNDED for row in complaints),
        late=late,
        causes=tuple(sorted(causes.items(), key=lambda one: (-one[1], one[0]))[:CAUSES]),
        measures=tuple(_measures(conn, area, start, end)),
    )


def _measures(conn: sqlite3.Connection, area: str, start: int, end: int) -> list[Taken]:
    found: list[Taken] = []
    for (ticket,) in conn.execute(_MEASURED, (area, area)).fetchall():
        events = [
            event_of(row)
            for row in conn.execute("SELECT * FROM event WHERE ticket_id = ? ORDER BY seq", (ticket,))
        ]
        at = {event.seq: event.happened_at for event in events}
        texts = dict(conn.execute(_TEXTS, (ticket,)).fetchall())
        work = case_work.fold(events)
        taken: tuple[Measure | Improvement, ...] = (*work.measures, *work.improvements)
        for one in taken:
            moment = one.done_at if one.done_at is not None else at[one.seq]
            if one.area == area and start <= moment < end and texts.get(one.seq):
                wider = isinstance(one, Improvement)
                found.append(Taken(ticket, texts[one.seq], one.done_at is not None, one.number, wider))
    return found
