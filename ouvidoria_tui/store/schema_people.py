"""The tables of people: customers and who writes for them, what agents can do and when they are away, their views.

Personal data of customers stand in ``customer`` and ``contact`` alone (and in the words of tickets and mail).
Their search index follows them by triggers, so that what is erased there is found no more.
"""

from __future__ import annotations

TABLES = """
CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  source TEXT,
  external_id TEXT,
  name TEXT,
  name_key TEXT,
  email TEXT,
  document TEXT,
  plan TEXT,
  kind TEXT,
  language TEXT,
  active INTEGER NOT NULL DEFAULT 1,
  verified_at INTEGER,
  merged_into INTEGER REFERENCES customer (id),
  created_at INTEGER NOT NULL,
  document_key TEXT GENERATED ALWAYS AS
    (replace(replace(replace(replace(document, '.', ''), '-', ''), '/', ''), ' ', '')) VIRTUAL
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  name TEXT,
  email TEXT,
  mobile TEXT,
  landline TEXT,
  role TEXT NOT NULL DEFAULT 'other',
  authorised INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 1,
  address_state TEXT NOT NULL DEFAULT 'ok',
  bounced_at INTEGER,
  verified_at INTEGER
) STRICT;

CREATE TABLE competence (
  agent_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  until TEXT,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (agent_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE absence (
  agent_id INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  delegate TEXT,
  PRIMARY KEY (agent_id, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  agent_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  sorted_by TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (agent_id, name)
) STRICT, WITHOUT ROWID;
"""

INDEXES = """
CREATE UNIQUE INDEX customer_external ON customer (external_id, source) WHERE external_id IS NOT NULL;
CREATE INDEX customer_email ON customer (email) WHERE email IS NOT NULL;
CREATE INDEX customer_name ON customer (name_key, id);
CREATE INDEX customer_document ON customer (document_key) WHERE document IS NOT NULL;
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX contact_customer ON contact (customer_id);
CREATE INDEX contact_email ON contact (email) WHERE email IS NOT NULL;
-- The history of a customer or contact: what the desk's own events say of it.
CREATE INDEX event_customer ON event (CASE WHEN json_valid(payload) THEN json_extract(payload, '$.customer') END)
  WHERE ticket_id = 0;
"""

SEARCH = """
CREATE VIRTUAL TABLE customer_fts USING fts5 (
  name, email, document, external_id, content = 'customer', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE contact_fts USING fts5 (
  name, email, content = 'contact', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
"""


def followed(table: str, columns: str) -> str:
    """The triggers by which a search index follows its table; it is told by old words what it shall forget."""
    old, new = (", ".join(f"{side}.{column}" for column in columns.split(", ")) for side in ("OLD", "NEW"))
    forget = f"INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) VALUES ('delete', OLD.id, {old});"
    learn = f"INSERT INTO {table}_fts (rowid, {columns}) VALUES (NEW.id, {new});"
    return f"""
CREATE TRIGGER {table}_is_indexed AFTER INSERT ON {table} BEGIN {learn} END;
CREATE TRIGGER {table}_is_forgotten AFTER DELETE ON {table} BEGIN {forget} END;
CREATE TRIGGER {table}_is_indexed_anew AFTER UPDATE OF {columns} ON {table} BEGIN {forget} {learn} END;
"""


TRIGGERS = followed("customer", "name, email, document, external_id") + followed("contact", "name, email")
