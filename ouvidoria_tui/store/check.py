"""Whether a store is whole: the file, the links between rows, the search index, the projections, the counters."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ouvidoria_tui.store.outbox_check import outbox_faults
from ouvidoria_tui.store.rebuild import Difference, compare
from ouvidoria_tui.store.soundness import counter_faults, search_faults
from ouvidoria_tui.text import N_, Text

#: So many faults of one kind are told one by one.
SHOWN = 20

_RESTORE = N_("keep a copy of the file as it is, and restore the newest backup with `ouvidoria db restore`")
_REBUILD = N_("`ouvidoria db rebuild` writes them anew from the ledger")
_RECORD = N_("these are records that nothing writes anew: compare with a backup, and see `ouvidoria verify`")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: nothing in ``faults`` where all is well, else also what to do."""

    check: str
    faults: tuple[Text, ...]
    hint: Text | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def check_store(
    conn: sqlite3.Connection, *, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[Finding]:
    """One finding for each check, as soon as it is made; a damaged file is not asked anything further.

    ``progress`` is told of tickets, whose comparison with the ledger takes most of the time.
    """
    file = _finding("file", _file_faults(conn), _RESTORE)
    yield file
    if not file.ok:
        return
    checks: tuple[tuple[str, Callable[[sqlite3.Connection], list[Text]], Text], ...] = (
        ("links", _link_faults, _RESTORE),
        ("search", search_faults, _REBUILD),
        ("counters", counter_faults, _REBUILD),
        ("outbox", outbox_faults, _RECORD),
    )
    for name, check, hint in checks:
        yield _finding(name, check(conn), hint)
    differences = compare(conn, progress=progress)
    beyond = differences.beyond_healing
    healable = [item for item in differences.differences if item not in beyond]
    yield _finding("projections", [said(item) for item in healable], _REBUILD)
    yield _finding("records", [said(item) for item in beyond], _RECORD)


def said(item: Difference) -> Text:
    """One difference in words."""
    if item.table == "event":
        return N_("{ticket}: its events cannot be followed", ticket=item.ticket)
    if item.columns:
        columns = ", ".join(item.columns)
        return N_(
            "{ticket}: {table} differs in {columns}", ticket=item.ticket, table=item.table, columns=columns
        )
    if item.kind == "missing":
        return N_("{ticket}: rows of {table} are missing", ticket=item.ticket, table=item.table)
    if item.kind == "surplus":
        return N_("{ticket}: {table} has rows that no event knows", ticket=item.ticket, table=item.table)
    return N_("{ticket}: rows of {table} differ", ticket=item.ticket, table=item.table)


def _finding(name: str, faults: list[Text], hint: Text) -> Finding:
    shown = faults[:SHOWN]
    if len(faults) > SHOWN:
        shown.append(N_("and {count} more", count=len(faults) - SHOWN))
    return Finding(name, tuple(shown), hint if faults else None)


def _file_faults(conn: sqlite3.Connection) -> list[Text]:
    try:
        rows = [str(row[0]) for row in conn.execute(f"PRAGMA integrity_check({SHOWN + 1})")]
    except sqlite3.DatabaseError as error:
        if not getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        rows = [str(error)]
    return [] if rows == ["ok"] else [N_("{said}", said=row) for row in rows]


def _link_faults(conn: sqlite3.Connection) -> list[Text]:
    return [
        N_(
            "row {row} of {table} names a row of {parent} that is not there",
            row=row[1],
            table=row[0],
            parent=row[2],
        )
        for row in conn.execute("PRAGMA foreign_key_check")
    ]
