"""What the desk's own past suggests for a ticket, with the evidence for it. Nothing is written."""

from __future__ import annotations

from ouvidoria_tui.domain.neighbours import Asked, Suggestions, asked_words, nearest, telling, vote
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.domain.triage_plan import Case
from ouvidoria_tui.store import similar
from ouvidoria_tui.store.connection import Connection


def suggestions(conn: Connection, asked: Asked) -> Suggestions:
    """What concluded tickets that came before ``asked`` and are like it had; bounded in time at any size."""
    near = similar.pivot(conn, asked.arrived_at)
    if near is None:
        return Suggestions()
    words = telling(similar.spread(conn, word, near) for word in asked_words(asked))
    neighbours = nearest(words, similar.candidates(conn, asked, words, near))
    values = similar.decided(conn, [one.past.id for one in neighbours])
    return Suggestions(tuple(words), tuple(neighbours), vote(neighbours, values))


def for_ticket(conn: Connection, ticket: Ticket, case: Case) -> Suggestions | None:
    """The same for a ticket; ``None`` for a confidential one, whose words must not be told by what they find."""
    if ticket.confidential:
        return None
    return suggestions(conn, Asked(case.subject, case.text, case.arrived_at, ticket.id))
