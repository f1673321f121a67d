"""SQL of a person over a store: one reading statement, and nothing confidential in what it reads.

A statement sees views that stand before the tables and leave out what is confidential; an authorizer refuses
whatever else it tries. Roles prevent mistakes: who may read the file can read it with other tools.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.store.connection import connect, explained
from ouvidoria_tui.text import N_

_OF_TICKET = "(SELECT confidential FROM main.ticket AS t WHERE t.id = ticket_id)"
#: Tables behind views of the same name: the columns that are empty where the condition is true.
_VIEWS = {
    "ticket": ({"subject", "subject_key", "customer_id", "prior_ticket"}, "confidential"),
    "message": ({"subject", "text"}, "confidential"),
    "event": ({"payload"}, _OF_TICKET),
    "attachment": ({"name"}, _OF_TICKET),
    "external_ref": ({"extra"}, _OF_TICKET),
    "draft": ({"text"}, "1"),
    "saved_view": ({"query"}, "1"),
    "mail": ({"sender", "sender_name", "recipients", "subject", "subject_key"}, f"ifnull({_OF_TICKET}, 1)"),
    "mail_letter": ({"sender"}, "1"),
    "outbox": ({"recipient", "last_error"}, _OF_TICKET),
    "blob": (set[str](), "0"),
    "signing_key": (set[str](), "0"),
}
#: The one view of the store itself that reads texts: what the search index may show.
_SEARCHED = "searchable"
#: Columns that are in no view: bytes of files, the salts that make commitments unguessable, keys, codes.
_NEVER = {("message", "salt"), ("blob", "data"), ("signing_key", "value"), ("outbox", "code")}
_PRAGMAS = frozenset(
    {"data_version", "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo"}
)
_FUNCTIONS_REFUSED = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})
_MEANT_TO_WRITE = ("cannot modify", "not authorized", "authorization denied")
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of an answer, each name once, and its rows as they come."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]


@contextmanager
def asked(path: Path, statement: str) -> Iterator[Answer]:
    """The answer to one statement; the rows are read while it lasts.

    Raises ``UsageError`` ``BAD_SQL`` for what SQLite does not understand, ``Refused`` ``SQL_READ_ONLY`` for
    whatever is more than reading what may be read, ``StoreError``.
    """
    if _SEARCHED in statement.lower():
        raise _refused(f"{_SEARCHED} is read through message_fts")
    conn = connect(path, read_only=True)
    try:
        with explained(path):
            conn.row_factory = None
            # What reads a table is known to the authorizer by its name only, which any WITH could take.
            secret = f"v{os.urandom(16).hex()}_"
            _put_views(conn, secret)
            conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
            conn.set_authorizer(partial(_authorize, secret))
            conn.set_progress_handler(lambda: 0, 20_000)  # lets Ctrl-C through
            with _understood():
                cursor = conn.execute(statement)
                if cursor.description is None:
                    raise _bad("it asks for nothing")
                yield Answer(_unique([str(item[0]) for item in cursor.description]), iter(cursor))
    finally:
        conn.set_authorizer(None)
        conn.close()


def _put_views(conn: sqlite3.Connection, secret: str) -> None:
    for name, (hidden, when) in _VIEWS.items():
        columns = [
            row[1] for row in conn.execute(f"PRAGMA table_xinfo({name})") if (name, row[1]) not in _NEVER
        ]
        shown = ", ".join(
            f"CASE WHEN {when} THEN NULL ELSE {column} END AS {column}" if column in hidden else column
            for column in columns
        )
        conn.execute(f"CREATE TEMP VIEW {secret}{name} AS SELECT {shown} FROM main.{name}")
        conn.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {secret}{name}")
    # A virtual table makes itself known when it is first used, which is more than reading.
    for virtual in ("message_fts", "pragma_table_info('event')", "dbstat"):
        with suppress(sqlite3.OperationalError):
            conn.execute(f"SELECT 1 FROM {virtual} LIMIT 0")


def _authorize(
    secret: str, action: int, first: str | None, second: str | None, database: str | None, view: str | None
) -> int:
    if action == sqlite3.SQLITE_READ:
        allowed = _may_read(secret, first or "", second or "", database, view or "")
    elif action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() not in _FUNCTIONS_REFUSED
    elif action == sqlite3.SQLITE_PRAGMA:
        allowed = (first or "").lower() in _PRAGMAS
    else:
        allowed = action in _ALLOWED
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _may_read(secret: str, table: str, column: str, database: str | None, view: str) -> bool:
    """Tables behind a view are read by that view; by others only counted, which reads no column."""
    if table.startswith("sqlite_temp_"):
        return False
    if database != "main" or table not in _VIEWS or not column:
        return True
    return view.startswith(secret) or (view == _SEARCHED and table == "message")


@contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except sqlite3.Warning as error:
        raise _bad(str(error)) from error
    except sqlite3.DatabaseError as error:
        name, said = getattr(error, "sqlite_errorname", "") or "", str(error)
        if name == "SQLITE_INTERRUPT":
            raise KeyboardInterrupt from error
        if name.startswith(("SQLITE_AUTH", "SQLITE_READONLY")) or said.startswith(_MEANT_TO_WRITE):
            raise _refused(said) from error
        if isinstance(error, sqlite3.ProgrammingError) or name in ("", "SQLITE_ERROR", "SQLITE_TOOBIG"):
            raise _bad(said) from error
        raise


def _refused(said: str) -> Refused:
    return Refused(
        "SQL_READ_ONLY",
        N_("this statement does more than read what may be read: {reason}", reason=said),
        N_("`db sql` takes one SELECT; acts on tickets are commands of their own"),
    )


def _bad(said: str) -> UsageError:
    return UsageError(
        "BAD_SQL",
        N_("this is not a statement that can be answered: {reason}", reason=said),
        N_('write one SELECT; `db sql "SELECT name, sql FROM sqlite_master"` shows the tables'),
    )


def _unique(names: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found: list[str] = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return tuple(found)
