"""The decisions of triage as the ledger holds them, one row each, and whether a person decided otherwise."""

from __future__ import annotations

from ouvidoria_tui.store.figures import Scope, Statement

#: An act that was taken back counts as not done.
STANDS = (
    "NOT EXISTS (SELECT 1 FROM event AS taken WHERE taken.ticket_id = event.ticket_id"
    " AND taken.type = 'undone' AND json_extract(taken.payload, '$.undoes') = event.seq)"
)
#: Whether the next decision on the ticket is a person's own.
_OVERRIDDEN = (
    "ifnull((SELECT json_extract(later.payload, '$.override') FROM event AS later"
    " WHERE later.ticket_id = event.ticket_id AND later.type = 'triaged' AND later.seq > event.seq"
    " AND later.happened_at <= :as_of ORDER BY later.seq LIMIT 1), 0)"
)


def decisions(scope: Scope) -> Statement:
    """Month of arrival, decision, codes and rules (JSON lists or NULL), redirect, its cause, overridden (0, 1).

    Decisions that a person took without a plan are no rule's doing, and left out.
    """
    parts = ", ".join(
        f"json_extract(event.payload, '$.{name}')"
        for name in ("decision", "codes", "rules", "redirect", "redirect_cause")
    )
    where = [
        "event.type = 'triaged'",
        "event.happened_at <= :as_of",
        "json_extract(event.payload, '$.override') IS NULL",
        STANDS,
        *scope.where(),
    ]
    return Statement(
        f"SELECT ticket.arrived_month, {parts}, {_OVERRIDDEN}"
        " FROM event INDEXED BY event_triaged JOIN ticket ON ticket.id = event.ticket_id"
        f" WHERE {' AND '.join(where)}",
        scope.params(),
    )
