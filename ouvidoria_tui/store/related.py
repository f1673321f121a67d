"""What hangs together with a ticket: duplicates, the original, links, its incident, the customer's other tickets;
and the bytes of its files.
"""

from __future__ import annotations

import sqlite3
from typing import Literal, NamedTuple

from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.text import N_

#: So many of a customer's other tickets are given, the newest first.
MOST = 200

Tie = Literal["original", "duplicate", "linked", "incident", "customer"]


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


_LINKS = (
    "SELECT type, json_extract(payload, '$.with') FROM event"
    " WHERE ticket_id = ? AND type IN ('linked', 'unlinked') ORDER BY seq"
)
#: So many of the tickets of an incident are given, the newest first.
MOST_OF_INCIDENT = 50


def related(
    conn: sqlite3.Connection,
    ticket_id: int,
    customer: int | None,
    original: int | None,
    incident: int | None = None,
) -> tuple[Related, ...]:
    """The tickets beside ``ticket_id``: its original, its duplicates, those it is linked to, those of the same
    incident, then others of the same customer. Whose a confidential one is, is nowhere told.
    """
    found: dict[int, Related] = {}

    def add(tie: Tie, where: str, *params: object) -> None:
        for row in conn.execute(f"SELECT {_COLUMNS} FROM ticket WHERE {where}", params):
            if row[0] != ticket_id:
                found.setdefault(row[0], Related(tie, *row))

    if original is not None:
        add("original", "id = ?", original)
    add("duplicate", "duplicate_of = ?", ticket_id)
    linked: dict[int, None] = {}
    for type_, other in conn.execute(_LINKS, (ticket_id,)):
        linked.update({other: None}) if type_ == "linked" else linked.pop(other, None)
    for other in linked:
        add("linked", "id = ?", other)
    if incident is not None:
        order = "ORDER BY arrived_at DESC, protocol DESC"
        add("incident", f"incident = ? {order} LIMIT {MOST_OF_INCIDENT}", incident)
    if customer is not None:
        order = f"ORDER BY arrived_at DESC, protocol DESC LIMIT {MOST}"
        add("customer", f"customer_id = ? AND confidential = 0 {order}", customer)
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
