"""The time between two moments cut into stretches that a clock counts or does not, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.calendar_compile import WEEKDAYS
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.span import DAY


class Why(StrEnum):
    """Why a stretch counts (the first three) or does not."""

    HOURS = "every-hour"
    OPEN = "open"
    DAY = "day"
    FIRST_DAY = "first-day"
    BREAK = "break"
    OUTSIDE = "outside-hours"
    WEEKEND = "weekend"
    WEEKDAY = "closed-weekday"
    HOLIDAY = "holiday"
    DATE = "closed-date"
    PAUSED = "paused"
    UNCOVERED = "outside-cover"
    STOPPED = "stopped"
    EARLIER = "earlier-cycle"
    WAITING = "waiting"


#: Stretches in which the desk was closed.
CLOSED = frozenset({Why.BREAK, Why.OUTSIDE, Why.WEEKEND, Why.WEEKDAY, Why.HOLIDAY, Why.DATE})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch [``start``, ``end``) that adds ``counted`` seconds of the clock's own time; ``name`` of a holiday."""

    start: int
    end: int
    counted: int
    why: Why
    name: str = ""


def pieces(unit: Unit, start: int, since: int, end: int, calendar: Calendar) -> Iterator[Piece]:
    """A run of a clock from ``start`` that counts from ``since``, cut; they add up to ``span.used(since, end)``."""
    if unit is Unit.HOURS:
        yield from [Piece(start, end, end - start, Why.HOURS)] if start < end else []
    elif unit is Unit.BUSINESS_HOURS:
        for piece in _by_hours(start, min(since, end), calendar):
            yield Piece(piece.start, piece.end, 0, Why.OUTSIDE) if piece.counted else piece
        yield from _by_hours(since, end, calendar)
    else:
        yield from _by_dates(unit, start, end, calendar)


def _by_hours(start: int, end: int, calendar: Calendar) -> Iterator[Piece]:
    at = start
    while at < end:
        if calendar.is_open(at):
            whole = calendar.elapsed(at, end) == end - at  # a desk that never closes has no next closing
            stop = end if whole else calendar.next_closing(at)
            yield Piece(at, stop, stop - at, Why.OPEN)
        else:
            stop = end if not calendar.elapsed(at, end) else calendar.next_opening(at)
            yield from _closed(at, stop, calendar)
        at = stop


def _closed(start: int, end: int, calendar: Calendar) -> Iterator[Piece]:
    """A closed stretch cut at midnights, because each date has its own reason."""
    at = start
    while at < end:
        day = calendar.local_date(at)
        stop = min(end, calendar.midnight(day + timedelta(days=1)))
        why, name = _reason(day, calendar)
        if why is None:
            why = Why.BREAK if _between_windows(at, stop, day, calendar) else Why.OUTSIDE
        yield Piece(at, stop, 0, why, name)
        at = stop


def _by_dates(unit: Unit, start: int, end: int, calendar: Calendar) -> Iterator[Piece]:
    """Whole dates: the first is not counted, the last is (Lei 9.784/1999 art. 66)."""
    first, last = calendar.local_date(start), calendar.local_date(end)
    day, at = first, start
    while day <= last:
        stop = end if day == last else calendar.midnight(day + timedelta(days=1))
        why, name = _reason(day, calendar) if unit is Unit.BUSINESS_DAYS else (None, "")
        if day == first:
            if at < stop:
                yield Piece(at, stop, 0, Why.FIRST_DAY)
        elif why is None:
            yield Piece(at, stop, DAY, Why.DAY)
        elif at < stop:
            yield Piece(at, stop, 0, why, name)
        day, at = day + timedelta(days=1), stop


def _reason(day: date, calendar: Calendar) -> tuple[Why | None, str]:
    """Why a date is closed as a whole; ``None`` where it is not."""
    if calendar.is_business_day(day):
        return None, ""
    name = WEEKDAYS[day.weekday()]
    if not calendar.rule.week.get(name):
        return (Why.WEEKEND if day.weekday() >= 5 else Why.WEEKDAY), ""
    holiday = calendar.closed_as(day)
    return (Why.DATE, "") if holiday is None else (Why.HOLIDAY, holiday)


def _between_windows(start: int, end: int, day: date, calendar: Calendar) -> bool:
    midnight, next_midnight = calendar.midnight(day), calendar.midnight(day + timedelta(days=1))
    return calendar.elapsed(midnight, start) > 0 and calendar.elapsed(end, next_midnight) > 0
