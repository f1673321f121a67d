"""Incidents, read from the desk's own events: no table of theirs, so nothing beside the ledger can disagree."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.ledger import Act

_EVENTS = (
    "SELECT event.type, event.actor, event.happened_at, event.payload, message.text FROM event"
    " LEFT JOIN message ON message.ticket_id = 0 AND message.seq = event.seq"
    " WHERE event.ticket_id = 0 AND event.type IN ('incident-opened', 'incident-closed', 'incident-told')"
    " ORDER BY event.seq"
)


def incidents(conn: sqlite3.Connection) -> list[Incident]:
    """All incidents, the newest first."""
    found: dict[int, Incident] = {}
    for type_, actor, at, payload, text in conn.execute(_EVENTS):
        facts = json.loads(payload)
        number = int(facts["incident"])
        if type_ == Act.INCIDENT_OPENED.value:
            found[number] = Incident(number, text or "", at, actor, facts.get("cause"))
        elif type_ == Act.INCIDENT_CLOSED.value and number in found:
            found[number] = replace(found[number], closed_at=at, reason=text)
    return list(reversed(found.values()))


def tickets_of(conn: sqlite3.Connection, number: int) -> tuple[int, int, int]:
    """Of the tickets of an incident: how many there are, how many are open, how many customers they come from."""
    row = conn.execute(
        "SELECT count(*), ifnull(sum(status <> 'closed'), 0), count(DISTINCT customer_id)"
        " FROM ticket WHERE incident = ?",
        (number,),
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


def tellings(conn: sqlite3.Connection) -> dict[int, tuple[int, str]]:
    """What was told of incidents: the telling's number → the incident's, and the words."""
    found: dict[int, tuple[int, str]] = {}
    for type_, _actor, _at, payload, text in conn.execute(_EVENTS):
        if type_ == Act.INCIDENT_TOLD.value:
            facts = json.loads(payload)
            found[int(facts["telling"])] = (int(facts["incident"]), text or "")
    return found


def protocols_of(conn: sqlite3.Connection, number: int) -> list[str]:
    """The tickets of an incident that were not merged into another, the one that arrived first first."""
    rows = conn.execute(
        "SELECT protocol FROM ticket WHERE incident = ? AND close_reason IS NOT 'duplicate'"
        " ORDER BY arrived_at, protocol",
        (number,),
    )
    return [str(row[0]) for row in rows]
