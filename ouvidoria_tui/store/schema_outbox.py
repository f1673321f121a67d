"""The tables of mail that leaves: the key that proves which Message-IDs are the desk's own."""

from __future__ import annotations

TABLES = """
CREATE TABLE signing_key (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""

INDEXES = ""
