"""The tables of mail: what was taken, what each message refers to, the letters that left by themselves, and how far
folders on mail servers were read.

``mail`` is a record of its own, like the texts: no event is made of it, and ``db rebuild`` leaves it alone.
The bytes of a message are a ``blob``. Personal data stand here and in ``message``, never in an event.
"""

from __future__ import annotations

TABLES = """
CREATE TABLE mail (
  id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL,
  body_sha256 TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL,
  ticket_id INTEGER,
  seq INTEGER,
  ending TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  marks TEXT NOT NULL DEFAULT '[]',
  steps TEXT NOT NULL DEFAULT '[]',
  label TEXT NOT NULL DEFAULT '',
  sender TEXT NOT NULL DEFAULT '',
  sender_name TEXT NOT NULL DEFAULT '',
  recipients TEXT NOT NULL DEFAULT '[]',
  subject TEXT NOT NULL DEFAULT '',
  subject_key TEXT NOT NULL DEFAULT '',
  size INTEGER NOT NULL,
  arrived_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  settled_by INTEGER,
  settled_at INTEGER,
  settled_why TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE mail_reference (
  message_id TEXT NOT NULL,
  mail_id INTEGER NOT NULL,
  PRIMARY KEY (message_id, mail_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_letter (
  id INTEGER PRIMARY KEY,
  sender TEXT NOT NULL,
  template TEXT NOT NULL,
  mail_id INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE mail_position (
  place TEXT PRIMARY KEY,
  uid_validity INTEGER NOT NULL,
  last_uid INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

INDEXES = """
-- A message is known by its id and what it says; one found twice in the same bytes needs no reading at all.
CREATE UNIQUE INDEX mail_identity ON mail (message_id, body_sha256);
CREATE INDEX mail_raw ON mail (raw_sha256);
CREATE INDEX mail_ticket ON mail (ticket_id, seq) WHERE ticket_id IS NOT NULL;
CREATE INDEX mail_sender ON mail (sender, subject_key) WHERE ticket_id IS NOT NULL;
CREATE INDEX mail_waiting ON mail (arrived_at, id) WHERE state = 'waiting';
CREATE INDEX mail_reference_of ON mail_reference (mail_id);
CREATE INDEX mail_letter_sender ON mail_letter (sender, at);
CREATE INDEX mail_letter_at ON mail_letter (at);
"""
