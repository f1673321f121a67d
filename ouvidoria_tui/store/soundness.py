"""What stands beside the rows and must agree with them: the search index, and the counters of numbers given out."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.store.connection import immediate
from ouvidoria_tui.text import N_, Text

#: The number in a protocol such as 2026-000123-8, by year.
_NUMBERS = """
SELECT CAST(substr(protocol, 1, 4) AS INTEGER) AS year,
       max(CAST(substr(protocol, 6, length(protocol) - 7) AS INTEGER)) AS largest
FROM ticket GROUP BY 1
"""


class _TakenBack(Exception):
    """Ends a transaction in which nothing shall be written."""


#: Each search index by what it is of; whoever heals one heals all.
_INDEXES = {
    "message_fts": "searchable",
    "customer_fts": "customer",
    "contact_fts": "contact",
    "article_fts": "article",
}


def search_faults(conn: sqlite3.Connection) -> list[Text]:
    """Where a search index is not that of its texts; it needs the right to write, and writes nothing."""
    return [fault for index, texts in _INDEXES.items() for fault in _index_faults(conn, index, texts)]


def _index_faults(conn: sqlite3.Connection, index: str, source: str) -> list[Text]:
    found: list[Text] = []
    texts = conn.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
    indexed = conn.execute(f"SELECT count(*) FROM {index}_docsize").fetchone()[0]
    if texts != indexed:
        found.append(N_("the index holds {indexed} texts of {texts}", indexed=indexed, texts=texts))
    try:
        with immediate(conn):
            conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            raise _TakenBack
    except _TakenBack:
        pass
    except sqlite3.DatabaseError as error:
        if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            raise
        if not found:
            found.append(N_("the words in the index are not those of the texts"))
    return found


def rebuild_search(conn: sqlite3.Connection) -> None:
    """The search indexes made anew from the texts that may be found."""
    for index in _INDEXES:
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def counter_faults(conn: sqlite3.Connection) -> list[Text]:
    """Counters that would give a number out a second time."""
    found: list[Text] = []
    for table in ("event", "deadline_version"):
        largest = conn.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]
        counted = _counted(conn, table)
        if counted < largest:
            text = N_(
                "{table}: counted to {counted}, used to {largest}",
                table=table,
                counted=counted,
                largest=largest,
            )
            found.append(text)
    for year, largest in conn.execute(_NUMBERS).fetchall():
        row = conn.execute("SELECT last FROM sequence WHERE year = ?", (year,)).fetchone()
        counted = 0 if row is None else int(row[0])
        if counted < largest:
            text = N_(
                "protocols of {year}: counted to {counted}, used to {largest}",
                year=year,
                counted=counted,
                largest=largest,
            )
            found.append(text)
    return found


def heal_counters(conn: sqlite3.Connection) -> None:
    """The counters where they must be at least."""
    for table in ("event", "deadline_version"):
        largest = conn.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        if largest is not None and _counted(conn, table) < largest:
            conn.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            conn.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, largest))
    conn.executemany(
        "INSERT INTO sequence (year, last) VALUES (?, ?)"
        " ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)",
        [tuple(row) for row in conn.execute(_NUMBERS).fetchall()],
    )


def _counted(conn: sqlite3.Connection, table: str) -> int:
    row = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 0 if row is None else int(row[0])
