"""The outbox against the ledger: every letter that an event says was to leave is there, and no other."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.text import N_, Text

# Of the acts of the desk as a whole only digests and notices write to somebody: the `mail` of others is another.
# The LIKE keeps the payloads of an import, which name no mail, from being parsed.
_SAID = """
SELECT ticket_id, seq, json_extract(payload, '$.mail') AS mail FROM event
WHERE (ticket_id > 0 OR type IN ('digest-sent', 'notice-given')) AND payload LIKE '%"mail":%'
  AND json_extract(payload, '$.mail') IS NOT NULL
"""
_NAMED = "(SELECT protocol FROM ticket WHERE id = ticket_id)"


def outbox_faults(conn: sqlite3.Connection) -> list[Text]:
    """Letters that are missing, and letters that no event knows. Nothing writes them anew."""
    missing = conn.execute(
        f"SELECT {_NAMED}, seq FROM ({_SAID}) AS said WHERE NOT EXISTS (SELECT 1 FROM outbox"
        " WHERE ticket_id = said.ticket_id AND seq = said.seq AND message_id = said.mail)"
    ).fetchall()
    surplus = conn.execute(
        f"SELECT {_NAMED}, id FROM outbox WHERE NOT EXISTS (SELECT 1 FROM event WHERE ticket_id = outbox.ticket_id"
        " AND seq = outbox.seq AND json_extract(payload, '$.mail') = outbox.message_id)"
    ).fetchall()
    return [
        *(
            N_("{ticket}: the letter of event {seq} is missing", ticket=row[0] or "-", seq=row[1])
            for row in missing
        ),
        *(
            N_("{ticket}: letter {number} is one that no event knows", ticket=row[0] or "-", number=row[1])
            for row in surplus
        ),
    ]
