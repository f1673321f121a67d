"""Texts that an agent has begun and not sent: kept beside the ledger, seen by nobody else, gone once sent."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.domain.draft import Draft
from ouvidoria_tui.domain.ledger import storable

_COLUMNS = (
    "draft.id, draft.ticket_id, draft.kind, draft.choice, draft.text, draft.updated_at,"
    " ifnull(ticket.protocol, '') AS protocol, ifnull(ticket.subject, '') AS subject,"
    " ifnull(ticket.confidential, 0) AS confidential, ifnull(ticket.revision, 0) AS revision"
)
# What is not registered yet has no ticket.
_FROM = (
    f"SELECT {_COLUMNS} FROM draft LEFT JOIN ticket ON ticket.id = draft.ticket_id WHERE draft.agent_id = ?"
)


def save(
    conn: sqlite3.Connection, agent_id: int, ticket_id: int, kind: str, text: str, at: int, choice: str = ""
) -> None:
    """Keeps the text in place of what was kept; a text without words is kept no longer.

    To be called inside a transaction.
    """
    if not text.strip():
        remove(conn, agent_id, ticket_id, kind)
        return
    conn.execute(
        "INSERT INTO draft (agent_id, ticket_id, kind, choice, text, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (agent_id, ticket_id, kind) DO UPDATE SET"
        " choice = excluded.choice, text = excluded.text, updated_at = excluded.updated_at",
        (agent_id, ticket_id, kind, choice, storable(text), at),
    )


def remove(conn: sqlite3.Connection, agent_id: int, ticket_id: int, kind: str) -> None:
    """Keeps it no longer; inside a transaction."""
    conn.execute(
        "DELETE FROM draft WHERE agent_id = ? AND ticket_id = ? AND kind = ?", (agent_id, ticket_id, kind)
    )


def load(conn: sqlite3.Connection, agent_id: int, ticket_id: int, kind: str) -> Draft | None:
    """The agent's own draft of that kind on a ticket."""
    row = conn.execute(
        f"{_FROM} AND draft.ticket_id = ? AND draft.kind = ?", (agent_id, ticket_id, kind)
    ).fetchone()
    return None if row is None else _draft(row)


def of_agent(conn: sqlite3.Connection, agent_id: int, ticket_id: int | None = None) -> list[Draft]:
    """The agent's own drafts (on one ticket, where it is given), the newest first."""
    one, params = (" AND draft.ticket_id = ?", (ticket_id,)) if ticket_id is not None else ("", ())
    rows = conn.execute(f"{_FROM}{one} ORDER BY draft.updated_at DESC, draft.id DESC", (agent_id, *params))
    return [_draft(row) for row in rows]


def count(conn: sqlite3.Connection, agent_id: int) -> int:
    """How many drafts the agent has."""
    return int(conn.execute("SELECT count(*) FROM draft WHERE agent_id = ?", (agent_id,)).fetchone()[0])


def _draft(row: sqlite3.Row) -> Draft:
    return Draft(**{**dict(row), "confidential": bool(row["confidential"])})
