"""What the customer is told: wrong access codes, a record of its own that nothing derives; indexes of the ledger.

``protocol`` is what was typed, in its one spelling; there need be no such ticket.
"""

from __future__ import annotations

TABLES = """
CREATE TABLE access_failure (protocol TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
"""

INDEXES = """
CREATE INDEX access_failure_of ON access_failure (protocol, at);
CREATE INDEX access_failure_at ON access_failure (at);
CREATE INDEX event_template ON event (seq) WHERE type IN ('template-changed', 'template-reset');
CREATE INDEX event_survey ON event (ticket_id, seq) WHERE type IN ('survey-offered', 'survey-answered');
CREATE INDEX event_survey_token ON event (json_extract(payload, '$.survey')) WHERE type = 'survey-offered';
"""
