"""A store copied whole, of one moment, while others go on writing; and a copy made a store again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ouvidoria_tui.errors import Refused
from ouvidoria_tui.store.connection import connect, create_file, explained, open_new
from ouvidoria_tui.store.verify import head_of
from ouvidoria_tui.text import N_

#: So many pages are copied between two reports of progress.
PAGES = 2048

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds. ``head`` is the one to keep outside, for ``verify --head``."""

    path: Path
    events: int
    tickets: int
    size: int
    head: str


def back_up(conn: sqlite3.Connection, target: Path, *, progress: Progress = lambda _done: None) -> Copied:
    """The store as it is now, in a new file of mode 0600; ``progress`` is told of pages.

    Raises ``Refused`` ``STORE_EXISTS`` where there is something at ``target``, ``StoreError`` where the file
    cannot be made; then nothing is left of it.
    """
    conn.execute("BEGIN")
    try:
        conn.execute("SELECT 1 FROM meta").fetchone()  # from here on one state, whatever others write
        return _copy(conn, target, None, progress)
    finally:
        conn.execute("ROLLBACK")


def restore(
    source: Path, target: Path, *, group: str | None = None, progress: Progress = lambda _done: None
) -> Copied:
    """A store at ``target`` from a backup, which stays as it is.

    Raises ``Refused`` ``STORE_EXISTS``; ``StoreError`` where the backup is none or cannot be read.
    """
    _refuse_existing(target)
    conn = connect(source, read_only=True)
    try:
        with explained(source):
            return _copy(conn, target, group, progress)
    finally:
        conn.close()


def pages(conn: sqlite3.Connection) -> int:
    """How many pages a copy has to move."""
    return int(conn.execute("PRAGMA page_count").fetchone()[0])


def _copy(conn: sqlite3.Connection, target: Path, group: str | None, progress: Progress) -> Copied:
    _refuse_existing(target)
    missing = [folder for folder in target.absolute().parents if not folder.exists()]
    create_file(target, group=group)
    try:
        with explained(target):
            copy = open_new(target)
            try:
                _move(conn, copy, progress)
                events, tickets = copy.execute(
                    "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM ticket)"
                ).fetchone()
                head = head_of(copy)
            finally:
                copy.close()
    except BaseException:
        _remove(target, missing)
        raise
    return Copied(target, int(events), int(tickets), target.stat().st_size, head)


def _move(conn: sqlite3.Connection, copy: sqlite3.Connection, progress: Progress) -> None:
    before = [0]

    def told(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining - before[0])
        before[0] = total - remaining

    conn.backup(copy, pages=PAGES, progress=told)


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        raise Refused(
            "STORE_EXISTS",
            N_("there is something at {path} already; it was not touched", path=str(target)),
            N_("choose another name, or move that file away"),
        )


def _remove(target: Path, folders: list[Path]) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return
