"""The queue: pages, windows, counts and neighbours of a query in an order, walked along the indexes.

Closed tickets are left out unless the query asks for them (``query.wants_closed``). A page costs what it
shows, not what the store holds; only an order or a filter that no index serves makes SQLite sort or look at
every open ticket. ``Connection.interrupt`` from another thread stops any of these.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ouvidoria_tui.domain.query_terms import Compare, Is, Query
from ouvidoria_tui.store.cursor import ORDERS, Cursor, Order, check_order, read_cursor
from ouvidoria_tui.store.search import Context
from ouvidoria_tui.store.walk import Walk

__all__ = [
    "CAP",
    "Cursor",
    "Order",
    "Page",
    "QueueRow",
    "count",
    "neighbours",
    "page",
    "positions",
    "read_cursor",
    "rows_by_id",
    "window",
]

#: Where counting stops: the faces show one more as ``500+``.
CAP = 500


class QueueRow(NamedTuple):
    """A ticket as a list shows it: columns as the store keeps them, so slugs and epoch seconds.

    ``owner`` is a login. ``customer`` is a name, ``None`` for a confidential ticket whatever is known; its
    ``subject`` is as written, and the faces mask it. ``lane_rank``, ``due_key`` and ``severity_rank`` are what
    the orders compare.
    """

    # A NamedTuple and not a dataclass: a page of 64 is made in C, at a tenth of the cost.
    id: int
    protocol: str
    status: str
    turn: str
    type: str
    channel: str
    subject: str
    department: str | None
    area: str | None
    plan: str | None
    cause: str | None
    severity: str | None
    difficulty: str | None
    lane: str
    level: int
    admission: str
    merit: str
    outcome: str | None
    close_reason: str | None
    prior_ticket: str | None
    duplicate_of: int | None
    confidential: int
    unread: int
    flags: str
    arrived_at: int
    registered_at: int
    answered_at: int | None
    closed_at: int | None
    next_due_at: int | None
    next_due_clock: str | None
    next_warn_at: int | None
    assignee_id: int | None
    customer_id: int | None
    revision: int
    lane_rank: int
    due_key: int
    severity_rank: int
    owner: str | None
    customer: str | None

    @property
    def tags(self) -> tuple[str, ...]:
        """The flags as a tuple."""
        return () if self.flags == "[]" else tuple(json.loads(self.flags))


# Names by subquery and not by join: SQLite works them out for the rows it gives, not for those it skips.
_NAMES = {
    "owner": "(SELECT login FROM agent WHERE agent.id = ticket.assignee_id)",
    "customer": "CASE ticket.confidential WHEN 0 THEN"
    " (SELECT name FROM customer WHERE customer.id = ticket.customer_id) END",
}
_COLUMNS = ", ".join(_NAMES.get(name, f"ticket.{name}") for name in QueueRow._fields)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order, and the cursor for the next ones; ``None`` where there are no more."""

    rows: tuple[QueueRow, ...]
    next: Cursor | None


def page(
    db: sqlite3.Connection,
    query: Query,
    *,
    order: Order = "arrival",
    limit: int = 50,
    after: Cursor | None = None,
    now: int,
    agent_id: int | None,
    zone: str,
) -> Page:
    """The next ``limit`` tickets after a cursor; ``UsageError`` ``BAD_CURSOR`` for one of another order.

    Tickets that arrive or leave in between make no row appear twice: the place is a key, not a number.
    """
    if after is not None:
        check_order(after, order)
    walk = Walk(db, query, order, Context(now, agent_id, zone))
    found = _rows(walk.select(_COLUMNS, limit=limit + 1, after=after.key if after else None))
    if len(found) <= limit:
        return Page(found, None)
    rows = found[:limit]
    return Page(
        rows, Cursor(order, tuple(getattr(rows[-1], name) for name in ORDERS[order])) if rows else None
    )


def window(
    db: sqlite3.Connection,
    query: Query,
    *,
    order: Order = "arrival",
    offset: int,
    limit: int,
    now: int,
    agent_id: int | None,
    zone: str,
) -> tuple[QueueRow, ...]:
    """The rows number ``offset`` (from 0) and following: for jumps of the console."""
    walk = Walk(db, query, order, Context(now, agent_id, zone))
    return _rows(walk.select(_COLUMNS, limit=limit, offset=offset))


def count(
    db: sqlite3.Connection,
    query: Query,
    cap: int = CAP,
    *,
    now: int,
    agent_id: int | None,
    zone: str,
) -> int:
    """How many tickets the query finds, counted no further than ``cap`` + 1."""
    by_due = any(
        (isinstance(term, Compare) and term.name == "due")
        or (isinstance(term, Is) and "overdue" in term.values)
        for term in query.terms
    )
    return Walk(db, query, "due" if by_due else "arrival", Context(now, agent_id, zone)).count(cap + 1)


def neighbours(
    db: sqlite3.Connection,
    query: Query,
    ticket_id: int,
    *,
    order: Order = "arrival",
    now: int,
    agent_id: int | None,
    zone: str,
) -> tuple[int | None, int | None]:
    """The ids before and after a ticket in the order; it need not be found by the query itself (any more)."""
    walk = Walk(db, query, order, Context(now, agent_id, zone))
    key = walk.key_of(ticket_id)
    if key is None:
        return None, None
    before = walk.select("ticket.id", limit=1, after=key, backwards=True)
    behind = walk.select("ticket.id", limit=1, after=key)
    return (before[0][0] if before else None), (behind[0][0] if behind else None)


def positions(
    db: sqlite3.Connection,
    query: Query,
    ticket_ids: Iterable[int],
    *,
    order: Order = "arrival",
    now: int,
    agent_id: int | None,
    zone: str,
) -> dict[int, int]:
    """Ticket id → its number in the order, from 0; ids that the query does not find are left out."""
    walk = Walk(db, query, order, Context(now, agent_id, zone))
    found: dict[int, int] = {}
    for ticket_id in ticket_ids:
        key = walk.key_of(ticket_id) if walk.finds(ticket_id) else None
        if key is not None:
            found[ticket_id] = walk.before(key)
    return found


def rows_by_id(db: sqlite3.Connection, ticket_ids: Iterable[int]) -> dict[int, QueueRow]:
    """The rows of these tickets as they stand now, found by the query or not: for a refresh that merges by id."""
    found: dict[int, QueueRow] = {}
    for ticket_id in ticket_ids:
        for row in db.execute(f"SELECT {_COLUMNS} FROM ticket WHERE id = ?", (ticket_id,)):
            found[ticket_id] = QueueRow._make(row)
    return found


def _rows(found: Iterable[Iterable[object]]) -> tuple[QueueRow, ...]:
    return tuple(map(QueueRow._make, found))
