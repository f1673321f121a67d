"""The rows that a re-assessment changes: clocks, versions of due times, and what the queue shows of them."""

from __future__ import annotations

from ouvidoria_tui.domain.reassess import Reassessed
from ouvidoria_tui.store.rows import clock_row
from ouvidoria_tui.store.writer import next_due

Row = tuple[object, ...]


def reassessed_versions(done: Reassessed) -> list[Row]:
    """A row of ``deadline_version`` for each due time that a new policy set, moved or took away.

    ``seq`` is that of the ticket's last event before it; the cause is the desk's event.
    """
    event, ticket = done.by.event, done.ticket
    old = {clock.name: clock.due_at for clock in done.clocks_before}
    return [
        (
            ticket.id,
            clock.name,
            ticket.revision,
            event.type.value,
            event.actor,
            old.get(clock.name),
            clock.due_at,
            done.by.version,
            event.recorded_at,
        )
        for clock in done.clocks
        if old.get(clock.name) != clock.due_at
    ]


def reassessed_clocks(done: Reassessed) -> list[Row]:
    """Whole rows of ``clock`` for those that changed; a re-assessment takes none away."""
    same = set(map(id, done.clocks_before))
    return [clock_row(done.ticket.id, clock) for clock in done.clocks if id(clock) not in same]


def reassessed_due(done: Reassessed) -> Row | None:
    """``(next_due_at, next_due_clock, next_warn_at, id)`` of a ticket whose queue place changes."""
    due = next_due(done.ticket, done.clocks)
    return None if due == next_due(done.ticket, done.clocks_before) else (*due, done.ticket.id)
