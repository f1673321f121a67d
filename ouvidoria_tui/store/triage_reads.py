"""What triage reads: the tickets that wait for it, page by page in queue order, and the older open twin."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.domain.quotes import trim
from ouvidoria_tui.domain.ticket import Channel, Difficulty, Severity, Type
from ouvidoria_tui.domain.triage_plan import Case
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.store.people_reads import registration_of, registration_sql
from ouvidoria_tui.store.search import Context, where
from ouvidoria_tui.text import N_

#: So many tickets, with their texts, are in memory at a time.
PAGE = 200
#: So much of a text is read; rules look no further, and one page stays within bounds whatever is pasted.
TEXT = 100_000
#: Messages of the customer within this time of the first are one flood (S3-53).
FLOOD_SECONDS = 300
#: What parts one message from the next: char(30).
_BETWEEN = "\x1e"

# Written as the partial index of tickets that wait for triage has it.
_PENDING = "ticket.status <> 'closed' AND ticket.admission = 'pending'"
_KEY = "ticket.lane_rank, ticket.arrived_at, ticket.protocol"
_REGISTERED = (
    "(SELECT customer.external_id IS NOT NULL OR customer.document IS NOT NULL OR customer.plan IS NOT NULL"
    "  FROM customer WHERE customer.id = ticket.customer_id)"
)
_KIND = "(SELECT customer.kind FROM customer WHERE customer.id = ticket.customer_id)"
_CASE = (
    f"SELECT {_KEY}, ticket.subject, ticket.type, ticket.channel, ticket.prior_ticket, ticket.department,"
    " ticket.customer_id, ticket.severity, ticket.difficulty, ticket.revision,"
    f" (SELECT substr(group_concat(text, char(30)), 1, {TEXT}) FROM"
    "   (SELECT text FROM message WHERE message.ticket_id = ticket.id"
    "    AND part IN ('manifestation', 'customer') ORDER BY seq)),"
    " ticket.plan, ticket.flags,"
    # Without a register of the company nobody can be said not to stand in it.
    f" CASE WHEN {_KIND} IS NOT NULL THEN {_KIND} <> 'non-customer' ELSE"
    "   NOT EXISTS (SELECT 1 FROM customer AS one WHERE one.external_id IS NOT NULL)"
    f"   OR {_REGISTERED} END,"
    " (SELECT count(*) FROM attachment WHERE attachment.ticket_id = ticket.id AND attachment.direction = 'in'"
    "  AND (lower(name) GLOB '*.png' OR lower(name) GLOB '*.jp*g' OR lower(name) GLOB '*.gif'"
    "   OR lower(name) GLOB '*.webp' OR lower(name) GLOB '*.bmp')),"
    " (SELECT count(*) FROM message WHERE message.ticket_id = ticket.id"
    f"  AND part IN ('manifestation', 'customer') AND at <= ticket.arrived_at + {FLOOD_SECONDS}),"
    f" (SELECT substr(group_concat(text, char(30)), 1, {TEXT}) FROM"
    "   (SELECT text FROM message WHERE message.ticket_id = ticket.id AND part = 'customer' ORDER BY seq DESC)),"
    " (SELECT group_concat(json_extract(payload, '$.template')) FROM event WHERE event.ticket_id = ticket.id"
    "  AND type IN ('replied', 'asked')),"
    f" {registration_sql('ticket.customer_id')},"
    " (SELECT group_concat(email, char(30)) FROM (SELECT email FROM customer WHERE customer.id = ticket.customer_id"
    "  UNION SELECT email FROM contact WHERE contact.customer_id = ticket.customer_id AND contact.active)),"
    " ticket.confidential, ticket.assignee_id"
    " FROM ticket"
)
_OLDER = (
    "SELECT protocol FROM ticket WHERE customer_id = ? AND subject_key = ? AND status <> 'closed'"
    # Whose a confidential ticket is must not be told by what it is a duplicate of.
    " AND confidential = 0"
    " AND (arrived_at, protocol) < (?, ?) ORDER BY arrived_at, protocol LIMIT 1"
)


def pending(
    conn: sqlite3.Connection, query: Query, context: Context, *, limit: int | None = None, page: int = PAGE
) -> Iterator[Case]:
    """The open tickets of ``query`` whose admission is pending: lane, arrival, protocol, at most ``limit``.

    A page is read at a time; what is done to tickets between two pages makes none appear twice.
    """
    sql, params = where(query, context)
    sql = f"{_CASE} WHERE {_PENDING} AND {sql}"
    after: tuple[Any, ...] = ()
    left = limit
    while left is None or left > 0:
        size = page if left is None else min(page, left)
        place = f" AND ({_KEY}) > (?, ?, ?)" if after else ""
        rows = conn.execute(f"{sql}{place} ORDER BY {_KEY} LIMIT ?", (*params, *after, size)).fetchall()
        yield from map(_case, rows)
        if len(rows) < size:
            return
        after = tuple(rows[-1])[:3]
        left = None if left is None else left - size


def pending_refs(conn: sqlite3.Connection, query: Query, context: Context) -> tuple[str, ...]:
    """The protocols of what :func:`pending` gives, in its order, without reading their texts."""
    sql, params = where(query, context)
    sql = f"SELECT ticket.protocol FROM ticket WHERE {_PENDING} AND {sql} ORDER BY {_KEY}"
    return tuple(row[0] for row in conn.execute(sql, params))


def count_pending(conn: sqlite3.Connection, query: Query, context: Context) -> int:
    """How many tickets :func:`pending` gives without a limit."""
    sql, params = where(query, context)
    row = conn.execute(f"SELECT count(*) FROM ticket WHERE {_PENDING} AND {sql}", params).fetchone()
    return int(row[0])


def case_of(conn: sqlite3.Connection, ref: str) -> Case:
    """One ticket as triage sees it, whatever was decided of it; ``NotFound`` ``TICKET_NOT_FOUND``."""
    protocol = parse_protocol(ref)
    row = conn.execute(f"{_CASE} WHERE ticket.protocol = ?", (protocol,)).fetchone()
    if row is None:
        raise NotFound(
            "TICKET_NOT_FOUND",
            N_("there is no ticket {protocol}", protocol=protocol),
            N_("look for it with `ouvidoria queue` and a word of its subject, or status:closed"),
        )
    return _case(row)


class Originals:
    """Looks up the oldest open ticket of a customer on the same subject that came before the case (S3-47)."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn

    def __call__(self, case: Case, subject: str) -> str | None:
        """Its protocol, or ``None``; ``subject`` is normalised. A confidential ticket is nobody's duplicate."""
        if case.confidential:
            return None
        row = self.conn.execute(
            _OLDER, (case.customer, subject[:200], case.arrived_at, case.protocol)
        ).fetchone()
        return None if row is None else str(row[0])


