"""A new date as an agent types it: ``15/12/2026``, ``2026-12-15 17h``, or ``+10`` for ten more days of the clock."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from ouvidoria_tui.domain.clock_state import CompiledClock
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.span import SIZE, due_after, due_date
from ouvidoria_tui.present.dates import parse_when

_MORE = re.compile(r"\+\s*(\d{1,4})\s*(h|d)?", re.ASCII | re.IGNORECASE)
#: More days than ten years have are no date.
_FURTHEST = 3650
_BUSINESS = frozenset({Unit.BUSINESS_HOURS, Unit.BUSINESS_DAYS})
_HOURS = frozenset({Unit.HOURS, Unit.BUSINESS_HOURS})


def typed_due(text: str, clock: CompiledClock, base: int, zone: str, now: int) -> int:
    """The moment that is meant, in epoch seconds; a midnight stands for all of the day that it begins.

    ``+10`` (or ``+10d``) is ten days after the due moment ``base``, counted as the clock counts days: business
    days where its unit is of business time. ``+4h`` is four more hours of a clock that counts hours. Anything
    else is what every date of the desk may be. Raises ``UsageError`` ``BAD_TIME``, ``CALENDAR_HORIZON``.
    """
    more = _MORE.fullmatch(text.strip())
    if more is None:
        return parse_when(text, zone, now)
    count, unit, calendar = int(more[1]), clock.rule.unit, clock.calendar
    if (more[2] or "").lower() == "h":
        if unit not in _HOURS:
            return parse_when(text, zone, now)
        return due_after(unit, count * SIZE[unit], base, calendar)
    day = due_date(unit, base, calendar)
    if unit in _BUSINESS:
        return calendar.midnight(calendar.nth_business_day(day, min(count, _FURTHEST)))
    return calendar.midnight(day + timedelta(days=min(count, _FURTHEST)))


def whole_day(moment: int, zone: str) -> bool:
    """Whether a moment stands for the day that it begins."""
    from datetime import datetime

    local = datetime.fromtimestamp(moment, ZoneInfo(zone))
    return (local.hour, local.minute, local.second) == (0, 0, 0)
