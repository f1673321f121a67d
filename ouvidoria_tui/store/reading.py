"""The read side of lists: the tickets of a page with everything around them, in three queries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from ouvidoria_tui.desk.ports import Store
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.reading import TicketRecord
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.store.rows import COLUMNS, TICKET_COLUMNS, clock_of, ticket_of
from ouvidoria_tui.store.store import SqliteStore

#: What is named of a ticket → where the words stand: the register, its column, the ticket's column.
_REGISTERS = {
    **{name: (name, "name", name) for name in ("department", "area", "plan", "cause")},
    "complained_department": ("department", "name", "complained_department"),
    "support_level": ("plan", "support_level", "plan"),
}
_CUSTOMER = ("id", "name", "email", "document", "plan", "external_id")
_RECORD = (
    f"SELECT {TICKET_COLUMNS}, (SELECT login FROM agent WHERE agent.id = ticket.assignee_id),"
    + "".join(
        f" (SELECT {words} FROM {table} WHERE slug = ticket.{column}),"
        for table, words, column in _REGISTERS.values()
    )
    + f" {', '.join(f'customer.{name}' for name in _CUSTOMER)}"
    " FROM ticket LEFT JOIN customer ON customer.id = ticket.customer_id"
)
_LOGIN_AT = len(COLUMNS)
_CUSTOMER_AT = _LOGIN_AT + 1 + len(_REGISTERS)
#: So many tickets are looked up by one statement.
CHUNK = 500


def connection(store: Store) -> sqlite3.Connection:
    """The connection behind the store of a desk, which is one of ours at run time."""
    assert isinstance(store, SqliteStore)
    return store.conn


@contextmanager
def snapshot(conn: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one state of the store, whatever others write meanwhile."""
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


def records(conn: sqlite3.Connection, ids: Iterable[int]) -> list[TicketRecord]:
    """The tickets of ``ids`` in that order, three queries for each 500; an id that is not there is left out."""
    return list(stream(conn, ids))


def stream(conn: sqlite3.Connection, ids: Iterable[int]) -> Iterator[TicketRecord]:
    """Like :func:`records`, a chunk at a time: for lists that are longer than a page."""
    wanted = list(ids)
    for at in range(0, len(wanted), CHUNK):
        chunk = wanted[at : at + CHUNK]
        found = _records(conn, chunk)
        yield from (found[id_] for id_ in chunk if id_ in found)


def waiting_before(conn: sqlite3.Connection, ticket: Ticket) -> int:
    """How many tickets that nobody has begun stand before ``ticket``: lane, arrival, protocol (S3-39)."""
    row = conn.execute(
        "SELECT count(*) FROM ticket WHERE status = 'open' AND (lane_rank, arrived_at, protocol) <"
        " (SELECT lane_rank, arrived_at, protocol FROM ticket WHERE id = ?)",
        (ticket.id,),
    ).fetchone()
    return int(row[0])


def logins(conn: sqlite3.Connection) -> dict[int, str]:
    """The login of every agent, by id."""
    return {row[0]: row[1] for row in conn.execute("SELECT id, login FROM agent")}


def _records(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, TicketRecord]:
    marks = f"IN ({', '.join('?' * len(ids))})"
    clocks: dict[int, list[ClockState]] = {}
    for row in conn.execute(f"SELECT * FROM clock WHERE ticket_id {marks} ORDER BY ticket_id, name", ids):
        clocks.setdefault(row["ticket_id"], []).append(clock_of(row))
    refs: dict[int, list[tuple[str, str]]] = {}
    for id_, source, external_id in conn.execute(
        f"SELECT ticket_id, source, external_id FROM external_ref WHERE ticket_id {marks} ORDER BY 1, 2, 3",
        ids,
    ):
        refs.setdefault(id_, []).append((source, external_id))
    rows = conn.execute(f"{_RECORD} WHERE ticket.id {marks}", ids)
    return {row[0]: _record(row, clocks.get(row[0], []), refs.get(row[0], [])) for row in rows}


def _record(row: sqlite3.Row, clocks: Sequence[ClockState], refs: Sequence[tuple[str, str]]) -> TicketRecord:
    values = tuple(row)
    named = zip(_REGISTERS, values[_LOGIN_AT + 1 : _CUSTOMER_AT], strict=True)
    return TicketRecord(
        ticket=ticket_of(values[:_LOGIN_AT]),
        assignee=values[_LOGIN_AT],
        customer=None
        if values[_CUSTOMER_AT] is None
        else Customer(**dict(zip(_CUSTOMER, values[_CUSTOMER_AT:], strict=True))),
        names={register: name for register, name in named if name is not None},
        clocks=tuple(clocks),
        refs=tuple(refs),
    )
