"""Whom a complaint concerns, as a condition over ``ticket``: the agent of its one parameter."""

from __future__ import annotations

#: Only flagged tickets are looked into; a declaration that was taken back counts as not made.
CONCERNS = (
    "(ticket.flags LIKE '%\"conflict-declared\"%' AND EXISTS (SELECT 1 FROM event WHERE event.ticket_id = ticket.id"
    " AND event.type = 'conflict-declared' AND json_extract(event.payload, '$.agent') = ?"
    " AND NOT EXISTS (SELECT 1 FROM event AS back WHERE back.ticket_id = ticket.id AND back.type = 'undone'"
    " AND json_extract(back.payload, '$.undoes') = event.seq)))"
)
