"""Opening a store: file modes, pragmas, the check that it is ours and not newer, and the one kind of transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.store.schema import APPLICATION_ID
from ouvidoria_tui.text import N_

#: What a store's connection is, for those who only pass it on.
Connection = sqlite3.Connection
#: One more with every change of the shape: a store with another number was made by another ouvidoria.
SCHEMA_VERSION = 2
#: How long a writer waits for another writer, in seconds.
BUSY_SECONDS = 30.0


def connect(path: Path, *, read_only: bool = False, busy_seconds: float | None = None) -> sqlite3.Connection:
    """A connection to an existing store, checked to be one of ours and not newer.

    ``busy_seconds`` is how long it waits for a writer (default: ``BUSY_SECONDS``). Raises ``StoreError``:
    ``STORE_MISSING``, ``STORE_UNREADABLE``, ``STORE_CORRUPT``, ``STORE_FOREIGN``, ``STORE_NEWER``,
    ``STORE_OLDER``, ``STORE_LOCKED``.
    """
    if not path.exists():
        raise StoreError(
            "STORE_MISSING",
            N_("there is no store at {path}", path=str(path)),
            N_("create one with: ouvidoria --db {path} init", path=str(path)),
        )
    with explained(path):
        conn = _open(path, read_only=read_only, busy_seconds=busy_seconds)
        try:
            _check_identity(conn, path)
            _set_pragmas(conn)
        except BaseException:
            conn.close()
            raise
    return conn


def create_file(path: Path, *, group: str | None = None) -> None:
    """An empty file for a new store: 0600 in a folder of 0700, or 0660 in 2770 for ``group``.

    Raises ``StoreError`` ``GROUP_UNKNOWN`` or ``STORE_UNREADABLE``.
    """
    gid = _group_id(group)
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=0o700)
            if gid is not None:
                os.chown(path.parent, -1, gid)
                path.parent.chmod(0o2770)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            if gid is not None:
                os.fchown(descriptor, -1, gid)
                os.fchmod(descriptor, 0o660)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoreError(
            "STORE_UNREADABLE",
            N_(
                "the store cannot be created at {path}: {reason}", path=str(path), reason=error.strerror or ""
            ),
            N_("choose another place with --db, or ask for the right to write there"),
        ) from error


def open_new(path: Path) -> sqlite3.Connection:
    """A connection to an empty file that shall become a store."""
    with explained(path):
        conn = _open(path, read_only=False, busy_seconds=None)
        conn.execute("PRAGMA journal_mode = WAL")
        _set_pragmas(conn)
    return conn


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite says of a store into a ``StoreError`` with its code and next step.

    A broken rule of the schema, or a misused connection, is a fault of the program and stays what it is.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise _explain(error, path) from error


@contextmanager
def immediate(conn: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, begun with ``BEGIN IMMEDIATE`` so that it never fails half-way for a lock.

    Inside another one it is a savepoint: what it did is taken back if it raises, the outer one goes on.
    """
    if conn.in_transaction:
        conn.execute("SAVEPOINT act")
        try:
            yield
        except BaseException:
            if conn.in_transaction:  # SQLite may have ended the whole transaction: a full disk, an I/O error
                conn.execute("ROLLBACK TO act")
                conn.execute("RELEASE act")
            raise
        conn.execute("RELEASE act")
        return
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def _open(path: Path, *, read_only: bool, busy_seconds: float | None) -> sqlite3.Connection:
    mode = "ro" if read_only else "rw"
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS if busy_seconds is None else busy_seconds,
        cached_statements=256,
    )
    conn.row_factory = sqlite3.Row
    return conn


def _set_pragmas(conn: sqlite3.Connection) -> None:
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA recursive_triggers = ON")  # or INSERT OR REPLACE would go round "never goes"
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA secure_delete = ON")
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.execute("PRAGMA cache_size = -32000")


def _check_identity(conn: sqlite3.Connection, path: Path) -> None:
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise StoreError(
            "STORE_FOREIGN",
            N_("{path} is not a store of ouvidoria", path=str(path)),
            N_("name the right file with --db, or create a store with init"),
        )
    if version > SCHEMA_VERSION:
        raise StoreError(
            "STORE_NEWER",
            N_(
                "{path} was made by a newer ouvidoria (schema {found}, this one knows {known})",
                path=str(path),
                found=version,
                known=SCHEMA_VERSION,
            ),
            N_("upgrade ouvidoria on this machine; the store was not touched"),
            details={"found": version, "known": SCHEMA_VERSION},
        )
    if version < SCHEMA_VERSION:
        raise StoreError(
            "STORE_OLDER",
            N_(
                "{path} was made by an older ouvidoria (schema {found}, this one needs {known})",
                path=str(path),
                found=version,
                known=SCHEMA_VERSION,
            ),
            N_(
                "take its tickets out with the ouvidoria that made it (`export --native`) and import them into a new"
                " store; the store was not touched"
            ),
            details={"found": version, "known": SCHEMA_VERSION},
        )


def _group_id(group: str | None) -> int | None:
    if group is None:
        return None
    import grp

    try:
        return grp.getgrnam(group).gr_gid
    except KeyError as error:
        raise StoreError(
            "GROUP_UNKNOWN",
            N_("there is no group {group} on this machine", group=group),
            N_("create it, or leave --group out for a desk of one system user"),
        ) from error


def _explain(error: sqlite3.DatabaseError, path: Path) -> StoreError:
    name = getattr(error, "sqlite_errorname", "") or ""
    where = str(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(
            "STORE_LOCKED",
            N_("{path} is busy: another process has been writing for too long", path=where),
            N_("try again; `ouvidoria doctor` shows who has it open"),
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreError(
            "STORE_CORRUPT",
            N_("{path} is damaged or not a database: {reason}", path=where, reason=str(error)),
            N_("keep a copy of the file as it is and restore the newest backup"),
        )
    if name.startswith("SQLITE_READONLY"):
        return StoreError(
            "STORE_READ_ONLY",
            N_("{path} may be read but not written", path=where),
            N_("ask for the right to write the file and its folder; nothing was recorded"),
        )
    if name.startswith("SQLITE_FULL"):
        return StoreError(
            "STORE_FULL",
            N_("the disk of {path} is full; the last act was not recorded", path=where),
            N_("make room and repeat the command"),
        )
    return StoreError(
        "STORE_UNREADABLE",
        N_("{path} cannot be used: {reason}", path=where, reason=str(error)),
        N_("check the rights on the file and its folder"),
    )
