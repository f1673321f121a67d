"""For a console that stays open: has anybody committed, and how much memory its connections may take."""

from __future__ import annotations

import sqlite3


def data_version(conn: sqlite3.Connection) -> int:
    """A number that changes when another connection has committed; to be compared on one connection only."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0])


def newest_event(conn: sqlite3.Connection) -> int:
    """The number of the newest event: what was committed without one (a draft) wakes nobody."""
    return int(conn.execute("SELECT ifnull(max(id), 0) FROM event").fetchone()[0])


def economical(conn: sqlite3.Connection, kibibytes: int = 4000) -> None:
    """A small page cache: a console has several connections, and the system caches the file anyway."""
    conn.execute(f"PRAGMA cache_size = -{int(kibibytes)}")
