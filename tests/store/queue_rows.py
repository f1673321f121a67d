"""A bare store with a few tickets, written with plain statements: what a list reads and nothing else."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.domain.query import Query, parse
from ouvidoria_tui.store import schema
from ouvidoria_tui.store.cursor import Cursor, Order
from ouvidoria_tui.store.queue import Page, page

#: 2026-10-21 12:00 in São Paulo.
NOW = 1_792_594_800
DAY = 86_400
ME = 1
ZONE = "America/Sao_Paulo"


def bare_store() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    for script in (schema.TABLES, schema.INDEXES, schema.SEARCH, schema.TRIGGERS):
        db.executescript(script)
    db.executemany(
        "INSERT INTO agent (id, login, name, role, created_at) VALUES (?, ?, ?, 'agent', 0)",
        [(ME, "ana", "Ana"), (2, "bia", "Bia")],
    )
    return db


def add_customer(db: sqlite3.Connection, number: int, name: str | None, **other: object) -> int:
    row: dict[str, object] = {
        "id": number,
        "name": name,
        "name_key": fold(name) if name else None,
        "created_at": 0,
    }
    _insert(db, "customer", row | other)
    return number


def add(
    db: sqlite3.Connection, number: int, *, text: str = "", flags: tuple[str, ...] = (), **other: Any
) -> int:
    """A ticket with the id ``number`` that arrived ``number`` minutes after the day began, and its text."""
    row: dict[str, object] = {
        "id": number,
        "protocol": make_protocol(2026, number),
        "status": "open",
        "turn": "desk",
        "type": "complaint",
        "channel": "email",
        "subject": f"Assunto {number}",
        "subject_key": "",
        "lane": "ordinary",
        "level": 0,
        "admission": "pending",
        "merit": "not-assessed",
        "confidential": 0,
        "unread": 0,
        "flags": json.dumps(list(flags)) if flags else "[]",
        "arrived_at": NOW - DAY + number * 60,
        "arrived_month": "2026-10",
        "registered_at": NOW,
        "reopened": 0,
        "acted_at": 0,
        "updated_at": 0,
        "revision": 1,
        "head": b"",
    }
    _insert(db, "ticket", row | other)
    if text:
        add_message(db, number, text, confidential=int(bool(other.get("confidential"))))
    return number


def add_message(
    db: sqlite3.Connection, ticket: int, text: str, *, part: str = "customer", confidential: int = 0
) -> None:
    seq = db.execute("SELECT ifnull(max(seq), 0) + 1 FROM message WHERE ticket_id = ?", (ticket,)).fetchone()[
        0
    ]
    row: dict[str, object] = {
        "ticket_id": ticket,
        "seq": seq,
        "part": part,
        "at": NOW,
        "subject": "",
        "text": text,
        "salt": b"",
        "confidential": confidential,
    }
    _insert(db, "message", row)


def ask(
    db: sqlite3.Connection,
    query: str | Query,
    *,
    order: Order = "arrival",
    limit: int = 100,
    after: Cursor | None = None,
    agent_id: int | None = ME,
) -> Page:
    asked = parse(query) if isinstance(query, str) else query
    return page(db, asked, order=order, limit=limit, after=after, now=NOW, agent_id=agent_id, zone=ZONE)


def ids(db: sqlite3.Connection, query: str, order: Order = "arrival") -> list[int]:
    return [row.id for row in ask(db, query, order=order).rows]


def _insert(db: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    db.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    )
