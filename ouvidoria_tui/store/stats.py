"""How large a store is and what it holds: the file, each table and index, the tickets by status, events by day."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

#: So many days with events are told, the newest ones.
DAYS = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``section`` is file, table, index, status or day; ``bytes`` where SQLite can tell it."""

    section: str
    name: str
    count: int | None
    bytes: int | None


def figures(conn: sqlite3.Connection, path: Path, zone: str) -> Iterator[Figure]:
    """All figures, section by section."""
    yield from _files(conn, path)
    sizes = _sizes(conn)
    for kind in ("table", "index"):
        names = conn.execute(
            "SELECT name FROM sqlite_master WHERE type = ? AND (rootpage > 0 OR sql LIKE 'CREATE VIRTUAL%')"
            " ORDER BY name",
            (kind,),
        ).fetchall()
        for (name,) in names:
            count = _rows(conn, name) if kind == "table" else None
            yield Figure(kind, name, count, sizes.get(name))
    for status, count in conn.execute("SELECT status, count(*) FROM ticket GROUP BY status ORDER BY status"):
        yield Figure("status", status, count, None)
    yield from _days(conn, ZoneInfo(zone))


def _files(conn: sqlite3.Connection, path: Path) -> Iterator[Figure]:
    page = int(conn.execute("PRAGMA page_size").fetchone()[0])
    used = int(conn.execute("PRAGMA page_count").fetchone()[0])
    free = int(conn.execute("PRAGMA freelist_count").fetchone()[0])
    yield Figure("file", "pages", used, used * page)
    yield Figure("file", "free pages", free, free * page)
    for suffix in ("", "-wal"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            yield Figure("file", file.name, None, file.stat().st_size)


def _sizes(conn: sqlite3.Connection) -> dict[str, int]:
    """Bytes by table and index; nothing where this SQLite cannot tell."""
    try:
        return {row[0]: row[1] for row in conn.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")}
    except sqlite3.OperationalError:
        return {}


def _rows(conn: sqlite3.Connection, table: str) -> int:
    name = table.replace('"', '""')
    return int(conn.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])


def _days(conn: sqlite3.Connection, zone: ZoneInfo) -> Iterator[Figure]:
    days: Counter[str] = Counter()
    # Zones differ by quarters of an hour: a day never begins inside one.
    for quarter, count in conn.execute("SELECT recorded_at / 900, count(*) FROM event GROUP BY 1"):
        days[datetime.fromtimestamp(quarter * 900, zone).strftime("%Y-%m-%d")] += count
    for day in sorted(days)[-DAYS:]:
        yield Figure("day", day, days[day], None)
