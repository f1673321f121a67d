"""Targets in the four units (C-05): when they are due, and how much of one has been used.

A clock's own time is written in seconds in every unit; one day of a day unit counts as 86,400 of them,
whether a calendar day or a business day. Days are counted with the first left out and the last included
(Lei 9.784/1999 art. 66).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.calendar_index import HORIZON, horizon
from ouvidoria_tui.domain.pauses import Pause, unite
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

DAY = 86_400

#: Seconds of a clock's own time in one of each unit.
SIZE = {Unit.HOURS: 3600, Unit.BUSINESS_HOURS: 3600, Unit.CALENDAR_DAYS: DAY, Unit.BUSINESS_DAYS: DAY}


def due(
    unit: Unit,
    amount: int,
    start: int,
    calendar: Calendar,
    roll: bool = False,
    pauses: Sequence[Pause] = (),
) -> int:
    """The epoch second until which a target of ``amount`` units from ``start`` is kept; late is after it.

    Hours run by the wall, business hours by the calendar. A calendar day ends at 24:00 of the desk's zone, a
    business day at its closing. ``roll`` moves a last calendar day that is not a business day to the next
    one. A pause moves a day unit by whole dates. Raises ``UsageError`` with ``TARGET_NOT_POSITIVE`` or
    ``CALENDAR_HORIZON``.
    """
    if amount <= 0:
        raise UsageError(
            "TARGET_NOT_POSITIVE",
            N_("a target of {amount} is no target", amount=amount),
            N_("give an amount of one or more, or leave the clock undefined"),
        )
    own = amount * SIZE[unit]
    if not pauses:
        return due_after(unit, own, start, calendar, roll)
    if unit is Unit.BUSINESS_HOURS:
        return calendar.add(start, own, pauses)
    for begin, end in unite(pauses, start, HORIZON - 1):
        if begin >= due_after(unit, own, start, calendar):
            break
        own += used(unit, begin, end, calendar)
    return due_after(unit, own, start, calendar, roll)


def due_after(unit: Unit, own: int, start: int, calendar: Calendar, roll: bool = False) -> int:
    """Like :func:`due`, from seconds of the clock's own time, which may be few or none (a resumed clock)."""
    if own > HORIZON:
        raise horizon()
    if unit is Unit.BUSINESS_HOURS:
        return calendar.add(start, own)
    if unit is Unit.HOURS:
        if start + own > HORIZON:
            raise horizon()
        return start + own
    day = calendar.local_date(start)
    if unit is Unit.BUSINESS_DAYS:
        return calendar.closing_of(calendar.nth_business_day(day, own // DAY))
    day += timedelta(days=own // DAY)
    if roll:
        day = calendar.roll(day)
    return calendar.midnight(day + timedelta(days=1))


def used(unit: Unit, start: int, end: int, calendar: Calendar) -> int:
    """Seconds of a clock's own time from ``start`` to ``end``; whole days in the day units."""
    if unit is Unit.BUSINESS_HOURS:
        return calendar.elapsed(start, end)
    if unit is Unit.HOURS:
        return end - start
    first, last = calendar.local_date(start), calendar.local_date(end)
    if unit is Unit.BUSINESS_DAYS:
        return calendar.business_days_between(first, last) * DAY
    return (last - first).days * DAY


def due_date(unit: Unit, due_at: int, calendar: Calendar) -> date:
    """The date that a person calls the due date: the last day included, not the midnight that ends it."""
    day = calendar.local_date(due_at - 1)
    before = day - timedelta(days=1)
    if unit is not Unit.BUSINESS_DAYS or not calendar.is_business_day(before):
        return day
    # A night window closes on the day after the one that it belongs to.
    return before if calendar.closing_of(before) == due_at else day
