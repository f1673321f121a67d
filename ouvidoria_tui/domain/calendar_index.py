"""The compiled form of a calendar: open stretches with their cumulative seconds, grown year by year.

``F(t)``, the open seconds up to ``t``, is ``min(t, closes[i]) + shifts[i]`` for the last stretch ``i`` that
opens at or before ``t``; its inverse is ``f - shifts[j]`` for the first stretch with ``ends[j] >= f``.
Only differences of F mean anything, so earlier years may be put in front at any time.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ouvidoria_tui.domain.calendar_compile import Schedule
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

#: The years that calendars know. One more on either side is compiled, for windows that run past midnight.
FIRST_YEAR = 1970
LAST_YEAR = 2199
HORIZON = (date(LAST_YEAR + 1, 1, 1).toordinal() - date(1970, 1, 1).toordinal()) * 86_400

_BEFORE_ALL = -(1 << 40)


class Index(NamedTuple):
    """Never changed, only replaced, so that a thread reads one index or the other and never half of each.

    ``low`` ≤ t < ``high`` is what it can answer for; ``first`` and ``last`` are its years. Stretch 0 is a
    sentinel without length before all others. ``days`` are the ordinals of dates with windows.
    """

    low: int
    high: int
    opens: list[int]
    closes: list[int]
    shifts: list[int]
    ends: list[int]
    days: list[int]
    first: int
    last: int


def build(schedule: Schedule, first: int, last: int) -> Index:
    """The index of the years ``first`` to ``last``."""
    parts = _Parts([], [], [])
    for year in range(first, last + 1):
        parts.join(*schedule.compile_year(year))
    return parts.total(schedule, first, last)


def grow(schedule: Schedule, index: Index, first: int, last: int) -> Index:
    """``index`` with the years from ``first`` to ``last`` as well; F keeps its differences."""
    parts = _Parts([], [], [])
    for year in range(first, index.first):
        parts.join(*schedule.compile_year(year))
    parts.join(index.opens[1:], index.closes[1:], index.days)
    for year in range(index.last + 1, last + 1):
        parts.join(*schedule.compile_year(year))
    return parts.total(schedule, min(first, index.first), max(last, index.last))


def horizon() -> UsageError:
    """What a calendar says of a time that it does not know."""
    return UsageError(
        "CALENDAR_HORIZON",
        N_("calendars know the years {first} to {last}; this goes beyond", first=FIRST_YEAR, last=LAST_YEAR),
        N_("check the date and the amount, and that the calendar still opens"),
    )


class _Parts(NamedTuple):
    opens: list[int]
    closes: list[int]
    days: list[int]

    def join(self, opens: list[int], closes: list[int], days: list[int]) -> None:
        """Put later stretches behind, as one where they touch (a desk that never closes is one stretch)."""
        seam = 1 if self.closes and opens and self.closes[-1] == opens[0] else 0
        if seam:
            self.closes[-1] = closes[0]
        self.opens.extend(opens[seam:])
        self.closes.extend(closes[seam:])
        self.days.extend(days)

    def total(self, schedule: Schedule, first: int, last: int) -> Index:
        total = 0
        shifts, ends = [-_BEFORE_ALL], [0]
        for opening, closing in zip(self.opens, self.closes, strict=True):
            shifts.append(total - opening)
            total += closing - opening
            ends.append(total)
        # A window of 31 December may run through the first of January: what is known starts on the second.
        low = schedule.zone.instant(date(first, 1, 2).toordinal(), 0)
        high = schedule.zone.instant(date(last + 1, 1, 1).toordinal(), 0)
        opens, closes = [_BEFORE_ALL, *self.opens], [_BEFORE_ALL, *self.closes]
        return Index(low, high, opens, closes, shifts, ends, self.days, first, last)
