"""What areas were asked and how they answered: the list of their work, and the figures of each area (S0-05, S1-22).

A delay is the area's: it is counted from the area's own due time to its answer, whatever the desk did meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from ouvidoria_tui.domain.area_list import AreaState, AreaWork, Asked, area_rules, in_order, request_line
from ouvidoria_tui.domain.area_request import ORDINARY
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, InForce, Source
from ouvidoria_tui.store.area_requests import open_measures, requests
from ouvidoria_tui.store.figures import Connection
from ouvidoria_tui.store.improvements import improvements
from ouvidoria_tui.text import N_

FIGURES: Final = (
    "requests",
    "answered",
    "on_time",
    "late",
    "open",
    "overdue",
    "waived",
    "ended",
    "p50_minutes",
    "delay_minutes",
    "reminders",
)
DIMENSIONS: Final = ("area", "month")
BY: Final = ("area",)

_DEFINITION = N_(
    "Requests to areas by when they were asked. On time and late: answered before or after the area's own due"
    " time; what has none is neither. Overdue: not answered yet and past it. Waived: the desk went on without"
    " an answer. Ended: the ticket was closed before an answer came. p50: half of the answers came within so much"
    " time, by the wall clock. Delay: how long areas were, or are, behind their due times, all together; it is"
    " theirs, and no part of the desk's.",
)


def asked(conn: Connection, in_force: InForce, as_of: int, *, only_open: bool = False) -> Iterator[Asked]:
    """Every request as it stood at ``as_of``; with ``only_open`` those about tickets that are open now."""
    policy = in_force.policy
    calendar = Calendar(policy.calendars["desk"], in_force.closed)
    return requests(conn, as_of, calendar, rules=area_rules(policy.clocks), only_open=only_open)


def work(
    conn: Connection, in_force: InForce, now: int, area: str | None, *, everything: bool
) -> list[AreaWork]:
    """The list of one area, or of all: requests of the desk first, then measures and improvements; by due time."""
    lines = [request_line(one, now) for one in asked(conn, in_force, now) if everything or one.request.open]
    zone = ZoneInfo(in_force.policy.zone)
    for one in open_measures(conn):
        due = _end_of(one.measure.due, zone)
        lines.append(
            AreaWork(
                one.measure.area or "",
                ORDINARY,
                "measure",
                one.protocol,
                one.measure.number,
                due,
                _state(due, now),
                one.planned_at,
                text=one.text,
            )
        )
    for made in improvements(conn):
        better = made.improvement
        if better.area is not None and better.done_at is None:
            due = _end_of(better.due, zone)
            lines.append(
                AreaWork(
                    better.area,
                    ORDINARY,
                    "improvement",
                    made.protocol,
                    better.number,
                    due,
                    _state(due, now),
                    better.added_at,
                    text=None if made.confidential else made.text,
                )
            )
    return in_order(line for line in lines if area is None or line.area == area)


def answer(source: Source, question: Question) -> Answer:
    """The figures of each area, those with most to answer for first."""
    now, zone = question.as_of, ZoneInfo(source.policy.zone)
    cells: dict[tuple[str, ...], list[Asked]] = {}
    all_: list[Asked] = []
    for one in asked(source.conn, source.in_force, now):
        local = datetime.fromtimestamp(one.request.asked_at, zone).date()
        if question.period is not None and not question.period.first <= local <= question.period.last:
            continue
        values = {"area": one.request.area, "month": f"{local:%Y-%m}"}
        cells.setdefault(tuple(values[name] for name in source.by), []).append(one)
        all_.append(one)
    rows = [
        {**dict(zip(source.by, cell, strict=True)), **_figures(found, now)}
        for cell, found in sorted(cells.items())
    ]
    rows.sort(key=lambda row: (-int(str(row["overdue"])), -int(str(row["late"])), -int(str(row["requests"]))))
    return Answer(_DEFINITION, source.by, tuple(rows), _figures(all_, now), ())


def _figures(found: list[Asked], now: int) -> Row:
    states = [one.state(now) for one in found]
    times = [
        one.request.answered_at - one.request.asked_at for one in found if one.request.answered_at is not None
    ]
    on_time = sum(
        1
        for one, state in zip(found, states, strict=True)
        if state is AreaState.ANSWERED and one.due_at is not None
    )
    return {
        "requests": len(found),
        "answered": len(times),
        "on_time": on_time,
        "late": states.count(AreaState.LATE),
        "open": sum(one.request.open for one in found),
        "overdue": states.count(AreaState.OVERDUE),
        "waived": states.count(AreaState.WAIVED),
        "ended": states.count(AreaState.ENDED),
        "p50_minutes": round(median(times) / 60) if times else None,
        "delay_minutes": sum(one.delay(now) for one in found) // 60,
        "reminders": sum(one.request.reminded for one in found),
    }


def _end_of(day: str | None, zone: ZoneInfo) -> int | None:
    """The last second of an ISO date."""
    if day is None:
        return None
    written = date.fromisoformat(day)
    return int(datetime(written.year, written.month, written.day, 23, 59, 59, tzinfo=zone).timestamp())


def _state(due: int | None, now: int) -> AreaState:
    return AreaState.OVERDUE if due is not None and now > due else AreaState.OPEN
