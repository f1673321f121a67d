"""Requests to areas over all tickets, and what measures areas have to take: read from the events that tell of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ouvidoria_tui.domain import area_request, case_work
from ouvidoria_tui.domain.area_list import Asked
from ouvidoria_tui.domain.area_request import ordinary_due
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.case_work import Measure
from ouvidoria_tui.store.rows import event_of

_ABOUT = "('forwarded', 'area-answered', 'area-waived', 'closed', 'merged', 'undone', 'unmerged')"
_EVENTS = (
    "SELECT * FROM event WHERE ticket_id IN"
    " (SELECT DISTINCT ticket_id FROM event INDEXED BY event_forwarded WHERE type = 'forwarded')"
    f" AND type IN {_ABOUT} AND happened_at <= ? ORDER BY ticket_id, seq"
)
_DUE = (
    "SELECT ticket_id, substr(clock, instr(clock, ':') + 1), seq, new_due FROM deadline_version"
    " WHERE instr(clock, ':') > 0 AND new_due IS NOT NULL AND recorded_at <= ? ORDER BY id"
)
_WORDS = (
    "SELECT protocol, (SELECT CASE WHEN erased_at IS NULL THEN text END FROM message"
    " WHERE message.ticket_id = ticket.id AND message.seq = ?), confidential FROM ticket WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure that an area shall take, on its ticket; ``text`` is what shall be done (not of a confidential one)."""

    measure: Measure
    protocol: str
    planned_at: int
    text: str | None


def requests(conn: sqlite3.Connection, as_of: int, calendar: Calendar) -> Iterator[Asked]:
    """Every request as it stood at ``as_of``, with the last due time of its clock while it was open.

    Where no clock says when an answer is due, the days that the register gives the area do, by ``calendar``.
    """
    days = dict(conn.execute("SELECT slug, due_days FROM area").fetchall())
    due: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for ticket, area, seq, new_due in conn.execute(_DUE, (as_of,)):
        due.setdefault((ticket, area), []).append((seq, new_due))
    rows = map(event_of, conn.execute(_EVENTS, (as_of,)))
    for ticket, events in groupby(rows, key=lambda event: event.ticket or 0):
        found = area_request.fold(events)
        for place, one in enumerate(found):
            again = next((later.seq for later in found[place + 1 :] if later.area == one.area), None)
            moments = [
                moment
                for seq, moment in due.get((ticket, one.area), ())
                if one.seq <= seq and (again is None or seq < again)
            ]
            protocol, text, _masked = conn.execute(_WORDS, (one.seq, ticket)).fetchone()
            own = ordinary_due(calendar, days.get(one.area), one.asked_at)
            yield Asked(one, protocol, text, moments[-1] if moments else own, own)


def open_measures(conn: sqlite3.Connection) -> Iterator[Planned]:
    """The measures of areas that are still to be taken, in the order of their tickets."""
    ids = conn.execute(
        "SELECT DISTINCT ticket_id FROM event INDEXED BY event_measure WHERE type = 'measure-added'"
        " AND json_extract(payload, '$.area') IS NOT NULL"
    ).fetchall()
    for (ticket,) in ids:
        events = [
            event_of(row)
            for row in conn.execute("SELECT * FROM event WHERE ticket_id = ? ORDER BY seq", (ticket,))
        ]
        at = {event.seq: event.happened_at for event in events}
        for measure in case_work.fold(events).open_measures:
            if measure.area is not None:
                protocol, text, masked = conn.execute(_WORDS, (measure.seq, ticket)).fetchone()
                yield Planned(measure, protocol, at[measure.seq], None if masked else text)
