"""What goes out, in the order of registration: the tickets of a query, what a source said besides, the desk's acts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.domain.query_terms import Query, wants_closed
from ouvidoria_tui.store.rows import event_of
from ouvidoria_tui.store.search import NOT_CLOSED, Clause, Context, where

#: So many tickets are read at a time.
PAGE = 500


def ids(
    conn: sqlite3.Connection,
    query: Query | None,
    context: Context,
    *,
    page: int = PAGE,
    arrived: tuple[int, int] | None = None,
) -> Iterator[list[int]]:
    """The ids that ``query`` finds, a page at a time; ``None`` finds every ticket, closed ones too.

    A query leaves closed tickets out unless it asks for them, as everywhere. To be walked inside a snapshot:
    then the last page is of the same state as the first, and what is found is looked for only once.
    ``arrived`` bounds the arrival: half-open, epoch seconds.
    """
    sql, params = _condition(query, context, arrived)
    walk = conn.execute(f"SELECT id FROM ticket WHERE {sql} ORDER BY id", params)
    while rows := walk.fetchmany(page):
        yield [row[0] for row in rows]


def count(
    conn: sqlite3.Connection,
    query: Query | None,
    context: Context,
    *,
    arrived: tuple[int, int] | None = None,
) -> int:
    """How many tickets :func:`ids` gives."""
    sql, params = _condition(query, context, arrived)
    return int(conn.execute(f"SELECT count(*) FROM ticket WHERE {sql}", params).fetchone()[0])


def extras(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """What the first source of each ticket said that has no place on a ticket, as JSON, where it said something."""
    rows = conn.execute(
        f"SELECT ticket_id, extra FROM external_ref WHERE ticket_id IN ({', '.join('?' * len(ids))})"
        " ORDER BY ticket_id, source DESC, external_id DESC",
        ids,
    )
    return {ticket_id: extra for ticket_id, extra in rows if extra}


def desk_events(conn: sqlite3.Connection) -> Iterator[Event]:
    """The events of the desk as a whole, in order."""
    return map(event_of, conn.execute("SELECT * FROM event WHERE ticket_id = 0 ORDER BY seq"))


def _condition(query: Query | None, context: Context, arrived: tuple[int, int] | None) -> Clause:
    sql, params = ("1", ()) if query is None else where(query, context)
    if query is not None and not wants_closed(query):
        sql = f"{NOT_CLOSED[0]} AND {sql}"
    if arrived is not None:
        sql, params = f"ticket.arrived_at >= ? AND ticket.arrived_at < ? AND ({sql})", (*arrived, *params)
    return sql, params
