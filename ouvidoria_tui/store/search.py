"""A query → a condition over ``ticket`` with bound parameters. No text of a person becomes part of the SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ouvidoria_tui.domain.fold import fold, slugify
from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.query_terms import (
    ANY,
    ME,
    NONE,
    Compare,
    Field,
    Has,
    Is,
    Period,
    Query,
    Term,
    Words,
)
from ouvidoria_tui.domain.query_values import Span, first_and_last
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.store.fulltext import Road, clause

__all__ = ["EVERYTHING", "NOTHING", "NOT_CLOSED", "Clause", "Context", "where"]

#: SQL text, made of this file's own words and question marks, and the values for them.
Clause = tuple[str, tuple[object, ...]]

NOTHING: Clause = ("0", ())
EVERYTHING: Clause = ("1", ())
#: Written as the partial indexes write it: with a parameter in its place SQLite would not use them.
NOT_CLOSED: Clause = ("ticket.status <> 'closed'", ())

# Closed lists, compared as they are.
_PLAIN = {
    "status": "ticket.status",
    "type": "ticket.type",
    "severity": "ticket.severity",
    "difficulty": "ticket.difficulty",
    "channel": "ticket.channel",
    "lane": "ticket.lane",
    "turn": "ticket.turn",
    "admission": "ticket.admission",
    "merit": "ticket.merit",
    "reason": "ticket.close_reason",
}
_NULLABLE = {"ticket.severity", "ticket.difficulty"}
_SLUGS = {"dept": "ticket.department", "area": "ticket.area", "plan": "ticket.plan", "cause": "ticket.cause"}
_MOMENTS = {
    "opened": "ticket.arrived_at",
    "answered": "ticket.answered_at",
    "closed": "ticket.closed_at",
    "due": "ticket.next_due_at",
}
_PROPERTIES = {
    "unread": "ticket.unread = 1",
    "escalated": "ticket.level > 0",
    "confidential": "ticket.confidential = 1",
    "unassigned": "ticket.assignee_id IS NULL",
    "paused": "EXISTS (SELECT 1 FROM clock WHERE clock.ticket_id = ticket.id AND clock.state = 'paused')",
    "reopened": "ticket.reopened > 0",
    "duplicate": "ticket.duplicate_of IS NOT NULL",
    "disagreed": "(ticket.flags <> '[]' AND EXISTS (SELECT 1 FROM json_each(ticket.flags)"
    " WHERE json_each.value = 'customer-disagrees'))",
    "open": NOT_CLOSED[0],
    "closed": "ticket.status = 'closed'",
}
#: Open tickets on which it is not the customer's turn, and when she last heard of one: its arrival, or our words.
WAITING = f"{NOT_CLOSED[0]} AND ticket.turn <> 'customer'"
LAST_HEARD = "max(ifnull(ticket.public_word_at, 0), ticket.arrived_at)"
_THINGS = {
    "failed-mail": "EXISTS (SELECT 1 FROM outbox WHERE outbox.ticket_id = ticket.id"
    " AND (state IN ('failed', 'held') OR bounced_at IS NOT NULL))",
    "attachment": "EXISTS (SELECT 1 FROM attachment WHERE attachment.ticket_id = ticket.id)",
    "note": "EXISTS (SELECT 1 FROM message WHERE message.ticket_id = ticket.id AND message.part = 'note')",
    "answer": "ticket.answered_at IS NOT NULL",
    "owner": "ticket.assignee_id IS NOT NULL",
    "customer": "ticket.customer_id IS NOT NULL",
    "deadline": "ticket.next_due_at IS NOT NULL",
    "prior-ticket": "ticket.prior_ticket IS NOT NULL",
}
# A login as written, else one that differs in case only.
_LOGIN = (
    "ifnull((SELECT id FROM agent WHERE login = ?),"
    " (SELECT id FROM agent WHERE login = ? COLLATE NOCASE ORDER BY id LIMIT 1))"
)
# Who stands behind a confidential ticket is not found out by filtering: hence the first condition.
_CUSTOMER = "(ticket.confidential = 0 AND {column} IN ({ids}))"
_BY_ADDRESS = (
    "SELECT id FROM customer WHERE email = ? UNION ALL SELECT id FROM customer WHERE external_id = ?"
)
_BY_NAME = f"{_BY_ADDRESS} UNION ALL SELECT id FROM customer WHERE instr(' ' || name_key, ?) > 0"
_PREFIX_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Context:
    """What a query is asked against: the moment, the agent who is ``me`` (if any), the desk's zone by name."""

    now: int
    agent_id: int | None
    zone: str


def where(query: Query, context: Context, roads: Mapping[Words, Road] | None = None) -> Clause:
    """The condition of all terms over ``ticket``; closed tickets are not left out here.

    Words without a letter or digit are passed over, so that a pasted ``Cobrança - boleto`` is found; a query
    of nothing else finds nothing. ``roads`` says how to look up which words; the result is the same.
    """
    clauses = []
    for term in query.terms:
        if isinstance(term, Words):
            found = clause(term, (roads or {}).get(term, Road.DRIVE))
            if found is not None:
                clauses.append(found)
        else:
            sql, params = _condition(term, context)
            # "NOT unknown" is unknown: a ticket without the value would be lost from both sides.
            clauses.append((f"({sql}) IS NOT TRUE" if term.negated else sql, params))
    if not clauses:
        return NOTHING if query.terms else EVERYTHING
    return _joined(" AND ", clauses)


