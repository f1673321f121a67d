"""Tickets whose clocks may have stood still while the customer waited, with their events."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.store.rows import event_of


def paused_and_written(conn: sqlite3.Connection, tickets: Sequence[int]) -> list[tuple[str, list[Event]]]:
    """Protocol and events of those of a page of ``tickets`` that had a pause and a later word of the customer.

    A pause can only come of a suspension or of a turn that is not the desk's; the rest is not followed.
    """
    marks = f"({', '.join('?' * len(tickets))})"
    rows = conn.execute(
        f"""WITH wrote AS (
          SELECT ticket_id FROM event WHERE ticket_id IN {marks}
          GROUP BY ticket_id HAVING sum(type = '{Act.CUSTOMER_REPLIED.value}') AND sum(
            type = '{Act.SUSPENDED.value}' OR ifnull(json_extract(payload, '$.changes.turn[1]'), 'desk') <> 'desk'
          ))
        SELECT event.*, ticket.protocol FROM wrote JOIN ticket ON ticket.id = wrote.ticket_id
        JOIN event ON event.ticket_id = wrote.ticket_id ORDER BY event.ticket_id, event.seq""",
        tickets,
    )
    found: dict[str, list[Event]] = {}
    for row in rows:
        found.setdefault(row["protocol"], []).append(event_of(row))
    return list(found.items())
