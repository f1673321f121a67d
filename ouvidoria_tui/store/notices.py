"""Notices and who got them, read from the desk's own events: no table of theirs, as with incidents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Message, Part
from ouvidoria_tui.domain.notice import Addressee, Audience, Missing, Notice, NoticeKind, Whom
from ouvidoria_tui.store.people_reads import expression

#: As the index ``event_notice_made`` has it, word for word: SQLite takes no other wording for it.
_IS_MADE = "type IN ('notice-made', 'notice-extended')"
_MADE = (
    "SELECT event.type, event.actor, event.happened_at, event.payload, message.text, message.subject"
    " FROM event INDEXED BY event_notice_made LEFT JOIN message ON message.ticket_id = 0 AND message.seq = event.seq"
    f" WHERE event.ticket_id = 0 AND event.{_IS_MADE} ORDER BY event.seq"
)
#: The notice and the customer of an entry; both columns are those of the index ``event_notice``.
_NOTICE = "CASE WHEN json_valid(payload) THEN json_extract(payload, '$.notice') END"
_CUSTOMER = "CASE WHEN json_valid(payload) THEN json_extract(payload, '$.customer') END"
_ENTRIES = f"FROM event INDEXED BY event_notice WHERE type = 'notice-given' AND {_NOTICE} = :notice"

_SPEAKS = "customer_id = c.id AND authorised = 1 AND active = 1 AND email <> ''"
#: An address is healthy where no contact who has it is marked: what came back once is not written to by notices.
_HEALTHY = (
    "coalesce((SELECT c.email WHERE c.email <> '' AND NOT EXISTS (SELECT 1 FROM contact"
    " WHERE email = c.email AND address_state <> 'ok')),"
    f" (SELECT email FROM contact WHERE {_SPEAKS} AND address_state = 'ok' ORDER BY id LIMIT 1))"
)
_ANY = f"(c.email <> '' OR EXISTS (SELECT 1 FROM contact WHERE {_SPEAKS}))"
_WHERE: Mapping[Whom, str] = {
    Whom.ALL: "1",
    Whom.PLAN: "lower(c.plan) = :value",
    # Whose a confidential ticket is must not be told by who gets a letter.
    Whom.DEPARTMENT: (
        "EXISTS (SELECT 1 FROM ticket WHERE customer_id = c.id AND department = :value AND confidential = 0)"
    ),
    Whom.SEARCH: (
        "c.id IN (SELECT rowid FROM customer_fts WHERE customer_fts MATCH :value"
        " UNION SELECT customer_id FROM contact WHERE id IN"
        "  (SELECT rowid FROM contact_fts WHERE contact_fts MATCH :value))"
    ),
}


class Notices:
    """Notices over one connection. Implements :class:`ouvidoria_tui.desk.ports_notices.Notices`."""

    def __init__(self, conn: sqlite3.Connection, flush: Callable[[], None]) -> None:
        self._conn = conn
        self._flush = flush

    def all(self) -> list[Notice]:
        """Every notice, the newest first."""
        self._flush()
        return notices(self._conn)

    def audience(
        self, audience: Audience, number: int | None, after: int, limit: int, usual: Language
    ) -> list[Addressee]:
        """So many of the audience with ids beyond ``after``, in their order; who had notice ``number`` says so.

        ``usual`` is the language of customers who have none of their own.
        """
        self._flush()
        # The plus takes the column's affinity away, with which SQLite would not look customers up in the index.
        value = expression(audience.value) if audience.whom is Whom.SEARCH else audience.value
        rows = self._conn.execute(
            f"SELECT c.id, c.active, c.merged_into, {_HEALTHY}, {_ANY},"
            f" EXISTS (SELECT 1 {_ENTRIES} AND {_CUSTOMER} = +c.id) FROM customer AS c"
            f" WHERE c.id > :after AND {_WHERE[audience.whom]}"
            " AND (:language IS NULL OR coalesce(c.language, :usual) = :language) ORDER BY c.id LIMIT :limit",
            {
                "value": value,
                "notice": number,
                "after": after,
                "limit": limit,
                "language": None if audience.language is None else audience.language.value,
                "usual": usual.value,
            },
        )
        return [_addressee(tuple(row)) for row in rows]


def _addressee(row: tuple[object, ...]) -> Addressee:
    id_, active, merged, healthy, any_, had = row
    if merged is not None:
        missing: Missing | None = Missing.MERGED
    elif not active:
        missing = Missing.DEACTIVATED
    elif healthy is None:
        missing = Missing.BOUNCED if any_ else Missing.NO_ADDRESS
    else:
        missing = None
    return Addressee(int(str(id_)), None if missing else str(healthy), missing, bool(had))


def notices(conn: sqlite3.Connection) -> list[Notice]:
    """Every notice, the newest first."""
    found: dict[int, Notice] = {}
    for type_, actor, at, payload, text, subject in conn.execute(_MADE):
        facts = json.loads(payload)
        number, audience = int(facts["notice"]), str(facts["audience"])
        if type_ == "notice-made":
            kind = NoticeKind(facts["kind"])
            words = (subject or "", text or "")
            found[number] = Notice(
                number,
                kind,
                *words,
                at,
                actor,
                facts.get("date"),
                (audience,),
                Language(facts.get("language", Language.PORTUGUESE)),
            )
        elif number in found:
            one = found[number]
            found[number] = replace(one, audiences=(*one.audiences, audience))
    return list(reversed(found.values()))


def entries_of(conn: sqlite3.Connection, number: int) -> int:
    """In how many customers' histories a notice stands."""
    return int(conn.execute(f"SELECT count(*) {_ENTRIES}", {"notice": number}).fetchone()[0])


def copies_of(conn: sqlite3.Connection, number: int) -> dict[str, int]:
    """How many copies of a notice stand in each state of the outbox."""
    rows = conn.execute(
        "SELECT outbox.state, count(*) FROM outbox WHERE outbox.ticket_id = 0 AND outbox.seq IN"
        f" (SELECT seq {_ENTRIES}) GROUP BY outbox.state",
        {"notice": number},
    )
    return {row[0]: int(row[1]) for row in rows}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a notice for one ``customer``, their language, and whether they were ``erased``."""

    message: Message
    erased: bool
    customer: int
    language: Language


def words_for(conn: sqlite3.Connection, seq: int) -> Words | None:
    """The words of the notice that the desk's event ``seq`` gave to a customer."""
    row = conn.execute(
        "SELECT part, text, subject, salt, erased_at, given.customer,"
        " ifnull(json_extract(made.payload, '$.language'), 'pt-BR') FROM"
        f" (SELECT {_NOTICE} AS notice, {_CUSTOMER} AS customer FROM event"
        "  WHERE ticket_id = 0 AND seq = ? AND type = 'notice-given') AS given"
        f" JOIN event AS made INDEXED BY event_notice_made ON made.ticket_id = 0 AND made.{_IS_MADE}"
        "  AND made.type = 'notice-made' AND json_extract(made.payload, '$.notice') = given.notice"
        " JOIN message ON message.ticket_id = 0 AND message.seq = made.seq",
        (seq,),
    ).fetchone()
    if row is None:
        return None
    words = Message(Part(row[0]), row[1], row[2], row[3])
    return Words(words, row[4] is not None, int(row[5]), Language(row[6]))