def _case(row: sqlite3.Row) -> Case:
    (
        _lane,
        arrived_at,
        protocol,
        subject,
        type_,
        channel,
        prior_ticket,
        department,
        customer,
        severity,
        difficulty,
        revision,
        text,
        plan,
        flags,
        known,
        images,
        messages,
        later,
        told,
        registration,
        addresses,
        confidential,
        assignee,
    ) = tuple(row)
    said, letters = (text or "").split(_BETWEEN), (told or "").split(",")
    return Case(
        protocol=protocol,
        subject=subject,
        text="\n\n".join(said),
        type=Type(type_),
        channel=Channel(channel),
        prior_ticket=prior_ticket,
        department=department,
        customer=customer,
        severity=None if severity is None else Severity(severity),
        difficulty=None if difficulty is None else Difficulty(difficulty),
        arrived_at=arrived_at,
        revision=revision,
        plan=plan,
        flags=() if flags == "[]" else tuple(json.loads(str(flags))),
        known_customer=bool(known),
        images=images,
        messages=messages,
        first=said[0],
        # What the desk wrote, quoted underneath, is no answer.
        later="\n".join(trim(one) for one in later.split(_BETWEEN)) if later else "",
        told=frozenset(letters) - {""},
        asked=letters.count("P1"),
        registration=registration_of(registration),
        addresses=frozenset((addresses or "").lower().split(_BETWEEN)) - {""},
        confidential=bool(confidential),
        assignee=assignee,
    )
