"""The share of a month's demands whose clock was extended: what a norm may cap."""

from __future__ import annotations

import sqlite3


def month_of_extensions(
    conn: sqlite3.Connection, clock: str, month: str, since: int, until: int
) -> tuple[int, int]:
    """Tickets that arrived in the local ``month``, and extensions of ``clock`` in [``since``, ``until``)."""
    demands = conn.execute("SELECT count(*) FROM ticket WHERE arrived_month = ?", (month,)).fetchone()[0]
    extensions = conn.execute(
        "SELECT count(*) FROM event WHERE type = 'extended' AND happened_at >= ? AND happened_at < ?"
        " AND EXISTS (SELECT 1 FROM json_each(payload, '$.clocks') WHERE value = ?)",
        (since, until, clock),
    ).fetchone()[0]
    return int(demands), int(extensions)
