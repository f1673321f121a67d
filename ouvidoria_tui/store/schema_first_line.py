"""The tables of the first instance's history: imported, replaced by a later import, no part of the ledger."""

from __future__ import annotations

TABLES = """
CREATE TABLE first_line_ticket (
  number_key TEXT NOT NULL,
  source TEXT NOT NULL,
  number TEXT NOT NULL,
  customer TEXT,
  email TEXT,
  document_key TEXT,
  department TEXT,
  subject TEXT,
  opened_at INTEGER,
  closed_at INTEGER,
  outcome TEXT NOT NULL,
  channel TEXT,
  row_hash BLOB NOT NULL,
  PRIMARY KEY (number_key, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE first_line_volume (
  day TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT '',
  received INTEGER NOT NULL,
  solved INTEGER NOT NULL,
  PRIMARY KEY (day, channel)
) STRICT, WITHOUT ROWID;
"""

INDEXES = ""
