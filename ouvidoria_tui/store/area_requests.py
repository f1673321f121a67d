"""Requests to areas over all tickets, and what measures areas have to take: read from the events that tell of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ouvidoria_tui.domain import area_request, case_work
from ouvidoria_tui.domain.area_list import Asked
from ouvidoria_tui.domain.area_request import ordinary_due
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.case_work import Measure
from ouvidoria_tui.domain.clock_state import area_of
from ouvidoria_tui.store.rows import event_of

_ABOUT = "('forwarded', 'area-answered', 'area-waived', 'closed', 'merged', 'undone', 'unmerged')"
_EVENTS = (
    "SELECT * FROM event WHERE ticket_id IN"
    " (SELECT DISTINCT ticket_id FROM event INDEXED BY event_forwarded WHERE type = 'forwarded')"
    f" AND type IN {_ABOUT} AND happened_at <= ? ORDER BY ticket_id, seq"
)
_OPEN = "SELECT id FROM ticket WHERE status <> 'closed' AND area IS NOT NULL"
_EVENTS_OPEN = (
    f"SELECT * FROM event WHERE ticket_id IN ({_OPEN}) AND type IN {_ABOUT} AND happened_at <= ?"
    " ORDER BY ticket_id, seq"
)
_DUE = (
    "SELECT ticket_id, clock, seq, new_due, recorded_at, cause = 'extended' FROM deadline_version"
    " WHERE {of} AND recorded_at <= ? ORDER BY id"
)
_WORDS = (
    "SELECT protocol, (SELECT CASE WHEN erased_at IS NULL THEN text END FROM message"
    " WHERE message.ticket_id = ticket.id AND message.seq = ?), confidential, level FROM ticket WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure that an area shall take, on its ticket; ``text`` is what shall be done (not of a confidential one)."""

    measure: Measure
    protocol: str
    planned_at: int
    text: str | None


@dataclass(frozen=True, slots=True)
class _Version:
    """What a clock was set to by the event ``seq``; ``due_at`` is ``None`` where it was stopped."""

    seq: int
    clock: str
    due_at: int | None
    at: int
    extended: int


def requests(
    conn: sqlite3.Connection,
    as_of: int,
    calendar: Calendar,
    *,
    rules: Collection[str] = (),
    only_open: bool = False,
) -> Iterator[Asked]:
    """Every request as it stood at ``as_of``, with the last due time of its clock while it was open.

    Where no clock says when an answer is due, the days that the register gives the area do, by ``calendar``. A clock
    of an area is one that is named after it, or one of ``rules``; while it is stopped no answer is due, unless it
    was late already. ``only_open`` leaves out what was asked about tickets that are closed by now.
    """
    days = dict(conn.execute("SELECT slug, due_days FROM area").fetchall())
    versions = _versions(conn, as_of, rules, only_open=only_open)
    rows = map(event_of, conn.execute(_EVENTS_OPEN if only_open else _EVENTS, (as_of,)))
    for ticket, events in groupby(rows, key=lambda event: event.ticket or 0):
        found = area_request.fold(events)
        for place, one in enumerate(found):
            again = next((later.seq for later in found[place + 1 :] if later.area == one.area), None)
            own = [
                version
                for area in (one.area, None)
                for version in versions.get((ticket, area), ())
                if one.seq <= version.seq and (again is None or version.seq < again)
            ]
            protocol, text, masked, level = conn.execute(_WORDS, (one.seq, ticket)).fetchone()
            ordinary = ordinary_due(calendar, days.get(one.area), one.asked_at)
            yield Asked(
                one,
                protocol,
                text,
                due_at=_last_due(own) if own else ordinary,
                ordinary_due_at=ordinary,
                clock=own[-1].clock if own else None,
                ticket=ticket,
                extended=sum(version.extended for version in own),
                level=level,
                confidential=bool(masked),
            )


def _versions(
    conn: sqlite3.Connection, as_of: int, rules: Collection[str], *, only_open: bool
) -> dict[tuple[int, str | None], list[_Version]]:
    """What the clocks of areas were set to, by ticket and area; under no area those of the whole ticket."""
    of = "instr(clock, ':') > 0" + (f" OR clock IN ({', '.join('?' * len(rules))})" if rules else "")
    of = f"({of}) AND ticket_id IN ({_OPEN})" if only_open else f"({of})"
    found: dict[tuple[int, str | None], list[_Version]] = {}
    for ticket, clock, seq, due_at, at, more in conn.execute(_DUE.format(of=of), (*rules, as_of)):
        found.setdefault((ticket, area_of(clock)), []).append(_Version(seq, clock, due_at, at, more))
    return found


def _last_due(versions: Sequence[_Version]) -> int | None:
    """The due moment that holds: the last one; of a clock that was stopped late, the one that had passed by then."""
    last = versions[-1]
    if last.due_at is not None:
        return last.due_at
    before = next((one.due_at for one in reversed(versions) if one.due_at is not None), None)
    return before if before is not None and before < last.at else None


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
                protocol, text, masked, _level = conn.execute(_WORDS, (measure.seq, ticket)).fetchone()
                yield Planned(measure, protocol, at[measure.seq], None if masked else text)
