"""Hands on the file: what somebody with a database shell could do to a store, one deed a function."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.domain.ledger import event_hash, next_anchor


def unguarded(conn: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of the store in memory, without the triggers that guard it."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    conn.backup(copy)
    copy.row_factory = sqlite3.Row
    drop_triggers(copy)
    return copy


def drop_triggers(conn: sqlite3.Connection) -> None:
    for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        conn.execute(f"DROP TRIGGER {name}")


def event(conn: sqlite3.Connection, number: int) -> sqlite3.Row:
    row: sqlite3.Row = conn.execute("SELECT * FROM event WHERE id = ?", (number,)).fetchone()
    return row


def hash_of(row: sqlite3.Row) -> bytes:
    return event_hash(
        ticket=row["ticket_id"] or None,
        seq=row["seq"],
        type=row["type"],
        actor=row["actor"],
        os_user=row["os_user"],
        happened_at=row["happened_at"],
        recorded_at=row["recorded_at"],
        payload=row["payload"],
        prev=row["prev"],
    )


def make_anew(conn: sqlite3.Connection, number: int, *, anchor: bool = False) -> None:
    """The hash (and the anchor) that the event would have had."""
    conn.execute("UPDATE event SET hash = ? WHERE id = ?", (hash_of(event(conn, number)), number))
    if anchor:
        before = conn.execute(
            "SELECT anchor FROM event WHERE id < ? ORDER BY id DESC LIMIT 1", (number,)
        ).fetchone()
        own = next_anchor(b"" if before is None else before[0], event(conn, number)["hash"])
        conn.execute("UPDATE event SET anchor = ? WHERE id = ?", (own, number))


def make_all_anew(conn: sqlite3.Connection) -> None:
    """Every hash, link and anchor computed again, and the tickets' heads with them: a perfect forgery."""
    anchor, ends = b"", dict[int, bytes]()
    for row in conn.execute("SELECT id, ticket_id FROM event ORDER BY id").fetchall():
        conn.execute("UPDATE event SET prev = ? WHERE id = ?", (ends.get(row[1], b""), row[0]))
        make_anew(conn, row[0])
        own = event(conn, row[0])["hash"]
        ends[row[1]] = own
        anchor = next_anchor(anchor, own)
        conn.execute("UPDATE event SET anchor = ? WHERE id = ?", (anchor, row[0]))
    conn.executemany("UPDATE ticket SET head = ? WHERE id = ?", [(head, id_) for id_, head in ends.items()])


def exchange(conn: sqlite3.Connection, column: str, one: int, other: int) -> None:
    """Two events with each other's ``id`` or ``seq``."""
    a, b = event(conn, one)[column], event(conn, other)[column]
    conn.execute(f"UPDATE event SET {column} = -1 WHERE id = ?", (one,))
    conn.execute(f"UPDATE event SET {column} = ? WHERE id = ?", (a, other))
    where = "id = -1" if column == "id" else "seq = -1"
    conn.execute(f"UPDATE event SET {column} = ? WHERE {where}", (b,))


def put_in(conn: sqlite3.Connection, ticket: int, seq: int, *, sound: bool) -> int:
    """One more event at the end of the ledger; ``sound`` with link, hash and anchor as they should be."""
    before = conn.execute(
        "SELECT hash FROM event WHERE ticket_id = ? ORDER BY seq DESC LIMIT 1", (ticket,)
    ).fetchone()
    prev = b"" if before is None or not sound else before[0]
    number = int(
        conn.execute(
            "INSERT INTO event (ticket_id, seq, type, actor, os_user, happened_at, recorded_at, payload, prev,"
            " hash, anchor) VALUES (?, ?, 'noted', 1, 'x', 1772000000, 1772000000, '{}', ?, x'00', x'00')",
            (ticket, seq, prev),
        ).lastrowid
        or 0
    )
    if sound:
        make_anew(conn, number, anchor=True)
    return number
