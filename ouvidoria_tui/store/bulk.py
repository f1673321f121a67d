"""Care of a store around bulk work: cheaper commits while it lasts, and afterwards what the planner knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

#: Rows of an index that ANALYZE looks at: enough to tell a common value from a rare one, quick at any size.
ANALYSED = 1000
#: Pages of the write-ahead log before it is carried over into the store during bulk work (64 MiB).
BULK_PAGES = 16_384
#: What SQLite does by itself.
_USUAL_PAGES = 1000


@contextmanager
def bulk(conn: sqlite3.Connection) -> Iterator[None]:
    """A stretch of many transactions that are not each worth waiting for the disk.

    Every one is still whole or not there at all. A loss of power may take the last ones with it, which a second
    run brings back; a killed process loses none. At the end everything is on disk, and acts are durable again.
    """
    conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute(f"PRAGMA wal_autocheckpoint = {BULK_PAGES}")
    try:
        yield
    finally:
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute(f"PRAGMA wal_autocheckpoint = {_USUAL_PAGES}")
        # Passive: waits for no reader, and the log itself is on disk before the store is touched.
        conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def analyse(conn: sqlite3.Connection) -> None:
    """Lets SQLite look at its indexes: an index it knows nothing of made a page of the queue cost a hundredfold."""
    conn.execute(f"PRAGMA analysis_limit = {ANALYSED}")
    conn.execute("ANALYZE")
