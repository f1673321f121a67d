"""What the first contact solved, how late things are reported, and what a wrong department cost."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.store.figures import Scope, Statement, selected, source

#: Whether one public word of the desk was enough: letters that nobody wrote do not count.
_AT_FIRST = (
    "ticket.reopened = 0 AND (SELECT count(*) FROM event WHERE event.ticket_id = ticket.id"
    " AND event.type IN ('replied', 'asked') AND event.happened_at <= :as_of"
    " AND json_extract(event.payload, '$.automatic') IS NULL) = 1"
)
#: When the ticket came to the department that it is moved away from.
_SINCE = (
    "ifnull((SELECT max(before.happened_at) FROM event AS before WHERE before.ticket_id = event.ticket_id"
    " AND before.seq < event.seq AND json_type(before.payload, '$.changes.department') IS NOT NULL),"
    " ticket.arrived_at)"
)
_STANDS = (
    "NOT EXISTS (SELECT 1 FROM event AS taken WHERE taken.ticket_id = event.ticket_id"
    " AND taken.type = 'undone' AND json_extract(taken.payload, '$.undoes') = event.seq)"
)


def first_contact(by: Sequence[str], scope: Scope) -> Statement:
    """Tickets closed as solved, and of them those that one answer of the desk solved."""
    figures = ["count(*)", f"sum({_AT_FIRST})", "NULL"]
    where = ["ticket.close_reason = 'solved'", "ticket.closed_at <= :as_of", *scope.where()]
    return Statement(selected(by, figures, source(by), where), scope.params())


def reporting_delay(by: Sequence[str], scope: Scope) -> Statement:
    """Received tickets, those that say when it happened, and the minutes from then until they arrived."""
    minutes = "group_concat((ticket.arrived_at - ticket.occurred_at) / 60)"
    figures = ["count(*)", "count(ticket.occurred_at)", minutes]
    return Statement(selected(by, figures, "ticket", scope.where()), scope.params())


def transfers(scope: Scope) -> Statement:
    """A row for each move: month of arrival, from, to, ticket, seconds that the ticket was in the first one."""
    where = ["event.type = 'transferred'", "event.happened_at <= :as_of", _STANDS, *scope.where()]
    return Statement(
        "SELECT ticket.arrived_month, json_extract(event.payload, '$.changes.department[0]'),"
        f" json_extract(event.payload, '$.changes.department[1]'), ticket.id, event.happened_at - {_SINCE}"
        " FROM event INDEXED BY event_transferred JOIN ticket ON ticket.id = event.ticket_id"
        f" WHERE {' AND '.join(where)}",
        scope.params(),
    )
