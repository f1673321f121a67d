"""The tables of a store, as data definition statements.

``event`` is the truth, together with the texts that hang beside it (``message``, ``blob``) and the registers.
``ticket``, ``clock``, ``escalation`` and ``attachment`` are projections: ``db rebuild`` writes them anew from
the events and must give the same rows. ``deadline_version`` is a record of its own: it is only ever added to.
``outbox`` is one as well (``schema_outbox``).
``draft`` holds what an agent has begun to write and not sent; nothing else knows of it.
Who complains is in :mod:`.schema_people`.
``first_line_…`` is what the first instance tells of itself (:mod:`.schema_first_line`).
Times are UTC epoch seconds.
"""

from __future__ import annotations

from ouvidoria_tui.store import (
    schema_articles,
    schema_first_line,
    schema_mail,
    schema_outbox,
    schema_people,
    schema_telling,
)
from ouvidoria_tui.store import triggers as ledger

__all__ = ["APPLICATION_ID", "INDEXES", "SEARCH", "TABLES", "TRIGGERS"]

SEARCH = ledger.SEARCH + schema_people.SEARCH + schema_articles.SEARCH
TRIGGERS = ledger.TRIGGERS + schema_people.TRIGGERS + schema_articles.TRIGGERS

#: Says "this file is a store of ouvidoria" (PRAGMA application_id): the letters "ouvd".
APPLICATION_ID = 0x6F757664

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE policy (
  version INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  toml TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  tzdata TEXT NOT NULL
) STRICT;

