"""Similar tickets of the past in the full-text index, in bounded time: rare words, and few messages of each.

Messages are looked through backwards from where the store stood when the ticket arrived. Confidential and erased
words are in no index; what a person wrote is bound as a quoted word, never FTS syntax.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.neighbours import Asked, Field, Past, Spread, Value
from ouvidoria_tui.domain.query_terms import Words
from ouvidoria_tui.store.fulltext import expression

__all__ = ["candidates", "decided", "pivot", "postings", "spread"]

#: So many messages of a word tell how common it is.
SAMPLE = 100
#: So many messages of each telling word are candidates, and so many tickets of all of them are compared.
CANDIDATES, COMPARED = 1000, 300
#: So many messages are looked at to find those tickets: not each is of a customer, or of a concluded ticket.
LOOKED_AT = 4000
#: So much of a past text is compared: likeness shows early.
TEXT = 4000
_CHUNK = 400

# A ticket's place in the store is where its neighbours in time are: ids grow with time, but for imports.
_PIVOT = (
    "SELECT (SELECT max(id) FROM message WHERE message.ticket_id = ticket.id) FROM ticket"
    " WHERE status = 'closed' AND lane_rank = ? AND arrived_at < ? ORDER BY arrived_at DESC LIMIT 1"
)
_BEFORE = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?"
_AFTER = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?"
_TICKETS = (
    "SELECT message.id, ticket.id FROM message JOIN ticket ON ticket.id = message.ticket_id"
    " WHERE message.id IN ({marks}) AND message.part IN ('manifestation', 'customer')"
    " AND ticket.concluded_at IS NOT NULL AND ticket.confidential = 0 AND ticket.arrived_at < ? AND ticket.id <> ?"
)
_PAST = (
    "SELECT ticket.id, ticket.protocol, ticket.subject, ticket.arrived_at,"
    f" (SELECT substr(group_concat(substr(text, 1, {TEXT}), char(10)), 1, {TEXT}) FROM"
    "   (SELECT searchable.text FROM message JOIN searchable ON searchable.id = message.id"
    "    WHERE message.ticket_id = ticket.id AND message.part IN ('manifestation', 'customer')"
    "    ORDER BY message.seq LIMIT 5))"
    " FROM ticket WHERE ticket.id IN ({marks})"
)
_COLUMNS = (Field.DEPARTMENT, Field.CAUSE, Field.SEVERITY, Field.AREA)
_CHOOSING = (
    Act.CLASSIFIED,
    Act.TRANSFERRED,
    Act.FORWARDED,
    Act.TRIAGED,
    Act.RECEIVED,
    Act.UPDATED,
    Act.UNDONE,
)
_LETTERS = (Act.REPLIED, Act.ASKED)
_ACTS = ", ".join(f"'{act.value}'" for act in (*_CHOOSING, *_LETTERS))
_DECIDED = (
    f"SELECT ticket_id, type, payload FROM event WHERE ticket_id IN ({{marks}}) AND type IN ({_ACTS})"
    " ORDER BY ticket_id, seq"
)
#: Acts by which a person of the desk chooses; triage's own rules and what came with the ticket are not.
_BY_PERSON = frozenset({Act.CLASSIFIED.value, Act.TRANSFERRED.value, Act.FORWARDED.value})


def pivot(conn: sqlite3.Connection, arrived_at: int) -> int | None:
    """The message beside which the store stood at ``arrived_at``; ``None`` where no ticket is older and closed."""
    found = [conn.execute(_PIVOT, (lane, arrived_at)).fetchone() for lane in (0, 1, 2)]
    return max((int(row[0]) for row in found if row is not None and row[0] is not None), default=None)


def spread(conn: sqlite3.Connection, word: str, near: int) -> Spread:
    """How common a word is among the messages up to ``near``, from the last 100 that hold it."""
    rows = _before(conn, word, near, SAMPLE)
    if len(rows) < SAMPLE:
        return Spread(word, float(len(rows)), near)
    return Spread(word, SAMPLE * near / max(1, near - rows[-1] + 1), near)


def postings(conn: sqlite3.Connection, word: str, near: int) -> list[int]:
    """The messages that hold a word, the nearest to ``near`` first, at most 1,000 before it and 250 after."""
    after = conn.execute(_AFTER, (_quoted(word), near, CANDIDATES // 4)).fetchall()
    return [*_before(conn, word, near, CANDIDATES), *(int(row[0]) for row in after)]


def candidates(conn: sqlite3.Connection, asked: Asked, words: Mapping[str, float], near: int) -> list[Past]:
    """The concluded tickets that came before and share the most weight of ``words``, at most 300."""
    weight: Counter[int] = Counter()
    for word, weighs in words.items():
        for message in postings(conn, word, near):
            weight[message] += weighs  # type: ignore[assignment]
    ranked = sorted(weight, key=lambda message: (-weight[message], -message))[:LOOKED_AT]
    ids: dict[int, None] = {}
    for chunk in _chunks(ranked):
        sql = _TICKETS.format(marks=_marks(chunk))
        of = dict(conn.execute(sql, (*chunk, asked.arrived_at, asked.ticket or 0)).fetchall())
        for message in chunk:
            if message in of and len(ids) < COMPARED:
                ids.setdefault(of[message])
        if len(ids) >= COMPARED:
            break
    return [
        Past(id_, protocol, subject, text or "", arrived_at)
        for chunk in _chunks(list(ids))
        for id_, protocol, subject, arrived_at, text in conn.execute(_PAST.format(marks=_marks(chunk)), chunk)
    ]


def decided(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, dict[Field, list[Value]]]:
    """What each of these tickets has, and whether a person of the desk chose it last; the letters it was sent."""
    if not ids:
        return {}
    columns = ", ".join(_COLUMNS)
    sql = f"SELECT id, {columns} FROM ticket WHERE id IN ({_marks(ids)})"
    has = {row[0]: dict(zip(_COLUMNS, tuple(row)[1:], strict=True)) for row in conn.execute(sql, ids)}
    people: dict[tuple[int, str], bool] = {}
    letters: dict[int, dict[str, bool]] = {}
    for ticket, type_, payload in conn.execute(_DECIDED.format(marks=_marks(ids)), ids):
        facts = json.loads(payload)
        chosen = type_ in _BY_PERSON or (type_ == Act.TRIAGED and bool(facts.get("override")))
        picked = facts.get("chosen", ())
        for name in facts.get("changes", ()):
            people[ticket, name] = chosen or name in picked
        template = facts.get("template")
        if type_ in _LETTERS and isinstance(template, str):
            letters.setdefault(ticket, {})[template] = not facts.get("automatic")
    found: dict[int, dict[Field, list[Value]]] = {}
    for ticket, values in has.items():
        mine = {
            field: [Value(str(value), people.get((ticket, field.value), False))]
            for field, value in values.items()
            if value is not None
        }
        sent = [Value(name, by_person) for name, by_person in letters.get(ticket, {}).items()]
        found[ticket] = {**mine, Field.TEMPLATE: sent} if sent else mine
    return found


def _before(conn: sqlite3.Connection, word: str, near: int, most: int) -> list[int]:
    return [int(row[0]) for row in conn.execute(_BEFORE, (_quoted(word), near, most))]


def _quoted(word: str) -> str:
    return expression(Words(word, phrase=True)) or '""'


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK))
