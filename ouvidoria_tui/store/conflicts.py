"""The first ticket of the queue that an agent may take: not one that concerns her, not an analysis barred to her."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from ouvidoria_tui.domain.policy_gates import Evidence
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.store.rows import TICKET_COLUMNS, ticket_of

#: Whom a complaint concerns, as a condition over ``ticket``: the agent of its one parameter. Only flagged tickets
#: are looked into; a declaration that was taken back counts as not made.
CONCERNS = (
    "(ticket.flags LIKE '%\"conflict-declared\"%' AND EXISTS (SELECT 1 FROM event WHERE event.ticket_id = ticket.id"
    " AND event.type = 'conflict-declared' AND json_extract(event.payload, '$.agent') = ?"
    " AND NOT EXISTS (SELECT 1 FROM event AS back WHERE back.ticket_id = ticket.id AND back.type = 'undone'"
    " AND json_extract(back.payload, '$.undoes') = event.seq)))"
)
_HEAD = (
    f"SELECT {TICKET_COLUMNS} FROM ticket WHERE status <> 'closed' AND assignee_id IS NULL"
    f" AND turn = 'desk' AND NOT {CONCERNS}"
    " AND ifnull(difficulty, '') NOT IN (SELECT value FROM json_each(?))"
    " AND ifnull(department, '') NOT IN (SELECT value FROM json_each(?))"
    " ORDER BY lane_rank, arrived_at, protocol LIMIT 1"
)


def queue_head(conn: sqlite3.Connection, agent: int, barred: Sequence[Evidence]) -> Ticket | None:
    """The first in order of lane, arrival and protocol that nobody has and ``agent`` (an id) may take."""
    difficulties = sorted({one.value for rule in barred for one in rule.difficulties})
    departments = [rule.department for rule in barred if rule.department is not None]
    row = conn.execute(_HEAD, (agent, json.dumps(difficulties), json.dumps(departments))).fetchone()
    return None if row is None else ticket_of(row)
