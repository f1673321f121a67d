"""What a letter is made of: the words of its event, the files for the customer since the last letter, the thread."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.desk.ports_outbox import Contents, OutFile
from ouvidoria_tui.domain.ledger import Message, Part
from ouvidoria_tui.domain.outbox import Letter, LetterKind
from ouvidoria_tui.store.mail_rows import NOT_AN_AREAS
from ouvidoria_tui.store.notices import words_for

#: What the desk said to the customer before this letter: files that were attached after it go with this one.
_BEFORE = "SELECT ifnull(max(seq), 0) FROM message WHERE ticket_id = ? AND seq < ? AND part = 'desk'"


def contents(conn: sqlite3.Connection, letter: Letter) -> Contents:
    """The message as it stands now: where its words were erased after it was queued, nothing leaves."""
    if letter.of_notice:
        return _copy(conn, letter)
    at = (letter.ticket, letter.seq)
    row = conn.execute(
        "SELECT part, text, subject, salt, erased_at FROM message WHERE ticket_id = ? AND seq = ?", at
    ).fetchone()
    thread = _thread(conn, letter)
    return Contents(
        message=None if row is None else Message(Part(row[0]), row[1], row[2], row[3]),
        erased=row is not None and row[4] is not None,
        # Files are the customer's and for the customer: none goes to an area.
        files=() if letter.kind is LetterKind.AREA else _files(conn, letter),
        thread=tuple(id_ for id_, _heard in thread),
        heard=next((id_ for id_, heard in reversed(thread) if heard), None),
    )


def _copy(conn: sqlite3.Connection, letter: Letter) -> Contents:
    """The copy of a notice: its words are kept once, for everybody."""
    found = words_for(conn, letter.seq)
    if found is None:
        return Contents(None, erased=False)
    return Contents(found.message, found.erased, customer=found.customer, language=found.language)


def _thread(conn: sqlite3.Connection, letter: Letter) -> list[tuple[str, bool]]:
    """Earlier Message-IDs of both sides, oldest first, and whether each is the other's.

    With the customer, or with the one area: neither learns of the other from a header.
    """
    at = (letter.ticket, letter.seq)
    area = letter.kind is LetterKind.AREA
    ours = conn.execute(
        "SELECT seq, message_id FROM outbox WHERE ticket_id = ? AND seq < ? AND state = 'sent'"
        + (" AND kind = 'area' AND recipient = ?" if area else " AND kind <> 'area'"),
        (*at, letter.recipient) if area else at,
    ).fetchall()
    theirs = conn.execute(
        # Ids in .invalid were made here, for messages that came without one.
        "SELECT seq, message_id FROM mail WHERE ticket_id = ? AND seq < ? AND message_id NOT LIKE '%.invalid'"
        + (f" AND NOT {NOT_AN_AREAS} AND sender = ?" if area else f" AND {NOT_AN_AREAS}"),
        (*at, letter.recipient) if area else at,
    ).fetchall()
    found = [(seq, id_, False) for seq, id_ in ours] + [(seq, id_, True) for seq, id_ in theirs]
    return [(id_, heard) for _seq, id_, heard in sorted(found)]


def _files(conn: sqlite3.Connection, letter: Letter) -> tuple[OutFile, ...]:
    since = conn.execute(_BEFORE, (letter.ticket, letter.seq)).fetchone()[0]
    rows = conn.execute(
        "SELECT name, data FROM attachment JOIN blob USING (sha256)"
        " WHERE ticket_id = ? AND seq > ? AND seq < ? AND direction = 'out' ORDER BY seq",
        (letter.ticket, since, letter.seq),
    )
    return tuple(OutFile(row[0], bytes(row[1])) for row in rows)
