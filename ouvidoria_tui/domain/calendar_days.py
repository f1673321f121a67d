"""The dates of a calendar: which are business days, when they begin and close, how they are counted."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Collection, Mapping
from datetime import date, datetime, tzinfo

from ouvidoria_tui.domain.calendar_compile import Schedule
from ouvidoria_tui.domain.calendar_index import FIRST_YEAR, HORIZON, LAST_YEAR, Index, build, grow, horizon
from ouvidoria_tui.domain.policy import CalendarRule
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

STEP = 4  # years compiled at once when a count runs past what is known
_NOTHING = Index(1, 0, [], [], [], [], [], 1, 0)


class BusinessDays:
    """The part of a :class:`~ouvidoria_tui.domain.calendar.Calendar` that counts in whole dates."""

    __slots__ = ("_index", "_midnights", "_names", "_schedule", "rule")

    def __init__(self, rule: CalendarRule, closed: Mapping[date, str] | Collection[date] = ()) -> None:
        kept = closed if rule.holidays else ()
        self.rule = rule
        self._names = dict(kept) if isinstance(kept, Mapping) else dict.fromkeys(kept, "")
        self._schedule = Schedule(rule.zone, rule.week, self._names, rule.dates)
        self._index = _NOTHING
        self._midnights: dict[int, int] = {}

    @property
    def tz(self) -> tzinfo:
        """The desk's zone."""
        return self._schedule.zone.tz

    def closed_as(self, day: date) -> str | None:
        """The holiday that closes a date, empty when it has no name; ``None`` when none closes it."""
        return None if self.is_business_day(day) else self._names.get(day)

    def local_date(self, at: int) -> date:
        """The date at the desk at a moment."""
        if not 0 <= at < HORIZON:
            raise horizon()
        return datetime.fromtimestamp(at, self.tz).date()

    def midnight(self, day: date) -> int:
        """The moment at which a date begins at the desk (24:00 of the day before)."""
        ordinal = day.toordinal()
        known = self._midnights.get(ordinal)
        if known is None:
            known = self._midnights[ordinal] = within(self._schedule.zone.instant(ordinal, 0))
        return known

    def instant(self, day: date, second: int) -> int:
        """The moment at which the desk's clock first shows ``second`` after midnight of a date."""
        return within(self._schedule.zone.instant(day.toordinal(), second))

    def is_business_day(self, day: date) -> bool:
        """Whether any window starts on a date."""
        return bool(self._schedule.windows_on(day.toordinal()))

    def closing_of(self, day: date) -> int:
        """The moment at which a date's last window closes; ``CALENDAR_CLOSED_DATE`` where it has none."""
        windows = self._schedule.windows_on(day.toordinal())
        if not windows:
            raise UsageError(
                "CALENDAR_CLOSED_DATE",
                N_("the desk is closed on {day}", day=day.isoformat()),
                N_("choose a business day"),
            )
        return within(self._schedule.zone.instant(day.toordinal(), windows[-1][1]))

    def roll(self, day: date) -> date:
        """``day`` if it is a business day, otherwise the next one."""
        return day if self.is_business_day(day) else self.nth_business_day(day, 1)

    def nth_business_day(self, day: date, count: int) -> date:
        """The ``count``-th business day after a date, which itself is not counted.

        Zero gives the last business day up to and including the date, negative counts go on from there.
        """
        ordinal = day.toordinal()
        index = self._cover_dates(day, day)
        while True:
            place = bisect_right(index.days, ordinal) + count - 1
            if place < 0:
                if index.first < FIRST_YEAR:
                    raise horizon()
                index = self._grow(index.first - STEP, index.last)
            elif place >= len(index.days):
                if count > HORIZON // 86_400:
                    raise horizon()
                index = self._further(index)
            else:
                return date.fromordinal(index.days[place])

    def business_days_between(self, start: date, end: date) -> int:
        """Business days after ``start`` up to and including ``end``; negative when ``end`` is the earlier."""
        index = self._cover_dates(min(start, end), max(start, end))
        return bisect_right(index.days, end.toordinal()) - bisect_right(index.days, start.toordinal())

    def _cover(self, start: int, end: int) -> Index:
        """The index, grown where needed so that it can answer for both moments."""
        index = self._index
        if index.low <= start < index.high and index.low <= end < index.high:
            return index
        if not (0 <= start < HORIZON and 0 <= end < HORIZON):
            raise horizon()
        first, last = sorted((time.gmtime(start).tm_year, time.gmtime(end).tm_year))
        return self._grow(first - 1, last + 1)

    def _cover_dates(self, first: date, last: date) -> Index:
        if first.year < FIRST_YEAR or last.year > LAST_YEAR:
            raise horizon()
        index = self._index
        if index.first <= first.year and last.year <= index.last:
            return index
        return self._grow(first.year, last.year)

    def _further(self, index: Index) -> Index:
        if index.last > LAST_YEAR:
            raise horizon()
        return self._grow(index.first, index.last + STEP)

    def _grow(self, first: int, last: int) -> Index:
        first, last = max(first, FIRST_YEAR - 1), min(last, LAST_YEAR + 1)
        known = None if self._index is _NOTHING else self._index
        fresh = grow(self._schedule, known, first, last) if known else build(self._schedule, first, last)
        self._index = fresh
        return fresh


def within(at: int) -> int:
    """``at`` itself, or ``CALENDAR_HORIZON`` where calendars end."""
    if not 0 <= at <= HORIZON:
        raise horizon()
    return at
