"""The hours of earlier policy versions, kept beside them: opening hours and holidays until the moment of change.

A version without an entry has the hours of the next one that has; the newest has those of the ``holiday``
table. Entries stand in ``meta`` under ``policy-hours-VERSION``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.calendar_layers import Layer, layered
from ouvidoria_tui.domain.clock_state import CompiledClock
from ouvidoria_tui.domain.deadline import on_calendars
from ouvidoria_tui.domain.policy import CalendarRule, Policy

_PREFIX = "policy-hours-"


@dataclass(frozen=True, slots=True)
class Hours:
    """What was in force up to and including a version, until a moment."""

    version: int
    until: int
    calendars: Mapping[str, CalendarRule]
    closed: Mapping[date, str]


def earlier_hours(conn: sqlite3.Connection) -> list[Hours]:
    """All entries, oldest first."""
    rows = conn.execute(
        "SELECT key, value FROM meta WHERE key >= ? AND key < ?", (_PREFIX, _PREFIX[:-1] + ".")
    ).fetchall()
    return sorted((_hours(str(row[0]), str(row[1])) for row in rows), key=lambda hours: hours.version)


def keep_hours(
    conn: sqlite3.Connection, version: int, policy: Policy, closed: Mapping[date, str], until: int
) -> None:
    """The hours of a version that is in force no more."""
    value = {
        "until": until,
        "calendars": {
            name: {
                "zone": rule.zone,
                "week": rule.week,
                "holidays": rule.holidays,
                "dates": rule.dates,
            }
            for name, rule in policy.calendars.items()
        },
        "closed": {day.isoformat(): name for day, name in closed.items()},
    }
    conn.execute(
        "INSERT INTO meta VALUES (?, ?)", (f"{_PREFIX}{version}", json.dumps(value, ensure_ascii=False))
    )


def closed_under(earlier: Sequence[Hours], version: int, newest: Mapping[date, str]) -> Mapping[date, str]:
    """The closed dates that a version counted with; ``newest`` are those of today."""
    return next((hours.closed for hours in earlier if hours.version >= version), newest)


def with_earlier(
    clocks: tuple[CompiledClock, ...], version: int, closed: Mapping[date, str], earlier: Sequence[Hours]
) -> tuple[CompiledClock, ...]:
    """The clocks of a version, counting time before it by the hours that were in force then."""
    before = [hours for hours in earlier if hours.version < version]
    if not before:
        return clocks
    calendars: dict[str, Calendar] = {}
    for clock in clocks:
        own = clock.others or {clock.rule.calendar: clock.calendar}
        for name, calendar in own.items():
            if name not in calendars:
                layers = [
                    Layer(hours.until, hours.calendars[name], hours.closed)
                    for hours in before
                    if name in hours.calendars
                ]
                calendars[name] = layered(calendar.rule, closed, layers)
    return tuple(on_calendars(clock.rule, calendars) for clock in clocks)


def _hours(key: str, value: str) -> Hours:
    kept = json.loads(value)
    return Hours(
        version=int(key.removeprefix(_PREFIX)),
        until=kept["until"],
        calendars={name: CalendarRule(name=name, **rule) for name, rule in kept["calendars"].items()},
        closed={date.fromisoformat(day): name for day, name in kept["closed"].items()},
    )