CREATE TABLE holiday (
  day TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE department (
  slug TEXT PRIMARY KEY, name TEXT NOT NULL, scope TEXT NOT NULL DEFAULT '', active INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE TABLE area (
  slug TEXT PRIMARY KEY, name TEXT NOT NULL, scope TEXT NOT NULL DEFAULT '', active INTEGER NOT NULL DEFAULT 1,
  email TEXT, head TEXT, due_days INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE plan (
  slug TEXT PRIMARY KEY, name TEXT NOT NULL, rank INTEGER NOT NULL DEFAULT 0, support_level TEXT,
  active INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE TABLE cause (
  slug TEXT PRIMARY KEY, name TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE sequence (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  actor INTEGER NOT NULL,
  os_user TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  payload TEXT NOT NULL,
  prev BLOB NOT NULL,
  hash BLOB NOT NULL,
  anchor BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_ticket ON event (ticket_id, seq);

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  part TEXT NOT NULL,
  at INTEGER NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  salt BLOB NOT NULL,
  confidential INTEGER NOT NULL DEFAULT 0,
  erased_at INTEGER
) STRICT;
CREATE UNIQUE INDEX message_ticket ON message (ticket_id, seq);

CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  protocol TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  turn TEXT NOT NULL,
  type TEXT NOT NULL,
  channel TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  department TEXT,
  area TEXT,
  plan TEXT,
  cause TEXT,
  customer_id INTEGER REFERENCES customer (id),
  assignee_id INTEGER REFERENCES agent (id),
  severity TEXT,
  difficulty TEXT,
  lane TEXT NOT NULL,
  level INTEGER NOT NULL,
  admission TEXT NOT NULL,
  merit TEXT NOT NULL,
  outcome TEXT,
  close_reason TEXT,
  prior_ticket TEXT,
  duplicate_of INTEGER,
  incident INTEGER,
  confidential INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  flags TEXT NOT NULL,
  arrived_at INTEGER NOT NULL,
  arrived_month TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  answered_at INTEGER,
  concluded_at INTEGER,
  customer_wrote_at INTEGER,
  public_word_at INTEGER,
  closed_at INTEGER,
  reopened INTEGER NOT NULL,
  acted_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  next_due_at INTEGER,
  next_due_clock TEXT,
  next_warn_at INTEGER,
  revision INTEGER NOT NULL,
  head BLOB NOT NULL,
  complained_department TEXT,
  occurred_at INTEGER,
  escalation_reason TEXT,
  lane_rank INTEGER NOT NULL GENERATED ALWAYS AS
    (CASE lane WHEN 'legal-priority' THEN 0 WHEN 'emergency' THEN 1 ELSE 2 END) VIRTUAL,
  severity_rank INTEGER NOT NULL GENERATED ALWAYS AS
    (CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END)
    VIRTUAL,
  due_key INTEGER NOT NULL GENERATED ALWAYS AS (ifnull(next_due_at, 9007199254740991)) VIRTUAL
) STRICT;

CREATE TABLE clock (
  ticket_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  due_at INTEGER,
  warn_at INTEGER,
  met_at INTEGER,
  missed_at INTEGER,
  paused_at INTEGER,
  remaining INTEGER,
  spent INTEGER,
  statutory INTEGER NOT NULL,
  data TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (ticket_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadline_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id INTEGER NOT NULL,
  clock TEXT NOT NULL,
  seq INTEGER NOT NULL,
  cause TEXT NOT NULL,
  actor INTEGER NOT NULL,
  old_due INTEGER,
  new_due INTEGER,
  policy INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX deadline_version_ticket ON deadline_version (ticket_id, seq);

CREATE TABLE escalation (
  ticket_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  level INTEGER NOT NULL,
  addressee TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  raised_by INTEGER NOT NULL,
  acknowledged_at INTEGER,
  acknowledged_by INTEGER,
  ended_at INTEGER,
  ended_by INTEGER,
  ended_how TEXT,
  PRIMARY KEY (ticket_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
  ticket_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  direction TEXT NOT NULL,
  channel TEXT,
  PRIMARY KEY (ticket_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE external_ref (
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  ticket_id INTEGER NOT NULL,
  row_hash BLOB NOT NULL,
  extra TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX external_ref_ticket ON external_ref (ticket_id);

CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  agent_id INTEGER NOT NULL REFERENCES agent (id),
  ticket_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  choice TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX draft_of ON draft (agent_id, ticket_id, kind);
"""
TABLES = schema_people.TABLES + TABLES + schema_mail.TABLES + schema_outbox.TABLES + schema_first_line.TABLES
TABLES += schema_telling.TABLES
TABLES += schema_articles.TABLES

#: The queue is an index, not a computation: each view of the open queue walks one of these in its order.
INDEXES = """
CREATE INDEX ticket_open_arrival ON ticket (lane_rank, arrived_at, protocol) WHERE status <> 'closed';
CREATE INDEX ticket_open_due ON ticket (due_key, arrived_at, protocol) WHERE status <> 'closed';
CREATE INDEX ticket_open_severity ON ticket (severity_rank, lane_rank, arrived_at, protocol)
  WHERE status <> 'closed';
CREATE INDEX ticket_open_owner ON ticket (assignee_id, lane_rank, arrived_at, protocol) WHERE status <> 'closed';
CREATE INDEX ticket_open_department ON ticket (department, lane_rank, arrived_at, protocol)
  WHERE status <> 'closed';
CREATE INDEX ticket_status_arrival ON ticket (status, lane_rank, arrived_at, protocol);
CREATE INDEX ticket_pending ON ticket (lane_rank, arrived_at, protocol)
  WHERE status <> 'closed' AND admission = 'pending';
CREATE INDEX ticket_escalated ON ticket (level, due_key) WHERE status <> 'closed' AND level > 0;
-- What the watch looks at: warnings that have come (due times are ticket_open_due), extensions of a month.
CREATE INDEX ticket_open_warn ON ticket (next_warn_at) WHERE status <> 'closed' AND next_warn_at IS NOT NULL;
-- The decisions of triage, ticket by ticket, for the report on refusals.
CREATE INDEX event_triaged ON event (ticket_id, seq) WHERE type = 'triaged';
CREATE INDEX event_transferred ON event (ticket_id, seq) WHERE type = 'transferred';
CREATE INDEX event_extended ON event (happened_at) WHERE type = 'extended';
-- What was merged into a ticket, and the tickets of an incident.
CREATE INDEX ticket_duplicate ON ticket (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX ticket_incident ON ticket (incident, arrived_at) WHERE incident IS NOT NULL;
CREATE INDEX event_forwarded ON event (ticket_id, seq) WHERE type = 'forwarded';
CREATE INDEX event_measure ON event (ticket_id) WHERE type = 'measure-added';
CREATE INDEX event_incident ON event (seq) WHERE type IN ('incident-opened', 'incident-closed', 'incident-told');
CREATE INDEX event_notice_made ON event (seq) WHERE type IN ('notice-made', 'notice-extended');
-- Which customers have a notice.
CREATE INDEX event_notice ON event (
  CASE WHEN json_valid(payload) THEN json_extract(payload, '$.notice') END,
  CASE WHEN json_valid(payload) THEN json_extract(payload, '$.customer') END
) WHERE type = 'notice-given';
CREATE INDEX event_called ON event (ticket_id, seq) WHERE type = 'called';
CREATE INDEX event_escalated ON event (ticket_id, seq) WHERE type = 'escalated';
CREATE INDEX event_improvement ON event (ticket_id) WHERE type = 'improvement-added';
CREATE INDEX ticket_customer ON ticket (customer_id, subject_key) WHERE customer_id IS NOT NULL;
-- Reports group along its first four columns and find in the others whatever they count.
CREATE INDEX ticket_report ON ticket
  (arrived_month, department, status, type, arrived_at, answered_at, concluded_at, closed_at, reopened, close_reason);
"""
INDEXES += schema_people.INDEXES + schema_mail.INDEXES + schema_outbox.INDEXES + schema_first_line.INDEXES
INDEXES += schema_telling.INDEXES
