"""What hangs together with a ticket: its duplicates, what it is a duplicate of, the customer's other tickets;
and the bytes of its files.
"""

from __future__ import annotations

import sqlite3
from typing import Literal, NamedTuple

from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.text import N_

#: So many of a customer's other tickets are given, the newest first.
MOST = 200

Tie = Literal["original", "duplicate", "customer"]


class Related(NamedTuple):
    """A ticket beside another one: how they hang together, and what a line shows of it."""

    tie: Tie
    id: int
    protocol: str
    status: str
    type: str
    subject: str
    confidential: int
    arrived_at: int


_COLUMNS = "id, protocol, status, type, subject, confidential, arrived_at"


def related(
    conn: sqlite3.Connection, ticket_id: int, customer: int | None, original: int | None
) -> tuple[Related, ...]:
    """The tickets beside ``ticket_id``: its original, its duplicates, then others of the same customer."""
    found: dict[int, Related] = {}

    def add(tie: Tie, where: str, *params: object) -> None:
        for row in conn.execute(f"SELECT {_COLUMNS} FROM ticket WHERE {where}", params):
            if row[0] != ticket_id:
                found.setdefault(row[0], Related(tie, *row))

    if original is not None:
        add("original", "id = ?", original)
    if customer is not None:
        # A duplicate is always of the same customer, so one index finds both.
        add("duplicate", "customer_id = ? AND duplicate_of = ?", customer, ticket_id)
        add("customer", f"customer_id = ? ORDER BY arrived_at DESC, protocol DESC LIMIT {MOST}", customer)
    return tuple(found.values())


def blob_head(conn: sqlite3.Connection, sha256: str, size: int = 1024) -> bytes:
    """The first bytes of a kept file, which tell what it is; none where the store has not kept it."""
    row = conn.execute("SELECT substr(data, 1, ?) FROM blob WHERE sha256 = ?", (size, sha256)).fetchone()
    return b"" if row is None else bytes(row[0])


def blob(conn: sqlite3.Connection, sha256: str) -> bytes:
    """The bytes of a kept file; ``NotFound`` ``FILE_NOT_FOUND``."""
    row = conn.execute("SELECT data FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise NotFound(
            "FILE_NOT_FOUND",
            N_("the store has not kept this file"),
            N_("prove the store with: ouvidoria verify"),
        )
    return bytes(row[0])
