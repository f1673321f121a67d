"""The views that an agent keeps beside those that every desk has."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.domain.views import View
from ouvidoria_tui.text import Text


def saved_views(conn: sqlite3.Connection, agent_id: int) -> list[View]:
    """The agent's own views, in the order in which they were first saved."""
    rows = conn.execute(
        "SELECT name, query, sorted_by FROM saved_view WHERE agent_id = ? ORDER BY saved_at, name",
        (agent_id,),
    )
    return [View(row[0], row[0], Text("{name}", {"name": row[0]}), row[1], row[2]) for row in rows]


def save_view(conn: sqlite3.Connection, agent_id: int, view: View, at: int) -> None:
    """Keeps a view; one of the same name is replaced and stays in its place."""
    conn.execute(
        "INSERT INTO saved_view VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET query = excluded.query, sorted_by = excluded.sorted_by",
        (agent_id, view.name, view.query, view.order, at),
    )


def remove_view(conn: sqlite3.Connection, agent_id: int, name: str) -> bool:
    """Keeps it no longer; whether there was one."""
    done = conn.execute("DELETE FROM saved_view WHERE agent_id = ? AND name = ?", (agent_id, name))
    return done.rowcount == 1
