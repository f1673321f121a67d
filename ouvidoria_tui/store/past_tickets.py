"""Past tickets with their events, streamed in order of their ids: for what asks how it would have been."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby

from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.store.figures import CELL, DIMENSIONS, Scope, Statement
from ouvidoria_tui.store.rows import event_of


def past_tickets(by: Sequence[str], scope: Scope) -> Statement:
    """Tickets that arrived in ``scope`` with their dimensions ``by``, an event a row."""
    columns = "".join(f", ticket.{DIMENSIONS[name]} AS by_{place}" for place, name in enumerate(by))
    where = f" WHERE {' AND '.join(scope.where())}" if scope.where() else ""
    return Statement(
        f"SELECT event.*{columns} FROM ticket JOIN event ON event.ticket_id = ticket.id{where}"
        " ORDER BY ticket.id, event.seq",
        scope.params(),
    )


def told(
    conn: sqlite3.Connection, statement: Statement, by: Sequence[str]
) -> Iterator[tuple[CELL, list[Event]]]:
    """The values of a ticket's dimensions and its events, ticket by ticket; memory does not grow."""
    rows = conn.execute(statement.sql, statement.params)
    for _ticket, group in groupby(rows, key=lambda row: int(row["ticket_id"])):
        own = list(group)
        cell: CELL = tuple(own[0][f"by_{place}"] for place in range(len(by)))
        yield cell, [event_of(row) for row in own]


def how_many(conn: sqlite3.Connection, scope: Scope) -> int:
    """How many tickets arrived in ``scope``."""
    where = f" WHERE {' AND '.join(scope.where())}" if scope.where() else ""
    return int(conn.execute(f"SELECT count(*) FROM ticket{where}", scope.params()).fetchone()[0])
