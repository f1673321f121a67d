"""The tables of mail that leaves: the letters and how they fare, and the key of the desk's own Message-IDs.

``outbox`` is a record of its own: what a mail server said is nowhere else, so nothing writes it anew. Of each
row the event that queued it says the Message-ID, which is how ``db check`` sees that one is missing or was put
in. It holds no words: those are the ticket's message. ``code`` is one that only the letter has; it is emptied
when the letter has left or never will.
"""

from __future__ import annotations

TABLES = """
CREATE TABLE signing_key (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  recipient TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER,
  claimed_at INTEGER,
  claimed_by TEXT,
  last_error TEXT NOT NULL DEFAULT '',
  sent_at INTEGER,
  bounced_at INTEGER,
  code TEXT NOT NULL DEFAULT ''
) STRICT;
"""

INDEXES = """
CREATE UNIQUE INDEX outbox_event ON outbox (ticket_id, seq);
CREATE INDEX outbox_waiting ON outbox (next_try_at) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_automatic ON outbox (recipient, sent_at) WHERE kind = 'automatic';
-- What a person has to look at: few, whatever the desk has sent.
CREATE INDEX outbox_lost ON outbox (ticket_id) WHERE state IN ('failed', 'held') OR bounced_at IS NOT NULL;
"""
