"""What is SQLite's own in a store: the triggers that keep the ledger append-only, and the full-text index."""

from __future__ import annotations

#: Confidential words and internal reasons are in no index; the view is also what its integrity is checked against.
SEARCH = """
CREATE VIEW searchable AS
SELECT id, subject, text FROM message WHERE confidential = 0 AND part <> 'reason' AND erased_at IS NULL;

CREATE VIRTUAL TABLE message_fts USING fts5 (
  subject, text, content = 'searchable', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
"""

TRIGGERS = """
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER deadline_version_never_changes BEFORE UPDATE ON deadline_version
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER deadline_version_never_goes BEFORE DELETE ON deadline_version
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;
-- Of a text only two things change: it is erased, or its ticket becomes confidential or ceases to be.
CREATE TRIGGER message_only_erased BEFORE UPDATE OF id, ticket_id, seq, part, at, subject, text, salt, erased_at
ON message
WHEN NEW.erased_at IS NULL OR NEW.text <> '' OR NEW.subject <> ''
  OR (NEW.id, NEW.ticket_id, NEW.seq, NEW.part, NEW.at) IS NOT (OLD.id, OLD.ticket_id, OLD.seq, OLD.part, OLD.at)
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER message_never_goes BEFORE DELETE ON message
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER policy_never_changes BEFORE UPDATE ON policy
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;
CREATE TRIGGER policy_never_goes BEFORE DELETE ON policy
BEGIN SELECT raise(ABORT, 'LEDGER_IS_APPEND_ONLY'); END;

-- The index is told by its old words what it shall forget.
CREATE TRIGGER message_is_indexed AFTER INSERT ON message
WHEN NEW.confidential = 0 AND NEW.part <> 'reason'
BEGIN
  INSERT INTO message_fts (rowid, subject, text) VALUES (NEW.id, NEW.subject, NEW.text);
END;
CREATE TRIGGER message_is_forgotten AFTER UPDATE OF subject, text ON message
WHEN OLD.erased_at IS NULL AND OLD.confidential = 0 AND OLD.part <> 'reason'
BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, text) VALUES ('delete', OLD.id, OLD.subject, OLD.text);
END;
CREATE TRIGGER message_is_hidden AFTER UPDATE OF confidential ON message
WHEN NEW.confidential <> 0 AND OLD.confidential = 0 AND OLD.part <> 'reason' AND OLD.erased_at IS NULL
BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, text) VALUES ('delete', OLD.id, OLD.subject, OLD.text);
END;
CREATE TRIGGER message_is_shown AFTER UPDATE OF confidential ON message
WHEN NEW.confidential = 0 AND OLD.confidential <> 0 AND NEW.part <> 'reason' AND NEW.erased_at IS NULL
BEGIN
  INSERT INTO message_fts (rowid, subject, text) VALUES (NEW.id, NEW.subject, NEW.text);
END;
"""
