"""What happens around tickets, for reports: steps up, calls with their card, arrivals at the desk."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.store.figures import Scope, Statement
from ouvidoria_tui.store.figures_triage import STANDS

#: The columns of a row of :func:`steps` and of :func:`calls` that a report can be given by.
_OF_TICKET: Final = (
    "ticket.arrived_month AS month, ticket.department AS department, ticket.channel AS channel,"
    " ticket.escalation_reason AS reason"
)


#: Whether the customer asked for the desk when the ticket was registered.
_ASKED: Final = "instr(ifnull(json_extract(received.payload, '$.changes.flags'), ''), '\"at-request\"') > 0"


def steps(scope: Scope) -> Statement:
    """Month, department, channel, reason, agent, level (0: to the desk), whether at the customer's request.

    A step to the desk is a ticket that names an earlier one, gives a reason, or came because the customer asked;
    the agent is who registered it. Each further one is an escalation that was not taken back.
    """
    to_desk = [
        "(ticket.prior_ticket IS NOT NULL OR ticket.escalation_reason IS NOT NULL"
        f" OR (instr(ticket.flags, '\"at-request\"') > 0 AND {_ASKED}))",
        *scope.where(),
    ]
    higher = ["event.type = 'escalated'", "event.happened_at <= :as_of", STANDS, *scope.where()]
    return Statement(
        f"SELECT {_OF_TICKET}, received.actor AS agent, 0 AS level,"
        f" {_ASKED} AS asked"
        " FROM ticket JOIN event AS received ON received.ticket_id = ticket.id AND received.seq = 1"
        f" WHERE {' AND '.join(to_desk)}"
        f" UNION ALL SELECT {_OF_TICKET}, event.actor, json_extract(event.payload, '$.level'),"
        " ifnull(json_extract(event.payload, '$.at_request'), 0)"
        " FROM event INDEXED BY event_escalated JOIN ticket ON ticket.id = event.ticket_id"
        f" WHERE {' AND '.join(higher)}",
        scope.params(),
    )


def calls(scope: Scope) -> Statement:
    """Month, department, channel of the call, agent, minutes, and the points of the card that were kept (JSON)."""
    where = ["event.type = 'called'", "event.happened_at <= :as_of", *scope.where()]
    return Statement(
        "SELECT ticket.arrived_month AS month, ticket.department AS department,"
        " json_extract(event.payload, '$.channel') AS channel, event.actor AS agent,"
        " json_extract(event.payload, '$.minutes') AS minutes, json_extract(event.payload, '$.conduct') AS conduct"
        " FROM event INDEXED BY event_called JOIN ticket ON ticket.id = event.ticket_id"
        f" WHERE {' AND '.join(where)}",
        scope.params(),
    )


def arrivals(scope: Scope) -> Statement:
    """Month, how many tickets arrived at the desk, and how many of them it has closed as solved."""
    condition = f" WHERE {' AND '.join(scope.where())}" if scope.where() else ""
    return Statement(
        "SELECT ticket.arrived_month, count(*), sum(ticket.close_reason IS 'solved')"
        f" FROM ticket{condition} GROUP BY ticket.arrived_month",
        scope.params(),
    )
