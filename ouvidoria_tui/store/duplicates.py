"""Where near-duplicates of a ticket may be: its neighbours in the full-text index, and its customer's other tickets.

Every look is bounded, so that a ticket costs the same in a store of any size: a word that stands in few messages
is looked up, of the others only pairs that stand close together, and only among the messages around its own.
Confidential tickets are in no index and are never candidates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ouvidoria_tui.domain.duplicates import Twin

#: A word in at most so many messages tells tickets apart.
RARE = 200
#: So many words are asked for their number of messages; so many of the rarest are looked up.
ASKED, LOOKED_UP = 40, 8
#: So many pairs of common words are looked up, each for so many messages, in so wide a window around the ticket's.
PAIRS, EACH, WINDOW = 8, 60, 50_000
#: So many words may stand between the two of a pair: those that say little are left out of it.
APART = 4
#: So many neighbours and so many tickets of the same customer are compared.
NEIGHBOURS, OF_CUSTOMER = 60, 50
#: So much of a text is compared.
TEXT = 4_000

_HITS = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? LIMIT ?"
_NEAR = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"
_COLUMNS = (
    "ticket.id, ticket.protocol, ticket.status, ticket.channel, ticket.subject, ticket.subject_key,"
    " ticket.customer_id, ticket.cause, ticket.arrived_at, ticket.revision,"
    f" ifnull((SELECT substr(group_concat(text, char(10)), 1, {TEXT}) FROM"
    "   (SELECT text FROM message WHERE message.ticket_id = ticket.id"
    "    AND part IN ('manifestation', 'customer') ORDER BY seq LIMIT 5)), '')"
)
#: What was merged already is part of another ticket and no candidate.
_STANDING = "ticket.confidential = 0 AND NOT (ticket.status = 'closed' AND ticket.duplicate_of IS NOT NULL)"


def twin(conn: sqlite3.Connection, ticket_id: int) -> Twin | None:
    """One ticket as it is compared."""
    return next(iter(_twins(conn, "ticket.id = ?", (ticket_id,))), None)


def twins(conn: sqlite3.Connection, ids: Iterable[int]) -> list[Twin]:
    """Those of ``ids`` that can be candidates."""
    wanted = tuple(ids)
    marks = ", ".join("?" * len(wanted))
    return _twins(conn, f"ticket.id IN ({marks}) AND {_STANDING}", wanted) if wanted else []


def of_customer(conn: sqlite3.Connection, customer: int, but: int) -> list[int]:
    """The newest other tickets of a customer."""
    rows = conn.execute(
        "SELECT id FROM ticket WHERE customer_id = ? AND id <> ? ORDER BY arrived_at DESC LIMIT ?",
        (customer, but, OF_CUSTOMER),
    )
    return [row[0] for row in rows]


def neighbours(conn: sqlite3.Connection, ticket_id: int, words: Sequence[str]) -> list[int]:
    """The tickets that share the most telling of ``words`` (folded, in their order), the nearest first."""
    weights: dict[int, float] = {}
    common: set[str] = set()
    rare: list[tuple[int, list[int]]] = []
    for word in list(words)[:ASKED]:
        found = [row[0] for row in conn.execute(_HITS, (_quoted(word), RARE + 1))]
        if len(found) > RARE:
            common.add(word)
        elif len(found) > 1:
            rare.append((len(found), found))
    for count, found in sorted(rare, key=lambda one: one[0])[:LOOKED_UP]:
        for message in found:
            weights[message] = weights.get(message, 0.0) + 1 / count
    here = conn.execute("SELECT min(id) FROM message WHERE ticket_id = ?", (ticket_id,)).fetchone()[0] or 0
    pairs = [
        f"NEAR({_quoted(one)} {_quoted(two)}, {APART})"
        for one, two in pairwise(words)
        if {one, two} <= common
    ]
    for phrase in pairs[:PAIRS]:
        span = (here - WINDOW // 2, here + WINDOW // 2)
        near = [row[0] for row in conn.execute(_NEAR, (phrase, *span, EACH))]
        for message in near:
            weights[message] = weights.get(message, 0.0) + 1 / (RARE + len(near))
    return _tickets(conn, weights, ticket_id)


def _tickets(conn: sqlite3.Connection, weights: dict[int, float], but: int) -> list[int]:
    best = sorted(weights, key=lambda message: (-weights[message], -message))[: 4 * NEIGHBOURS]
    marks = ", ".join("?" * len(best))
    rows = conn.execute(f"SELECT id, ticket_id FROM message WHERE id IN ({marks})", best)
    owner = {row[0]: row[1] for row in rows}
    found = dict.fromkeys(owner[message] for message in best if owner.get(message, but) not in (but, 0))
    return list(found)[:NEIGHBOURS]


def recurrences(conn: sqlite3.Connection, protocol: str, seconds: int) -> list[str]:
    """The protocols of the same customer's earlier tickets with the same cause (or, where the ticket has none
    yet, the same subject) that arrived at most ``seconds`` before it, the newest first.

    A merged duplicate is no earlier case.
    """
    rows = conn.execute(
        "SELECT old.protocol FROM ticket AS new JOIN ticket AS old ON old.customer_id = new.customer_id"
        " WHERE new.protocol = ? AND old.id <> new.id AND old.confidential = 0 AND new.confidential = 0"
        " AND (old.arrived_at, old.protocol) < (new.arrived_at, new.protocol)"
        " AND old.arrived_at >= new.arrived_at - ?"
        " AND NOT (old.status = 'closed' AND old.duplicate_of IS NOT NULL)"
        " AND CASE WHEN new.cause IS NULL THEN old.subject_key = new.subject_key ELSE old.cause = new.cause END"
        " ORDER BY old.arrived_at DESC, old.protocol DESC LIMIT 20",
        (protocol, seconds),
    )
    return [row[0] for row in rows]


def _twins(conn: sqlite3.Connection, where: str, params: tuple[object, ...]) -> list[Twin]:
    rows = conn.execute(f"SELECT {_COLUMNS} FROM ticket WHERE {where}", params)
    return [Twin._make(row) for row in rows]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