def _condition(term: Term, context: Context) -> Clause:
    """One term that is not words, not yet turned round."""
    if isinstance(term, Compare):
        return _compare(term, context)
    if isinstance(term, Period):
        return _any_of(_inside(_MOMENTS[term.name], span, context) for span in term.spans)
    if isinstance(term, Is):
        return _any_of(_property(value, context) for value in term.values)
    if isinstance(term, Has):
        return _any_of((_THINGS[value], ()) for value in term.values)
    assert isinstance(term, Field)
    return _field(term, context)


def _field(term: Field, context: Context) -> Clause:
    if term.name in _PLAIN:
        return (
            EVERYTHING
            if term.name == "status" and ANY in term.values
            else _one_of(_PLAIN[term.name], term.values)
        )
    if term.name == "level":
        return _one_of("ticket.level", [int(value) for value in term.values])
    if term.name == "confidential":
        return _one_of("ticket.confidential", [int(value == "yes") for value in term.values])
    one = {"owner": _owner, "customer": _customer, "tag": _tag, "protocol": _protocol}.get(term.name)
    if one is not None:
        return _any_of(one(_bindable(value), context) for value in term.values)
    return _any_of(_slug(_SLUGS[term.name], value) for value in term.values)


def _compare(term: Compare, context: Context) -> Clause:
    # op is one of four that the parser made; looked up, so that no other text can get here.
    op = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}[term.op]
    if term.name == "due":
        # due_key is what the index orders; without a deadline it is the largest, which is no time left.
        known = " AND ticket.next_due_at IS NOT NULL" if ">" in op else ""
        return f"ticket.due_key {op} ?{known}", (context.now + term.seconds,)
    if term.name == "silent":
        before = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[op]
        return f"({WAITING} AND {LAST_HEARD} {before} ?)", (context.now - term.seconds,)
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[op]
    return f"ticket.arrived_at {turned} ?", (context.now - term.seconds,)


def _inside(column: str, span: Span, context: Context) -> Clause:
    # Only a date needs it, and most queries name none.
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(context.zone)
    today = datetime.fromtimestamp(context.now, zone).date()
    parts: list[Clause] = []
    start, end = span
    if start is not None:
        day = first_and_last(start, today)[0]
        parts.append(
            (f"{column} >= ?", (int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()),))
        )
    if end is not None:
        day = first_and_last(end, today)[1] + timedelta(days=1)
        parts.append(
            (f"{column} < ?", (int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()),))
        )
    return _joined(" AND ", parts)


def _property(value: str, context: Context) -> Clause:
    if value == "overdue":
        return f"(ticket.due_key < ? AND {NOT_CLOSED[0]})", (context.now,)
    if value == "mine":
        return "ticket.assignee_id = ?", (context.agent_id,)
    return _PROPERTIES[value], ()


def _owner(value: str, context: Context) -> Clause:
    if value == NONE:
        return "ticket.assignee_id IS NULL", ()
    if value == ME:
        return "ticket.assignee_id = ?", (context.agent_id,)
    return f"ticket.assignee_id = {_LOGIN}", (value, value)


def _customer(value: str, context: Context) -> Clause:
    """An e-mail or external id as a whole, or a name by the beginning of any of its words."""
    if value == NONE:
        return "ticket.customer_id IS NULL", ()
    known = (value.strip().lower(), value)
    name = fold(" ".join(value.split())).strip()
    if "@" in value or not name:
        return _CUSTOMER.format(column="ticket.customer_id", ids=_BY_ADDRESS), known
    # The "+" keeps SQLite on the queue's index: a common name has more tickets than the queue.
    return _CUSTOMER.format(column="+ticket.customer_id", ids=_BY_NAME), (*known, f" {name}")


def _tag(value: str, context: Context) -> Clause:
    if value == NONE:
        return "ticket.flags = '[]'", ()
    return (
        "(ticket.flags <> '[]' AND EXISTS (SELECT 1 FROM json_each(ticket.flags)"
        " WHERE json_each.value COLLATE NOCASE IN (?, ?, ?)))",
        (value, fold(value), slugify(value)),
    )


def _protocol(value: str, context: Context) -> Clause:
    """A whole protocol in any spelling, or the beginning of one."""
    try:
        return "ticket.protocol = ?", (parse_protocol(value),)
    except UsageError:
        return _begins("ticket.protocol", value.rstrip("*"))


def _slug(column: str, value: str) -> Clause:
    if value == NONE:
        return f"{column} IS NULL", ()
    slug = slugify(value)
    if value.endswith("*") and slug:
        return _begins(column, slug)
    return f"{column} = ?", (slug,)


def _begins(column: str, start: str) -> Clause:
    return f"({column} >= ? AND {column} < ?)", (start, start + _PREFIX_END)


def _one_of(column: str, values: Sequence[object]) -> Clause:
    """``column`` is one of the values; ``none`` allows no value where the column may have none."""
    nullable = column in _NULLABLE and NONE in values
    listed = tuple(value for value in values if not (nullable and value == NONE))
    parts: list[Clause] = [(f"{column} IS NULL", ())] if nullable else []
    if listed:
        # A single value as "=", which lets an index give the rest of its order.
        found = f"{column} = ?" if len(listed) == 1 else f"{column} IN ({', '.join('?' * len(listed))})"
        parts.append((found, listed))
    return _any_of(parts)


def _any_of(clauses: Iterable[Clause]) -> Clause:
    parts = list(clauses)
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    sql, params = _joined(" OR ", parts)
    return f"({sql})", params


def _joined(word: str, clauses: Iterable[Clause]) -> Clause:
    parts = list(clauses)
    return word.join(sql for sql, _ in parts), tuple(value for _, params in parts for value in params)


def _bindable(text: str) -> str:
    """Text that SQLite can bind: half a surrogate pair, which is no text, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
