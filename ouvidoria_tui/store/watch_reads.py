"""What the watch reads: the tickets that may need it, by index, and breaches of cycles that are over.

A bookmark (``meta``, ``watched``) holds the event up to which the last applied round had looked. It only saves
work: whether something was done already is told by the clocks and the ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

from ouvidoria_tui.domain.area_list import Asked
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import RUNNING, ClockState
from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.domain.reassess import Reassessed, retrace_all
from ouvidoria_tui.store import drafts
from ouvidoria_tui.store.area_requests import requests
from ouvidoria_tui.store.policy_timeline import PolicyTimeline
from ouvidoria_tui.store.rows import event_of
from ouvidoria_tui.store.search import LAST_HEARD, WAITING

_MARK = "watched"
_DUE = "SELECT id FROM ticket WHERE status <> 'closed' AND due_key <= ?"
_WARN = "SELECT id FROM ticket WHERE status <> 'closed' AND next_warn_at IS NOT NULL AND next_warn_at <= ?"
# Cycles that ended late since the last round. A ticket that was only imported since has no such cycle of ours.
_TOUCHED = (
    "SELECT DISTINCT event.ticket_id FROM event"
    " JOIN ticket ON ticket.id = event.ticket_id"
    " WHERE event.id > ? AND (ticket.updated_at > ticket.registered_at)"
    " AND EXISTS (SELECT 1 FROM clock WHERE clock.ticket_id = ticket.id AND clock.missed_at IS NOT NULL)"
)


class WatchReads:
    """The read side of the watch over one store, and the two things that it keeps beside the ledger."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._timeline: PolicyTimeline | None = None

    def near(self, now: int, until: int) -> list[int]:
        """Open tickets with a due time up to ``until`` or a warning up to ``now``, oldest first."""
        rows = self._conn.execute(f"{_DUE} UNION {_WARN} ORDER BY 1", (until, now))
        return [int(row[0]) for row in rows]

    def silent(self, since: int) -> list[int]:
        """Open tickets, not the customer's turn, of which the customer has heard nothing after ``since``."""
        rows = self._conn.execute(f"SELECT id FROM ticket WHERE {WAITING} AND {LAST_HEARD} <= ?", (since,))
        return [int(row[0]) for row in rows]

    def asked(self, now: int, calendar: Calendar, rules: Collection[str]) -> dict[int, list[Asked]]:
        """By ticket what areas owe the open ones at ``now``, whether by a clock of ``rules`` or by the register."""
        found: dict[int, list[Asked]] = {}
        for one in requests(self._conn, now, calendar, rules=rules, only_open=True):
            if one.request.open:
                found.setdefault(one.ticket, []).append(one)
        return found

    def touched(self) -> list[int]:
        """Tickets with a missed clock to which anything happened since the bookmark, oldest first."""
        rows = self._conn.execute(f"{_TOUCHED} ORDER BY 1", (self.bookmark(),))
        return [int(row[0]) for row in rows]

    def bookmark(self) -> int:
        """The event up to which the last applied round had looked; 0 before the first."""
        row = self._conn.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
        return 0 if row is None else int(row[0])

    def newest(self) -> int:
        """The id of the newest event."""
        return int(self._conn.execute("SELECT ifnull(max(id), 0) FROM event").fetchone()[0])

    def keep_bookmark(self, event_id: int) -> None:
        """Remembers how far a round has looked; inside a transaction."""
        if event_id > self.bookmark():
            self._conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MARK, str(event_id)))

    def keep_draft(self, agent_id: int, ticket_id: int, kind: str, text: str, at: int) -> bool:
        """A text begun for ``agent_id``, unless there is one of that kind; whether it is new. In a transaction."""
        if drafts.load(self._conn, agent_id, ticket_id, kind) is not None:
            return False
        drafts.save(self._conn, agent_id, ticket_id, kind, text, at)
        return True

    def logins(self) -> dict[int, str]:
        """The login of every agent, by id."""
        return {int(row[0]): str(row[1]) for row in self._conn.execute("SELECT id, login FROM agent")}

    def breaches(self, ticket_id: int) -> list[tuple[str, int]]:
        """Every (clock, due moment) that passed unmet in any cycle up to the ticket's newest event."""
        rows = self._conn.execute("SELECT * FROM event WHERE ticket_id = ? ORDER BY seq", (ticket_id,))
        events = [event_of(row) for row in rows]
        if self._timeline is None:
            self._timeline = PolicyTimeline(self._conn)
        timeline = self._timeline
        points = timeline.points_of([ticket_id])
        found: dict[tuple[str, int], None] = {}
        last: tuple[ClockState, ...] = ()
        for step in retrace_all(events, timeline.version_at, timeline.clocks, "", points):
            event: Event = step.by.event if isinstance(step, Reassessed) else step.event
            found.update(dict.fromkeys(_late(step.clocks_before, event.happened_at)))
            last = step.clocks
        found.update(dict.fromkeys(_late(last, 0)))
        in_time = {
            (state.name, state.due_at)
            for state in last
            if state.met_at is not None and state.due_at is not None and state.met_at <= state.due_at
        }
        return sorted((one for one in found if one not in in_time), key=lambda one: (one[1], one[0]))


def _late(clocks: tuple[ClockState, ...], at: int) -> Iterator[tuple[str, int]]:
    """The clocks whose due time had passed when the next thing happened at ``at``."""
    for state in clocks:
        if state.late_at is not None:
            yield state.name, state.late_at
        elif state.state == RUNNING and state.due_at is not None and state.due_at < at:
            yield state.name, state.due_at
