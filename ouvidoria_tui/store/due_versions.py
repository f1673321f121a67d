"""The versions of due times of a ticket, as they were written."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.domain.explain import DueVersion


def due_versions(conn: sqlite3.Connection, ticket_id: int) -> dict[str, list[DueVersion]]:
    """By clock, oldest first; the actor is a login."""
    found: dict[str, list[DueVersion]] = {}
    for clock, *values in conn.execute(
        "SELECT clock, seq, cause, ifnull((SELECT login FROM agent WHERE id = actor), '#' || actor),"
        " old_due, new_due, policy, recorded_at FROM deadline_version WHERE ticket_id = ? ORDER BY id",
        (ticket_id,),
    ):
        found.setdefault(clock, []).append(DueVersion(*values))
    return found
