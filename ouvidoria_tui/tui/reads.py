"""What screens read: jobs for :meth:`Service.read`, each over one state of the store. Values only, no widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.permission import Agent, Role
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.query_terms import Compare, Query
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.present.words import _
from ouvidoria_tui.report import reading
from ouvidoria_tui.report.reading import Connection, Order, QueueRow, connection, detail, snapshot

#: Rows of a page: one read.
PAGE = 64
#: Where tab counts stop; one more is shown as ``500+``.
CAP = reading.CAP
#: The most that "mark all" takes.
MARKED = 5_000

__all__ = ["CAP", "MARKED", "PAGE", "Asked", "Glance", "Listing", "Order", "QueueRow"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows. What arrived after ``horizon`` is held back until the agent asks for it."""

    query: Query
    order: Order
    horizon: int

    def at(self, now: int) -> Query:
        """The query with the horizon in it."""
        if now <= self.horizon:
            return self.query
        return Query((*self.query.terms, Compare("age", ">=", now - self.horizon)))

    def held(self, now: int) -> Query:
        """What the horizon holds back."""
        return Query((*self.query.terms, Compare("age", "<", max(0, now - self.horizon))))


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it stands: its length (``more``: at least so long), where the anchor is now, rows by page.

    ``anchor_at`` is ``None`` where the anchor is not found by the query (any more); then ``gone`` is its row, if
    the ticket exists. ``arrivals`` counts what the horizon holds back. ``fresh`` are the rows of the marked.
    """

    asked: Asked
    total: int
    more: bool
    pages: Mapping[int, tuple[QueueRow, ...]]
    anchor_at: int | None = None
    gone: QueueRow | None = None
    arrivals: int = 0
    fresh: Mapping[int, QueueRow] | None = None
    hidden: int = 0


def _conn(desk: Desk) -> Connection:
    return connection(desk.store)


def listing(
    asked: Asked,
    *,
    anchor: int | None = None,
    first: int = 0,
    height: int = PAGE,
    above: int = 0,
    marked: Sequence[int] = (),
) -> Callable[[Desk], Listing]:
    """The list with the pages around the anchor (``above`` rows over it), or around row ``first``."""

    def job(desk: Desk) -> Listing:
        conn, now = _conn(desk), desk.clock.now()
        context = _context(desk, now)
        query = asked.at(now)
        with snapshot(conn):
            at = None
            if anchor is not None:
                at = reading.positions(conn, query, [anchor], order=asked.order, **context).get(anchor)
            top = max(0, at - above) if at is not None else first
            total = reading.count(conn, query, CAP, **context)
            pages = _pages(conn, asked, query, top, height, context)
            gone = None
            if anchor is not None and at is None:
                gone = reading.rows_by_id(conn, [anchor]).get(anchor)
            found = reading.rows_by_id(conn, marked) if marked else {}
            hidden = len(marked) - len(_inside(conn, asked, query, marked, context)) if marked else 0
            held = reading.count(conn, asked.held(now), CAP, **context)
        # Rows that were read may prove the list longer than the capped count says.
        known = max((number * PAGE + len(rows) for number, rows in pages.items() if rows), default=0)
        if at is not None:
            known = max(known, at + 1)
        return Listing(asked, max(total, known), total > CAP, pages, at, gone, held, found, hidden)

    return job


def page(asked: Asked, number: int) -> Callable[[Desk], tuple[QueueRow, ...]]:
    """The rows of one page."""

    def job(desk: Desk) -> tuple[QueueRow, ...]:
        now = desk.clock.now()
        return _page(_conn(desk), asked, asked.at(now), number, _context(desk, now))

    return job


def exact(asked: Asked) -> Callable[[Desk], int]:
    """How many there are, to the last one; may take long, can be interrupted."""

    def job(desk: Desk) -> int:
        now = desk.clock.now()
        return reading.count(_conn(desk), asked.at(now), 2**40, **_context(desk, now))

    return job


def counts(queries: Mapping[str, str]) -> Callable[[Desk], dict[str, int]]:
    """How many each of some filter lines finds, up to ``CAP`` + 1."""
    parsed = {name: parse(text) for name, text in queries.items()}

    def job(desk: Desk) -> dict[str, int]:
        context = _context(desk, desk.clock.now())
        return {name: reading.count(_conn(desk), query, CAP, **context) for name, query in parsed.items()}

    return job


def all_of(asked: Asked) -> Callable[[Desk], tuple[tuple[int, str, int], ...]]:
    """Id, protocol and revision of everything that the list holds, up to ``MARKED`` + 1."""

    def job(desk: Desk) -> tuple[tuple[int, str, int], ...]:
        now = desk.clock.now()
        rows = reading.window(
            _conn(desk), asked.at(now), order=asked.order, offset=0, limit=MARKED + 1, **_context(desk, now)
        )
        return tuple((row.id, row.protocol, row.revision) for row in rows)

    return job


def agents(desk: Desk) -> tuple[Agent, ...]:
    """The agents who can be given tickets."""
    found = desk.store.agents()
    return tuple(agent for agent in found if agent.active and agent.role is not Role.AUDITOR)


def ticket(ticket_id: int) -> Callable[[Desk], Ticket]:
    """The ticket as it stands; ``NotFound``."""
    return lambda desk: desk.store.get(ticket_id)


def neighbours(asked: Asked, ticket_id: int) -> Callable[[Desk], tuple[int | None, int | None]]:
    """The tickets before and after one in a list."""

    def job(desk: Desk) -> tuple[int | None, int | None]:
        now = desk.clock.now()
        context = _context(desk, now)
        return reading.neighbours(_conn(desk), asked.at(now), ticket_id, order=asked.order, **context)

    return job


def by_digits(digits: str) -> Callable[[Desk], tuple[tuple[int, str, str], ...]]:
    """Id, protocol and subject of the tickets that the typed digits may mean, this year's first."""

    def job(desk: Desk) -> tuple[tuple[int, str, str], ...]:
        from datetime import UTC, datetime

        year = datetime.fromtimestamp(desk.clock.now(), UTC).year
        found: dict[int, tuple[int, str, str]] = {}
        for protocol in candidates(digits, year):
            try:
                one = desk.store.find(protocol)
            except NotFound:
                continue
            subject = _("[confidential]") if one.confidential else one.subject
            found[one.id] = (one.id, one.protocol, subject)
        return tuple(found.values())

    return job


