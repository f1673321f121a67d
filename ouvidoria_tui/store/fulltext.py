"""Words of a query → conditions over the full-text index. What a person wrote is always quoted, never FTS syntax.

A word is looked for in all of a ticket's messages; two words may stand in two messages. Confidential text is
in no index, so no word finds it.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from enum import Enum

from ouvidoria_tui.domain.query_terms import Words, protocol_of

__all__ = ["COMMON", "Road", "clause", "expression", "hits", "is_prefix"]

#: From so many messages on, a word is common: looking them all up costs more than walking the queue's index.
COMMON = 2000


class Road(Enum):
    """How SQLite comes from a word to tickets; all give the same tickets, at different costs.

    Measured with two messages a ticket, 1,000,000 tickets of which 50,000 open, first page: a word in 14
    messages by DRIVE 0.3 ms, by LIST 42, by PROBE 1800; a word in every fourth message by DRIVE 730 ms, by
    LIST 180, by PROBE 0.6.
    """

    DRIVE = "find the tickets of all its messages first: for rare words"
    LIST = "list its messages, then walk the queue: for common words, whatever the queue holds"
    PROBE = "walk the queue and look into each ticket: for common words and few candidates"


# The words of a ticket that was merged are found at the one where it went on, too.
# (A join in their place would have SQLite make a Bloom filter of all tickets first.)
_ON = (
    "WITH RECURSIVE found (id) AS (SELECT ticket_id FROM message WHERE id IN ({matched}) UNION SELECT"
    " (SELECT merged.duplicate_of FROM ticket AS merged WHERE merged.id = found.id AND merged.status = 'closed')"
    " FROM found WHERE found.id IS NOT NULL) SELECT id FROM found WHERE id IS NOT NULL"
)
# Most tickets have none that was merged into them: that is asked first, by an index, and the words only then.
_CHILDREN = "EXISTS (SELECT 1 FROM ticket AS merged INDEXED BY ticket_duplicate WHERE merged.duplicate_of = ticket.id)"
_JOINED = (
    "(WITH RECURSIVE own (id) AS (SELECT ticket.id UNION SELECT merged.id FROM own CROSS JOIN ticket AS merged"
    " INDEXED BY ticket_duplicate WHERE merged.duplicate_of = own.id AND merged.status = 'closed')"
    " SELECT id FROM own)"
)
_MATCHED = "SELECT rowid FROM message_fts WHERE message_fts MATCH ?"
_LISTED = f"EXISTS (SELECT 1 FROM message WHERE {{tickets}} AND message.id IN ({_MATCHED}))"
_PROBED = (
    "EXISTS (SELECT 1 FROM message CROSS JOIN message_fts WHERE {tickets}"
    " AND message_fts.rowid = message.id AND message_fts MATCH ?)"
)


def _with_joined(sql: str) -> str:
    """The condition for a ticket's own words or those of what was merged into it: the expression comes twice."""
    own = sql.format(tickets="message.ticket_id = ticket.id")
    joined = sql.format(tickets=f"message.ticket_id IN {_JOINED}")
    return f"({own} OR ({_CHILDREN} AND {joined}))"


_SQL = {
    Road.DRIVE: f"ticket.id IN ({_ON.format(matched=_MATCHED)})",
    Road.LIST: _with_joined(_LISTED),
    Road.PROBE: _with_joined(_PROBED),
}
_PROTOCOL = (
    "ticket.id IN (SELECT id FROM ticket WHERE protocol = ?"
    f" UNION ALL SELECT * FROM ({_ON.format(matched=_MATCHED)}))"
)


def is_prefix(words: Words) -> bool:
    """Whether it says "begins so": a single word with a ``*`` at its end."""
    return not words.phrase and words.text.endswith("*")


def expression(words: Words) -> str | None:
    """The FTS5 expression of a word or phrase, or ``None`` where it holds no letter and no digit."""
    if not any(_is_token(char) for char in words.text):
        return None
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in words.text)
    star = " *" if is_prefix(words) else ""
    return '"' + text.rstrip("*" if star else "").replace('"', '""') + '"' + star


def clause(words: Words, road: Road) -> tuple[str, tuple[object, ...]] | None:
    """The condition that a ticket holds these words, with its parameters; ``None`` as in :func:`expression`."""
    match = expression(words)
    if match is None:
        return None
    protocol = protocol_of(words)
    sql = _SQL[road] if protocol is None else _PROTOCOL
    params = (match,) * sql.count("MATCH ?") if protocol is None else (protocol, match)
    return (f"NOT {sql}" if words.negated else sql), params


def hits(db: sqlite3.Connection, words: Words, cap: int = COMMON) -> int:
    """In how many messages these words stand, counted no further than ``cap`` + 1."""
    row = db.execute(
        f"SELECT count(*) FROM ({_MATCHED} LIMIT ?)", (expression(words) or '""', cap + 1)
    ).fetchone()
    return int(row[0])


def _is_token(char: str) -> bool:
    # What unicode61 makes tokens of: letters, numbers and private use.
    category = unicodedata.category(char)
    return category[0] in "LN" or category == "Co"
