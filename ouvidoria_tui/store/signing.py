"""What the store knows and shows nobody: the key of the desk's own Message-IDs. `db sql` cannot read it."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.text import N_

_MAIL = "mail-key"


def put_mail_key(conn: sqlite3.Connection, key: bytes) -> None:
    """Keeps the key of a new store; one that is there stays, because letters are out that carry its macs."""
    conn.execute("INSERT OR IGNORE INTO signing_key VALUES (?, ?)", (_MAIL, key))


def mail_key(conn: sqlite3.Connection) -> bytes:
    """The key; ``StoreError`` ``MAIL_KEY_MISSING`` where somebody took it out."""
    row = conn.execute("SELECT value FROM signing_key WHERE name = ?", (_MAIL,)).fetchone()
    if row is None:
        raise StoreError(
            "MAIL_KEY_MISSING",
            N_("the store has lost the key of its own Message-IDs"),
            N_("restore the newest backup with `ouvidoria db restore`"),
        )
    return bytes(row[0])
