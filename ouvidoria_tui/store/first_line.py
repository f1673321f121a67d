"""The first instance's history in the store: previous tickets to look up, and volumes of days."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from ouvidoria_tui.domain.first_line import (
    DayVolume,
    Ending,
    FirstLineTicket,
    Prior,
    document_key,
    number_key,
)
from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.ticket import Channel, Ticket
from ouvidoria_tui.domain.triage_plan import Case

_PUT = "INSERT OR REPLACE INTO first_line_ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def known_tickets(
    conn: sqlite3.Connection, rows: Sequence[FirstLineTicket]
) -> Mapping[tuple[str, str], bytes]:
    """Of ``rows`` those that are known: number (as compared) and source, with what was said of them, hashed."""
    known: dict[tuple[str, str], bytes] = {}
    for row in rows:
        key = (number_key(row.number), row.source)
        found = conn.execute(
            "SELECT row_hash FROM first_line_ticket WHERE number_key = ? AND source = ?", key
        ).fetchone()
        if found is not None:
            known[key] = found[0]
    return known


def put_tickets(conn: sqlite3.Connection, rows: Sequence[FirstLineTicket]) -> None:
    """Keeps ``rows`` in place of what was known of the same numbers."""
    conn.executemany(
        _PUT,
        (
            (
                number_key(row.number),
                row.source,
                row.number,
                row.customer,
                row.email.lower() if row.email else None,
                document_key(row.document) if row.document else None,
                row.department,
                row.subject,
                row.opened_at,
                row.closed_at,
                row.outcome.value,
                row.channel,
                row.digest(),
            )
            for row in rows
        ),
    )


def known_volumes(
    conn: sqlite3.Connection, rows: Sequence[DayVolume]
) -> Mapping[tuple[date, str], tuple[int, int]]:
    """Of the days and channels of ``rows`` those that are known: received and solved."""
    known: dict[tuple[date, str], tuple[int, int]] = {}
    for row in rows:
        found = conn.execute(
            "SELECT received, solved FROM first_line_volume WHERE day = ? AND channel = ?",
            (row.day.isoformat(), row.channel),
        ).fetchone()
        if found is not None:
            known[row.day, row.channel] = (found[0], found[1])
    return known


def put_volumes(conn: sqlite3.Connection, rows: Sequence[DayVolume]) -> None:
    """Keeps ``rows`` in place of what was known of the same days and channels."""
    conn.executemany(
        "INSERT OR REPLACE INTO first_line_volume VALUES (?, ?, ?, ?)",
        ((row.day.isoformat(), row.channel, row.received, row.solved) for row in rows),
    )


def prior_of(conn: sqlite3.Connection, ticket: Ticket) -> Prior | None:
    """What the imported history knows of the earlier ticket that ``ticket`` names."""
    return Priors(conn).of_number(ticket.prior_ticket, ticket.customer)


class Priors:
    """Looks up what the imported history knows of the number that a case gives."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn

    @classmethod
    def of(cls, conn: sqlite3.Connection) -> Priors | None:
        """The lookup, or ``None`` where no history was imported: then nothing can be said of any number."""
        row = conn.execute("SELECT EXISTS (SELECT 1 FROM first_line_ticket)").fetchone()
        return cls(conn) if row[0] else None

    def __call__(self, case: Case) -> Prior | None:
        """What is known of the case's number; of several tickets of that number the customer's own."""
        return self.of_number(case.prior_ticket, case.customer)

    def of_number(self, number: str | None, customer: int | None) -> Prior | None:
        """What is known of a number that a customer (by id) gives."""
        key = number_key(number or "")
        if not key:
            return None
        rows = self.conn.execute(
            "SELECT number, customer, email, document_key, opened_at, closed_at, outcome, channel"
            " FROM first_line_ticket WHERE number_key = ? ORDER BY source",
            (key,),
        ).fetchall()
        if not rows:
            return None
        who = self._known_of(customer)
        found = [
            Prior(
                number,
                _same(who, name, email, document),
                opened,
                closed,
                Ending(outcome),
                None if channel is None else Channel(channel),
            )
            for number, name, email, document, opened, closed, outcome, channel in rows
        ]
        return max(found, key=lambda prior: {True: 2, None: 1, False: 0}[prior.same_customer])

    def _known_of(self, customer: int | None) -> tuple[set[str], set[str], set[str]]:
        """Ids and names, addresses, documents of a customer of the desk."""
        names: set[str] = set()
        emails: set[str] = set()
        documents: set[str] = set()
        if customer is not None:
            row = self.conn.execute(
                "SELECT external_id, name, email, document FROM customer WHERE id = ?", (customer,)
            ).fetchone()
            names = {fold(text).strip() for text in (row[0], row[1]) if text}
            emails = {row[2]} if row[2] else set()
            emails |= {
                email
                for (email,) in self.conn.execute(
                    "SELECT email FROM contact WHERE customer_id = ?", (customer,)
                )
                if email
            }
            documents = {document_key(row[3])} if row[3] else set()
        return names, emails, documents


def _same(
    who: tuple[set[str], set[str], set[str]], customer: str | None, email: str | None, document: str | None
) -> bool | None:
    """Whether they are one customer; ``None`` where nothing of both sides can be compared."""
    names, emails, documents = who
    if (customer and fold(customer).strip() in names) or (email in emails) or (document in documents):
        return True
    # Two spellings of a name prove nothing; another address or document does.
    comparable = (email and emails) or (document and documents)
    return False if comparable else None