def candidates(digits: str, year: int) -> list[str]:
    """The protocols that ``digits`` may mean: a whole one, or a number (with check digit or not) of late years."""
    if len(digits) > 18:
        return []
    found: list[str] = []
    if len(digits) >= 11:
        whole = make_protocol(int(digits[:4]), int(digits[4:-1]))
        found += [whole, make_protocol(int(digits[:4]), int(digits[4:]))]
    for back in range(4):
        number = int(digits or 0)
        if 0 < number < 10**9:
            found.append(make_protocol(year - back, number))
        checked = make_protocol(year - back, number // 10)
        if number >= 10 and checked[-1] == digits[-1]:
            found.append(checked)
    return found


class _Context(TypedDict):
    now: int
    agent_id: int
    zone: str


def _context(desk: Desk, now: int) -> _Context:
    return {"now": now, "agent_id": desk.agent.id, "zone": desk.policy.policy.zone}


def _page(
    conn: Connection, asked: Asked, query: Query, number: int, context: _Context
) -> tuple[QueueRow, ...]:
    return reading.window(conn, query, order=asked.order, offset=number * PAGE, limit=PAGE, **context)


def _pages(
    conn: Connection, asked: Asked, query: Query, top: int, height: int, context: _Context
) -> dict[int, tuple[QueueRow, ...]]:
    numbers = range(top // PAGE, (top + max(1, height)) // PAGE + 1)
    return {number: _page(conn, asked, query, number, context) for number in numbers}


def _inside(conn: Connection, asked: Asked, query: Query, ids: Sequence[int], context: _Context) -> set[int]:
    """Those of ``ids`` that the query finds."""
    if len(ids) <= 50:
        return set(reading.positions(conn, query, ids, order=asked.order, **context))
    rows = reading.window(conn, query, order=asked.order, offset=0, limit=MARKED * 2, **context)
    return {row.id for row in rows} & set(ids)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a preview shows of a ticket. ``said`` is (who, when, words), oldest first; empty where it is masked."""

    ticket: Ticket
    owner: str | None
    customer: str | None
    said: tuple[tuple[str, int, str], ...]
    attachments: int
    masked: bool


def glance(ticket_id: int) -> Callable[[Desk], Glance | None]:
    """The words of a ticket for the preview; masked where it is confidential, whoever looks."""

    def job(desk: Desk) -> Glance | None:
        conn = _conn(desk)
        with snapshot(conn):
            file = detail(conn, ticket_id)
        if file is None:
            return None
        record, masked = file.record, file.ticket.confidential
        said = (
            ()
            if masked
            else tuple(
                (
                    entry.actor if entry.part is not Part.MANIFESTATION else "",
                    entry.event.happened_at,
                    entry.text,
                )
                for entry in file.entries
                if entry.text
            )
        )
        customer = record.customer.name if record.customer is not None and not masked else None
        return Glance(record.ticket, record.assignee, customer, said, len(file.attachments), masked)

    return job
